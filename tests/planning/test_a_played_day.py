"""A made-up day is played by the rules of the real hall: the same people, each called once and in turn."""

from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from app.core.change import Change
from app.core.events import TicketCalled
from app.core.hall import TicketState
from app.planning.day import citizens
from app.planning.policies import POLICIES
from app.planning.scenario import BadScenario
from app.planning.simulate import opening, play, waited_min
from tests.planning.office import DAY, calls, scenario

SEED = 3
CROWDED = {**DAY["arrivals"], "per_day": 110}


def played(policy: str) -> list[Change]:
    changes: list[Change] = []
    play(scenario(arrivals=CROWDED), POLICIES[policy], SEED, listeners=[changes.append])
    return changes


@pytest.fixture(scope="module")
def toiluot() -> list[Change]:
    return played("toiluot")


@pytest.fixture(scope="module", params=["own", "oldest", "skills", "full", "toiluot"])
def any_policy(request: pytest.FixtureRequest) -> list[Change]:
    return played(request.param)


def test_the_same_seed_brings_the_same_people_under_every_policy(any_policy: list[Change]) -> None:
    plan = scenario(arrivals=CROWDED)
    start = opening(plan)
    came = [(t.id, t.issued_at - start, t.origin, bool(t.priority)) for t in any_policy[-1].hall.tickets.values()]
    assert came == [(c.ticket, c.at, c.service, c.priority) for c in citizens(plan, SEED)]


def test_another_seed_brings_other_people() -> None:
    assert citizens(scenario(), 1) != citizens(scenario(), 2)


def test_everybody_is_called_once_and_has_gone_in_the_evening(any_policy: list[Change]) -> None:
    tickets = any_policy[-1].hall.tickets
    assert len(tickets) > 80
    assert Counter(ticket.id for ticket, _, _ in calls(any_policy)) == Counter(list(tickets))
    assert {ticket.state for ticket in tickets.values()} == {TicketState.FINISHED, TicketState.MISSED}
    assert min(waited_min(ticket) for ticket in tickets.values()) >= 0


def test_whoever_does_not_come_is_missed(any_policy: list[Change]) -> None:
    absent = {each.ticket for each in citizens(scenario(arrivals=CROWDED), SEED) if not each.comes}
    missed = {t.id for t in any_policy[-1].hall.tickets.values() if t.state is TicketState.MISSED}
    assert missed == absent
    assert absent


def test_a_counter_has_one_citizen_at_a_time(any_policy: list[Change]) -> None:
    tickets = any_policy[-1].hall.tickets
    at_counter = defaultdict(list)
    for ticket, counter, at in calls(any_policy):
        at_counter[counter].append((at, tickets[ticket.id].ended_at or at))
    for stays in at_counter.values():
        assert all(end <= begin for (_, end), (begin, _) in pairwise(stays))


def test_within_a_service_and_class_the_oldest_is_called_first(any_policy: list[Change]) -> None:
    lines = defaultdict(list)
    for ticket, _, _ in calls(any_policy):
        lines[ticket.service, ticket.priority].append(ticket.place)
    assert len(lines) == 4
    for places in lines.values():
        assert places == sorted(places)


def test_priority_citizens_are_woven_in_and_no_more(toiluot: list[Change]) -> None:
    """At most one of three calls of a service, and of a counter, while ordinary people wait there."""
    since: dict[str | int, int] = defaultdict(lambda: 2)
    woven = {"service": 0, "counter": 0}
    for step in toiluot:
        event = step.recorded.event
        if isinstance(event, TicketCalled):
            ticket, counter = step.hall.tickets[event.ticket], step.hall.counters[event.counter]
            if ticket.priority and step.hall.queue(ticket.service).ordinary:
                woven["service"] += 1
                assert since[ticket.service] >= 2
            if ticket.priority and any(step.hall.queue(code).ordinary for code in counter.own + counter.help):
                woven["counter"] += 1
                assert since[counter.number] >= 2
            for key in (ticket.service, counter.number):
                since[key] = 0 if ticket.priority else since[key] + 1
    assert min(woven.values()) > 3


def test_nobody_is_called_to_a_counter_on_its_break(any_policy: list[Change]) -> None:
    plan = scenario(arrivals=CROWDED)
    start = opening(plan)
    breaks = [(each.number, start + a * 60_000, start + b * 60_000) for each in plan.counters for a, b in each.breaks]
    assert len(breaks) == 3
    for number, begin, end in breaks:
        called = [at for _, counter, at in calls(any_policy) if counter == number]
        assert not [at for at in called if begin <= at < end]
        assert [at for at in called if at >= end]


def test_a_colleagues_work_takes_longer_but_not_in_the_bound_of_pooling() -> None:
    plan = scenario(miss_share=0, counters=[{"number": 1, "own": ["HT"], "help": ["DD"]}], help_factor=2)
    helped = next(each for each in citizens(plan, SEED) if each.service == "DD")
    walk_ms = plan.walk_min * 60_000
    for policy, factor in (("oldest", 2), ("full", 1)):
        ticket = play(plan, POLICIES[policy], SEED).hall.tickets[helped.ticket]
        assert ticket.ended_at is not None
        assert ticket.called_at is not None
        assert ticket.ended_at - ticket.called_at == walk_ms + factor * helped.handle_ms


def test_a_policy_that_leaves_a_service_alone_cannot_be_played() -> None:
    plan = scenario(counters=[{"number": 1, "own": ["HT"], "help": ["DD"]}])
    with pytest.raises(BadScenario, match="policy own: no counter takes service DD"):
        play(plan, POLICIES["own"], SEED)
