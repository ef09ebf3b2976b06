"""A clerk scans a ticket, a dossier or a card: the console says what it is, and stays as it was."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.test_console import Desk, requests_of, sit_down
from tests.running_hub import RunningHub
from tests.system.following import InOrderClient

pytestmark = pytest.mark.browser
STRIP = "#scan"
STILL = ("#next", "[data-verb=miss]", "#undo", ".block-title >> nth=0")
Scan = Callable[..., None]


@pytest.fixture
def desk(hub: RunningHub, page: Page) -> Desk:
    return sit_down(hub, page)


@pytest.fixture
def agent(hub: RunningHub) -> Iterator[InOrderClient]:
    token = str(hub.device("agent", "scanning").headers["Authorization"]).removeprefix("Bearer ")
    client = InOrderClient(handle_sigint=False)
    client.connect(hub.url, auth={"token": token}, transports=["websocket"])
    yield client
    client.shutdown()


@pytest.fixture
def scan(agent: InOrderClient, desk: Desk) -> Scan:
    """As the agent tells of what the scanner on this desk has read."""

    def tell(**what: Any) -> None:
        agent.emit("scan", {"scanner": "desk", "counter": desk.number, "kiosk": ""} | what)

    return tell


def strip(desk: Desk) -> Locator:
    return desk.page.locator(STRIP)


def button(desk: Desk, name: str) -> Locator:
    return strip(desk).get_by_role("button", name=name, exact=True)


def take(desk: Desk) -> tuple[str, str]:
    """A citizen's number, and its ticket's id."""
    ticket = desk.hub.take_number(desk.service)
    return ticket["number"], ticket["id"]


def test_a_citizen_who_holds_out_a_ticket_is_called_with_one_key(desk: Desk, scan: Scan) -> None:
    _, (second, id_) = take(desk), take(desk)
    scan(kind="ticket", ticket=id_)
    expect(strip(desk)).to_contain_text(f"{second} · ")
    expect(strip(desk)).to_contain_text("đang chờ")
    expect(button(desk, "Gọi số này")).to_be_focused()
    desk.press("Enter")
    desk.shows(second)
    expect(strip(desk)).to_be_hidden()


def test_the_space_bar_stays_next_while_the_strip_has_the_focus(desk: Desk, scan: Scan) -> None:
    (first, _), (_, id_) = take(desk), take(desk)
    presses = requests_of(desk.page, "/call")
    scan(kind="ticket", ticket=id_)
    expect(button(desk, "Gọi số này")).to_be_focused()
    desk.call(first)
    assert presses == []
    expect(strip(desk)).to_be_visible()


def test_a_citizen_who_missed_the_call_is_called_again(desk: Desk, scan: Scan) -> None:
    number, id_ = take(desk)
    desk.call(number)
    desk.press("m")
    desk.shows("–")
    scan(kind="ticket", ticket=id_)
    expect(strip(desk)).to_contain_text("đã qua lượt")
    button(desk, "Gọi lại").click()
    desk.shows(number)


def test_the_strip_follows_what_happens_to_the_ticket(desk: Desk, scan: Scan) -> None:
    number, id_ = take(desk)
    scan(kind="ticket", ticket=id_)
    expect(button(desk, "Gọi số này")).to_be_visible()
    desk.hub.kiosk.ok("POST", f"/tickets/{id_}/cancel")
    expect(strip(desk)).to_contain_text("đã trả số")
    expect(button(desk, "Gọi số này")).to_have_count(0)
    assert number in (strip(desk).text_content() or "")


def test_a_ticket_of_another_day_and_one_of_nobody_are_told_to_be_so(desk: Desk, scan: Scan) -> None:
    _, id_ = take(desk)

    def as_of_long_ago(route: Route) -> None:
        ticket = route.fetch().json()
        route.fulfill(json=ticket | {"issued_at": re.sub(r"^\d{4}", "2001", ticket["issued_at"])})

    desk.page.route(f"**/tickets/{id_}", as_of_long_ago)
    scan(kind="ticket", ticket=id_)
    expect(strip(desk)).to_contain_text("phiếu của ngày khác")
    expect(strip(desk)).to_contain_text("2001")
    expect(strip(desk).locator(".button")).to_have_count(0)
    scan(kind="ticket", ticket="Zk3-xY_0aBcD9eFg")
    expect(strip(desk)).to_contain_text("Ở đây không có số này")
    expect(strip(desk).locator(".button")).to_have_count(0)


def test_a_dossiers_code_can_be_copied_into_the_other_program(
    hub: RunningHub, agent: InOrderClient, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    desk = sit_down(hub, page)
    scanned = {"scanner": "desk", "counter": desk.number, "kiosk": "", "kind": "dossier"}
    agent.emit("scan", scanned | {"code": "000.00.00.H12-250701-0001"})
    expect(strip(desk).locator("strong")).to_have_text("000.00.00.H12-250701-0001")
    expect(button(desk, "Sao chép")).to_be_focused()
    desk.press("Enter")
    expect(button(desk, "Đã chép")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "000.00.00.H12-250701-0001"


def test_a_card_tells_the_age_and_who_may_go_first(desk: Desk, scan: Scan) -> None:
    scan(kind="citizen_card", age=78)
    expect(strip(desk).locator("strong")).to_have_text("78 tuổi")
    expect(strip(desk)).to_contain_text("Ưu tiên: Người từ đủ 75 tuổi")
    scan(kind="citizen_card", age=91, counter=desk.number + 1)
    scan(kind="citizen_card", age=74)
    expect(strip(desk).locator("strong")).to_have_text("74 tuổi")
    expect(strip(desk)).not_to_contain_text("Ưu tiên")


def test_the_strip_goes_away_by_itself_and_leaves_nothing_behind(desk: Desk, scan: Scan) -> None:
    desk.page.locator("#next").focus()
    desk.page.clock.install()
    scan(kind="citizen_card", age=78)
    expect(strip(desk)).to_contain_text("78")
    desk.page.clock.fast_forward(19_000)
    expect(strip(desk)).to_be_visible()
    desk.page.clock.fast_forward(2_000)
    expect(strip(desk)).to_be_hidden()
    assert strip(desk).inner_html() == ""
    expect(desk.page.locator("#next")).to_be_focused()


def test_escape_puts_the_strip_away_and_the_focus_back(desk: Desk, scan: Scan) -> None:
    _, id_ = take(desk)
    desk.page.locator("#pause").focus()
    scan(kind="ticket", ticket=id_)
    expect(button(desk, "Gọi số này")).to_be_focused()
    desk.press("Escape")
    expect(strip(desk)).to_be_hidden()
    expect(desk.page.locator("#pause")).to_be_focused()


def test_a_scan_moves_no_button_and_takes_no_focus_from_a_dialog(desk: Desk, scan: Scan) -> None:
    number, id_ = take(desk)
    desk.call(number)
    places = [desk.page.locator(each).bounding_box() for each in STILL]
    desk.press("t")
    focused = desk.page.locator("#transfer-dialog :focus")
    expect(focused).to_have_count(1)
    scan(kind="ticket", ticket=id_)
    expect(strip(desk)).to_contain_text(f"đang được mời đến quầy {desk.number}")
    expect(focused).to_have_count(1)
    desk.press("Escape")
    expect(desk.page.locator("#transfer-dialog")).to_be_hidden()
    expect(strip(desk)).to_be_visible()
    assert [desk.page.locator(each).bounding_box() for each in STILL] == places


def test_whom_a_counter_that_has_left_asked_to_come_back_is_called_by_another(desk: Desk, scan: Scan) -> None:
    number, id_ = take(desk)
    colleague = 2 if desk.number == 1 else 1
    staff = desk.hub.supervisor
    staff.ok("PUT", f"/counters/{colleague}/services", json={"own": [desk.service], "help": []})
    desk.hub.open_counter(colleague)
    staff.ok("POST", f"/counters/{colleague}/call", json={"ticket": id_})
    staff.ok("POST", f"/counters/{colleague}/park", json={"seen": id_})
    kept = desk.page.locator(f"[data-row='{id_}']")
    expect(kept).to_have_count(0)
    staff.ok("POST", f"/counters/{colleague}/pause", json={"until": None})
    expect(kept).to_be_visible()
    scan(kind="ticket", ticket=id_)
    button(desk, "Mời").click()
    desk.shows(number)
