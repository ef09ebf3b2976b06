"""A scanner that types into the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# In one go: keys that each cross from the test to the browser come too slowly for a scanner on a busy machine.
BURST = """(code) => {
  for (const key of [...code, "Enter"]) {
    (document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
    );
  }
}"""


def types(page: Page, code: str) -> None:
    """As a USB scanner sends what it read, Enter last, while no field has the focus."""
    page.evaluate(BURST, code)
