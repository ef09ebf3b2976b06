"""Tickets: taking a number, asking after it, giving it up."""

import secrets
from typing import Any

from flask import Blueprint, Response, g

from app.api.limits import limited
from app.api.phone_shapes import LetPassIn
from app.api.routes import actor, answer, idempotency_key, parts, route, told
from app.api.shapes import TicketIn, TicketOut
from app.core import commands as cmd
from app.core.decision import Decision
from app.core.errors import UnknownTicket, WrongState
from app.core.hall import Hall, TicketState
from app.core.permissions import ISSUERS, Actor, Role
from app.shaping import values_of

tickets = Blueprint("tickets", __name__)
CITIZEN = Actor("", Role.CITIZEN)
ID_BYTES = 12  # 96 random bits: ids cannot be guessed or counted
ROBOTS = frozenset({Role.ROBOT})


@route(tickets, "POST", "/tickets", takes=TicketIn, gives=TicketOut, status=201, roles=frozenset(ISSUERS))
@limited("30/minute", who=lambda: actor().label, roles=ROBOTS)
def issue(body: TicketIn) -> Response:
    """Take a number; a robot at most 30 a minute for each token. Raises TooMany."""
    command = cmd.IssueTicket(secrets.token_urlsafe(ID_BYTES), **values_of(body))
    with parts().hub.lock, parts().reasons.given(command.ticket, command.priority) as also:
        outcome = parts().hub.handle(command, actor(), key=idempotency_key(), render=own_view, status=201, also=also)
    return told(outcome)


@route(tickets, "GET", "/tickets/<id_>", gives=TicketOut, roles=None)
def show(id_: str) -> Response:
    """A ticket, by its unguessable id; no sign-in."""
    return answer(_own(id_))


@route(tickets, "POST", "/tickets/<id_>/cancel", gives=TicketOut, roles=None)
def cancel(id_: str) -> Response:
    """Give the number up while it waits: staff, or whoever holds the ticket's id. Given up already, it stays so."""
    with parts().hub.lock:
        try:
            return _change(cmd.CancelTicket(id_), g.actor or CITIZEN)
        except WrongState:
            if parts().hub.hall.tickets[id_].state is not TicketState.CANCELLED:
                raise
            return answer(_own(id_))


@route(tickets, "POST", "/tickets/<id_>/let-pass", takes=LetPassIn, gives=TicketOut, roles=None)
def let_pass(id_: str, body: LetPassIn) -> Response:
    """Let the next one to five of the same line go first: whoever holds the ticket's id."""
    return _change(cmd.LetPass(id_, body.count), g.actor or CITIZEN)


@route(tickets, "POST", "/tickets/<id_>/return", gives=TicketOut, roles=frozenset(ISSUERS))
def return_(id_: str) -> Response:
    """A missed citizen is here after all, or a parked one is back."""
    return _change(cmd.ReturnTicket(id_), actor())


@route(tickets, "POST", "/tickets/<id_>/close", gives=TicketOut)
def close(id_: str) -> Response:
    """A missed or parked citizen will not come back."""
    return _change(cmd.CloseTicket(id_), actor())


def _change(command: cmd.CancelTicket | cmd.LetPass | cmd.ReturnTicket | cmd.CloseTicket, by: Actor) -> Response:
    """A citizen is known by nothing but the ticket, so a citizen's key belongs to the ticket."""
    key = idempotency_key(g.actor or Actor(command.ticket, Role.CITIZEN))
    outcome = parts().hub.handle(command, by, key=key, render=own_view)
    return told(outcome)


def _own(id_: str) -> dict[str, Any]:
    """The ticket as its holder sees it. Raises UnknownTicket."""
    hub = parts().hub
    with hub.lock:
        ticket = hub.hall.tickets.get(id_) or parts().store.ticket(id_)
        if ticket is None:
            raise UnknownTicket(ticket=id_)
        return parts().views.own_ticket(hub.hall, ticket, hub.now())


def own_view(hall: Hall, decision: Decision) -> dict[str, Any]:
    """The ticket that was decided about, as its holder sees it."""
    ticket = hall.tickets[decision.ticket or ""]
    return parts().views.own_ticket(hall, ticket, parts().hub.now())
