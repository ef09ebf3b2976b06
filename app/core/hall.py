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

CALLS_KEPT = 20
LONG_AGO = 1_000  # ordinary calls since the last priority one, where there was none yet today


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


class CounterState(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class Place(NamedTuple):
    """Where a ticket stands: the time that its age counts from, then the log's order."""

    at: int
    seq: int


@dataclass(frozen=True, slots=True)
class PriorityClass:
    code: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a centre decides for itself. Seconds unless the name says otherwise."""

    name: str = "Trung tâm Phục vụ hành chính công"
    name_en: str = "Public Service Centre"
    notice: str = ""
    timezone: str = "Asia/Ho_Chi_Minh"
    languages: tuple[str, ...] = ("vi", "en")
    target_s: int = 900
    amber_s: int = 600
    priority_every: int = 3
    priority_classes: tuple[PriorityClass, ...] = ()
    return_behind: int = 3
    arrive_after_s: int = 30
    double_press_ms: int = 1000
    undo_s: int = 10
    voice_region: str = "north"
    voice_style: str = "hybrid"
    voice_repeat: int = 1
    voice_chime: bool = True
    accent: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A queue with its own letter and number series."""

    code: str
    letter: str
    name: str
    name_en: str = ""
    hint: str = ""
    hint_en: str = ""
    icon: str = ""
    daily_limit: int | None = None
    target_s: int = 900
    position: int = 0
    active: bool = True


@dataclass(frozen=True)
class Ticket:
    """One citizen's place.

    `origin` is the service that issued it (its letter and series); `queued_at` is since when it waits for its
    next call, None while it does not.
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


@dataclass(frozen=True)
class Counter:
    """Where a clerk serves."""

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
    """The state of one centre today."""

    seq: int = 0
    at: int = 0
    day: str = ""
    settings: Settings = Settings()
    services: Mapping[str, Service] = field(default_factory=dict)
    procedures: Mapping[str, str] = field(default_factory=dict)
    counters: Mapping[int, Counter] = field(default_factory=dict)
    tickets: Mapping[str, Ticket] = field(default_factory=dict)
    queues: Mapping[str, Queue] = field(default_factory=dict)
    kept: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    series: Mapping[str, int] = field(default_factory=dict)
    weave: Mapping[str, int] = field(default_factory=dict)
    calls: tuple[Call, ...] = ()

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
