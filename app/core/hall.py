"""The hall: the state of one centre today, as plain frozen values.

Times are whole milliseconds since the Unix epoch (UTC), as `at`, `since`, `*_at`.
A Hall is never changed: `evolve` gives the next one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.core.advice import Answered
from app.core.bookings import Booking
from app.core.centre import ClosedDays, Notice, Service, Settings, Shift, SlotRule

CALLS_KEPT = 20
LONG_AGO = 1_000  # ordinary calls since the last priority one, where there was none yet today

# Why a handling took longer than its target, and what a citizen was not content with; their words are the pages'.
OVERRUN_REASONS = ("complex", "papers", "system", "several", "guidance", "other")
RATING_REASONS = ("wait", "guidance", "attitude", "papers", "place", "other")
PRIORITY = "priority"  # of which class, the log is never told


class TicketState(StrEnum):
    """A ticket's life; see the picture in docs/feed.md."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    MISSED = "missed"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    CLOSED = "closed"


AT_COUNTER = frozenset({TicketState.CALLED, TicketState.SERVING})
ENDED = frozenset({TicketState.FINISHED, TicketState.CANCELLED, TicketState.CLOSED})


class CounterKind(StrEnum):
    """A station is a self-service PC: a counter without a clerk."""

    DESK = "desk"
    STATION = "station"


class CounterState(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class Place(NamedTuple):
    """Where a ticket stands: the time that its age counts from, then the log's order."""

    at: int
    seq: int


@dataclass(frozen=True)
class Ticket:
    """One citizen's place.

    `origin` is the service that issued it (its letter and series); `queued_at` is since when it waits for its
    next call, None while it does not. `overrun` is why its handling took longer than the target, once told.
    `priority` is PRIORITY or None; `claimed` by the citizen, and no clerk has confirmed it yet. `then` are the services
    still to come on this visit, `dossiers` how many the citizen said to bring, `booking` the one it was made of.
    """

    id: str
    day: str
    series: int
    number: str
    service: str
    origin: str
    issued_at: int
    place: Place
    since: int
    state: TicketState = TicketState.WAITING
    procedure: str | None = None
    priority: str | None = None
    language: str = "vi"
    channel: str = "kiosk"
    counter: int | None = None
    queued_at: int | None = None
    called_at: int | None = None
    arrived_at: int | None = None
    ended_at: int | None = None
    calls: int = 0
    back: bool = False
    changed: int = 0
    overrun: str | None = None
    then: tuple[str, ...] = ()
    dossiers: int = 1
    claimed: bool = False
    booking: str | None = None
    rated: bool = False


@dataclass(frozen=True)
class Press:
    """What a clerk's last press did, kept so that it can be taken back.

    `before` are the tickets that it moved, as they were; `weave` is the count of the last one's service before it.
    """

    verb: str
    at: int
    command: int
    last: int
    before: tuple[Ticket, ...]
    ticket: str | None
    weave: int
    since_priority: int
    served: int


class Break(NamedTuple):
    """When a counter is away, ms since the epoch; `end` is the moment when it is back."""

    start: int
    end: int


@dataclass(frozen=True)
class Counter:
    """Where a clerk serves. `breaks` are those announced for today; see coverage.py for those of the rota."""

    number: int
    name: str = ""
    own: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    state: CounterState = CounterState.CLOSED
    clerk: str | None = None
    until: str | None = None
    ticket: str | None = None
    served: int = 0
    since_priority: int = LONG_AGO
    press: Press | None = None
    breaks: tuple[Break, ...] = ()
    kind: CounterKind = CounterKind.DESK


class Dossiers(NamedTuple):
    """What one ticket brought, by channel, and took home, by its date: before, on or after the one promised."""

    received_online: int = 0
    received_in_person: int = 0
    returned_before: int = 0
    returned_on: int = 0
    returned_after: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A ticket asked to a counter: shown, lit and spoken."""

    seq: int
    ticket: str
    counter: int
    at: int
    again: bool = False


class Standing(NamedTuple):
    """A waiting ticket in its queue; sorts by place."""

    place: Place
    ticket: str


@dataclass(frozen=True)
class Queue:
    """Who waits for one service, oldest first, ordinary and priority apart."""

    ordinary: tuple[Standing, ...] = ()
    priority: tuple[Standing, ...] = ()

    def __len__(self) -> int:
        return len(self.ordinary) + len(self.priority)

    @property
    def oldest(self) -> Place | None:
        heads = [line[0].place for line in (self.ordinary, self.priority) if line]
        return min(heads, default=None)


EMPTY_QUEUE = Queue()


@dataclass(frozen=True, slots=True)
class Hall:
    """The state of one centre today.

    `skills`: which services a clerk (by sign-in name) is able to do; `rota`: the ordinary week. `dossiers` (by
    ticket) and `answered` (by the advice's id) are today's. `bookings` are today's and those still to come;
    `assistance`: since when (ms) which place asks for a helper.
    """

    seq: int = 0
    at: int = 0
    day: str = ""
    settings: Settings = field(default_factory=Settings)
    services: Mapping[str, Service] = field(default_factory=dict)
    procedures: Mapping[str, str] = field(default_factory=dict)
    counters: Mapping[int, Counter] = field(default_factory=dict)
    tickets: Mapping[str, Ticket] = field(default_factory=dict)
    queues: Mapping[str, Queue] = field(default_factory=dict)
    kept: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    series: Mapping[str, int] = field(default_factory=dict)
    weave: Mapping[str, int] = field(default_factory=dict)
    calls: tuple[Call, ...] = ()
    skills: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rota: tuple[Shift, ...] = ()
    dossiers: Mapping[str, Dossiers] = field(default_factory=dict)
    answered: Mapping[str, Answered] = field(default_factory=dict)
    slots: tuple[SlotRule, ...] = ()
    closed: tuple[ClosedDays, ...] = ()
    bookings: Mapping[str, Booking] = field(default_factory=dict)
    notices: Mapping[str, Notice] = field(default_factory=dict)
    assistance: Mapping[str, int] = field(default_factory=dict)

    def queue(self, service: str) -> Queue:
        return self.queues.get(service, EMPTY_QUEUE)

    def kept_by(self, counter: int) -> list[Ticket]:
        """Tickets parked at a counter, the one parked first first."""
        return [self.tickets[id_] for id_ in self.kept.get(counter, ())]

    def counters_serving(self, service: str) -> list[Counter]:
        """Open counters where the service is taken, own or help."""
        return [
            c
            for c in self.counters.values()
            if c.state is CounterState.OPEN and (service in c.own or service in c.help)
        ]


def day_of(now: int, timezone: str) -> str:
    """The centre's date (YYYY-MM-DD) at `now` (ms since the epoch)."""
    return datetime.fromtimestamp(now / 1000, ZoneInfo(timezone)).date().isoformat()


def handling_started(ticket: Ticket, arrive_after_s: int, now: int) -> int | None:
    """When the handling began (ms): the press on arrival, else a set delay after the call; None before that."""
    if ticket.arrived_at is not None:
        return ticket.arrived_at
    if ticket.called_at is None:
        return None
    return min(ticket.called_at + arrive_after_s * 1000, now)
