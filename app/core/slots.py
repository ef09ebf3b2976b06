"""What can still be booked, today and later."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.core.bookings import Booking, BookingKind, BookingState
from app.core.centre import SlotRule
from app.core.closed_days import closed_on
from app.core.hall import Hall

MINUTE_MS = 60_000
# A number that lapsed or a time that was missed is not given to somebody else; one that was given back is.
TAKEN = frozenset(BookingState) - {BookingState.CANCELLED}
MOST_MADE = 2  # times the share, with those given back


class Slot(NamedTuple):
    """A time (ms since the epoch) of a service, and how many may still book it."""

    at: int
    free: int


def free_slots(hall: Hall, service: str, day: str, now: int) -> list[Slot]:
    """The times of a service on a day (YYYY-MM-DD) that have not begun and that somebody may still book, in order."""
    return [slot for slot in slots_of(hall, service, day) if slot.at > now and slot.free > 0]


def slots_of(hall: Hall, service: str, day: str) -> list[Slot]:
    """Every time of a service on a day, also those that are full; on a closed day none."""
    if closed_on(hall, day):
        return []
    weekday, capacity = date.fromisoformat(day).weekday(), Counter[int]()
    for rule in hall.slots:
        if rule.service == service and rule.weekday == weekday:
            capacity.update(dict.fromkeys(_times(hall, rule, day), rule.capacity))
    if not capacity:  # most services on most days: nobody's bookings need be counted
        return []
    taken = Counter(each.at for each in bookings_of(hall, service, day, BookingKind.SLOT))
    return [Slot(at, most - taken[at]) for at, most in sorted(capacity.items())]


def home_left(hall: Hall, service: str) -> int:
    """How many numbers may still be taken from home for this service today.

    Each takes one of the day's series for good, also if it is given back: without an end, one phone that takes and
    gives back could use up the daily limit of those who stand in the hall.
    """
    most = hall.settings.home_per_service
    made = [b for b in hall.bookings.values() if (b.service, b.day, b.kind) == (service, hall.day, BookingKind.HOME)]
    kept = sum(booking.state in TAKEN for booking in made)
    return max(0, min(most - kept, MOST_MADE * most - len(made)))


def home_state(hall: Hall, now: int) -> str:
    """Whether numbers can be taken from home at `now`: off, closed, early, open or late."""
    settings = hall.settings
    if not settings.home_numbers:
        return "off"
    if closed_on(hall, hall.day):
        return "closed"
    if now < moment(hall, hall.day, settings.home_from):
        return "early"
    return "open" if now < moment(hall, hall.day, settings.home_until) else "late"


def bookings_of(hall: Hall, service: str, day: str, kind: BookingKind) -> list[Booking]:
    """Those that hold a place of this service on this day."""
    return [
        each
        for each in hall.bookings.values()
        if each.day == day and each.service == service and each.kind is kind and each.state in TAKEN
    ]


def last_day(hall: Hall, now: int) -> str:
    """The last day (YYYY-MM-DD) that can be booked."""
    zone = ZoneInfo(hall.settings.timezone)
    today = datetime.fromtimestamp(now / 1000, zone).date()
    return (today + timedelta(days=hall.settings.appointment_days)).isoformat()


def moment(hall: Hall, day: str, clock: str) -> int:
    """A day and HH:MM of the centre's clock, as ms since the epoch."""
    local = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(hall.settings.timezone))
    return int(local.timestamp() * 1000)


def clock_time(hall: Hall, at: int) -> str:
    """A time (ms since the epoch) as HH:MM of the centre's clock."""
    return f"{datetime.fromtimestamp(at / 1000, ZoneInfo(hall.settings.timezone)):%H:%M}"


def _times(hall: Hall, rule: SlotRule, day: str) -> range:
    return range(moment(hall, day, rule.start), moment(hall, day, rule.end), rule.every_min * MINUTE_MS)
