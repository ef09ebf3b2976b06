"""What has happened to a booking."""

from dataclasses import dataclass
from typing import TypeAlias

from app.core.bookings import BookingKind, BookingState


@dataclass(frozen=True, slots=True)
class BookingMade:
    booking: str
    code: str
    kind: BookingKind
    service: str
    day: str
    at: int
    until: int | None = None
    procedure: str | None = None
    language: str = "vi"
    claimed: bool = False
    series: int | None = None
    number: str | None = None
    clerk: str | None = None


@dataclass(frozen=True, slots=True)
class BookingMoved:
    booking: str
    day: str
    at: int
    clerk: str | None


@dataclass(frozen=True, slots=True)
class BookingArrived:
    """The TicketIssued of its ticket follows in the same command."""

    booking: str
    ticket: str


@dataclass(frozen=True, slots=True)
class BookingEnded:
    """Without a ticket: `state` says how."""

    booking: str
    state: BookingState


BookingEvent: TypeAlias = BookingMade | BookingMoved | BookingArrived | BookingEnded
