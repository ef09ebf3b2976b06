"""Who may command what. Judged against the hall inside the hub, so that nothing changes between question and act."""

from dataclasses import dataclass
from enum import StrEnum

from app.core import commands as cmd
from app.core.errors import NotYourCounter, RoleForbids
from app.core.hall import CounterKind, Hall


class Role(StrEnum):
    """People are clerk, supervisor or admin; devices have the role of their kind; the system is the hub itself."""

    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    CLERK = "clerk"
    KIOSK = "kiosk"
    ROBOT = "robot"
    AGENT = "agent"
    DISPLAY = "display"
    CITIZEN = "citizen"
    SYSTEM = "system"


PEOPLE = frozenset({Role.ADMIN, Role.SUPERVISOR, Role.CLERK})
LEADERS = frozenset({Role.ADMIN, Role.SUPERVISOR, Role.SYSTEM})
ISSUERS = frozenset({Role.KIOSK, Role.ROBOT}) | PEOPLE | LEADERS
RATERS = frozenset({Role.CITIZEN, Role.KIOSK, Role.ROBOT, Role.DISPLAY})
"""None who serves, nor who leads them: it would be their own rating, and the citizen's only one would be gone."""

# Whoever holds the id of a ticket or of a booking is a citizen to us.
WHO: tuple[tuple[tuple[type, ...], frozenset[Role]], ...] = (
    ((cmd.RateService,), RATERS),
    ((cmd.CancelTicket, cmd.LetPass, cmd.BookHome, cmd.BookSlot, cmd.CancelBooking), ISSUERS | {Role.CITIZEN}),
    ((cmd.ReturnTicket, cmd.CheckIn, cmd.AskAssistance, cmd.GiveAssistance), ISSUERS),
    (
        (cmd.GivePriority, cmd.ConfirmPriority, cmd.BookVisit, cmd.ChangeVisit, cmd.FinishVisit, cmd.CloseTicket),
        frozenset({Role.CLERK}),
    ),
)
AT_COUNTERS = (cmd.AtCounter, cmd.PauseCounter, cmd.CloseCounter, cmd.ExplainOverrun, cmd.RecordDossiers)
CENTRE = (
    cmd.SaveSettings,
    cmd.SaveService,
    cmd.RemoveService,
    cmd.SaveCounter,
    cmd.RemoveCounter,
    cmd.ReplaceCatalogue,
    cmd.Note,
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who gives a command; `name` is the person's or the device's."""

    name: str
    role: Role

    @property
    def label(self) -> str:
        """As written in the log."""
        return f"{self.role}:{self.name}"


SYSTEM = Actor("hub", Role.SYSTEM)


def check(hall: Hall, command: cmd.Command, actor: Actor) -> None:
    """Raise RoleForbids or NotYourCounter where the actor may not give the command."""
    if isinstance(command, cmd.Together):
        for each in command.commands:
            check(hall, each, actor)
    elif actor.role in LEADERS:
        _check_leader(command, actor)
    elif isinstance(command, AT_COUNTERS):
        _check_own_counter(hall, command.counter, actor)
    elif isinstance(command, cmd.PlanBreaks):
        _require(actor, actor.role is Role.CLERK)
        _check_own_counter(hall, command.counter, actor)
    else:
        _require(actor, _may(hall, command, actor))


def _may(hall: Hall, command: cmd.Command, actor: Actor) -> bool:
    """What is nobody's counter's."""
    clerk = actor.role is Role.CLERK
    match command:
        case cmd.OpenCounter():
            return clerk and command.clerk == actor.name
        case cmd.IssueTicket():
            return actor.role in ISSUERS or _own_phone_in_the_hall(hall, command, actor)
        case cmd.SaveNotice(notice=notice):
            return clerk and notice.kind == "message" and _is_message(hall, notice.id)
        case cmd.RemoveNotice(notice=id_):
            return clerk and _is_message(hall, id_)
        case _:
            return actor.role in next((roles for kinds, roles in WHO if isinstance(command, kinds)), frozenset())


def _own_phone_in_the_hall(hall: Hall, command: cmd.IssueTicket, actor: Actor) -> bool:
    return actor.role is Role.CITIZEN and command.channel == "phone" and hall.settings.phone_numbers


def _is_message(hall: Hall, notice: str) -> bool:
    """Or none: a message may take its place."""
    return notice not in hall.notices or hall.notices[notice].kind == "message"


def _check_leader(command: cmd.Command, actor: Actor) -> None:
    if isinstance(command, CENTRE):
        _require(actor, actor.role in {Role.ADMIN, Role.SYSTEM})
    elif isinstance(command, cmd.RateService):
        _require(actor, actor.role is Role.SYSTEM)


def _check_own_counter(hall: Hall, number: int, actor: Actor) -> None:
    """An agent speaks for the keypads on the counters' desks; a station's own screen for who sits there."""
    if actor.role is Role.AGENT:
        return
    counter = hall.counters.get(number)
    if actor.role is Role.KIOSK and counter is not None and counter.kind is CounterKind.STATION:
        return
    _require(actor, actor.role is Role.CLERK)
    if counter is not None and counter.clerk != actor.name:
        raise NotYourCounter(counter=number)


def _require(actor: Actor, allowed: bool) -> None:
    if not allowed:
        raise RoleForbids(role=actor.role)
