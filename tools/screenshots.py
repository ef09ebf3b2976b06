"""Pictures of every screen into docs/images, taken from a demo centre in the middle of its morning.

Run by `make screenshots`; needs Chromium.
"""

import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tools import chromium

IMAGES = Path(__file__).parents[1] / "docs" / "images"
MID_MORNING = re.compile("^(08:5|09:)")  # on the demo's clock: the hall is full
SPEED = 120


@dataclass(frozen=True, slots=True)
class Shot:
    """A place of the demo, or a page beyond it; the size of the glass; what must be there before the shutter."""

    name: str
    place: str
    size: tuple[int, int]
    awaited: str = "body"
    beyond: str = ""


SHOTS = (
    Shot("lobby-tv", "tv", (1920, 1080)),
    Shot("counter-screen", "screen-1", (1024, 768)),
    Shot("console", "console-2", (1280, 800)),
    Shot("console-narrow", "console-2", (400, 800)),
    Shot("supervisor", "supervisor", (1920, 1080)),
    Shot("boards", "boards", (1280, 800)),
    Shot("admin", "admin", (1280, 800)),
    Shot("find", "find", (390, 844), beyond="/find?q=khai+sinh"),
    Shot("robot", "robot", (1080, 1920), ".robot-chips"),
    Shot("appointment", "book", (390, 844)),
    Shot("equipment", "admin", (1280, 800), ".state", "/admin/hardware"),
)


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo() as links, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.program(), args=chromium.FLAGS)
        wait_for_mid_morning(browser, links)  # and the TV stays on: the supervisor's board would miss it
        for shot in SHOTS:
            take(browser, links, shot)
        kiosk(browser, links)
        browser.close()


@contextmanager
def demo() -> Iterator[dict[str, str]]:
    """A running demo: its links, by place."""
    command = [sys.executable, "-m", "app", "demo", "--speed", str(SPEED), "--port", "0", "--seed", "7"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        first = next(line for line in process.stdout or () if "Open this page first" in line)
        page = re.findall(r"http://\S+", first)[0]
        with urllib.request.urlopen(page) as answer:  # noqa: S310 - the demo's own page
            found = re.findall(r'href="(http://[^"]+/open/([\w-]+))"', answer.read().decode())
        yield {place: link for link, place in found}
    finally:
        process.terminate()
        process.wait()


def wait_for_mid_morning(browser: Browser, links: dict[str, str]) -> None:
    page = _page(browser, (1920, 1080))
    page.goto(links["tv"])
    expect(page.locator("time").first).to_have_text(MID_MORNING, timeout=180_000)


def take(browser: Browser, links: dict[str, str], shot: Shot) -> None:
    page = _page(browser, shot.size)
    page.goto(links[shot.place])
    if shot.beyond:
        page.goto(urljoin(page.url, shot.beyond))
    page.wait_for_selector(shot.awaited)
    _settle(page)
    page.screenshot(path=IMAGES / f"{shot.name}.png")
    page.context.close()


def kiosk(browser: Browser, links: dict[str, str]) -> None:
    """A citizen's way: the services, the number, and the ticket's page on a phone."""
    page = _page(browser, (1080, 1920))
    page.goto(links["kiosk"])
    page.get_by_role("button", name="Tiếng Việt").click()
    _settle(page)
    page.screenshot(path=IMAGES / "kiosk-services.png")
    with page.expect_response("**/api/v1/tickets") as taken:
        page.get_by_role("button", name=re.compile("Hộ tịch")).click()
    _settle(page)
    page.screenshot(path=IMAGES / "kiosk-number.png")
    phone = _page(browser, (390, 844))
    phone.goto(urljoin(page.url, taken.value.json()["url"]))
    _settle(phone)
    phone.screenshot(path=IMAGES / "phone-ticket.png")
    phone.context.close()
    page.context.close()


def _page(browser: Browser, size: tuple[int, int]) -> Page:
    return browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="vi-VN", reduced_motion="reduce"
    ).new_page()


def _settle(page: Page) -> None:
    """Fonts are there, and a call's emphasis may have come."""
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(1500)


if __name__ == "__main__":
    main()
