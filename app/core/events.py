"""What has happened, in the past tense. An event never changes and is never taken back, only answered by another."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any, NamedTuple, TypeAlias

from app.core.hall import Break, Expected, Move, PriorityClass, Service, Settings, Shift


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
    ticket: str
    service: str
    series: int
    number: str
    procedure: str | None = None
    priority: str | None = None
    language: str = "vi"
    channel: str = "kiosk"


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
    | Noted
)
Event: TypeAlias = TicketEvent | CounterEvent | CentreEvent

EVENT_TYPES: dict[str, type[Event]] = {
    kind.__name__: kind for union in (TicketEvent, CounterEvent, CentreEvent) for kind in union.__args__
}


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


_DATA_FIELDS = {
    kind: tuple(f.name for f in fields(kind) if f.name not in ("ticket", "counter")) for kind in EVENT_TYPES.values()
}


def to_data(event: Event) -> dict[str, Any]:
    """The event's fields beside ticket and counter, which have columns of their own."""
    return {name: _plain(getattr(event, name)) for name in _DATA_FIELDS[type(event)]}


def _plain(value: Any) -> Any:
    if isinstance(value, Break):
        return value._asdict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def from_data(kind: str, ticket: str | None, counter: int | None, data: dict[str, Any]) -> Event:
    """The event that `to_data` took apart; KeyError for a kind that this version does not know."""
    cls = EVENT_TYPES[kind]
    names = {f.name for f in fields(cls)}
    records = RECORDS.get(cls, {})
    given = {name: _thaw(value, records.get(name)) for name, value in data.items()}
    given |= {name: value for name, value in (("ticket", ticket), ("counter", counter)) if name in names}
    return cls(**given)


def _thaw(value: Any, record: Callable[[Any], Any] | None) -> Any:
    if isinstance(value, list):
        return tuple(_thaw(item, record) for item in value)
    return record(value) if record else value


def settings_from(value: dict[str, Any]) -> Settings:
    """Settings from their plain JSON form."""
    plain: dict[str, Any] = {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
    plain["priority_classes"] = tuple(PriorityClass(**item) for item in value.get("priority_classes", ()))
    return Settings(**plain)


def _move_from(value: dict[str, Any]) -> Move:
    plain: dict[str, Any] = {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
    return Move(**plain)


def _expected_from(value: dict[str, Any]) -> Expected:
    return Expected(**value | {"costs": tuple((service, minutes) for service, minutes in value["costs"])})


RECORDS: dict[type[Event], dict[str, Callable[[dict[str, Any]], Any]]] = {
    TicketCalled: {"reason": lambda value: Reason(**value)},
    ServiceSaved: {"service": lambda value: Service(**value)},
    SettingsSaved: {"settings": settings_from},
    RotaSaved: {"shifts": lambda value: Shift(**value)},
    BreaksPlanned: {"breaks": lambda value: Break(**value)},
    AdviceAccepted: {"move": _move_from, "expected": _expected_from},
    AdviceDeclined: {"move": _move_from, "expected": _expected_from},
}
