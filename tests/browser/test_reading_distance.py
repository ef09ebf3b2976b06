"""The lobby TV is read from 8 m: the heights of its letters are those that docs/accessibility.md states."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from tests.running_hub import RunningHub

pytestmark = pytest.mark.browser

STATED = Path(__file__).parents[2] / "docs" / "accessibility.md"
ROW = re.compile(r"^\| `(?P<selector>[^`]+)` [^|]*\| (?P<share>[\d.]+) % ", re.MULTILINE)

# The height of a flat capital as the font draws it, as a share of the screen's height in percent.
CAP_HEIGHTS = """(selectors) => selectors.map((selector) => {
  const style = getComputedStyle(document.querySelector(selector));
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontWeight} ${style.fontSize} "Be Vietnam Pro"`;
  return 100 * pen.measureText("H").actualBoundingBoxAscent / innerHeight;
})"""


def test_the_heights_of_letters_are_those_stated(hub: RunningHub, new_context: Callable[..., BrowserContext]) -> None:
    hub.open_counter(1)
    page = new_context(viewport={"width": 1920, "height": 1080}).new_page()
    for _ in range(3):
        hub.take_number()
    hub.supervisor.ok("POST", "/counters/1/next")
    hub.open_counter(2)
    hub.supervisor.ok("POST", "/counters/2/next")
    hub.join(page, "/tv?sound=off")
    expect(page.locator("#hero-number")).to_have_text("A002")
    page.evaluate("document.fonts.ready")
    stated = {row["selector"]: float(row["share"]) for row in ROW.finditer(STATED.read_text("utf-8"))}
    assert len(stated) >= 6
    measured = dict(zip(stated, page.evaluate(CAP_HEIGHTS, list(stated)), strict=True))
    assert measured == {selector: pytest.approx(share, abs=0.1) for selector, share in stated.items()}
    assert min(measured["#hero-number"], measured["#hero-counter"]) >= 18
