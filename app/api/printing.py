"""Paper for a number, and a light on a board that somebody looks for: what the hub asks of its hardware agents."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, Literal
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request
from pydantic import BaseModel

from app.addresses import phone_address
from app.api.routes import actor, answer, idempotency_key, parts, route
from app.core.errors import RoleForbids, Unknown, UnknownTicket, WrongState
from app.core.hall import Ticket, TicketState
from app.core.permissions import ISSUERS, LEADERS, PEOPLE, Actor, Role
from app.i18n import languages
from app.printing import Block, Printing, document, in_language, printer_for, trial
from app.shaping import Strict

printing = Blueprint("printing", __name__)
LIGHTERS = frozenset(LEADERS | {Role.AGENT})
SILENT = (HTTPStatus.GATEWAY_TIMEOUT,)
ENDED = frozenset({TicketState.FINISHED, TicketState.CANCELLED, TicketState.CLOSED})
LIT_S = 10  # to look up from the desk and along the wall
LIGHT_S = 7  # within the one try of the page's own clock, app/static/api.js


class UnknownBoard(Unknown):
    code = "unknown_board"
    text = "The hardware agent %(agent)s has no board '%(board)s'."


class UnknownPrinter(Unknown):
    code = "unknown_printer"
    text = "The hardware agent %(agent)s has no printer '%(printer)s'."


class PrintIn(Strict):
    """`printer` is for staff, or a device that has none in it."""

    printer: str | None = None


class PrintOut(BaseModel):
    """`sent`: the printer cannot tell whether paper came out."""

    result: Literal["printed", "sent"]
    printer: str


class PrintersOut(BaseModel):
    printers: list[dict[str, Any]]


class LightOut(BaseModel):
    """`text`: every segment of as many places as the board has; "" from an agent older than the hub.

    Where the board is down, `sent` says whether anything went out nevertheless, `code` and `detail` what is wrong.
    """

    sent: bool
    state: str
    text: str
    code: str
    detail: str
    seconds: int


@route(printing, "POST", "/tickets/<id_>/print", takes=PrintIn, gives=PrintOut, roles=frozenset(ISSUERS), also=SILENT)
def print_ticket(id_: str, body: PrintIn) -> Response:
    """Print a number of today; it is valid whatever becomes of the paper. A repeated key prints nothing again."""
    printer = printer_for(parts().health.all_of("printers"), actor(), body.printer)
    blocks = _document(id_)
    result = Printing(parts().feed.agents.ask).print(printer, _job(), blocks)
    return answer({"result": result, "printer": printer.equipment.name})


@route(printing, "GET", "/printers", gives=PrintersOut, roles=frozenset(PEOPLE | LEADERS))
def printers() -> Response:
    """The ticket printers, and how each is."""
    every = parts().health.all_of("printers")
    return answer({"printers": [{"agent": p.agent, "online": p.online, **p.equipment.model_dump()} for p in every]})


@route(printing, "POST", "/printers/<agent>/<path:printer>/test", gives=PrintOut, roles=LEADERS, also=SILENT)
def print_test(agent: str, printer: str) -> Response:
    """Print a small test ticket, which is nobody's number. A repeated key prints nothing again."""
    every = parts().health.all_of("printers")
    found = next((each for each in every if (each.agent, each.equipment.name) == (agent, printer)), None)
    if found is None:
        raise UnknownPrinter(agent=agent, printer=printer)
    result = Printing(parts().feed.agents.ask).print(found, _job(), _trial())
    return answer({"result": result, "printer": printer})


@route(printing, "POST", "/agents/<agent>/boards/<path:board>/light", gives=LightOut, roles=LIGHTERS, also=SILENT)
def light(agent: str, board: str) -> Response:
    """Light every segment of one board for ten seconds, to see which it is. An agent may do so with its own."""
    if actor().role is Role.AGENT and actor().name != agent:
        raise RoleForbids(role=actor().role)
    known = {(each.agent, each.equipment.name) for each in parts().health.all_of("boards")}
    if (agent, board) not in known:
        raise UnknownBoard(agent=agent, board=board)
    wish = {"board": board, "seconds": LIT_S}
    told = parts().feed.agents.ask(Actor(agent, Role.AGENT), "light", wish, LIGHT_S)
    return answer(_lit(told))


def _lit(told: Mapping[str, Any]) -> dict[str, object]:
    """The agent's answer in full; one that is older than the hub says only what became of it."""
    state = str(told.get("state", "sent"))
    words = {name: str(told.get(name, "")) for name in ("text", "code", "detail")}
    return {"sent": bool(told.get("sent", state != "down")), "state": state, **words, "seconds": LIT_S}


def _document(id_: str) -> list[Block]:
    """Raises UnknownTicket, or WrongState for a number that is over."""
    hub, config = parts().hub, parts().config
    with hub.lock:
        hall = hub.hall
        ticket = hall.tickets.get(id_)
        if ticket is None:
            raise UnknownTicket(ticket=id_)
        if ticket.state in ENDED:
            raise WrongState(number=ticket.number, state=ticket.state)
        view = parts().views.own_ticket(hall, ticket, hub.now())
    language = ticket.language if ticket.language in languages() else "vi"
    centre = {"name": hall.settings.name, "name_en": hall.settings.name_en}
    address = phone_address(config.public_url, request.host_url)
    link = f"{address.base}/t/{id_}?lang={language}" if address else None
    return document(view, in_language(centre, "name", language), language, _procedure(ticket, language), link)


def _trial() -> list[Block]:
    hub = parts().hub
    with hub.lock:
        name, timezone, now = hub.hall.settings.name, hub.hall.settings.timezone, hub.now()
    address = phone_address(parts().config.public_url, request.host_url)
    printed_at = datetime.fromtimestamp(now / 1000, ZoneInfo(timezone))
    return trial(name, printed_at, f"{address.base}/" if address else None)


def _procedure(ticket: Ticket, language: str) -> str:
    """Its name; "" for a number taken without saying what for."""
    if ticket.procedure is None:
        return ""
    found = (each for each in parts().store.procedures(ticket.procedure, None) if each["code"] == ticket.procedure)
    return next((in_language(each, "name", language) for each in found), "")


def _job() -> str:
    """One piece of paper: the same for the same request with the same key."""
    key = idempotency_key()
    if key is None:
        return secrets.token_hex(16)
    return hashlib.sha256(f"{key.key}\n{key.fingerprint}".encode()).hexdigest()[:32]
