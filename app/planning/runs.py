"""Days played one after another: what other days taught, then the day itself, told and advised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from app.core.change import Change
from app.core.events import TicketIssued
from app.planning.adviser import Adviser, accepted_after
from app.planning.calibration import Calibration, Case, Foreseen
from app.planning.foresee import foresee
from app.planning.learnt import Learnt, Visited
from app.planning.office import Minute, SimulatedOffice
from app.planning.policies import POLICIES, Policy
from app.planning.scenario import Scenario
from app.planning.simulate import Played, play, waited_min

DAYS_BEFORE = 12
DAYS_TOLD = 8
ACCEPTED_AFTER_MIN = 2


@dataclass
class Past:
    """Hears simulated days and learns from them as the hub does from its log."""

    learnt: Learnt

    def day(self, scenario: Scenario, policy: Policy, seed: int) -> None:
        came: list[tuple[str, int]] = []
        weekday = 0

        def hear(step: Change) -> None:
            nonlocal weekday
            event, at = step.recorded.event, step.recorded.at
            local = datetime.fromtimestamp(at / 1000, ZoneInfo(step.hall.settings.timezone))
            weekday = local.weekday()
            if isinstance(event, TicketIssued):
                came.append((event.service, since_midnight(local)))
            visit = step.touched.visit
            if visit:
                handled = None if visit.handle_ms is None else visit.handle_ms / 1000
                away = (visit.ended_at - visit.called_at) / 1000
                self.learnt.learn(Visited(visit.service, weekday, visit.clerk, handled, away))

        play(scenario, policy, seed, listeners=[hear])
        self.learnt.arrivals.learn_day(weekday, came)


@dataclass(frozen=True, slots=True)
class Before:
    """What the days before taught: times and arrivals, and how wide a range must be told."""

    learnt: Learnt
    calibration: Calibration


def days_before(scenario: Scenario, days: int = DAYS_BEFORE) -> Before:
    """Play the days before (seeds -1, -2, …) and learn from them; their clerks helped where the file says so."""
    past = Past(Learnt())
    for seed in range(-days, 0):
        past.day(scenario, POLICIES["toiluot"], seed)
    return Before(past.learnt, Calibration())


def calibrate(scenario: Scenario, policy: Policy, before: Before, days: int = DAYS_TOLD) -> None:
    """Foresee the waits of the last of those days, and learn how far off that was."""
    for seed in range(-days, 0):
        for case in play_day(scenario, policy, seed, before, foreseeing=True).cases:
            before.calibration.learn(case.foreseen, case.came)


@dataclass
class Day:
    """A played day with what was foreseen of it: one case for each citizen."""

    played: Played
    cases: list[Case]


def play_day(scenario: Scenario, policy: Policy, seed: int, before: Before, *, foreseeing: bool = False) -> Day:
    """One day: advised where the policy says so, and with each citizen's wait foreseen as the number is taken."""
    chance = Random(f"chance {seed}")  # noqa: S311 - a made-up day
    foreseen: dict[str, Foreseen] = {}

    def hear(step: Change) -> None:
        event = step.recorded.event
        if isinstance(event, TicketIssued):
            wait = foresee(step.hall, before.learnt, step.hall.tickets[event.ticket], step.recorded.at, chance)
            if wait:
                foreseen[event.ticket] = wait

    played = play(
        scenario,
        policy,
        seed,
        each_minute=_advised(seed, before.learnt) if policy.advised else None,
        listeners=[hear] if foreseeing else [],
    )
    cases = [Case(foreseen[t.id], waited_min(t)) for t in played.tickets() if t.id in foreseen]
    return Day(played, cases)


def _advised(seed: int, learnt: Learnt) -> Minute:
    """Every advice is accepted two minutes after it was given."""
    adviser = Adviser(Random(f"advice {seed}"))  # noqa: S311 - a made-up day
    patience = accepted_after(ACCEPTED_AFTER_MIN)

    def each_minute(office: SimulatedOffice, at: int) -> Sequence[int]:
        accepted = patience.answer(adviser.consider(office.hall, learnt, at), at)
        return [office.accept(accepted.id, accepted.move, accepted.expected, at)] if accepted else ()

    return each_minute


def since_midnight(local: datetime) -> int:
    """ms since midnight of the centre's clock."""
    return ((local.hour * 60 + local.minute) * 60 + local.second) * 1000 + local.microsecond // 1000
