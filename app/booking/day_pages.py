"""/bookings: the day's appointments and home visits, for the staff."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, request

from app.at_home import services_from_afar
from app.booking.small_pages import its_parts
from app.core.hall import Hall
from app.core.slots import last_day
from app.plain import iso
from app.site import Site
from app.store.past_bookings import visits_left_undone

LOOK_BACK_DAYS = 3
"""On Monday those of Friday are told."""


def hang(room: Blueprint, site: Site) -> None:
    """The page into its room."""

    @room.get("/bookings")
    @site.allow("clerk", "supervisor", "admin")
    def bookings() -> Response:
        with site.hub.lock:
            hall, now = site.hub.hall, site.hub.now()
            undone = _undone(hall)
        data = _data(hall, now) | {"day": _day(hall), "person": site.person(), "clerks": _clerks()}
        return site.page("booking/day.html", data=data, services=data["services"], clerks=data["clerks"], undone=undone)


def _data(hall: Hall, now: int) -> dict[str, Any]:
    offered = services_from_afar(hall, "")
    return {
        "now": iso(hall, now),
        "today": hall.day,
        "last": last_day(hall, now),
        "services": [{"code": each.code, "name": each.name} for each in offered],
        "bookable": sorted({rule.service for rule in hall.slots} & {each.code for each in offered}),
        "appointments": hall.settings.appointments,
        "home_visits": hall.settings.home_visits,
    }


def _day(hall: Hall) -> str:
    """The one asked for, else today."""
    try:
        return date.fromisoformat(request.args.get("day", hall.day)).isoformat()
    except ValueError:
        return hall.day


def _undone(hall: Hall) -> dict[str, Any] | None:
    """The visits that nobody marked done on the last days: made or not, somebody should look."""
    first = (date.fromisoformat(hall.day) - timedelta(days=LOOK_BACK_DAYS)).isoformat()
    found = visits_left_undone(its_parts().store.reads, first, hall.day)
    return {"day": found[0], "n": found[1]} if found else None


def _clerks() -> list[dict[str, str]]:
    people = its_parts().accounts.people()
    return [{"name": each.name, "full_name": each.full_name} for each in people if each.active]
