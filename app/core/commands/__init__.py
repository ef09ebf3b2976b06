"""What somebody wants, in the imperative. A command may be refused; it changes nothing by itself."""

from dataclasses import dataclass
from typing import TypeAlias

from app.core.commands.bookings import (
    BookHome,
    BookingCommand,
    BookSlot,
    BookVisit,
    CancelBooking,
    ChangeVisit,
    CheckIn,
    FinishVisit,
    LapseBookings,
)
from app.core.commands.centre import (
    Note,
    RemoveCounter,
    RemoveNotice,
    RemoveService,
    ReplaceCatalogue,
    SaveClosedDays,
    SaveCounter,
    SaveNotice,
    SaveRota,
    SaveService,
    SaveSettings,
    SaveSkills,
    SaveSlots,
    StartDay,
)
from app.core.commands.counters import (
    AcceptAdvice,
    Arrive,
    AtCounter,
    CallNext,
    CallTicket,
    CloseCounter,
    CounterCommand,
    DeclineAdvice,
    ExplainOverrun,
    Finish,
    Miss,
    OpenCounter,
    Park,
    PauseCounter,
    PlanBreaks,
    Press,
    Recall,
    RecordDossiers,
    RefusePriority,
    SetCounterServices,
    Transfer,
    UndoPress,
)
from app.core.commands.tickets import (
    AskAssistance,
    CancelTicket,
    CloseTicket,
    ConfirmPriority,
    GiveAssistance,
    GivePriority,
    IssueTicket,
    LetPass,
    RateService,
    ReturnTicket,
    TicketCommand,
)


@dataclass(frozen=True, slots=True)
class Together:
    """Several edits of the centre as one: all of them or none. Not for presses: one press is one undo.

    Services may change letters among themselves: only the last of the edits must leave each letter to one of them.
    """

    commands: "tuple[Command, ...]"


CentreCommand: TypeAlias = (
    StartDay
    | SaveSettings
    | SaveService
    | RemoveService
    | SaveCounter
    | RemoveCounter
    | ReplaceCatalogue
    | SaveSkills
    | SaveRota
    | SaveSlots
    | SaveClosedDays
    | SaveNotice
    | RemoveNotice
    | Note
    | Together
)
Command: TypeAlias = TicketCommand | BookingCommand | Press | CounterCommand | CentreCommand

__all__ = [
    "AcceptAdvice",
    "Arrive",
    "AskAssistance",
    "AtCounter",
    "BookHome",
    "BookSlot",
    "BookVisit",
    "BookingCommand",
    "CallNext",
    "CallTicket",
    "CancelBooking",
    "CancelTicket",
    "CentreCommand",
    "ChangeVisit",
    "CheckIn",
    "CloseCounter",
    "CloseTicket",
    "Command",
    "ConfirmPriority",
    "CounterCommand",
    "DeclineAdvice",
    "ExplainOverrun",
    "Finish",
    "FinishVisit",
    "GiveAssistance",
    "GivePriority",
    "IssueTicket",
    "LapseBookings",
    "LetPass",
    "Miss",
    "Note",
    "OpenCounter",
    "Park",
    "PauseCounter",
    "PlanBreaks",
    "Press",
    "RateService",
    "Recall",
    "RecordDossiers",
    "RefusePriority",
    "RemoveCounter",
    "RemoveNotice",
    "RemoveService",
    "ReplaceCatalogue",
    "ReturnTicket",
    "SaveClosedDays",
    "SaveCounter",
    "SaveNotice",
    "SaveRota",
    "SaveService",
    "SaveSettings",
    "SaveSkills",
    "SaveSlots",
    "SetCounterServices",
    "StartDay",
    "TicketCommand",
    "Together",
    "Transfer",
    "UndoPress",
]
