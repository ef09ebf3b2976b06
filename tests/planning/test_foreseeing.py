# ruff: noqa: S311 - chance, not secrets
"""How long somebody will wait, foreseen from the hall as it stands."""

from random import Random

import pytest

from app.core import commands as cmd
from app.core.hall import Break, Ticket
from app.core.routing import choose
from app.planning.calibration import Foreseen
from app.planning.course import MINUTE_MS
from app.planning.foresee import Newcomer, foresee, foresee_all
from tests.planning.office import Morning, certain, known

PLAN = certain(counters=[{"number": 1, "own": ["HT"]}, {"number": 2, "own": ["HT"], "help": ["DD"]}])


def foreseen(morning: Morning, ticket: Ticket) -> Foreseen | None:
    return foresee(morning.hall, known(), ticket, morning.now, Random(1))


def expected(morning: Morning, ticket: Ticket) -> float:
    found = foreseen(morning, ticket)
    assert found is not None
    return found.expected


@pytest.fixture
def morning() -> Morning:
    return Morning(PLAN)


def test_with_a_counter_free_nobody_waits(morning: Morning) -> None:
    [ticket] = morning.come("HT")
    found = foreseen(morning, ticket)
    assert found is not None
    assert found.at_once


def test_the_wait_is_that_of_the_people_ahead_over_the_counters(morning: Morning) -> None:
    morning.come("HT", 2)
    morning.call(1, 2)
    *_, last = morning.come("HT", 9)
    # five minutes and a half for each of ten people ahead, at two counters
    assert expected(morning, last) == pytest.approx(5.5 * 10 / 2, rel=0.2)


def test_whoever_comes_later_waits_longer(morning: Morning) -> None:
    morning.come("HT", 2)
    morning.call(1, 2)
    waits = [expected(morning, ticket) for ticket in morning.come("HT", 12)[::4]]
    assert waits == sorted(waits)
    assert waits[-1] > waits[0] + 10


def test_a_priority_citizen_waits_less(morning: Morning) -> None:
    morning.come("HT", 12)
    [ordinary], [priority] = morning.come("HT"), morning.come("HT", priority=True)
    assert expected(morning, priority) < expected(morning, ordinary) / 2


def test_a_coming_break_makes_the_wait_longer(morning: Morning) -> None:
    *_, last = morning.come("HT", 12)
    without = expected(morning, last)
    morning.do(cmd.PlanBreaks(1, (Break(morning.now + 10 * MINUTE_MS, morning.now + 70 * MINUTE_MS),)))
    assert expected(morning, last) > without + 5


def test_a_break_of_all_counters_is_waited_for(morning: Morning) -> None:
    for counter in (1, 2):
        morning.do(cmd.PlanBreaks(counter, (Break(morning.now, morning.now + 45 * MINUTE_MS),)))
    [ticket] = morning.come("HT")
    assert expected(morning, ticket) == pytest.approx(45, abs=1)


def test_nobody_knows_when_whom_no_counter_takes_will_be_called(morning: Morning) -> None:
    [ticket], [other] = morning.come("DD"), morning.come("HT")
    morning.do(cmd.CloseCounter(2))
    assert foreseen(morning, ticket) is None
    assert foreseen(morning, other) is not None
    newcomers, tickets = foresee_all(morning.hall, known(), morning.now, Random(1))
    assert set(newcomers) == {("HT", False), ("HT", True)}
    assert set(tickets) == {other.id}


def test_all_who_wait_are_told_about_at_once_and_who_would_come_next(morning: Morning) -> None:
    came = [*morning.come("HT", 8), *morning.come("DD", 2), *morning.come("HT", 1, priority=True)]
    newcomers, tickets = foresee_all(morning.hall, known(), morning.now, Random(1))
    assert set(tickets) == {ticket.id for ticket in came}
    assert set(newcomers) == {(service, priority) for service in ("HT", "DD") for priority in (False, True)}
    last = max(tickets[ticket.id].expected for ticket in came if ticket.service == "HT")
    assert (
        newcomers[Newcomer("HT", priority=False)].expected >= last > newcomers[Newcomer("HT", priority=True)].expected
    )


def test_who_would_come_next_takes_nobody_elses_turn() -> None:
    """At one counter for both services each would be the next priority citizen there is."""
    morning = Morning(certain(counters=[{"number": 1, "own": ["HT", "DD"]}]))
    morning.come("HT", 1)
    morning.call(1)
    morning.come("HT", 12)
    morning.come("DD", 12)
    newcomers, _ = foresee_all(morning.hall, known(), morning.now, Random(1))
    waits = [newcomers[Newcomer(service, priority=True)].expected for service in ("HT", "DD")]
    assert max(waits) < 2 * 5.5 * morning.hall.settings.priority_every / 2
    assert waits[0] == pytest.approx(waits[1], abs=1)


def test_waits_grow_less_certain_with_their_length(morning: Morning) -> None:
    morning.come("HT", 2)
    morning.call(1, 2)
    first, *_, last = morning.come("HT", 20)
    near, far = foreseen(morning, first), foreseen(morning, last)
    assert near is not None
    assert far is not None
    assert far.spread > near.spread


def test_what_is_foreseen_depends_on_nothing_but_the_hall_and_the_chance(morning: Morning) -> None:
    *_, last = morning.come("HT", 9)
    assert foreseen(morning, last) == foreseen(morning, last)


@pytest.mark.parametrize("minutes", [60, 300])
def test_a_clock_set_back_brings_no_negative_wait(morning: Morning, minutes: int) -> None:
    morning.come("HT", 2)
    morning.call(1, 2)
    *_, last = morning.come("HT", 6)
    usual = expected(morning, last)
    morning.minute -= minutes
    assert 0 <= expected(morning, last) == pytest.approx(usual, rel=0.5)
    chosen = choose(morning.hall, morning.hall.counters[1], morning.now)
    assert chosen is not None
    assert chosen.reason.waited_s == 0
    morning.call(1, 2)
    newcomers, tickets = foresee_all(morning.hall, known(), morning.now, Random(1))
    assert min(each.expected for each in (*newcomers.values(), *tickets.values())) >= 0
