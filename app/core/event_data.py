"""Events as plain data, for the log, and back."""

from collections.abc import Callable
from dataclasses import asdict, fields, is_dataclass
from typing import Any

from app.core import events as ev
from app.core.advice import Expected, Move
from app.core.bookings import BookingKind, BookingState
from app.core.centre import ClosedDays, Notice, PriorityClass, Service, Settings, Shift, SlotRule
from app.core.hall import Break, CounterKind

EVENT_TYPES: dict[str, type[ev.Event]] = {
    kind.__name__: kind
    for union in (ev.TicketEvent, ev.CounterEvent, ev.BookingEvent, ev.CentreEvent)
    for kind in union.__args__
}
_DATA_FIELDS = {
    kind: tuple(f.name for f in fields(kind) if f.name not in ("ticket", "counter")) for kind in EVENT_TYPES.values()
}


def to_data(event: ev.Event) -> dict[str, Any]:
    """The event's fields beside ticket and counter, which have columns of their own."""
    return {name: _plain(getattr(event, name)) for name in _DATA_FIELDS[type(event)]}


def _plain(value: Any) -> Any:
    if isinstance(value, Break):
        return value._asdict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def from_data(kind: str, ticket: str | None, counter: int | None, data: dict[str, Any]) -> ev.Event:
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


def notice_from(value: dict[str, Any]) -> Notice:
    """A notice from its plain JSON form."""
    return Notice(**value | {"weekdays": tuple(value["weekdays"])})


def _move_from(value: dict[str, Any]) -> Move:
    plain: dict[str, Any] = {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
    return Move(**plain)


def _expected_from(value: dict[str, Any]) -> Expected:
    return Expected(**value | {"costs": tuple((service, minutes) for service, minutes in value["costs"])})


RECORDS: dict[type[ev.Event], dict[str, Callable[[Any], Any]]] = {
    ev.TicketCalled: {"reason": lambda value: ev.Reason(**value)},
    ev.ServiceSaved: {"service": lambda value: Service(**value)},
    ev.SettingsSaved: {"settings": settings_from},
    ev.RotaSaved: {"shifts": lambda value: Shift(**value)},
    ev.SlotsSaved: {"slots": lambda value: SlotRule(**value)},
    ev.ClosedDaysSaved: {"closed": lambda value: ClosedDays(**value)},
    ev.NoticeSaved: {"notice": notice_from},
    ev.CounterSaved: {"kind": CounterKind},
    ev.BookingMade: {"kind": BookingKind},
    ev.BookingEnded: {"state": BookingState},
    ev.BreaksPlanned: {"breaks": lambda value: Break(**value)},
    ev.AdviceAccepted: {"move": _move_from, "expected": _expected_from},
    ev.AdviceDeclined: {"move": _move_from, "expected": _expected_from},
}
