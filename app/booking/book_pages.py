"""/book: an appointment in four steps, each a page of its own: a poor line and the button "back" get on with that."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_date
from flask import Blueprint, Response, request

from app.at_home import services_from_afar
from app.booking.small_pages import catalogue_of, marked
from app.booking_words import closed_words, slot_rule_words
from app.core.centre import CLOCK_TIME, Service
from app.core.closed_days import closed_on, closed_within
from app.core.hall import Hall
from app.core.slots import Slot, free_slots, last_day, moment
from app.i18n import gettext
from app.plain import iso
from app.site import Site

NOON = "12:00"
FORMATS = {"vi": "EEEE, d/M/y", "en": "EEEE, d MMMM y"}
SAYS = (
    "The server does not answer.",
    "The server gave an answer that is not understood.",
    "Please give a telephone number with its digits only, such as 0912345678.",
    "That time is taken. Please choose another one.",
    "Still free:",
)
"""All that this page's scripts say: a poor line is spared the rest of the catalogue."""


def hang(room: Blueprint, site: Site) -> None:
    """The page into its room."""

    @room.get("/book")
    def book() -> Response:
        with site.hub.lock:
            hall, now = site.hub.hall, site.hub.now()
        asked = {part: request.args.get(part, "") for part in ("service", "day", "at", "procedure")}
        page = site.page(
            "booking/book.html",
            data={"asked": asked},
            catalogue=catalogue_of(site.language(), SAYS),
            **_step(hall, asked, now, site.language()),
            here=request.full_path.rstrip("?"),
            url_of=lambda **steps: _url(asked, **steps),
        )
        return marked(page)


def _step(hall: Hall, asked: Mapping[str, str], now: int, language: str) -> dict[str, Any]:
    """What there is to choose next. A link that has gone stale leads to the last step that still holds."""
    services = _bookable(hall, now, asked["service"])
    service = next((each for each in services if each.code == asked["service"]), None)
    if service is None:
        closed = [] if services else _closed(hall, now, language)
        return {"step": "service", "services": services, "gone": bool(asked["service"]), "closed": closed}
    free = _days(hall, service.code, now, language)
    day = next((each for each in free if each["day"] == asked["day"]), None)
    if day is None:
        days = sorted([*free, *_closed(hall, now, language)], key=lambda each: str(each["day"]))
        return {"step": "day", "service": service, "days": days, "gone": _gone(hall, asked["day"], language)}
    chosen = next((time for time in day["times"] if time["at"] == asked["at"]), None)
    if chosen is None or not CLOCK_TIME.fullmatch(asked["at"]):
        return {"step": "time", "service": service, "day": day, "gone": bool(asked["at"])}
    rule = slot_rule_words(language, hall, moment(hall, day["day"], chosen["at"]))
    return {"step": "who", "service": service, "day": day, "time": chosen, "rule": rule}


def _bookable(hall: Hall, now: int, asked: str) -> list[Service]:
    """Those with a free time, where the centre takes appointments at all."""
    if not hall.settings.appointments:
        return []
    dates = _dates(hall, now)
    offered = services_from_afar(hall, asked)
    return [each for each in offered if any(free_slots(hall, each.code, day, now) for day in dates)]


def _days(hall: Hall, service: str, now: int, language: str) -> list[dict[str, Any]]:
    every = [(day, free_slots(hall, service, day, now)) for day in _dates(hall, now)]
    return [_day(hall, day, slots, language) for day, slots in every if slots]


def _day(hall: Hall, day: str, slots: Sequence[Slot], language: str) -> dict[str, Any]:
    times: list[dict[str, Any]] = [{"at": (iso(hall, slot.at) or "")[11:16], "free": slot.free} for slot in slots]
    return {
        "day": day,
        "words": day_words(day, language),
        "free": sum(slot.free for slot in slots),
        "times": times,
        "morning": [time for time in times if time["at"] < NOON],
        "afternoon": [time for time in times if time["at"] >= NOON],
    }


def _closed(hall: Hall, now: int, language: str) -> list[dict[str, Any]]:
    """The closed days among those that can be booked, each where one would look for it: nobody need wonder."""
    found = closed_within(hall, hall.day, last_day(hall, now)) if hall.settings.appointments else []
    return [{"day": max(each.first, hall.day), "closed": closed_words(language, each)} for each in found]


def _gone(hall: Hall, day: str, language: str) -> str:
    """Why the day that was asked for is not to be had; empty where none was."""
    if not day:
        return ""
    closed = closed_on(hall, day)
    if closed:
        return closed_words(language, closed)
    return gettext(language, "Nothing is free on that day any more. Please choose another one.")


def _dates(hall: Hall, now: int) -> list[str]:
    first, last = (date.fromisoformat(day).toordinal() for day in (hall.day, last_day(hall, now)))
    return [date.fromordinal(day).isoformat() for day in range(first, last + 1)]


def day_words(day: str, language: str) -> str:
    """As Thứ Ba, 24/11/2026."""
    words = format_date(date.fromisoformat(day), FORMATS.get(language, FORMATS["vi"]), locale=language)
    return words[:1].upper() + words[1:]


def _url(asked: Mapping[str, str], **steps: str) -> str:
    kept = {"procedure": asked["procedure"]} | steps
    return "/book?" + urlencode({part: value for part, value in kept.items() if value})
