"""Days played one after another: what other days taught, then the day itself, told and advised."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from app.core.change import Change
from app.core.events import TicketIssued
from app.planning.adviser import Adviser
from app.planning.calibration import Case, Foreseen
from app.planning.foresee import foresee
from app.planning.learning import learn_day, learn_visit
from app.planning.learnt import Learnt
from app.planning.moves import Advice
from app.planning.office import Minute, SimulatedOffice
from app.planning.policies import POLICIES, Policy
from app.planning.scenario import Scenario
from app.planning.simulate import Played, play, waited_min

DAYS_BEFORE = 12
DAYS_TOLD = 8
MOST_FORESEEN = 600  # a day, or somewhat more
ACCEPTED_AFTER_MS = 2 * 60_000


def days_before(scenario: Scenario, days: int = DAYS_BEFORE) -> Learnt:
    """Play the days before (seeds -1, -2, …) and learn from them; their clerks helped where the file says so."""
    learnt = Learnt()

    def hear(step: Change) -> None:
        if step.touched.visit:
            learn_visit(learnt, step.touched.visit)

    for seed in range(-days, 0):
        learn_day(learnt, play(scenario, POLICIES["toiluot"], seed, listeners=[hear]).hall)
    return learnt


@dataclass
class Day:
    """A played day with what was foreseen of it: one case for each citizen."""

    played: Played
    cases: list[Case]


def play_day(scenario: Scenario, policy: Policy, seed: int, learnt: Learnt, *, foreseeing: bool = False) -> Day:
    """One day: advised where the policy says so, and with each citizen's wait foreseen as the number is taken.

    Of very many citizens, only every so many-th one's.
    """
    chance = Random(f"chance {seed}")  # noqa: S311 - a made-up day
    foreseen: dict[str, Foreseen] = {}
    every = 1 + int(scenario.arrivals.per_day // MOST_FORESEEN)

    def hear(step: Change) -> None:
        event = step.recorded.event
        if isinstance(event, TicketIssued) and len(step.hall.tickets) % every == 0:
            wait = foresee(step.hall, learnt, step.hall.tickets[event.ticket], step.recorded.at, chance)
            if wait:
                foreseen[event.ticket] = wait

    played = play(
        scenario,
        policy,
        seed,
        each_minute=_advised(seed, learnt) if policy.advised else None,
        listeners=[hear] if foreseeing else [],
    )
    cases = [Case(foreseen[t.id], waited_min(t)) for t in played.tickets() if t.id in foreseen]
    return Day(played, cases)


def _advised(seed: int, learnt: Learnt) -> Minute:
    """Every advice is accepted two minutes after it was given."""
    adviser = Adviser(Random(f"advice {seed}"))  # noqa: S311 - a made-up day
    patience = Patience(ACCEPTED_AFTER_MS)

    def each_minute(office: SimulatedOffice, at: int) -> Sequence[int]:
        accepted = patience.answer(adviser.consider(office.hall, learnt, at), at)
        return [office.accept(accepted.id, accepted.move, accepted.expected, at)] if accepted else ()

    return each_minute


@dataclass
class Patience:
    """A supervisor who accepts the first advice so long after it was given (ms)."""

    wait_ms: int
    since: dict[str, int] = field(default_factory=dict)

    def answer(self, given: Sequence[Advice], now: int) -> Advice | None:
        """The advice that is accepted now, if any."""
        for advice in given[:1]:
            if now - self.since.setdefault(advice.id, now) >= self.wait_ms:
                return advice
        return None
