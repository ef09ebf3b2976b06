"""The only reader of the wall clock."""

import time
from dataclasses import dataclass, field
from typing import Protocol


class Clock(Protocol):
    """Tells the hub's time; `rate` is how many of its seconds pass in one real second."""

    rate: float

    def now(self) -> int:
        """Milliseconds since the Unix epoch."""


@dataclass(slots=True)
class WallClock:
    rate: float = 1.0

    def now(self) -> int:
        return time.time_ns() // 1_000_000


@dataclass(slots=True)
class FastClock:
    """A made-up day: begins at `start` (ms since the epoch) and runs `rate` times as fast as the real one."""

    start: int
    rate: float
    _began: float = field(default_factory=time.monotonic)

    def now(self) -> int:
        return self.start + int((time.monotonic() - self._began) * 1000 * self.rate)
