"""Commands about a citizen's ticket."""

from dataclasses import dataclass
from typing import TypeAlias


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
class ReturnTicket:
    ticket: str


@dataclass(frozen=True, slots=True)
class CancelTicket:
    ticket: str


@dataclass(frozen=True, slots=True)
class CloseTicket:
    ticket: str


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
class AskAssistance:
    """A helper is wanted at `place`: counter:N (a station), kiosk:NAME or robot:NAME."""

    place: str


@dataclass(frozen=True, slots=True)
class GiveAssistance:
    """A helper has come, or is not wanted any more."""

    place: str


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
