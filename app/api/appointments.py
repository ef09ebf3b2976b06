"""Appointments at the centre and visits at home: what is free, booking, the day's list."""

import secrets
from dataclasses import asdict
from datetime import date
from typing import Any

from flask import Blueprint, Response, g, request

from app.api.appointments_shapes import (
    AllClosedDaysIn,
    AllClosedDaysOut,
    BookingIn,
    BookingsOut,
    FreeTimesOut,
    MadeOut,
    SlotRulesIn,
    VisitIn,
    gives_personal,
    told_of,
)
from app.api.appointments_views import (
    closed_and_standing,
    closed_view,
    free_day,
    free_days,
    keyring,
    listed,
    next_times,
)
from app.api.describing import DAY, Query
from app.api.problems import BadField
from app.api.routes import actor, answer, answered, idempotency_key, parts, route, told
from app.api.tickets import CITIZEN, ID_BYTES
from app.at_home import new_code
from app.calendar_file import calendar_of, calendar_of_visits
from app.core import commands as cmd
from app.core.booking_errors import AppointmentsOff, NotAVisit, SlotTaken
from app.core.bookings import Booking, BookingKind
from app.core.centre import ClosedDays, SlotRule
from app.core.closed_days import closed_within
from app.core.decision import Decision
from app.core.errors import RoleForbids
from app.core.hall import Hall
from app.core.lookup import find_booking, find_service
from app.core.permissions import LEADERS, PEOPLE, Actor
from app.core.slots import last_day, moment
from app.one_each import telephone
from app.plain import booking as as_told
from app.plain import iso as as_iso
from app.sealing import Personal
from app.shaping import values_of
from app.site import request_language
from app.store.log import Also
from app.store.past_bookings import bookings_on
from app.store.persons import keep_personal, put_personal

appointments = Blueprint("appointments", __name__)
DAY_LETTERS = 10


CALENDAR = "text/calendar"
SERVICE = Query("service", "The service's code.", needed=True)
ONE_DAY = Query("day", "All the days that can be booked where it is not given.", DAY)
DAY_OF = Query("day", "Today where it is not given.", DAY)
KINDS = [kind.value for kind in BookingKind]
KIND = Query("kind", "All kinds where it is not given.", {"type": "string", "enum": KINDS})


@appointments.after_request
def never_from_a_cache(response: Response) -> Response:
    """Names are for whoever is signed in now, and what is free changes."""
    response.headers.setdefault("Cache-Control", "no-store")
    return response


# What is free


@route(appointments, "GET", "/slots", gives=FreeTimesOut, roles=None, queries=(SERVICE, ONE_DAY))
def free_times() -> Response:
    """The free times of `service`, on `day` or on all the days that can be booked."""
    day, service = request.args.get("day"), request.args.get("service", "")
    with parts().hub.lock:
        hall, now = parts().hub.hall, parts().hub.now()
        find_service(hall, service)
        if not hall.settings.appointments:
            raise AppointmentsOff
        days = free_days(hall, service, now) if day is None else [free_day(hall, service, _day(day), now)]
        last = last_day(hall, now)
        closed = [asdict(each) for each in closed_within(hall, hall.day, last)]
        return answer({"service": service, "first": hall.day, "last": last, "days": days, "closed": closed})


@route(appointments, "GET", "/slots/rules", gives=SlotRulesIn, roles=PEOPLE | LEADERS)
def rules() -> Response:
    """The times that can be booked, as a week."""
    return answer(_rules())


@route(appointments, "PUT", "/slots", takes=SlotRulesIn, gives=SlotRulesIn, roles=LEADERS)
def save_rules(body: SlotRulesIn) -> Response:
    """The whole week anew. What is booked already stays booked."""
    slots = tuple(SlotRule(**values_of(each)) for each in body.slots)
    parts().hub.handle(cmd.SaveSlots(slots), actor(), key=idempotency_key())
    return answer(_rules())


@route(appointments, "GET", "/closed-days", gives=AllClosedDaysOut, roles=PEOPLE | LEADERS)
def closed_days() -> Response:
    """The days on which the centre is shut, and what is booked there all the same."""
    return answer(_closed_days())


@route(appointments, "PUT", "/closed-days", takes=AllClosedDaysIn, gives=AllClosedDaysOut, roles=LEADERS)
def save_closed_days(body: AllClosedDaysIn) -> Response:
    """All of them anew. What is booked already stays booked, and is told in `standing`: phone these people."""
    closed = tuple(ClosedDays(**values_of(each)) for each in body.closed)
    parts().hub.handle(cmd.SaveClosedDays(closed), actor(), key=idempotency_key())
    return answer(_closed_days())


# Booking


@route(appointments, "POST", "/bookings", takes=BookingIn, gives=MadeOut, status=201, roles=None)
def book(body: BookingIn) -> Response:
    """An appointment, for anybody; a visit at home, by staff. SlotTaken names the next free times in `next`.

    Where the centre gives one number to each person, whoever is not staff has to tell a `phone`.
    """
    by: Actor = g.actor or CITIZEN
    if body.kind == "visit":
        _check_visitor(by, body.clerk)
    hub, key = parts().hub, idempotency_key(by)
    id_, day = secrets.token_urlsafe(ID_BYTES), body.day.isoformat()
    with hub.lock:
        if key and (kept := answered(key)):
            return kept
        hub.keep_time()
        if body.kind == "slot" and by.role not in PEOPLE | LEADERS:  # staff may give somebody a second one
            _check_one_each(body, day)
        also = _sealed(id_, Personal(**told_of(body)), day)
        try:
            command = _command(body, id_)
            made = hub.handle(command, by, key=key, render=_render(id_), status=201, also=also)
        except SlotTaken as taken:
            others = next_times(hub.hall, body.service, day, body.at, hub.now())
            raise SlotTaken(**taken.facts, next=others) from None
        return told(made)


def _check_visitor(by: Actor, clerk: str | None) -> None:
    """Before anybody learns who works here. Raises RoleForbids or UnknownPerson."""
    if by.role not in PEOPLE | LEADERS:
        raise RoleForbids(role=by.role)
    if clerk:
        parts().accounts.check_person(clerk)


def _check_one_each(body: BookingIn, day: str) -> None:
    """Raises PhoneNeeded or PersonHolds, where the centre gives one number to each person."""
    hall, one_each = parts().hub.hall, parts().one_each
    if not hall.settings.one_per_person:
        return
    number = telephone(body.phone)
    if day == hall.day:
        one_each.check_number(hall, body.service, number)
    one_each.check_appointment(hall, body.service, day, number, keyring())


def _command(body: BookingIn, id_: str) -> cmd.BookSlot | cmd.BookVisit:
    hall, day = parts().hub.hall, body.day.isoformat()
    facts: dict[str, Any] = {
        "booking": id_,
        "code": new_code(hall),
        "service": body.service,
        "procedure": body.procedure,
        "language": body.language,
        "day": day,
        "at": moment(hall, day, body.at),
    }
    if body.kind == "visit":
        return cmd.BookVisit(**facts, clerk=body.clerk or None)
    return cmd.BookSlot(**facts, claimed=body.claimed)


def _sealed(id_: str, personal: Personal, day: str) -> Also | None:
    """Somebody who tells nothing leaves nothing."""
    return put_personal(id_, keyring().seal(id_, personal), _keep_until(day)) if personal else None


def _keep_until(day: str) -> str:
    """Also of a day that the core is still to refuse: the calendar ends with the year 9999."""
    kept = date.fromisoformat(day).toordinal() + parts().hub.hall.settings.personal_days
    return date.fromordinal(min(kept, date.max.toordinal())).isoformat()


# The day's list


@route(appointments, "GET", "/bookings", gives=BookingsOut, roles=PEOPLE | LEADERS, queries=(DAY_OF, KIND))
def show() -> Response:
    """Those of `day` (today if none is given, or a day gone by) and of `kind`; of whom, for those who need it."""
    with parts().hub.lock:
        hall, now = parts().hub.hall, parts().hub.now()
        day, kind = _day(request.args.get("day", hall.day)), _kind(request.args.get("kind"))
        every = bookings_on(parts().store.reads, day) if day < hall.day else hall.bookings.values()
        found = [b for b in every if b.day == day and kind in (None, b.kind)]
        told = {"day": day, "now": as_iso(hall, now), "closed": closed_view(hall, day)}
        return answer(told | {"bookings": listed(hall, found, actor(), now)})


@route(appointments, "PUT", "/bookings/<id_>", takes=VisitIn, gives=MadeOut, roles=PEOPLE | LEADERS)
def change(id_: str, body: VisitIn) -> Response:
    """Another time or another clerk for a visit; a clerk changes the own visits only."""
    _check_visitor(actor(), body.clerk)
    hub, day = parts().hub, body.day.isoformat()
    with hub.lock:
        _own_visit(id_)
        command = cmd.ChangeVisit(id_, day, moment(hub.hall, day, body.at), body.clerk or None)
        also = keep_personal(id_, _keep_until(day))
        if gives_personal(body):
            also = put_personal(id_, keyring().seal(id_, Personal(**told_of(body))), _keep_until(day))
        return told(hub.handle(command, actor(), key=idempotency_key(), render=_render(id_), also=also))


@route(appointments, "POST", "/bookings/<id_>/done", gives=MadeOut, roles=PEOPLE | LEADERS)
def done(id_: str) -> Response:
    """The visit was made."""
    hub = parts().hub
    with hub.lock:
        _own_visit(id_)
        return told(hub.handle(cmd.FinishVisit(id_), actor(), key=idempotency_key(), render=_render(id_)))


# Calendars


@route(appointments, "GET", "/bookings/<id_>/calendar.ics", roles=None, gives_file=CALENDAR)
def calendar(id_: str) -> Response:
    """For the citizen's calendar, by the booking's unguessable id: nothing personal is in it."""
    with parts().hub.lock:
        hall, now = parts().hub.hall, parts().hub.now()
        booking = find_booking(hall, id_)
    return _file(calendar_of(hall, booking, now, request_language(), request.host_url), "lich-hen.ics")


@route(appointments, "GET", "/bookings/visits.ics", roles=PEOPLE | LEADERS, queries=(DAY_OF,), gives_file=CALENDAR)
def visits_calendar() -> Response:
    """The visits of `day` that somebody has to make, of leaders all: when and for what, not to whom."""
    with parts().hub.lock:
        hall, now = parts().hub.hall, parts().hub.now()
        day = _day(request.args.get("day", hall.day))
        visits = [b for b in hall.bookings.values() if b.day == day and b.kind is BookingKind.VISIT]
        mine = [b for b in visits if actor().role in LEADERS or b.clerk == actor().name]
    return _file(calendar_of_visits(hall, mine, now, request_language(), request.host_url), f"{day}.ics")


def _file(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=f"{CALENDAR}; charset=utf-8", headers=headers)


def _own_visit(id_: str) -> Booking:
    """Whoever could hand a stranger's visit to themselves would see the address. Raises RoleForbids or NotAVisit."""
    booking = find_booking(parts().hub.hall, id_)
    if booking.kind is not BookingKind.VISIT:
        raise NotAVisit
    if actor().role not in LEADERS and booking.clerk != actor().name:
        raise RoleForbids(role=actor().role)
    return booking


def _render(id_: str) -> Any:
    def render(hall: Hall, _decision: Decision) -> dict[str, Any]:
        return as_told(hall, hall.bookings[id_], parts().hub.now())

    return render


def _rules() -> dict[str, Any]:
    return {"slots": [asdict(rule) for rule in parts().hub.hall.slots]}


def _closed_days() -> dict[str, Any]:
    with parts().hub.lock:
        return {"closed": closed_and_standing(parts().hub.hall)}


def _kind(text: str | None) -> BookingKind | None:
    """Raises BadField."""
    if text is not None and text not in KINDS:
        raise BadField(field="kind", why=", ".join(KINDS))
    return BookingKind(text) if text else None


def _day(text: str) -> str:
    """Raises BadField."""
    try:
        return date.fromisoformat(text[:DAY_LETTERS]).isoformat()
    except ValueError:
        raise BadField(field="day", why="YYYY-MM-DD") from None
