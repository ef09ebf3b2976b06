"""The screens in the hall: how one is hung up, what shows a call on it, and what makes it hard to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.running_hub import RunningHub

FULL_HD = {"width": 1920, "height": 1080}
FRESH = "#hero[data-state=fresh] #hero-number"
A_WHOLE_ANNOUNCEMENT_MS = 12_000  # 6 s of emphasis, or the voice with its limits, and some for a slow machine

TOO_SMALL = """() => {
  const least = Math.min(innerWidth, innerHeight) * 0.035;
  return [...document.querySelectorAll("main *")]
    .filter((e) => e.id !== "sound" && e.checkVisibility() && !e.closest(".visually-hidden, svg"))
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
    .filter((e) => parseFloat(getComputedStyle(e).fontSize) < least)
    .map((e) => e.outerHTML);
}"""

OVERFLOWING = """() => [...document.querySelectorAll("main *")]
  .filter((e) => e.checkVisibility() && !e.closest(".visually-hidden, svg, [aria-hidden]"))
  .map((e) => [e, e.getBoundingClientRect()])
  .filter(([, box]) => box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
  .map(([e]) => e.outerHTML)"""


def hang_up(
    new_context: Callable[..., BrowserContext], hub: RunningHub, path: str, scripts: tuple[str, ...], **options: Any
) -> Page:
    """A screen of its own, joined to the hub."""
    page = new_context(**{"viewport": FULL_HD} | options).new_page()
    for script in scripts:
        page.add_init_script(script)
    hub.join(page, path)
    if options.get("java_script_enabled", True):
        # a call that comes before the screen has joined is in its snapshot, and rightly silent
        expect(page.locator("html[data-line=live]")).to_be_attached()
    return page


def call_somebody(hub: RunningHub, counter: int, *, priority: bool = False) -> str:
    """Open the counter for civil status, let a citizen take a number there, and call it."""
    wishes = {"priority": hub.desk.ok("GET", "/settings")["priority_classes"][0]["code"]} if priority else {}
    hub.open_counter(counter)
    hub.take_number(**wishes)
    hub.supervisor.ok("PUT", f"/counters/{counter}/services", json={"own": ["HT"], "help": []})
    called = hub.supervisor.ok("POST", f"/counters/{counter}/next", json={})
    number: str = called["ticket"]["number"]
    return number
