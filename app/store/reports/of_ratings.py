"""How people found the service in a span of days, by service and by counter. By clerk, nothing is known.

A counter has one clerk and a service often one counter, and who sat there remembers whom they served: of few ratings
only the number is told, so that nobody's own can be read from the report.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from sqlite_utils import Database

from app.core.hall import RATING_REASONS
from app.store.load import select

Facts = dict[str, Any]

FEWEST = 5
FACES = {1: "not_satisfied", 2: "satisfied", 3: "very_satisfied"}
RATINGS = """SELECT service, counter, face, reason, sum(count) AS count FROM rating WHERE day BETWEEN ? AND ?
             GROUP BY service, counter, face, reason ORDER BY service, counter"""


def of_ratings(db: Database, first: str, last: str) -> Facts:
    """How many pressed which face, and the share of those who were satisfied or more; None of nobody, or of too few."""
    rows = list(select(db, RATINGS, first, last))
    return {
        **_faces(rows),
        "services": list(_by(rows, "service", "code")),
        "counters": list(_by(rows, "counter", "number")),
        "reasons": [{"reason": reason, "count": _count(rows, "reason", reason)} for reason in RATING_REASONS],
    }


def _by(rows: list[Facts], column: str, name: str) -> Iterator[Facts]:
    found = {key: _faces(row for row in rows if row[column] == key) for key in sorted({row[column] for row in rows})}
    silent = _too_few({key: faces["count"] for key, faces in found.items()})
    for key, faces in found.items():
        yield {name: key, **(dict.fromkeys(faces) | {"count": faces["count"]} if key in silent else faces)}


def _too_few(counts: dict[Any, int]) -> set[Any]:
    """Those under FEWEST; and the next ones, as long as the whole less the others would give them away."""
    silent: set[Any] = set()
    for key in sorted(counts, key=counts.__getitem__):
        unsaid = sum(counts[each] for each in silent)
        if counts[key] < FEWEST or 0 < unsaid < FEWEST:
            silent.add(key)
    return silent


def _faces(rows: Iterable[Facts]) -> Facts:
    pressed: Counter[int] = Counter()
    for row in rows:
        pressed[row["face"]] += row["count"]
    count = pressed.total()
    share = round((count - pressed[1]) / count, 4) if count else None
    return {"count": count, **{name: pressed[face] for face, name in FACES.items()}, "share_satisfied": share}


def _count(rows: list[Facts], column: str, value: str) -> int:
    return sum(row["count"] for row in rows if row[column] == value)
