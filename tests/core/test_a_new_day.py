from office import Office, hanoi

from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.hall import LONG_AGO, CounterState, TicketState


def begin_tuesday(office: Office) -> list[str]:
    office.now = hanoi("00:00:01", "2026-11-24")
    return [type(event).__name__ for event in office.do(cmd.StartDay()).events]


def test_starting_the_same_day_twice_is_harmless(office: Office):
    before = office.hall
    assert office.do(cmd.StartDay()).events == ()
    assert office.hall is before


def test_a_clock_set_back_over_midnight_does_not_bring_yesterday_back(office: Office):
    office.now = hanoi("23:00", "2026-11-22")
    assert office.do(cmd.StartDay()).events == ()


def test_those_left_over_in_the_evening_are_closed_and_those_at_a_counter_finished(office: Office):
    missed, parked, present, waiting = (office.take() for _ in range(4))
    office.next()
    office.do(cmd.Miss(1))
    office.next()
    office.do(cmd.Park(1))
    office.serve()
    told = len(office.changes)
    begin_tuesday(office)
    ends = {
        step.recorded.event.ticket: step for step in office.changes[told:] if hasattr(step.recorded.event, "ticket")
    }
    assert {id_: type(step.recorded.event) for id_, step in ends.items()} == {
        missed: ev.TicketClosed,
        parked: ev.TicketClosed,
        waiting: ev.TicketClosed,
        present: ev.TicketFinished,
    }
    assert ends[missed].hall.tickets[missed].state is TicketState.CLOSED
    assert {step.recorded.day for step in ends.values()} == {"2026-11-23"}


def test_those_who_have_gone_are_not_closed_again(office: Office):
    office.do(cmd.CancelTicket(office.take()))
    assert "TicketClosed" not in begin_tuesday(office)


def test_open_and_paused_counters_close_for_the_night(office: Office):
    office.do(cmd.PauseCounter(2))
    office.do(cmd.CloseCounter(3))
    assert begin_tuesday(office) == ["CounterClosed", "CounterClosed", "DayStarted"]
    assert {counter.state for counter in office.hall.counters.values()} == {CounterState.CLOSED}
    office.refuses(cmd.CallNext(1), err.CounterNotOpen, counter=1)


def test_a_new_day_forgets_tickets_queues_calls_and_counts(office: Office):
    office.take(priority="elderly")
    office.take()
    office.serve()
    begin_tuesday(office)
    hall = office.hall
    assert (hall.tickets, hall.queues, hall.series, hall.weave, hall.calls) == ({}, {}, {}, {}, ())
    assert [(c.served, c.since_priority, c.press) for c in hall.counters.values()] == [(0, LONG_AGO, None)] * 3
    office.refuses(cmd.CancelTicket("A002"), err.UnknownTicket, ticket="A002")


def test_the_centre_keeps_its_services_and_counters_over_night(office: Office):
    services, settings = office.hall.services, office.settings
    begin_tuesday(office)
    assert (office.hall.services, office.settings) == (services, settings)
    assert office.counter(1).own == ("HT",)
