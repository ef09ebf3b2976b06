"""Rows from values and back. A column is a field of the same name, but for places and JSON."""

import json
from collections.abc import Callable
from dataclasses import asdict, fields
from operator import attrgetter
from typing import Any

from app.core.advice import Answered
from app.core.bookings import Booking, BookingKind, BookingState
from app.core.centre import ClosedDays, Notice, Service, Settings, Shift, SlotRule
from app.core.event_data import notice_from, settings_from
from app.core.for_reports import AdviceAnswer, DossierCount, Visit
from app.core.hall import Break, Counter, CounterKind, CounterState, Dossiers, Place, Press, Ticket, TicketState

TICKET_COLUMNS = (*(f.name for f in fields(Ticket) if f.name != "place"), "place_at", "place_seq")
COUNTER_COLUMNS = tuple(f.name for f in fields(Counter))
SERVICE_COLUMNS = (*(f.name for f in fields(Service)), "since_priority")
VISIT_COLUMNS = tuple(f.name for f in fields(Visit))
DOSSIERS_COLUMNS = tuple(f.name for f in fields(DossierCount))
ADVICE_COLUMNS = tuple(f.name for f in fields(AdviceAnswer))
SHIFT_COLUMNS = tuple(f.name for f in fields(Shift))
SLOT_COLUMNS = tuple(f.name for f in fields(SlotRule))
CLOSED_COLUMNS = tuple(f.name for f in fields(ClosedDays))
BOOKING_COLUMNS = tuple(f.name for f in fields(Booking))
PRESS_COLUMNS = tuple(f.name for f in fields(Press))

# Made once: a press writes several rows, and asking a dataclass for its fields each time costs more than the SQL.
_ticket_values: Callable[[Ticket], tuple[Any, ...]] = attrgetter(*TICKET_COLUMNS[:-2], "place.at", "place.seq")
_counter_values: Callable[[Counter], tuple[Any, ...]] = attrgetter(*COUNTER_COLUMNS)
_service_values: Callable[[Service], tuple[Any, ...]] = attrgetter(*SERVICE_COLUMNS[:-1])
_visit_values: Callable[[Visit], tuple[Any, ...]] = attrgetter(*VISIT_COLUMNS)
_press_values: Callable[[Press], tuple[Any, ...]] = attrgetter(*PRESS_COLUMNS)

# What a ticket is born with; never written again, so that its indexes are left in peace.
TICKET_BIRTH = frozenset(
    {"day", "id", "series", "number", "origin", "issued_at", "procedure", "language", "channel", "dossiers", "booking"}
)


def upsert(table: str, key: str, columns: tuple[str, ...], fixed: frozenset[str] = frozenset()) -> str:
    """Insert, or update the row of the same key. Never OR REPLACE: that would delete a row with the same number."""
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(f":{name}" for name in columns)
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in fixed and name != key)
    return f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT ({key}) DO UPDATE SET {changes}"  # noqa: S608


def ticket_row(ticket: Ticket) -> dict[str, Any]:
    row = dict(zip(TICKET_COLUMNS, _ticket_values(ticket), strict=True))
    row["then"] = json.dumps(ticket.then)
    return row


def ticket_from(row: dict[str, Any]) -> Ticket:
    plain = {key: value for key, value in row.items() if key not in ("place_at", "place_seq")}
    plain |= {
        "place": Place(row["place_at"], row["place_seq"]),
        "state": TicketState(row["state"]),
        "back": bool(row["back"]),
    }
    if "then" in row:  # a press kept by version 0.1 has a ticket without
        told = {"claimed": bool(row["claimed"]), "rated": bool(row["rated"]), "then": tuple(json.loads(row["then"]))}
        plain |= told
    return Ticket(**plain)


def counter_row(counter: Counter) -> dict[str, Any]:
    row = dict(zip(COUNTER_COLUMNS, _counter_values(counter), strict=True))
    row["own"], row["help"] = json.dumps(counter.own), json.dumps(counter.help)
    row["breaks"] = json.dumps(counter.breaks)
    row["press"] = _press_json(counter.press)
    return row


def counter_from(row: dict[str, Any]) -> Counter:
    return Counter(
        **row
        | {
            "own": tuple(json.loads(row["own"])),
            "help": tuple(json.loads(row["help"])),
            "state": CounterState(row["state"]),
            "kind": CounterKind(row["kind"]),
            "breaks": tuple(Break(*each) for each in json.loads(row["breaks"])),
            "press": _press_from(row["press"]),
        }
    )


def _press_json(press: Press | None) -> str | None:
    if press is None:
        return None
    plain = dict(zip(PRESS_COLUMNS, _press_values(press), strict=True))
    plain["before"] = [ticket_row(ticket) for ticket in press.before]
    return json.dumps(plain)


def _press_from(value: str | None) -> Press | None:
    if value is None:
        return None
    plain = json.loads(value)
    plain["before"] = tuple(ticket_from(row) for row in plain["before"])
    return Press(**plain)


def service_row(service: Service, since_priority: int) -> dict[str, Any]:
    return dict(zip(SERVICE_COLUMNS, (*_service_values(service), since_priority), strict=True))


def service_from(row: dict[str, Any]) -> Service:
    plain = {key: value for key, value in row.items() if key != "since_priority"}
    return Service(**plain | {"active": bool(row["active"])})


def visit_row(visit: Visit) -> dict[str, Any]:
    return dict(zip(VISIT_COLUMNS, _visit_values(visit), strict=True))


def skill_row(clerk: str, services: tuple[str, ...]) -> tuple[str, str]:
    return clerk, json.dumps(services)


def skill_from(row: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    return row["clerk"], tuple(json.loads(row["services"]))


def shift_row(position: int, shift: Shift) -> tuple[Any, ...]:
    return position, *(getattr(shift, name) for name in SHIFT_COLUMNS)


def shift_from(row: dict[str, Any]) -> Shift:
    return Shift(**{name: row[name] for name in SHIFT_COLUMNS})


def slot_row(position: int, rule: SlotRule) -> tuple[Any, ...]:
    return position, *(getattr(rule, name) for name in SLOT_COLUMNS)


def slot_from(row: dict[str, Any]) -> SlotRule:
    return SlotRule(**{name: row[name] for name in SLOT_COLUMNS})


def closed_row(position: int, closed: ClosedDays) -> tuple[Any, ...]:
    return position, *(getattr(closed, name) for name in CLOSED_COLUMNS)


def closed_from(row: dict[str, Any]) -> ClosedDays:
    return ClosedDays(**{name: row[name] for name in CLOSED_COLUMNS})


def booking_row(booking: Booking) -> dict[str, Any]:
    return {name: getattr(booking, name) for name in BOOKING_COLUMNS}


def booking_from(row: dict[str, Any]) -> Booking:
    kinds = {"kind": BookingKind(row["kind"]), "state": BookingState(row["state"]), "claimed": bool(row["claimed"])}
    return Booking(**row | kinds)


def notice_json(notice: Notice) -> str:
    return json.dumps(asdict(notice), ensure_ascii=False)


def notice_loads(value: str) -> Notice:
    return notice_from(json.loads(value))


def dossiers_row(count: DossierCount) -> dict[str, Any]:
    return {name: getattr(count, name) for name in DOSSIERS_COLUMNS}


def dossiers_from(row: dict[str, Any]) -> Dossiers:
    return Dossiers(*(row[name] for name in Dossiers._fields))


def advice_row(answer: AdviceAnswer) -> dict[str, Any]:
    """Numbers as the columns keep them: a REAL comes back as a float."""
    row = {name: getattr(answer, name) for name in ADVICE_COLUMNS}
    row |= {name: float(row[name]) for name in ("saved", "low", "high", "sure")}
    return row | {"services": json.dumps(answer.services), "costs": json.dumps(answer.costs)}


def answered_from(row: dict[str, Any]) -> Answered:
    plain = {name: row[name] for name in Answered._fields}
    return Answered(**plain | {"services": tuple(json.loads(row["services"]))})


def settings_json(settings: Settings) -> str:
    return json.dumps(asdict(settings), ensure_ascii=False)


def settings_loads(value: str) -> Settings:
    return settings_from(json.loads(value))
