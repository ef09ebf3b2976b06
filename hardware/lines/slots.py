"""What is still to be told to each board of a bus. Pure: times are monotonic seconds given by the caller.

A slot holds one state, the latest: a line that is slower than the hall never works off old numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from math import inf
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hardware.boards.state import BoardState

RETRY_FIRST_S: Final = 1.0
RETRY_MOST_S: Final = 10.0
"""A board that does not answer is asked again, ever more rarely: each try costs the others its timeout."""


class Rank(IntEnum):
    """What goes first when several boards wait for the line."""

    FRESH = 0
    BLINK = 1
    AGAIN = 2


@dataclass(frozen=True, slots=True)
class Picture:
    """What to send now: `lit` is False in the dark half of a blink."""

    state: BoardState
    lit: bool = True


@dataclass(slots=True)
class Slot:
    name: str
    blink_every_s: float
    resend_s: float
    wanted: BoardState | None = None
    _fresh: bool = False
    _lit: bool = True
    _blink_ends: float = -inf
    _next_blink: float = inf
    _again_at: float = inf
    _failures: int = 0

    def put(self, state: BoardState, now: float) -> bool:
        """Replace what is wanted; False where that changes nothing."""
        if self.wanted == state.steady and not state.blink_s:
            return False
        self.wanted, self._fresh = state.steady, True
        self._blink_ends = now + state.blink_s
        self._next_blink = inf
        return True

    def put_again(self) -> None:
        """The line is new or back: what the board shows is not known any more."""
        self._fresh = self.wanted is not None
        self._failures = 0

    def rank(self, now: float) -> Rank | None:
        """None where nothing is due."""
        if self._fresh:
            return Rank.FRESH
        if self._next_blink <= now:
            return Rank.BLINK
        return Rank.AGAIN if self._again_at <= now else None

    @property
    def next_due(self) -> float:
        return -inf if self._fresh else min(self._next_blink, self._again_at)

    def take(self, now: float) -> Picture:
        """What to send now, which counts as sent from here on; only where `rank` says that something is due."""
        if self.wanted is None:
            raise LookupError(f"nothing is wanted of {self.name}")
        blinks = now < self._blink_ends
        self._lit = self._fresh or not blinks or self._next_blink > now or not self._lit
        self._next_blink = now + self.blink_every_s if blinks or not self._lit else inf
        self._fresh, self._again_at = False, inf
        return Picture(self.wanted, self._lit)

    def succeeded(self, now: float) -> None:
        self._failures = 0
        self._again_at = now + self.resend_s

    def failed(self, now: float) -> None:
        """The board did not answer as it should: leave blinking, try again later."""
        self._next_blink, self._blink_ends = inf, -inf
        self._again_at = now + min(RETRY_FIRST_S * 2**self._failures, RETRY_MOST_S)
        self._failures = min(self._failures + 1, 10)


@dataclass(slots=True)
class Slots:
    """The boards of one bus, served in turn within each rank."""

    slots: list[Slot]
    _by_name: dict[str, Slot] = field(init=False)
    _turn: int = 0

    def __post_init__(self) -> None:
        self._by_name = {slot.name: slot for slot in self.slots}

    def __getitem__(self, name: str) -> Slot:
        return self._by_name[name]

    def next(self, now: float) -> Slot | None:
        """The board to serve now, or None."""
        count = len(self.slots)
        due = [
            (rank, (index - self._turn) % count, index)
            for index, slot in enumerate(self.slots)
            if (rank := slot.rank(now)) is not None
        ]
        if not due:
            return None
        index = min(due)[2]
        self._turn = (index + 1) % count
        return self.slots[index]

    @property
    def next_due(self) -> float:
        return min((slot.next_due for slot in self.slots), default=inf)

    def put_all_again(self) -> None:
        for slot in self.slots:
            slot.put_again()
