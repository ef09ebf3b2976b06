"""/home, /take and /b/ID: a number without standing in line for it. For old phones on poor lines."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, redirect, request

from app.addresses import phone_address
from app.at_home import home_view, own_booking
from app.booking.book_pages import day_words
from app.booking.small_pages import catalogue_of, its_parts, marked
from app.booking_words import clock_of, closed_words, rule_words
from app.core.booking_errors import UnknownBooking
from app.core.bookings import BookingState
from app.core.closed_days import closed_on
from app.core.hall import Hall
from app.core.lookup import find_booking
from app.hall_secret import is_hall_secret
from app.phone_mark import PHONE_COOKIE, phone_of
from app.plain import active_services, as_forecast
from app.qr import qr_svg
from app.site import Site
from app.wait_words import wait_words

SAYS = (
    "The server does not answer.",
    "The server gave an answer that is not understood.",
    "under 1 min",
    "%(n)s min",
    "It opens in %(time)s.",
    "%(n)s left",
    "All gone for today",
    "No counter serves this any more today",
    "Be there at about %(at)s",
    "Taking your number …",
    "To my number",
    "No connection. As it was at %(time)s.",
)
"""All that these pages' scripts say: a poor line is spared the rest of the catalogue."""


def hang(room: Blueprint, site: Site) -> None:
    """The pages into their room."""

    @room.get("/home")
    def home() -> Response:
        wanted = request.args.get("service", "")  # whoever has looked a procedure up sees its service first
        with site.hub.lock:
            offer = home_view(site.hub.hall, its_parts().views, site.hub.now(), wanted)
            closed = _closed(site.hub.hall, site.hub.hall.day, site.language())
            held = _held(site.hub.hall)
        offer["services"].sort(key=lambda each: each["code"] != wanted)
        sought = _sought(request.args.get("procedure", ""), wanted)
        facts: dict[str, Any] = {"offer": offer, "closed": closed, "sought": sought, "held": held}
        return marked(_page(site, "booking/home.html", data=offer, wished=_wished_language(), **facts))

    @room.get("/take")
    def take() -> Response:
        secret = request.args.get("at", "")
        with site.hub.lock:
            is_on = site.hub.hall.settings.phone_numbers
            services = _waits(site.hub.hall, site.hub.now(), site.language())
        state = "off" if not is_on else "open" if is_hall_secret(its_parts().store, secret) else "void"
        status = HTTPStatus.OK if state == "open" else HTTPStatus.NOT_FOUND
        data = {"secret": secret if state == "open" else ""}
        return marked(_page(site, "booking/take.html", status=status, data=data, state=state, services=services))

    @room.get("/b/<id_>")
    def booking(id_: str) -> Any:
        with site.hub.lock:
            hall, now = site.hub.hall, site.hub.now()
        try:
            found = find_booking(hall, id_)
        except UnknownBooking:
            return _page(site, "booking/booking-gone.html", status=HTTPStatus.NOT_FOUND)
        if found.state is BookingState.ARRIVED and found.ticket in hall.tickets:
            return redirect(f"/t/{found.ticket}{_wished_language()}")
        own = own_booking(hall, found, now)
        return _page(
            site,
            "booking/booking-page.html",
            data=own,
            booking=own,
            at=clock_of(hall, found.at),
            day=day_words(found.day, site.language()),
            come_from=own["come_from"][11:16],
            until=clock_of(hall, found.until or found.at),
            rule=rule_words(site.language(), hall, found),
            closed=_closed(hall, found.day, site.language()),
            qr=_qr(id_),
        )


def _page(
    site: Site, template: str, *, status: int = HTTPStatus.OK, data: Mapping[str, Any] | None = None, **facts: Any
) -> Response:
    here, said = request.full_path.rstrip("?"), catalogue_of(site.language(), SAYS)
    timed = {"clock_rate": its_parts().views.clock_rate, **(data or {})}
    return site.page(template, status=status, data=timed, catalogue=said, here=here, **facts)


def _closed(hall: Hall, day: str, language: str) -> str:
    closed = closed_on(hall, day)
    return closed_words(language, closed) if closed else ""


def _held(hall: Hall) -> list[dict[str, str]]:
    """The numbers that the asking phone holds today."""
    known = its_parts().one_each
    phone = phone_of(known.key, request.cookies.get(PHONE_COOKIE, ""))
    return known.held_by(hall, phone) if phone else []


def _sought(procedure: str, service: str) -> Mapping[str, Any] | None:
    """The procedure that a number is wanted for, where it belongs to that service."""
    found = its_parts().store.procedure(procedure) if procedure else None
    return found if found and found["service"] == service else None


def _waits(hall: Hall, now: int, language: str) -> list[dict[str, Any]]:
    """What the kiosk says of each service."""
    views, told = its_parts().views, []
    for each in active_services(hall):
        expected = as_forecast(views.wait(hall, each.code, now))
        is_gone = each.daily_limit is not None and hall.series.get(each.code, 0) >= each.daily_limit
        told.append(
            {
                "code": each.code,
                "name": each.name,
                "name_en": each.name_en,
                "waiting": len(hall.queue(each.code)),
                "expected": wait_words(language, expected, len(hall.queue(each.code))),
                "is_gone": is_gone,
            }
        )
    return told


def _qr(id_: str) -> str:
    """For the kiosk's scanner; none where the address would be this machine's own name for itself."""
    address = phone_address(its_parts().config.public_url, request.host_url)
    return qr_svg(f"{address.base}/b/{id_}") if address else ""


def _wished_language() -> str:
    language = request.args.get("lang", "")
    return f"?lang={language}" if language.isalpha() else ""
