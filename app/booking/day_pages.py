"""/bookings: the day's appointments and home visits, for the staff."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, request

from app.core.hall import Hall
from app.core.slots import last_day
from app.site import Site
from app.views import active_services, iso


def hang(room: Blueprint, site: Site) -> None:
    """The page into its room."""

    @room.get("/bookings")
    @site.allow("clerk", "supervisor", "admin")
    def bookings() -> Response:
        with site.hub.lock:
            hall, now = site.hub.hall, site.hub.now()
        data = _data(hall, now) | {"day": _day(hall), "person": site.person(), "clerks": _clerks()}
        return site.page("booking/day.html", data=data, services=data["services"], clerks=data["clerks"])


def _data(hall: Hall, now: int) -> dict[str, Any]:
    return {
        "now": iso(hall, now),
        "today": hall.day,
        "last": last_day(hall, now),
        "services": [{"code": each.code, "name": each.name} for each in active_services(hall)],
        "bookable": sorted({rule.service for rule in hall.slots}),
        "appointments": hall.settings.appointments,
        "home_visits": hall.settings.home_visits,
    }


def _day(hall: Hall) -> str:
    """The one asked for, else today."""
    try:
        return date.fromisoformat(request.args.get("day", hall.day)).isoformat()
    except ValueError:
        return hall.day


def _clerks() -> list[dict[str, str]]:
    people = current_app.extensions["toiluot"].accounts.people()
    return [{"name": each.name, "full_name": each.full_name} for each in people if each.active]
