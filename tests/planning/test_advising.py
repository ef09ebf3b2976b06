# ruff: noqa: S311 - chance, not secrets
"""Advice is given where it plainly pays, seldom, and not again to somebody who said no."""

from dataclasses import replace
from random import Random

import pytest

from app.core import commands as cmd
from app.core.hall import Hall
from app.planning.advice import Weighing
from app.planning.adviser import MOST_A_DAY, SETTLES_MS, Adviser, still_fits
from app.planning.course import MINUTE_MS
from app.planning.moves import Advice, open_moves
from app.planning.policies import POLICIES
from app.planning.runs import Patience, play_day
from tests.planning.office import DAY, Morning, certain, known, scenario

PLAN = certain(
    counters=[
        {"number": 1, "own": ["HT"]},
        {"number": 2, "own": ["DD"], "skills": ["DD", "HT"]},
        {"number": 3, "own": ["DD"]},
    ]
)


@pytest.fixture
def morning() -> Morning:
    """Two dozen people before one counter, and a colleague who could help but has nobody."""
    morning = Morning(PLAN)
    morning.come("HT", 24)
    morning.minute = 1
    return morning


def advised(morning: Morning, adviser: Adviser | None = None, hall: Hall | None = None) -> tuple[Advice, ...]:
    return (adviser or Adviser(Random(1))).consider(hall or morning.hall, known(), morning.now)


def test_the_one_who_could_help_is_asked_to(morning: Morning) -> None:
    best, *_ = advised(morning)
    assert (best.move.kind, best.move.counter, best.move.services) == ("give", 2, ("HT",))
    assert (best.move.own, best.move.help) == (("DD",), ("HT",))
    assert best.expected.saved >= 2
    assert best.expected.low <= best.expected.saved <= best.expected.high
    assert best.expected.sure > 0.95


def test_what_is_advised_can_be_done(morning: Morning) -> None:
    [best, *_] = advised(morning)
    morning.office.accept(best.id, best.move, best.expected, morning.now)
    assert morning.hall.counters[2].help == ("HT",)
    assert morning.hall.answered[best.id].answer == "accepted"


def test_a_calm_hall_is_left_alone() -> None:
    morning = Morning(PLAN)
    assert advised(morning) == ()
    morning.come("HT", 2)
    morning.come("DD", 2)
    assert advised(morning) == ()


def test_where_nobody_else_is_able_to_nothing_is_advised() -> None:
    morning = Morning(certain(counters=[{"number": 1, "own": ["HT"]}, {"number": 2, "own": ["DD"]}]))
    morning.come("HT", 24)
    assert advised(morning) == ()


def test_no_more_than_so_many_moves_a_day(morning: Morning) -> None:
    assert advised(morning, hall=morning.accepted_before(MOST_A_DAY - 1, minutes_ago=200))
    assert not advised(morning, hall=morning.accepted_before(MOST_A_DAY, minutes_ago=200))


def test_after_a_move_the_hall_is_left_to_settle(morning: Morning) -> None:
    settles_min = SETTLES_MS / MINUTE_MS
    assert not advised(morning, hall=morning.accepted_before(1, minutes_ago=settles_min - 1))
    assert advised(morning, hall=morning.accepted_before(1, minutes_ago=settles_min + 1))


def test_a_centre_that_wants_no_advice_has_none(morning: Morning) -> None:
    morning.do(cmd.SaveSettings(replace(morning.hall.settings, advice=False)))
    assert advised(morning) == ()


def test_an_advice_stands_while_it_pays(morning: Morning) -> None:
    adviser = Adviser(Random(1))
    first = advised(morning, adviser)
    morning.minute += 1
    assert [each.id for each in advised(morning, adviser)] == [each.id for each in first]


def test_an_advice_is_withdrawn_when_the_hall_has_emptied(morning: Morning) -> None:
    adviser = Adviser(Random(1))
    assert advised(morning, adviser)
    for ticket in list(morning.hall.tickets.values())[2:]:
        morning.do(cmd.CancelTicket(ticket.id))
    assert advised(morning, adviser) == ()


def test_an_advice_is_withdrawn_when_its_counter_was_changed(morning: Morning) -> None:
    adviser = Adviser(Random(1))
    [first, *_] = advised(morning, adviser)
    assert still_fits(morning.hall, first.move)
    morning.do(cmd.SetCounterServices(2, ("DD",), ("HT",)))
    assert not still_fits(morning.hall, first.move)
    assert first.move not in [each.move for each in advised(morning, adviser)]


def test_what_was_declined_rests_for_an_hour(morning: Morning) -> None:
    adviser = Adviser(Random(1))
    [first, *_] = advised(morning, adviser)
    morning.do(cmd.DeclineAdvice(first.id, first.move, first.expected, "clerk_busy"))
    for minutes in (1, 57):
        morning.minute += minutes
        assert first.move not in [each.move for each in advised(morning, adviser)]
        assert adviser._rests(morning.hall, first.move, morning.now)
    morning.minute += 3
    assert not adviser._rests(morning.hall, first.move, morning.now)


def test_what_was_ignored_rests_for_an_hour(morning: Morning) -> None:
    adviser = Adviser(Random(1))
    [first, *_] = advised(morning, adviser)
    morning.minute += 11
    assert first.move.services not in [each.move.services for each in advised(morning, adviser)]
    assert adviser._rests(morning.hall, first.move, morning.now)


def test_an_advice_does_not_take_back_what_was_just_advised(morning: Morning) -> None:
    [best, *_] = advised(morning)
    morning.office.accept(best.id, best.move, best.expected, morning.now)
    morning.come("DD", 24)
    morning.minute += 5
    assert ("take", 2) not in [(each.move.kind, each.move.counter) for each in advised(morning)]


def test_the_last_counter_that_takes_a_service_keeps_it() -> None:
    """Else those who wait for it would wait for ever."""
    alone = Morning(certain(counters=[{"number": 1, "own": ["HT"], "help": ["DD"]}]))
    assert not list(open_moves(alone.hall, alone.now, ["HT"]))
    plan = certain(counters=[{"number": 1, "own": ["HT"], "help": ["DD"]}, {"number": 2, "own": ["DD"]}])
    two = Morning(plan)
    assert [(move.kind, move.counter) for move in open_moves(two.hall, two.now, ["HT"])] == [("take", 1)]
    two.do(cmd.PauseCounter(2))
    assert not [move for move in open_moves(two.hall, two.now, ["HT"]) if move.kind == "take"]


def test_a_coming_break_may_be_shifted_but_not_one_that_has_begun() -> None:
    morning = Morning(scenario())
    shifts = {move.counter for move in open_moves(morning.hall, morning.now, ["HT"]) if move.kind == "break"}
    assert shifts == {1, 3}
    morning.minute = 41
    later = {move.counter for move in open_moves(morning.hall, morning.now, ["HT"]) if move.kind == "break"}
    assert later == {3}


def test_advice_is_accepted_after_so_many_minutes(morning: Morning) -> None:
    patience, given = Patience(2 * 60_000), advised(morning)
    assert patience.answer(given, morning.now) is None
    assert patience.answer(given, morning.now + MINUTE_MS) is None
    assert patience.answer(given, morning.now + 2 * MINUTE_MS) == given[0]
    assert patience.answer((), morning.now + 9 * MINUTE_MS) is None


def test_a_clock_set_back_leaves_sane_figures(morning: Morning) -> None:
    morning.minute -= 60
    weighing = Weighing(morning.hall, known(), morning.now, Random(1))
    for best in weighing.best(2, lambda _move: False):
        assert best.expected.saved >= 0
        assert 0 <= best.expected.sure <= 1
    waits = [each for tally in weighing.without for of in tally.waited_ms.values() for each in of]
    assert not [each for each in waits if each < 0]


def test_a_day_with_advice_is_the_same_each_time_and_loses_nobody() -> None:
    plan = scenario(open_min=60, arrivals={**DAY["arrivals"], "per_day": 45})
    one, same = (play_day(plan, POLICIES["advised"], 1, known()).played for _ in range(2))
    assert one.hall == same.hall
    assert one.moves > 0
    assert all(ticket.called_at for ticket in one.tickets())
