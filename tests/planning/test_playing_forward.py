# ruff: noqa: S311 - chance, not secrets
"""The next hour is played by the rules of the hall itself: on the light floor the same people are called, and when."""

from random import Random

import pytest

from app.core import commands as cmd
from app.core.change import Change
from app.core.hall import Hall
from app.planning.course import MINUTE_MS
from app.planning.day import citizens
from app.planning.forward import Forward
from app.planning.futures import Coming, Future, Outlook, Stay
from app.planning.learnt import OTHERS_WORK, Learnt
from app.planning.office import SimulatedOffice
from app.planning.policies import POLICIES
from app.planning.scenario import Scenario
from app.planning.simulate import opening, play
from tests.planning.office import DAY, Morning, calls, certain, known

SEED = 5
LONG_MS = 8 * 3_600_000
RUSH = {**DAY["arrivals"], "per_day": 90}


@pytest.mark.parametrize("policy", ["own", "oldest", "toiluot"])
@pytest.mark.parametrize("minute", [0, 30, 47, 60, 100])
def test_from_any_minute_on_the_floor_calls_whom_the_hall_calls(policy: str, minute: int) -> None:
    plan = certain(arrivals=RUSH)
    changes, hall = play_until(plan, policy, minute)
    now = opening(plan) + minute * MINUTE_MS
    really = [(t.service, t.place.at, at) for t, _, at in calls(changes) if at > now]
    forward = Forward(Outlook.of(hall, Learnt(), now))
    foreseen = [each[1:] for each in forward.play(as_it_came(plan, hall, now), now + LONG_MS).called if each.at > now]
    assert foreseen == really
    assert len(really) > 15


def play_until(plan: Scenario, policy: str, minute: int) -> tuple[list[Change], Hall]:
    """What happened on the day, and the hall as it was when everything of that minute had happened."""
    changes: list[Change] = []
    halls: list[Hall] = []

    def keep(office: SimulatedOffice, at: int) -> tuple[()]:
        if at == opening(plan) + minute * MINUTE_MS:
            halls.append(office.hall)
        return ()

    play(plan, POLICIES[policy], SEED, each_minute=keep, listeners=[changes.append])
    return changes, halls[0] if halls else Morning(plan, policy).hall


def as_it_came(plan: Scenario, hall: Hall, now: int) -> Future:
    """The future that is certain: who comes, and when the counters that are busy will be free."""
    start = opening(plan)
    coming = [Coming(start + each.at, each.service, each.priority) for each in citizens(plan, SEED)]
    stays = {service.code: round(service.handle_min * MINUTE_MS) for service in plan.services}
    free_at = {}
    for counter in hall.counters.values():
        if counter.ticket:
            ticket = hall.tickets[counter.ticket]
            slower = 1 if ticket.service in counter.own else OTHERS_WORK
            free_at[counter.number] = (ticket.called_at or 0) + 30_000 + round(stays[ticket.service] * slower)
    return Future([each for each in coming if each.at > now], free_at, {}, lambda code: Stay(stays[code], comes=True))


def test_a_future_is_the_same_for_everybody_who_draws_it_with_the_same_chance() -> None:
    morning = Morning(certain())
    morning.come("HT", 4)
    morning.call(1, 2)
    morning.minute = 2
    outlook = Outlook.of(morning.hall, known(), morning.now)
    one, same, other = (outlook.draw(Random(seed), morning.now + LONG_MS) for seed in (1, 1, 2))
    assert (one.coming, one.free_at) == (same.coming, same.free_at)
    assert [one.stay("HT", n) for n in range(9)] == [same.stay("HT", n) for n in range(9)]
    assert one.free_at != other.free_at


def test_a_citizen_stays_as_long_in_every_play_of_a_future() -> None:
    morning = Morning(certain())
    morning.come("HT", 12)
    forward = Forward(Outlook.of(morning.hall, known(), morning.now))
    future = forward.outlook.draw(Random(1), morning.now)
    one, same = (forward.play(future, morning.now + LONG_MS).called for _ in range(2))
    assert one == same
    assert len(one) == 12


def test_whoever_is_at_a_counter_leaves_after_now() -> None:
    morning = Morning(certain())
    morning.come("HT", 2)
    morning.call(1, 2)
    for minutes in (0.1, 3, 90):
        now = morning.now + round(minutes * MINUTE_MS)
        free_at = Outlook.of(morning.hall, known(), now).residuals(Random(1))
        assert set(free_at) == {1, 2}
        assert min(free_at.values()) > now


def test_a_service_without_a_past_is_expected_as_it_came_so_far_today() -> None:
    morning = Morning(certain())
    morning.come("HT", 30, every=2)
    rates = Outlook.of(morning.hall, Learnt(), morning.now).rates
    assert rates["HT"][20] * 3_600_000 == pytest.approx(30, rel=0.05)
    assert rates["DD"][20] == 0


def test_a_day_busier_than_others_is_expected_to_stay_busier() -> None:
    learnt = Learnt()
    for _ in range(10):
        learnt.arrivals.learn_day(0, [("HT", (7 * 60 + 30 + minute) * 60_000) for minute in range(0, 120, 4)])
    rates = {}
    for came in (15, 45):
        morning = Morning(certain())
        morning.come("HT", came, every=60 / came)
        rates[came] = Outlook.of(morning.hall, learnt, morning.now).rates["HT"][17]
    usual = learnt.arrivals.expected("HT", 0)[17] / 1_800_000
    assert rates[15] == pytest.approx(usual, rel=0.05)
    assert 1.8 * usual < rates[45] < 3 * usual


@pytest.mark.parametrize("minutes", [60, 240])
def test_a_clock_set_back_makes_no_wait_negative_and_no_stay_longer(minutes: int) -> None:
    morning = Morning(certain())
    morning.come("HT", 6)
    morning.call(1, 2)
    morning.do(cmd.Arrive(2))
    now = morning.now - minutes * MINUTE_MS
    forward = Forward(Outlook.of(morning.hall, known(), now))
    future = forward.outlook.draw(Random(1), now)
    assert all(now < free < now + 30 * MINUTE_MS for free in future.free_at.values())
    called = forward.play(future, now + LONG_MS).called
    assert len(called) == 4
    assert all(each.at >= max(now, each.since) for each in called)


def test_the_floor_of_one_play_is_not_that_of_the_next() -> None:
    morning = Morning(certain())
    morning.come("HT", 5)
    forward = Forward(Outlook.of(morning.hall, known(), morning.now))
    before = list(forward.floor.waiting())
    forward.play(forward.outlook.draw(Random(1), morning.now), morning.now + LONG_MS)
    assert list(forward.floor.waiting()) == before
