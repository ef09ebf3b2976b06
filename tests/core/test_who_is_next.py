"""Routing: which ticket, and the reason that a clerk can repeat to a citizen."""

import random

import pytest
from office import Office

from app.core import commands as cmd
from app.core.events import Reason
from app.core.hall import LONG_AGO, TicketState
from app.core.routing import choose, waited_s


def reasons(office: Office, calls: int, counter: int = 1) -> list[tuple[str, str]]:
    made = []
    for _ in range(calls):
        office.wait(5)
        decision = office.do(cmd.CallNext(counter, deliberate=True))
        assert decision.reason
        made.append((decision.ticket, decision.reason.code))
    return made


def test_own_services_come_before_those_one_helps_with(office: Office):
    office.take("DD")
    office.take("HT")
    assert reasons(office, 2) == [("A001", "oldest"), ("B001", "help")]


def test_the_reason_tells_how_long_the_citizen_waited_and_for_what(office: Office):
    office.take("HT")
    office.wait(554.9)
    assert office.do(cmd.CallNext(1)).reason == Reason("oldest", 554, "HT")


def test_among_several_own_services_the_oldest_is_next(office: Office):
    office.do(cmd.SetCounterServices(1, ("HT", "DD"), ()))
    office.take("DD")
    office.take("HT")
    office.take("DD")
    assert [id_ for id_, _ in reasons(office, 3)] == ["B001", "A001", "B002"]


def test_a_wait_is_never_negative(office: Office):
    office.take()
    assert waited_s(office.ticket("A001"), office.now - 5000) == 0


def test_nobody_is_chosen_where_nobody_waits(office: Office):
    assert choose(office.hall, office.counter(), office.now) is None


def test_with_one_in_three_two_ordinary_calls_follow_each_priority_call(office: Office):
    for _ in range(6):
        office.take()
    for _ in range(3):
        office.take(priority="elderly")
    kinds = [reason for _, reason in reasons(office, 9)]
    assert kinds == ["priority", "oldest", "oldest"] * 3


def test_with_one_in_one_priority_citizens_simply_go_first(office: Office):
    office.set(priority_every=1)
    for _ in range(2):
        office.take()
        office.take(priority="elderly")
    assert [reason for _, reason in reasons(office, 4)] == ["priority", "priority", "oldest", "oldest"]


def test_with_nobody_ordinary_waiting_priority_citizens_follow_each_other(office: Office):
    for _ in range(3):
        office.take(priority="elderly")
    assert [reason for _, reason in reasons(office, 3)] == ["priority"] * 3


def test_two_counters_of_one_service_weave_together(office: Office):
    for _ in range(4):
        office.take()
    for _ in range(3):
        office.take(priority="elderly")
    made = [reasons(office, 1, counter)[0][1] for counter in (1, 2, 1, 2, 1, 2)]
    assert made == ["priority", "oldest", "oldest", "priority", "oldest", "oldest"]


def test_one_counter_of_two_services_weaves_over_both(office: Office):
    office.do(cmd.SetCounterServices(1, ("HT", "DD"), ()))
    for service in ("HT", "DD"):
        office.take(service, "elderly")
    for service in ("HT", "DD"):
        office.take(service)
        office.take(service)
    assert [reason for _, reason in reasons(office, 6)] == [
        "priority",
        "oldest",
        "oldest",
        "priority",
        "oldest",
        "oldest",
    ]


def test_of_two_priority_citizens_the_older_is_next(office: Office):
    office.do(cmd.SetCounterServices(1, ("HT", "DD"), ()))
    office.take("DD", "disabled")
    office.take("HT", "elderly")
    assert reasons(office, 2) == [("B001", "priority"), ("A001", "priority")]


def test_weaving_also_holds_for_services_one_helps_with(office: Office):
    office.take("DD")
    office.take("DD", "elderly")
    assert reasons(office, 2) == [("B002", "priority"), ("B001", "help")]


def test_a_picked_priority_citizen_counts_for_the_weave(office: Office):
    for _ in range(3):
        office.take()
    picked, late = office.take(priority="elderly"), office.take(priority="elderly")
    office.do(cmd.CallTicket(1, ticket=picked))
    assert reasons(office, 3) == [("A001", "oldest"), ("A002", "oldest"), (late, "priority")]


def test_the_count_of_ordinary_calls_stops_at_long_ago(office: Office):
    office.take()
    office.next()
    assert (office.hall.weave["HT"], office.counter().since_priority) == (LONG_AGO, LONG_AGO)


@pytest.mark.parametrize("every", [2, 3, 5])
@pytest.mark.parametrize("seed", range(5))
def test_of_any_n_calls_in_a_row_at_most_one_is_priority_while_others_wait(office: Office, every: int, seed: int):
    """Per service over both counters, and per counter over both its services; citizens come at random."""
    rng = random.Random(seed)  # noqa: S311 - a made-up morning
    office.set(priority_every=every)
    office.do(cmd.SetCounterServices(1, ("HT", "DD"), ()))
    by_service: dict[str, list[bool]] = {"HT": [], "DD": []}
    by_counter: dict[int, list[bool]] = {1: [], 2: []}
    for _ in range(120):
        for service in ("HT", "DD"):
            office.take(service)
            if rng.random() < 0.7:
                office.take(service, "elderly")
        counter = rng.choice((1, 2))
        called = office.next(counter)
        assert called
        assert office.state(called) is TicketState.CALLED
        ticket = office.ticket(called)
        by_service[ticket.service].append(bool(ticket.priority))
        by_counter[counter].append(bool(ticket.priority))
    for calls in (*by_service.values(), *by_counter.values()):
        assert max(sum(calls[i : i + every]) for i in range(len(calls))) == 1


def test_a_line_knows_who_has_waited_longest(office: Office):
    first, _, _ = office.take(), office.take(priority="elderly"), office.take()
    queue = office.hall.queue("HT")
    assert queue.oldest == office.ticket(first).place
    assert len(queue) == 3
    assert office.hall.queue("DD").oldest is None
