"""What a span of days comes to, in figures that add up with those of another span. Times in ms."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import add
from typing import Self, TypeVar

K = TypeVar("K", str, int)
STEP_MS = 10_000
LAST_STEP = 6 * 360  # six hours: what is longer counts as that in a percentile of months


@dataclass(slots=True)
class Tally:
    """Durations: how many, their sum, how many within the target, and what percentiles need.

    That is each value, or of spans added up long ago how many fell in each step of ten seconds (step n: up to 10 n s).
    """

    count: int = 0
    total: int = 0
    within: int = 0
    values: list[int] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, values: list[int], target: int) -> Self:
        values.sort()
        return cls(len(values), sum(values), bisect_right(values, target), values)

    def add(self, other: "Tally") -> None:
        self.count += other.count
        self.total += other.total
        self.within += other.within
        self.values += other.values
        self.steps = added(self.steps, other.steps)

    def in_steps(self) -> list[int]:
        """All lengths in steps, the exact ones too."""
        counts = Counter(min(-(-value // STEP_MS), LAST_STEP) for value in self.values)
        return added(self.steps, [counts[step] for step in range(max(counts, default=-1) + 1)])

    def percentile(self, percent: int) -> int | None:
        """Nearest rank: the shortest length with at least `percent` of all at or below it; None of none.

        Up to ten seconds too long where a part is known in steps only.
        """
        rank = -(-self.count * percent // 100)
        if not self.steps:
            return sorted(self.values)[rank - 1] if rank else None
        for step, count in enumerate(self.in_steps()):
            rank -= count
            if rank <= 0:
                return step * STEP_MS
        return None


def added(one: list[int], other: list[int]) -> list[int]:
    """Step by step; the longer one goes on alone."""
    short, long = sorted((one, other), key=len)
    return [*map(add, short, long), *long[len(short) :]]


@dataclass(slots=True)
class Mean:
    """Enough for a mean and a share: no percentiles."""

    count: int = 0
    total: int = 0
    within: int = 0

    def add(self, other: "Mean") -> None:
        self.count += other.count
        self.total += other.total
        self.within += other.within


@dataclass(slots=True)
class Cell:
    """The visits of one service, one counter or one clerk."""

    waits: Tally = field(default_factory=Tally)
    handling: Tally = field(default_factory=Tally)
    walk: Mean = field(default_factory=Mean)
    outcomes: Counter[str] = field(default_factory=Counter)
    busy: int = 0
    idle: int = 0

    def add(self, other: "Cell") -> None:
        self.waits.add(other.waits)
        self.handling.add(other.handling)
        self.walk.add(other.walk)
        self.outcomes.update(other.outcomes)
        self.busy += other.busy
        self.idle += other.idle


@dataclass(slots=True)
class Hour:
    """An hour of a weekday: who came in it, and how long they waited."""

    issued: int = 0
    waits: Mean = field(default_factory=Mean)

    def add(self, other: "Hour") -> None:
        self.issued += other.issued
        self.waits.add(other.waits)


@dataclass(slots=True)
class Day:
    issued: int = 0
    served: int = 0
    waits: Mean = field(default_factory=Mean)
    wait_p90: int | None = None


@dataclass(slots=True)
class Sums:
    """Of days: `hours` by (weekday, hour), Monday 0, `tickets` by (service, state), `dossiers` by (service, field).

    `channels` by (channel, state of the ticket).
    `left_late` and `overruns` by service: who gave up beyond the target, and what took longer than its target.
    """

    services: dict[str, Cell] = field(default_factory=dict)
    counters: dict[int, Cell] = field(default_factory=dict)
    clerks: dict[str, Cell] = field(default_factory=dict)
    stood: set[tuple[int, str]] = field(default_factory=set)
    tickets: Counter[tuple[str, str]] = field(default_factory=Counter)
    hours: dict[tuple[int, int], Hour] = field(default_factory=dict)
    days: dict[str, Day] = field(default_factory=dict)
    left_late: Counter[str] = field(default_factory=Counter)
    overruns: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    dossiers: Counter[tuple[str, str]] = field(default_factory=Counter)
    channels: Counter[tuple[str, str]] = field(default_factory=Counter)

    def hour(self, key: tuple[int, int]) -> Hour:
        if key not in self.hours:  # asked for each visit: too often to make one that is thrown away
            self.hours[key] = Hour()
        return self.hours[key]

    def day(self, date: str) -> Day:
        if date not in self.days:
            self.days[date] = Day()
        return self.days[date]

    def add(self, other: "Sums") -> None:
        add_cells(self.services, other.services.items())
        add_cells(self.counters, other.counters.items())
        add_cells(self.clerks, other.clerks.items())
        for when, hour in other.hours.items():
            self.hour(when).add(hour)
        self.stood |= other.stood
        self.days |= other.days
        self.tickets.update(other.tickets)
        self.left_late.update(other.left_late)
        self.overruns.update(other.overruns)
        self.reasons.update(other.reasons)
        self.dossiers.update(other.dossiers)
        self.channels.update(other.channels)


def add_cells(cells: dict[K, Cell], more: Iterable[tuple[K, Cell]]) -> None:
    for key, cell in more:
        cells.setdefault(key, Cell()).add(cell)
