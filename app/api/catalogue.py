"""Procedures and reports."""

from datetime import date

from flask import Blueprint, Response, request

from app.api.problems import BadField
from app.api.routes import answer, parts, route
from app.api.shapes import ProceduresOut, Report
from app.core.permissions import Role

catalogue = Blueprint("catalogue", __name__)


@route(catalogue, "GET", "/procedures", gives=ProceduresOut, roles=None)
def procedures() -> Response:
    """Procedures whose code, name or field holds every word of `q`, with or without Vietnamese marks."""
    found = parts().store.procedures(request.args.get("q", ""), request.args.get("service"))
    return answer({"procedures": found})


@route(catalogue, "GET", "/reports/day", gives=Report, roles=frozenset({Role.ADMIN, Role.SUPERVISOR}))
def day() -> Response:
    """A day's summary; today where no date is given."""
    hall = parts().hub.hall
    asked = request.args.get("date", hall.day)
    if not _is_a_day(asked):
        raise BadField(field="date", why="YYYY-MM-DD")
    return answer(parts().store.day_report(asked, hall))


def _is_a_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
