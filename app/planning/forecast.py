"""About how long one will wait, as a range in whole minutes.

A first, plain forecast: the handling still ahead, shared by the open counters that take the service.
Handling times are learnt per service from ended visits, from a prior of six minutes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.core.change import Change
from app.core.hall import Hall

PRIOR_S = 360.0
PRIOR_WEIGHT = 5.0
MEMORY = 200.0  # visits after which older ones begin to fade
LOW, HIGH = 0.6, 1.5
STEP_MIN = 5  # people say "10 to 20 minutes", not "11 to 19"
FINE_MIN = 5


class Range(NamedTuple):
    """A wait in minutes, both ends included."""

    low_min: int
    high_min: int


@dataclass(slots=True)
class HandlingTimes:
    """The mean handling time of each service, in seconds, learnt as visits end."""

    means: dict[str, tuple[float, float]] = field(default_factory=dict)

    def learn(self, service: str, handle_s: float) -> None:
        mean, weight = self.means.get(service, (PRIOR_S, PRIOR_WEIGHT))
        weight = min(weight + 1, MEMORY)
        self.means[service] = (mean + (handle_s - mean) / weight, weight)

    def start_from(self, service: str, mean_s: float, count: int) -> None:
        """What earlier days taught: `count` visits with this mean."""
        weight = PRIOR_WEIGHT + count
        self.means[service] = ((PRIOR_S * PRIOR_WEIGHT + mean_s * count) / weight, min(weight, MEMORY))

    def mean_s(self, service: str) -> float:
        return self.means.get(service, (PRIOR_S, PRIOR_WEIGHT))[0]

    def hear(self, changes: Sequence[Change]) -> None:
        """A listener of the hub: learn from every visit that ended with its citizen served."""
        for change in changes:
            visit = change.touched.visit
            if visit and visit.outcome == "finished" and visit.handle_ms is not None:
                self.learn(visit.service, visit.handle_ms / 1000)


def forecast(hall: Hall, times: HandlingTimes, service: str, ahead: int) -> Range | None:
    """The wait of somebody with `ahead` people before them in a service; None with no counter open for it."""
    counters = hall.counters_serving(service)
    if not counters:
        return None
    mean = times.mean_s(service)
    busy = sum(counter.ticket is not None for counter in counters)
    if ahead == 0 and busy < len(counters):
        return Range(0, STEP_MIN)
    share = sum(_share(hall, counter.own, counter.help, service) for counter in counters)
    expected_min = mean * (ahead + 0.5 * busy / len(counters)) / max(share, 0.2) / 60
    return Range(_rounded(expected_min * LOW), max(_rounded(expected_min * HIGH + STEP_MIN / 2), STEP_MIN))


def _share(hall: Hall, own: tuple[str, ...], help_: tuple[str, ...], service: str) -> float:
    """How much of a counter's time a service may hope for: a part of its own, little of its help."""
    waiting = {code: len(hall.queue(code)) for code in own + help_}
    if service in own:
        others = sum(waiting[code] for code in own if code != service)
        return max(waiting[service], 1) / (max(waiting[service], 1) + others)
    return 1.0 if not any(waiting[code] for code in own) else 0.2


def _rounded(minutes: float) -> int:
    step = 1 if minutes < FINE_MIN else STEP_MIN
    return max(0, round(minutes / step) * step)
