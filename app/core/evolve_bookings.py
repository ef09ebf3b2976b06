"""How bookings follow from events; `evolve` is the door."""

from collections.abc import Callable
from typing import Any

from app.core import events as ev
from app.core.bookings import Booking, BookingState
from app.core.draft import Draft
from app.core.values import changed


def _make(draft: Draft, rec: ev.Recorded, event: ev.BookingMade) -> None:
    """A number from home is the next of its series: nobody else gets it."""
    if event.series is not None:
        draft.series[event.service] = event.series
    booking = Booking(
        id=event.booking,
        code=event.code,
        kind=event.kind,
        service=event.service,
        day=event.day,
        at=event.at,
        made_at=rec.at,
        until=event.until,
        procedure=event.procedure,
        language=event.language,
        claimed=event.claimed,
        series=event.series,
        number=event.number,
        clerk=event.clerk,
    )
    _put(draft, booking)


def _move(draft: Draft, _rec: ev.Recorded, event: ev.BookingMoved) -> None:
    _put(draft, changed(draft.bookings[event.booking], day=event.day, at=event.at, clerk=event.clerk))


def _arrive(draft: Draft, _rec: ev.Recorded, event: ev.BookingArrived) -> None:
    booking = draft.bookings[event.booking]
    _put(draft, changed(booking, state=BookingState.ARRIVED, ticket=event.ticket))


def _end(draft: Draft, _rec: ev.Recorded, event: ev.BookingEnded) -> None:
    _put(draft, changed(draft.bookings[event.booking], state=event.state))


def _put(draft: Draft, booking: Booking) -> None:
    draft.bookings = {**draft.bookings, booking.id: booking}


HANDLERS: dict[type[ev.Event], Callable[[Draft, ev.Recorded, Any], None]] = {
    ev.BookingMade: _make,
    ev.BookingMoved: _move,
    ev.BookingArrived: _arrive,
    ev.BookingEnded: _end,
}
