"""A self-service station, as whoever sits down there finds it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.running_hub import RunningHub

pytestmark = pytest.mark.browser
PC = {"width": 1366, "height": 768}
STATION = 20
# The page's own clock runs ahead as far as the test turns it, until the hub tells the time again.
TURNED_BY_HAND = """const real = performance.now.bind(performance);
let ahead = 0;
performance.now = () => real() + ahead;
window.turn = (ms) => { ahead += ms; };"""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    hub = RunningHub(tmp_path_factory.mktemp("stations")).start()
    hub.admin.ok("PUT", "/services/TK", json={"letter": "V", "name": "Điền tờ khai"})
    hub.admin.ok("PUT", f"/counters/{STATION}", json={"name": "Máy 20", "own": ["TK"], "kind": "station"})
    hub.open_counter(STATION)
    yield hub
    hub.close()


@pytest.fixture
def station(
    hub: RunningHub, new_context: Callable[..., BrowserContext], request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Its own screen, free; afterwards nobody sits there. Another language is parametrized indirectly."""
    context = new_context(viewport=PC, locale=getattr(request, "param", "vi-VN"))
    page = hub.join(context.new_page(), f"/station/{STATION}")
    expect(page.locator("html[data-line=live]")).to_be_attached()
    yield page
    if page.locator("#number").text_content():
        hub.supervisor.post(f"/counters/{STATION}/finish", json={})


def at_station(hub: RunningHub) -> dict[str, Any]:
    counters = hub.supervisor.ok("GET", "/counters")["counters"]
    return next(counter for counter in counters if counter["number"] == STATION)


@pytest.mark.parametrize(
    ("station", "says"),
    [
        ("vi-VN", ["Máy 20 đang trống", "Mời vào Máy 20", "Tôi bắt đầu", "Tôi xong", "Cảm ơn", "Hộ tịch"]),
        ("en-US", ["Máy 20 is free", "Please come to Máy 20", "I begin", "I am done", "Thank you", "Civil status"]),
    ],
    indirect=["station"],
    ids=["vi", "en"],
)
def test_it_calls_by_itself_and_the_next_service_waits_with_the_age_kept(
    hub: RunningHub, station: Page, says: list[str]
) -> None:
    free, come, begin, done, thanks, then = says
    expect(station.locator("#says")).to_have_text(free)
    ticket = hub.take_number("TK", then=["HT"])
    later = hub.take_number("HT")
    expect(station.locator("#says")).to_have_text(come)
    expect(station.locator("#number")).to_have_text(ticket["number"])
    station.get_by_role("button", name=begin).click()
    expect(station.locator("#note")).to_contain_text(then)
    station.get_by_role("button", name=done).click()
    expect(station.locator("#says")).to_contain_text(thanks)
    expect(station.locator("#note")).to_contain_text(then)
    ahead = [hub.kiosk.ok("GET", f"/tickets/{each['id']}")["ahead"] for each in (ticket, later)]
    assert ahead[1] == ahead[0] + 1


def test_a_helper_is_asked_for_and_the_screen_says_so_until_one_comes(hub: RunningHub, station: Page) -> None:
    station.get_by_role("button", name="Tôi cần người giúp").click()
    expect(station.locator("#asked-words")).to_contain_text("Đã gọi người giúp")
    assert at_station(hub)["assistance"] is not None
    station.reload()
    expect(station.locator("#asked-words")).to_contain_text("Đã gọi người giúp")
    hub.clerk("lan").ok("DELETE", f"/assistance/counter:{STATION}")
    expect(station.get_by_role("button", name="Tôi cần người giúp")).to_be_visible()


def test_where_nobody_comes_for_three_minutes_staff_are_told_and_the_next_can_be_called(
    hub: RunningHub, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context(viewport=PC)
    context.add_init_script(TURNED_BY_HAND)
    page = hub.join(context.new_page(), f"/station/{STATION}")
    expect(page.locator("html[data-line=live]")).to_be_attached()
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    page.route("**/api/v1/assistance", hold)
    ticket = hub.take_number("TK")
    expect(page.locator("#number")).to_have_text(ticket["number"])
    page.evaluate("turn(170_000)")
    expect(page.locator("#note")).to_contain_text("Ngồi vào máy")
    assert not asked
    page.evaluate("turn(15_000)")
    expect(page.locator("#note")).to_contain_text("Chưa thấy ai đến")
    assert len(asked) == 1
    page.get_by_role("button", name="Không có ai đến").click()
    expect(page.locator("#says")).to_have_text("Máy 20 đang trống")
    assert hub.kiosk.ok("GET", f"/tickets/{ticket['id']}")["state"] == "missed"
    asked[0].continue_()
    expect(page.locator("#asked-words")).to_contain_text("Đã gọi người giúp")
    hub.supervisor.ok("DELETE", f"/assistance/counter:{STATION}")


def test_two_screens_of_one_station_call_one_citizen(
    hub: RunningHub, station: Page, new_context: Callable[..., BrowserContext]
) -> None:
    other = hub.join(new_context(viewport=PC).new_page(), f"/station/{STATION}", "other")
    expect(other.locator("html[data-line=live]")).to_be_attached()
    first, second = hub.take_number("TK"), hub.take_number("TK")
    for page in (station, other):
        expect(page.locator("#number")).to_have_text(first["number"])
    assert hub.kiosk.ok("GET", f"/tickets/{second['id']}")["state"] == "waiting"
    hub.kiosk.ok("POST", f"/tickets/{second['id']}/cancel")


def test_a_supervisor_who_looks_at_the_page_calls_nobody(
    hub: RunningHub, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(viewport=PC).new_page()
    hub.sign_in(page, "phu-trach", "supervisor")
    page.goto(f"{hub.url}/station/{STATION}")
    expect(page.locator("html[data-line=live]")).to_be_attached()
    ticket = hub.take_number("TK")
    expect(page.locator("#note")).to_contain_text("Đang gọi số tiếp theo")
    assert at_station(hub)["ticket"] is None
    hub.kiosk.ok("POST", f"/tickets/{ticket['id']}/cancel")


def test_a_desk_has_no_page_of_a_station(hub: RunningHub, page: Page) -> None:
    hub.sign_in(page, "phu-trach", "supervisor")
    for number in (1, 99):
        answer = page.goto(f"{hub.url}/station/{number}")
        assert answer is not None
        assert answer.status == 404


def test_the_supervisors_board_says_who_needs_a_helper_until_somebody_goes(hub: RunningHub, page: Page) -> None:
    hub.sign_in(page, "phu-trach", "supervisor")
    page.goto(f"{hub.url}/supervisor")
    expect(page.locator("html[data-line=live]")).to_be_attached()
    expect(page.locator("[data-view=assistance]")).to_be_hidden()
    hub.kiosk.ok("POST", "/assistance", json={"counter": STATION})
    expect(page.locator("[data-view=assistance]")).to_contain_text("Máy 20 cần người giúp")
    page.get_by_role("button", name="Có người đến").click()
    expect(page.locator("[data-view=assistance]")).to_be_hidden()
    assert at_station(hub)["assistance"] is None
