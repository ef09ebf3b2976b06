"""Numbers taken from home or by phone in the hall, bookings as their holders see them, and checking in."""

import secrets
from contextlib import AbstractContextManager
from typing import Any

from flask import Blueprint, Response, g, request

from app.addresses import phone_address
from app.api.appointments_views import keyring
from app.api.describing import Query
from app.api.home_shapes import BookingOut, CheckInIn, HomeIn, HomeOut, TakeAddressOut, TakeIn
from app.api.limits import limited
from app.api.problems import BadField
from app.api.routes import actor, answer, answered, idempotency_key, parts, route, told
from app.api.shapes import TicketOut
from app.api.tickets import CITIZEN, ID_BYTES, own_view
from app.at_home import booking_of_code, home_view, is_served_at, new_code, own_booking, ready_at
from app.core import commands as cmd
from app.core.booking_errors import UnknownBooking
from app.core.decision import Decision
from app.core.errors import Conflict, Forbidden
from app.core.hall import Hall
from app.core.lookup import find_booking
from app.core.permissions import ISSUERS, LEADERS, Actor, Role
from app.hall_secret import hall_secret, is_hall_secret, renew_hall_secret
from app.one_each import plain_number
from app.phone_mark import PHONE_COOKIE, phone_of
from app.store.log import Also
from app.store.persons import drop_personal

home = Blueprint("home", __name__)
SERVICE = Query("service", "One that only self-service PCs do, which is left out otherwise.")
CODE_DIGITS = 6


class WrongPoster(Forbidden):
    code = "wrong_poster"
    text = "This is not the code of the poster that hangs in the hall now. Please scan the poster again."


class NotServedThen(Conflict):
    code = "not_served_then"
    text = "By the time it is your turn the counters for this are closed today. Please come another day."


class PhoneNumbersOff(Conflict):
    code = "phone_numbers_off"
    text = "Phones may not take numbers here. Please take one at the kiosk."


@home.after_request
def never_from_a_cache(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-store")
    return response


# From home


@route(home, "GET", "/home", gives=HomeOut, roles=None, queries=(SERVICE,))
def offer() -> Response:
    """Whether numbers can be taken from home now, how many are left in each service, when the turn would come.

    What only self-service PCs do is left out, unless it is the `service` of the query.
    """
    hub = parts().hub
    with hub.lock:
        return answer(home_view(hub.hall, parts().views, hub.now(), request.args.get("service", "")))


@route(home, "POST", "/home", takes=HomeIn, gives=BookingOut, status=201, roles=None)
def take_from_home(body: HomeIn) -> Response:
    """Take a number for today before being there. It is kept until `until`: check in at the centre before that."""
    hub, key = parts().hub, idempotency_key(_sender())
    with hub.lock:
        if key and (kept := answered(key)):
            return kept
        hub.keep_time()
        now, id_ = hub.now(), secrets.token_urlsafe(ID_BYTES)
        command = cmd.BookHome(
            id_,
            new_code(hub.hall),
            body.service,
            _ready_at(hub.hall, body.service, now),
            body.procedure,
            body.language,
            body.claimed,
        )
        with _claimed(hub.hall, body, id_) as also:
            render = _booking(id_)
            return told(hub.handle(command, _who(), key=key, render=render, status=201, also=also))


def _ready_at(hall: Hall, service: str, now: int) -> int:
    """A service that is not there is for the core to refuse. Raises NotServedThen."""
    if service not in hall.services:
        return now
    ready = ready_at(hall, parts().views, service, now)
    if not is_served_at(hall, service, ready, now):
        raise NotServedThen
    return ready


# In the hall, by one's own phone


@route(home, "POST", "/take", takes=TakeIn, gives=TicketOut, status=201, roles=None)
def take(body: TakeIn) -> Response:
    """Take a number in the hall with one's own phone: the poster's code says that one is there."""
    hub, key = parts().hub, idempotency_key(_sender())
    if not is_hall_secret(parts().store, body.secret):
        raise WrongPoster
    with hub.lock:
        if key and (kept := answered(key)):
            return kept
        if not hub.hall.settings.phone_numbers:
            raise PhoneNumbersOff
        hub.keep_time()
        command = cmd.IssueTicket(
            secrets.token_urlsafe(ID_BYTES),
            body.service,
            procedure=body.procedure,
            language=body.language,
            channel="phone",
        )
        with _claimed(hub.hall, body, command.ticket) as also:
            return told(hub.handle(command, CITIZEN, key=key, render=own_view, status=201, also=also))


def _claimed(hall: Hall, body: HomeIn | TakeIn, holder: str) -> AbstractContextManager[Also]:
    """Somebody with an appointment for the same today is to come by that. Raises as OneEach.claimed does."""
    one_each = parts().one_each
    if hall.settings.one_per_person and body.person:
        one_each.check_appointment(hall, body.service, hall.day, plain_number(body.person), keyring())
    return one_each.claimed(hall, body.service, holder, body.person, _phone())


@route(home, "GET", "/take-address", gives=TakeAddressOut, roles=LEADERS)
def take_address() -> Response:
    """What the poster's QR code holds; null where no phone could reach this server."""
    return answer(_take_address())


@route(home, "POST", "/take/renew", gives=TakeAddressOut, roles=frozenset({Role.ADMIN, Role.SYSTEM}))
def renew() -> Response:
    """A new code for the poster: those that hang are void from now on."""
    renew_hall_secret(parts().hub)
    return answer(_take_address())


def _take_address() -> dict[str, str | None]:
    address = phone_address(parts().config.public_url, request.host_url)
    return {"url": f"{address.base}/take?at={hall_secret(parts().hub, parts().store)}" if address else None}


# A booking, by its unguessable id


@route(home, "GET", "/bookings/<id_>", gives=BookingOut, roles=None)
def show(id_: str) -> Response:
    """A booking of today or later; no sign-in."""
    hub = parts().hub
    with hub.lock:
        return answer(own_booking(hub.hall, find_booking(hub.hall, id_), hub.now()))


@route(home, "POST", "/bookings/<id_>/cancel", gives=BookingOut, roles=None)
def cancel(id_: str) -> Response:
    """Give it back: somebody else may have it, and whose it was is forgotten. Given back already, it stays so."""
    hub = parts().hub
    key = idempotency_key(g.actor or Actor(id_, Role.CITIZEN))
    also = drop_personal(id_)
    return told(hub.handle(cmd.CancelBooking(id_), _who(), key=key, render=_booking(id_), also=also))


@route(home, "POST", "/check-in", takes=CheckInIn, gives=TicketOut, status=201, roles=frozenset(ISSUERS))
@limited("20/minute;200/hour", refusals_only=True, who=lambda: actor().label, of=lambda body: str(bool(body.code)))
def check_in(body: CheckInIn) -> Response:
    """Whoever booked is here: the booking becomes a ticket. A second time gives the same ticket."""
    hub, key = parts().hub, idempotency_key()
    with hub.lock:
        if key and (kept := answered(key)):
            return kept
        hub.keep_time()
        command = cmd.CheckIn(_booking_meant(hub.hall, body), secrets.token_urlsafe(ID_BYTES))
        return told(hub.handle(command, actor(), key=key, render=own_view, status=201))


def _booking_meant(hall: Hall, body: CheckInIn) -> str:
    """Raises UnknownBooking or BadField."""
    if body.booking:
        return body.booking
    code = "".join(body.code.split())
    if len(code) != CODE_DIGITS or not (code.isascii() and code.isdecimal()):
        raise BadField(field="code", why="six digits")
    found = booking_of_code(hall, code)
    if found is None:
        raise UnknownBooking(booking=code)
    return found.id


# Who asks


def _who() -> Actor:
    """Whoever may not by their own role, such as a screen, asks as any citizen could."""
    asker: Actor | None = g.actor
    return asker if asker is not None and asker.role in ISSUERS else CITIZEN


def _phone() -> str | None:
    """The telephone's id, where a telephone asks: staff and kiosks take numbers for many."""
    if _who() is not CITIZEN:
        return None
    mark = request.cookies.get(PHONE_COOKIE, "")
    return phone_of(parts().one_each.key, mark) if mark else None


def _sender() -> Actor:
    """Whose key an Idempotency-Key is."""
    who = _who()
    return who if who is not CITIZEN else Actor(_phone() or "", Role.CITIZEN)


def _booking(id_: str) -> Any:
    def render(hall: Hall, _decision: Decision) -> dict[str, Any]:
        return own_booking(hall, hall.bookings[id_], parts().hub.now())

    return render
