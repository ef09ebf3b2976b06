"""What may happen next: drawn from what was learnt, the same for every move that is weighed.

The moves are compared over the same futures (common random numbers), so that a few dozen plays tell them apart.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.core.hall import Counter, Hall, TicketState, handling_started
from app.planning.learnt import SLOT_MS, SLOTS, TODAY_WEIGHT, Learnt

TRIES = 8
PRESSES_WITHIN_MS = 60_000
LEAST_MS = 15_000  # somebody who has long been at the counter still takes a moment to leave


class Stay(NamedTuple):
    """How long somebody called will keep the counter, at the service's mean speed. `comes` False: nobody came."""

    ms: float
    comes: bool


class Coming(NamedTuple):
    at: int
    service: str
    priority: bool


@dataclass(slots=True)
class Future:
    """`free_at`: when each busy counter will be free (ms). `stays`: for each service, one citizen after another.

    Stays are drawn when a play first needs them; the next play of the same future finds the same.
    """

    coming: list[Coming]
    free_at: dict[int, int]
    stays: dict[str, list[Stay]]
    draw: Callable[[str], Stay]

    def stay(self, service: str, index: int) -> Stay:
        """Of the citizen who is called as the `index`-th of a service."""
        drawn = self.stays.setdefault(service, [])
        while len(drawn) <= index:
            drawn.append(self.draw(service))
        return drawn[index]


@dataclass(slots=True)
class Outlook:
    """What to expect from here on, worked out once for many futures. `rates`: citizens per ms, by service and slot."""

    hall: Hall
    learnt: Learnt
    now: int
    midnight: int
    weekday: int
    rates: dict[str, list[float]]
    priority_share: float
    walk_ms: int
    lognormal: dict[str, tuple[float, float]]

    @classmethod
    def of(cls, hall: Hall, learnt: Learnt, now: int) -> "Outlook":
        """`now` in ms since the epoch."""
        local = datetime.fromtimestamp(now / 1000, ZoneInfo(hall.settings.timezone))
        midnight_local = local.replace(hour=0, minute=0, second=0, microsecond=0)
        midnight = int(midnight_local.timestamp() * 1000)
        weekday = local.weekday()
        return cls(
            hall,
            learnt,
            now,
            midnight,
            weekday,
            {
                code: _rates(hall, learnt.arrivals.expected(code, weekday), code, midnight, now)
                for code in hall.services
            },
            _priority_share(hall),
            hall.settings.arrive_after_s * 1000,
            {code: _lognormal(learnt, code, weekday) for code in hall.services},
        )

    def draw(self, rng: Random, until: int) -> Future:
        """One future, up to a time (ms)."""
        return Future(self.comings(rng, until), self.residuals(rng), {}, lambda service: self._stay(service, rng))

    def comings(self, rng: Random, until: int) -> list[Coming]:
        """Who will come: a Poisson process whose rate changes each half hour."""
        found = []
        for service, rates in self.rates.items():
            at = float(self.now)
            while at < until:
                slot = min(int(at - self.midnight) // SLOT_MS, SLOTS - 1)
                ends = min(self.midnight + (slot + 1) * SLOT_MS, until) if slot < SLOTS - 1 else until
                then = at + rng.expovariate(rates[slot]) if rates[slot] > 0 else math.inf
                if then < ends:
                    found.append(Coming(int(then), service, rng.random() < self.priority_share))
                at = min(then, ends)
        return sorted(found)

    def residuals(self, rng: Random) -> dict[int, int]:
        """When each counter will be free that is not: with somebody there, or with a clerk who is busy otherwise."""
        found = {}
        for counter in self.hall.counters.values():
            still = self._still(counter, rng) if counter.ticket is not None else self._lull(counter)
            if still:
                found[counter.number] = self.now + still
        return found

    def _lull(self, counter: Counter) -> int:
        """Nobody there, people waiting, and no press: as long as that has lasted, it is taken to last again."""
        oldest = [queue.oldest for code in counter.own + counter.help if (queue := self.hall.queue(code))]
        pressed = counter.press.at if counter.press else 0
        lull = self.now - max(min((place.at for place in oldest if place), default=self.now), pressed)
        return lull if lull > PRESSES_WITHIN_MS else 0

    def _still(self, counter: Counter, rng: Random) -> int:
        ticket = self.hall.tickets[counter.ticket or ""]
        started = handling_started(ticket, self.hall.settings.arrive_after_s, self.now) or self.now
        gone = max(0, self.now - started)  # the clock may have been set back
        since_call = max(0, self.now - (ticket.called_at or self.now))
        if ticket.state is TicketState.CALLED and since_call < self.walk_ms:
            walks = self.walk_ms - since_call
            return walks + round(self._served(ticket.service, rng) * self._pace(counter, ticket.service))
        pace = self._pace(counter, ticket.service)
        for _ in range(TRIES):
            whole = self._served(ticket.service, rng) * pace
            if whole > gone:
                return max(round(whole - gone), LEAST_MS)
        return max(LEAST_MS, gone // 4)

    def _pace(self, counter: Counter, service: str) -> float:
        return self.learnt.handling.pace(service, counter.clerk, own=service in counter.own)

    def _stay(self, service: str, rng: Random) -> Stay:
        if rng.random() < self.learnt.misses.share.mean:
            return Stay(self.learnt.misses.wait_ms.mean, comes=False)
        return Stay(self._served(service, rng), comes=True)

    def _served(self, service: str, rng: Random) -> float:
        """A handling time in ms (lognormal, after the learnt mean and variation)."""
        mu, sigma = self.lognormal[service]
        return math.exp(rng.gauss(mu, sigma))


def _lognormal(learnt: Learnt, service: str, weekday: int) -> tuple[float, float]:
    """Mean and standard deviation of the logarithm of a handling time in ms."""
    variance = math.log(1 + learnt.handling.cv(service) ** 2)
    return math.log(learnt.handling.mean_s(service, weekday) * 1000) - variance / 2, math.sqrt(variance)


def _rates(hall: Hall, expected: list[float], service: str, midnight: int, now: int) -> list[float]:
    """Citizens per ms in each half hour, after today's beginning: today may be busier than other days."""
    came = hall.series.get(service, 0)
    if not any(expected):
        return [came / max(now - _opened(hall, now), 2 * SLOT_MS)] * SLOTS
    slot, into = divmod(max(now - midnight, 0), SLOT_MS)
    so_far = sum(expected[:slot]) + expected[min(slot, SLOTS - 1)] * into / SLOT_MS
    busier = (came + TODAY_WEIGHT) / (so_far + TODAY_WEIGHT)
    return [each * busier / SLOT_MS for each in expected]


def _opened(hall: Hall, now: int) -> int:
    """When the first number that is still in the hall was taken."""
    return min((ticket.issued_at for ticket in hall.tickets.values()), default=now)


def _priority_share(hall: Hall) -> float:
    """How many of today's citizens are of a priority class; few are known, so pulled towards one in eight."""
    priority = sum(ticket.priority is not None for ticket in hall.tickets.values())
    return (priority + 2.5) / (len(hall.tickets) + 20)
