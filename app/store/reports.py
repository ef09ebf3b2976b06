"""Read models of a day: tickets by state, waits and handling, per service and counter."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlite_utils import Database

from app.core.hall import Hall
from app.store.load import select

Row = dict[str, Any]
VISITS_OF_A_DAY = """SELECT * FROM visit WHERE seq > (SELECT first FROM day WHERE day = ?)
                     AND seq < ifnull((SELECT min(first) FROM day WHERE day > ?), 9223372036854775807)"""
STATES = ("waiting", "called", "serving", "parked", "missed", "finished", "cancelled", "closed")


def of_day(db: Database, date: str, hall: Hall) -> Row:
    """The summary of a day, against the targets in force."""
    targets = {service.code: service.target_s * 1000 for service in hall.services.values()}
    return day(db, date, target_ms=hall.settings.target_s * 1000, targets_ms=targets)


def day(db: Database, date: str, *, target_ms: int, targets_ms: dict[str, int]) -> Row:
    """The summary of a day (YYYY-MM-DD). Targets in ms: the centre's, and each service's own."""
    tickets = list(select(db, "SELECT service, origin, state, number FROM ticket WHERE day = ?", date))
    visits = list(select(db, VISITS_OF_A_DAY, date, date))
    names = dict(db.execute("SELECT code, name FROM service ORDER BY position, code").fetchall())
    services = [*names, *sorted({t["service"] for t in tickets} - names.keys())]
    counters = sorted({visit["counter"] for visit in visits})

    def target(visit: Row) -> int:
        return targets_ms.get(visit["service"], target_ms)

    return {
        "date": date,
        "tickets": _by_state(tickets),
        "waits": _stats(visits, "wait_ms", target, target_ms),
        "handling": _stats(visits, "handle_ms", target, target_ms),
        "services": [
            {
                "code": code,
                "name": names.get(code, code),
                **_by_state(t for t in tickets if t["service"] == code),
                **_both(visits, "service", code, target, targets_ms.get(code, target_ms)),
            }
            for code in services
        ],
        "counters": [
            {
                "number": number,
                "served": sum(v["counter"] == number and v["outcome"] == "finished" for v in visits),
                "missed": sum(v["counter"] == number and v["outcome"] == "missed" for v in visits),
                "clerks": sorted({v["clerk"] for v in visits if v["counter"] == number and v["clerk"]}),
                **_both(visits, "counter", number, target, target_ms),
            }
            for number in counters
        ],
    }


def handling_means(db: Database, since_day: str) -> list[tuple[str, float, int]]:
    """(service, mean handling in seconds, count) of the visits finished since a day."""
    sql = """SELECT service, avg(handle_ms) / 1000.0, count(*) FROM visit
             WHERE seq > (SELECT min(first) FROM day WHERE day >= ?) AND outcome = 'finished' GROUP BY service"""
    return [(service, mean, count) for service, mean, count in db.execute(sql, (since_day,))]


def _by_state(tickets: Iterable[Row]) -> Row:
    counts = dict.fromkeys(STATES, 0)
    for ticket in tickets:
        counts[ticket["state"]] += 1
    return {"issued": sum(counts.values()), **counts}


def _both(visits: list[Row], key: str, value: object, target: Callable[[Row], int], target_ms: int) -> Row:
    chosen = [visit for visit in visits if visit[key] == value]
    return {
        "waits": _stats(chosen, "wait_ms", target, target_ms),
        "handling": _stats(chosen, "handle_ms", target, target_ms),
    }


def _stats(visits: list[Row], column: str, target: Callable[[Row], int], target_ms: int) -> Row:
    """Mean, median and 90th percentile (nearest rank) in seconds; the share within each visit's target."""
    measured = [visit for visit in visits if visit[column] is not None]
    values = sorted(visit[column] for visit in measured)
    if not values:
        return {
            "count": 0,
            "mean_s": None,
            "p50_s": None,
            "p90_s": None,
            "within_target": None,
            "target_s": target_ms // 1000,
        }
    within = sum(visit[column] <= target(visit) for visit in measured)
    return {
        "count": len(values),
        "mean_s": round(sum(values) / len(values) / 1000, 1),
        "p50_s": round(_percentile(values, 50) / 1000, 1),
        "p90_s": round(_percentile(values, 90) / 1000, 1),
        "within_target": round(within / len(values), 4),
        "target_s": target_ms // 1000,
    }


def _percentile(values: list[int], percent: int) -> int:
    """Nearest rank: the smallest value with at least `percent` of all at or below it."""
    return values[max(0, -(-len(values) * percent // 100) - 1)]
