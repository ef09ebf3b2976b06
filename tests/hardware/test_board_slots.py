"""Which board is told what, and when, on a line that is slower than the hall."""

from math import inf

from hardware.boards.state import BoardState, Kind
from hardware.lines.slots import Rank, Slot, Slots


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
