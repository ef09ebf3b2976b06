"""A light copy of the hall on which the next hour is played forward, hundreds of times a minute.

It keeps lines, counters and the weave, and asks the real routing who is next: the rules are the core's, only the
keeping is lighter. Changed in place, so each play has a copy of its own.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from app.core.centre import Service, Settings
from app.core.hall import LONG_AGO, Counter, Hall, Place, Queue, Standing
from app.core.routing import counted, next_line

GHOST = "?"  # begins the id of nobody (ids of tickets are letters and figures): called in turn, and counts for nothing


@dataclass(slots=True)
class Lines:
    """Who waits for one service, the oldest first."""

    ordinary: deque[Standing] = field(default_factory=deque)
    priority: deque[Standing] = field(default_factory=deque)

    def __len__(self) -> int:
        return len(self.ordinary) + len(self.priority)


@dataclass(slots=True)
class Seat:
    """A counter of the floor. `back`: whom it asked to come back and who is back, with their service: they are next."""

    number: int
    own: tuple[str, ...]
    help: tuple[str, ...]
    clerk: str | None
    since_priority: int = LONG_AGO
    back: tuple[tuple[str, Standing], ...] = ()

    def copy(self) -> "Seat":
        return Seat(self.number, self.own, self.help, self.clerk, self.since_priority, self.back)


class Floor:
    """What routing asks of a hall, and what happens when a counter calls."""

    __slots__ = ("_takers", "lines", "seats", "services", "settings", "weave")

    def __init__(self, hall: Hall, seats: Iterable[Seat]) -> None:
        self.settings: Settings = hall.settings
        self.services: dict[str, Service] = dict(hall.services)
        self.weave = dict(hall.weave)
        self.lines = {code: _lines(hall.queue(code)) for code in hall.services}
        self.seats = {seat.number: seat for seat in seats}
        self._takers: dict[str, list[Seat]] = {}

    def copy(self) -> "Floor":
        other = object.__new__(Floor)
        other.settings, other.services = self.settings, self.services
        other.weave = dict(self.weave)
        other.lines = {code: Lines(line.ordinary.copy(), line.priority.copy()) for code, line in self.lines.items()}
        other.seats = {number: seat.copy() for number, seat in self.seats.items()}
        other._takers = {}
        return other

    def queue(self, service: str) -> Lines:
        return self.lines[service]

    def takers(self, service: str) -> list[Seat]:
        """Whose own it is first."""
        found = self._takers.get(service)
        if found is None:
            own = [seat for seat in self.seats.values() if service in seat.own]
            found = self._takers[service] = own + [seat for seat in self.seats.values() if service in seat.help]
        return found

    def serve(self, counter: int, own: tuple[str, ...], help_: tuple[str, ...]) -> None:
        """The counter takes these services from now on."""
        self.seats[counter].own, self.seats[counter].help = own, help_
        self._takers = {}

    def stand(self, service: str, place: Place, ticket: str, *, priority: bool) -> None:
        """Somebody waits, behind all who are there already."""
        line = self.lines[service]
        (line.priority if priority else line.ordinary).append(Standing(place, ticket))

    def call(self, seat: Seat, now: int) -> tuple[str, Standing] | None:
        """Whom the counter calls now, with the service; None for nobody."""
        if seat.back:
            first, *rest = seat.back
            seat.back = tuple(rest)
            return first
        line = next_line(self, seat, now)
        if line is None:
            return None
        waiting = self.lines[line.service]
        standing = (waiting.priority if line.priority else waiting.ordinary).popleft()
        if not standing.ticket.startswith(GHOST):
            self.weave[line.service] = counted(self.weave.get(line.service, LONG_AGO), priority=line.priority)
            seat.since_priority = counted(seat.since_priority, priority=line.priority)
        return line.service, standing

    def waiting(self) -> Iterator[tuple[str, Standing]]:
        """All who still wait, with their service."""
        for service, line in self.lines.items():
            for standing in chain(line.ordinary, line.priority):
                yield service, standing


def seats_of(hall: Hall) -> list[Seat]:
    """The counters as they are now, also those that call nobody at present."""
    return [_seat(hall, counter) for counter in hall.counters.values()]


def _seat(hall: Hall, counter: Counter) -> Seat:
    back = tuple((t.service, Standing(t.place, t.id)) for t in hall.kept_by(counter.number) if t.back)
    return Seat(counter.number, counter.own, counter.help, counter.clerk, counter.since_priority, back)


def _lines(queue: Queue) -> Lines:
    return Lines(deque(queue.ordinary), deque(queue.priority))
