"""Where numbers were taken, and how many of them were given back: a test press leaves a trace."""

from collections import Counter
from typing import Any

from sqlite_utils import Database

BOOKINGS = "SELECT kind, state, count(*) FROM booking WHERE day BETWEEN ? AND ? GROUP BY kind, state ORDER BY kind"


def of_channels(counts: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Numbers issued, and those of them that were cancelled, by channel; `counts` by (channel, ticket's state)."""
    channels = sorted({channel for channel, _ in counts})
    return {
        channel: {
            "issued": sum(count for (whose, _), count in counts.items() if whose == channel),
            "cancelled": counts[channel, "cancelled"],
        }
        for channel in channels
    }


def of_bookings(db: Database, first: str, last: str) -> dict[str, dict[str, Any]]:
    """What became of the bookings of these days: how many, by kind and state."""
    told: dict[str, dict[str, Any]] = {}
    for kind, state, count in db.execute(BOOKINGS, (first, last)):
        told.setdefault(kind, {})[state] = count
    return told
