import pytest
from office import Office

from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.hall import CALLS_KEPT, TicketState, handling_started

PRESSES = [
    cmd.Recall(1),
    cmd.Arrive(1),
    cmd.Finish(1),
    cmd.Miss(1),
    cmd.Park(1),
    cmd.Transfer(1, service="DD"),
]


def test_next_calls_the_one_who_has_waited_longest(office: Office):
    first, second = office.take(), office.take()
    assert office.next() == first
    ticket = office.ticket(first)
    assert (ticket.state, ticket.counter, ticket.called_at, ticket.calls) == (TicketState.CALLED, 1, office.now, 1)
    assert office.line() == [second]


def test_next_finishes_the_present_one_first(office: Office):
    first, second = office.take(), office.take()
    office.serve()
    assert office.next() == second
    assert office.state(first) is TicketState.FINISHED
    assert office.ticket(first).ended_at == office.now
    assert office.counter().served == 1


def test_next_with_nobody_waiting_only_finishes(office: Office):
    only = office.take()
    office.serve()
    assert office.next() is None
    assert office.state(only) is TicketState.FINISHED


def test_next_with_nobody_at_all_does_nothing(office: Office):
    before = office.hall
    assert office.next() is None
    assert office.hall is before


def test_next_at_a_closed_or_paused_counter_is_refused(office: Office):
    office.do(cmd.PauseCounter(1))
    office.refuses(cmd.CallNext(1), err.CounterNotOpen, counter=1)
    office.do(cmd.CloseCounter(1))
    office.refuses(cmd.CallNext(1), err.CounterNotOpen, counter=1)


def test_a_counter_that_is_not_there_is_named(office: Office):
    office.refuses(cmd.CallNext(9), err.UnknownCounter, counter=9)


def test_a_second_press_does_not_call_a_second_citizen(office: Office):
    first, second = office.take(), office.take()
    office.next()
    office.wait(0.999)
    again = office.do(cmd.CallNext(1))
    assert (again.events, again.ticket, again.reason) == ((), first, ev.Reason("repeated"))
    assert office.line() == [second]


def test_a_press_after_the_double_press_time_calls_the_next_one(office: Office):
    office.take()
    second = office.take()
    office.next()
    office.wait(1)
    assert office.do(cmd.CallNext(1)).ticket == second


def test_a_deliberate_press_calls_the_next_one_however_quick(office: Office):
    office.take()
    second = office.take()
    office.next()
    assert office.do(cmd.CallNext(1, deliberate=True)).ticket == second


def test_a_quick_press_after_the_citizen_has_arrived_is_not_a_second_one(office: Office):
    office.take()
    second = office.take()
    office.next()
    office.do(cmd.Arrive(1))
    assert office.do(cmd.CallNext(1)).ticket == second


def test_recall_announces_the_same_ticket_again(office: Office):
    first = office.take()
    office.next()
    office.wait(20)
    office.do(cmd.Recall(1))
    newest, before = office.hall.calls
    assert (newest.ticket, newest.counter, newest.at, newest.again) == (first, 1, office.now, True)
    assert not before.again
    assert office.ticket(first).calls == 2
    assert office.state(first) is TicketState.CALLED


def test_the_hall_shows_only_the_last_calls(office: Office):
    office.take()
    office.next()
    for _ in range(CALLS_KEPT + 5):
        office.do(cmd.Recall(1))
    assert len(office.hall.calls) == CALLS_KEPT
    assert office.hall.calls[0].seq == office.hall.seq


def test_handling_begins_when_the_citizen_arrives(office: Office):
    first = office.take()
    office.next()
    office.wait(12)
    office.do(cmd.Arrive(1))
    assert office.state(first) is TicketState.SERVING
    office.wait(60)
    assert handling_started(office.ticket(first), 30, office.now) == office.now - 60_000


def test_without_a_press_handling_begins_a_set_delay_after_the_call(office: Office):
    first = office.take()
    assert handling_started(office.ticket(first), 30, office.now) is None
    office.next()
    assert handling_started(office.ticket(first), 30, office.now) == office.now
    assert handling_started(office.ticket(first), 30, office.now + 60_000) == office.now + 30_000


def test_nobody_arrives_twice(office: Office):
    first = office.take()
    office.serve()
    office.refuses(cmd.Arrive(1), err.WrongState, number=first, state=TicketState.SERVING)


def test_finish_frees_the_counter_and_counts_the_citizen(office: Office):
    first = office.take()
    office.serve()
    office.do(cmd.Finish(1))
    assert (office.at(1), office.state(first), office.counter().served) == (None, TicketState.FINISHED, 1)


def test_a_citizen_who_does_not_come_is_missed(office: Office):
    first = office.take()
    office.next()
    office.do(cmd.Miss(1))
    assert (office.at(1), office.state(first), office.counter().served) == (None, TicketState.MISSED, 0)


def test_a_citizen_who_is_being_served_cannot_be_missed(office: Office):
    first = office.take()
    office.serve()
    office.refuses(cmd.Miss(1), err.WrongState, number=first, state=TicketState.SERVING)


def test_a_transfer_keeps_the_age_and_leaves_the_counter(office: Office):
    first = office.take("HT")
    for _ in range(2):
        office.take("DD")
    office.serve()
    place = office.ticket(first).place
    office.do(cmd.Transfer(1, service="DD"))
    ticket = office.ticket(first)
    assert office.line("DD") == [first, "B001", "B002"]
    assert (ticket.place, ticket.service, ticket.origin, ticket.number) == (place, "DD", "HT", "A001")
    assert (ticket.counter, ticket.called_at, ticket.arrived_at, ticket.queued_at) == (None, None, None, office.now)
    assert office.next(3) == first


def test_a_transfer_to_where_one_is_already_is_refused(office: Office):
    first = office.take()
    office.next()
    office.refuses(cmd.Transfer(1, service="HT"), err.SameService, number=first, service="HT")
    office.refuses(cmd.Transfer(1, service="ZZ"), err.UnknownService, service="ZZ")


@pytest.mark.parametrize("press", PRESSES, ids=lambda press: type(press).__name__)
def test_a_press_about_nobody_is_refused(office: Office, press: cmd.Command):
    office.refuses(press, err.CounterEmpty, counter=1)


@pytest.mark.parametrize("press", PRESSES, ids=lambda press: type(press).__name__)
def test_at_a_paused_counter_the_present_citizen_can_still_be_served(office: Office, press: cmd.Command):
    office.take()
    office.next()
    office.do(cmd.PauseCounter(1))
    assert office.do(press).events


def test_a_press_about_somebody_whom_the_presser_no_longer_sees_is_refused(office: Office):
    first, second = office.take(), office.take()
    office.next()
    office.next()
    office.refuses(cmd.Finish(1, seen=first), err.CounterChanged, counter=1)
    office.refuses(cmd.CallNext(1, seen=""), err.CounterChanged, counter=1)
    office.do(cmd.Finish(1, seen=second))
    assert office.state(second) is TicketState.FINISHED


def test_a_presser_who_sees_an_empty_counter_may_call(office: Office):
    first = office.take()
    assert office.do(cmd.CallNext(1, seen="")).ticket == first


def test_a_clerk_may_call_somebody_out_of_turn(office: Office):
    _, second, third = office.take("HT"), office.take("HT"), office.take("DD")
    office.serve()
    office.wait(60)
    called = office.do(cmd.CallTicket(1, ticket=third))
    assert office.at(1) == third
    assert called.reason == ev.Reason("picked", 70, "DD")
    assert office.state("A001") is TicketState.FINISHED
    assert office.line("HT") == [second]


def test_picking_the_one_who_was_just_called_changes_nothing(office: Office):
    first = office.take()
    office.next()
    again = office.do(cmd.CallTicket(1, ticket=first))
    assert (again.events, again.reason) == ((), ev.Reason("repeated"))


def test_nobody_is_picked_away_from_a_counter_or_after_the_end(office: Office):
    first, second = office.take(), office.take()
    office.next(1)
    office.refuses(cmd.CallTicket(2, ticket=first), err.WrongState, number=first, state=TicketState.CALLED)
    office.do(cmd.Arrive(1))
    office.refuses(cmd.CallTicket(1, ticket=first), err.WrongState, number=first, state=TicketState.SERVING)
    office.do(cmd.CancelTicket(second))
    office.refuses(cmd.CallTicket(2, ticket=second), err.WrongState, number=second, state=TicketState.CANCELLED)
    office.refuses(cmd.CallTicket(2, ticket="Z9"), err.UnknownTicket, ticket="Z9")


def test_a_missed_citizen_may_be_picked_without_queueing_again(office: Office):
    first = office.take()
    office.next()
    office.do(cmd.Miss(1))
    office.do(cmd.CallTicket(2, ticket=first))
    assert (office.at(2), office.ticket(first).counter) == (first, 2)


def test_only_a_waiting_citizen_can_cancel(office: Office):
    first, second = office.take(), office.take()
    office.do(cmd.CancelTicket(second))
    assert (office.state(second), office.line()) == (TicketState.CANCELLED, [first])
    office.refuses(cmd.CancelTicket(second), err.WrongState, number=second, state=TicketState.CANCELLED)
    office.next()
    office.refuses(cmd.CancelTicket(first), err.WrongState, number=first, state=TicketState.CALLED)
    office.refuses(cmd.CancelTicket("Z9"), err.UnknownTicket, ticket="Z9")


@pytest.mark.parametrize("double_press_ms", [0, 10_000])
def test_a_citizen_who_is_sent_on_at_the_same_moment_does_not_also_cancel(office: Office, double_press_ms: int):
    """Of presses that meet on one ticket, one wins; a second later the citizen has seen it and may.

    However the centre tells two presses of one button apart.
    """
    office.set(double_press_ms=double_press_ms)
    sent_on = office.take()
    office.next()
    office.do(cmd.Transfer(1, service="DD"))
    office.refuses(cmd.CancelTicket(sent_on), err.JustMoved, number=sent_on)
    office.wait(1)
    office.do(cmd.CancelTicket(sent_on))
    assert office.state(sent_on) is TicketState.CANCELLED


def test_only_a_missed_or_parked_ticket_is_closed(office: Office):
    missed, parked, waiting = office.take(), office.take(), office.take()
    office.next()
    office.do(cmd.Miss(1))
    office.next()
    office.do(cmd.Park(1))
    office.do(cmd.CloseTicket(missed))
    office.do(cmd.CloseTicket(parked))
    assert (office.state(missed), office.state(parked)) == (TicketState.CLOSED, TicketState.CLOSED)
    office.refuses(cmd.CloseTicket(waiting), err.WrongState, number=waiting, state=TicketState.WAITING)
    assert office.next() == waiting
