"""What people were told stands while it fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.planning.calibration import Foreseen, Range
from app.planning.steady import Told, aged_words, steady_for_newcomers, steady_for_waiting

MINUTE = 60_000


def test_the_first_thing_worked_out_is_told() -> None:
    assert steady_for_newcomers(None, Foreseen(12, 3), Range(10, 15), 7) == Told(Range(10, 15), 7)


def test_a_step_more_or_less_is_no_news() -> None:
    told = Told(Range(10, 20), 0)
    for _ in range(5):
        told = steady_for_newcomers(told, Foreseen(18, 4), Range(15, 25), MINUTE)
    assert told.range == Range(10, 20)


def test_what_differs_is_told_when_it_is_so_twice_in_a_row() -> None:
    told, foreseen = Told(Range(10, 20), 0), Foreseen(20, 6)
    once = steady_for_newcomers(told, foreseen, Range(10, 30), 1)
    again = steady_for_newcomers(once, foreseen, Range(10, 20), 2)
    assert (once.range, again.range, again.doubts) == (Range(10, 20), Range(10, 20), 0)
    twice = steady_for_newcomers(once, foreseen, Range(10, 30), 2)
    assert twice == Told(Range(10, 30), 2)


@pytest.mark.parametrize(
    ("foreseen", "fresh"),
    [(Foreseen(24, 4), Range(20, 30)), (Foreseen(20, 9), Range(15, 40)), (Foreseen(4, 1), Range(3, 5))],
)
def test_clear_news_is_told_at_once(foreseen: Foreseen, fresh: Range) -> None:
    assert steady_for_newcomers(Told(Range(10, 20), 0), foreseen, fresh, 5) == Told(fresh, 5)


def test_whoever_waits_sees_the_minutes_of_the_paper_run_down() -> None:
    paper = Told(Range(10, 20), 0)
    assert [aged_words(paper, minutes * MINUTE) for minutes in (0, 3, 6, 12, 30)] == [
        Range(10, 20),
        Range(7, 15),
        Range(4, 15),
        Range(0, 8),
        Range(0, 1),
    ]


def test_a_wait_does_not_grow_for_a_little_more() -> None:
    told = Told(Range(10, 20), 0)
    for minutes in range(1, 4):
        told = steady_for_waiting(told, Foreseen(14, 4), Range(10, 20), minutes * MINUTE)
    assert told == Told(Range(10, 20), 0)


def test_whoever_has_waited_longer_than_was_said_is_told_the_truth() -> None:
    told = steady_for_waiting(Told(Range(10, 20), 0), Foreseen(6, 2), Range(4, 8), 18 * MINUTE)
    assert told == Told(Range(4, 8), 18 * MINUTE)


def test_a_shorter_wait_is_told_when_it_stays_shorter() -> None:
    once = steady_for_waiting(Told(Range(15, 30), 0), Foreseen(16, 3), Range(15, 20), 1)
    assert once.range == Range(15, 30)
    assert steady_for_waiting(once, Foreseen(16, 3), Range(15, 20), 2).range == Range(15, 20)


@given(st.integers(0, 120), st.integers(0, 60), st.lists(st.integers(0, 30), max_size=6))
def test_what_was_told_never_grows_with_time_alone(low: int, wide: int, passes: list[int]) -> None:
    told, now = Told(Range(low, low + wide), 0), 0
    before = aged_words(told, now)
    for minutes in passes:
        now += minutes * MINUTE
        after = aged_words(told, now)
        assert after.low_min <= before.low_min
        assert after.high_min <= max(before.high_min, 1)
        assert after.low_min <= after.high_min
        before = after
