"""Which board is told what, and when, on a line that is slower than the hall."""

from math import inf

from hardware.boards.state import BoardState, Kind
from hardware.lines.slots import Picture, Rank, Slot, Slots


def number(text: str, blink_s: float = 0) -> BoardState:
    return BoardState(Kind.NUMBER, text, blink_s)


def slot(name: str = "one") -> Slot:
    return Slot(name, blink_every_s=0.5, resend_s=60)


def test_of_ten_states_only_the_newest_is_sent():
    board = slot()
    for n in range(10):
        board.put(number(f"A{n:03}"), now=0)
    assert board.take(now=0).state.text == "A009"
    assert board.rank(now=0) is None


def test_an_unchanged_state_is_not_sent_again_but_a_recall_blinks_again():
    board = slot()
    assert board.put(number("A001"), now=0)
    board.take(now=0)
    assert not board.put(number("A001"), now=1)
    assert board.put(number("A001", blink_s=4), now=1)


def test_a_fresh_call_blinks_for_its_time_and_ends_lit():
    board = slot()
    board.put(number("A001", blink_s=1.2), now=0)
    seen = [(0.0, board.take(now=0).lit)]
    while (now := board.next_due) < inf:
        seen.append((now, board.take(now).lit))
    assert seen == [(0.0, True), (0.5, False), (1.0, True), (1.5, True)]


def test_a_state_that_comes_while_blinking_is_not_a_new_call():
    board = slot()
    board.put(number("A001", blink_s=4), now=0)
    board.take(now=0)
    assert not board.put(number("A001"), now=0.1)
    assert board.rank(now=0.5) is Rank.BLINK


def test_a_board_without_an_answer_is_tried_again_ever_more_rarely():
    board, now, waits = slot(), 0.0, []
    board.put(number("A001"), now)
    for _ in range(6):
        board.take(now)
        board.failed(now)
        waits.append(board.next_due - now)
        now = board.next_due
    assert waits == [1, 2, 4, 8, 10, 10]


def test_everything_is_told_again_after_the_set_interval_and_after_reopening():
    board = slot()
    board.put(number("A001"), now=0)
    board.take(now=0)
    board.succeeded(now=0)
    assert (board.rank(now=59), board.rank(now=60)) == (None, Rank.AGAIN)
    board.put_again()
    assert board.rank(now=1) is Rank.FRESH


def test_a_busy_counter_does_not_keep_the_line_from_the_others():
    slots = Slots([slot("one"), slot("two"), slot("three")])
    for name in ("one", "two", "three"):
        slots[name].put(number("A001"), now=0)
    served = []
    for turn in range(4):
        due = slots.next(now=0)
        assert due is not None
        served.append(due.name)
        due.take(now=0)
        slots["one"].put(number(f"A{turn + 2:03}"), now=0)
    assert served == ["one", "two", "three", "one"]


def test_a_fresh_number_goes_before_another_boards_blink():
    slots = Slots([slot("blinking"), slot("fresh")])
    slots["blinking"].put(number("A001", blink_s=4), now=0)
    slots["blinking"].take(now=0)
    slots["fresh"].put(number("A002"), now=0.5)
    due = slots.next(now=0.5)
    assert due is not None
    assert due.name == "fresh"


def test_a_bus_with_nothing_to_say_has_no_work():
    slots = Slots([slot("one")])
    assert slots.next(now=0) is None
    slots.put_all_again()
    assert slots.next(now=0) is None


def test_a_board_that_blinks_by_itself_is_told_to_and_then_to_stop():
    board = Slot("one", blink_every_s=0.5, resend_s=60, blinks_by_itself=True)
    board.put(number("A001", blink_s=4), now=0)
    assert board.take(now=0) == Picture(number("A001", blink_s=4))
    board.succeeded(now=0.1)
    assert board.next_due == 4
    assert board.take(now=4) == Picture(number("A001"))
    board.succeeded(now=4.1)
    assert board.next_due == 64.1


def test_what_a_board_took_is_only_repeated_and_what_it_missed_is_sent_in_full():
    board = slot()
    board.put(number("A001"), now=0)
    assert not board.take(now=0).again
    board.succeeded(now=0)
    assert board.take(now=60).again
    board.failed(now=60)
    assert not board.take(now=61).again
    board.succeeded(now=61)
    board.put_again()
    assert not board.take(now=61.5).again, "the bytes may have been lost with the line"
    board.succeeded(now=61.5, acknowledged=True)
    board.put_again()
    assert board.take(now=62).again
    board.succeeded(now=62, acknowledged=True)
    board.repeat()
    assert not board.take(now=63).again, "something else may have been shown meanwhile"
    board.put_again()
    assert not board.take(now=64).again, "whether it took the last one is not known"


def test_a_deaf_board_is_left_alone_and_the_others_are_served():
    slots = Slots([slot("deaf"), slot("hearing")])
    slots["deaf"].deaf_until(2)
    for name in ("deaf", "hearing"):
        slots[name].put(number("A001"), now=0)
    due = slots.next(now=1)
    assert due is slots["hearing"]
    due.take(now=1)
    assert slots.next(now=1) is None
    assert slots.next_due == 2
    assert slots.next(now=2) is slots["deaf"]


def test_what_was_cut_short_goes_on_unless_something_newer_is_wanted():
    board = slot()
    board.put(number("A001"), now=0)
    board.take(now=0)
    board.interrupted()
    board.deaf_until(1)
    assert (board.rank(now=0.5), board.rank(now=1)) == (None, Rank.FRESH)
    assert board.take(now=1).goes_on
    board.interrupted()
    board.put(number("A002"), now=1)
    assert board.take(now=1) == Picture(number("A002"))
    assert board.rank(now=1) is None


def test_a_board_that_is_looked_for_blinks_and_shows_its_number_again():
    board = slot()
    board.put(number("A001"), now=0)
    board.take(now=0)
    board.succeeded(now=0)
    board.lend(number("8888", blink_s=1.2), now=10)
    seen = []
    now = 10.0
    while now < inf:
        picture = board.take(now)
        seen.append((now, picture.state.text, picture.lit, picture.is_lent))
        now = board.next_due
    assert seen == [
        (10.0, "8888", True, True),
        (10.5, "8888", False, True),
        (11.0, "8888", True, True),
        (11.2, "A001", True, False),
    ]


def test_a_call_ends_the_search_for_a_board():
    board = slot()
    board.put(number("A001"), now=0)
    board.take(now=0)
    board.succeeded(now=0)
    board.lend(number("8888", blink_s=5), now=0)
    assert not board.put(number("A001"), now=1)
    assert board.take(now=1).state.text == "8888"
    assert board.put(number("A002"), now=2)
    assert board.take(now=2) == Picture(number("A002"))
    assert board.next_due == inf


def test_a_search_waits_for_the_number_that_has_not_gone_out():
    board = slot()
    board.put(number("A001"), now=0)
    board.lend(number("8888", blink_s=5), now=0)
    assert board.take(now=0) == Picture(number("A001"))
    board.interrupted()
    assert board.take(now=1).goes_on
    board.succeeded(now=1)
    assert board.take(now=1) == Picture(number("8888"), is_lent=True)


def test_a_search_that_waits_is_over_when_somebody_is_called():
    board = slot()
    board.put(number("A001"), now=0)
    board.lend(number("8888", blink_s=5), now=0)
    board.put(number("A002"), now=0)
    assert board.take(now=0).state.text == "A002"
    board.succeeded(now=0)
    assert not board.is_lent
    assert board.rank(now=1) is None


def test_a_setup_that_is_asked_for_during_another_is_not_forgotten():
    board = slot()
    board.needs_setup = False
    board.forget_setup()
    board.setup_ended(good=True)
    assert (board.needs_setup, board.was_set_up) == (True, False)


def test_a_board_without_any_state_is_dark_after_it_was_looked_for():
    board = slot()
    board.lend(number("8888", blink_s=1), now=0)
    board.take(now=0)
    assert board.take(now=1).state.text == ""


def test_a_lamp_that_answers_a_press_goes_before_all_else():
    slots = Slots([slot("fresh"), slot("blinking"), Slot("lamp", 0.5, 60, urgent=True)])
    slots["blinking"].put(number("A001", blink_s=4), now=0)
    slots["blinking"].take(now=0)
    for name in ("fresh", "lamp"):
        slots[name].put(number("A002"), now=0.5)
    served = []
    while (due := slots.next(now=0.5)) is not None:
        served.append(due.name)
        due.take(now=0.5)
    assert served == ["lamp", "fresh", "blinking"]


def test_a_board_that_stays_silent_may_have_lost_its_power_and_is_set_up_again():
    board = slot()
    board.put(number("A001"), now=0)
    needed = []
    for _ in range(3):
        board.take(now=0)
        board.needs_setup = False
        board.failed(now=0)
        needed.append(board.needs_setup)
    assert needed == [False, False, True]


def test_the_failure_of_an_old_number_does_not_take_the_blink_from_a_new_one():
    board = slot()
    board.put(number("A001"), now=0)
    board.take(now=0)
    board.put(number("A002", blink_s=4), now=0.1)
    board.failed(now=0.3)
    board.take(now=0.3)
    assert board.rank(now=0.8) is Rank.BLINK
