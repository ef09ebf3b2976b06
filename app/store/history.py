"""What the last weeks were like, added up for whoever foresees: how long people were served, and when they came.

All of it reads a span of days, so a long past before them costs nothing.
"""

from datetime import date, timedelta
from typing import NamedTuple

from sqlite_utils import Database

# Longer than that nobody was served: the clerk went home, or to lunch, without pressing.
BELIEVED_MS = 2 * 3_600_000
LOOKS_BACK_DAYS = 60
HALF_HOUR_MS = 1_800_000
FROM_SEQ = "seq > (SELECT min(first) FROM day WHERE day >= ?)"


class Handled(NamedTuple):
    """Visits that ended served, of one service, weekday (0 is Monday) and clerk: in seconds and their squares."""

    service: str
    weekday: int
    clerk: str | None
    visits: int
    total_s: float
    squares: float


class Missed(NamedTuple):
    """Those called (who came, and who did not), and for how long the counters waited for who did not, in ms."""

    called: int
    missed: int
    away_ms: float


class Came(NamedTuple):
    """Numbers taken for a service on a day (YYYY-MM-DD) in the half hour from `at` (ms since the epoch)."""

    day: str
    service: str
    at: int
    people: int


class Past(NamedTuple):
    """The weeks before a day, and the day's visits so far; when people come is known of a day when it is over."""

    handled: list[Handled]
    missed: Missed
    came: list[Came]


def past(db: Database, day: str) -> Past:
    """Up to a day (YYYY-MM-DD)."""
    return Past(handled(db, day), _missed(db, _since(day)), _came(db, _since(day), day))


def handled(db: Database, day: str) -> list[Handled]:
    """In the weeks before a day (YYYY-MM-DD), and so far on it."""
    sql = f"""SELECT service, (CAST(strftime('%w', day) AS INTEGER) + 6) % 7 AS weekday, clerk, count(*),
                     sum(handle_ms) / 1e3, sum(handle_ms * handle_ms) / 1e6
              FROM visit WHERE {FROM_SEQ} AND outcome = 'finished' AND handle_ms BETWEEN 1 AND ?
              GROUP BY service, weekday, clerk"""  # noqa: S608 - our own words
    return [Handled(*row) for row in db.execute(sql, (_since(day), BELIEVED_MS))]


def _missed(db: Database, since: str) -> Missed:
    sql = f"""SELECT count(*), coalesce(sum(outcome = 'missed'), 0),
                     coalesce(sum(CASE outcome WHEN 'missed' THEN min(ended_at - called_at, ?) END), 0)
              FROM visit WHERE {FROM_SEQ} AND outcome IN ('finished', 'missed')"""  # noqa: S608 - our own words
    return Missed(*db.execute(sql, (BELIEVED_MS, since)).fetchone())


def _came(db: Database, since: str, before: str) -> list[Came]:
    sql = """SELECT day, origin, issued_at / ? * ? AS half_hour, count(*) FROM ticket
             WHERE day >= ? AND day < ? GROUP BY day, origin, half_hour"""
    return [Came(*row) for row in db.execute(sql, (HALF_HOUR_MS, HALF_HOUR_MS, since, before))]


def _since(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=LOOKS_BACK_DAYS)).isoformat()
