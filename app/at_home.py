"""What somebody at home is told: which numbers are left, when the turn would come, how it stands with one's own."""

import secrets
from dataclasses import asdict
from typing import Any

from app.core.book import home_place
from app.core.bookings import Booking, BookingKind, BookingState
from app.core.centre import Service
from app.core.closed_days import closed_on
from app.core.coverage import closes_at
from app.core.hall import PRIORITY, CounterKind, CounterState, Hall, Place, Ticket
from app.core.routing import people_ahead
from app.core.slots import MINUTE_MS, home_left, home_state, moment
from app.plain import active_services, as_forecast, booking, iso
from app.views import Views

COME_BEFORE_MIN = 20
"""So long before the turn is expected one should set out to be there: whoever comes earlier only waits."""
CODES = 10**6


def home_view(hall: Hall, views: Views, now: int, asked: str = "") -> dict[str, Any]:
    """Whether and for what a number can be taken from home; `asked`: the code of a service that was asked for."""
    settings, state = hall.settings, home_state(hall, now)
    closed = closed_on(hall, hall.day) if state == "closed" else None
    offered = [] if state in ("off", "closed") else services_from_afar(hall, asked)
    return {
        "state": state,
        "closed": asdict(closed) if closed else None,
        "from": settings.home_from,
        "until": settings.home_until,
        "opens_at": iso(hall, moment(hall, hall.day, settings.home_from)),
        "travel_min": settings.home_travel_min,
        "grace_min": settings.home_grace_min,
        "one_per_person": settings.one_per_person,
        "services": [_service(hall, views, each.code, now) for each in offered],
        "now": iso(hall, now),
    }


def services_from_afar(hall: Hall, asked: str) -> list[Service]:
    """What one comes to the centre for: not what only its self-service PCs do, unless asked for by code."""
    return [each for each in active_services(hall) if each.code == asked or not _only_at_stations(hall, each.code)]


def _only_at_stations(hall: Hall, service: str) -> bool:
    kinds = {each.kind for each in hall.counters.values() if service in each.own + each.help}
    return kinds == {CounterKind.STATION}


def _service(hall: Hall, views: Views, code: str, now: int) -> dict[str, Any]:
    service, ready = hall.services[code], ready_at(hall, views, code, now)
    served = is_served_at(hall, code, ready, now)
    return {
        "code": code,
        "name": service.name,
        "name_en": service.name_en,
        "left": left_of(hall, code) if served else 0,
        "served": served,
        "waiting": len(hall.queue(code)),
        "forecast": as_forecast(views.wait(hall, code, now)),
        "ready_at": iso(hall, ready),
    }


def left_of(hall: Hall, code: str) -> int:
    """No more than the service has for the whole day."""
    limit = hall.services[code].daily_limit
    left = home_left(hall, code)
    return left if limit is None else max(0, min(left, limit - hall.series.get(code, 0)))


def ready_at(hall: Hall, views: Views, service: str, now: int) -> int:
    """When whoever books now should be there, ms: not before the way is done, nor before it could be their turn."""
    expected = views.wait(hall, service, now)
    soonest = now + expected.low_min * MINUTE_MS if expected else now
    return max(now + hall.settings.home_travel_min * MINUTE_MS, soonest)


def is_served_at(hall: Hall, service: str, at: int, now: int) -> bool:
    """Whether a counter for the service is still there at `at`, later today (both ms), as far as the rota tells.

    Nobody should come on a Sunday, or for a turn after closing. A counter that is open without a shift stays open,
    a self-service PC too, at which no clerk sits.
    """
    if not hall.rota:
        return True
    serving = [each for each in hall.counters.values() if service in each.own + each.help]
    ends = [(each, closes_at(hall, each, now)) for each in serving]
    return any(each.state is not CounterState.CLOSED if end is None else at < end for each, end in ends)


def own_booking(hall: Hall, each: Booking, now: int) -> dict[str, Any]:
    """As whoever booked sees it: also since when to come, and how many stand before."""
    view: dict[str, Any] = booking(hall, each, now)
    come_from = max(each.made_at, each.at - COME_BEFORE_MIN * MINUTE_MS)
    return view | {"come_from": iso(hall, come_from), "ahead": _ahead(hall, each, now)}


def _ahead(hall: Hall, own: Booking, now: int) -> int:
    """Who would be called before, in the hall or on the way, if whoever booked checked in now."""
    if own.kind is not BookingKind.HOME or own.state is not BookingState.BOOKED:
        return 0
    coming = [
        each
        for each in hall.bookings.values()
        if (each.kind, each.state, each.service) == (own.kind, own.state, own.service)
        and each.day == own.day
        and (each.series or 0) < (own.series or 0)
    ]
    return people_ahead(hall, _checked_in(hall, own, now)) + len(coming)


def _checked_in(hall: Hall, own: Booking, now: int) -> Ticket:
    """What check-in would make of a number from home now."""
    place = Place(home_place(hall, own, now), hall.seq + 1)
    return Ticket(
        own.id,
        own.day,
        own.series or 0,
        own.number or "",
        own.service,
        own.service,
        now,
        place,
        now,
        priority=PRIORITY if own.claimed else None,
    )


def new_code(hall: Hall) -> str:
    """Six random digits that no open booking has. Under the hub's lock, so that nobody else takes them meanwhile."""
    taken = {each.code for each in hall.bookings.values() if each.state is BookingState.BOOKED}
    return next(code for code in iter(lambda: f"{secrets.randbelow(CODES):06d}", None) if code not in taken)


def booking_of_code(hall: Hall, code: str) -> Booking | None:
    """The open one; else the newest that had it, so that its holder is told what became of it."""
    found = [each for each in hall.bookings.values() if each.code == code]
    return max(found, key=lambda each: (each.state is BookingState.BOOKED, each.made_at), default=None)
