"""What is told, of which event, in which words. Pure."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.core import events as ev
from app.core.change import Change
from app.core.hall import AT_COUNTER, Hall, Ticket, TicketState
from app.core.routing import people_ahead
from app.i18n import HOME_LANGUAGE, gettext
from app.plain import iso

NEAR = "near"
TEST = "test"
CALLED = "called"
EVENTS: dict[type[ev.Event], str] = {
    ev.TicketIssued: "issued",
    ev.TicketCalled: CALLED,
    ev.TicketRecalled: "called_again",
    ev.TicketMissed: "missed",
    ev.TicketParked: "parked",
    ev.TicketReturned: "returned",
    ev.PriorityRefused: "returned",
    ev.TicketTransferred: "transferred",
    ev.TicketFinished: "finished",
    ev.TicketCancelled: "cancelled",
    ev.TicketClosed: "closed",
}
NAMES = frozenset({*EVENTS.values(), NEAR})
SENT_AWAY = frozenset({"miss", "refuse"})  # presses after which a citizen was told to come no more, or to wait again
NEAR_TTL_S = 900  # a push that finds no phone for so long is of no use any more
CALLED_TTL_S = 300


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to tell of a ticket. `id` is the same whenever it is told again."""

    id: str
    name: str
    ticket: Ticket
    at: int


def told_of(change: Change) -> Iterator[Told]:
    """What an event means for the tickets that it touched."""
    recorded, hall, touched = change
    for id_ in touched.tickets:
        ticket = hall.tickets.get(id_)
        name = ticket and _name_of(recorded.event, ticket)
        if ticket and name:
            yield Told(f"{recorded.seq}-{name}-{id_}", name, ticket, recorded.at)


def _name_of(event: ev.Event, ticket: Ticket) -> str | None:
    """After an undone press the ticket stands as before it: that is told where something else was told since."""
    if not isinstance(event, ev.PressUndone):
        return EVENTS.get(type(event))
    if ticket.state is TicketState.WAITING:
        return EVENTS[ev.TicketReturned]
    return CALLED if event.verb in SENT_AWAY and ticket.state in AT_COUNTER else None


def near(ticket: Ticket, now: int) -> Told:
    """Once for each service of a visit."""
    return Told(f"{NEAR}-{ticket.id}-{ticket.service}", NEAR, ticket, now)


def body_of(told: Told, hall: Hall, base: str) -> str:
    """The JSON of docs/webhook.md: a number and a place, nothing of a person."""
    ticket = told.ticket
    waiting = ticket.state is TicketState.WAITING
    facts = {
        "id": told.id,
        "event": full_name(told.name),
        "at": iso(hall, told.at),
        "ticket": ticket.id,
        "number": ticket.number,
        "service": ticket.service,
        "counter": ticket.counter,
        "ahead": people_ahead(hall, ticket) if waiting else None,
        "language": ticket.language,
        "url": f"{base}/t/{ticket.id}",
    }
    return json.dumps(facts, ensure_ascii=False)


def test_body(id_: str, at: int, hall: Hall, base: str) -> str:
    """The same facts, of nobody's ticket."""
    nothing = dict.fromkeys(("ticket", "number", "service", "counter", "ahead"))
    facts = {"id": id_, "event": TEST, "at": iso(hall, at), **nothing, "language": HOME_LANGUAGE, "url": f"{base}/"}
    return json.dumps(facts, ensure_ascii=False)


def full_name(name: str) -> str:
    """As the gateway is told it."""
    return name if name == TEST else f"ticket.{name}"


def signature(secret: str, at_s: int, body: str) -> str:
    """The header X-Toiluot-Signature: `at_s` in seconds since the epoch, and HMAC-SHA256 of "at_s.body" in hex."""
    digest = hmac.new(secret.encode(), f"{at_s}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={at_s},v1={digest}"


def push_of(name: str, ticket: Ticket) -> dict[str, Any]:
    """What the service worker shows, in the ticket's language (app/phone/static/sw.js)."""
    number, counter, language = ticket.number, ticket.counter, ticket.language
    if name == NEAR:
        title = gettext(language, "Your turn is near")
        text = gettext(language, "Number %(number)s: please come back to the hall now.", number=number)
    else:
        title = gettext(language, "Your turn: counter %(counter)s", counter=counter)
        text = gettext(language, "Number %(number)s: please go to counter %(counter)s.", number=number, counter=counter)
    return {"title": title, "body": text, "url": f"/t/{ticket.id}", "tag": ticket.id}
