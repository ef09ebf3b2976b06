"""The one transaction: events, the rows that they changed, the answer, and what else must stand or fall with them."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from app.core.change import Change
from app.core.event_data import from_data, to_data
from app.core.events import DayStarted, Recorded
from app.core.hall import LONG_AGO, Hall, Ticket
from app.store import rows
from app.store.database import WriteFailed

PUT_TICKET = rows.upsert("ticket", "day, id", rows.TICKET_COLUMNS, rows.TICKET_BIRTH)
PUT_COUNTER = rows.upsert("counter", "number", rows.COUNTER_COLUMNS)
PUT_SERVICE = rows.upsert("service", "code", rows.SERVICE_COLUMNS)
PUT_VISIT = rows.upsert("visit", "seq", rows.VISIT_COLUMNS)
PUT_DOSSIERS = rows.upsert("dossiers", "day, ticket", rows.DOSSIERS_COLUMNS, frozenset({"day", "ticket"}))
PUT_ADVICE = rows.upsert("advice", "day, id", rows.ADVICE_COLUMNS, frozenset({"day", "id"}))
PUT_BOOKING = rows.upsert("booking", "id", rows.BOOKING_COLUMNS)
PUT_RATING = (
    "INSERT INTO rating VALUES (?, ?, ?, ?, ?, 1)"
    " ON CONFLICT (day, service, counter, face, reason) DO UPDATE SET count = count + 1"
)
ADD_EVENT = (
    "INSERT INTO event (seq, at, day, type, ticket, counter, actor, data, command) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
ADD_ANSWER = "INSERT INTO answer (key, fingerprint, at, status, body) VALUES (?, ?, ?, ?, ?)"
EVENTS = "SELECT seq, at, day, type, ticket, counter, actor, data, command FROM event"
ANSWERS_KEPT_MS = 2 * 24 * 3600 * 1000

Also = Callable[[Database], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command with a key was answered."""

    key: str
    fingerprint: str
    at: int
    status: int
    body: str


def commit(
    db: Database, path: Path, changes: Sequence[Change], answer: Answer | None = None, also: Also | None = None
) -> None:
    """Keep all of it or nothing; no yield and no other I/O happens in here.

    Raises WriteFailed, or sqlite3.IntegrityError where `also` adds what is already there.
    """
    try:
        with db.atomic():
            for change in changes:
                _add_event(db, change.recorded)
            if changes:
                write_rows(db, changes)
            if answer:
                db.execute(ADD_ANSWER, (answer.key, answer.fingerprint, answer.at, answer.status, answer.body))
            if also:
                also(db)
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        message = f"{path}: {error}. Nothing of this command was kept; see to the disk and its room, and try again."
        raise WriteFailed(message) from error


def write_rows(db: Database, changes: Sequence[Change]) -> None:
    """The rows as the last of these changes leaves them."""
    hall = changes[-1].hall
    ids = dict.fromkeys(id_ for change in changes for id_ in change.touched.tickets)
    counters = dict.fromkeys(number for change in changes for number in change.touched.counters)
    services = dict.fromkeys(code for change in changes for code in change.touched.services)
    if any(change.touched.centre for change in changes):
        _clear_centre(db)
    for id_ in ids:
        db.execute(PUT_TICKET, rows.ticket_row(_last_seen(id_, changes)))
    for number in counters:
        if number in hall.counters:
            db.execute(PUT_COUNTER, rows.counter_row(hall.counters[number]))
    for code in services:
        if code in hall.services:
            db.execute(PUT_SERVICE, rows.service_row(hall.services[code], hall.weave.get(code, LONG_AGO)))
    for write in [whole for what, whole in WHOLE.items() if any(getattr(change.touched, what) for change in changes)]:
        write(db, hall)
    for change in changes:
        _write_happened(db, change)
        if change.touched.centre:
            _write_centre(db, change)


def _clear_centre(db: Database) -> None:
    """An edit of the centre touches every row here: a letter may change hands, and what was removed stays away."""
    db.execute("DELETE FROM service")
    db.execute("DELETE FROM counter")


def _add_event(db: Database, recorded: Recorded) -> None:
    event = recorded.event
    columns = (
        recorded.seq,
        recorded.at,
        recorded.day,
        type(event).__name__,
        getattr(event, "ticket", None),
        getattr(event, "counter", None),
        recorded.actor,
        json.dumps(to_data(event), ensure_ascii=False),
        recorded.command,
    )
    db.execute(ADD_EVENT, columns)


def _last_seen(id_: str, changes: Sequence[Change]) -> Ticket:
    """The ticket as these changes leave it; a new day forgets the tickets of the day before."""
    return next(change.hall.tickets[id_] for change in reversed(changes) if id_ in change.hall.tickets)


def _write_plan(db: Database, hall: Hall) -> None:
    """What is planned is edited seldom and whole; who was able or due before is in the log."""
    db.execute("DELETE FROM skill")
    db.execute("DELETE FROM shift")
    db.execute("DELETE FROM slot")
    db.execute("DELETE FROM closed_days")
    for position, rule in enumerate(hall.slots):
        db.execute("INSERT INTO slot VALUES (?, ?, ?, ?, ?, ?, ?)", rows.slot_row(position, rule))
    for position, closed in enumerate(hall.closed):
        db.execute("INSERT INTO closed_days VALUES (?, ?, ?, ?, ?)", rows.closed_row(position, closed))
    for clerk, services in hall.skills.items():
        db.execute("INSERT INTO skill VALUES (?, ?)", rows.skill_row(clerk, services))
    for position, shift in enumerate(hall.rota):
        db.execute("INSERT INTO shift VALUES (?, ?, ?, ?, ?, ?)", rows.shift_row(position, shift))


def _write_notices(db: Database, hall: Hall) -> None:
    db.execute("DELETE FROM notice")
    for notice in hall.notices.values():
        db.execute("INSERT INTO notice VALUES (?, ?)", (notice.id, rows.notice_json(notice)))


def _write_assistance(db: Database, hall: Hall) -> None:
    db.execute("DELETE FROM assistance")
    for asked in hall.assistance.items():
        db.execute("INSERT INTO assistance VALUES (?, ?)", asked)


# What changes seldom and is short is written whole.
WHOLE = {"plan": _write_plan, "notices": _write_notices, "assistance": _write_assistance}


def _write_happened(db: Database, change: Change) -> None:
    """The rows that are a history of their own: bookings, ratings, visits, dossiers, advice."""
    touched = change.touched
    for id_ in touched.bookings:
        db.execute(PUT_BOOKING, rows.booking_row(change.hall.bookings[id_]))
    if rating := touched.rating:
        told = (rating.day, rating.service, rating.counter, rating.face, rating.reason or "")
        db.execute(PUT_RATING, told)
    if touched.visit:
        db.execute(PUT_VISIT, rows.visit_row(touched.visit))
    if touched.dossiers:
        db.execute(PUT_DOSSIERS, rows.dossiers_row(touched.dossiers))
    if touched.advice:
        db.execute(PUT_ADVICE, rows.advice_row(touched.advice))
    if touched.undone:
        db.execute("DELETE FROM visit WHERE seq BETWEEN ? AND ?", touched.undone)


def _write_centre(db: Database, change: Change) -> None:
    """Settings; services and counters are among the touched rows."""
    hall = change.hall
    db.execute(
        "INSERT INTO setting (id, value) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET value = excluded.value",
        (rows.settings_json(hall.settings),),
    )
    if isinstance(change.recorded.event, DayStarted):
        db.execute("INSERT INTO day (day, first) VALUES (?, ?)", (change.recorded.day, change.recorded.seq))
        db.execute("DELETE FROM answer WHERE at < ?", (change.recorded.at - ANSWERS_KEPT_MS,))
        _forget_persons(db, change.recorded.day)


def _forget_persons(db: Database, day: str) -> None:
    """What is kept of persons for a day, and of their bookings for as long as the centre said."""
    db.execute("DELETE FROM priority_reason")
    db.execute("DELETE FROM day_person")
    db.execute("DELETE FROM personal WHERE keep_until < ?", (day,))


def events(db: Database, after: int = 0, limit: int = -1) -> Iterator[Recorded]:
    """The log from seq `after` (exclusive) on, at most `limit` (-1: all)."""
    for row in db.execute(f"{EVENTS} WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit)):
        yield recorded_from(row)


def events_before(db: Database, seq: int, limit: int) -> Iterator[Recorded]:
    """The log backwards from seq (exclusive), at most `limit`."""
    for row in db.execute(f"{EVENTS} WHERE seq < ? ORDER BY seq DESC LIMIT ?", (seq, limit)):
        yield recorded_from(row)


def last_seq(db: Database) -> int:
    """Of the last event in the log; 0 in a new one."""
    return int(db.execute("SELECT ifnull(max(seq), 0) FROM event").fetchone()[0])


def recorded_from(row: tuple[Any, ...]) -> Recorded:
    seq, at, day, kind, ticket, counter, actor, data, command = row
    return Recorded(seq, at, day, actor, command, from_data(kind, ticket, counter, json.loads(data)))
