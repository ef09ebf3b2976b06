"""Who may command what. Judged against the hall inside the hub, so that nothing changes between question and act."""

from dataclasses import dataclass
from enum import StrEnum

from app.core import commands as cmd
from app.core.errors import NotYourCounter, RoleForbids
from app.core.hall import Hall


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
    elif isinstance(command, cmd.OpenCounter):
        _require(actor, actor.role is Role.CLERK and command.clerk == actor.name)
    elif isinstance(command, cmd.IssueTicket | cmd.ReturnTicket):
        _require(actor, actor.role in ISSUERS)
    elif isinstance(command, cmd.CancelTicket):
        _require(actor, actor.role in ISSUERS | {Role.CITIZEN})
    else:
        _require(actor, isinstance(command, cmd.CloseTicket) and actor.role is Role.CLERK)


def _check_leader(command: cmd.Command, actor: Actor) -> None:
    if isinstance(command, CENTRE):
        _require(actor, actor.role in {Role.ADMIN, Role.SYSTEM})


def _check_own_counter(hall: Hall, number: int, actor: Actor) -> None:
    """An agent speaks for the keypads on the counters' desks."""
    if actor.role is Role.AGENT:
        return
    _require(actor, actor.role is Role.CLERK)
    counter = hall.counters.get(number)
    if counter is not None and counter.clerk != actor.name:
        raise NotYourCounter(counter=number)


def _require(actor: Actor, allowed: bool) -> None:
    if not allowed:
        raise RoleForbids(role=actor.role)
