"""What has happened, in the past tense. An event never changes and is never taken back, only answered by another."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from app.core.advice import Expected, Move
from app.core.bookings import BookingKind, BookingState
from app.core.centre import Notice, Service, Settings, Shift, SlotRule
from app.core.hall import Break, CounterKind


@dataclass(frozen=True, slots=True)
class Reason:
    """Why this ticket was called: a code with the facts that a clerk can repeat to a citizen."""

    code: str
    waited_s: int = 0
    service: str = ""


@dataclass(frozen=True, slots=True)
class DayStarted:
    pass


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
    """A missed citizen is back and stands just behind `place_at`; a parked one is back for the same counter."""

    ticket: str
    place_at: int


@dataclass(frozen=True, slots=True)
class TicketCancelled:
    ticket: str


@dataclass(frozen=True, slots=True)
class TicketClosed:
    ticket: str


@dataclass(frozen=True, slots=True)
class PressUndone:
    """The press whose events are `first` to `last` is taken back."""

    counter: int
    verb: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class CounterOpened:
    counter: int
    clerk: str | None


@dataclass(frozen=True, slots=True)
class CounterPaused:
    counter: int
    until: str | None = None


@dataclass(frozen=True, slots=True)
class CounterClosed:
    counter: int


@dataclass(frozen=True, slots=True)
class CounterServicesSet:
    counter: int
    own: tuple[str, ...]
    help: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BreaksPlanned:
    counter: int
    breaks: tuple[Break, ...]


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


@dataclass(frozen=True, slots=True)
class AdviceAccepted:
    """The events of the move itself follow in the same command."""

    advice: str
    counter: int
    move: Move
    expected: Expected


@dataclass(frozen=True, slots=True)
class AdviceDeclined:
    advice: str
    counter: int
    move: Move
    expected: Expected
    reason: str


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


@dataclass(frozen=True, slots=True)
class AssistanceAsked:
    place: str


@dataclass(frozen=True, slots=True)
class AssistanceGiven:
    place: str


@dataclass(frozen=True, slots=True)
class NoticeSaved:
    notice: Notice


@dataclass(frozen=True, slots=True)
class NoticeRemoved:
    notice: str


@dataclass(frozen=True, slots=True)
class SlotsSaved:
    slots: tuple[SlotRule, ...]


@dataclass(frozen=True, slots=True)
class SkillsSaved:
    clerk: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RotaSaved:
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class SettingsSaved:
    settings: Settings


@dataclass(frozen=True, slots=True)
class ServiceSaved:
    service: Service


@dataclass(frozen=True, slots=True)
class ServiceRemoved:
    service: str


@dataclass(frozen=True, slots=True)
class CounterSaved:
    counter: int
    name: str
    own: tuple[str, ...]
    help: tuple[str, ...]
    kind: CounterKind = CounterKind.DESK


@dataclass(frozen=True, slots=True)
class CounterRemoved:
    counter: int


@dataclass(frozen=True, slots=True)
class CatalogueReplaced:
    """The procedures that people come for, as (code, service) pairs; their texts are the store's."""

    procedures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """Something outside the hall that must stand in the log: people, devices, procedures. No secrets."""

    what: str
    name: str
    detail: str = ""


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
CounterEvent: TypeAlias = (
    PressUndone
    | CounterOpened
    | CounterPaused
    | CounterClosed
    | CounterServicesSet
    | BreaksPlanned
    | AdviceAccepted
    | AdviceDeclined
)
BookingEvent: TypeAlias = BookingMade | BookingMoved | BookingArrived | BookingEnded
CentreEvent: TypeAlias = (
    DayStarted
    | SettingsSaved
    | ServiceSaved
    | ServiceRemoved
    | CounterSaved
    | CounterRemoved
    | CatalogueReplaced
    | SkillsSaved
    | RotaSaved
    | SlotsSaved
    | AssistanceAsked
    | AssistanceGiven
    | NoticeSaved
    | NoticeRemoved
    | Noted
)
Event: TypeAlias = TicketEvent | CounterEvent | BookingEvent | CentreEvent


class Recorded(NamedTuple):
    """An event with its place in the log.

    `command` is the seq of the first event of the same command: what was pressed once is undone at once.
    """

    seq: int
    at: int
    day: str
    actor: str
    command: int
    event: Event
