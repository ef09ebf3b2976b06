"""Past months and years, added up beforehand so that a long report need not read every visit of it again.

A roll-up is kept from the rows and can be thrown away at any time: a report that finds none reads the rows. The hub
writes them in quiet seconds (app/adding_up.py); a report never writes.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sqlite_utils import Database

from app.store.log import Also
from app.store.reports import plain
from app.store.reports.gather import gather
from app.store.reports.standard import Standard
from app.store.reports.sums import Sums

FORMAT = 4  # another one: what was kept is read no more, and made anew
YEAR, MONTH = 4, 7  # letters of 2026 and of 2026-11


class RollUp(NamedTuple):
    """`span` is 2026-11 or 2026; `judged` stands for the targets and the time zone that it was judged by."""

    span: str
    judged: str
    sums: str


def sums_of(db: Database, first: str, last: str, standard: Standard) -> Sums:
    """The sums of these days: from the roll-ups where there are any, from the rows where not."""
    kept = f"SELECT span FROM rollup WHERE judged = ? AND span BETWEEN substr(?, 1, {YEAR}) AND ?"  # noqa: S608
    spans = {span for (span,) in db.execute(kept, (judged_by(standard), first, last))}
    sums = Sums()
    for begin, end, span in parts(first, last, spans):
        sums.add(_kept(db, span) if span else gather(db, begin, end, standard))
    return sums


def parts(first: str, last: str, spans: set[str]) -> Iterator[tuple[str, str, str]]:
    """(first day, last day, span or "") in order: the longest spans that fit, and the days between them together."""
    begin = day = date.fromisoformat(first)
    end = date.fromisoformat(last)
    while day <= end:
        span = next((each for each in _beginning(day) if each in spans and last_day(each) <= end), "")
        if not span:
            day = _next_month(day)
            continue
        if begin < day:
            yield begin.isoformat(), (day - timedelta(days=1)).isoformat(), ""
        yield day.isoformat(), last_day(span).isoformat(), span
        begin = day = last_day(span) + timedelta(days=1)
    if begin <= end:
        yield begin.isoformat(), last, ""


def next_due(db: Database, today: str, standard: Standard) -> RollUp | None:
    """The next month, or then year, that is over and not added up yet by this standard; None if all are."""
    judged = judged_by(standard)
    for length in (MONTH, YEAR):
        sql = """SELECT min(span) FROM (SELECT DISTINCT substr(day, 1, :n) AS span FROM day WHERE day < :now)
                 WHERE span NOT IN (SELECT span FROM rollup WHERE judged = :judged)"""
        due = db.execute(sql, {"n": length, "now": today[:length], "judged": judged}).fetchone()[0]
        if due:
            sums = sums_of(db, due + "-01-01"[length - YEAR :], last_day(due).isoformat(), standard)
            return RollUp(due, judged, plain.dumps(sums))
    return None


def put(made: RollUp) -> Also:
    def write(db: Database) -> None:
        sql = """INSERT INTO rollup (span, judged, sums) VALUES (?, ?, ?)
                 ON CONFLICT (span) DO UPDATE SET judged = excluded.judged, sums = excluded.sums"""
        db.execute(sql, made)

    return write


def judged_by(standard: Standard) -> str:
    facts = json.dumps(
        [FORMAT, standard.waiting, standard.handling, standard.otherwise, standard.timezone], sort_keys=True
    )
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


def last_day(span: str) -> date:
    """Of a month or a year."""
    month = 12 if len(span) == YEAR else int(span[YEAR + 1 :])
    return _next_month(date(int(span[:YEAR]), month, 1)) - timedelta(days=1)


def _kept(db: Database, span: str) -> Sums:
    return plain.loads(db.execute("SELECT sums FROM rollup WHERE span = ?", (span,)).fetchone()[0])


def _beginning(day: date) -> Iterator[str]:
    """The spans that begin on this day, the longest first."""
    if day.day == 1:
        if day.month == 1:
            yield f"{day:%Y}"
        yield f"{day:%Y-%m}"


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
