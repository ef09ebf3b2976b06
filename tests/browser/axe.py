"""axe-core on a page as it stands: WCAG 2.2 AA and axe's own best practice; on request contrast at the level AAA.

axe-core by Deque Systems, run from the copy that axe-playwright-python brings; rules and tags:
https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

# Half-faded text has another contrast, and a call's pulse never ends: looked at once all that ends has ended.
SETTLED = """() => Promise.all(document.getAnimations()
  .filter((each) => each.effect.getComputedTiming().endTime !== Infinity)
  .map((each) => each.finished.catch(() => null))).then(() => document.fonts.ready)"""
RUN = """async (options) => (await axe.run(document, options)).violations.flatMap(({ id, help, nodes }) =>
  nodes.map(({ target, html, any, all }) => [
    `${id}: ${help}`, target.join(" "), html.slice(0, 200), ...[...any, ...all].map((why) => why.message),
  ].join(" | ")))"""


def violations(page: Page, *, enhanced: bool = False) -> list[str]:
    """A line for each element that axe objects to. `enhanced`: contrast 7:1, and 4.5:1 for large text (1.4.6).

    The page's Content-Security-Policy stays as it is: what a debugger evaluates is not under it.
    """
    page.evaluate(SETTLED)
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    options = {
        "runOnly": {"type": "tag", "values": TAGS},
        "rules": {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": enhanced}},
        "resultTypes": ["violations"],
    }
    found: list[str] = page.evaluate(RUN, options)
    return found
