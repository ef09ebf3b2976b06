"""Counters: every press of a clerk, and who sits where."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response

from app.api.presses import press_answer
from app.api.routes import actor, answer, idempotency_key, parts, route, told
from app.api.shapes import CallIn, CounterIn, CountersOut, OpenIn, PauseIn, PressIn, PressOut, ServedIn, TransferIn
from app.core import commands as cmd
from app.core.decision import Decision
from app.core.hall import Hall
from app.core.permissions import PEOPLE, Role
from app.site import request_language

counters = Blueprint("counters", __name__)
ADMIN = frozenset({Role.ADMIN})


@route(counters, "POST", "/counters/<int:number>/next", takes=PressIn, gives=PressOut)
def next_(number: int, body: PressIn) -> Response:
    """Call the next citizen, finishing the present one."""
    # a pad's key bounces and repeats itself, and each time its agent gives it a key anew
    deliberate = idempotency_key() is not None and actor().role is not Role.AGENT
    return _press(number, cmd.CallNext(number, body.seen, deliberate=deliberate))


@route(counters, "POST", "/counters/<int:number>/call", takes=CallIn, gives=PressOut)
def call(number: int, body: CallIn) -> Response:
    """Call one ticket out of turn, or a missed or parked one again."""
    return _press(number, cmd.CallTicket(number, body.seen, ticket=body.ticket))


@route(counters, "POST", "/counters/<int:number>/transfer", takes=TransferIn, gives=PressOut)
def transfer(number: int, body: TransferIn) -> Response:
    """Send the citizen to another service; the age of the ticket is kept."""
    return _press(number, cmd.Transfer(number, body.seen, service=body.service))


def _simple(name: str, command: Callable[[int, str | None], cmd.Command], what: str) -> None:
    def view(number: int, body: PressIn) -> Response:
        return _press(number, command(number, body.seen))

    view.__name__ = name
    view.__doc__ = what
    route(counters, "POST", f"/counters/<int:number>/{name}", takes=PressIn, gives=PressOut)(view)


_simple("recall", cmd.Recall, "Call the same citizen again.")
_simple("arrive", cmd.Arrive, "The citizen is at the counter: handling begins.")
_simple("finish", cmd.Finish, "Done, without calling the next one.")
_simple("miss", cmd.Miss, "The citizen did not come.")
_simple("park", cmd.Park, "The citizen goes to photocopy and comes back to this counter.")
_simple("undo", cmd.UndoPress, "Take the last press back.")


@route(counters, "POST", "/counters/<int:number>/open", takes=OpenIn, gives=PressOut, roles=frozenset(PEOPLE))
def open_(number: int, body: OpenIn) -> Response:
    """Open the counter, or end its pause. A clerk sits down there; a leader may name the clerk."""
    by = actor()
    clerk = by.name if by.role is Role.CLERK else body.clerk
    if clerk is not None:
        parts().accounts.check_person(clerk)
    return _press(number, cmd.OpenCounter(number, clerk))


@route(counters, "POST", "/counters/<int:number>/pause", takes=PauseIn, gives=PressOut)
def pause(number: int, body: PauseIn) -> Response:
    """No further calls for now; `until` (HH:MM) is told to the hall."""
    return _press(number, cmd.PauseCounter(number, body.until))


@route(counters, "POST", "/counters/<int:number>/close", gives=PressOut)
def close(number: int) -> Response:
    """The clerk leaves."""
    return _press(number, cmd.CloseCounter(number))


@route(counters, "PUT", "/counters/<int:number>/services", takes=ServedIn, gives=PressOut)
def set_services(number: int, body: ServedIn) -> Response:
    """Which services the counter stands for (own) and helps with."""
    return _press(number, cmd.SetCounterServices(number, tuple(body.own), tuple(body.help)))


@route(counters, "GET", "/counters", gives=CountersOut)
def index() -> Response:
    """Every counter with its state."""
    hall, views = parts().hub.hall, parts().views
    show = views.staff_counter if actor().role in PEOPLE else views.counter
    return answer({"counters": [show(hall, counter) for counter in hall.counters.values()]})


@route(counters, "PUT", "/counters/<int:number>", takes=CounterIn, gives=PressOut, roles=ADMIN)
def save(number: int, body: CounterIn) -> Response:
    """Add or change a counter."""
    return _press(number, cmd.SaveCounter(number, body.name, tuple(body.own), tuple(body.help)))


@route(counters, "DELETE", "/counters/<int:number>", status=204, roles=ADMIN)
def remove(number: int) -> Response:
    """Take a closed counter away."""
    parts().hub.handle(cmd.RemoveCounter(number), actor(), key=idempotency_key())
    return Response(status=204)


def _press(number: int, command: cmd.Command) -> Response:
    outcome = parts().hub.handle(command, actor(), key=idempotency_key(), render=_render(number))
    return told(outcome)


def _render(number: int) -> Callable[[Hall, Decision], dict[str, Any]]:
    language = request_language()
    return lambda hall, decision: press_answer(parts().views, hall, decision, number, language)
