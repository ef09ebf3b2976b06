"""A kiosk with an agent of its own, whose printer does what a test says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.fake_agent import FakeAgent, printer

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

    from tests.running_hub import RunningHub

LANDSCAPE: ViewportSize = {"width": 1920, "height": 1080}


class Lobby:
    """A kiosk of its own with its own agent, in the one centre of these tests; phones can open a ticket's page."""

    def __init__(self, hub: RunningHub, page: Page, agent: FakeAgent, name: str) -> None:
        self.hub, self.page, self.agent, self.name = hub, page, agent, name

    def printer_is(self, state: str) -> None:
        """The agent says so, and the kiosk's page is a fresh one."""
        self.printer_says(state)
        self.page.reload()
        expect(self.page.locator("html[data-line=live]")).to_be_attached()

    def printer_says(self, state: str, code: str | None = None) -> None:
        said = state if code is None and state != "ready" else code or ""
        self.agent.report(printers=[printer(self.name, state=state, code=said)])
