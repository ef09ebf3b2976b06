"""The last two hours, every five minutes: how many waited, and how many of them too long."""

from collections import defaultdict
from typing import Any

from sqlite_utils import Database

from app.core.hall import Hall
from app.store.reports.gather import seqs

STEP_MS = 5 * 60_000
STEPS = 24
ENDED = """SELECT service, called_at - wait_ms, called_at FROM visit
           WHERE seq > ? AND seq < ? AND called_at > ? AND wait_ms > 0"""
Waits = dict[str, list[tuple[int, int]]]


def recent(db: Database, hall: Hall, now: int) -> dict[str, Any]:
    """Of each active service the points from two hours ago until `now` (ms); `at` in ms.

    `waiting` counts all, `amber` those beyond the first alarm but not the target, `late` those beyond the target.
    """
    waits = _waits(db, hall, now)
    moments = range(now - STEPS * STEP_MS, now + 1, STEP_MS)
    return {
        "services": [
            {
                "code": service.code,
                "points": [_point(waits[service.code], at, hall.settings.amber_s, service.target_s) for at in moments],
            }
            for service in hall.services.values()
            if service.active or waits[service.code]
        ]
    }


def _waits(db: Database, hall: Hall, now: int) -> Waits:
    """(since, until) of each wait that reached into the last two hours, those of citizens who still wait too."""
    waits: Waits = defaultdict(list)
    since = now - (STEPS + 1) * STEP_MS
    for service, began, ended in db.execute(ENDED, (*seqs(db, hall.day, hall.day), since)):
        waits[service].append((began, ended))
    for ticket in hall.tickets.values():
        if ticket.queued_at is None:
            continue
        ends = (moment for moment in (ticket.called_at, ticket.ended_at) if moment and moment >= ticket.queued_at)
        until = min(ends, default=now + 1)
        if until > since:
            waits[ticket.service].append((ticket.queued_at, until))
    return waits


def _point(waits: list[tuple[int, int]], at: int, amber_s: int, target_s: int) -> dict[str, int]:
    so_far = [at - began for began, ended in waits if began <= at < ended]
    late = sum(waited > target_s * 1000 for waited in so_far)
    amber = sum(amber_s * 1000 < waited <= target_s * 1000 for waited in so_far)
    return {"at": at, "waiting": len(so_far), "amber": amber, "late": late}
