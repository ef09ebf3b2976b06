"""What has happened to a ticket."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Reason:
    """Why this ticket was called: a code with the facts that a clerk can repeat to a citizen."""

    code: str
    waited_s: int = 0
    service: str = ""


@dataclass(frozen=True, slots=True)
class TicketIssued:
    """`place_at`: since when its age counts, ms, where that is not now; see book.py."""

    ticket: str
    service: str
    series: int
    number: str
    procedure: str | None = None
    priority: str | None = None
    language: str = "vi"
    channel: str = "kiosk"
    then: tuple[str, ...] = ()
    dossiers: int = 1
    claimed: bool = False
    place_at: int | None = None
    booking: str | None = None


@dataclass(frozen=True, slots=True)
class TicketCalled:
    ticket: str
    counter: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class TicketRecalled:
    ticket: str
    counter: int


@dataclass(frozen=True, slots=True)
class CitizenArrived:
    ticket: str
    counter: int


@dataclass(frozen=True, slots=True)
class TicketFinished:
    ticket: str
    counter: int


@dataclass(frozen=True, slots=True)
class TicketMissed:
    ticket: str
    counter: int


@dataclass(frozen=True, slots=True)
class TicketParked:
    ticket: str
    counter: int


@dataclass(frozen=True, slots=True)
class TicketTransferred:
    ticket: str
    counter: int
    service: str
    back: bool = False


@dataclass(frozen=True, slots=True)
class ServiceContinued:
    """The next service of the same visit begins at the same counter."""

    ticket: str
    counter: int
    service: str


@dataclass(frozen=True, slots=True)
class PriorityGiven:
    ticket: str


@dataclass(frozen=True, slots=True)
class PriorityConfirmed:
    ticket: str


@dataclass(frozen=True, slots=True)
class PriorityRefused:
    """The citizen waits again, in the place among everybody."""

    ticket: str
    counter: int


@dataclass(frozen=True, slots=True)
class TicketLetPass:
    """The citizen stands just behind `place_at` now."""

    ticket: str
    place_at: int


@dataclass(frozen=True, slots=True)
class ServiceRated:
    ticket: str
    counter: int
    service: str
    face: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class TicketReturned:
    """A missed citizen is back and stands just behind `place_at`; a parked one is back for the same counter.

    `queues`: that counter calls nobody now, and the parked one stands among everybody again, in the old place.
    """

    ticket: str
    place_at: int
    queues: bool = False


@dataclass(frozen=True, slots=True)
class TicketCancelled:
    ticket: str


@dataclass(frozen=True, slots=True)
class TicketClosed:
    ticket: str


@dataclass(frozen=True, slots=True)
class OverrunExplained:
    ticket: str
    counter: int
    reason: str


@dataclass(frozen=True, slots=True)
class DossiersRecorded:
    ticket: str
    counter: int
    received_online: int
    received_in_person: int
    returned_before: int
    returned_on: int
    returned_after: int


TicketEvent: TypeAlias = (
    TicketIssued
    | TicketCalled
    | TicketRecalled
    | CitizenArrived
    | TicketFinished
    | TicketMissed
    | TicketParked
    | TicketTransferred
    | ServiceContinued
    | PriorityGiven
    | PriorityConfirmed
    | PriorityRefused
    | TicketLetPass
    | ServiceRated
    | TicketReturned
    | TicketCancelled
    | TicketClosed
    | OverrunExplained
    | DossiersRecorded
)
