"""Shared by the tests of paper: at the kiosk, and on the supervisor's board."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.kiosk_screens import PORTRAIT
from tests.browser.lobby import LANDSCAPE, Lobby
from tests.fake_agent import agent_of
from tests.running_hub import RunningHub

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Locator

    NewContext = Callable[..., BrowserContext]

COUNTS_PRINTS = """window.print = () => {
  const page = document.documentElement;
  page.dataset.printed = Number(page.dataset.printed ?? 0) + 1;
};"""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    hub = RunningHub(tmp_path_factory.mktemp("centre"), {"public_url": "http://so.phuong.example"}).start()
    yield hub
    hub.close()


@pytest.fixture
def bare(centre: RunningHub, new_context: NewContext, request: pytest.FixtureRequest) -> Iterator[Lobby]:
    """Nobody has put a printer in yet."""
    name = f"kiosk-{abs(hash(request.node.name)) % 10**9}"
    context = new_context(viewport=PORTRAIT, has_touch=True)
    context.add_init_script(COUNTS_PRINTS)
    page = centre.join(context.new_page(), "/kiosk", name)
    with agent_of(centre, f"agent-of-{name}") as agent:
        yield Lobby(centre, page, agent, name)
        agent.report(printers=[])


@pytest.fixture
def lobby(bare: Lobby) -> Lobby:
    """With a printer that is well."""
    bare.printer_is("ready")
    return bare


@pytest.fixture
def health(bare: Lobby, new_context: NewContext) -> Locator:
    """The line at the foot of the supervisor's board, opened."""
    page = new_context(viewport=LANDSCAPE).new_page()
    bare.hub.sign_in(page, "phu-trach", "supervisor")
    page.goto(f"{bare.hub.url}/supervisor")
    line = page.locator("[data-view=health]")
    line.locator("summary").click()
    return line
