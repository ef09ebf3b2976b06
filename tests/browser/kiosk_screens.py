"""How the tests use a kiosk, and what they expect of each of its screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Locator, Page

    from tests.running_hub import RunningHub

    NewContext = Callable[..., BrowserContext]

PORTRAIT = {"width": 1080, "height": 1920}

# What is on the screen now and too small, too pale, or cut off.
FLAWS = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const colour = rgb(getComputedStyle(node).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
  };
  const seen = (node) => node.checkVisibility() && node.getBoundingClientRect().width > 0;
  const flaws = [];
  for (const button of document.querySelectorAll(".kiosk button")) {
    const { width, height, bottom, right } = button.getBoundingClientRect();
    if (!seen(button)) continue;
    if (Math.min(width, height) < 72) flaws.push(`target ${button.innerText}: ${width} x ${height}`);
    if (bottom > innerHeight || right > innerWidth) flaws.push(`outside the screen: ${button.innerText}`);
    if (button.scrollHeight > button.clientHeight + 1) flaws.push(`cut off: ${button.innerText}`);
  }
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const node = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || node.closest("script, .slip") || !seen(node)) continue;
    const style = getComputedStyle(node);
    if (parseFloat(style.fontSize) < 24) flaws.push(`text ${style.fontSize}: ${node.textContent}`);
    const [one, other] = [light(rgb(style.color)), light(ground(node))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < 7) flaws.push(`contrast ${contrast.toFixed(2)}: ${node.textContent}`);
  }
  if (document.documentElement.scrollHeight > innerHeight) flaws.push("the page scrolls");
  return flaws;
}"""


def kiosk(hub: RunningHub, new_context: NewContext, path: str = "/kiosk", **options: Any) -> Page:
    page = new_context(**{"viewport": PORTRAIT, "has_touch": True} | options).new_page()
    return hub.join(page, path)


def choose_language(page: Page, name: str = "Tiếng Việt") -> None:
    page.get_by_role("button", name=name).click()


def service(page: Page, code: str = "HT") -> Locator:
    return page.locator(f"[data-service={code}]")


def number(page: Page) -> Locator:
    return page.locator(".ticket-number")


def of_service(hub: RunningHub, code: str = "HT") -> dict[str, Any]:
    found: dict[str, Any] = next(s for s in hub.supervisor.ok("GET", "/hall")["services"] if s["code"] == code)
    return found


def assert_flawless(page: Page, screen: str) -> None:
    expect(page.locator(f"[data-screen={screen}]:not([inert])")).to_be_visible()
    page.evaluate("() => Promise.all(document.getAnimations().map((animation) => animation.finished))")
    assert page.evaluate(FLAWS) == []
