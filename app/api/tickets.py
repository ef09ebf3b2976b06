"""Tickets: taking a number, asking after it, giving it up."""

import secrets
from typing import Any

from flask import Blueprint, Response, g

from app.api.routes import actor, answer, idempotency_key, parts, route, told
from app.api.shapes import TicketIn, TicketOut
from app.core import commands as cmd
from app.core.decision import Decision
from app.core.errors import UnknownTicket
from app.core.hall import Hall
from app.core.permissions import ISSUERS, Actor, Role

tickets = Blueprint("tickets", __name__)
CITIZEN = Actor("", Role.CITIZEN)
ID_BYTES = 12  # 96 random bits: ids cannot be guessed or counted


@route(tickets, "POST", "/tickets", takes=TicketIn, gives=TicketOut, status=201, roles=frozenset(ISSUERS))
def issue(body: TicketIn) -> Response:
    """Take a number."""
    command = cmd.IssueTicket(secrets.token_urlsafe(ID_BYTES), **body.model_dump())
    outcome = parts().hub.handle(command, actor(), key=idempotency_key(), render=_render, status=201)
    return told(outcome)


@route(tickets, "GET", "/tickets/<id_>", gives=TicketOut, roles=None)
def show(id_: str) -> Response:
    """A ticket, by its unguessable id; no sign-in."""
    hub = parts().hub
    with hub.lock:
        hall, now = hub.hall, hub.now()
        ticket = hall.tickets.get(id_) or parts().store.ticket(id_)
        if ticket is None:
            raise UnknownTicket(ticket=id_)
        return answer(parts().views.own_ticket(hall, ticket, now))


@route(tickets, "POST", "/tickets/<id_>/cancel", gives=TicketOut, roles=None)
def cancel(id_: str) -> Response:
    """Give the number up while it waits: staff, or whoever holds the ticket's id."""
    return _change(cmd.CancelTicket(id_), g.actor or CITIZEN)


@route(tickets, "POST", "/tickets/<id_>/return", gives=TicketOut, roles=frozenset(ISSUERS))
def return_(id_: str) -> Response:
    """A missed citizen is here after all, or a parked one is back."""
    return _change(cmd.ReturnTicket(id_), actor())


@route(tickets, "POST", "/tickets/<id_>/close", gives=TicketOut)
def close(id_: str) -> Response:
    """A missed or parked citizen will not come back."""
    return _change(cmd.CloseTicket(id_), actor())


def _change(command: cmd.CancelTicket | cmd.ReturnTicket | cmd.CloseTicket, by: Actor) -> Response:
    key = idempotency_key() if g.actor else None
    outcome = parts().hub.handle(command, by, key=key, render=_render)
    return told(outcome)


def _render(hall: Hall, decision: Decision) -> dict[str, Any]:
    ticket = hall.tickets[decision.ticket or ""]
    return parts().views.own_ticket(hall, ticket, parts().hub.now())
