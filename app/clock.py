"""The only reader of the wall clock."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

log = logging.getLogger(__name__)
STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
JUMP_MS = 5 * 60_000
STANDS_MS = 60_000


class Clock(Protocol):
    """Tells the hub's time; `rate` is how many of its seconds pass in one real second."""

    rate: float

    def now(self) -> int:
        """Milliseconds since the Unix epoch."""


@dataclass(slots=True)
class WallClock:
    """The machine's clock, but a jump is believed only when it has stood for a minute.

    A date that is wrong for a moment (a battery clock before the network corrects it, a slip of a hand) would end the
    day, and the log cannot be taken back. `wall` and `steady` (ms) are the clocks to read; the steady one counts the
    time in which the machine slept.
    """

    wall: Callable[[], int] = field(default=lambda: time.time_ns() // 1_000_000)
    steady: Callable[[], int] = field(default=lambda: time.clock_gettime_ns(STEADY) // 1_000_000)
    rate: float = 1.0
    _told: int = field(init=False)
    _read_at: int = field(init=False)
    _doubted_since: int | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._told, self._read_at = self.wall(), self.steady()

    def now(self) -> int:
        wall, steady = self.wall(), self.steady()
        expected = self._told + steady - self._read_at
        if abs(wall - expected) > JUMP_MS and not self._has_stood(steady):
            return expected
        self._told, self._read_at, self._doubted_since = wall, steady, None
        return wall

    def _has_stood(self, steady: int) -> bool:
        if self._doubted_since is None:
            log.warning("the machine's clock has jumped; it is believed when that has stood for a minute")
            self._doubted_since = steady
        return steady - self._doubted_since >= STANDS_MS


@dataclass(slots=True)
class FastClock:
    """A made-up day: begins at `start` (ms since the epoch) and runs `rate` times as fast as the real one."""

    start: int
    rate: float
    _began: float = field(default_factory=time.monotonic)

    def now(self) -> int:
        return self.start + int((time.monotonic() - self._began) * 1000 * self.rate)
