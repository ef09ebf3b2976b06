"""Commands about a counter: presses, and who sits there and serves what."""

from dataclasses import dataclass
from typing import TypeAlias

from app.core.advice import Expected, Move
from app.core.hall import Break


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


Press: TypeAlias = (
    CallNext | CallTicket | Recall | Arrive | Finish | Miss | Park | Transfer | RefusePriority | UndoPress
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
