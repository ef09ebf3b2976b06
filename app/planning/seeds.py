"""A scenario played on many days, in several processes. What comes of it is the same however many there are."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from app.planning.calibration import Calibration
from app.planning.figures import Figures, figures
from app.planning.learnt import Learnt
from app.planning.policies import POLICIES, Policy
from app.planning.runs import DAYS_TOLD, Day, days_before, play_day
from app.planning.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Work:
    """One day to play."""

    scenario: Scenario
    policy: str
    seed: int
    learnt: Learnt
    foreseeing: bool


Workers = Callable[[Iterable[Work]], Iterator[Day]]
Told = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a policy: its figures, and the days themselves."""

    figures: Figures
    days: tuple[Day, ...]


@contextmanager
def workers(jobs: int) -> Iterator[Workers]:
    """So many processes that play days; they come back in order. With one it is this one."""
    if jobs == 1:
        yield lambda work: map(play_work, work)
        return
    # not forked: a process that has threads must not be
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield lambda work: pool.map(play_work, work)


def play_work(work: Work) -> Day:
    return play_day(work.scenario, POLICIES[work.policy], work.seed, work.learnt, foreseeing=work.foreseeing)


def simulate(scenario: Scenario, policy: Policy, seeds: int, play: Workers, told: Told = lambda: None) -> Outcome:
    """Learn from the days before, then play the days of the seeds 0, 1, … with everybody's wait foreseen.

    Raises BadScenario where the policy leaves a service without a counter. `told` is called after each day.
    """
    policy.counters(scenario)
    learnt = days_before(scenario)
    calibration = calibrated(scenario, policy, learnt, play, told)
    days = played(scenario, policy.name, range(seeds), play, learnt, foreseeing=True, told=told)
    return Outcome(figures(scenario, policy.name, days, calibration), tuple(days))


def calibrated(
    scenario: Scenario, policy: Policy, learnt: Learnt, play: Workers, told: Told = lambda: None
) -> Calibration:
    """How far off the waits foreseen on the days before were. Nobody had advice then, which takes long to weigh."""
    calibration = Calibration()
    name = "toiluot" if policy.advised else policy.name
    for day in played(scenario, name, range(-DAYS_TOLD, 0), play, learnt, foreseeing=True, told=told):
        for case in day.cases:
            calibration.learn(case.foreseen, case.came)
    return calibration


def played(
    scenario: Scenario,
    policy: str,
    seeds: Iterable[int],
    play: Workers,
    learnt: Learnt,
    *,
    foreseeing: bool = False,
    told: Told = lambda: None,
) -> list[Day]:
    """The days of the seeds, in order."""
    days = []
    for day in play(Work(scenario, policy, seed, learnt, foreseeing) for seed in seeds):
        days.append(day)
        told()
    return days
