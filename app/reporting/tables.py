"""A report as tables with titles in people's language: what the workbook and the terminal show."""

from collections.abc import Iterable
from functools import partial
from typing import Any, NamedTuple, Protocol

from app.i18n import gettext
from app.reporting import ratings, words

Report = dict[str, Any]
DAY = len("2026-11-21")
COUNT, NUMBER, MINUTES, SHARE, DATE, TEXT = "count", "number", "minutes", "share", "date", "text"


class Translate(Protocol):
    def __call__(self, message: str) -> str: ...


class Column(NamedTuple):
    title: str
    kind: str


class Cell(NamedTuple):
    """A value of another kind than its column's."""

    value: Any
    kind: str


class Table(NamedTuple):
    """Rows of plain values, None where nothing is known: times in minutes, shares from 0 to 1."""

    title: str
    columns: tuple[Column, ...]
    rows: list[list[Any]]


def tables(report: Report, language: str) -> list[Table]:
    """Every table of a report, those without rows too."""
    translate: Translate = partial(gettext, language)
    return [each(report, translate) for each in TABLES]


def kind_of(column: Column, value: Any) -> tuple[str, Any]:
    """A cell's kind and plain value."""
    return (value.kind, value.value) if isinstance(value, Cell) else (column.kind, value)


def _summary(report: Report, _: Translate) -> Table:
    tickets, waits, handling = report["tickets"], report["waits"], report["handling"]
    figures = [
        (_("From"), Cell(report["from"], DATE)),
        (_("To"), Cell(report["to"], DATE)),
        (_("Days with tickets"), report["days"]),
        (_("Numbers given"), tickets["issued"]),
        (_("Finished"), tickets["finished"]),
        (_("Missed, not back"), tickets["missed"]),
        (_("Cancelled"), tickets["cancelled"]),
        (_("Closed, not served"), tickets["closed"]),
        (_("Left after waiting beyond the target"), tickets["left_late"]),
        (_("Missed calls"), tickets["missed_calls"]),
        (_("Transfers"), tickets["transferred"]),
        (_("Mean wait, minutes"), _minutes_cell(waits["mean_s"])),
        (_("Median wait, minutes"), _minutes_cell(waits["p50_s"])),
        (_("Wait of 90 in 100 at most, minutes"), _minutes_cell(waits["p90_s"])),
        (_("Waits within the target"), Cell(waits["within_target"], SHARE)),
        (_("Mean handling, minutes"), _minutes_cell(handling["mean_s"])),
        (_("Median handling, minutes"), _minutes_cell(handling["p50_s"])),
        (_("Handling of 90 in 100 at most, minutes"), _minutes_cell(handling["p90_s"])),
        (_("Handling within the target"), Cell(handling["within_target"], SHARE)),
        (_("Handling beyond the target"), report["overruns"]["count"]),
    ]
    columns = (Column(_("Figure"), TEXT), Column(_("Value"), COUNT))
    return Table(_("Summary"), columns, [[*figure] for figure in figures])


def _services(report: Report, _: Translate) -> Table:
    columns = (
        Column(_("Service"), TEXT),
        Column(_("In words"), TEXT),
        Column(_("Numbers given"), COUNT),
        Column(_("Finished"), COUNT),
        Column(_("Missed calls"), COUNT),
        Column(_("Cancelled"), COUNT),
        Column(_("Transferred away"), COUNT),
        *_stats_columns(_),
    )
    rows = [
        [
            *(row[key] for key in ("code", "name", "issued", "finished", "missed_calls", "cancelled", "transfers_out")),
            *_stats(row),
        ]
        for row in report["services"]
    ]
    return Table(_("Services"), columns, rows)


def _counters(report: Report, _: Translate) -> Table:
    columns = (Column(_("Counter"), COUNT), Column(_("Clerks"), TEXT), *_work_columns(_), *_stats_columns(_))
    rows = [[row["number"], ", ".join(row["clerks"]), *_work(row), *_stats(row)] for row in report["counters"]]
    return Table(_("Counters"), columns, rows)


def _clerks(report: Report, _: Translate) -> Table:
    columns = (Column(_("Clerk"), TEXT), Column(_("Full name"), TEXT), *_work_columns(_), *_stats_columns(_))
    rows = [[row["clerk"], row["full_name"], *_work(row), *_stats(row)] for row in report["clerks"]]
    return Table(_("Clerks"), columns, rows)


def _days(report: Report, _: Translate) -> Table:
    columns = (
        Column(_("Day"), DATE),
        Column(_("Numbers given"), COUNT),
        Column(_("Served"), COUNT),
        Column(_("Mean wait, minutes"), MINUTES),
        Column(_("Wait of 90 in 100 at most, minutes"), MINUTES),
        Column(_("Waits within the target"), SHARE),
    )
    rows = [
        [
            row["day"],
            row["issued"],
            row["served"],
            minutes(row["wait_mean_s"]),
            minutes(row["wait_p90_s"]),
            row["within_target"],
        ]
        for row in report["by_day"]
    ]
    return Table(_("By day"), columns, rows)


def _hours(report: Report, _: Translate) -> Table:
    columns = (Column(_("Hour"), TEXT), *_hour_columns(_))
    return Table(_("By hour"), columns, [[_clock(row["hour"]), *_hour(row)] for row in report["by_hour"]])


def _week(report: Report, _: Translate) -> Table:
    columns = (Column(_("Weekday"), TEXT), Column(_("Hour"), TEXT), *_hour_columns(_))
    days = [_(name) for name in words.WEEKDAYS]
    rows = [[days[row["weekday"]], _clock(row["hour"]), *_hour(row)] for row in report["heat"]]
    return Table(_("By weekday and hour"), columns, rows)


def _overruns(report: Report, _: Translate) -> Table:
    columns = (Column(_("Handling beyond the target"), TEXT), Column(_("Count"), COUNT))
    names = {row["code"]: row["name"] for row in report["services"]}
    told = {row["reason"]: row["count"] for row in report["overruns"]["explained"]}
    reasons = [[_(name), told[code]] for code, name in words.OVERRUNS.items() if code in told]
    services = [[names.get(row["code"], row["code"]), row["count"]] for row in report["overruns"]["services"]]
    return Table(_("Beyond the target"), columns, [*services, *reasons])


def _advice(report: Report, _: Translate) -> Table:
    columns = (
        Column(_("Time"), TEXT),
        Column(_("Counter"), COUNT),
        Column(_("Move"), TEXT),
        Column(_("Services"), TEXT),
        Column(_("Answer"), TEXT),
        Column(_("Reason"), TEXT),
        Column(_("Fewer late, expected"), NUMBER),
        Column(_("Called in the hour before"), COUNT),
        Column(_("Late in the hour before"), COUNT),
        Column(_("Called in the hour after"), COUNT),
        Column(_("Late in the hour after"), COUNT),
    )
    moves, answers, reasons = (
        {code: _(name) for code, name in known.items()} for known in (words.MOVES, words.ANSWERS, words.DECLINED)
    )
    rows = [
        [
            row["at"],
            row["counter"],
            moves[row["kind"]],
            ", ".join(row["services"]),
            answers[row["answer"]],
            reasons.get(row["reason"]),
            row["saved"],
            *(row[when][what] for when in ("before", "after") for what in ("called", "late")),
        ]
        for row in report["advice"]
    ]
    return Table(_("Advice"), columns, rows)


def _dossiers(report: Report, _: Translate) -> Table:
    told = report["dossiers"]
    columns = (Column(_("Figure"), TEXT), Column(_("Count"), COUNT))
    rows = [[_(title), told[key]] for key, title in words.DOSSIERS.items()] if told["source"] != "none" else []
    if told["as_of"]:
        rows.append([_("As imported on"), Cell(told["as_of"][:DAY], DATE)])
    return Table(_("Dossiers"), columns, rows)


def _dossiers_by_service(report: Report, _: Translate) -> Table:
    figures = ("received", "online", "returned", "before", "on", "after")
    columns = (
        Column(_("Service"), TEXT),
        Column(_("In words"), TEXT),
        *(Column(_(words.DOSSIERS[figure]), COUNT) for figure in figures),
    )
    names = {row["code"]: row["name"] for row in report["services"]}
    told = report["dossiers"]["services"]
    rows = [[row["code"], names.get(row["code"], row["code"]), *(row[figure] for figure in figures)] for row in told]
    return Table(_("Dossiers, by service"), columns, rows)


def _ratings(report: Report, _: Translate) -> Table:
    columns = (
        Column(_("Rated"), TEXT),
        Column(_("In words"), TEXT),
        Column(_("Ratings"), COUNT),
        *(Column(_(name), COUNT) for name in ratings.FACES.values()),
        Column(_("Satisfied or more"), SHARE),
    )
    told, names = report["ratings"], {row["code"]: row["name"] for row in report["services"]}
    whole = [[_("Whole centre"), "", *ratings.figures(told)]] if told["count"] else []
    services = [[row["code"], names.get(row["code"], ""), *ratings.figures(row)] for row in told["services"]]
    counters = [[_("Counter"), str(row["number"]), *ratings.figures(row)] for row in told["counters"]]
    found = {row["reason"]: row["count"] for row in told["reasons"] if row["count"]}
    empty = [None] * (len(ratings.FACES) + 1)
    reasons = [[_("Reason"), _(name), found[code], *empty] for code, name in ratings.REASONS.items() if code in found]
    return Table(_("Ratings"), columns, [*whole, *services, *counters, *reasons])


TABLES = (
    *(_summary, _services, _counters, _clerks, _days, _hours, _week),
    *(_overruns, _advice, _dossiers, _dossiers_by_service, _ratings),
)


def _stats_columns(_: Translate) -> Iterable[Column]:
    return (
        Column(_("Calls with a wait"), COUNT),
        Column(_("Mean wait, minutes"), MINUTES),
        Column(_("Median wait, minutes"), MINUTES),
        Column(_("Wait of 90 in 100 at most, minutes"), MINUTES),
        Column(_("Waits within the target"), SHARE),
        Column(_("Handled"), COUNT),
        Column(_("Mean handling, minutes"), MINUTES),
        Column(_("Median handling, minutes"), MINUTES),
        Column(_("Handling of 90 in 100 at most, minutes"), MINUTES),
        Column(_("Handling within the target"), SHARE),
    )


def _stats(row: Report) -> list[Any]:
    return [
        figure
        for stats in (row["waits"], row["handling"])
        for figure in (
            stats["count"],
            *(minutes(stats[name]) for name in ("mean_s", "p50_s", "p90_s")),
            stats["within_target"],
        )
    ]


def _work_columns(_: Translate) -> Iterable[Column]:
    return (
        Column(_("Served"), COUNT),
        Column(_("Missed calls"), COUNT),
        Column(_("Transfers"), COUNT),
        Column(_("Walk to the counter, minutes"), MINUTES),
        Column(_("With a citizen, minutes"), MINUTES),
        Column(_("Open with nobody there, minutes"), MINUTES),
        Column(_("Share of the time with a citizen"), SHARE),
    )


def _work(row: Report) -> list[Any]:
    times = (minutes(row[key]) for key in ("walk_s", "busy_s", "idle_s"))
    return [row["served"], row["missed"], row["transferred"], *times, row["busy_share"]]


def _hour_columns(_: Translate) -> Iterable[Column]:
    return (
        Column(_("Numbers given"), COUNT),
        Column(_("Mean wait, minutes"), MINUTES),
        Column(_("Waits within the target"), SHARE),
    )


def _hour(row: Report) -> list[Any]:
    return [row["issued"], minutes(row["wait_mean_s"]), row["within_target"]]


def _clock(hour: int) -> str:
    return f"{hour:02d}:00"


def _minutes_cell(seconds: float | None) -> Cell:
    return Cell(minutes(seconds), MINUTES)


def minutes(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 60, 2)
