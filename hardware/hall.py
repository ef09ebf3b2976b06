"""Following the feed's room `devices` as docs/feed.md asks. Pure: no sockets, no clock of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto
from typing import Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

FRESH_CALL_S: Final = 20
"""A call older than this, in real seconds, is shown without a blink (docs/feed.md)."""


class Message(BaseModel):
    """What the agent needs of a message; the hub may say more."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Ticket(Message):
    id: str
    number: str
    state: Literal["called", "serving"]


class Counter(Message):
    number: int
    state: Literal["open", "paused", "closed"]
    ticket: Ticket | None = None


class Call(Message):
    number: str
    counter: int
    at: AwareDatetime


class Snapshot(Message):
    seq: int
    now: AwareDatetime
    clock_rate: float = 1
    counters: list[Counter]


class Event(Message):
    seq: int
    prev: int
    counters: list[Counter] = []
    call: Call | None = None
    resync: bool = False


class Question(Message):
    """What the hub asks of this agent; it waits for an `answer` with the same id."""

    id: str
    what: str
    data: dict[str, Any] = {}


class Followed(Enum):
    """What an event meant to a follower."""

    KNOWN = auto()
    APPLIED = auto()
    JOIN_AGAIN = auto()


@dataclass(frozen=True, slots=True)
class HubClock:
    """The hub's time, from one reading of it and the seconds that have passed here (monotonic)."""

    now: AwareDatetime
    read_at: float
    rate: float

    def at(self, monotonic: float) -> AwareDatetime:
        return self.now + timedelta(seconds=(monotonic - self.read_at) * self.rate)

    def told(self, monotonic: float) -> str:
        """`at` as the feed has it: RFC 3339 with milliseconds."""
        return self.at(monotonic).isoformat(timespec="milliseconds")


@dataclass(slots=True)
class Hall:
    seq: int
    clock: HubClock
    counters: dict[int, Counter] = field(default_factory=dict)

    @classmethod
    def of(cls, snapshot: Snapshot, monotonic: float) -> Hall:
        clock = HubClock(snapshot.now, monotonic, snapshot.clock_rate)
        return cls(snapshot.seq, clock, {counter.number: counter for counter in snapshot.counters})

    def follow(self, event: Event) -> Followed:
        if event.seq <= self.seq:
            return Followed.KNOWN
        if event.prev > self.seq or event.resync:
            return Followed.JOIN_AGAIN
        self.seq = event.seq
        self.counters.update((counter.number, counter) for counter in event.counters)
        return Followed.APPLIED

    def is_fresh(self, call: Call, monotonic: float) -> bool:
        return (self.clock.at(monotonic) - call.at).total_seconds() < FRESH_CALL_S * self.clock.rate
