"""A report for a terminal, and as JSON for a program."""

import io
import json
from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table

from app.reporting import ratings, words
from app.reporting.tables import DAY, Report

WIDTH = 110


def as_json(report: Report) -> str:
    return json.dumps(report, ensure_ascii=False, indent=1)


def as_text(report: Report) -> str:
    """The chief figures for people: minutes and percentages. The sheets have the rest."""
    console = Console(file=io.StringIO(), width=WIDTH, markup=False)
    for line in _lines(report):
        console.print(line)
    for title, key, rows in _rows(report):
        table = Table(title, "waits", "mean", "90 %", "in target", "handled", "mean", "90 %", "in target", "idle")
        for row in rows:
            idle = _minutes(row.get("idle_s"))
            table.add_row(str(row[key]), *_figures(row["waits"]), *_figures(row["handling"]), idle)
        if rows:
            console.print(table)
    text = console.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO above
    return "\n".join(line.rstrip() for line in text.splitlines())


def _lines(report: Report) -> Iterator[str]:
    when = report["from"] if report["from"] == report["to"] else f"{report['from']} to {report['to']}"
    yield f"{when}: {_counts(report['tickets']) or 'no tickets'}"
    for what in ("waits", "handling"):
        count, mean, ninety, share = _figures(report[what])
        if count != "0":
            yield f"{what}: mean {mean} min, 90 % at most {ninety} min, {share} within the target"
    if report["overruns"]["count"]:
        told = {row["reason"]: row["count"] for row in report["overruns"]["explained"]}
        yield f"handling beyond the target: {report['overruns']['count']} ({_counts(told) or 'no reason told'})"
    if any(report["advice_answers"].values()):
        yield f"advice: {_counts(report['advice_answers'])}"
    if report["ratings"]["count"]:
        yield ratings.in_words(report["ratings"])
    if report["dossiers"]["source"] != "none":
        as_of = report["dossiers"]["as_of"]
        when = f" (as imported on {as_of[:DAY]})" if as_of else ""
        yield f"dossiers: {_counts({name: report['dossiers'][name] for name in words.DOSSIERS})}{when}"


def _rows(report: Report) -> Iterator[tuple[str, str, list[Report]]]:
    yield "Service", "code", report["services"]
    yield "Counter", "number", report["counters"]
    yield "Clerk", "clerk", report["clerks"]


def _counts(facts: dict[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in facts.items() if count)


def _figures(stats: Report) -> list[str]:
    share = stats["within_target"]
    minutes = [_minutes(stats[name]) for name in ("mean_s", "p90_s")]
    return [str(stats["count"]), *minutes, "" if share is None else f"{share:.0%}"]


def _minutes(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds / 60:.1f}"
