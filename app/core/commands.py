"""What somebody wants, in the imperative. A command may be refused; it changes nothing by itself."""

from dataclasses import dataclass
from typing import TypeAlias

from app.core.advice import Expected, Move
from app.core.centre import Notice, Service, Settings, Shift, SlotRule
from app.core.hall import Break, CounterKind


@dataclass(frozen=True, slots=True)
class StartDay:
    """Begin the centre's new day if midnight has passed; harmless otherwise."""


@dataclass(frozen=True, slots=True)
class IssueTicket:
    """`ticket` is the public id, made unguessable by the caller.

    `priority` is a class's code; `claimed`: by the citizen, for a clerk to confirm. `then` are further services of the
    same visit, in order; `dossiers` how many the citizen brings.
    """

    ticket: str
    service: str
    procedure: str | None = None
    priority: str | None = None
    language: str = "vi"
    channel: str = "kiosk"
    then: tuple[str, ...] = ()
    dossiers: int = 1
    claimed: bool = False


@dataclass(frozen=True, slots=True)
class GivePriority:
    """Staff have seen that a waiting citizen is of the class `priority`."""

    ticket: str
    priority: str


@dataclass(frozen=True, slots=True)
class ConfirmPriority:
    """What the citizen said is right."""

    ticket: str


@dataclass(frozen=True, slots=True)
class LetPass:
    """Let the next `count` citizens of the same line go before."""

    ticket: str
    count: int = 2


@dataclass(frozen=True, slots=True)
class RateService:
    """How the service was: `face` 1 not satisfied, 2 satisfied, 3 very satisfied; one of hall.RATING_REASONS."""

    ticket: str
    face: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ReturnTicket:
    ticket: str


@dataclass(frozen=True, slots=True)
class CancelTicket:
    ticket: str


@dataclass(frozen=True, slots=True)
class CloseTicket:
    ticket: str


@dataclass(frozen=True, slots=True)
class AtCounter:
    """A press at a counter.

    `seen` is the id of the ticket that the presser sees there ("" for nobody); where it is given and the
    counter has moved on, the press is refused. None: the presser cannot see (a pad with one key).
    """

    counter: int
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class CallNext(AtCounter):
    """`deliberate`: the caller tells its presses apart (by a key), so two quick ones are two."""

    deliberate: bool = False


@dataclass(frozen=True, slots=True)
class CallTicket(AtCounter):
    """Out of turn, from the list."""

    ticket: str = ""


@dataclass(frozen=True, slots=True)
class Recall(AtCounter):
    pass


@dataclass(frozen=True, slots=True)
class Arrive(AtCounter):
    pass


@dataclass(frozen=True, slots=True)
class Finish(AtCounter):
    pass


@dataclass(frozen=True, slots=True)
class Miss(AtCounter):
    pass


@dataclass(frozen=True, slots=True)
class Park(AtCounter):
    pass


@dataclass(frozen=True, slots=True)
class Transfer(AtCounter):
    """`back`: afterwards for the present service again, as of a form that is filled in at a station."""

    service: str = ""
    back: bool = False


@dataclass(frozen=True, slots=True)
class RefusePriority(AtCounter):
    """The citizen who was called for a claim of priority has none."""


@dataclass(frozen=True, slots=True)
class UndoPress(AtCounter):
    pass


@dataclass(frozen=True, slots=True)
class OpenCounter:
    """`clerk` is the name of the person who sits there from now on; None keeps whoever does, or nobody."""

    counter: int
    clerk: str | None = None


@dataclass(frozen=True, slots=True)
class PauseCounter:
    """`until`: HH:MM as told to the hall, or None."""

    counter: int
    until: str | None = None


@dataclass(frozen=True, slots=True)
class CloseCounter:
    counter: int


@dataclass(frozen=True, slots=True)
class SetCounterServices:
    counter: int
    own: tuple[str, ...]
    help: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanBreaks:
    """Announce all the breaks that a counter takes today; none: those of the rota stand again."""

    counter: int
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class ExplainOverrun:
    """Why the handling of a ticket took longer than its target: one of hall.OVERRUN_REASONS."""

    counter: int
    ticket: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordDossiers:
    """What a ticket brought and took home. A second time corrects the first, down to nothing."""

    counter: int
    ticket: str
    received_online: int = 0
    received_in_person: int = 0
    returned_before: int = 0
    returned_on: int = 0
    returned_after: int = 0


@dataclass(frozen=True, slots=True)
class AcceptAdvice:
    """Make the move. `advice` is its id, which no other advice of the day has."""

    advice: str
    move: Move
    expected: Expected


@dataclass(frozen=True, slots=True)
class DeclineAdvice:
    """`reason`: one of hall.DECLINE_REASONS."""

    advice: str
    move: Move
    expected: Expected
    reason: str


@dataclass(frozen=True, slots=True)
class SaveSkills:
    """The services that a clerk (sign-in name) is able to do; none: the entry is forgotten."""

    clerk: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaveRota:
    """The whole week at once."""

    shifts: tuple[Shift, ...]


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


@dataclass(frozen=True, slots=True)
class AskAssistance:
    """A helper is wanted at `place`: counter:N (a station), kiosk:NAME or robot:NAME."""

    place: str


@dataclass(frozen=True, slots=True)
class GiveAssistance:
    """A helper has come, or is not wanted any more."""

    place: str


@dataclass(frozen=True, slots=True)
class SaveNotice:
    notice: Notice


@dataclass(frozen=True, slots=True)
class RemoveNotice:
    notice: str


@dataclass(frozen=True, slots=True)
class SaveSlots:
    """The times of the whole week that can be booked, at once."""

    slots: tuple[SlotRule, ...]


@dataclass(frozen=True, slots=True)
class SaveSettings:
    settings: Settings


@dataclass(frozen=True, slots=True)
class SaveService:
    service: Service


@dataclass(frozen=True, slots=True)
class RemoveService:
    service: str


@dataclass(frozen=True, slots=True)
class SaveCounter:
    counter: int
    name: str
    own: tuple[str, ...]
    help: tuple[str, ...]
    kind: CounterKind = CounterKind.DESK


@dataclass(frozen=True, slots=True)
class RemoveCounter:
    counter: int


@dataclass(frozen=True, slots=True)
class ReplaceCatalogue:
    """All procedures, as (code, service) pairs."""

    procedures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Put a change of people, devices or procedures into the log."""

    what: str
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Together:
    """Several edits of the centre as one: all of them or none. Not for presses: one press is one undo.

    Services may change letters among themselves: only the last of the edits must leave each letter to one of them.
    """

    commands: "tuple[Command, ...]"


Press: TypeAlias = (
    CallNext | CallTicket | Recall | Arrive | Finish | Miss | Park | Transfer | RefusePriority | UndoPress
)
TicketCommand: TypeAlias = (
    IssueTicket
    | ReturnTicket
    | CancelTicket
    | CloseTicket
    | GivePriority
    | ConfirmPriority
    | LetPass
    | RateService
    | AskAssistance
    | GiveAssistance
)
BookingCommand: TypeAlias = (
    BookHome | BookSlot | BookVisit | ChangeVisit | FinishVisit | CancelBooking | CheckIn | LapseBookings
)
CounterCommand: TypeAlias = (
    OpenCounter
    | PauseCounter
    | CloseCounter
    | SetCounterServices
    | PlanBreaks
    | ExplainOverrun
    | RecordDossiers
    | AcceptAdvice
    | DeclineAdvice
)
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
    | SaveNotice
    | RemoveNotice
    | Note
    | Together
)
Command: TypeAlias = TicketCommand | BookingCommand | Press | CounterCommand | CentreCommand
