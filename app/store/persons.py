"""What is known of persons, for a day or a set time. None of it is in the log, and none of it can be folded from it."""

from collections.abc import Collection, Iterable
from typing import Final

from sqlite_utils import Database

from app.store.log import Also

DAY_KEY: Final = "day_key"
REQUEST_KEY: Final = "request_key"
"""Rows of the table secret (app/day_key.py)."""
OF_TODAY: Final = ("day_person", "priority_reason", "push")
SHORTEN: Final = """UPDATE personal SET keep_until = min(keep_until, coalesce(
    (SELECT date(day, ?) FROM booking WHERE id = personal.booking), keep_until))"""


def priority_reasons(db: Database) -> dict[str, str]:
    """The code of the priority class by ticket."""
    return dict(db.execute("SELECT ticket, reason FROM priority_reason").fetchall())


def put_priority_reason(ticket: str, reason: str) -> Also:
    """Of which class a ticket is."""

    def write(db: Database) -> None:
        db.execute("INSERT OR REPLACE INTO priority_reason VALUES (?, ?)", (ticket, reason))

    return write


def put_personal(booking: str, sealed: bytes, keep_until: str) -> Also:
    """What somebody told for a booking, sealed; `keep_until` is the last day, YYYY-MM-DD."""

    def write(db: Database) -> None:
        db.execute("INSERT OR REPLACE INTO personal VALUES (?, ?, ?)", (booking, sealed, keep_until))

    return write


def keep_personal(booking: str, keep_until: str) -> Also:
    """The booking was moved to another day."""

    def write(db: Database) -> None:
        db.execute("UPDATE personal SET keep_until = ? WHERE booking = ?", (keep_until, booking))

    return write


def drop_personal(booking: str) -> Also:
    """Nobody needs it any more."""

    def write(db: Database) -> None:
        db.execute("DELETE FROM personal WHERE booking = ?", (booking,))

    return write


def sealed_of(db: Database, bookings: Collection[str]) -> dict[str, bytes]:
    """What is sealed, by booking; one that told nothing is missing."""
    marks = ", ".join("?" * len(bookings))
    sql = f"SELECT booking, sealed FROM personal WHERE booking IN ({marks})"  # noqa: S608 - question marks only
    return dict(db.execute(sql, tuple(bookings)).fetchall())


def day_persons(db: Database) -> dict[tuple[str, str], str]:
    """Who holds what today: the ticket's or booking's id by service and hash."""
    found = db.execute("SELECT service, hash, holder FROM day_person").fetchall()
    return {(service, hash_): holder for service, hash_, holder in found}


def put_day_persons(service: str, hashes: Iterable[str], holder: str) -> Also:
    """These persons or telephones (hashes) hold `holder` in the service."""
    kept = [(service, each, holder) for each in hashes]

    def write(db: Database) -> None:
        db.conn.executemany("INSERT OR REPLACE INTO day_person (service, hash, holder) VALUES (?, ?, ?)", kept)

    return write


def drop_day_persons(holders: Iterable[str]) -> Also:
    """What these held has ended."""
    ended = [(each,) for each in holders]

    def write(db: Database) -> None:
        db.conn.executemany("DELETE FROM day_person WHERE holder = ?", ended)

    return write


def shorten_personal(days: int, today: str) -> Also:
    """From now on nothing is kept for more than `days` after its booking's day; what is over by `today` goes.

    `today` is YYYY-MM-DD. What was told for a shorter time is not kept for a longer one.
    """

    def write(db: Database) -> None:
        db.execute(SHORTEN, (f"+{days} days",))
        db.execute("DELETE FROM personal WHERE keep_until < ?", (today,))

    return write


def leave_out_of_a_copy(db: Database) -> None:
    """What is known of persons and browsers for today only, and the keys to it, are in no copy of any version."""
    tables = set(db.table_names())
    for table in OF_TODAY:
        if table in tables:
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - one of three names
    if "secret" in tables:
        db.execute("DELETE FROM secret WHERE name IN (?, ?)", (DAY_KEY, REQUEST_KEY))
