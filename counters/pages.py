"""The clerk's console: one page. What it shows and does from then on is in static/."""

from typing import Any

from flask import Blueprint, Response, request

from app.site import Site

LEADERS = frozenset({"supervisor", "admin"})


def blueprint(site: Site) -> Blueprint:
    """/console for whoever is signed in; /console?counter=3 for a supervisor at any counter."""
    pages = Blueprint(
        "console", __name__, template_folder="templates", static_folder="static", static_url_path="/static/counters"
    )

    @pages.get("/console")
    @site.allow("clerk", "supervisor", "admin")
    def console() -> Response:
        person = site.person()
        hall = site.snapshot("staff")
        asked = request.args.get("counter", type=int)
        counter = _seat(hall["counters"], person, asked)
        data = {**hall, "person": person, "asked": asked}
        return site.page("counters/console.html", data=data, counter=counter)

    return pages


def _seat(counters: list[dict[str, Any]], person: dict[str, Any] | None, asked: int | None) -> dict[str, Any] | None:
    """The counter to show first: the one a leader asks for, else the one where this person sits."""
    if person is None:
        return None
    if person["role"] in LEADERS and asked is not None:
        return next((counter for counter in counters if counter["number"] == asked), None)
    return next((counter for counter in counters if (counter["clerk"] or {}).get("name") == person["name"]), None)
