"""Does a report cost more when the past is long? Days, weeks, months and years of a centre with 1,000,000 tickets."""

import sqlite3
import statistics
import time
from datetime import date, timedelta
from pathlib import Path

from app.adding_up import AddingUp
from app.clock import FastClock
from app.core.hall import Hall
from app.hub import Hub
from app.store import reports
from app.store.database import connect
from app.store.store import Store
from bench import history
from bench.table import Row, milliseconds

SIZES = (10_000, 1_000_000)
SPANS = {"a day": 1, "a week": 7, "a month": 30, "a quarter": 91, "a year": 365, "every day there is": 2500}
BAR_S, RATIO = 0.3, 1.5
ROUNDS = 15
# All of history's citizens wait and stay alike, at one counter; reports are dearer where everybody differs.
SPREAD = (
    """UPDATE visit SET counter = 1 + seq % 10, clerk = 'clerk' || (seq % 10 + seq / 1200 % 2),
              service = CASE seq % 3 WHEN 0 THEN 'HT' WHEN 1 THEN 'DD' ELSE 'XD' END,
              wait_ms = abs(random()) % 1800000, handle_ms = abs(random()) % 1500000""",
    "UPDATE ticket SET arrived_at = called_at + abs(random()) % 40000, counter = 1 + changed % 10",
)


def reports_of_a_long_past(folder: Path) -> list[Row]:
    """Median time of each report, from the one with 10,000 tickets in the past and the one with 1,000,000."""
    short, long = (_database(folder / f"past-{size}", size) for size in SIZES)
    rows = []
    for what, days in SPANS.items():
        few, many = _medians((short, long), days)
        ratio = f"{many / few:.2f}" if days == 1 else ""
        bar = f"at most {BAR_S * 1000:.0f} ms" + (f", ratio at most {RATIO}" if days == 1 else "")
        floor = milliseconds(few) if days <= SIZES[0] // history.A_DAY else ""
        rows.append(Row(f"a report of {what}, {SIZES[1]:,} past tickets", milliseconds(many), floor, ratio, bar))
    return rows


def _database(folder: Path, size: int) -> Path:
    """A past of so many tickets, and its months and years added up as the hub does in quiet seconds."""
    folder.mkdir()
    path = folder / "centre.db"
    history.make(path, size)
    with sqlite3.connect(path) as db:
        for statement in SPREAD:
            db.execute(statement)
    db.close()
    with Store.opened(path) as store:
        hub = Hub(store, FastClock(int(time.mktime((2026, 1, 5, 8, 0, 0, 0, 0, 0)) * 1000), 1))
        hub.keep_time()
        began, steps = time.perf_counter(), 0
        adding_up = AddingUp(hub)
        while adding_up.step():
            steps += 1
        print(f"{size:,} tickets: {steps} months and years added up in {time.perf_counter() - began:.1f} s")
    return path


def _medians(paths: tuple[Path, ...], days: int) -> list[float]:
    """In turn, so that they share what the machine does. The last day is whole; the span ends with it."""
    taken: list[list[float]] = [[] for _ in paths]
    opened = [(connect(path), *_last(path)) for path in paths]
    for _ in range(ROUNDS):
        for times, (db, hall, last) in zip(taken, opened, strict=True):
            first = (date.fromisoformat(last) - timedelta(days=days - 1)).isoformat()
            began = time.perf_counter()
            assert reports.of_range(db, first, last, hall)["tickets"]["issued"]
            times.append(time.perf_counter() - began)
    for db, _hall, _last_day in opened:
        db.conn.close()
    return [statistics.median(times) for times in taken]


def _last(path: Path) -> tuple[Hall, str]:
    with Store.opened(path) as store:
        last = store.reads.execute("SELECT max(day) FROM ticket").fetchone()[0]
        return store.load_hall(), last
