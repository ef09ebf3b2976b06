"""What has happened, in the past tense. An event never changes and is never taken back, only answered by another."""

from dataclasses import asdict, dataclass, fields
from typing import Any, NamedTuple, TypeAlias

from app.core.hall import PriorityClass, Service, Settings


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
)
CounterEvent: TypeAlias = PressUndone | CounterOpened | CounterPaused | CounterClosed | CounterServicesSet
CentreEvent: TypeAlias = (
    DayStarted
    | SettingsSaved
    | ServiceSaved
    | ServiceRemoved
    | CounterSaved
    | CounterRemoved
    | CatalogueReplaced
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


RECORDS = (Reason, Service, Settings)


def to_data(event: Event) -> dict[str, Any]:
    """The event's fields beside ticket and counter, which have columns of their own."""
    values = ((name, getattr(event, name)) for name in _DATA_FIELDS[type(event)])
    return {name: asdict(value) if isinstance(value, RECORDS) else value for name, value in values}


def from_data(kind: str, ticket: str | None, counter: int | None, data: dict[str, Any]) -> Event:
    """The event that `to_data` took apart; KeyError for a kind that this version does not know."""
    cls = EVENT_TYPES[kind]
    names = {f.name for f in fields(cls)}
    given = {name: _thaw(name, value) for name, value in data.items()}
    given |= {name: value for name, value in (("ticket", ticket), ("counter", counter)) if name in names}
    return cls(**given)


def _thaw(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_thaw(name, item) for item in value)
    if not isinstance(value, dict):
        return value
    if name == "reason":
        return Reason(**value)
    if name == "service":
        return Service(**value)
    return settings_from(value)


def settings_from(value: dict[str, Any]) -> Settings:
    """Settings from their plain JSON form."""
    plain: dict[str, Any] = {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
    plain["priority_classes"] = tuple(PriorityClass(**item) for item in value.get("priority_classes", ()))
    return Settings(**plain)
