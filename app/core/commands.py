"""What somebody wants, in the imperative. A command may be refused; it changes nothing by itself."""

from dataclasses import dataclass
from typing import TypeAlias

from app.core.hall import Service, Settings


@dataclass(frozen=True, slots=True)
class StartDay:
    """Begin the centre's new day if midnight has passed; harmless otherwise."""


@dataclass(frozen=True, slots=True)
class IssueTicket:
    """`ticket` is the public id, made unguessable by the caller."""

    ticket: str
    service: str
    procedure: str | None = None
    priority: str | None = None
    language: str = "vi"
    channel: str = "kiosk"


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
    service: str = ""


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


Press: TypeAlias = CallNext | CallTicket | Recall | Arrive | Finish | Miss | Park | Transfer | UndoPress
TicketCommand: TypeAlias = IssueTicket | ReturnTicket | CancelTicket | CloseTicket
CounterCommand: TypeAlias = OpenCounter | PauseCounter | CloseCounter | SetCounterServices
CentreCommand: TypeAlias = (
    StartDay
    | SaveSettings
    | SaveService
    | RemoveService
    | SaveCounter
    | RemoveCounter
    | ReplaceCatalogue
    | Note
    | Together
)
Command: TypeAlias = TicketCommand | Press | CounterCommand | CentreCommand
