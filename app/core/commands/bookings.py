"""Commands about a place that somebody has before being there."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class BookHome:
    """A number for today, taken from home. `ready_at`: when its turn is expected, ms; the caller's forecast.

    `booking` is the public id, made unguessable by the caller, `code` the six digits that stand for it at the kiosk.
    """

    booking: str
    code: str
    service: str
    ready_at: int
    procedure: str | None = None
    language: str = "vi"
    claimed: bool = False


@dataclass(frozen=True, slots=True)
class BookSlot:
    """An appointment at the time `at` (ms) of `day`, one of slots.free_slots."""

    booking: str
    code: str
    service: str
    day: str
    at: int
    procedure: str | None = None
    language: str = "vi"
    claimed: bool = False


@dataclass(frozen=True, slots=True)
class BookVisit:
    """A clerk (sign-in name, or nobody yet) goes to a citizen's home at `at` (ms) of `day`."""

    booking: str
    code: str
    service: str
    day: str
    at: int
    procedure: str | None = None
    language: str = "vi"
    clerk: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeVisit:
    booking: str
    day: str
    at: int
    clerk: str | None


@dataclass(frozen=True, slots=True)
class FinishVisit:
    booking: str


@dataclass(frozen=True, slots=True)
class CancelBooking:
    booking: str


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Whoever booked is here: the booking becomes the ticket with this public id."""

    booking: str
    ticket: str


@dataclass(frozen=True, slots=True)
class LapseBookings:
    """End the numbers from home that nobody came for in time; for the hub's timer."""


BookingCommand: TypeAlias = (
    BookHome | BookSlot | BookVisit | ChangeVisit | FinishVisit | CancelBooking | CheckIn | LapseBookings
)
