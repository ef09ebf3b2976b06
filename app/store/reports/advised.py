"""What became of the moves that were advised: who was called, and who late, in the hour before and after the answer."""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from app.core.hall import Hall
from app.store.load import select
from app.store.reports.gather import seqs
from app.store.reports.standard import Standard

AROUND_MS = 3600_000
MOST = 200

ADVICE = """SELECT day, at, counter, kind, services, answer, reason, by, saved, low, high, sure
            FROM advice WHERE day BETWEEN ? AND ? ORDER BY day DESC, seq DESC LIMIT ?"""
CALLED = "SELECT service, counter, called_at, max(wait_ms, 0) FROM visit WHERE seq > ? AND seq < ? AND wait_ms NOTNULL"
ANSWERS = "SELECT answer, count(*), sum(saved) FROM advice WHERE day BETWEEN ? AND ? GROUP BY answer"
Visits = list[tuple[str, int, int, int]]


def advised(db: Database, first: str, last: str, hall: Hall, standard: Standard) -> list[dict[str, Any]]:
    """The last 200 answers of these days, oldest first. A move without services of its own concerns the counter's."""
    visits: dict[str, Visits] = {}
    found = list(select(db, ADVICE, first, last, MOST))
    for row in found:
        day, at = row["day"], row["at"]
        if day not in visits:
            visits[day] = db.execute(CALLED, seqs(db, day, day)).fetchall()
        row["services"] = json.loads(row["services"])
        concerned = {*row["services"]} or _of_counter(hall, row["counter"])
        here = [visit for visit in visits[day] if visit[0] in concerned]
        row["before"] = _called(here, at - AROUND_MS, at, standard)
        row["after"] = _called(here, at, at + AROUND_MS, standard)
        row["at"] = datetime.fromtimestamp(at / 1000, ZoneInfo(standard.timezone)).isoformat(timespec="seconds")
    return found[::-1]


def answers(db: Database, first: str, last: str) -> dict[str, Any]:
    """How many were accepted and declined, and how many people the accepted ones were expected to spare."""
    found = {answer: (count, saved) for answer, count, saved in db.execute(ANSWERS, (first, last))}
    accepted, saved = found.get("accepted", (0, 0.0))
    return {"accepted": accepted, "declined": found.get("declined", (0, 0.0))[0], "expected_saved": round(saved, 1)}


def _of_counter(hall: Hall, number: int) -> set[str]:
    counter = hall.counters.get(number)
    return {*counter.own, *counter.help} if counter else set()


def _called(visits: Visits, begin: int, end: int, standard: Standard) -> dict[str, int]:
    waits = [(service, wait) for service, _counter, at, wait in visits if begin <= at < end]
    return {"called": len(waits), "late": sum(wait > standard.wait_target(service) for service, wait in waits)}
