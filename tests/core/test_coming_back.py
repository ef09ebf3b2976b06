"""Missed citizens come back behind a few; parked ones come back to their counter."""

import pytest
from office import Office

from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.hall import TicketState


def miss_the_first(office: Office, counter: int = 1) -> str:
    called = office.next(counter)
    assert called
    office.do(cmd.Miss(counter))
    return called


def park_the_first(office: Office, counter: int = 1) -> str:
    called = office.serve(counter)
    assert called
    office.do(cmd.Park(counter))
    return called


def test_a_missed_citizen_who_is_back_stands_behind_three(office: Office):
    for _ in range(5):
        office.take()
    missed = miss_the_first(office)
    office.do(cmd.ReturnTicket(missed))
    assert office.line() == ["A002", "A003", "A004", missed, "A005"]
    ticket = office.ticket(missed)
    assert (ticket.state, ticket.counter, ticket.called_at, ticket.queued_at) == (
        TicketState.WAITING,
        None,
        None,
        office.now,
    )


@pytest.mark.parametrize(
    ("behind", "line"),
    [(0, ["A001", "A002", "A003"]), (1, ["A002", "A001", "A003"]), (9, ["A002", "A003", "A001"])],
)
def test_how_many_is_for_the_centre_to_say(office: Office, behind: int, line: list[str]):
    office.set(return_behind=behind)
    for _ in range(3):
        office.take()
    office.do(cmd.ReturnTicket(miss_the_first(office)))
    assert office.line() == line


def test_a_missed_citizen_never_comes_back_before_the_old_place(office: Office):
    """Picked out of turn and missed: those ahead before are still ahead."""
    for _ in range(5):
        office.take()
    office.do(cmd.CallTicket(1, ticket="A005"))
    office.do(cmd.Miss(1))
    office.do(cmd.ReturnTicket("A005"))
    assert office.line() == ["A001", "A002", "A003", "A004", "A005"]


def test_with_nobody_waiting_a_missed_citizen_who_is_back_is_next(office: Office):
    office.take()
    missed = miss_the_first(office)
    office.do(cmd.ReturnTicket(missed))
    assert office.next() == missed


def test_a_missed_priority_citizen_stands_behind_a_few_of_the_same_kind(office: Office):
    office.set(return_behind=1)
    first, second, third = (office.take(priority="elderly") for _ in range(3))
    office.do(cmd.ReturnTicket(miss_the_first(office)))
    assert office.line() == [second, first, third]


def test_only_missed_and_parked_citizens_come_back(office: Office):
    first = office.take()
    office.refuses(cmd.ReturnTicket(first), err.WrongState, number=first, state=TicketState.WAITING)
    office.refuses(cmd.ReturnTicket("Z9"), err.UnknownTicket, ticket="Z9")


def test_a_parked_citizen_stays_with_the_counter(office: Office):
    office.take()
    parked = park_the_first(office)
    assert (office.state(parked), office.ticket(parked).counter, office.at(1)) == (TicketState.PARKED, 1, None)
    assert [ticket.id for ticket in office.hall.kept_by(1)] == [parked]
    assert office.hall.kept_by(2) == []


def test_a_parked_citizen_who_is_back_is_next_at_the_same_counter(office: Office):
    for _ in range(3):
        office.take()
    parked = park_the_first(office)
    office.do(cmd.ReturnTicket(parked))
    office.wait(60)
    called = office.do(cmd.CallNext(1))
    assert called.ticket == parked
    assert called.reason
    assert called.reason.code == "back"
    assert not office.ticket(parked).back


def test_a_parked_citizen_who_is_back_is_not_called_elsewhere(office: Office):
    office.take()
    second = office.take()
    office.do(cmd.ReturnTicket(park_the_first(office, 1)))
    assert office.next(2) == second
    assert office.next(2) is None


def test_coming_back_twice_does_not_make_the_wait_begin_again(office: Office):
    office.take()
    parked = park_the_first(office)
    office.do(cmd.ReturnTicket(parked))
    since = office.ticket(parked).queued_at
    office.wait(60)
    again = office.do(cmd.ReturnTicket(parked))
    assert (again.events, again.ticket) == ((), parked)
    assert office.ticket(parked).queued_at == since


def test_with_nobody_waiting_next_calls_whom_the_counter_keeps(office: Office):
    office.take()
    parked, second = park_the_first(office), office.take()
    assert office.next() == second
    assert office.do(cmd.CallNext(1, deliberate=True)).reason == ev.Reason("kept", 16, "HT")
    assert office.at(1) == parked


def test_the_one_parked_first_is_called_first(office: Office):
    office.take()
    office.take()
    first = park_the_first(office)
    second = park_the_first(office)
    assert [ticket.id for ticket in office.hall.kept_by(1)] == [first, second]
    office.do(cmd.ReturnTicket(second))
    office.do(cmd.ReturnTicket(first))
    assert [office.next(), office.next()] == [first, second]


def test_a_parked_citizen_belongs_to_the_counter_while_it_is_open(office: Office):
    office.take()
    parked = park_the_first(office, 1)
    office.refuses(cmd.CallTicket(2, ticket=parked), err.ParkedElsewhere, number=parked, counter=1)
    office.do(cmd.CallTicket(1, ticket=parked))
    assert office.at(1) == parked


def test_a_closed_counters_parked_citizen_may_be_picked_by_another(office: Office):
    office.take()
    parked = park_the_first(office, 1)
    office.do(cmd.CloseCounter(1))
    office.do(cmd.CallTicket(2, ticket=parked))
    assert (office.at(2), office.hall.kept_by(1)) == (parked, [])


def test_whoever_comes_back_to_a_closed_counter_is_called_by_another_in_the_old_place(office: Office):
    first, second = office.take(), office.take()
    assert park_the_first(office, 1) == first
    office.do(cmd.CloseCounter(1))
    office.wait(60)
    office.do(cmd.ReturnTicket(first))
    assert [office.next(2), office.next(2)] == [first, second]


@pytest.mark.parametrize("leaves", [cmd.CloseCounter(1), cmd.PauseCounter(1, "13:00")])
def test_whoever_is_back_waits_for_everybody_when_the_counter_leaves(office: Office, leaves: cmd.Command):
    first, second = office.take(), office.take()
    parked = park_the_first(office, 1)
    office.do(cmd.ReturnTicket(parked))
    office.do(leaves)
    assert office.hall.kept_by(1) == []
    assert [office.next(2), office.next(2)] == [first, second]


def test_the_wait_of_whoever_is_back_goes_on_when_the_counter_leaves(office: Office):
    office.take()
    parked = park_the_first(office, 1)
    office.do(cmd.ReturnTicket(parked))
    since = office.now
    office.wait(600)
    office.do(cmd.PauseCounter(1, "13:00"))
    assert office.ticket(parked).queued_at == since


def test_a_clerk_who_moves_to_another_counter_leaves_nobody_behind_who_is_back(office: Office):
    office.take()
    office.take()
    parked = park_the_first(office, 1)
    clerk = office.hall.counters[1].clerk
    office.do(cmd.ReturnTicket(parked))
    office.do(cmd.CloseCounter(2))
    office.do(cmd.OpenCounter(2, clerk=clerk))
    assert office.next(2) == parked


def test_whoever_is_still_away_when_the_counter_closes_is_not_called(office: Office):
    office.take()
    parked = park_the_first(office, 1)
    office.do(cmd.CloseCounter(1))
    assert office.next(2) is None
    assert [ticket.id for ticket in office.hall.kept_by(1)] == [parked]


def test_taking_back_the_call_of_whoever_was_back_leaves_nobody_waiting_for_a_paused_counter(office: Office):
    office.take()
    parked = park_the_first(office, 1)
    office.do(cmd.ReturnTicket(parked))
    assert office.next(1) == parked
    office.do(cmd.PauseCounter(1, "13:00"))
    office.do(cmd.UndoPress(1, seen=parked))
    assert office.next(2) == parked
