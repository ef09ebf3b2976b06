"""Dossiers: as the dossier system tells them, or as clerks enter them at the end of a ticket."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

from sqlite_utils import Database

from app.store.log import Also

Facts = dict[str, Any]

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
KNOWN = f"SELECT {', '.join(COLUMNS)} FROM dossier WHERE code = ?"  # noqa: S608
CHANGES = ", ".join(f"{name} = excluded.{name}" for name in (*COLUMNS[1:], "imported_at"))
PUT = f"""INSERT INTO dossier ({", ".join(COLUMNS)}, imported_at) VALUES ({"?, " * len(COLUMNS)}?)
          ON CONFLICT (code) DO UPDATE SET {CHANGES}"""  # noqa: S608


def told(db: Database, first: str, last: str, today: str, entered: Mapping[str, int]) -> Facts:
    """What was received and returned in these days; `entered` is what the clerks told of them.

    From the dossier system where it told anything of these days or before, else from the clerks. Carried over are the
    dossiers that were open as the first day began: carried + received = returned + open. Open and late is judged by
    the last of the days, or by `today` where that is earlier. `undated`: returned, and no date was promised.
    """
    if db.execute("SELECT 1 FROM dossier WHERE received_on <= ? LIMIT 1", (last,)).fetchone():
        return _of_the_system(db, first, last, min(last, today))
    return _of_the_clerks(entered)


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
    """These sorted by what is known of them: new, changed and the same."""
    sorted_out: dict[str, list[Dossier]] = {"new": [], "changed": [], "same": []}
    for dossier in found:
        known = db.execute(KNOWN, (dossier.code,)).fetchone()
        sorted_out["new" if known is None else "same" if known == astuple(dossier) else "changed"].append(dossier)
    return sorted_out


def put(found: Sequence[Dossier], at: int) -> Also:
    """Write these in the transaction of the note that tells of them; `at` in ms."""

    def write(db: Database) -> None:
        for dossier in found:
            db.execute(PUT, (*astuple(dossier), at))

    return write
