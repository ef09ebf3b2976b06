"""Sums as text and back, for keeping. Lengths are kept in steps of ten seconds, so that years stay small.

Counts, sums and shares within the target stay exact; percentiles come out up to ten seconds too long.
"""

import json
from collections import Counter
from typing import Any

from app.store.reports.sums import Cell, Day, Hour, Mean, Sums, Tally


def dumps(sums: Sums) -> str:
    kept = {
        "services": [[code, *_cell(cell)] for code, cell in sums.services.items()],
        "counters": [[number, *_cell(cell)] for number, cell in sums.counters.items()],
        "clerks": [[name, *_cell(cell)] for name, cell in sums.clerks.items()],
        "stood": [*sums.stood],
        "tickets": [[*key, count] for key, count in sums.tickets.items()],
        "hours": [[*key, hour.issued, *_mean(hour.waits)] for key, hour in sums.hours.items()],
        "days": [[date, day.issued, day.served, day.wait_p90, *_mean(day.waits)] for date, day in sums.days.items()],
        "left_late": sums.left_late,
        "overruns": sums.overruns,
        "reasons": sums.reasons,
        "dossiers": [[*key, count] for key, count in sums.dossiers.items()],
        "channels": [[*key, count] for key, count in sums.channels.items()],
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> Sums:
    kept: dict[str, Any] = json.loads(text)
    return Sums(
        services={code: _cell_from(*row) for code, *row in kept["services"]},
        counters={number: _cell_from(*row) for number, *row in kept["counters"]},
        clerks={name: _cell_from(*row) for name, *row in kept["clerks"]},
        stood={(counter, clerk) for counter, clerk in kept["stood"]},
        tickets=Counter({(service, state): count for service, state, count in kept["tickets"]}),
        hours={(day, hour): Hour(issued, Mean(*waits)) for day, hour, issued, *waits in kept["hours"]},
        days={date: Day(issued, served, Mean(*waits), p90) for date, issued, served, p90, *waits in kept["days"]},
        left_late=Counter(kept["left_late"]),
        overruns=Counter(kept["overruns"]),
        reasons=Counter(kept["reasons"]),
        dossiers=Counter({(service, name): count for service, name, count in kept["dossiers"]}),
        channels=Counter({(channel, state): count for channel, state, count in kept["channels"]}),
    )


def _cell(cell: Cell) -> list[Any]:
    return [_tally(cell.waits), _tally(cell.handling), _mean(cell.walk), cell.outcomes, cell.busy, cell.idle]


def _cell_from(waits: Any, handling: Any, walk: Any, outcomes: dict[str, int], *times: int) -> Cell:
    return Cell(_tally_from(*waits), _tally_from(*handling), Mean(*walk), Counter(outcomes), *times)


def _tally(tally: Tally) -> list[Any]:
    return [tally.count, tally.total, tally.within, tally.in_steps()]


def _tally_from(count: int, total: int, within: int, steps: list[int]) -> Tally:
    return Tally(count, total, within, steps=steps)


def _mean(mean: Mean) -> list[int]:
    return [mean.count, mean.total, mean.within]
