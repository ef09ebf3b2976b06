"""Bookings of days gone by: no part of the hall any more, but of what the office has done and left undone."""

from sqlite_utils import Database

from app.core.bookings import Booking
from app.store import rows
from app.store.load import select


def bookings_on(db: Database, day: str) -> list[Booking]:
    """Of a day (YYYY-MM-DD), the earliest made first."""
    return list(map(rows.booking_from, select(db, "SELECT * FROM booking WHERE day = ? ORDER BY made_at, id", day)))


def visits_left_undone(db: Database, first: str, before: str) -> tuple[str, int] | None:
    """The last day from `first` to the one before `before` on which visits lapsed, and how many."""
    sql = (
        "SELECT day, count(*) FROM booking WHERE kind = 'visit' AND state = 'lapsed' AND day >= ? AND day < ?"
        " GROUP BY day ORDER BY day DESC LIMIT 1"
    )
    found: tuple[str, int] | None = db.execute(sql, (first, before)).fetchone()
    return found
