# ruff: noqa: S311 - chance, not secrets
"""What the floor must know of the present: clerks who do not press, citizens who are back, counters not yet open."""

from random import Random

import pytest

from app.core import commands as cmd
from app.core.centre import Shift
from app.core.hall import Ticket
from app.planning.foresee import foresee
from tests.planning.office import Morning, certain, known

ONE = {"number": 1, "own": ["HT"], "help": [], "skills": ["HT"], "breaks": []}
TWO = {**ONE, "number": 2}
OTHER = {"number": 3, "own": ["DD"], "help": [], "skills": ["DD"], "breaks": []}


def expected(morning: Morning, ticket: Ticket) -> float:
    found = foresee(morning.hall, known(), ticket, morning.now, Random(1))
    assert found is not None
    return found.expected


def test_a_clerk_who_has_not_pressed_for_long_is_not_counted_on(one: Morning) -> None:
    first, *_ = one.come("HT", 3)
    one.minute += 30
    assert expected(one, first) == pytest.approx(30, abs=1)


def test_whoever_was_asked_back_and_is_back_comes_first(one: Morning) -> None:
    [kept] = one.come("HT")
    one.call(1)
    one.do(cmd.Park(1))
    one.do(cmd.ReturnTicket(kept.id))
    [newcomer] = one.come("HT")
    assert expected(one, newcomer) == pytest.approx(5.5, abs=0.5)


def test_a_counter_that_opens_soon_is_counted_on() -> None:
    morning = Morning(certain(counters=[ONE, TWO, OTHER]))
    morning.come("HT")
    morning.call(1)
    *_, last = morning.come("HT", 8)
    alone = Shift(0, 2, "", "07:31", "11:30")
    morning.do(cmd.CloseCounter(2))
    without = expected(morning, last)
    morning.do(cmd.SaveRota((alone,)))
    assert expected(morning, last) < 0.7 * without


def test_an_open_counter_goes_on_after_its_last_shift(one: Morning) -> None:
    one.do(cmd.SaveRota((Shift(0, 1, "", "07:00", "07:40"),)))
    *_, last = one.come("HT", 8)
    one.call(1)
    assert expected(one, last) > 30


@pytest.fixture
def one() -> Morning:
    """One counter for civil status."""
    return Morning(certain(counters=[ONE, OTHER]))
