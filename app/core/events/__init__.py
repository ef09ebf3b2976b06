"""What has happened, in the past tense. An event never changes and is never taken back, only answered by another."""

from typing import NamedTuple, TypeAlias

from app.core.events.bookings import BookingArrived, BookingEnded, BookingEvent, BookingMade, BookingMoved
from app.core.events.centre import (
    AssistanceAsked,
    AssistanceGiven,
    CatalogueReplaced,
    CentreEvent,
    ClosedDaysSaved,
    CounterRemoved,
    CounterSaved,
    DayStarted,
    Noted,
    NoticeRemoved,
    NoticeSaved,
    RotaSaved,
    ServiceRemoved,
    ServiceSaved,
    SettingsSaved,
    SkillsSaved,
    SlotsSaved,
)
from app.core.events.counters import (
    AdviceAccepted,
    AdviceDeclined,
    BreaksPlanned,
    CounterClosed,
    CounterEvent,
    CounterOpened,
    CounterPaused,
    CounterServicesSet,
    PressUndone,
)
from app.core.events.tickets import (
    CitizenArrived,
    DossiersRecorded,
    OverrunExplained,
    PriorityConfirmed,
    PriorityGiven,
    PriorityRefused,
    Reason,
    ServiceContinued,
    ServiceRated,
    TicketCalled,
    TicketCancelled,
    TicketClosed,
    TicketEvent,
    TicketFinished,
    TicketIssued,
    TicketLetPass,
    TicketMissed,
    TicketParked,
    TicketRecalled,
    TicketReturned,
    TicketTransferred,
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


__all__ = [
    "AdviceAccepted",
    "AdviceDeclined",
    "AssistanceAsked",
    "AssistanceGiven",
    "BookingArrived",
    "BookingEnded",
    "BookingEvent",
    "BookingMade",
    "BookingMoved",
    "BreaksPlanned",
    "CatalogueReplaced",
    "CentreEvent",
    "CitizenArrived",
    "ClosedDaysSaved",
    "CounterClosed",
    "CounterEvent",
    "CounterOpened",
    "CounterPaused",
    "CounterRemoved",
    "CounterSaved",
    "CounterServicesSet",
    "DayStarted",
    "DossiersRecorded",
    "Event",
    "Noted",
    "NoticeRemoved",
    "NoticeSaved",
    "OverrunExplained",
    "PressUndone",
    "PriorityConfirmed",
    "PriorityGiven",
    "PriorityRefused",
    "Reason",
    "Recorded",
    "RotaSaved",
    "ServiceContinued",
    "ServiceRated",
    "ServiceRemoved",
    "ServiceSaved",
    "SettingsSaved",
    "SkillsSaved",
    "SlotsSaved",
    "TicketCalled",
    "TicketCancelled",
    "TicketClosed",
    "TicketEvent",
    "TicketFinished",
    "TicketIssued",
    "TicketLetPass",
    "TicketMissed",
    "TicketParked",
    "TicketRecalled",
    "TicketReturned",
    "TicketTransferred",
]
