"""Whose wait the supervisor's board counts, marks and rings for, in a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.supervisor_board import Desk, WatchedBoard, supervisors_desk
from tests.system.within import Office

pytestmark = pytest.mark.browser
COUNTS_TONES = """
  const Tone = window.OscillatorNode;
  window.OscillatorNode = class extends Tone {
    constructor(...facts) {
      super(...facts);
      const page = document.documentElement;
      page.dataset.tones = Number(page.dataset.tones ?? 0) + 1;
    }
  };
"""

# The minutes counted for somebody who came three minutes ago, with a number of twelve minutes ago.
A_NUMBER_FROM_HOME = """async () => {
  const { waitingByService } = await import("/static/supervisor/waits.js");
  const now = 1_800_000_000_000, ago = (min) => now - min * 60_000;
  const ticket = { state: "waiting", service: "X", order: [ago(12), 1], issued_at: new Date(ago(3)).toISOString() };
  const services = new Map([["X", { code: "X" }]]), centre = { target_s: 900, amber_s: 600 };
  return waitingByService({ services, centre, tickets: new Map([["t", ticket]]) }, now)[0].longest / 60_000;
}"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with supervisors_desk(tmp_path_factory.mktemp("ward")) as desk:
        yield desk


@pytest.fixture
def board(desk: Desk, page: Page) -> Iterator[WatchedBoard]:
    yield desk.sit_down(page)
    desk.tidy_up()


# Who asks for a helper


def test_a_call_that_nobody_has_gone_to_for_three_minutes_is_red_and_says_so(board: WatchedBoard) -> None:
    office = board.office
    office.ok("POST", "/assistance", {}, by="kiosk-1")
    office.pass_s(69 * 60)
    office.ok("POST", "/assistance", {"counter": 1})
    board.look()
    forgotten, fresh = (board.page.locator("[data-view=assistance] li").nth(row) for row in (0, 1))
    expect(forgotten).to_contain_text("Ki-ốt “kiosk-1” cần người giúp · đã 69 phút chưa có ai đến")
    expect(forgotten).to_have_attribute("data-forgotten", "")
    expect(fresh).to_contain_text("Quầy 1 cần người giúp · mới đây")
    expect(fresh).not_to_have_attribute("data-forgotten", "")
    for place in ("kiosk:kiosk-1", "counter:1"):
        office.ok("DELETE", f"/assistance/{place}", {})


# Waits


def test_who_waits_past_ten_and_fifteen_minutes_is_counted_while_the_clock_runs(board: WatchedBoard) -> None:
    office = board.office
    for pause in (300, 599):
        office.take_number("HT")
        office.pass_s(pause)
    office.take_number("HT")
    board.look()
    expect(board.figure("HT", "count")).to_have_text("3")
    expect(board.figure("HT", "late")).to_have_text("1")  # a second later, on the page's own clock
    expect(board.figure("HT", "amber")).to_have_text("2")
    expect(board.service("HT").locator(".share-fresh")).to_be_visible()
    for figure, told in (("count", "3"), ("amber", "2"), ("late", "1")):
        expect(board.page.locator(f"[data-total={figure}]")).to_have_text(told)


def test_a_service_with_a_longer_target_turns_red_later(board: WatchedBoard) -> None:
    board.change_service("DD", target_s=7200)
    for code in ("HT", "DD"):
        board.office.take_number(code)
    board.office.pass_s(1000)
    board.look()
    expect(board.figure("HT", "late")).to_have_text("1")
    expect(board.figure("DD", "count")).to_have_text("1")
    expect(board.figure("DD", "late")).to_have_text("–")
    board.change_service("DD", target_s=900)


def test_the_longest_wait_counts_from_where_the_hub_counts(board: WatchedBoard) -> None:
    board.office.take_number("HT")
    board.office.pass_s(1000)
    assert board.office.service("HT")["longest_wait_s"] == 1000
    board.look()
    expect(board.figure("HT", "longest")).to_have_text("16 phút")
    assert board.page.evaluate(A_NUMBER_FROM_HOME) == 3


def test_a_desk_shows_its_citizen_with_the_running_clock(board: WatchedBoard) -> None:
    office, desk = board.office, board.desk(1)
    board.seat(1, "hoa", ("HT",))
    number = office.take_number("HT")["number"]
    office.press(1, "next")
    office.pass_s(1000)
    board.look()
    expect(desk.locator(".desk-ticket")).to_have_text(number)
    expect(desk.locator(".desk-who")).to_have_text("Hoa")
    expect(desk).to_have_attribute("data-grade", "late")
    expect(desk.locator(".desk-grade")).not_to_be_empty()
    before = office.parts.hub.hall.counters[1].served
    office.ok("POST", "/counters/1/finish")
    expect(desk.locator(".desk-ticket")).to_be_hidden()
    expect(desk.locator(".desk-served")).to_contain_text(str(before + 1))


# Alarms


def test_an_alarm_marks_its_service_and_sounds_once_where_that_was_allowed(board: WatchedBoard, page: Page) -> None:
    page.add_init_script(COUNTS_TONES)
    board.set_centre(alarm_sound=True)
    office = board.office
    board.seat(1, "hoa", ("HT",))
    office.take_number("HT")
    office.pass_s(240)
    for _ in range(2):
        office.take_number("HT")
    office.pass_s(720)
    board.look()
    expect(board.service("HT")).to_have_attribute("data-grade", "late")
    expect(board.service("HT")).to_have_attribute("data-alarm", "")  # known when the page came is no news
    sound = page.locator("[data-view=sound]")
    sound.click()
    expect(sound).to_have_attribute("aria-pressed", "true")
    expect(page.locator("html")).to_have_attribute("data-tones", "2")  # so that one knows how it sounds
    send_on(office, "CT")
    expect(board.service("CT")).to_have_attribute("data-alarm", "late")
    expect(page.locator("[data-view=alarm]")).to_have_text("Chứng thực: đã có người chờ 15 phút")
    expect(page.locator("html")).to_have_attribute("data-tones", "6")
    send_on(office, "XD")
    expect(board.service("XD")).to_have_attribute("data-alarm", "amber")
    expect(page.locator("html")).to_have_attribute("data-tones", "8")
    cancel_all(office, "XD")
    expect(board.figure("XD", "count")).to_have_text("0")
    send_on(office, "XD")
    expect(board.figure("XD", "count")).to_have_text("1")
    expect(page.locator("html")).to_have_attribute("data-tones", "8")  # one alarm, not one for each who gets so far
    board.set_centre(alarm_sound=False)
    expect(sound).to_be_hidden()


def cancel_all(office: Office, service: str) -> None:
    for ticket in [t for t in office.parts.hub.hall.tickets.values() if (t.service, t.state) == (service, "waiting")]:
        office.ok("POST", f"/tickets/{ticket.id}/cancel")


def send_on(office: Office, service: str) -> None:
    """The oldest of counter 1's queue goes to another, and takes along how long they have waited."""
    office.press(1, "next")
    office.ok("POST", "/counters/1/transfer", {"service": service})
    office.pass_s(1)


def test_serving_is_graded_by_its_own_target(board: WatchedBoard) -> None:
    office = board.office
    board.change_service("DD", handle_target_s=3600)
    for number, clerk, service in ((1, "hoa", "HT"), (2, "lan", "DD")):
        board.seat(number, clerk, (service,))
        office.take_number(service)
        office.press(number, "next")
        office.pass_s(1)
        office.ok("POST", f"/counters/{number}/arrive")
    office.pass_s(1000)
    board.look()
    expect(board.desk(1)).to_have_attribute("data-grade", "late")
    expect(board.desk(2)).to_have_attribute("data-grade", "amber")  # no later than for a shorter target


# The last two hours


def test_the_last_two_hours_are_a_line_with_its_worst_in_words(board: WatchedBoard) -> None:
    board.office.take_number("XH")
    board.office.pass_s(1500)
    board.look()
    told = re.compile(r"^Hai giờ qua: căng nhất lúc \d\d:\d\d, 100.?% chờ quá 10 phút, 100.?% quá 15 phút$")
    expect(board.service("XH").locator(".spark")).to_have_attribute("aria-label", told)
    nobody = "Hai giờ qua: không ai phải chờ lâu"
    expect(board.service("CA").locator(".spark")).to_have_attribute("aria-label", nobody)


def test_a_board_without_history_is_a_board_all_the_same(board: WatchedBoard) -> None:
    board.page.route("**/api/v1/reports/recent", lambda route: route.fulfill(status=404, json={"code": "not_found"}))
    board.look()
    expect(board.service("HT")).to_be_visible()
    expect(board.page.locator(".spark, .toast")).to_have_count(0)
