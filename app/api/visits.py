"""What goes with a visit: who has priority, how the service was found, and a helper who is asked for."""

from typing import Any

from flask import Blueprint, Response, g

from app.api.counter_shapes import PressIn, PressOut
from app.api.counters import press
from app.api.routes import actor, answered, idempotency_key, parts, route, told
from app.api.shapes import TicketOut
from app.api.tickets import CITIZEN, own_view
from app.api.visits_shapes import (
    AssistanceIn,
    AssistanceOut,
    ConfirmIn,
    CounterRatingIn,
    PriorityIn,
    RatedOut,
    RatingIn,
)
from app.core import commands as cmd
from app.core.decision import Decision
from app.core.errors import Conflict, Invalid, RoleForbids
from app.core.hall import CounterKind, Hall, Ticket, TicketState
from app.core.lookup import find_counter
from app.core.permissions import ISSUERS, PEOPLE, Actor, Role
from app.plain import assistance

visits = Blueprint("visits", __name__)
RATES_AT_COUNTERS = frozenset({Role.DISPLAY, Role.KIOSK})  # no clerk says how the own service was
RATED_WITHIN_MS = 180_000  # whoever stands at the counter's tablet later is somebody else


class NothingToRate(Conflict):
    code = "nothing_to_rate"
    text = "At counter %(counter)s nobody was served just now who has not said yet how it was."


class PlaceUnknown(Invalid):
    code = "place_unknown"
    text = "Say at which counter a helper is needed."


# Priority


@route(visits, "POST", "/tickets/<id_>/priority", takes=PriorityIn, gives=TicketOut, roles=PEOPLE)
def give_priority(id_: str, body: PriorityIn) -> Response:
    """Staff have seen why this waiting citizen goes first; a claim of theirs is confirmed by it."""
    command = cmd.GivePriority(id_, body.priority)
    with parts().hub.lock, parts().reasons.given(id_, body.priority) as also:
        outcome = parts().hub.handle(command, actor(), key=idempotency_key(), render=own_view, also=also)
    return told(outcome)


@route(visits, "POST", "/counters/<int:number>/priority/confirm", takes=ConfirmIn, gives=PressOut, roles=PEOPLE)
def confirm_priority(number: int, body: ConfirmIn) -> Response:
    """What the citizen said is right."""
    return press(number, cmd.ConfirmPriority(body.ticket))


@route(visits, "POST", "/counters/<int:number>/priority/refuse", takes=PressIn, gives=PressOut)
def refuse_priority(number: int, body: PressIn) -> Response:
    """It is not: back to the place among everybody. A press like others, which can be taken back."""
    return press(number, cmd.RefusePriority(number, body.seen))


# Ratings


@route(visits, "POST", "/tickets/<id_>/rating", takes=RatingIn, gives=RatedOut, roles=None)
def rate_ticket(id_: str, body: RatingIn) -> Response:
    """How the service was, by whoever holds the ticket's id, once; staff do not say it for them."""
    key = idempotency_key(g.actor or Actor(id_, Role.CITIZEN))
    command = cmd.RateService(id_, body.face, body.reason)
    return told(parts().hub.handle(command, g.actor or CITIZEN, key=key, render=_counted))


@route(visits, "POST", "/counters/<int:number>/rating", takes=CounterRatingIn, gives=RatedOut, roles=RATES_AT_COUNTERS)
def rate_counter(number: int, body: CounterRatingIn) -> Response:
    """How it was, by whoever was served last here, while they may still be there. Raises NothingToRate."""
    hub, key = parts().hub, idempotency_key()
    with hub.lock:
        kept = key and answered(key)
        if kept:
            return kept
        last = _served_last(hub.hall, number)
        if last is None or body.ticket not in (None, last.id) or not _may_rate(hub.hall, last, number, hub.now()):
            raise NothingToRate(counter=number)
        command = cmd.RateService(last.id, body.face, body.reason)
        return told(hub.handle(command, actor(), key=key, render=_counted))


def _served_last(hall: Hall, number: int) -> Ticket | None:
    find_counter(hall, number)
    served = [t for t in hall.tickets.values() if t.counter == number and t.state is TicketState.FINISHED]
    return max(served, key=lambda ticket: ticket.ended_at or 0, default=None)


def _may_rate(hall: Hall, ticket: Ticket, number: int, now: int) -> bool:
    """Once, and while nobody else stands before the counter's tablet."""
    next_one = hall.counters[number].ticket
    taken = next_one is not None and hall.tickets[next_one].state is TicketState.SERVING
    return not ticket.rated and not taken and now - (ticket.ended_at or 0) <= RATED_WITHIN_MS


def _counted(_hall: Hall, _decision: Decision) -> dict[str, Any]:
    return {"counted": True}


# A helper


@route(visits, "POST", "/assistance", takes=AssistanceIn, gives=AssistanceOut, roles=frozenset(ISSUERS))
def ask_assistance(body: AssistanceIn) -> Response:
    """Somebody needs a helper, here or at a counter."""
    hub = parts().hub
    with hub.lock:
        place = _place(hub.hall, actor(), body.counter)
        return told(hub.handle(cmd.AskAssistance(place), actor(), key=idempotency_key(), render=_asked))


@route(visits, "DELETE", "/assistance/<path:place>", gives=AssistanceOut, roles=frozenset(ISSUERS))
def give_assistance(place: str) -> Response:
    """A helper goes there; or, from the place itself, none is needed any more."""
    hub = parts().hub
    with hub.lock:
        if actor().role not in PEOPLE and not _is_own(hub.hall, actor(), place):
            raise RoleForbids(role=actor().role)
        return told(hub.handle(cmd.GiveAssistance(place), actor(), key=idempotency_key(), render=_asked))


def _place(hall: Hall, by: Actor, counter: int | None) -> str:
    if counter is not None:
        station = find_counter(hall, counter).kind is CounterKind.STATION
        if by.role in PEOPLE or (station and by.role is Role.KIOSK):
            return f"counter:{counter}"
        raise RoleForbids(role=by.role)
    if by.role in PEOPLE:
        raise PlaceUnknown
    return f"{by.role}:{by.name}"


def _is_own(hall: Hall, by: Actor, place: str) -> bool:
    kind, _, which = place.partition(":")
    if kind != "counter":
        return place == f"{by.role}:{by.name}"
    counter = hall.counters.get(int(which)) if which.isdecimal() else None
    return by.role is Role.KIOSK and counter is not None and counter.kind is CounterKind.STATION


def _asked(hall: Hall, _decision: Decision) -> dict[str, Any]:
    return {"assistance": assistance(hall)}
