"""What the supervisor's board advises and warns of, in a real browser."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from app.board import BoardState
from app.core import commands as cmd
from app.core.advice import Expected, Move
from app.planning.moves import Advice
from tests.browser.supervisor_board import ADMIN, Desk, WatchedBoard, at, supervisors_desk

pytestmark = pytest.mark.browser
EXPECTED = Expected(saved=8.2, low=4.6, high=11.4, sure=0.86, costs=(("DD", 2.1), ("XD", 0.2)), horizon_s=3600)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with supervisors_desk(tmp_path_factory.mktemp("ward")) as desk:
        one_target(desk)
        yield desk


def one_target(desk: Desk) -> None:
    """As everywhere else: the board names the minutes only where every service has the same."""
    hub = desk.office.parts.hub
    hub.handle(cmd.SaveService(replace(hub.hall.services["KQ"], target_s=hub.hall.settings.target_s)), ADMIN)


@pytest.fixture
def board(desk: Desk, page: Page) -> Iterator[WatchedBoard]:
    yield desk.sit_down(page)
    desk.tidy_up()


def advice(id_: str, move: Move, expected: Expected = EXPECTED) -> Advice:
    return Advice(id_, move, expected, at("17:00"))


def give(id_: str) -> Advice:
    return advice(id_, Move("give", 5, own=("DD",), help=("HT",), services=("HT",)))


# Advice


def test_an_advice_says_what_to_do_what_it_brings_how_sure_and_at_whose_cost(board: WatchedBoard) -> None:
    board.seat(5, "hoa", ("DD",))
    board.look()
    expect(board.card).to_have_count(0)
    board.office.advise(give("words"))
    expect(board.card.locator("h3")).to_have_text("Cho quầy 5 (Hoa) làm thêm Hộ tịch")
    expect(board.card.locator(".card-effect")).to_contain_text("8 người sẽ không phải chờ quá 15 phút")
    expect(board.card.locator(".card-effect")).to_contain_text("5–11")
    expect(board.card.locator(".sure")).to_have_text("khá chắc")
    expect(board.card.locator(".sure-bar .full")).to_have_count(4)
    expect(board.card.locator(".card-costs")).to_have_text("Đất đai chờ thêm khoảng 2 phút")


def test_one_tap_follows_an_advice_and_undo_sets_the_services_back(board: WatchedBoard) -> None:
    board.seat(5, "hoa", ("DD",))
    board.office.advise(give("followed"))
    board.look()
    board.card.get_by_role("button", name="Làm theo").click()
    expect(board.desk(5).locator(".chip-help[data-service=HT]")).to_be_visible()
    expect(board.card).to_have_count(0)
    assert board.served(5) == (["DD"], ["HT"])
    assert board.office.parts.hub.hall.answered["followed"].answer == "accepted"
    board.undo.click()
    expect(board.desk(5).locator(".chip-help")).to_have_count(0)
    assert board.served(5) == (["DD"], [])


def test_a_break_that_was_moved_on_advice_goes_back_too(board: WatchedBoard) -> None:
    board.seat(5, "hoa", ("DD",))
    board.office.ok("PUT", "/counters/5/breaks", {"breaks": [{"start": "11:15", "end": "12:00"}]})
    moved = Move("break", 5, start=at("11:45"), end=at("12:30"), was_start=at("11:15"))
    board.office.advise(advice("later", moved))
    board.look()
    expect(board.card.locator("h3")).to_have_text("Dời giờ nghỉ của quầy 5 (Hoa) từ 11:15 sang 11:45–12:30")
    board.card.get_by_role("button", name="Làm theo").click()
    expect(board.desk(5).locator(".desk-break")).to_have_text("nghỉ 11:45–12:30")
    board.undo.click()
    expect(board.desk(5).locator(".desk-break")).to_have_text("nghỉ 11:15–12:00")


def test_an_advice_is_turned_down_with_a_reason_in_two_taps(board: WatchedBoard) -> None:
    board.seat(5, "hoa", ("DD",))
    board.office.advise(give("refused"), advice("second", Move("open", 8)))
    board.look()
    expect(board.card).to_have_count(2)
    board.card.first.get_by_role("button", name="Không làm").click()
    expect(board.page.locator("[data-reason]")).to_have_count(5)
    board.page.get_by_role("button", name="Cán bộ đang bận").click()
    expect(board.card).to_have_count(1)
    expect(board.card).to_have_attribute("data-advice", "second")
    answered = board.office.parts.hub.hall.answered["refused"]
    assert (answered.answer, answered.reason) == ("declined", "clerk_busy")
    assert board.served(5) == (["DD"], [])


def test_an_advice_that_no_longer_stands_is_told_and_goes(board: WatchedBoard) -> None:
    board.seat(5, "hoa", ("DD",))
    board.office.advise(give("withdrawn"), advice("unfitting", Move("take", 5, own=("HT",), services=("XD",))))
    board.look()
    expect(board.card).to_have_count(2)
    board.office.parts.views.board.advice = board.office.parts.views.board.advice[1:]  # nobody is told
    for left in (1, 0):
        board.card.first.get_by_role("button", name="Làm theo").click()
        expect(board.page.locator(".toast-error")).to_have_count(2 - left)
        expect(board.card).to_have_count(left)
    assert board.served(5) == (["DD"], [])
    expect(board.undo).to_have_count(0)


def test_without_advice_one_calm_line_says_why(board: WatchedBoard) -> None:
    board.look()
    line = board.page.locator("[data-view=advice-line]")
    expect(line).to_have_text("Đang cân nhắc nên đổi gì…")
    board.office.advise()
    expect(line).to_have_text("Lúc này chưa cần thay đổi gì.")
    board.office.parts.views.board.replace_advice((), BoardState.FAILED, board.office.clock.at)
    expect(line).to_have_text("Lúc này không tính được gợi ý; mọi việc khác vẫn bình thường.")
    board.set_centre(advice=False)
    expect(line).to_have_text("Gợi ý đang tắt.")
    board.set_centre(advice=True)


def test_beside_somebody_who_waits_too_long_the_board_does_not_say_that_all_is_well(board: WatchedBoard) -> None:
    board.office.take_number("HT")
    board.office.pass_s(1000)
    board.office.advise()
    board.look()
    line = board.page.locator("[data-view=advice-line]")
    expect(line).to_have_text("Không có cách đổi nào lúc này giúp thêm được.")


def test_an_advice_that_may_help_nobody_is_not_almost_certain(board: WatchedBoard) -> None:
    board.seat(5, "hoa", ("DD",))
    small = replace(EXPECTED, saved=0.4, low=-0.3, high=1.2, sure=0.95)
    board.office.advise(advice("small", Move("open", 8), small))
    board.look()
    expect(board.card.locator(".card-saved")).to_have_text("Khoảng 1 người sẽ không phải chờ quá 15 phút")
    expect(board.card.locator(".sure")).not_to_have_text("gần như chắc chắn")
    expect(board.card.locator(".sure-bar .full")).to_have_count(3)


def test_an_open_counter_that_calls_nobody_while_people_wait_is_pointed_out(board: WatchedBoard) -> None:
    board.seat(5, "hoa", ("DD",))
    for _ in range(2):
        board.office.take_number("DD")
    board.look()
    note = board.desk(5).locator(".desk-note")
    expect(note).to_have_text("Chưa có ai ở quầy")
    board.office.pass_s(150)
    board.page.evaluate("import('/static/clock.js').then(({ hubNow, setHubClock }) => setHubClock(hubNow() + 150_000))")
    expect(note).to_have_text("Quầy mở nhưng chưa gọi ai: 2 người chờ")
    board.office.press(5, "next")
    expect(note).to_have_text("đã gọi")


# Breaks, gaps, skills


def test_a_break_announced_in_the_menu_warns_of_what_nobody_will_do_and_can_be_taken_back(board: WatchedBoard) -> None:
    board.seat(1, "hoa", ("HT",))
    board.seat(2, "lan", ("DD",))
    board.look()
    page, gaps = board.page, board.page.locator("[data-view=gaps]")
    expect(gaps).to_be_hidden()
    board.desk(2).locator(".desk-state").click()
    page.locator("[data-verb=breaks]").click()
    page.get_by_label("Giờ nghỉ bắt đầu").fill("11:30")
    page.get_by_role("button", name="90 phút").click()
    page.get_by_role("button", name="Báo giờ nghỉ").click()
    expect(board.desk(2).locator(".desk-break")).to_have_text("nghỉ 11:30–13:00")
    expect(gaps).to_have_text("Sau 11:30 không còn ai làm Đất đai (đến 13:00)")
    board.undo.click()
    expect(gaps).to_be_hidden()
    expect(board.desk(2).locator(".desk-break")).to_be_empty()


def test_services_that_lack_somebody_at_the_same_time_are_one_warning(board: WatchedBoard) -> None:
    board.seat(1, "hoa", ("HT",))
    board.seat(2, "lan", ("DD", "XD"))
    board.office.ok("PUT", "/counters/2/breaks", {"breaks": [{"start": "11:30", "end": "12:15"}]})
    board.look()
    expect(board.page.locator("[data-view=gaps] li")).to_have_text(
        ["Sau 11:30 không còn ai làm Đất đai và Xây dựng (đến 12:15)"]
    )


def test_a_standing_break_is_moved_or_taken_away_in_the_menu(board: WatchedBoard) -> None:
    board.seat(2, "lan", ("DD",))
    board.office.ok("PUT", "/counters/2/breaks", {"breaks": [{"start": "11:30", "end": "12:15"}]})
    board.look()
    page = board.page
    board.desk(2).locator(".desk-state").click()
    page.locator("[data-verb=breaks]").click()
    expect(page.get_by_label("Giờ nghỉ kết thúc")).to_have_value("12:15")
    page.get_by_label("Giờ nghỉ bắt đầu").fill("11:45")
    page.get_by_role("button", name="Báo giờ nghỉ").click()
    expect(board.desk(2).locator(".desk-break")).to_have_text("nghỉ 11:45–12:15")
    board.desk(2).locator(".desk-state").click()
    page.locator("[data-verb=breaks]").click()
    page.get_by_role("button", name="Bỏ giờ nghỉ lúc 11:45").click()
    expect(board.desk(2).locator(".desk-break")).to_be_empty()


def test_a_break_of_the_rota_is_not_said_to_be_gone(board: WatchedBoard) -> None:
    shifts = [
        {"weekday": 0, "counter": 2, "clerk": "lan", "start": start, "end": end}
        for start, end in (("07:30", "11:30"), ("13:00", "17:00"))
    ]
    board.office.ok("PUT", "/rota", {"shifts": shifts})
    board.seat(2, "lan", ("DD",))
    board.look()
    board.desk(2).locator(".desk-state").click()
    board.page.locator("[data-verb=breaks]").click()
    board.page.get_by_role("button", name="Bỏ giờ nghỉ lúc 11:30").click()
    expect(board.page.locator(".toast-error")).to_contain_text("lịch tuần")
    expect(board.desk(2).locator(".desk-break")).to_have_text("nghỉ 11:30–13:00")
    expect(board.undo).to_have_count(0)


def test_a_service_that_a_clerk_is_not_set_down_for_is_given_but_not_silently(board: WatchedBoard) -> None:
    board.office.ok("PUT", "/people/lan/skills", {"services": ["HT", "CT"]})
    board.seat(1, "hoa", ("HT",))
    board.seat(2, "lan", ("HT",))
    board.look()
    board.service("DD").locator("[data-service]").click()
    expect(board.page.locator(".unskilled")).to_have_count(1)
    expect(board.desk(2).locator(".unskilled")).to_be_visible()
    board.desk(2).locator("[data-as=help]").click()
    expect(board.page.locator(".undo-bar")).to_contain_text("Lan chưa đăng ký làm được việc này")
    assert board.served(2) == (["HT"], ["DD"])
    board.office.ok("PUT", "/people/lan/skills", {"services": []})


def test_nothing_of_it_runs_over_the_edge(board: WatchedBoard) -> None:
    board.set_centre(alarm_sound=True)
    board.seat(5, "hoa", ("DD",))
    board.office.ok("PUT", "/counters/5/breaks", {"breaks": [{"start": "11:30", "end": "12:15"}]})
    board.office.advise(give("wide"), advice("second", Move("open", 8)))
    board.look()
    expect(board.card).to_have_count(2)
    for width, height in [(1920, 1080), (1366, 768), (1024, 768), (390, 844)]:
        board.page.set_viewport_size({"width": width, "height": height})
        assert board.page.evaluate("document.documentElement.scrollWidth") <= width
        cut = "[...document.querySelectorAll('.card')].filter((card) => card.scrollWidth > card.clientWidth).length"
        assert board.page.evaluate(cut) == 0
    board.set_centre(alarm_sound=False)
