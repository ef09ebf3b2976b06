"""A report as CSV: one table, and its second column says what a line is about."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from app.i18n import gettext
from app.reporting import ratings
from app.reporting.tables import Report

BOM = "\ufeff"  # without it Excel takes Vietnamese letters for others
# The names that programs read, and what people read above a column. Times in seconds, shares from 0 to 1.
COLUMNS = {
    "date": "Date",
    "kind": "What the line is about",
    "which": "Which",
    "issued_or_served": "Numbers given, or served",
    "missed": "Missed calls",
    "waits": "Calls with a wait",
    "wait_mean_s": "Mean wait, seconds",
    "wait_p90_s": "Wait of 90 in 100 at most, seconds",
    "wait_within_target": "Waits within the target",
    "handled": "Handled",
    "handle_mean_s": "Mean handling, seconds",
    "handle_p90_s": "Handling of 90 in 100 at most, seconds",
    "handle_within_target": "Handling within the target",
    "name": "In words",
    "transferred": "Transfers",
    "wait_p50_s": "Median wait, seconds",
    "handle_p50_s": "Median handling, seconds",
    "walk_s": "Walk to the counter, seconds",
    "busy_s": "With a citizen, seconds",
    "idle_s": "Open with nobody there, seconds",
    "busy_share": "Share of the time with a citizen",
    "left_late": "Left after waiting beyond the target",
}
KINDS = {
    "total": "Whole centre",
    "service": "Service",
    "counter": "Counter",
    "clerk": "Clerk",
    "day": "Day",
    "hour": "Hour",
    "weekday_hour": "Weekday and hour",
    "overrun_service": "Beyond the target, by service",
    "overrun_reason": "Beyond the target, by reason",
    "dossiers": "Dossiers",
    "dossiers_service": "Dossiers, by service",
    "rating_service": "Ratings, by service",
    "rating_counter": "Ratings, by counter",
    "rating_reason": "Ratings, by reason",
}
COMMA_LANGUAGES = {"vi"}  # where 1,5 is a number, Excel takes a semicolon for the end of a cell
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(report: Report, language: str | None = None) -> str:
    """`language`: for people, with titles, numbers as they are written there, and a byte order mark for Excel.

    None: for programs, with names, commas between the cells and decimal points.
    """
    out = io.StringIO()
    with_comma = language in COMMA_LANGUAGES
    writer = csv.writer(out, delimiter=";" if with_comma else ",")
    writer.writerow([gettext(language, title) for title in COLUMNS.values()] if language else COLUMNS)
    date = report["from"] if report["from"] == report["to"] else f"{report['from']}/{report['to']}"
    kinds = {code: gettext(language, name) if language else code for code, name in KINDS.items()}
    for line in _lines(report):
        whole = {"date": date} | line | {"kind": kinds[line["kind"]]}
        writer.writerow([_written(whole.get(name), with_comma=with_comma) for name in COLUMNS])
    return (BOM if language else "") + out.getvalue()


def _lines(report: Report) -> Iterator[Report]:
    tickets = report["tickets"]
    total = {"issued_or_served": tickets["issued"], "missed": tickets["missed_calls"]}
    total["left_late"] = tickets["left_late"]
    yield {"kind": "total", **total, "transferred": tickets["transferred"], **_stats(report)}
    for row in report["services"]:
        facts = {"issued_or_served": row["issued"], "name": row["name"], "transferred": row["transfers_out"]}
        facts |= {"missed": row["missed_calls"], "left_late": row["left_late"]}
        yield {"kind": "service", "which": row["code"], **facts, **_stats(row)}
    for row in report["counters"]:
        yield {"kind": "counter", "which": row["number"], "name": ", ".join(row["clerks"]), **_work(row)}
    for row in report["clerks"]:
        yield {"kind": "clerk", "which": row["clerk"], "name": row["full_name"], **_work(row)}
    for row in report["by_day"]:
        yield {"kind": "day", "date": row["day"], "which": row["day"], **_waits(row), "wait_p90_s": row["wait_p90_s"]}
    for row in report["by_hour"]:
        yield {"kind": "hour", "which": row["hour"], **_waits(row)}
    for row in report["heat"]:
        yield {"kind": "weekday_hour", "which": f"{row['weekday']} {row['hour']:02d}", **_waits(row)}
    for row in report["overruns"]["services"]:
        yield {"kind": "overrun_service", "which": row["code"], "issued_or_served": row["count"]}
    for row in report["overruns"]["explained"]:
        yield {"kind": "overrun_reason", "which": row["reason"], "issued_or_served": row["count"]}
    yield from _dossiers(report["dossiers"])
    yield from ratings.lines(report["ratings"])


def _dossiers(told: Report) -> Iterator[Report]:
    for key, value in told.items():
        if key != "services":
            yield {"kind": "dossiers", "which": key, "issued_or_served": value}
    for row in told["services"]:
        for key, value in row.items():
            if key != "code":
                which = f"{row['code']} {key}".lstrip()
                yield {"kind": "dossiers_service", "which": which, "issued_or_served": value}


def _work(row: Report) -> Report:
    times = {name: row[name] for name in ("missed", "transferred", "walk_s", "busy_s", "idle_s", "busy_share")}
    return {"issued_or_served": row["served"], **times, **_stats(row)}


def _stats(row: Report) -> Report:
    found: Report = {"waits": row["waits"]["count"], "handled": row["handling"]["count"]}
    for name, stats in (("wait", row["waits"]), ("handle", row["handling"])):
        found |= {f"{name}_{figure}": stats[figure] for figure in ("mean_s", "p50_s", "p90_s", "within_target")}
    return found


def _waits(row: Report) -> Report:
    figures = {"waits": row["waits"], "wait_mean_s": row["wait_mean_s"], "wait_within_target": row["within_target"]}
    return {"issued_or_served": row["issued"], **figures}


def _written(value: Any, *, with_comma: bool) -> Any:
    """A name that a sheet would take for a formula is made a text."""
    if isinstance(value, float) and with_comma:
        return str(value).replace(".", ",")
    return f"'{value}" if isinstance(value, str) and value.startswith(LIKE_A_FORMULA) else value
