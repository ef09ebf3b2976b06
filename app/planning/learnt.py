"""What earlier days taught: how long a service takes (by weekday and clerk), who comes when, who does not come.

A new centre has a sensible prior instead. Every mean is pulled towards what is known more widely, as if `..._WEIGHT`
more cases had been seen there: a clerk towards the service, a weekday towards the week (empirical Bayes shrinkage,
e.g. Efron and Morris 1975). Times are seconds unless the name says otherwise.
"""

import math
from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

PRIOR_S = 360.0
PRIOR_CV = 0.8
PRIOR_WEIGHT = 5.0
CLERK_WEIGHT = 15.0
WEEKDAY_WEIGHT = 60.0
OTHERS_WORK = 1.1  # a clerk at a service never seen at that counter before: a little slower
MEMORY = 400.0  # visits after which older ones begin to fade
MISS_PRIOR = (0.04, 25.0)
MISS_MS = 60_000.0
SLOT_MS = 1_800_000
SLOTS = 48
DAYS_WEIGHT = 3.0  # how many ordinary days a weekday's own arrivals must outweigh
TODAY_WEIGHT = 8.0  # citizens: how many must have come before today is believed to differ from other days


class Visited(NamedTuple):
    """A visit that ended, as far as learning goes. `handle_s` None: nobody came."""

    service: str
    weekday: int
    clerk: str | None
    handle_s: float | None
    away_s: float = 60.0


@dataclass(slots=True)
class Mean:
    """A running mean and mean square that forgets slowly."""

    weight: float
    mean: float
    square: float

    def learn(self, value: float) -> None:
        self.weight = min(self.weight + 1, MEMORY)
        self.mean += (value - self.mean) / self.weight
        self.square += (value * value - self.square) / self.weight

    @property
    def cv(self) -> float:
        """The coefficient of variation."""
        return math.sqrt(max(self.square / (self.mean * self.mean) - 1, 0.04)) if self.mean > 0 else PRIOR_CV


def _prior() -> Mean:
    return Mean(PRIOR_WEIGHT, PRIOR_S, PRIOR_S * PRIOR_S * (1 + PRIOR_CV * PRIOR_CV))


@dataclass(slots=True)
class Handling:
    """How long a citizen is served: the service's mean, times a factor of the weekday, times one of the clerk."""

    services: dict[str, Mean] = field(default_factory=dict)
    weekdays: dict[tuple[str, int], Mean] = field(default_factory=dict)
    clerks: dict[tuple[str, str], Mean] = field(default_factory=dict)

    def learn(self, service: str, weekday: int, clerk: str | None, handle_s: float) -> None:
        whole = self.services.setdefault(service, _prior())
        ratio = handle_s / whole.mean if whole.mean > 0 else 1.0
        self.weekdays.setdefault((service, weekday), Mean(WEEKDAY_WEIGHT, 1.0, 1.0)).learn(ratio)
        if clerk:
            self.clerks.setdefault((service, clerk), Mean(CLERK_WEIGHT, 1.0, 1.0)).learn(ratio)
        whole.learn(handle_s)

    def mean_s(self, service: str, weekday: int) -> float:
        known = self.services.get(service)
        factor = self.weekdays.get((service, weekday))
        return (known.mean if known else PRIOR_S) * (factor.mean if factor else 1.0)

    def cv(self, service: str) -> float:
        known = self.services.get(service)
        return known.cv if known else PRIOR_CV

    def pace(self, service: str, clerk: str | None, *, own: bool) -> float:
        """How many times as long a clerk takes as the service's mean."""
        known = self.clerks.get((service, clerk)) if clerk else None
        if known:
            return known.mean
        return 1.0 if own else OTHERS_WORK


@dataclass(slots=True)
class Arrivals:
    """Who comes when: citizens in each half hour of the day, by service and weekday, over the days counted."""

    days: dict[int, int] = field(default_factory=dict)
    came: dict[tuple[str, int, int], int] = field(default_factory=dict)
    _known: dict[tuple[str, int], list[float]] = field(default_factory=dict)

    def learn_day(self, weekday: int, came: Iterable[tuple[str, int]]) -> None:
        """A whole day: (service, ms since midnight) of each number that was taken."""
        self.days[weekday] = self.days.get(weekday, 0) + 1
        self._known = {}
        for (service, slot), count in Tally((code, slot_of(ms)) for code, ms in came).items():
            self.add(service, weekday, slot, count)

    def add(self, service: str, weekday: int, slot: int, count: int) -> None:
        key = (service, weekday, slot)
        self.came[key] = self.came.get(key, 0) + count
        self._known = {}

    def expected(self, service: str, weekday: int) -> list[float]:
        """Citizens in each half hour of such a day; all zeros for a centre without a past."""
        known = self._known.get((service, weekday))
        if known is None:
            every, days = sum(self.days.values()), self.days.get(weekday, 0)
            slots = range(SLOTS) if every else ()
            known = [self._expected(service, weekday, slot, days, every) for slot in slots] or [0.0] * SLOTS
            self._known[service, weekday] = known
        return known

    def _expected(self, service: str, weekday: int, slot: int, days: int, every: int) -> float:
        week = sum(self.came.get((service, each, slot), 0) for each in self.days) / every
        own = self.came.get((service, weekday, slot), 0)
        return (own + DAYS_WEIGHT * week) / (days + DAYS_WEIGHT)


@dataclass(slots=True)
class Misses:
    """How many of those called do not come, and how long the counter waits for them."""

    share: Mean = field(default_factory=lambda: Mean(MISS_PRIOR[1], MISS_PRIOR[0], MISS_PRIOR[0]))
    wait_ms: Mean = field(default_factory=lambda: Mean(MISS_PRIOR[1], MISS_MS, MISS_MS * MISS_MS))


@dataclass(slots=True)
class Learnt:
    """All that the forecast and the advice know of other days."""

    handling: Handling = field(default_factory=Handling)
    arrivals: Arrivals = field(default_factory=Arrivals)
    misses: Misses = field(default_factory=Misses)

    def learn(self, visit: Visited) -> None:
        self.misses.share.learn(float(visit.handle_s is None))
        if visit.handle_s is None:
            self.misses.wait_ms.learn(visit.away_s * 1000)
        else:
            self.handling.learn(visit.service, visit.weekday, visit.clerk, visit.handle_s)


def slot_of(ms: int) -> int:
    """The half hour of the day (0 to 47) of ms since midnight."""
    return min(max(ms // SLOT_MS, 0), SLOTS - 1)
