"""Time and turns: many small stories told side by side, in the hub's time, by one thread."""

import heapq
import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, Protocol

Story = Generator[float, None, None]
"""Does something, then yields how many minutes of the hub's time pass until it goes on."""

LONGEST_NAP_S = 0.5
MINUTE_MS = 60_000


class Time(Protocol):
    """Whose minutes the stories count; `rate` is how many of its seconds pass in a real one."""

    rate: float

    def now_ms(self) -> float:
        """Milliseconds since the Unix epoch."""

    def local(self, at_ms: float) -> datetime:
        """In the centre's time zone."""

    def wait(self, due_ms: float, stopping: threading.Event) -> bool:
        """Has the time come? If not, some of what is left has been waited for."""


@dataclass
class HubTime:
    """The hub's clock as a client knows it: the time of the last snapshot, and on from there at its rate."""

    told: datetime
    rate: float
    heard: float = field(default_factory=time.monotonic)

    @classmethod
    def of(cls, snapshot: dict[str, Any]) -> "HubTime":
        return cls(datetime.fromisoformat(snapshot["now"]), float(snapshot["clock_rate"]))

    def now_ms(self) -> float:
        """Milliseconds since the Unix epoch."""
        return self.told.timestamp() * 1000 + (time.monotonic() - self.heard) * 1000 * self.rate

    def local(self, at_ms: float) -> datetime:
        """In the centre's time zone."""
        return datetime.fromtimestamp(at_ms / 1000, self.told.tzinfo)

    def wait(self, due_ms: float, stopping: threading.Event) -> bool:
        left_s = (due_ms - self.now_ms()) / 1000 / self.rate
        if left_s > 0:
            stopping.wait(min(left_s, LONGEST_NAP_S))
        return left_s <= 0


@dataclass
class Stage:
    """`time` may be set anew while the stories go on: a hub that was restarted may tell another time."""

    time: Time
    stopping: threading.Event
    _order: Iterator[int] = field(default_factory=count)
    _next: list[tuple[float, int, Story]] = field(default_factory=list)

    def begin(self, story: Story) -> None:
        self._put(self.time.now_ms(), story)

    def play(self) -> None:
        """Tell all stories to their ends, or until told to stop."""
        while self._next and not self.stopping.is_set():
            due, _, story = self._next[0]
            if self.time.wait(due, self.stopping):
                heapq.heappop(self._next)
                self._go_on(story)

    def _go_on(self, story: Story) -> None:
        pause_min = next(story, None)
        if pause_min is not None:
            self._put(self.time.now_ms() + pause_min * MINUTE_MS, story)

    def _put(self, due: float, story: Story) -> None:
        heapq.heappush(self._next, (due, next(self._order), story))
