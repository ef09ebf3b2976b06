"""The supervisor's board and the day's report, in a real browser against a real hub."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.supervisor_board import OnTheBoard
from tests.running_hub import RunningHub

pytestmark = pytest.mark.browser
MORNING = "2026-11-23T08:00"

# What is wrong with the line over the counters: hidden by a counter's card, or its button in a line of its own.
HEAD = """(head) => {
  const [title, button] = ["h2", ".message-place"].map((each) => head.querySelector(each).getBoundingClientRect());
  const cut = head.scrollHeight > head.clientHeight;
  return [cut && "cut", button.top > title.bottom && "below"].filter(Boolean);
}"""
BANNER_BELOW_ALL = """() => {
  const [last, banner] = [".health", ".link-banner"].map((at) => document.querySelector(at).getBoundingClientRect());
  return last.bottom <= banner.top + 1;
}"""


@dataclass
class Board(OnTheBoard):
    """The board as a supervisor sees it, and what the hub says."""

    hub: RunningHub
    page: Page

    def chip(self, code: str) -> Locator:
        return self.service(code).locator("[data-service]")

    def place(self, number: int, way: str) -> Locator:
        return self.desk(number).locator(f"[data-as={way}]")

    def undo(self) -> Locator:
        return self.page.locator(".undo-bar button")

    def choose(self, number: int, verb: str) -> None:
        """Two taps: the counter's state, then the wish."""
        self.desk(number).locator(".desk-state").click()
        self.page.locator(f".menu [data-verb={verb}]").first.click()

    def counter(self, number: int) -> dict[str, Any]:
        counters = self.hub.supervisor.ok("GET", "/counters")["counters"]
        return next(c for c in counters if c["number"] == number)

    def served(self, number: int) -> tuple[list[str], list[str]]:
        counter = self.counter(number)
        return counter["own"], counter["help"]

    def expect_chips(self, number: int, own: list[str], help_: list[str]) -> None:
        desk = self.desk(number)
        for way, codes in (("own", own), ("help", help_)):
            expect(desk.locator(f".chip-{way}")).to_have_count(len(codes))
            for code in codes:
                expect(desk.locator(f".chip-{way}[data-service={code}]")).to_be_visible()
        assert self.served(number) == (own, help_)


def open_board(hub: RunningHub, page: Page) -> Board:
    hub.sign_in(page, "phu-trach", "supervisor")
    page.goto(f"{hub.url}/supervisor")
    expect(page.locator("html[data-offline]")).to_have_count(0)
    expect(page.locator(".desk")).to_have_count(10)
    return Board(hub, page)


@pytest.fixture
def board(hub: RunningHub, page: Page) -> Board:
    return open_board(hub, page)


@pytest.fixture
def hurried(hub_factory: Callable[..., RunningHub], page: Page) -> Board:
    """A board where a quarter of an hour passes in three seconds."""
    return open_board(hub_factory(clock_rate=300, clock_start=MORNING), page)


def test_two_taps_give_a_counter_a_service_and_undo_takes_it_back(board: Board) -> None:
    own, help_ = board.served(1)
    board.chip("DD").click()
    board.place(1, "help").click()
    board.expect_chips(1, own, [*help_, "DD"])
    board.undo().click()
    board.expect_chips(1, own, help_)
    expect(board.page.locator(".undo-bar")).to_have_count(0)


def test_dragging_a_service_onto_a_counter_does_the_same(board: Board) -> None:
    own, help_ = board.served(4)
    drag(board, board.chip("HT"), 4, "own")
    board.expect_chips(4, [*own, "HT"], help_)
    board.undo().click()
    board.expect_chips(4, own, help_)


def test_a_service_dropped_on_a_counters_head_becomes_its_own(board: Board) -> None:
    own, help_ = board.served(4)
    board.chip("HT").hover()
    board.page.mouse.down()
    head = board.desk(4).locator(".desk-who").bounding_box()
    assert head is not None
    board.page.mouse.move(head["x"] + 5, head["y"] + 5, steps=5)
    expect(board.place(4, "own")).to_have_class(re.compile("over"))
    board.page.mouse.up()
    board.expect_chips(4, [*own, "HT"], help_)


def test_a_drag_that_ends_nowhere_changes_nothing(board: Board) -> None:
    before = board.served(4)
    board.chip("HT").hover()
    board.page.mouse.down()
    board.page.mouse.move(700, 90, steps=4)
    expect(board.place(4, "help")).to_be_visible()
    board.page.mouse.up()
    expect(board.page.locator(".desk-places button")).to_have_count(0)
    expect(board.page.locator(".ghost")).to_have_count(0)
    assert board.served(4) == before


def test_a_service_is_taken_from_a_counter_but_never_the_last_of_its_own(board: Board) -> None:
    own, help_ = board.served(2)
    board.desk(2).locator(f".chip-help[data-service={help_[0]}]").click()
    board.place(2, "none").click()
    board.expect_chips(2, own, help_[1:])
    board.desk(2).locator(f".chip-own[data-service={own[0]}]").click()
    expect(board.place(2, "none")).to_be_disabled()


def test_the_keyboard_moves_a_service_too_and_escape_puts_it_back(board: Board) -> None:
    own, help_ = board.served(1)
    board.chip("XD").press("Enter")
    board.page.keyboard.press("Escape")
    expect(board.page.locator(".desk-places button")).to_have_count(0)
    board.chip("XD").press("Enter")
    board.place(1, "help").press("Enter")
    board.expect_chips(1, own, [*help_, "XD"])
    board.page.keyboard.press("Control+z")
    board.expect_chips(1, own, help_)


def test_a_choice_tells_how_many_counters_would_take_the_service(board: Board) -> None:
    board.hub.open_counter(1)
    board.hub.open_counter(5)
    expect(board.desk(5)).to_have_attribute("data-state", "open")
    takers = [
        c for c in board.hub.supervisor.ok("GET", "/hall")["counters"] if c["state"] == "open" and "HT" in c["own"]
    ]
    board.chip("HT").click()
    expect(board.place(5, "help").locator("small")).to_contain_text(f"{len(takers)} → {len(takers) + 1}")


def test_the_offer_to_undo_ends_after_ten_seconds(hub: RunningHub, page: Page) -> None:
    page.clock.install()
    board = open_board(hub, page)
    board.chip("DD").click()
    board.place(1, "help").click()
    expect(board.undo()).to_be_visible()
    page.clock.fast_forward(10_000)
    expect(page.locator(".undo-bar")).to_have_count(0)


def test_a_counter_is_opened_paused_and_closed_in_two_taps(board: Board) -> None:
    board.choose(3, "open")
    expect(board.desk(3)).to_have_attribute("data-state", "open")
    board.choose(3, "pause")
    expect(board.desk(3)).to_have_attribute("data-state", "paused")
    board.desk(3).locator(".desk-state").click()
    board.page.locator(".menu input[type=time]").fill("23:45")
    board.page.locator(".menu-until button").click()
    expect(board.desk(3).locator(".desk-state")).to_contain_text("23:45")
    assert board.counter(3)["until"] == "23:45"
    board.choose(3, "close")
    expect(board.desk(3)).to_have_attribute("data-state", "closed")
    board.undo().click()
    expect(board.desk(3).locator(".desk-state")).to_contain_text("23:45")
    assert (board.counter(3)["state"], board.counter(3)["until"]) == ("paused", "23:45")


def test_in_the_morning_a_pause_may_last_until_one_oclock(hub_factory: Callable[..., RunningHub], page: Page) -> None:
    board = open_board(hub_factory(clock_start=MORNING), page)
    board.hub.open_counter(3)
    board.desk(3).locator(".desk-state").click()
    board.page.locator(".menu-times button", has_text="13:00").click()
    expect(board.desk(3).locator(".desk-state")).to_contain_text("13:00")
    assert board.counter(3)["until"] == "13:00"


def test_undoing_a_close_brings_the_clerk_back(board: Board) -> None:
    board.hub.person("hoa", "clerk")
    board.hub.open_counter(3, "hoa")
    expect(board.desk(3).locator(".desk-who")).to_have_text("Hoa")
    board.choose(3, "close")
    expect(board.desk(3)).to_have_attribute("data-state", "closed")
    board.undo().click()
    expect(board.desk(3).locator(".desk-who")).to_have_text("Hoa")


def test_a_counter_with_a_citizen_is_not_closed_and_the_board_says_why(board: Board) -> None:
    board.hub.open_counter(1)
    number = board.hub.take_number("HT")["number"]
    board.hub.supervisor.ok("POST", "/counters/1/next", json={})
    expect(board.desk(1).locator(".desk-ticket")).to_have_text(number)
    board.choose(1, "close")
    expect(board.page.locator(".toast-error")).to_contain_text(number)
    assert board.counter(1)["state"] == "open"
    expect(board.page.locator(".undo-bar")).to_have_count(0)


def test_a_screen_that_goes_dark_makes_the_quiet_line_loud(
    board: Board, new_context: Callable[..., BrowserContext]
) -> None:
    screen = board.hub.join(new_context().new_page(), "/tv", "tv-sanh")
    health = board.page.locator("[data-view=health]")
    expect(health.locator("[data-health-list]")).to_contain_text("tv-sanh")
    expect(health).to_have_attribute("data-health", "well")
    screen.close()
    expect(health).to_have_attribute("data-health", "down", timeout=20_000)
    expect(health.locator("[data-health-line]")).to_contain_text("tv-sanh")


def test_the_board_is_right_again_after_the_hub_was_down(board: Board) -> None:
    board.hub.take_number("HT")
    expect(board.figure("HT", "count")).to_have_text("1")
    board.hub.kill()
    expect(board.page.locator(".link-banner")).to_be_visible()
    assert board.page.evaluate(BANNER_BELOW_ALL)
    board.hub.start()
    board.hub.take_number("HT")
    expect(board.figure("HT", "count")).to_have_text("2")
    expect(board.page.locator(".link-banner")).to_have_count(0)


def test_a_clerk_does_not_get_the_board(hub: RunningHub, page: Page) -> None:
    hub.sign_in(page, "lan")
    answer = page.goto(f"{hub.url}/supervisor")
    assert answer is not None
    assert answer.status == 403


def test_nothing_runs_over_the_edge(board: Board) -> None:
    for path in ("/supervisor", "/report"):
        board.page.goto(f"{board.hub.url}{path}")
        for width, height in [(1920, 1080), (1280, 800), (1024, 600), (390, 844)]:
            board.page.set_viewport_size({"width": width, "height": height})
            assert board.page.evaluate("document.documentElement.scrollWidth") <= width
            if path == "/supervisor":
                assert board.page.locator(".counters-head").evaluate(HEAD) == ([] if width >= 1024 else ["below"])


def test_the_report_says_what_the_hub_says(hurried: Board) -> None:
    a_morning_at_the_office(hurried)
    said = hurried.hub.supervisor.ok("GET", "/reports/day")
    hurried.page.locator(".masthead a[href='/report']").click()
    report = hurried.page.locator("[data-view=report]")
    expect(report).to_have_attribute("aria-busy", "false")
    assert said["tickets"]["issued"] == 5
    for figure in ("tickets.issued", "tickets.finished", "tickets.missed", "tickets.cancelled", "waits.count"):
        expect(report.locator(f".summary [data-figure='{figure}']")).to_have_text(str(pick(said, figure)))
    for figure in ("waits.mean_s", "waits.p50_s", "waits.p90_s", "handling.mean_s", "handling.p90_s"):
        expect(report.locator(f".summary [data-figure='{figure}']")).to_have_text(minutes(pick(said, figure)))
    for row in said["services"]:
        expect_row(report.locator(f"[data-table=services] [data-key='{row['code']}']"), row, "finished")
    for row in said["counters"]:
        expect_row(report.locator(f"[data-table=counters] [data-key='{row['number']}']"), row, "served")


def test_a_day_without_numbers_is_said_in_words_and_days_can_be_leafed_through(board: Board) -> None:
    board.page.goto(f"{board.hub.url}/report?date=2026-01-02")
    expect(board.page.locator(".report-empty")).to_be_visible()
    board.page.locator("[data-step='-1']").click()
    expect(board.page.locator("[data-view=date]")).to_contain_text("1/1/2026")
    assert "date=2026-01-01" in board.page.url


def test_the_report_tells_the_time_of_the_hub(hub_factory: Callable[..., RunningHub], page: Page) -> None:
    board = open_board(hub_factory(clock_start="2026-11-23T03:07"), page)
    board.page.goto(f"{board.hub.url}/report")
    expect(board.page.locator("[data-view=clock]")).to_contain_text("03:0")
    expect(board.page.locator("[data-view=made]")).to_contain_text("03:0")


def test_what_is_not_a_date_is_told_and_a_day_can_be_chosen(board: Board) -> None:
    board.page.goto(f"{board.hub.url}/report?date=foo")
    expect(board.page.get_by_role("alert")).to_contain_text("foo")
    board.page.locator("[data-step='-1']").click()
    expect(board.page.locator(".report-empty")).to_be_visible()


def test_the_report_of_a_day_fits_on_paper(hurried: Board) -> None:
    a_morning_at_the_office(hurried)
    hurried.page.goto(f"{hurried.hub.url}/report")
    expect(hurried.page.locator("[data-table=services]")).to_be_visible()
    hurried.page.emulate_media(media="print")
    hurried.page.set_viewport_size({"width": 703, "height": 1016})  # A4 without its margins
    expect(hurried.page.locator(".report-tools")).to_be_hidden()
    assert hurried.page.evaluate("document.documentElement.scrollWidth") <= 703
    assert hurried.page.evaluate("document.documentElement.scrollHeight") <= 1016


def drag(board: Board, chip: Locator, number: int, way: str) -> None:
    """Press the chip, carry it to the place that then opens at the counter, and let go."""
    chip.hover()
    mouse = board.page.mouse
    mouse.down()
    mouse.move(640, 80, steps=3)
    box = board.place(number, way).bounding_box()
    assert box is not None
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
    mouse.up()


def a_morning_at_the_office(board: Board) -> None:
    """Five numbers, called after a quarter of an hour: two finished, one missed, one given up, one still waiting."""
    hub = board.hub
    hub.open_counter(1)
    tickets = [hub.take_number(code) for code in ("HT", "HT", "HT", "HT", "DD")]
    hub.kiosk.ok("POST", f"/tickets/{tickets[3]['id']}/cancel")
    expect(board.figure("HT", "late")).to_have_text("3")
    for verb in ("next", "finish", "next", "finish", "next", "miss"):
        hub.supervisor.ok("POST", f"/counters/1/{verb}", json={}, headers={"Idempotency-Key": str(uuid4())})


def expect_row(row: Locator, said: dict[str, Any], done: str) -> None:
    if not said.get("issued", 1):
        return
    expect(row.locator(f"[data-figure='{done}']")).to_have_text(str(said[done] or "–"))
    for figure in ("waits.mean_s", "waits.p90_s", "handling.mean_s", "handling.p90_s"):
        expect(row.locator(f"[data-figure='{figure}']")).to_have_text(minutes(pick(said, figure)))


def pick(said: dict[str, Any], figure: str) -> Any:
    for key in figure.split("."):
        said = said[key]
    return said


def minutes(seconds: float | None) -> str:
    """As a Vietnamese reader writes it; a half is rounded away from zero, as the browser does."""
    return "–" if seconds is None else f"{int(seconds / 6 + 0.5) / 10:.1f}".replace(".", ",")
