"""axe-core finds nothing to object to on any page, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.bootstrap import build
from app.config import Config
from tests.browser.axe import violations
from tests.browser.every_page import CITIZEN, FILES, NO_PAGES, PAGES, STAFF, page_rules
from tests.running_hub import RunningHub

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext
    from playwright.sync_api import Page as BrowserPage

    from tests.browser.every_page import Page

    NewContext = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser

WISHES = {"notice": "Nghỉ trưa 11:30", "appointments": True, "home_visits": True, "home_numbers": True}
LOCALES = {"vi": "vi-VN", "en": "en-GB"}
COUNTS_QUESTIONS = """
window.asking = 0;
const ask = window.fetch;
window.fetch = async (...what) => {
  asking += 1;
  try { return await ask(...what); } finally { asking -= 1; window.answeredAt = performance.now(); }
};
"""
QUIET = """() => asking === 0 && performance.now() - (window.answeredAt ?? 0) > 100
  && !document.querySelector("main[inert]")"""


@dataclass(frozen=True)
class Office:
    hub: RunningHub
    facts: dict[str, str]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A morning on which a ticket is in each state that there is."""
    hub = RunningHub(tmp_path_factory.mktemp("office"), {"public_url": "http://so.phuong.example"}).start()
    yield Office(hub, a_morning(hub))
    hub.close()


def a_morning(hub: RunningHub) -> dict[str, str]:
    hub.admin.ok("PUT", "/settings", json=hub.admin.ok("GET", "/settings") | WISHES)
    hub.admin.ok("PUT", "/counters/9", json={"own": ["HT"], "kind": "station"})
    for counter in (1, 2, 3):
        hub.open_counter(counter)
    facts = {state: str(hub.take_number()["id"]) for state in ("finished", "missed", "parked", "cancelled", "serving")}
    facts["booking"] = a_visit_tomorrow(hub)
    facts["procedure"] = hub.kiosk.ok("GET", "/procedures?q=khai+sinh")["procedures"][0]["code"]
    facts |= {state: str(hub.take_number()["id"]) for state in ("called", "waiting")}
    hub.kiosk.ok("POST", f"/tickets/{facts['cancelled']}/cancel")
    for state, presses in (
        ("finished", ("arrive", "finish")),
        ("missed", ("miss",)),
        ("parked", ("arrive", "park")),
        ("serving", ("arrive",)),
    ):
        call(hub, 1, facts[state])
        for press in presses:
            hub.supervisor.ok("POST", f"/counters/1/{press}")
    call(hub, 2, facts["called"])
    hub.supervisor.ok("POST", "/counters/4/open", json={"clerk": None})
    hub.supervisor.ok("POST", "/counters/4/pause", json={})
    return facts


def a_visit_tomorrow(hub: RunningHub) -> str:
    today = date.fromisoformat(hub.supervisor.ok("GET", "/hall")["day"])
    visit = {"kind": "visit", "service": "HT", "day": str(today + timedelta(days=1)), "at": "09:00", "name": "Bà Sáu"}
    return str(hub.supervisor.ok("POST", "/bookings", json=visit)["id"])


def call(hub: RunningHub, counter: int, ticket: str) -> None:
    hub.supervisor.ok("POST", f"/counters/{counter}/call", json={"ticket": ticket})


def test_every_page_of_the_app_is_among_those_looked_at(tmp_path: Path) -> None:
    flask, _, parts = build(Config(db=tmp_path / "centre.db", async_mode="threading"))
    there = page_rules(flask.url_map)
    parts.store.close()
    assert there - {page.rule for page in PAGES} == set(), "put them into tests/browser/every_page.py"
    assert {page.rule for page in PAGES} - there == set(), "they are gone from the app"
    known = {rule.rule for rule in flask.url_map.iter_rules()}
    assert set(NO_PAGES) <= known
    assert FILES


@pytest.mark.long
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("role", [CITIZEN, STAFF], ids=["citizens", "staff"])
def test_axe_has_nothing_to_say(office: Office, new_context: NewContext, role: str, language: str) -> None:
    looked = [page for page in PAGES if page.role == role and language in page.languages]
    found: dict[str, list[str]] = {}
    titles: dict[str, set[str]] = {}
    for tab, page in shown(office, new_context, looked, language):
        if faults := violations(tab, enhanced=page.enhanced):
            found[f"{page.path} {page.viewport['width']}"] = faults
        assert tab.locator("html").get_attribute("lang") == language
        titles.setdefault(tab.title(), set()).add(page.rule)
    assert found == {}
    assert [rules for rules in titles.values() if len(rules) > 1] == [], "one title for several pages"


def shown(
    office: Office, new_context: NewContext, pages: list[Page], language: str
) -> Iterator[tuple[BrowserPage, Page]]:
    """Each page in turn, settled; one tab, so that a browser starts once."""
    context = new_context(locale=LOCALES[language], reduced_motion="reduce")
    # Chosen: the page of a ticket that was taken in Vietnamese would open in Vietnamese for any browser.
    context.add_cookies([{"name": "toiluot_language", "value": language, "url": office.hub.url}])
    context.add_init_script(COUNTS_QUESTIONS)
    tab = context.new_page()
    if pages[0].role == STAFF:
        office.hub.sign_in(tab, "quan-tri", "admin")
    for page in pages:
        tab.set_viewport_size(size(page))
        tab.goto(office.hub.url + page.path.format(**office.facts))
        tab.wait_for_function(QUIET)
        yield tab, page


def size(page: Page) -> Any:
    return dict(page.viewport)
