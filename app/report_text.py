"""A day's summary for a terminal, a program or a sheet."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.table import Table

Report = dict[str, Any]


def as_json(report: Report) -> str:
    return json.dumps(report, ensure_ascii=False, indent=1)


def as_csv(report: Report) -> str:
    """One line for each service, then one for each counter. Times in seconds."""
    out = io.StringIO()
    writer = csv.writer(out)
    head = ("date", "kind", "which", "issued_or_served", "missed", "waits", "wait_mean_s", "wait_p90_s")
    writer.writerow((*head, "wait_within_target", "handled", "handle_mean_s", "handle_p90_s", "handle_within_target"))
    for kind, key, count in (("services", "code", "issued"), ("counters", "number", "served")):
        for row in report[kind]:
            figures = [row[part][name] for part in ("waits", "handling") for name in FIGURES]
            writer.writerow((report["date"], kind[:-1], row[key], row[count], row["missed"], *figures))
    return out.getvalue().rstrip()


FIGURES = ("count", "mean_s", "p90_s", "within_target")


def as_text(report: Report) -> str:
    """Two tables for people: minutes and percentages."""
    console = Console(file=io.StringIO(), width=100)
    states = ", ".join(f"{state} {count}" for state, count in report["tickets"].items() if count)
    console.print(f"{report['date']}: {states or 'no tickets'}")
    for title, key, rows in (("Service", "code", report["services"]), ("Counter", "number", report["counters"])):
        table = Table(title, "waits", "mean", "90 %", "in target", "handled", "mean", "90 %", "in target")
        for row in rows:
            table.add_row(str(row[key]), *_figures(row["waits"]), *_figures(row["handling"]))
        console.print(table)
    text = console.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO above
    return str(text).rstrip()


def _figures(stats: Report) -> list[str]:
    share = stats["within_target"]
    minutes = [_minutes(stats[name]) for name in ("mean_s", "p90_s")]
    return [str(stats["count"]), *minutes, "" if share is None else f"{share:.0%}"]


def _minutes(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds / 60:.1f}"


FORMATS: dict[str, Callable[[Report], str]] = {"json": as_json, "csv": as_csv, "text": as_text}
