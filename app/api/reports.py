"""Reports of a day and of a span of days, for pages and programs, as sheets, and as a briefing."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Response, request

from app.api.describing import CSV, DAY, Query
from app.api.problems import BadField
from app.api.routes import answer, parts, route
from app.api.shapes import BriefingOut, Period, RecentOut, Report
from app.core.permissions import LEADERS
from app.plain import iso
from app.reporting.briefing import briefing
from app.reporting.sheet import as_csv
from app.site import request_language
from app.store import reports as figures
from app.store.database import snapshot

T = TypeVar("T")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DATE = Query("date", "Today where it is not given.", DAY)
SPAN = (
    Query("from", "The first day; today where it is not given.", DAY),
    Query("to", "The last day; today where it is not given.", DAY),
)
LANGUAGE = Query("lang", "Of the titles, such as vi or en.")
reports = Blueprint("reports", __name__)


@reports.after_request
def never_from_a_cache(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@route(reports, "GET", "/reports/day", gives=Report, roles=LEADERS, queries=(DATE,))
def day() -> Response:
    """A day's figures; today's where no date is given."""
    hall = parts().hub.hall
    asked = _day("date", hall.day)
    return answer(_read(lambda db: figures.of_day(db, asked, hall)))


@route(reports, "GET", "/reports/range", gives=Period, roles=LEADERS, queries=SPAN)
def period() -> Response:
    """The figures of the days `from` to `to`, both included; today's where neither is given."""
    return answer(_period(lambda report: report))


@route(reports, "GET", "/reports/range.csv", roles=LEADERS, queries=(*SPAN, LANGUAGE), gives_file=CSV)
def period_csv() -> Response:
    """The same as CSV, with titles in the asker's language (`lang`)."""
    language = request_language()
    return _file(_period(lambda report: as_csv(report, language)), f"{CSV}; charset=utf-8", "csv")


@route(reports, "GET", "/reports/range.xlsx", roles=LEADERS, queries=(*SPAN, LANGUAGE), gives_file=XLSX)
def period_xlsx() -> Response:
    """The same as a workbook, with titles in the asker's language (`lang`)."""
    from app.reporting.workbook import as_xlsx  # noqa: PLC0415 - a hub starts sooner without it

    language = request_language()
    return _file(_period(lambda report: as_xlsx(report, language)), XLSX, "xlsx")


@route(reports, "GET", "/reports/briefing", gives=BriefingOut, roles=LEADERS, queries=SPAN)
def brief() -> Response:
    """The dossiers of these days with the sentence that tells of them, in Vietnamese and in English."""
    centre = parts().hub.hall.settings.name
    return answer(_period(lambda report: briefing(report, centre)))


@route(reports, "GET", "/reports/recent", gives=RecentOut, roles=LEADERS)
def recent() -> Response:
    """Who waited these last two hours, every five minutes, by service."""
    hub = parts().hub
    hall, now = hub.hall, hub.now()
    found = _read(lambda db: figures.recent(db, hall, now))
    for service in found["services"]:
        for point in service["points"]:
            point["at"] = iso(hall, point["at"])
    return answer(found)


def _period(made: Callable[[dict[str, Any]], T]) -> T:
    hall = parts().hub.hall
    first, last = _day("from", hall.day), _day("to", hall.day)
    figures.check_period(first, last)
    return _read(lambda db: made(figures.of_range(db, first, last, hall)))


def _read(work: Callable[[Any], T]) -> T:
    """On a real thread with a connection of its own: nobody who presses waits for a report."""
    found: list[T] = []
    path = parts().store.path

    def on_thread() -> bool:
        with snapshot(path) as db:
            found.append(work(db))
        return True

    parts().accounts.run_blocking(on_thread)
    return found[0]


def _day(name: str, default: str) -> str:
    asked = request.args.get(name, default)
    if not figures.is_a_day(asked):
        raise BadField(field=name, why="YYYY-MM-DD")
    return asked


def _file(body: str | bytes, kind: str, ending: str) -> Response:
    hall = parts().hub.hall
    name = f"toiluot-{_day('from', hall.day)}-{_day('to', hall.day)}.{ending}"
    return Response(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
