"""Counters: every press of a clerk, and who sits where."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response

from app.api.counter_shapes import (
    BreaksIn,
    CallIn,
    CounterIn,
    CountersOut,
    DossiersIn,
    OpenIn,
    OverrunIn,
    PauseIn,
    PressIn,
    PressOut,
    ServedIn,
    TransferIn,
)
from app.api.presses import press_answer
from app.api.routes import actor, answer, idempotency_key, parts, route, told
from app.core import commands as cmd
from app.core.decision import Decision
from app.core.hall import Break, Hall, day_of
from app.core.permissions import PEOPLE, Role
from app.shaping import values_of
from app.site import request_language

counters = Blueprint("counters", __name__)
ADMIN = frozenset({Role.ADMIN})


@route(counters, "POST", "/counters/<int:number>/next", takes=PressIn, gives=PressOut)
def next_(number: int, body: PressIn) -> Response:
    """Call the next citizen, finishing the present one."""
    # a pad's key bounces and repeats itself, and each time its agent gives it a key anew
    deliberate = idempotency_key() is not None and actor().role is not Role.AGENT
    return press(number, cmd.CallNext(number, body.seen, deliberate=deliberate))


@route(counters, "POST", "/counters/<int:number>/call", takes=CallIn, gives=PressOut)
def call(number: int, body: CallIn) -> Response:
    """Call one ticket out of turn, or a missed or parked one again."""
    return press(number, cmd.CallTicket(number, body.seen, ticket=body.ticket))


@route(counters, "POST", "/counters/<int:number>/transfer", takes=TransferIn, gives=PressOut)
def transfer(number: int, body: TransferIn) -> Response:
    """Send the citizen to another service, and with `back` afterwards here again; the age of the ticket is kept."""
    return press(number, cmd.Transfer(number, body.seen, service=body.service, back=body.back))


def _simple(name: str, command: Callable[[int, str | None], cmd.Command], what: str) -> None:
    def view(number: int, body: PressIn) -> Response:
        return press(number, command(number, body.seen))

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
    return press(number, cmd.OpenCounter(number, clerk))


@route(counters, "POST", "/counters/<int:number>/pause", takes=PauseIn, gives=PressOut)
def pause(number: int, body: PauseIn) -> Response:
    """No further calls for now; `until` (HH:MM) is told to the hall."""
    return press(number, cmd.PauseCounter(number, body.until))


@route(counters, "POST", "/counters/<int:number>/close", gives=PressOut)
def close(number: int) -> Response:
    """The clerk leaves."""
    return press(number, cmd.CloseCounter(number))


@route(counters, "PUT", "/counters/<int:number>/services", takes=ServedIn, gives=PressOut)
def set_services(number: int, body: ServedIn) -> Response:
    """Which services the counter stands for (own) and helps with."""
    return press(number, cmd.SetCounterServices(number, tuple(body.own), tuple(body.help)))


@route(counters, "PUT", "/counters/<int:number>/breaks", takes=BreaksIn, gives=PressOut)
def plan_breaks(number: int, body: BreaksIn) -> Response:
    """Announce this counter's breaks of today, instead of those announced before and of the rota's."""
    hub = parts().hub
    with hub.lock:
        timezone = hub.hall.settings.timezone
        today = day_of(hub.now(), timezone)
        breaks = tuple(Break(_at(today, each.start, timezone), _at(today, each.end, timezone)) for each in body.breaks)
        return press(number, cmd.PlanBreaks(number, breaks))


@route(counters, "POST", "/counters/<int:number>/overrun", takes=OverrunIn, gives=PressOut)
def explain_overrun(number: int, body: OverrunIn) -> Response:
    """Why serving this citizen took longer than its target."""
    return press(number, cmd.ExplainOverrun(number, body.ticket, body.reason))


@route(counters, "POST", "/counters/<int:number>/dossiers", takes=DossiersIn, gives=PressOut)
def record_dossiers(number: int, body: DossiersIn) -> Response:
    """The dossiers that this citizen brought and fetched; said again for the same ticket, it replaces the first."""
    return press(number, cmd.RecordDossiers(number, **values_of(body)))


@route(counters, "GET", "/counters", gives=CountersOut)
def index() -> Response:
    """Every counter with its state."""
    hub, views, is_staff = parts().hub, parts().views, actor().role in PEOPLE
    with hub.lock:
        hall, now = hub.hall, hub.now()
        every = hall.counters.values()
        shown = [views.staff_counter(hall, each, now) if is_staff else views.counter(hall, each) for each in every]
    return answer({"counters": shown})


@route(counters, "PUT", "/counters/<int:number>", takes=CounterIn, gives=PressOut, roles=ADMIN)
def save(number: int, body: CounterIn) -> Response:
    """Add or change a counter."""
    return press(number, cmd.SaveCounter(number, body.name, tuple(body.own), tuple(body.help), body.kind))


@route(counters, "DELETE", "/counters/<int:number>", status=204, roles=ADMIN)
def remove(number: int) -> Response:
    """Take a closed counter away."""
    parts().hub.handle(cmd.RemoveCounter(number), actor(), key=idempotency_key())
    return Response(status=204)


def press(number: int, command: cmd.Command) -> Response:
    """Give a command that is about a counter, and tell how that stands."""
    outcome = parts().hub.handle(command, actor(), key=idempotency_key(), render=_render(number))
    return told(outcome)


def _render(number: int) -> Callable[[Hall, Decision], dict[str, Any]]:
    language, hub, views = request_language(), parts().hub, parts().views
    return lambda hall, decision: press_answer(views, hall, decision, number, language, now=hub.now())


def _at(day: str, clock_time: str, timezone: str) -> int:
    """The centre's HH:MM on a day (YYYY-MM-DD), in ms since the epoch."""
    return int(datetime.fromisoformat(f"{day}T{clock_time}").replace(tzinfo=ZoneInfo(timezone)).timestamp() * 1000)
