"""The pages at a counter: the clerk's console, a station's screen, the tablet that asks how it was."""

from typing import Any

from flask import Blueprint, Response, abort, request

from app.core.errors import UnknownCounter
from app.core.permissions import Role
from app.site import Site

LEADERS = frozenset({"supervisor", "admin"})


def blueprint(site: Site) -> Blueprint:
    """/console (?counter=3 for a leader at any counter); /station/N and /rate/N for the devices there."""
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

    @pages.get("/station/<int:number>")
    @site.allow("kiosk")
    def station(number: int) -> Response:
        hall = _at_counter(site, number)
        counter = hall["counters"][0]
        actor = site.actor()
        if counter["kind"] != "station":
            abort(404)
        alone = actor is not None and actor.role is Role.KIOSK
        data = {"hall": hall, "alone": alone}
        return site.page("counters/station.html", data=data, name=counter["name"] or number, alone=alone)

    @pages.get("/rate/<int:number>")
    @site.allow("display", "kiosk")
    def rate(number: int) -> Response:
        return site.page("counters/rate.html", data=_at_counter(site, number), number=number)

    return pages


def _at_counter(site: Site, number: int) -> dict[str, Any]:
    try:
        return site.snapshot(f"counter:{number}")
    except UnknownCounter:
        abort(404)


def _seat(counters: list[dict[str, Any]], person: dict[str, Any] | None, asked: int | None) -> dict[str, Any] | None:
    """The counter to show first: the one a leader asks for, else the one where this person sits."""
    if person is None:
        return None
    if person["role"] in LEADERS and asked is not None:
        return next((counter for counter in counters if counter["number"] == asked), None)
    return next((counter for counter in counters if (counter["clerk"] or {}).get("name") == person["name"]), None)
