"""At the kiosk: several matters and dossiers, a claim of priority, the form first, back from photocopying."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import scanner
from tests.browser.kiosk_screens import PORTRAIT, assert_flawless, choose_language, number
from tests.running_hub import RunningHub

pytestmark = pytest.mark.browser
TOUCH_PC = {"width": 1280, "height": 1024}
LOW = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    hub = RunningHub(tmp_path_factory.mktemp("kiosks")).start()
    settings = hub.admin.ok("GET", "/settings")
    hub.admin.ok("PUT", "/settings", json=settings | {"double_press_ms": 0})
    hub.open_counter(1)
    yield hub
    hub.close()


@pytest.fixture
def open_kiosk(hub: RunningHub, new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    def start(language: str = "Tiếng Việt", viewport: dict[str, int] = PORTRAIT) -> Page:
        page = hub.join(new_context(viewport=viewport, has_touch=True).new_page(), "/kiosk")
        expect(page.locator("html[data-line=live]")).to_be_attached()
        choose_language(page, language)
        return page

    return start


def seen_by_staff(hub: RunningHub, counter: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = hub.supervisor.ok("GET", "/counters")["counters"][counter - 1]["ticket"]
    return found


def call(hub: RunningHub, ticket_number: str) -> dict[str, Any]:
    for _ in range(9):
        answer = hub.supervisor.ok("POST", "/counters/1/next", json={})
        if answer["ticket"]["number"] == ticket_number:
            return seen_by_staff(hub)
    raise AssertionError(f"{ticket_number} was never called")


def matter(page: Page, code: str) -> None:
    page.locator(f".kiosk-matter[data-service={code}]").tap()


def test_two_matters_and_three_dossiers_take_one_number(hub: RunningHub, open_kiosk: Callable[..., Page]) -> None:
    page = open_kiosk()
    page.locator("[data-several]").tap()
    assert_flawless(page, "visit")
    expect(page.locator("[data-take]")).to_be_disabled()
    matter(page, "DD")
    matter(page, "HT")
    matter(page, "DD")
    matter(page, "CT")
    for _ in range(2):
        page.locator("[data-dossiers='1']").tap()
    page.locator("[data-take]").tap()
    expect(page.locator(".ticket-service")).to_have_text("Hộ tịch → Chứng thực")
    assert_flawless(page, "ticket")
    ticket = call(hub, number(page).inner_text())
    assert (ticket["service"], ticket["then"], ticket["dossiers"]) == ("HT", ["CT"], 3)


def test_the_same_in_english_on_a_touch_pc(hub: RunningHub, open_kiosk: Callable[..., Page]) -> None:
    page = open_kiosk("English", TOUCH_PC)
    page.get_by_role("button", name="Several matters").tap()
    assert_flawless(page, "visit")
    for code in ("HT", "CT", "DD"):
        matter(page, code)
    expect(page.locator(".kiosk-matter:not([aria-pressed=true])").first).to_be_disabled()
    page.get_by_role("button", name="Take a number").tap()
    expect(page.locator(".ticket-service")).to_have_text("Civil status → Certification → Land")
    assert hub.kiosk.ok("GET", "/health")["ready"] is True


def test_one_matter_takes_its_number_with_one_tap_as_ever(open_kiosk: Callable[..., Page]) -> None:
    page = open_kiosk()
    page.locator(".kiosk-service[data-service=HT]").tap()
    expect(number(page)).to_be_visible()


def test_who_presses_for_priority_claims_it_and_the_clerk_is_told(
    hub: RunningHub, open_kiosk: Callable[..., Page]
) -> None:
    page = open_kiosk()
    page.get_by_role("button", name="Tôi thuộc diện ưu tiên").tap()
    page.get_by_role("button", name="75 tuổi").tap()
    page.locator(".kiosk-service[data-service=HT]").tap()
    ticket = call(hub, number(page).inner_text())
    assert (ticket["claimed"], ticket["priority"]) == (True, "elderly")


def test_the_form_first_at_a_station_is_offered_where_one_is_open(
    hub: RunningHub, open_kiosk: Callable[..., Page]
) -> None:
    page = open_kiosk()
    page.locator("[data-several]").tap()
    expect(page.locator("[data-form]")).to_have_count(0)
    hub.admin.ok("PUT", "/services/TK", json={"letter": "V", "name": "Điền tờ khai", "name_en": "Form"})
    hub.admin.ok("PUT", "/counters/20", json={"name": "Máy 20", "own": ["TK"], "kind": "station"})
    hub.open_counter(20)
    page.locator(".kiosk-back").tap()
    page.locator("[data-several]").tap()
    matter(page, "HT")
    page.locator("[data-form]").tap()
    assert_flawless(page, "visit")
    page.locator("[data-take]").tap()
    expect(page.locator(".ticket-service")).to_have_text("Điền tờ khai → Hộ tịch")


def test_back_from_photocopying_a_scan_at_the_kiosk_and_the_same_counter_calls_next(
    hub: RunningHub, open_kiosk: Callable[..., Page]
) -> None:
    ticket = hub.take_number("HT")
    hub.supervisor.ok("POST", "/counters/1/call", json={"ticket": ticket["id"]})
    hub.supervisor.ok("POST", "/counters/1/park", json={"seen": ticket["id"]})
    hub.take_number("HT")
    page = open_kiosk()
    scanner.types(page, f"{hub.url}/t/{ticket['id']}?lang=vi")
    page.get_by_role("button", name="Tôi đã quay lại").tap()
    expect(page.locator(".ticket-ahead")).to_have_text("Ông/bà là người tiếp theo tại quầy 1.")
    answer = hub.supervisor.ok("POST", "/counters/1/next", json={})
    assert (answer["ticket"]["id"], answer["reason"]["code"]) == (ticket["id"], "back")


def test_a_helper_is_called_to_the_kiosk(hub: RunningHub, open_kiosk: Callable[..., Page]) -> None:
    page = open_kiosk()
    page.locator(".kiosk-help").tap()
    page.get_by_role("button", name="Gọi nhân viên đến đây").tap()
    expect(page.locator("[data-call]")).to_have_text("Đã báo nhân viên. Xin đợi ở đây.")
    assert_flawless(page, "help")
    (asked,) = hub.supervisor.ok("DELETE", "/assistance/counter:1")["assistance"]
    assert asked["place"].startswith("kiosk:screen-")


@pytest.mark.parametrize(
    ("viewport", "language"),
    [(PORTRAIT, "Tiếng Việt"), (TOUCH_PC, "English"), (LOW, "Tiếng Việt"), (LOW, "English")],
    ids=["portrait", "touch PC, English", "low", "low, English"],
)
def test_all_the_ways_to_a_number_have_room_and_who_collects_a_result_finds_it_first(
    hub: RunningHub, open_kiosk: Callable[..., Page], language: str, viewport: dict[str, int]
) -> None:
    settings = hub.admin.ok("GET", "/settings")
    hub.admin.ok("PUT", "/settings", json=settings | {"home_numbers": True, "appointments": True})
    page = open_kiosk(language, viewport)
    expect(page.locator(".kiosk-ways > button")).to_have_count(4)
    assert_flawless(page, "services")
    first = page.locator("[data-service]").first
    expect(first).to_have_attribute("data-service", "KQ")
    expect(first).to_have_css("border-top-width", "4px")
    hub.admin.ok("PUT", "/settings", json=settings)


@pytest.mark.parametrize("viewport", [PORTRAIT, {"width": 1366, "height": 768}])
def test_in_large_type_nothing_lies_over_the_matters(open_kiosk: Callable[..., Page], viewport: dict[str, int]) -> None:
    page = open_kiosk(viewport=viewport)
    page.locator(".kiosk-large").tap()
    page.locator("[data-several]").tap()
    assert_flawless(page, "visit")
    page.locator(".kiosk-matter").first.tap()
    assert_flawless(page, "visit")
    question, first = (
        page.locator(".kiosk-question p").bounding_box(),
        page.locator(".kiosk-matter").first.bounding_box(),
    )
    assert question
    assert first
    assert question["y"] + question["height"] <= first["y"]
