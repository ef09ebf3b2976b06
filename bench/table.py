"""The table that `make bench` prints."""

import os
import platform
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, its floor in the same run, their ratio, and the bar that it is held to."""

    what: str
    ours: str
    floor: str = ""
    ratio: str = ""
    bar: str = ""


def show(rows: list[Row]) -> None:
    console = Console(width=130)
    console.print(machine())
    table = Table("what", "hub", "floor", "hub / floor", "bar")
    for row in rows:
        table.add_row(row.what, row.ours, row.floor, row.ratio, row.bar)
    console.print(table)


def machine() -> str:
    """Where the figures come from."""
    info = Path("/proc/cpuinfo")
    models = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line]
    return (
        f"{models[0] if models else platform.processor()}, {os.cpu_count()} cores, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def percentile(values: list[float], percent: int) -> float:
    """Nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def ratio(ours: float, floor: float) -> str:
    return f"{ours / floor:.2f}"
