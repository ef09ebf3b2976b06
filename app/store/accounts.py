"""Rows of people, sessions and devices. They hold secrets (hashed), so they are not folded from the log."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from app.store.load import select
from app.store.log import Also


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    full_name: str
    role: str
    password_hash: str
    active: bool
    created_at: int


@dataclass(frozen=True, slots=True)
class Session:
    token_hash: str
    person: str
    created_at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class Device:
    name: str
    kind: str
    page: str
    token_hash: str
    created_at: int


def people(db: Database) -> list[Person]:
    return [_person(row) for row in select(db, "SELECT * FROM person ORDER BY name")]


def person(db: Database, name: str) -> Person | None:
    return next((_person(row) for row in select(db, "SELECT * FROM person WHERE name = ?", name)), None)


def person_of_session(db: Database, token_hash: str, now: int) -> Person | None:
    """The active person whose session this is, if it has not expired at `now` (ms)."""
    sql = """SELECT person.* FROM session JOIN person ON person.name = session.person
             WHERE token_hash = ? AND expires_at > ? AND active"""
    return next((_person(row) for row in select(db, sql, token_hash, now)), None)


def devices(db: Database) -> list[Device]:
    return [Device(**row) for row in select(db, "SELECT * FROM device ORDER BY name")]


def device_of_token(db: Database, token_hash: str) -> Device | None:
    return next((Device(**row) for row in select(db, "SELECT * FROM device WHERE token_hash = ?", token_hash)), None)


def secret(db: Database, name: str) -> str | None:
    row = db.execute("SELECT value FROM secret WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None


def _person(row: dict[str, Any]) -> Person:
    return Person(**row | {"active": bool(row["active"])})


# Writes, to be handed to the hub's transaction.


def put_person(person: Person) -> Also:
    """Insert or change a person; whoever may no longer sign in is signed out."""

    def write(db: Database) -> None:
        _put(db, "person", "name", asdict(person))
        if not person.active:
            db.execute("DELETE FROM session WHERE person = ?", (person.name,))

    return write


def put_session(session: Session, now: int) -> Also:
    def write(db: Database) -> None:
        db.execute("DELETE FROM session WHERE expires_at <= ?", (now,))
        _put(db, "session", "token_hash", asdict(session))

    return write


def drop_session(token_hash: str) -> Also:
    return lambda db: _run(db, "DELETE FROM session WHERE token_hash = ?", (token_hash,))


def drop_sessions_of(name: str) -> Also:
    return lambda db: _run(db, "DELETE FROM session WHERE person = ?", (name,))


def put_device(device: Device) -> Also:
    """A new device, never another token for an old one. Raises sqlite3.IntegrityError where the name is taken."""

    def write(db: Database) -> None:
        db.table("device").insert(asdict(device))

    return write


def drop_device(name: str) -> Also:
    return lambda db: _run(db, "DELETE FROM device WHERE name = ?", (name,))


def put_secret(name: str, value: str, now: int) -> Also:
    return lambda db: _put(db, "secret", "name", {"name": name, "value": value, "created_at": now})


def drop_secret(name: str) -> Also:
    return lambda db: _run(db, "DELETE FROM secret WHERE name = ?", (name,))


def together(*writes: Also) -> Also:
    """Several writes as one."""

    def write(db: Database) -> None:
        for each in writes:
            each(db)

    return write


def _run(db: Database, sql: str, parameters: Iterable[Any]) -> None:
    db.execute(sql, tuple(parameters))


def _put(db: Database, table: str, key: str, row: dict[str, Any]) -> None:
    db.table(table).upsert(row, pk=key)
