"""What an event touched: which rows to write, which parts of a screen to send, which visit has ended."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.core import events as ev
from app.core.evolve import evolve
from app.core.for_reports import (
    AdviceAnswer,
    DossierCount,
    Rating,
    Visit,
    advice_answered,
    dossiers_told,
    rating_of,
    visit_ended,
)
from app.core.hall import Hall, Ticket


@dataclass(frozen=True, slots=True)
class Touched:
    """`plan`: the skills, the rota, the times to book or the closed days are others than before."""

    tickets: tuple[str, ...] = ()
    counters: tuple[int, ...] = ()
    services: tuple[str, ...] = ()
    centre: bool = False
    visit: Visit | None = None
    undone: tuple[int, int] | None = None
    plan: bool = False
    dossiers: DossierCount | None = None
    advice: AdviceAnswer | None = None
    bookings: tuple[str, ...] = ()
    rating: Rating | None = None
    notices: bool = False
    assistance: bool = False


class Change(NamedTuple):
    """A recorded event, the hall right after it, and what it touched."""

    recorded: ev.Recorded
    hall: Hall
    touched: Touched


CENTRE_EVENTS: tuple[type[ev.Event], ...] = (
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
    touch = TOUCHES.get(type(recorded.event), _touched_by_ticket)
    return touch(before, after, recorded, recorded.event)


def _touched_by_ticket(before: Hall, after: Hall, recorded: ev.Recorded, event: Any) -> Touched:
    ticket = after.tickets[event.ticket]
    earlier = before.tickets.get(event.ticket, ticket)
    return Touched(
        tickets=(ticket.id,),
        counters=_counters_of(after, getattr(event, "counter", None), earlier),
        services=_unique(earlier.service, ticket.service),
        visit=visit_ended(before, earlier, recorded),
    )


def _touched_by_overrun(_before: Hall, after: Hall, _rec: ev.Recorded, event: ev.OverrunExplained) -> Touched:
    return Touched(tickets=(event.ticket,), counters=_counters_of(after, event.counter))


def _touched_by_rating(_before: Hall, _after: Hall, recorded: ev.Recorded, event: ev.ServiceRated) -> Touched:
    return Touched(tickets=(event.ticket,), rating=rating_of(recorded, event))


def _touched_by_booking(_before: Hall, after: Hall, _rec: ev.Recorded, event: Any) -> Touched:
    """How many numbers a service has given out may be another figure."""
    return Touched(bookings=(event.booking,), services=(after.bookings[event.booking].service,))


def _touched_by_notice(_before: Hall, _after: Hall, _rec: ev.Recorded, _event: ev.Event) -> Touched:
    return Touched(notices=True)


def _touched_by_assistance(_before: Hall, after: Hall, _rec: ev.Recorded, event: Any) -> Touched:
    """At a station the screen itself tells whether somebody is on the way."""
    kind, _, which = event.place.partition(":")
    number = int(which) if kind == "counter" and which.isdecimal() else None
    return Touched(counters=_counters_of(after, number), assistance=True)


def _touched_by_dossiers(_before: Hall, after: Hall, recorded: ev.Recorded, event: ev.DossiersRecorded) -> Touched:
    return Touched(counters=_counters_of(after, event.counter), dossiers=dossiers_told(after, recorded, event))


def _touched_by_undo(before: Hall, _after: Hall, _rec: ev.Recorded, event: ev.PressUndone) -> Touched:
    press = before.counters[event.counter].press
    assert press is not None, "decide lets only a remembered press be undone"  # noqa: S101
    moved = [*press.before, *(before.tickets[t.id] for t in press.before)]
    return Touched(
        tickets=tuple(ticket.id for ticket in press.before),
        counters=_counters_of(before, event.counter, *moved),
        services=_unique(*(ticket.service for ticket in moved)),
        undone=(event.first, event.last),
    )


def _touched_by_counter(before: Hall, after: Hall, _rec: ev.Recorded, event: Any) -> Touched:
    counter = before.counters[event.counter], after.counters[event.counter]
    return Touched(counters=(event.counter,), services=_unique(*(s for c in counter for s in c.own + c.help)))


def _touched_by_breaks(_before: Hall, _after: Hall, _rec: ev.Recorded, event: ev.BreaksPlanned) -> Touched:
    return Touched(counters=(event.counter,))


def _touched_by_advice(_before: Hall, after: Hall, recorded: ev.Recorded, event: Any) -> Touched:
    return Touched(advice=advice_answered(after, recorded, event))


def _touched_by_centre(before: Hall, after: Hall, _rec: ev.Recorded, event: ev.Event) -> Touched:
    plan = any(getattr(before, what) is not getattr(after, what) for what in ("skills", "rota", "slots"))
    day = isinstance(event, ev.DayStarted)
    return Touched(
        counters=tuple(after.counters),
        services=tuple(after.services),
        centre=True,
        plan=plan,
        notices=day,
        assistance=day,
    )


def _touched_by_skills(_before: Hall, after: Hall, _rec: ev.Recorded, event: ev.SkillsSaved) -> Touched:
    return Touched(counters=tuple(c.number for c in after.counters.values() if c.clerk == event.clerk), plan=True)


def _touched_by_rota(_before: Hall, after: Hall, _rec: ev.Recorded, _event: ev.RotaSaved) -> Touched:
    return Touched(counters=tuple(after.counters), plan=True)


def _touched_by_times(_before: Hall, _after: Hall, _rec: ev.Recorded, _event: ev.Event) -> Touched:
    return Touched(plan=True)


def _touched_by_note(_before: Hall, _after: Hall, _rec: ev.Recorded, _event: ev.Noted) -> Touched:
    return Touched()


def _counters_of(hall: Hall, number: int | None, *tickets: Ticket) -> tuple[int, ...]:
    """The counter of the event, and those that a ticket leaves or comes back to (it may have been kept there)."""
    numbers = dict.fromkeys((number, *(ticket.counter for ticket in tickets)))
    return tuple(n for n in numbers if n is not None and n in hall.counters)


def _unique(*codes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


TOUCHES: dict[type[ev.Event], Callable[[Hall, Hall, ev.Recorded, Any], Touched]] = {
    ev.OverrunExplained: _touched_by_overrun,
    ev.DossiersRecorded: _touched_by_dossiers,
    ev.ServiceRated: _touched_by_rating,
    ev.BookingMade: _touched_by_booking,
    ev.BookingMoved: _touched_by_booking,
    ev.BookingArrived: _touched_by_booking,
    ev.BookingEnded: _touched_by_booking,
    ev.NoticeSaved: _touched_by_notice,
    ev.NoticeRemoved: _touched_by_notice,
    ev.AssistanceAsked: _touched_by_assistance,
    ev.AssistanceGiven: _touched_by_assistance,
    ev.SlotsSaved: _touched_by_times,
    ev.ClosedDaysSaved: _touched_by_times,
    ev.PressUndone: _touched_by_undo,
    ev.CounterOpened: _touched_by_counter,
    ev.CounterPaused: _touched_by_counter,
    ev.CounterClosed: _touched_by_counter,
    ev.CounterServicesSet: _touched_by_counter,
    ev.BreaksPlanned: _touched_by_breaks,
    ev.AdviceAccepted: _touched_by_advice,
    ev.AdviceDeclined: _touched_by_advice,
    **dict.fromkeys(CENTRE_EVENTS, _touched_by_centre),
    ev.SkillsSaved: _touched_by_skills,
    ev.RotaSaved: _touched_by_rota,
    ev.Noted: _touched_by_note,
}
