"""Dossiers: as the dossier system tells them, or as clerks enter them at the end of a ticket."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from app.store.log import Also

Facts = dict[str, Any]

BEGAN = "SELECT 1 FROM dossier WHERE received_on <= ? LIMIT 1"
RECEIVED = "SELECT channel, count(*) FROM dossier WHERE received_on BETWEEN ? AND ? GROUP BY channel"
RETURNED = """SELECT count(*), ifnull(sum(returned_on < due_on), 0), ifnull(sum(returned_on = due_on), 0),
                     ifnull(sum(returned_on > due_on), 0)
              FROM dossier WHERE returned_on BETWEEN ? AND ?"""
# Two questions, so that each finds its rows by the index: what is open still, and what was returned later on.
OPEN = """SELECT count(*), ifnull(sum(due_on < :now), 0), ifnull(sum(received_on < :first), 0) FROM (
            SELECT due_on, received_on FROM dossier WHERE returned_on IS NULL AND received_on <= :last
            UNION ALL
            SELECT due_on, received_on FROM dossier WHERE returned_on > :last AND received_on <= :last)"""
BEFORE = """SELECT count(*) FROM dossier WHERE returned_on BETWEEN ? AND ? AND received_on < ?"""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A row of the dossier system. Days as YYYY-MM-DD; channel "online" or "in_person"."""

    code: str
    service: str
    procedure: str
    channel: str
    received_on: str
    due_on: str | None
    returned_on: str | None


COLUMNS = tuple(each.name for each in fields(Dossier))
KNOWN = f"SELECT {', '.join(COLUMNS)} FROM dossier"  # noqa: S608
CHANGES = ", ".join(f"{name} = excluded.{name}" for name in (*COLUMNS[1:], "imported_at"))
PUT = f"""INSERT INTO dossier ({", ".join(COLUMNS)}, imported_at) VALUES ({"?, " * len(COLUMNS)}?)
          ON CONFLICT (code) DO UPDATE SET {CHANGES}"""  # noqa: S608


def told(db: Database, first: str, last: str, today: str, entered: Mapping[str, int], *, timezone: str) -> Facts:
    """What was received and returned in these days; `entered` is what the clerks told of them.

    From the dossier system where it told of these days, else from the clerks. Where its newest file came before the
    last of the days (or `today` where that is earlier) it lacks some, and the clerks are believed if they tell of more.
    Carried over are the dossiers that were open as the first day began: carried + received = returned + open. Open and
    late is judged by the last of the days, or by `today` where that is earlier. `undated`: returned, and no date was
    promised. `as_of`: when the dossier system's newest file came, in ISO 8601 on the clock of `timezone`.
    """
    now, clerks = min(last, today), _of_the_clerks(entered)
    if not db.execute(BEGAN, (last,)).fetchone():
        return clerks
    system, as_of = _of_the_system(db, first, last, now), _newest(db, timezone)
    return system | {"as_of": as_of} if _believed(system, clerks, complete=as_of[: len(now)] >= now) else clerks


def _newest(db: Database, timezone: str) -> str:
    newest = db.execute("SELECT max(imported_at) FROM dossier").fetchone()[0]
    return datetime.fromtimestamp(newest // 1000, ZoneInfo(timezone)).isoformat()


def _believed(system: Facts, clerks: Facts, *, complete: bool) -> bool:
    """Not where the file is silent about days that the clerks tell of, nor where it lacks some and tells of fewer."""
    moved, entered = (told["received"] + told["returned"] for told in (system, clerks))
    return moved > 0 or not entered if complete else moved > 0 and moved >= entered


def _of_the_system(db: Database, first: str, last: str, now: str) -> Facts:
    received = dict(db.execute(RECEIVED, (first, last)).fetchall())
    returned, before, on, after = db.execute(RETURNED, (first, last)).fetchone()
    still, late, old = db.execute(OPEN, {"first": first, "last": last, "now": now}).fetchone()
    old += db.execute(BEFORE, (first, last, first)).fetchone()[0]
    return {
        "source": "system",
        "received": sum(received.values()),
        "online": received.get("online", 0),
        "in_person": received.get("in_person", 0),
        "carried": old,
        "returned": returned,
        "before": before,
        "on": on,
        "after": after,
        "undated": returned - before - on - after,
        "open": still,
        "open_in_time": still - late,
        "open_late": late,
    }


def _of_the_clerks(entered: Mapping[str, int]) -> Facts:
    online, in_person = entered["received_online"], entered["received_in_person"]
    before, on, after = (entered[f"returned_{when}"] for when in ("before", "on", "after"))
    return {
        "source": "clerks" if any(entered.values()) else "none",
        "as_of": None,
        "received": online + in_person,
        "online": online,
        "in_person": in_person,
        "carried": None,
        "returned": before + on + after,
        "before": before,
        "on": on,
        "after": after,
        "undated": 0,
        "open": None,
        "open_in_time": None,
        "open_late": None,
    }


def compared(db: Database, found: Sequence[Dossier]) -> dict[str, list[Dossier]]:
    """These sorted by what is known of them: new, changed and the same. A known one keeps the code that it has here.

    Goes once over all that is known, so it is for a thread of its own.
    """
    wanted = {folded(dossier.code) for dossier in found}
    known = {key: Dossier(*row) for row in db.execute(KNOWN) if (key := folded(row[0])) in wanted}
    sorted_out: dict[str, list[Dossier]] = {"new": [], "changed": [], "same": []}
    for dossier in found:
        before = known.get(folded(dossier.code))
        if before is None:
            sorted_out["new"].append(dossier)
            continue
        after = replace(dossier, code=before.code)
        sorted_out["same" if after == before else "changed"].append(after)
    return sorted_out


def folded(code: str) -> str:
    """Codes that differ only in capitals, in how marks are put together or in the blanks around are one dossier's."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", code.strip()).casefold())


def put(rows: Sequence[tuple[Any, ...]]) -> Also:
    """Write these in the hub's transaction: the columns of a Dossier and when it was brought, in ms."""

    def write(db: Database) -> None:
        db.conn.executemany(PUT, rows)

    return write
