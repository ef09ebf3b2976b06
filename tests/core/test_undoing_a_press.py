from collections.abc import Callable
from dataclasses import replace

import pytest
from office import Office

from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.hall import LONG_AGO, Hall, TicketState


def as_if_never_pressed(hall: Hall) -> object:
    """All that people see, without what only tells how often the log grew."""
    tickets = {id_: replace(ticket, changed=0) for id_, ticket in hall.tickets.items()}
    counters = {number: replace(counter, press=None) for number, counter in hall.counters.items()}
    queues = {code: queue for code, queue in hall.queues.items() if queue}
    weave = {code: count for code, count in hall.weave.items() if count != LONG_AGO}
    return tickets, counters, queues, weave, hall.series, hall.calls


def called(office: Office) -> None:
    office.next()


def serving(office: Office) -> None:
    office.serve()


def nobody(office: Office) -> None:
    """The counter is free."""


def parked(office: Office) -> None:
    office.serve()
    office.do(cmd.Park(1))


@pytest.mark.parametrize(
    ("situation", "press", "verb"),
    [
        (nobody, cmd.CallNext(1), "next"),
        (serving, cmd.CallNext(1), "next"),
        (parked, cmd.CallNext(1), "next"),
        (nobody, cmd.CallTicket(1, ticket="A003"), "next"),
        (serving, cmd.CallTicket(1, ticket="B001"), "next"),
        (called, cmd.Arrive(1), "arrive"),
        (serving, cmd.Finish(1), "finish"),
        (called, cmd.Miss(1), "miss"),
        (serving, cmd.Park(1), "park"),
        (serving, cmd.Transfer(1, service="DD"), "transfer"),
    ],
)
def test_an_undone_press_leaves_no_trace_but_in_the_log(
    office: Office, situation: Callable[[Office], None], press: cmd.Command, verb: str
):
    for service, priority in (("HT", "elderly"), ("HT", None), ("HT", None), ("DD", None)):
        office.take(service, priority)
    situation(office)
    before = as_if_never_pressed(office.hall)
    office.wait(5)
    office.do(press)
    assert as_if_never_pressed(office.hall) != before
    undone = office.do(cmd.UndoPress(1))
    assert [(type(e), e.verb) for e in undone.events if isinstance(e, ev.PressUndone)] == [(ev.PressUndone, verb)]
    assert undone.ticket == office.at(1)
    assert as_if_never_pressed(office.hall) == before


def test_next_that_finished_somebody_is_undone_as_a_whole(office: Office):
    first, second = office.take(), office.take()
    office.serve()
    office.next()
    office.do(cmd.UndoPress(1))
    assert (office.at(1), office.state(first), office.state(second)) == (
        first,
        TicketState.SERVING,
        TicketState.WAITING,
    )
    assert office.line() == [second]
    assert office.counter().served == 0


def test_a_next_that_found_nobody_is_undone_as_the_finish_that_it_was(office: Office):
    first = office.take()
    office.serve()
    assert office.next() is None
    office.do(cmd.UndoPress(1))
    assert (office.at(1), office.state(first)) == (first, TicketState.SERVING)


def test_there_is_nothing_to_undo_before_the_first_press(office: Office):
    office.refuses(cmd.UndoPress(1), err.NothingToUndo, counter=1)


def test_a_press_is_undone_once(office: Office):
    office.take()
    office.next()
    office.do(cmd.UndoPress(1))
    office.refuses(cmd.UndoPress(1), err.NothingToUndo, counter=1)


def test_a_press_can_be_undone_for_ten_seconds(office: Office):
    office.take()
    office.next()
    office.wait(10.001)
    office.refuses(cmd.UndoPress(1), err.NothingToUndo, counter=1)
    office.wait(-0.001)
    office.do(cmd.UndoPress(1))
    assert office.at(1) is None


def test_closing_the_counter_ends_the_time_for_undoing(office: Office):
    office.take()
    office.serve()
    office.do(cmd.Finish(1))
    office.do(cmd.CloseCounter(1))
    office.refuses(cmd.UndoPress(1), err.NothingToUndo, counter=1)


def test_an_undo_of_what_the_presser_no_longer_sees_is_refused(office: Office):
    first = office.take()
    office.next()
    office.refuses(cmd.UndoPress(1, seen=""), err.CounterChanged, counter=1)
    office.do(cmd.UndoPress(1, seen=first))


def test_a_ticket_that_another_counter_has_called_is_not_pulled_back(office: Office):
    first = office.take("HT")
    office.serve()
    office.do(cmd.Transfer(1, service="DD"))
    office.do(cmd.CallNext(3))
    office.refuses(cmd.UndoPress(1), err.UndoTooLate, number=first)
    assert office.at(3) == first


def test_a_transferred_citizen_who_has_gone_home_is_not_pulled_back(office: Office):
    first = office.take()
    office.next()
    office.do(cmd.Transfer(1, service="DD"))
    office.wait(2)
    office.do(cmd.CancelTicket(first))
    office.refuses(cmd.UndoPress(1), err.UndoTooLate, number=first)


def test_a_missed_citizen_who_is_back_already_is_not_pulled_back(office: Office):
    first = office.take()
    office.next()
    office.do(cmd.Miss(1))
    office.do(cmd.ReturnTicket(first))
    office.refuses(cmd.UndoPress(1), err.UndoTooLate, number=first)


def test_a_ticket_whose_service_was_removed_stays_where_it_is(office: Office):
    office.do(cmd.SetCounterServices(1, ("XD",), ("HT",)))
    first = office.take("XD")
    office.serve()
    office.do(cmd.Finish(1))
    office.do(cmd.SetCounterServices(1, ("HT",), ()))
    office.do(cmd.RemoveService("XD"))
    office.refuses(cmd.UndoPress(1), err.UndoTooLate, number=first)


def test_a_ticket_whose_keeper_was_removed_stays_where_it_is(office: Office):
    first = office.take("HT")
    office.serve(2)
    office.do(cmd.Park(2))
    office.do(cmd.CloseCounter(2))
    office.do(cmd.CallTicket(1, ticket=first))
    office.do(cmd.RemoveCounter(2))
    office.refuses(cmd.UndoPress(1), err.UndoTooLate, number=first)


def test_a_call_that_was_undone_is_no_longer_shown_and_neither_is_its_recall(office: Office):
    first, second = office.take(), office.take()
    office.next(2)
    office.next(1)
    office.do(cmd.Recall(1))
    office.do(cmd.Recall(2))
    office.do(cmd.UndoPress(1))
    assert {call.ticket for call in office.hall.calls} == {first}
    assert office.line() == [second]


def test_undoing_an_arrival_leaves_the_recall_before_it(office: Office):
    first = office.take()
    office.next()
    office.do(cmd.Arrive(1))
    office.do(cmd.Recall(1))
    office.do(cmd.UndoPress(1))
    assert [call.again for call in office.hall.calls] == [True, False]
    assert office.state(first) is TicketState.CALLED


def test_undoing_an_ordinary_call_keeps_the_count_of_what_others_called(office: Office):
    office.take(priority="elderly")
    for _ in range(3):
        office.take()
    office.next(1)
    office.next(1)
    office.do(cmd.CallNext(2))
    assert office.hall.weave["HT"] == 2
    office.do(cmd.UndoPress(1))
    assert office.hall.weave["HT"] == 1


def test_undoing_a_finish_keeps_the_count_of_what_others_called(office: Office):
    office.take(priority="elderly")
    for _ in range(2):
        office.take()
    office.next(1)
    office.do(cmd.Finish(1))
    office.do(cmd.CallNext(2))
    office.do(cmd.UndoPress(1))
    assert office.hall.weave["HT"] == 1


def test_undoing_a_call_does_not_forget_a_priority_call_made_meanwhile(office: Office):
    for _ in range(4):
        office.take()
    priority = office.take(priority="elderly")
    office.do(cmd.CallTicket(1, ticket="A001"))
    office.do(cmd.CallTicket(2, ticket=priority))
    office.do(cmd.UndoPress(1))
    assert office.hall.weave["HT"] == 0


def test_undoing_a_priority_call_makes_the_next_one_due_again(office: Office):
    office.take()
    priority = office.take(priority="elderly")
    assert office.next() == priority
    office.do(cmd.UndoPress(1))
    assert office.next() == priority


def test_the_order_of_two_undone_calls_does_not_matter(office: Office):
    office.take()
    office.take(priority="elderly")
    office.next(1)
    office.do(cmd.CallNext(2))
    office.do(cmd.UndoPress(1))
    office.do(cmd.UndoPress(2))
    assert office.line() == ["A001", "A002"]
    assert office.next() == "A002"
