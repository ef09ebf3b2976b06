"""What is still to be told to each board or lamp of a line. Pure: times are monotonic seconds given by the caller.

A slot holds one state, the latest: a line that is slower than the hall never works off old numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from math import inf
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hardware.lines.occupants import State

RETRY_FIRST_S: Final = 1.0
RETRY_MOST_S: Final = 10.0
"""A board that does not answer is asked again, ever more rarely: each try costs the others its timeout."""

FAILURES_OF_A_BOARD_WITHOUT_POWER: Final = 3
"""After so many in a row it may have been switched off: it is set up again before its next state."""


class Rank(IntEnum):
    """What goes first when several wait for the line."""

    URGENT = 0
    FRESH = 1
    BLINK = 2
    AGAIN = 3


@dataclass(frozen=True, slots=True)
class Picture:
    """What to send now.

    `lit` is False in the dark half of a blink; `again`: it was taken before and is only repeated; `goes_on`: its first
    frames are out already; `is_lent`: see Slot.lend.
    """

    state: State
    lit: bool = True
    again: bool = False
    goes_on: bool = False
    is_lent: bool = False

    @property
    def present(self) -> State:
        return self.state if self.lit else self.state.dark


@dataclass(slots=True)
class Slot:
    name: str
    blink_every_s: float
    resend_s: float
    blinks_by_itself: bool = False
    urgent: bool = False
    wanted: State | None = None
    needs_setup: bool = True
    was_set_up: bool = False
    _returns: bool = False
    _showing: State | None = None
    _lent_until: float = inf
    _to_lend: State | None = None
    _owed: bool = False
    _fresh: bool = False
    _interrupted: bool = False
    _taken: bool = False
    _acknowledged: bool = False
    _lit: bool = True
    _deaf_until: float = -inf
    _blink_ends: float = -inf
    _next_blink: float = inf
    _again_at: float = inf
    _failures: int = 0

    def put(self, state: State, now: float) -> bool:
        """Replace what is wanted, and end any lending; False where that changes nothing."""
        if self.wanted == state.steady and not state.blink_s:
            return False
        self.wanted = state.steady
        self._to_lend = None
        self._begin(state, now)
        self._owed = True
        return True

    def lend(self, state: State, now: float) -> None:
        """Show `state` for its blink_s, unless something else is wanted meanwhile; then again what is wanted.

        What is on its way goes out first: a number that nobody has seen yet is not covered by a search.
        """
        if self._owed:
            self._to_lend = state
            return
        self._begin(state, now)
        self._lent_until = self._blink_ends

    @property
    def is_lent(self) -> bool:
        """Lent, or to be lent after what is on its way."""
        return self._lent_until < inf or self._to_lend is not None

    @property
    def next_attempt(self) -> float:
        """When it is told again what it was told last."""
        return self._again_at

    def put_again(self) -> None:
        """The line is new or back: set up, and tell the state; only again to a board that said it shows it."""
        self.repeat()
        self._returns = self._taken and self._acknowledged and self._next_blink == inf and not self.is_lent
        self._interrupted = self._taken = False
        self._to_lend = None
        self._failures = 0
        self._deaf_until = -inf
        self.needs_setup = True

    def repeat(self) -> None:
        """Something else may have changed what is shown."""
        self._returns = False
        self._fresh = self._showing is not None

    def forget_setup(self) -> None:
        """Another board may hang there now, or this one lost its memory: all of its setup is sent again."""
        self.needs_setup = True
        self.was_set_up = False

    def setup_ended(self, *, good: bool) -> None:
        """What was sent of it, if anything was due, went out."""
        if not good:
            self.needs_setup = True
        elif not self.needs_setup:  # else it was forgotten meanwhile
            self.was_set_up = True

    def rank(self, now: float) -> Rank | None:
        """None where nothing is due."""
        if now < self._deaf_until:
            return None
        if self._fresh or self._interrupted:
            return Rank.URGENT if self.urgent else Rank.FRESH
        if min(self._next_blink, self._lent_until) <= now:
            return Rank.BLINK
        return Rank.AGAIN if self._again_at <= now else None

    @property
    def next_due(self) -> float:
        if self._fresh or self._interrupted:
            return self._deaf_until
        return max(self._deaf_until, min(self._next_blink, self._lent_until, self._again_at))

    def take(self, now: float) -> Picture:
        """What to send now, which counts as sent from here on; only where `rank` says that something is due."""
        again = self._returns or (self._taken and self.rank(now) is Rank.AGAIN)
        if self._lent_until <= now:
            self._give_back()
        if self._showing is None:
            raise LookupError(f"nothing is wanted of {self.name}")
        blinks = now < self._blink_ends
        goes_on = self._interrupted and not self._fresh
        if not goes_on:
            self._turn(now, blinks=blinks)
        self._fresh = self._interrupted = self._taken = self._returns = False
        self._again_at = inf
        state = self._showing if self.blinks_by_itself and blinks else self._showing.steady
        return Picture(state, self._lit, again, goes_on, self._lent_until < inf)

    def interrupted(self) -> None:
        """Not all frames are out: the rest goes when it hears again, unless something newer is wanted by then."""
        self._interrupted = True

    def deaf_until(self, then: float) -> None:
        """It hears nothing before `then`."""
        self._deaf_until = then

    def is_deaf(self, now: float) -> bool:
        return now < self._deaf_until

    def succeeded(self, now: float, *, acknowledged: bool = False) -> None:
        """It was sent; `acknowledged`: the board said so, else the bytes may have been lost with the line."""
        self._failures = 0
        self._taken, self._acknowledged = True, acknowledged
        self._again_at = now + self.resend_s
        self._went_out(now)

    def failed(self, now: float) -> None:
        """It did not answer as it should: leave blinking, try again later."""
        if not self._fresh:
            self._next_blink, self._blink_ends = inf, -inf
        self._interrupted = False
        self._again_at = now + min(RETRY_FIRST_S * 2**self._failures, RETRY_MOST_S)
        self._failures = min(self._failures + 1, 10)
        self.needs_setup = self.needs_setup or self._failures >= FAILURES_OF_A_BOARD_WITHOUT_POWER
        self._went_out(now)

    def _went_out(self, now: float) -> None:
        if self._fresh:
            return  # something newer is wanted by now
        self._owed = False
        if self._to_lend is not None:
            state, self._to_lend = self._to_lend, None
            self.lend(state, now)

    def _begin(self, state: State, now: float) -> None:
        self._showing, self._fresh, self._taken = state, True, False
        self._lent_until = inf
        self._returns = False
        self._blink_ends = now + state.blink_s
        self._next_blink = inf

    def _give_back(self) -> None:
        self._showing = self._showing.dark if self._showing and self.wanted is None else self.wanted
        self._lent_until, self._blink_ends = inf, -inf
        self._fresh = self._owed = True

    def _turn(self, now: float, *, blinks: bool) -> None:
        """To the next half of the blink, if there is one."""
        if self.blinks_by_itself:
            self._lit = True
            self._next_blink = self._blink_ends if blinks else inf
            return
        self._lit = self._fresh or not blinks or self._next_blink > now or not self._lit
        self._next_blink = now + self.blink_every_s if blinks or not self._lit else inf


@dataclass(slots=True)
class Slots:
    """Those on one line, served in turn within each rank."""

    slots: list[Slot]
    _by_name: dict[str, Slot] = field(init=False)
    _turn: int = 0

    def __post_init__(self) -> None:
        self._by_name = {slot.name: slot for slot in self.slots}

    def __getitem__(self, name: str) -> Slot:
        return self._by_name[name]

    def next(self, now: float) -> Slot | None:
        """The one to serve now, or None."""
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

    def has_urgent(self, now: float) -> bool:
        return any(slot.rank(now) is Rank.URGENT for slot in self.slots)

    def put_all_again(self) -> None:
        for slot in self.slots:
            slot.put_again()

    def repeat_all(self) -> None:
        for slot in self.slots:
            slot.repeat()
