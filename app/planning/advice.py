"""Which one move would help most: each is weighed by playing the next hour forward, with it and without it.

A move must pay: the people whom it saves from waiting beyond the target, less what very long waits cost, must be at
least `WORTH` and clearly more than chance. First all moves are played over a few futures, then the best over many.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import fmean, stdev

from app.core.advice import Expected, Move
from app.core.hall import Hall
from app.planning.forward import Forward, Play
from app.planning.futures import Future, Outlook
from app.planning.learnt import Learnt
from app.planning.moves import open_moves

HORIZON_MS = 60 * 60_000
CLEARS_MS = 60 * 60_000  # whoever comes within the horizon is called within the next hour, or counts as late
FEWEST, FEW, MANY = 2, 6, 18  # futures
CALM = 0.5  # people late in the first two of them: nothing to look into
BEST = 3  # moves that are looked at closely
WORTH = 1.0  # people
SURE = 1.5  # standard errors by which the mean gain must be above nothing
SAVES = 0.5  # people: a move that only shortens waits that are long anyway is no news to a supervisor
KEEPS = 0.4  # of WORTH: an advice that stands is not taken back for a small change of mind
LONG = 2.0  # times the target: from here a wait costs more than being late once
LONG_COST = 0.45  # people late, for each further target of waiting
SUFFERS = 0.3  # people late, expected in a service
NOTICED_MIN = 0.5  # a mean wait that grows by less costs nobody anything
ONCE = 0.8


@dataclass(frozen=True, slots=True)
class Weighed:
    """A move with what it is expected to change; `worth` in people, long waits counted in, and its standard error."""

    move: Move
    expected: Expected
    worth: float
    error: float

    @property
    def pays(self) -> bool:
        return self.worth >= max(WORTH, SURE * self.error) and self.expected.saved >= SAVES

    @property
    def still_pays(self) -> bool:
        return self.worth >= KEEPS * WORTH and self.expected.saved >= KEEPS * SAVES


@dataclass(slots=True)
class Tally:
    """What a play came to: people late, what long waits cost, and waits, by service."""

    late: dict[str, float] = field(default_factory=dict)
    cost: float = 0.0
    waited_ms: dict[str, list[int]] = field(default_factory=dict)

    @property
    def people(self) -> float:
        return sum(self.late.values())


class Weighing:
    """Plays one state of the hall forward, with each move and without."""

    def __init__(self, hall: Hall, learnt: Learnt, now: int, rng: Random) -> None:
        self.hall, self.now, self.rng = hall, now, rng
        self.outlook = Outlook.of(hall, learnt, now)
        self.forward = Forward(self.outlook)
        self.futures: list[Future] = []
        self.without: list[Tally] = []

    def best(self, among: int, rests: Callable[[Move], bool]) -> tuple[Weighed, ...]:
        """The moves that pay most, the best first; none is no advice. `rests`: not to be advised now."""
        self._draw(FEWEST - len(self.futures))
        if sum(tally.cost for tally in self.without) < CALM:
            return ()
        self._draw(FEW - len(self.futures))
        suffering = [s for s in self.hall.services if fmean(t.late.get(s, 0.0) for t in self.without) > SUFFERS]
        if fmean(tally.cost for tally in self.without) < WORTH:
            return ()
        moves = [move for move in open_moves(self.hall, self.now, suffering) if not rests(move)]
        weighed = sorted(((self._worth(move), move) for move in moves), key=lambda each: -each[0])
        promising = [move for worth, move in weighed[:BEST] if worth >= ONCE * WORTH]
        if not promising:
            return ()
        self._draw(MANY)
        close = sorted((self.weigh(move) for move in promising), key=lambda each: -each.worth)
        return tuple(each for each in close if each.pays)[:among]

    def weigh_again(self, move: Move) -> Weighed:
        """A move that was advised a minute ago."""
        self._draw(MANY - len(self.futures))
        return self.weigh(move)

    def weigh(self, move: Move) -> Weighed:
        """A move over all futures drawn so far."""
        with_it = [self._tally(self._play(future, move)) for future in self.futures]
        gains = [before.cost - after.cost for before, after in zip(self.without, with_it, strict=True)]
        saved = [before.people - after.people for before, after in zip(self.without, with_it, strict=True)]
        worth, error = fmean(gains), stdev(gains) / len(gains) ** 0.5
        better = sum(gain > 0 for gain in gains) / len(gains)
        low, high = _band(saved)
        expected = Expected(
            saved=round(fmean(saved), 1),
            low=low,
            high=high,
            sure=round(better, 2),
            costs=self._costs(with_it),
            horizon_s=HORIZON_MS // 1000,
        )
        return Weighed(move, expected, worth, error)

    def _worth(self, move: Move) -> float:
        """A quick look at a move."""
        with_it = (self._tally(self._play(future, move)).cost for future in self.futures)
        return fmean(before.cost - after for before, after in zip(self.without, with_it, strict=True))

    def _draw(self, count: int) -> None:
        drawn = [self.outlook.draw(self.rng, self.now + HORIZON_MS) for _ in range(count)]
        self.futures += drawn
        self.without += [self._tally(self._play(future, None)) for future in drawn]

    def _play(self, future: Future, move: Move | None) -> Play:
        return self.forward.play(future, self.now + HORIZON_MS + CLEARS_MS, move)

    def _tally(self, play: Play) -> Tally:
        tally, end = Tally(), self.now + HORIZON_MS + CLEARS_MS
        for _, service, since, at in play.called:
            self._count(tally, service, max(0, at - since))
        for service, standing in play.floor.waiting():
            self._count(tally, service, max(0, end - standing.place.at))
        return tally

    def _count(self, tally: Tally, service: str, waited_ms: int) -> None:
        target_ms = self.hall.services[service].target_s * 1000
        tally.waited_ms.setdefault(service, []).append(waited_ms)
        if waited_ms > target_ms:
            tally.late[service] = tally.late.get(service, 0.0) + 1
            tally.cost += 1 + LONG_COST * max(0.0, waited_ms / target_ms - LONG)

    def _costs(self, with_it: Sequence[Tally]) -> tuple[tuple[str, float], ...]:
        """The services whose mean wait grows, with by how much (minutes)."""
        grown = ((s, _mean_min(with_it, s) - _mean_min(self.without, s)) for s in self.hall.services)
        return tuple((service, round(minutes, 1)) for service, minutes in grown if minutes >= NOTICED_MIN)


def _mean_min(tallies: Sequence[Tally], service: str) -> float:
    waits = [each for tally in tallies for each in tally.waited_ms.get(service, ())]
    return fmean(waits) / 60_000 if waits else 0.0


def _band(values: Sequence[float]) -> tuple[float, float]:
    """Between these lie 80 of 100."""
    ordered = sorted(values)
    return ordered[round(0.1 * (len(ordered) - 1))], ordered[round(0.9 * (len(ordered) - 1))]
