"""Fills `Learnt`: from the last weeks as the store adds them up, and from each visit and each day that ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.core.change import Change
from app.core.for_reports import Visit
from app.core.hall import Hall
from app.planning.learnt import (
    CLERK_WEIGHT,
    MEMORY,
    MISS_MS,
    MISS_PRIOR,
    PRIOR_CV,
    PRIOR_S,
    PRIOR_WEIGHT,
    WEEKDAY_WEIGHT,
    Arrivals,
    Handling,
    Learnt,
    Mean,
    Misses,
    Visited,
    slot_of,
)
from app.store import history


@dataclass
class Learner:
    """Learns as the day goes on."""

    learnt: Learnt

    def hear(self, changes: Sequence[Change]) -> None:
        """A listener of the hub."""
        for change in changes:
            if change.touched.visit:
                learn_visit(self.learnt, change.touched.visit)


def learn_visit(learnt: Learnt, visit: Visit) -> None:
    """Whoever was sent on or asked back later was neither served nor missed; nor was it service to forget a press."""
    weekday = date.fromisoformat(visit.day).weekday()
    if visit.outcome == "missed":
        away_s = min(visit.ended_at - visit.called_at, history.BELIEVED_MS) / 1000
        learnt.learn(Visited(visit.service, weekday, visit.clerk, None, away_s))
    elif visit.outcome == "finished" and visit.handle_ms and visit.handle_ms <= history.BELIEVED_MS:
        learnt.learn(Visited(visit.service, weekday, visit.clerk, visit.handle_ms / 1000))


def learn_day(learnt: Learnt, hall: Hall) -> None:
    """A day that has ended: who came when. A day on which nobody came was no day of the office."""
    if hall.tickets:
        midnight, weekday = _midnight(hall.day, hall.settings.timezone)
        learnt.arrivals.learn_day(weekday, ((t.origin, t.issued_at - midnight) for t in hall.tickets.values()))


def handling_from(visits: Sequence[history.Handled]) -> Handling:
    """How long people were served."""
    handling = Handling()
    for service in {each.service for each in visits}:
        mine = [each for each in visits if each.service == service]
        whole = handling.services[service] = _mean(PRIOR, mine)
        for weekday in {each.weekday for each in mine}:
            own = [each for each in mine if each.weekday == weekday]
            handling.weekdays[service, weekday] = _mean(Mean(WEEKDAY_WEIGHT, 1.0, 1.0), own, whole.mean)
        for clerk in {each.clerk for each in mine if each.clerk}:
            own = [each for each in mine if each.clerk == clerk]
            handling.clerks[service, clerk] = _mean(Mean(CLERK_WEIGHT, 1.0, 1.0), own, whole.mean)
    return handling


def learnt_from(past: history.Past, timezone: str) -> Learnt:
    """All that the last weeks taught."""
    return Learnt(handling_from(past.handled), _arrivals(past.came, timezone), _misses(past.missed))


PRIOR = Mean(PRIOR_WEIGHT, PRIOR_S, PRIOR_S * PRIOR_S * (1 + PRIOR_CV * PRIOR_CV))


def _mean(prior: Mean, visits: Sequence[history.Handled], unit_s: float = 1.0) -> Mean:
    """The prior with all these learnt, in units of so many seconds."""
    weight = prior.weight + sum(each.visits for each in visits)
    total = sum(each.total_s for each in visits) / unit_s
    squares = sum(each.squares for each in visits) / unit_s**2
    return Mean(
        min(weight, MEMORY),
        (prior.mean * prior.weight + total) / weight,
        (prior.square * prior.weight + squares) / weight,
    )


def _misses(seen: history.Missed) -> Misses:
    share, weight = MISS_PRIOR
    share_weight, wait_weight = weight + seen.called, weight + seen.missed
    missed = (share * weight + seen.missed) / share_weight
    away_ms = (MISS_MS * weight + seen.away_ms) / wait_weight
    return Misses(
        Mean(min(share_weight, MEMORY), missed, missed),
        Mean(min(wait_weight, MEMORY), away_ms, away_ms * away_ms),
    )


def _arrivals(came: Sequence[history.Came], timezone: str) -> Arrivals:
    arrivals = Arrivals()
    days = {day: _midnight(day, timezone) for day in {each.day for each in came}}
    for _, weekday in days.values():
        arrivals.days[weekday] = arrivals.days.get(weekday, 0) + 1
    for each in came:
        midnight, weekday = days[each.day]
        arrivals.add(each.service, weekday, slot_of(each.at - midnight), each.people)
    return arrivals


def _midnight(day: str, timezone: str) -> tuple[int, int]:
    """When the day began (ms since the epoch), and its weekday."""
    began = datetime.combine(date.fromisoformat(day), datetime.min.time(), ZoneInfo(timezone))
    return int(began.timestamp() * 1000), began.weekday()
