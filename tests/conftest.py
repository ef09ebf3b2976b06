"""Shared by all tests: a running hub, a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.forking import Forks
from tests.running_hub import RunningHub
from tools import chromium

RunningHub.starter = Forks()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones begin first, so that no worker waits at the end for another's last test."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture
def hub_factory(tmp_path: Path) -> Iterator[Callable[..., RunningHub]]:
    """Start hubs with settings of their own, such as clock_rate=60."""
    hubs: list[RunningHub] = []

    def start(**settings: Any) -> RunningHub:
        folder = tmp_path / f"hub-{len(hubs)}"
        folder.mkdir()
        host, slow = settings.pop("host", "127.0.0.1"), settings.pop("slow_passwords", False)
        hubs.append(RunningHub(folder, settings, host, slow))
        return hubs[-1].start()

    yield start
    for hub in hubs:
        hub.close()


@pytest.fixture
def hub(hub_factory: Callable[..., RunningHub], request: pytest.FixtureRequest) -> RunningHub:
    """Settings, if a test wants any, are parametrized indirectly."""
    settings: dict[str, Any] = getattr(request, "param", {})
    return hub_factory(**settings)


@pytest.fixture(scope="module")
def module_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """One hub for all tests of a file that leave it fit for the next one."""
    hub = RunningHub(tmp_path_factory.mktemp("centre")).start()
    yield hub
    hub.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.program(), args=chromium.FLAGS)
        yield started
        started.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Browsers of their own (cookies apart); closed after the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.text.startswith("untranslated:") or "Content Security Policy" in message.text:
            complaints.append(message.text)

    def make(**options: Any) -> BrowserContext:
        contexts.append(browser.new_context(**{"locale": "vi-VN", "reduced_motion": "reduce", **options}))
        contexts[-1].set_default_timeout(10_000)
        contexts[-1].on("console", listen)
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context().new_page()
