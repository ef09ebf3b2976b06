"""The next hall after an event. Total and without judgement: `decide` has already said that it may happen.

The hub, the start-up check, the simulator and the tests all fold the log with this one function.
"""

from bisect import insort
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from app.core import events as ev
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
    Queue,
    Standing,
    Ticket,
    TicketState,
)

K = TypeVar("K")
V = TypeVar("V")

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
    hall = _apply(_remember_press(hall, recorded), recorded)
    return replace(hall, seq=recorded.seq, at=recorded.at, day=recorded.day)


def _apply(hall: Hall, rec: ev.Recorded) -> Hall:  # noqa: C901, PLR0911, PLR0912 - one line for each event
    match rec.event:
        case ev.DayStarted():
            return _start_day(hall)
        case ev.TicketIssued() as event:
            return _issue(hall, rec, event)
        case ev.TicketCalled() as event:
            return _call(hall, rec, event)
        case ev.TicketRecalled() as event:
            ticket = hall.tickets[event.ticket]
            hall = _with_ticket(hall, replace(ticket, calls=ticket.calls + 1))
            return _announce(hall, rec, event.ticket, event.counter, again=True)
        case ev.CitizenArrived(ticket=id_):
            ticket = hall.tickets[id_]
            return _with_ticket(
                hall,
                replace(ticket, state=TicketState.SERVING, arrived_at=rec.at, since=rec.at, changed=rec.seq),
            )
        case ev.TicketFinished() as event:
            hall = _leave(hall, rec, event.ticket, event.counter, TicketState.FINISHED)
            counter = hall.counters[event.counter]
            return _with_counter(hall, replace(counter, served=counter.served + 1))
        case ev.TicketMissed() as event:
            return _leave(hall, rec, event.ticket, event.counter, TicketState.MISSED)
        case ev.TicketParked() as event:
            return _leave(hall, rec, event.ticket, event.counter, TicketState.PARKED)
        case ev.TicketTransferred() as event:
            return _transfer(hall, rec, event)
        case ev.TicketReturned() as event:
            return _return(hall, rec, event)
        case ev.TicketCancelled(ticket=id_):
            return _end(hall, rec, id_, TicketState.CANCELLED)
        case ev.TicketClosed(ticket=id_):
            return _end(hall, rec, id_, TicketState.CLOSED)
        case ev.PressUndone() as event:
            return _undo(hall, rec, event)
        case ev.CounterOpened() as event:
            counter = replace(hall.counters[event.counter], state=CounterState.OPEN, clerk=event.clerk, until=None)
            return _with_counter(hall, counter)
        case ev.CounterPaused() as event:
            counter = replace(hall.counters[event.counter], state=CounterState.PAUSED, until=event.until)
            return _with_counter(hall, counter)
        case ev.CounterClosed(counter=number):
            counter = replace(hall.counters[number], state=CounterState.CLOSED, clerk=None, until=None, press=None)
            return _with_counter(hall, counter)
        case ev.CounterServicesSet(counter=number, own=own, help=help_):
            return _with_counter(hall, replace(hall.counters[number], own=own, help=help_))
        case ev.SettingsSaved(settings=settings):
            return replace(hall, settings=settings)
        case ev.ServiceSaved(service=service):
            return replace(hall, services=_set(hall.services, service.code, service))
        case ev.ServiceRemoved(service=code):
            return replace(hall, services=_without(hall.services, code), weave=_without(hall.weave, code))
        case ev.CounterSaved() as event:
            counter = hall.counters.get(event.counter) or Counter(event.counter)
            return _with_counter(hall, replace(counter, name=event.name, own=event.own, help=event.help))
        case ev.CounterRemoved(counter=number):
            return replace(hall, counters=_without(hall.counters, number))
        case ev.CatalogueReplaced(procedures=procedures):
            return replace(hall, procedures=dict(procedures))
        case noted:
            return _unchanged(hall, noted)


def _unchanged(hall: Hall, _noted: ev.Noted) -> Hall:
    """Takes nothing but a Noted, so that mypy sees an event for which there is no case."""
    return hall


def _start_day(hall: Hall) -> Hall:
    """A new day: every series from 1, nobody waits; `decide` has ended what was left over."""
    counters = {
        number: replace(counter, served=0, since_priority=LONG_AGO, press=None)
        for number, counter in hall.counters.items()
    }
    return replace(hall, counters=counters, tickets={}, queues={}, series={}, weave={}, calls=())


def _issue(hall: Hall, rec: ev.Recorded, event: ev.TicketIssued) -> Hall:
    ticket = Ticket(
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
    hall = replace(hall, series=_set(hall.series, event.service, event.series))
    return _queue_up(_with_ticket(hall, ticket), ticket)


def _call(hall: Hall, rec: ev.Recorded, event: ev.TicketCalled) -> Hall:
    ticket = hall.tickets[event.ticket]
    hall = _count_for_the_weave(_out_of_queue(hall, ticket), ticket, event.counter)
    called = replace(
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
    hall = _with_counter(_with_ticket(hall, called), replace(hall.counters[event.counter], ticket=event.ticket))
    return _announce(hall, rec, event.ticket, event.counter, again=False)


def _count_for_the_weave(hall: Hall, ticket: Ticket, number: int) -> Hall:
    counter = hall.counters[number]
    if ticket.priority:
        of_service, of_counter = 0, 0
    else:
        of_service = hall.weave.get(ticket.service, LONG_AGO) + 1
        of_counter = counter.since_priority + 1
    hall = replace(hall, weave=_set(hall.weave, ticket.service, min(of_service, LONG_AGO)))
    return _with_counter(hall, replace(counter, since_priority=min(of_counter, LONG_AGO)))


def _announce(hall: Hall, rec: ev.Recorded, id_: str, counter: int, *, again: bool) -> Hall:
    call = Call(rec.seq, id_, counter, rec.at, again=again)
    return replace(hall, calls=(call, *hall.calls)[:CALLS_KEPT])


def _leave(hall: Hall, rec: ev.Recorded, id_: str, number: int, state: TicketState) -> Hall:
    """A citizen leaves the counter; only a parked one stays that counter's."""
    ticket = hall.tickets[id_]
    left = replace(
        ticket,
        state=state,
        since=rec.at,
        queued_at=None,
        changed=rec.seq,
        ended_at=rec.at if state in ENDED else None,
    )
    hall = _with_ticket(hall, left)
    return _with_counter(hall, replace(hall.counters[number], ticket=None))


def _transfer(hall: Hall, rec: ev.Recorded, event: ev.TicketTransferred) -> Hall:
    hall = _leave(hall, rec, event.ticket, event.counter, TicketState.WAITING)
    ticket = replace(
        hall.tickets[event.ticket],
        service=event.service,
        counter=None,
        queued_at=rec.at,
        called_at=None,
        arrived_at=None,
    )
    return _queue_up(_with_ticket(hall, ticket), ticket)


def _return(hall: Hall, rec: ev.Recorded, event: ev.TicketReturned) -> Hall:
    ticket = hall.tickets[event.ticket]
    if ticket.state is TicketState.PARKED:
        return _with_ticket(hall, replace(ticket, back=True, queued_at=rec.at, changed=rec.seq))
    waiting = replace(
        ticket,
        state=TicketState.WAITING,
        place=Place(event.place_at, rec.seq),
        since=rec.at,
        counter=None,
        queued_at=rec.at,
        called_at=None,
        arrived_at=None,
        changed=rec.seq,
    )
    return _queue_up(_with_ticket(hall, waiting), waiting)


def _end(hall: Hall, rec: ev.Recorded, id_: str, state: TicketState) -> Hall:
    ticket = hall.tickets[id_]
    hall = _out_of_queue(hall, ticket)
    return _with_ticket(hall, replace(ticket, state=state, since=rec.at, ended_at=rec.at, changed=rec.seq))


def _remember_press(hall: Hall, rec: ev.Recorded) -> Hall:
    """Keep what the counter looked like before a press; the events of one command are one press."""
    verb = VERBS.get(type(rec.event))
    number = getattr(rec.event, "counter", None)
    if verb is None or number is None:
        return hall
    counter = hall.counters[number]
    ticket = hall.tickets[rec.event.ticket]  # type: ignore[union-attr]  # every event in VERBS has one
    if counter.press and counter.press.command == rec.command:
        press = replace(
            counter.press,
            verb=verb,
            last=rec.seq,
            before=(*counter.press.before, ticket),
            weave=_weave_of(hall, ticket),
        )
    else:
        press = Press(
            verb=verb,
            at=rec.at,
            command=rec.command,
            last=rec.seq,
            before=(ticket,),
            ticket=counter.ticket,
            weave=_weave_of(hall, ticket),
            since_priority=counter.since_priority,
            served=counter.served,
        )
    return _with_counter(hall, replace(counter, press=press))


def _weave_of(hall: Hall, ticket: Ticket) -> int:
    return hall.weave.get(ticket.service, LONG_AGO)


def _undo(hall: Hall, rec: ev.Recorded, event: ev.PressUndone) -> Hall:
    counter = hall.counters[event.counter]
    press = counter.press
    assert press is not None, "decide lets only a remembered press be undone"  # noqa: S101
    if press.verb == CALLING:
        hall = _uncall(hall, press, event.counter)
    for before in press.before:
        hall = _out_of_queue(hall, hall.tickets[before.id])
        restored = replace(before, changed=rec.seq)
        hall = _with_ticket(hall, restored)
        if restored.state is TicketState.WAITING:
            hall = _queue_up(hall, restored)
    return _with_counter(
        hall,
        replace(
            counter,
            ticket=press.ticket,
            press=None,
            since_priority=press.since_priority,
            served=press.served,
        ),
    )


def _uncall(hall: Hall, press: Press, number: int) -> Hall:
    """The call was never made, nor what was repeated of it; what other counters called meanwhile still counts."""
    *_, called = press.before
    counted = 0 if called.priority else min(press.weave + 1, LONG_AGO)
    if not _priority_called_since(hall, press, called.service):
        count = press.weave + hall.weave[called.service] - counted
        hall = replace(hall, weave=_set(hall.weave, called.service, max(0, min(count, LONG_AGO))))
    return replace(hall, calls=tuple(c for c in hall.calls if c.counter != number or c.seq < press.command))


def _priority_called_since(hall: Hall, press: Press, service: str) -> bool:
    since = [hall.tickets[call.ticket] for call in hall.calls if call.seq > press.last and not call.again]
    return any(ticket.priority and ticket.service == service for ticket in since)


def _queue_up(hall: Hall, ticket: Ticket) -> Hall:
    queue = hall.queue(ticket.service)
    line = list(queue.priority if ticket.priority else queue.ordinary)
    insort(line, Standing(ticket.place, ticket.id))
    return _with_line(hall, ticket, queue, tuple(line))


def _out_of_queue(hall: Hall, ticket: Ticket) -> Hall:
    if ticket.state is not TicketState.WAITING:
        return hall
    queue = hall.queue(ticket.service)
    line = queue.priority if ticket.priority else queue.ordinary
    return _with_line(hall, ticket, queue, tuple(s for s in line if s.ticket != ticket.id))


def _with_line(hall: Hall, ticket: Ticket, queue: Queue, line: tuple[Standing, ...]) -> Hall:
    queue = replace(queue, priority=line) if ticket.priority else replace(queue, ordinary=line)
    return replace(hall, queues=_set(hall.queues, ticket.service, queue))


def _with_ticket(hall: Hall, ticket: Ticket) -> Hall:
    return replace(hall, tickets=_set(hall.tickets, ticket.id, ticket))


def _with_counter(hall: Hall, counter: Counter) -> Hall:
    return replace(hall, counters=_set(hall.counters, counter.number, counter))


def _set(mapping: Mapping[K, V], key: K, value: V) -> Mapping[K, V]:
    return {**mapping, key: value}


def _without(mapping: Mapping[K, V], key: K) -> Mapping[K, V]:
    return {k: v for k, v in mapping.items() if k != key}
