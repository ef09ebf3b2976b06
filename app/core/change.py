"""What an event touched: which rows to write, which parts of a screen to send, which visit has ended."""

from dataclasses import dataclass
from typing import NamedTuple

from app.core import events as ev
from app.core.evolve import evolve
from app.core.hall import Hall, Ticket, handling_started


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay at one counter, ended; the grain of every report. Times in ms.

    `wait_ms` is None where the citizen was not waiting in a queue before (called back from being parked).
    `handle_ms` is None where nobody came.
    """

    seq: int
    ticket: str
    day: str
    service: str
    counter: int
    clerk: str | None
    called_at: int
    ended_at: int
    wait_ms: int | None
    handle_ms: int | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Touched:
    tickets: tuple[str, ...] = ()
    counters: tuple[int, ...] = ()
    services: tuple[str, ...] = ()
    centre: bool = False
    visit: Visit | None = None
    undone: tuple[int, int] | None = None


class Change(NamedTuple):
    """A recorded event, the hall right after it, and what it touched."""

    recorded: ev.Recorded
    hall: Hall
    touched: Touched


OUTCOMES: dict[type[ev.Event], str] = {
    ev.TicketFinished: "finished",
    ev.TicketMissed: "missed",
    ev.TicketParked: "parked",
    ev.TicketTransferred: "transferred",
}
CENTRE_EVENTS = (
    ev.DayStarted,
    ev.SettingsSaved,
    ev.ServiceSaved,
    ev.ServiceRemoved,
    ev.CounterSaved,
    ev.CounterRemoved,
    ev.CatalogueReplaced,
)


def change(before: Hall, recorded: ev.Recorded) -> Change:
    """Fold one event and say what it touched."""
    after = evolve(before, recorded)
    return Change(recorded, after, _touched(before, after, recorded))


def _touched(before: Hall, after: Hall, recorded: ev.Recorded) -> Touched:
    event = recorded.event
    if isinstance(event, CENTRE_EVENTS):
        return Touched(counters=tuple(after.counters), services=tuple(after.services), centre=True)
    if isinstance(event, ev.Noted):
        return Touched()
    if isinstance(event, ev.PressUndone):
        return _touched_by_undo(before, event)
    if isinstance(event, ev.CounterOpened | ev.CounterPaused | ev.CounterClosed | ev.CounterServicesSet):
        counter = before.counters[event.counter], after.counters[event.counter]
        return Touched(counters=(event.counter,), services=_unique(*(s for c in counter for s in c.own + c.help)))
    return _touched_by_ticket(before, after, recorded, event)


def _touched_by_undo(before: Hall, event: ev.PressUndone) -> Touched:
    press = before.counters[event.counter].press
    assert press is not None, "decide lets only a remembered press be undone"  # noqa: S101
    moved = [*press.before, *(before.tickets[t.id] for t in press.before)]
    return Touched(
        tickets=tuple(ticket.id for ticket in press.before),
        counters=_counters_of(before, event.counter, *moved),
        services=_unique(*(ticket.service for ticket in moved)),
        undone=(event.first, event.last),
    )


def _touched_by_ticket(before: Hall, after: Hall, recorded: ev.Recorded, event: ev.TicketEvent) -> Touched:
    ticket = after.tickets[event.ticket]
    earlier = before.tickets.get(event.ticket, ticket)
    return Touched(
        tickets=(ticket.id,),
        counters=_counters_of(after, getattr(event, "counter", None), earlier),
        services=_unique(earlier.service, ticket.service),
        visit=_visit(before, earlier, recorded),
    )


def _counters_of(hall: Hall, number: int | None, *tickets: Ticket) -> tuple[int, ...]:
    """The counter of the event, and those that a ticket leaves or comes back to (it may have been kept there)."""
    numbers = dict.fromkeys((number, *(ticket.counter for ticket in tickets)))
    return tuple(n for n in numbers if n is not None and n in hall.counters)


def _visit(before: Hall, ticket: Ticket, recorded: ev.Recorded) -> Visit | None:
    outcome = OUTCOMES.get(type(recorded.event))
    if outcome is None or ticket.called_at is None or ticket.counter is None:
        return None
    started = handling_started(ticket, before.settings.arrive_after_s, recorded.at) or recorded.at
    return Visit(
        seq=recorded.seq,
        ticket=ticket.id,
        day=ticket.day,
        service=ticket.service,
        counter=ticket.counter,
        clerk=before.counters[ticket.counter].clerk,
        called_at=ticket.called_at,
        ended_at=recorded.at,
        wait_ms=None if ticket.queued_at is None else ticket.called_at - ticket.queued_at,
        handle_ms=None if outcome == "missed" else recorded.at - started,
        outcome=outcome,
    )


def _unique(*codes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
