"""Rows from values and back. A column is a field of the same name, but for places and JSON."""

import json
from dataclasses import asdict, fields
from typing import Any

from app.core.change import Visit
from app.core.events import settings_from
from app.core.hall import Counter, CounterState, Place, Press, Service, Settings, Ticket, TicketState

TICKET_COLUMNS = (*(f.name for f in fields(Ticket) if f.name != "place"), "place_at", "place_seq")
COUNTER_COLUMNS = tuple(f.name for f in fields(Counter))
SERVICE_COLUMNS = (*(f.name for f in fields(Service)), "since_priority")
VISIT_COLUMNS = tuple(f.name for f in fields(Visit))


def upsert(table: str, key: str, columns: tuple[str, ...]) -> str:
    """Insert, or update the row of the same key. Never OR REPLACE: that would delete a row with the same number."""
    names = ", ".join(columns)
    marks = ", ".join(f":{name}" for name in columns)
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name != key)
    return f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT ({key}) DO UPDATE SET {changes}"  # noqa: S608


def ticket_row(ticket: Ticket) -> dict[str, Any]:
    row = {f.name: getattr(ticket, f.name) for f in fields(ticket)}
    place = row.pop("place")
    return row | {"place_at": place.at, "place_seq": place.seq, "state": ticket.state.value}


def ticket_from(row: dict[str, Any]) -> Ticket:
    plain = {key: value for key, value in row.items() if key not in ("place_at", "place_seq")}
    plain |= {
        "place": Place(row["place_at"], row["place_seq"]),
        "state": TicketState(row["state"]),
        "back": bool(row["back"]),
    }
    return Ticket(**plain)


def counter_row(counter: Counter) -> dict[str, Any]:
    row: dict[str, Any] = {f.name: getattr(counter, f.name) for f in fields(counter)}
    return row | {
        "own": json.dumps(counter.own),
        "help": json.dumps(counter.help),
        "state": counter.state.value,
        "press": _press_json(counter.press),
    }


def counter_from(row: dict[str, Any]) -> Counter:
    return Counter(
        **row
        | {
            "own": tuple(json.loads(row["own"])),
            "help": tuple(json.loads(row["help"])),
            "state": CounterState(row["state"]),
            "press": _press_from(row["press"]),
        }
    )


def _press_json(press: Press | None) -> str | None:
    if press is None:
        return None
    plain = {f.name: getattr(press, f.name) for f in fields(press)}
    return json.dumps(plain | {"before": [ticket_row(ticket) for ticket in press.before]})


def _press_from(value: str | None) -> Press | None:
    if value is None:
        return None
    plain = json.loads(value)
    plain["before"] = tuple(ticket_from(row) for row in plain["before"])
    return Press(**plain)


def service_row(service: Service, since_priority: int) -> dict[str, Any]:
    return {f.name: getattr(service, f.name) for f in fields(service)} | {"since_priority": since_priority}


def service_from(row: dict[str, Any]) -> Service:
    plain = {key: value for key, value in row.items() if key != "since_priority"}
    return Service(**plain | {"active": bool(row["active"])})


def visit_row(visit: Visit) -> dict[str, Any]:
    return {f.name: getattr(visit, f.name) for f in fields(visit)}


def settings_json(settings: Settings) -> str:
    return json.dumps(asdict(settings), ensure_ascii=False)


def settings_loads(value: str) -> Settings:
    return settings_from(json.loads(value))
