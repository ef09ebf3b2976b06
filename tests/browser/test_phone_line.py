"""The ticket's page on a poor line: 400 ms, 50 kB/s, 5 % loss; a browser that has never been here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.poor_line import PoorLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from tests.running_hub import RunningHub

    NewContext = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser

OLD_PHONE = {"width": 360, "height": 640}
MOST_BYTES = 60_000
MOST_MS = 2000
TRIES = 3  # of a line that loses at random, on a machine that others use too
USEFUL_PAINT = """() => new Promise((resolve) => new PerformanceObserver((list) => {
  const useful = list.getEntries().find((entry) => entry.element?.matches(".number"));
  if (useful) resolve(useful.startTime);
}).observe({ type: "largest-contentful-paint", buffered: true }))"""


def test_the_page_is_useful_within_two_seconds_and_sixty_kilobytes(hub: RunningHub, new_context: NewContext) -> None:
    hub.open_counter(1)
    for _ in range(4):
        mine = hub.take_number()
    painted: list[float] = []
    for seed in range(TRIES):
        with PoorLine(hub.port, seed=seed) as line:
            phone = new_context(viewport=OLD_PHONE).new_page()
            phone.goto(line.url + mine["url"], wait_until="commit")
            painted.append(phone.evaluate(USEFUL_PAINT))
            expect(phone.locator("[data-fill=ahead]")).to_have_text("3")
            expect(phone.locator("html[data-line=live]")).to_be_attached(timeout=20_000)
            phone.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
            phone.wait_for_load_state("networkidle")
            assert line.down < MOST_BYTES
            phone.context.close()
        if painted[-1] < MOST_MS:
            return
    pytest.fail(f"painted after {painted} ms")
