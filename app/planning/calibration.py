"""How wide a range must be told so that 80 of 100 come within it: learnt from what was told and what came.

A forecast has an expected wait and a spread, both from playing forward. What came is remembered as how many spreads
it was away; the range told is between two quantiles of that, chosen so that 80 of 100 remembered waits would have
been within what was told, rounding and all (conformal prediction: Vovk, Gammerman and Shafer 2005).
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

COVERED = 0.8
REMEMBERED = 2500
ANEW = 100  # cases after which the band is worked out anew
PRIOR = (-1.1, 1.3)  # spreads, for a centre that has told nothing yet
ENOUGH = 100
AT_ONCE_MIN = 0.5
TAILS = tuple(n / 40 for n in range(1, 12))  # on either side, not always the same on both
STEP_MIN = 5
FINE_BELOW_MIN = 10  # people say "3 to 8 minutes", but "10 to 20"


class Range(NamedTuple):
    """A wait in minutes, both ends included."""

    low_min: int
    high_min: int


AT_ONCE = Range(0, 1)


class Foreseen(NamedTuple):
    """Minutes: the wait expected, and its spread."""

    expected: float
    spread: float

    @property
    def at_once(self) -> bool:
        """There is nothing to wait for: a counter is free."""
        return self.expected < AT_ONCE_MIN


class Case(NamedTuple):
    """What was foreseen, and the wait that came (minutes)."""

    foreseen: Foreseen
    came: float

    @property
    def away(self) -> float:
        return (self.came - self.foreseen.expected) / self.foreseen.spread


@dataclass
class Calibration:
    """Remembers the last cases and gives the range to tell."""

    cases: deque[Case] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    band: tuple[float, float] = PRIOR
    _new: int = 0

    def learn(self, foreseen: Foreseen, came_min: float) -> None:
        """Who is called at once is told no range, and teaches nothing about ranges."""
        if foreseen.at_once:
            return
        self.cases.append(Case(foreseen, came_min))
        self._new += 1
        if self._new >= ANEW and len(self.cases) >= ENOUGH:
            self.band, self._new = _band(list(self.cases)), 0

    def told(self, foreseen: Foreseen) -> Range:
        return told(foreseen, self.band)


def told(foreseen: Foreseen, band: tuple[float, float]) -> Range:
    """The range in people's words: whole minutes below ten, then steps of five."""
    if foreseen.at_once:
        return AT_ONCE
    low, high = (max(0.0, foreseen.expected + side * foreseen.spread) for side in band)
    return Range(_rounded(low), max(_rounded(high), _rounded(low), 1))


def holds(range_: Range, came_min: float) -> bool:
    return range_.low_min <= came_min <= range_.high_min


def _band(cases: Sequence[Case]) -> tuple[float, float]:
    """Of the pairs of quantiles that would have held 80 of 100, the narrowest.

    Equal tails would let the few citizens of an odd hour (the first of a morning, all called at once) carry one end
    off for everybody.
    """
    away = sorted(case.away for case in cases)
    bands = {
        (_quantile(away, low), _quantile(away, 1 - high)) for low in TAILS for high in TAILS if _may_hold(low, high)
    }
    held = {band: sum(holds(told(c.foreseen, band), c.came) for c in cases) / len(cases) for band in bands}
    enough = [band for band in bands if held[band] >= COVERED]
    if not enough:
        return max(bands, key=held.__getitem__)
    return min(enough, key=lambda band: (band[1] - band[0], held[band]))


def _may_hold(low: float, high: float) -> bool:
    """Rounding and waits of nothing hold more than the quantiles say, so up to half as much again is worth a look."""
    return low + high <= 1.5 * (1 - COVERED)


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def _rounded(minutes: float) -> int:
    step = 1 if minutes < FINE_BELOW_MIN else STEP_MIN
    return round(minutes / step) * step
