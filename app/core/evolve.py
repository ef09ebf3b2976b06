"""The next hall after an event. Total and without judgement: `decide` has already said that it may happen.

The hub, the start-up check, the simulator and the tests all fold the log with this one function.
"""

from collections.abc import Callable
from typing import Any

from app.core import events as ev
from app.core.draft import Draft
from app.core.hall import (
    CALLS_KEPT,
    ENDED,
    LONG_AGO,
    Call,
    Counter,
    CounterState,
    Hall,
    Place,
    Press,
    Ticket,
    TicketState,
)
from app.core.values import changed

CALLING = "next"
VERBS: dict[type[ev.Event], str] = {
    ev.TicketCalled: CALLING,
    ev.CitizenArrived: "arrive",
    ev.TicketFinished: "finish",
    ev.TicketMissed: "miss",
    ev.TicketParked: "park",
    ev.TicketTransferred: "transfer",
}


def evolve(hall: Hall, recorded: ev.Recorded) -> Hall:
    """The hall after one recorded event."""
    draft, event = Draft(hall), recorded.event
    verb = VERBS.get(type(event))
    if verb:
        _remember_press(draft, recorded, verb, event)
    HANDLERS[type(event)](draft, recorded, event)
    return draft.hall(recorded.seq, recorded.at, recorded.day)


# Tickets


def _issue(draft: Draft, rec: ev.Recorded, event: ev.TicketIssued) -> None:
    draft.series[event.service] = event.series
    draft.put(
        Ticket(
            id=event.ticket,
            day=rec.day,
            series=event.series,
            number=event.number,
            service=event.service,
            origin=event.service,
            issued_at=rec.at,
            queued_at=rec.at,
            place=Place(rec.at, rec.seq),
            since=rec.at,
            procedure=event.procedure,
            priority=event.priority,
            language=event.language,
            channel=event.channel,
            changed=rec.seq,
        )
    )


def _call(draft: Draft, rec: ev.Recorded, event: ev.TicketCalled) -> None:
    ticket = draft.tickets[event.ticket]
    draft.put(
        changed(
            ticket,
            state=TicketState.CALLED,
            counter=event.counter,
            since=rec.at,
            called_at=rec.at,
            arrived_at=None,
            calls=ticket.calls + 1,
            back=False,
            changed=rec.seq,
        )
    )
    _count_for_the_weave(draft, ticket, event.counter)
    draft.calls = (Call(rec.seq, event.ticket, event.counter, rec.at, again=False), *draft.calls)[:CALLS_KEPT]


def _count_for_the_weave(draft: Draft, ticket: Ticket, number: int) -> None:
    counter = draft.counters[number]
    of_service = 0 if ticket.priority else draft.weave.get(ticket.service, LONG_AGO) + 1
    of_counter = 0 if ticket.priority else counter.since_priority + 1
    draft.weave[ticket.service] = min(of_service, LONG_AGO)
    draft.put_counter(changed(counter, ticket=ticket.id, since_priority=min(of_counter, LONG_AGO)))


def _recall(draft: Draft, rec: ev.Recorded, event: ev.TicketRecalled) -> None:
    ticket = draft.tickets[event.ticket]
    draft.put(changed(ticket, calls=ticket.calls + 1))
    draft.calls = (Call(rec.seq, event.ticket, event.counter, rec.at, again=True), *draft.calls)[:CALLS_KEPT]


def _arrive(draft: Draft, rec: ev.Recorded, event: ev.CitizenArrived) -> None:
    ticket = draft.tickets[event.ticket]
    draft.put(changed(ticket, state=TicketState.SERVING, arrived_at=rec.at, since=rec.at, changed=rec.seq))


def _finish(draft: Draft, rec: ev.Recorded, event: ev.TicketFinished) -> None:
    draft.put(_left(draft, rec, event.ticket, TicketState.FINISHED))
    counter = draft.counters[event.counter]
    draft.put_counter(changed(counter, ticket=None, served=counter.served + 1))


def _miss(draft: Draft, rec: ev.Recorded, event: ev.TicketMissed) -> None:
    draft.put(_left(draft, rec, event.ticket, TicketState.MISSED))
    _empty(draft, event.counter)


def _park(draft: Draft, rec: ev.Recorded, event: ev.TicketParked) -> None:
    draft.put(_left(draft, rec, event.ticket, TicketState.PARKED))
    _empty(draft, event.counter)


def _transfer(draft: Draft, rec: ev.Recorded, event: ev.TicketTransferred) -> None:
    draft.put(changed(_waiting_again(draft, rec, event.ticket), service=event.service))
    _empty(draft, event.counter)


def _return(draft: Draft, rec: ev.Recorded, event: ev.TicketReturned) -> None:
    ticket = draft.tickets[event.ticket]
    if ticket.state is TicketState.PARKED:
        draft.put(changed(ticket, back=True, queued_at=rec.at, changed=rec.seq))
    else:
        draft.put(changed(_waiting_again(draft, rec, event.ticket), place=Place(event.place_at, rec.seq)))


def _cancel(draft: Draft, rec: ev.Recorded, event: ev.TicketCancelled) -> None:
    draft.put(_ended(draft, rec, event.ticket, TicketState.CANCELLED))


def _close(draft: Draft, rec: ev.Recorded, event: ev.TicketClosed) -> None:
    draft.put(_ended(draft, rec, event.ticket, TicketState.CLOSED))


def _left(draft: Draft, rec: ev.Recorded, id_: str, state: TicketState) -> Ticket:
    """A citizen who leaves the counter; a parked one stays that counter's."""
    ended_at = rec.at if state in ENDED else None
    ticket = draft.tickets[id_]
    return changed(ticket, state=state, since=rec.at, queued_at=None, changed=rec.seq, ended_at=ended_at)


def _waiting_again(draft: Draft, rec: ev.Recorded, id_: str) -> Ticket:
    return changed(
        draft.tickets[id_],
        state=TicketState.WAITING,
        since=rec.at,
        counter=None,
        queued_at=rec.at,
        called_at=None,
        arrived_at=None,
        changed=rec.seq,
    )


def _ended(draft: Draft, rec: ev.Recorded, id_: str, state: TicketState) -> Ticket:
    return changed(draft.tickets[id_], state=state, since=rec.at, ended_at=rec.at, changed=rec.seq)


def _empty(draft: Draft, number: int) -> None:
    draft.put_counter(changed(draft.counters[number], ticket=None))


# Undoing


def _remember_press(draft: Draft, rec: ev.Recorded, verb: str, event: Any) -> None:
    """Keep what the counter looked like before a press; the events of one command are one press."""
    counter, ticket = draft.counters[event.counter], draft.tickets[event.ticket]
    weave = draft.weave.get(ticket.service, LONG_AGO)
    if counter.press and counter.press.command == rec.command:
        before = (*counter.press.before, ticket)
        press = changed(counter.press, verb=verb, last=rec.seq, before=before, weave=weave)
    else:
        press = Press(
            verb=verb,
            at=rec.at,
            command=rec.command,
            last=rec.seq,
            before=(ticket,),
            ticket=counter.ticket,
            weave=weave,
            since_priority=counter.since_priority,
            served=counter.served,
        )
    draft.put_counter(changed(counter, press=press))


def _undo(draft: Draft, rec: ev.Recorded, event: ev.PressUndone) -> None:
    counter = draft.counters[event.counter]
    press = counter.press
    assert press is not None, "decide lets only a remembered press be undone"  # noqa: S101
    if press.verb == CALLING:
        _uncall(draft, press, event.counter)
    for before in press.before:
        draft.put(changed(before, changed=rec.seq))
    draft.put_counter(
        changed(counter, ticket=press.ticket, press=None, since_priority=press.since_priority, served=press.served)
    )


def _uncall(draft: Draft, press: Press, number: int) -> None:
    """The call was never made, nor what was repeated of it; what other counters called meanwhile still counts."""
    *_, called = press.before
    counted = 0 if called.priority else min(press.weave + 1, LONG_AGO)
    if not _priority_called_since(draft, press, called.service):
        count = press.weave + draft.weave[called.service] - counted
        draft.weave[called.service] = max(0, min(count, LONG_AGO))
    draft.calls = tuple(call for call in draft.calls if call.counter != number or call.seq < press.command)


def _priority_called_since(draft: Draft, press: Press, service: str) -> bool:
    since = [draft.tickets[call.ticket] for call in draft.calls if call.seq > press.last and not call.again]
    return any(ticket.priority and ticket.service == service for ticket in since)


# Counters and the centre


def _open(draft: Draft, _rec: ev.Recorded, event: ev.CounterOpened) -> None:
    counter = draft.counters[event.counter]
    draft.put_counter(changed(counter, state=CounterState.OPEN, clerk=event.clerk, until=None))


def _pause(draft: Draft, _rec: ev.Recorded, event: ev.CounterPaused) -> None:
    draft.put_counter(changed(draft.counters[event.counter], state=CounterState.PAUSED, until=event.until))


def _close_counter(draft: Draft, _rec: ev.Recorded, event: ev.CounterClosed) -> None:
    counter = draft.counters[event.counter]
    draft.put_counter(changed(counter, state=CounterState.CLOSED, clerk=None, until=None, press=None))


def _set_services(draft: Draft, _rec: ev.Recorded, event: ev.CounterServicesSet) -> None:
    draft.put_counter(changed(draft.counters[event.counter], own=event.own, help=event.help))


def _start_day(draft: Draft, _rec: ev.Recorded, _event: ev.DayStarted) -> None:
    """A new day: every series from 1, nobody waits; `decide` has ended what was left over."""
    for counter in list(draft.counters.values()):
        draft.put_counter(changed(counter, served=0, since_priority=LONG_AGO, press=None))
    draft.tickets, draft.queues, draft.kept, draft.series, draft.weave = {}, {}, {}, {}, {}
    draft.calls = ()


def _save_settings(draft: Draft, _rec: ev.Recorded, event: ev.SettingsSaved) -> None:
    draft.settings = event.settings


def _save_service(draft: Draft, _rec: ev.Recorded, event: ev.ServiceSaved) -> None:
    draft.services[event.service.code] = event.service


def _remove_service(draft: Draft, _rec: ev.Recorded, event: ev.ServiceRemoved) -> None:
    del draft.services[event.service]
    draft.weave.pop(event.service, None)


def _save_counter(draft: Draft, _rec: ev.Recorded, event: ev.CounterSaved) -> None:
    counter = draft.counters.get(event.counter) or Counter(event.counter)
    draft.put_counter(changed(counter, name=event.name, own=event.own, help=event.help))


def _remove_counter(draft: Draft, _rec: ev.Recorded, event: ev.CounterRemoved) -> None:
    del draft.counters[event.counter]


def _replace_catalogue(draft: Draft, _rec: ev.Recorded, event: ev.CatalogueReplaced) -> None:
    draft.procedures = dict(event.procedures)


def _note(_draft: Draft, _rec: ev.Recorded, _event: ev.Noted) -> None:
    """It stands in the log; the hall is as it was."""


HANDLERS: dict[type[ev.Event], Callable[[Draft, ev.Recorded, Any], None]] = {
    ev.TicketIssued: _issue,
    ev.TicketCalled: _call,
    ev.TicketRecalled: _recall,
    ev.CitizenArrived: _arrive,
    ev.TicketFinished: _finish,
    ev.TicketMissed: _miss,
    ev.TicketParked: _park,
    ev.TicketTransferred: _transfer,
    ev.TicketReturned: _return,
    ev.TicketCancelled: _cancel,
    ev.TicketClosed: _close,
    ev.PressUndone: _undo,
    ev.CounterOpened: _open,
    ev.CounterPaused: _pause,
    ev.CounterClosed: _close_counter,
    ev.CounterServicesSet: _set_services,
    ev.DayStarted: _start_day,
    ev.SettingsSaved: _save_settings,
    ev.ServiceSaved: _save_service,
    ev.ServiceRemoved: _remove_service,
    ev.CounterSaved: _save_counter,
    ev.CounterRemoved: _remove_counter,
    ev.CatalogueReplaced: _replace_catalogue,
    ev.Noted: _note,
}
