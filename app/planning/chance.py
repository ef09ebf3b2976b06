"""Chance, after a scenario's figures. Pure: the random numbers are an argument."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from app.planning.scenario import Handled, Scenario


@dataclass(frozen=True, slots=True)
class Arrival:
    """A citizen who comes; `minute` is counted from the opening."""

    minute: float
    service: str
    priority: bool


def arrivals(scenario: Scenario, rng: Random) -> list[Arrival]:
    """One day's citizens in the order in which they come."""
    shares = shares_of_the_day(scenario, rng)
    return [
        Arrival(minute, _drawn(shares, rng), rng.random() < scenario.priority_share)
        for minute in arrival_minutes(scenario, rng)
    ]


def arrival_minutes(scenario: Scenario, rng: Random) -> list[float]:
    """A Poisson process with the profile as its rate, by thinning (Lewis and Shedler, 1979)."""
    profile, open_min = scenario.arrivals.profile, scenario.open_min
    area = _area(profile, open_min)
    highest = _highest(profile, open_min)
    if not area or not scenario.arrivals.per_day:
        return []
    most = scenario.arrivals.per_day * highest / area
    minutes, minute = [], rng.expovariate(most)
    while minute < open_min:
        if rng.random() * highest < weight_at(profile, minute):
            minutes.append(minute)
        minute += rng.expovariate(most)
    return minutes


def early_arrivals(scenario: Scenario, minutes: float) -> list[Arrival]:
    """Who came in the `minutes` before the opening, at the rate of its first one: of each service its share."""
    area = _area(scenario.arrivals.profile, scenario.open_min)
    rate = scenario.arrivals.per_day * weight_at(scenario.arrivals.profile, 0) / area if area else 0
    whole = sum(service.share for service in scenario.services)
    counts = {each.code: round(rate * minutes * each.share / whole) for each in scenario.services}
    return [Arrival(0, code, priority=False) for code, count in counts.items() for _ in range(count)]


def weight_at(profile: Sequence[tuple[float, float]], minute: float) -> float:
    """The profile's height; nothing before its first and after its last point."""
    for (left, low), (right, high) in pairwise(profile):
        if left <= minute <= right and right > left:
            return low + (high - low) * (minute - left) / (right - left)
    return 0.0


def shares_of_the_day(scenario: Scenario, rng: Random) -> dict[str, float]:
    """Each service's share of today's citizens: days differ, by `service_noise`. They sum to 1."""
    noise = scenario.arrivals.service_noise
    drawn = {service.code: service.share * math.exp(rng.gauss(0, noise)) for service in scenario.services}
    whole = sum(drawn.values())
    return {code: share / whole for code, share in drawn.items()}


def handling_min(service: Handled, rng: Random, factor: float = 1) -> float:
    """How long one citizen takes (lognormal with the service's mean and variation), minutes."""
    variance = math.log(1 + service.handle_cv**2)
    return factor * rng.lognormvariate(math.log(service.handle_min) - variance / 2, math.sqrt(variance))


def _highest(profile: Sequence[tuple[float, float]], until: float) -> float:
    """Within the day: a height after its end must not make the thinning endless."""
    return max(*(weight for minute, weight in profile if minute <= until), weight_at(profile, until), 0.0, 0.0)


def _area(profile: Sequence[tuple[float, float]], until: float) -> float:
    corners = sorted({0.0, until, *(minute for minute, _ in profile if minute < until)})
    return sum((weight_at(profile, a) + weight_at(profile, b)) / 2 * (b - a) for a, b in pairwise(corners))


def _drawn(shares: Mapping[str, float], rng: Random) -> str:
    return rng.choices(list(shares), list(shares.values()))[0]
