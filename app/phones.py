"""The rooms of tickets: a thousand phones may wait in them, and no press waits for a phone (docs/feed.md).

What happens to a ticket is told in its own room at once. That the queue before it moved is gathered, worked out a
second later for each phone, and told where a phone would show something else: in small pieces, with long pauses
between them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from app.core.change import Change
from app.core.errors import Refused, UnknownTicket
from app.core.hall import Hall, Ticket, TicketState
from app.core.routing import people_ahead
from app.hub import Hub
from app.plain import View, as_forecast
from app.rooms import Rooms
from app.views import Views

EVERY_S = 1.0  # real seconds, also where the hub's clock is made to run faster
PIECE_S = 0.001  # so long a press may have to wait for phones
TOLD = ("id", "ahead", "forecast", "serving")
REST = 20  # times as long as the piece took: phones get at most one part in so many of the hub's time


@dataclass
class Phones:
    """`rooms` holds tickets' rooms only. All but `step` with its pauses runs under the hub's lock."""

    hub: Hub
    views: Views
    rooms: Rooms
    explain: Callable[[Refused], View]
    _services: set[str] = field(default_factory=set, init=False)
    _tickets: set[str] = field(default_factory=set, init=False)
    _told: dict[str, View] = field(default_factory=dict, init=False)
    _serving: dict[str, View] = field(default_factory=dict, init=False)
    _serving_at: Hall | None = field(default=None, init=False)

    # What a phone sees

    def view(self, ticket: Ticket, hall: Hall, now: int) -> View:
        """The ticket as its holder's page shows it."""
        return self.views.own_ticket(hall, ticket, now) | {"serving": self.serving(hall, ticket.service)}

    def snapshot(self, id_: str, now: int) -> View:
        """For joining, and for the page's first paint. Raises UnknownTicket."""
        hall = self.hub.hall
        ticket = hall.tickets.get(id_)
        if ticket is None:
            raise UnknownTicket(ticket=id_)
        return self.views.ticket_snapshot(hall, ticket, now) | {"tickets": [self.view(ticket, hall, now)]}

    def serving(self, hall: Hall, service: str) -> View:
        """The number called last in the service, and the counters open for it; no id of anybody's."""
        if hall is not self._serving_at:
            self._serving, self._serving_at = {}, hall
        if service not in self._serving:
            self._serving[service] = _serving(hall, service)
        return self._serving[service]

    # What happens

    def joining(self, name: str, snapshot: View) -> None:
        """The first phone of a ticket is given this; another one's newer picture says nothing of what the first has."""
        if name not in self.rooms.rooms:
            self._remember(snapshot["tickets"])

    def hear(self, told: Sequence[tuple[Change, View]], now: int) -> None:
        """`told`: each change of a command with its public message."""
        for change, _ in told:
            self._services.update(change.touched.services)
        own = dict.fromkeys(
            id_ for change, _ in told for id_ in change.touched.tickets if room(id_) in self.rooms.rooms
        )
        for id_ in own:
            self._tell_own(id_, [each for each in told if id_ in each[0].touched.tickets], now)

    def note(self, services: Iterable[str], tickets: Iterable[str]) -> None:
        """Waits that are told otherwise than before: of whole services, of single tickets."""
        self._services.update(services)
        self._tickets.update(tickets)

    def _tell_own(self, id_: str, told: Sequence[tuple[Change, View]], now: int) -> None:
        """Anybody may hold a phone here, so nothing of anybody else's ticket: whoever knows an id may cancel it."""
        messages = [message | self._only_own(id_, change.hall, now) for change, message in told]
        self.rooms.tell(room(id_), messages)
        self._remember(messages[-1]["tickets"])

    def _remember(self, tickets: Sequence[View]) -> None:
        for own in tickets:
            self._told[own["id"]] = {key: own[key] for key in TOLD}

    def _only_own(self, id_: str, hall: Hall, now: int) -> View:
        ticket = hall.tickets.get(id_)
        own = [self.view(ticket, hall, now)] if ticket else []
        return {"ticket": None, "counter": None, "services": [], "counters": [], "call": None, "tickets": own}

    # What time brings

    def step(self, sleep: Callable[[float], object]) -> None:
        """Tell the phones of all that was gathered; for a timer, every EVERY_S."""
        with self.hub.lock:
            services, tickets = self._services, self._tickets
            self._services, self._tickets = set(), set()
            self._told = {id_: told for id_, told in self._told.items() if room(id_) in self.rooms.rooms}
        if not services and not tickets:
            return
        began = perf_counter()
        for name in list(self.rooms.rooms):
            self._tell_if_other(name.partition(":")[2], services, tickets)
            taken = perf_counter() - began
            if taken > PIECE_S:
                sleep(taken * REST)
                began = perf_counter()

    def _tell_if_other(self, id_: str, services: set[str], tickets: set[str]) -> None:
        with self.hub.lock:
            hall = self.hub.hall
            ticket = hall.tickets.get(id_)
            if ticket is None:
                gone = UnknownTicket(ticket=id_)
                self.rooms.say(room(id_), "refused", {"room": room(id_), **self.explain(gone)})
            elif ticket.state is TicketState.WAITING and (ticket.service in services or id_ in tickets):
                self._tell_waiting(ticket, hall, self.hub.now())

    def _tell_waiting(self, ticket: Ticket, hall: Hall, now: int) -> None:
        ahead = people_ahead(hall, ticket)
        expected = as_forecast(self.views.wait_of(hall, ticket, ahead, now))
        fresh = {"id": ticket.id, "ahead": ahead, "forecast": expected, "serving": self.serving(hall, ticket.service)}
        if fresh != self._told.get(ticket.id):
            self._told[ticket.id] = fresh
            self.rooms.say(room(ticket.id), "forecast", {"services": [], "tickets": [fresh]})


def room(ticket: str) -> str:
    return f"ticket:{ticket}"


def _serving(hall: Hall, service: str) -> View:
    last = next((call for call in hall.calls if hall.tickets[call.ticket].service == service), None)
    return {
        "last": last and {"number": hall.tickets[last.ticket].number, "counter": last.counter},
        "counters": [counter.number for counter in hall.counters_serving(service)],
    }
