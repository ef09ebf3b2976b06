"""Bookings as staff see them, and who of them may know whom they are of."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from app import plain
from app.api.routes import parts
from app.core.bookings import Booking, BookingKind
from app.core.centre import ClosedDays
from app.core.closed_days import closed_on, standing_on
from app.core.hall import Hall
from app.core.permissions import LEADERS, Actor, Role
from app.core.slots import Slot, free_slots, last_day
from app.sealing import BadKeyFile, CannotOpen, Keyring, key_file
from app.store.persons import sealed_of

View = dict[str, Any]
NEXT_SHOWN = 3


def keyring() -> Keyring:
    config = parts().config
    return Keyring(key_file(config.key_file, config.db))


def free_days(hall: Hall, service: str, now: int) -> list[View]:
    """The days on which something of a service can still be booked."""
    first = date.fromisoformat(hall.day)
    count = (date.fromisoformat(last_day(hall, now)) - first).days + 1
    days = [(first + timedelta(days=ahead)).isoformat() for ahead in range(count)]
    return [told for day in days if (told := free_day(hall, service, day, now))["free"]]


def free_day(hall: Hall, service: str, day: str, now: int) -> View:
    slots = free_slots(hall, service, day, now) if hall.day <= day <= last_day(hall, now) else []
    return {"day": day, "free": sum(slot.free for slot in slots), "times": [_time(hall, slot) for slot in slots]}


def closed_view(hall: Hall, day: str) -> View | None:
    """The closed days that a day is one of."""
    closed = closed_on(hall, day)
    return asdict(closed) if closed else None


def closed_and_standing(hall: Hall) -> list[View]:
    """All closed days, each with what is still booked there."""
    return [asdict(closed) | {"standing": _standing(hall, closed)} for closed in hall.closed]


def _standing(hall: Hall, closed: ClosedDays) -> list[View]:
    counts = Counter((booking.day, booking.kind) for booking in standing_on(hall, closed))
    return [
        {
            "day": day,
            "slots": counts[day, BookingKind.SLOT],
            "visits": counts[day, BookingKind.VISIT],
            "home": counts[day, BookingKind.HOME],
        }
        for day in sorted({day for day, _ in counts})
    ]


def next_times(hall: Hall, service: str, day: str, at: str, now: int) -> list[View]:
    """Where somebody whose time is taken may go instead: the nearest from then on, else the first there are."""
    every = [{"day": each["day"], "at": t["at"]} for each in free_days(hall, service, now) for t in each["times"]]
    later = [each for each in every if (each["day"], each["at"]) > (day, at)]
    return (later or every)[:NEXT_SHOWN]


def listed(hall: Hall, bookings: list[Booking], actor: Actor, now: int) -> list[View]:
    """In the order of their times, with the personal fields of those that concern `actor`."""
    sealed = sealed_of(parts().store.reads, [booking.id for booking in bookings])
    ordered = sorted(bookings, key=lambda booking: (booking.at, booking.made_at))
    return [_listed(hall, booking, actor, now, sealed) for booking in ordered]


def may_know(hall: Hall, actor: Actor, booking: Booking) -> bool:
    """Leaders know of whom any booking is, a clerk of the visits to make and of the services of the own work."""
    if actor.role in LEADERS:
        return True
    if actor.role is not Role.CLERK:
        return False
    if booking.kind is BookingKind.VISIT:
        return booking.clerk == actor.name
    return booking.service in _work_of(hall, actor.name)


def _work_of(hall: Hall, clerk: str) -> set[str]:
    seats = [counter for counter in hall.counters.values() if counter.clerk == clerk]
    return set(hall.skills.get(clerk, ())).union(*(counter.own + counter.help for counter in seats))


def _listed(hall: Hall, booking: Booking, actor: Actor, now: int, sealed: Mapping[str, bytes]) -> View:
    ticket = hall.tickets.get(booking.ticket or "")
    return plain.booking(hall, booking, now) | {
        "clerk": booking.clerk,
        "clerk_name": parts().accounts.full_name(booking.clerk) if booking.clerk else "",
        "mine": booking.clerk == actor.name,
        "ticket_number": ticket.number if ticket else None,
        **_personal(hall, booking, actor, sealed.get(booking.id)),
    }


def _personal(hall: Hall, booking: Booking, actor: Actor, sealed: bytes | None) -> View:
    if sealed is None:
        return {"personal": None, "personal_state": "none"}
    if not may_know(hall, actor, booking):
        return {"personal": None, "personal_state": "hidden"}
    try:
        opened = keyring().open(booking.id, sealed)
    except CannotOpen as shut:
        return {"personal": None, "personal_state": shut.reason}
    except BadKeyFile:
        return {"personal": None, "personal_state": "key_missing"}
    return {"personal": asdict(opened), "personal_state": "open"}


def _time(hall: Hall, slot: Slot) -> View:
    starts = plain.iso(hall, slot.at) or ""
    return {"at": starts[11:16], "starts": starts, "free": slot.free}
