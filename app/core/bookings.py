"""A booking: a place that somebody has before being there. What it becomes is a ticket, on check-in."""

from dataclasses import dataclass
from enum import StrEnum


class BookingKind(StrEnum):
    """A number taken from home for today, an appointment at the centre, a visit of a clerk at somebody's home."""

    HOME = "home"
    SLOT = "slot"
    VISIT = "visit"


class BookingState(StrEnum):
    """`lapsed`: a number from home that nobody came for in time; `missed`: an appointment that nobody came to."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    DONE = "done"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    MISSED = "missed"


@dataclass(frozen=True)
class Booking:
    """`at`: the time booked, or, of a number from home, when its turn is expected. `until`: the last check-in.

    `id` cannot be guessed; `code` is the short one that a citizen types at the kiosk. `series` and `number` are
    reserved for a number from home. `clerk` (sign-in name) goes to a home visit. Who booked stands elsewhere, sealed.
    Times in ms since the epoch.
    """

    id: str
    code: str
    kind: BookingKind
    service: str
    day: str
    at: int
    made_at: int
    until: int | None = None
    procedure: str | None = None
    language: str = "vi"
    claimed: bool = False
    series: int | None = None
    number: str | None = None
    clerk: str | None = None
    state: BookingState = BookingState.BOOKED
    ticket: str | None = None
