"""What a ticket's page asks for beside the ticket: what letting others pass would mean, and pushes to the phone."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from app.api.describing import Query
from app.api.phone_shapes import LetPassOut, NothingOut, PushGoneIn, PushIn, PushKeyOut
from app.api.problems import BadField
from app.api.routes import answer, parts, route
from app.core.errors import UnknownTicket, WrongState
from app.core.hall import Hall, Ticket, TicketState
from app.core.routing import people_ahead
from app.plain import as_forecast
from app.planning.calibration import Range
from app.planning.forecast import forecast
from app.store.outgoing import Subscription

phone = Blueprint("ticket_phone", __name__)
MOST_PASSING = 5
COUNTS = frozenset(str(count) for count in range(1, MOST_PASSING + 1))
COUNT = Query(
    "count", "How many go first; 1 where it is not given.", {"type": "integer", "minimum": 1, "maximum": MOST_PASSING}
)


@route(phone, "GET", "/tickets/<id_>/let-pass", gives=LetPassOut, roles=None, queries=(COUNT,))
def let_pass_preview(id_: str) -> Response:
    """What letting `?count=` people (1 to 5) go first would mean; no sign-in."""
    count = _count()
    hub = parts().hub
    with hub.lock:
        hall, ticket = hub.hall, _waiting(hub.hall, id_)
        ahead, passing = people_ahead(hall, ticket), min(count, _behind(hall, ticket))
        now_told = parts().views.wait_of(hall, ticket, ahead, hub.now())
        more = _more_min(hall, ticket.service, ahead, passing)
    later = None if now_told is None or more is None else Range(now_told.low_min + more, now_told.high_min + more)
    told = {"count": passing, "ahead": ahead + passing, "more_min": more, "forecast": as_forecast(later)}
    return answer(told)


@route(phone, "GET", "/push-key", gives=PushKeyOut, roles=None)
def push_key() -> Response:
    """By which key this centre's pushes are signed, for the browser to subscribe with."""
    return answer({"key": parts().post_office.public_key()})


@route(phone, "POST", "/tickets/<id_>/push", takes=PushIn, gives=NothingOut, status=201, roles=None)
def subscribe(id_: str, body: PushIn) -> Response:
    """Tell this browser when the turn comes near and when it has come; at most three browsers a ticket."""
    hub, keys = parts().hub, body.keys
    wish = Subscription(id_, body.endpoint, keys.p256dh, keys.auth, body.walk_min, hub.now())
    parts().post_office.subscribe(wish, _own_hosts())
    return answer({}, 201)


@route(phone, "DELETE", "/tickets/<id_>/push", takes=PushGoneIn, gives=NothingOut, roles=None)
def unsubscribe(id_: str, body: PushGoneIn) -> Response:
    """Tell it no more; one that is not told is none to complain about."""
    parts().post_office.unsubscribe(id_, body.endpoint)
    return answer({})


def _count() -> int:
    """Raises BadField."""
    asked = request.args.get("count", "1")
    if asked not in COUNTS:
        raise BadField(field="count", why=f"a number from 1 to {MOST_PASSING}")
    return int(asked)


def _own_hosts() -> frozenset[str]:
    hosts = (urlsplit(request.host_url).hostname, urlsplit(parts().config.public_url).hostname)
    return frozenset(host for host in hosts if host)


def _waiting(hall: Hall, id_: str) -> Ticket:
    """Raises UnknownTicket or WrongState."""
    ticket = hall.tickets.get(id_)
    if ticket is None:
        raise UnknownTicket(ticket=id_)
    if ticket.state is not TicketState.WAITING:
        raise WrongState(number=ticket.number, state=ticket.state)
    return ticket


def _behind(hall: Hall, ticket: Ticket) -> int:
    """How many wait behind it in its own line."""
    queue = hall.queue(ticket.service)
    line = queue.priority if ticket.priority else queue.ordinary
    return sum(standing.place > ticket.place for standing in line)


def _more_min(hall: Hall, service: str, ahead: int, passing: int) -> int | None:
    """The middle of the plain forecast, before and after; None where no counter is open."""
    handling = parts().views.learnt.handling
    before, after = forecast(hall, handling, service, ahead), forecast(hall, handling, service, ahead + passing)
    return None if before is None or after is None else round((sum(after) - sum(before)) / 2)
