"""Bookings as a calendar file (RFC 5545). It comes into foreign hands, so nobody's name or address is in it."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from app.booking_words import rule_words
from app.core.bookings import Booking, BookingKind, BookingState
from app.core.hall import Hall
from app.i18n import gettext

MAKER: Final = "-//Toi Luot//Queue management//VI"
VISIT: Final = timedelta(minutes=30)
SUMMARIES: Final = {
    BookingKind.HOME: "Your number %(number)s: %(service)s",
    BookingKind.SLOT: "Appointment: %(service)s",
    BookingKind.VISIT: "Home visit: %(service)s",
}


def calendar_of(hall: Hall, booking: Booking, now: int, language: str, base: str) -> bytes:
    """For whoever booked. `now` in ms; `base`: the address of this server."""
    event = _event(hall, booking, now, language)
    page = f"{base.rstrip('/')}/b/{booking.id}"
    code = gettext(language, "Code for checking in: %(code)s", code=booking.code)
    lines = [rule_words(language, hall, booking), page]
    if booking.kind is not BookingKind.VISIT:
        lines.insert(1, code)
        event.add("location", _centre(hall, language))
    event.add("description", "\n".join(lines))
    event.add("url", page)
    return _file([event])


def calendar_of_visits(hall: Hall, visits: Sequence[Booking], now: int, language: str, base: str) -> bytes:
    """For the clerk who goes there: when and for what. To whom stands on the page, behind the sign-in."""
    events = []
    for booking in sorted(visits, key=lambda each: each.at):
        event = _event(hall, booking, now, language)
        page = f"{base.rstrip('/')}/bookings?day={booking.day}"
        event.add("description", gettext(language, "Name and address: %(page)s", page=page))
        event.add("url", page)
        events.append(event)
    return _file(events)


def _event(hall: Hall, booking: Booking, now: int, language: str) -> Event:
    service = hall.services.get(booking.service)
    name = booking.service if service is None else (language == "en" and service.name_en) or service.name
    lasts = timedelta(seconds=service.handle_target_s) if service and booking.kind is not BookingKind.VISIT else VISIT
    event = Event()
    event.add("uid", f"{_fingerprint(booking.id)}@toiluot")
    event.add("dtstamp", _time(now))
    event.add("dtstart", _time(booking.at))
    event.add("dtend", _time(booking.at) + lasts)
    event.add("summary", gettext(language, SUMMARIES[booking.kind], service=name, number=booking.number))
    cancelled = booking.state is BookingState.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("sequence", int(cancelled))
    return event


def _fingerprint(id_: str) -> str:
    """The same each time, and not the id itself: with that one somebody could cancel."""
    return hashlib.sha256(id_.encode()).hexdigest()[:32]


def _centre(hall: Hall, language: str) -> str:
    return (language == "en" and hall.settings.name_en) or hall.settings.name


def _time(at: int) -> datetime:
    """UTC needs no table of a zone's rules in the file; every calendar shows it in the phone's own zone."""
    return datetime.fromtimestamp(at // 1000, UTC)


def _file(events: Sequence[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events:
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made
