"""How well the waits are kept short and foreseen, on made-up days; and what one advice costs.

Every policy meets the same people. A gain is in points of the share called within the target, over `own`.
"""

import os
import statistics
import time
import tracemalloc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from app.core.change import Change
from app.core.events import TicketCalled, TicketIssued
from app.core.hall import Hall
from app.core.routing import people_ahead
from app.planning.adviser import MOST_A_DAY, Adviser
from app.planning.calibration import Calibration
from app.planning.course import MINUTE_MS
from app.planning.figures import Figures, figures
from app.planning.learnt import Learnt
from app.planning.office import SimulatedOffice
from app.planning.policies import POLICIES
from app.planning.runs import days_before
from app.planning.scenario import Scenario, load
from app.planning.seeds import Workers, played, simulate, workers
from app.planning.simulate import opening, play, waited_min
from bench.table import Row, milliseconds

SHIPPED = Path(__file__).parents[1] / "app" / "data" / "scenarios"
SCENARIOS = Path(os.environ.get("TOILUOT_BENCH_SCENARIOS", SHIPPED))
SEEDS = int(os.environ.get("TOILUOT_BENCH_SEEDS", "40"))
BUSY, BUSY_MIN, ADVICES = "an-phu-surge", 120, 9
ADVISED_BAR, FORECAST_BAR, HELD_BAR = 1.12, 0.75, (0.75, 0.85)


def planning(_folder: Path) -> list[Row]:
    """Each scenario in the folder under each policy; what was foreseen; the cost of an advice."""
    paths = sorted(SCENARIOS.glob("*.json"))
    with workers(os.cpu_count() or 1) as play_days:
        results = [_result(path.stem, load(path), play_days) for path in paths]
    rows = [row for result in results for row in _policies(result)]
    rows += _over_all(results)
    rows += [row for result in results for row in _forecasts(result)]
    return [*rows, *_one_advice(load(SHIPPED / f"{BUSY}.json"))]


@dataclass(frozen=True, slots=True)
class Result:
    """Of one scenario: the figures of each policy, and the mean errors (minutes) of the naive forecasts."""

    name: str
    of: Mapping[str, Figures]
    naive: Mapping[str, float]

    def gain(self, policy: str) -> float:
        """Points of the share called within the target, over `own`."""
        return 100 * float(self.of[policy]["within_target"] - self.of["own"]["within_target"])

    def ratio(self, policy: str, floor: str) -> float:
        """Of two gains."""
        return self.gain(policy) / self.gain(floor)


def _result(name: str, scenario: Scenario, play_days: Workers) -> Result:
    learnt = days_before(scenario)
    of = {}
    for policy in POLICIES.values():
        began = time.perf_counter()
        if policy.name == "toiluot":
            of[policy.name] = simulate(scenario, policy, SEEDS, play_days).figures
        else:
            days = played(scenario, policy.name, range(SEEDS), play_days, learnt)
            of[policy.name] = figures(scenario, policy.name, days, Calibration())
        in_time = of[policy.name]["within_target"]
        took = time.perf_counter() - began
        print(f"{name}, {policy.name}: {SEEDS} days in {took:.0f} s, {in_time:.2%} in time", flush=True)
    return Result(name, of, _naive(scenario, learnt))


# The policies


def _policies(result: Result) -> list[Row]:
    toiluot = result.gain("toiluot") > result.gain("oldest") and _no_longer(result, "toiluot")
    advised = result.gain("advised") >= result.gain("skills") and _no_longer(result, "advised")
    longest = "longest wait at most oldest's"
    return [
        _row(result, "own"),
        _row(result, "oldest"),
        _row(result, "skills", "oldest"),
        _row(result, "full", "skills", "the bound of pooling"),
        _row(result, "toiluot", "oldest", _bar(toiluot, f"gain above oldest's, {longest}")),
        _row(result, "advised", "skills", _bar(advised, f"gain at least skills', {longest}")),
        Row(f"{result.name}, priority citizens: in time", _priority(result, "toiluot"), _priority(result, "oldest")),
    ]


def _priority(result: Result, policy: str) -> str:
    of = result.of[policy]["priority"]
    return f"{policy} {of['within_target']:.2%}, longest {of['max_wait']:.0f} min"


def _row(result: Result, policy: str, floor: str = "", bar: str = "") -> Row:
    of = result.of[policy]
    told = f"{of['within_target']:.2%}, longest {of['max_wait']:.0f} min, gain {result.gain(policy):.2f}"
    if not floor:
        return Row(f"{result.name}, {policy}: in time", told)
    against = f"{floor}: {result.gain(floor):.2f}"
    return Row(f"{result.name}, {policy}: in time", told, against, f"{result.ratio(policy, floor):.3f}", bar)


def _no_longer(result: Result, policy: str) -> bool:
    return bool(result.of[policy]["max_wait"] <= result.of["oldest"]["max_wait"])


def _over_all(results: Sequence[Result]) -> list[Row]:
    mean = statistics.fmean(result.ratio("advised", "skills") for result in results)
    bound = statistics.fmean(result.ratio("full", "skills") for result in results)
    most = max(result.of["advised"]["most_moves"] for result in results)
    moves = ", ".join(f"{result.of['advised']['moves']:.1f}" for result in results)
    enough = _bar(mean >= ADVISED_BAR, f"at least {ADVISED_BAR}")
    seldom = _bar(most <= MOST_A_DAY, f"at most {MOST_A_DAY} a day")
    return [
        Row("advised: gain over skills', mean of the scenarios", "", "", f"{mean:.3f}", enough),
        Row("full: the same", "", "", f"{bound:.3f}", "the bound of pooling"),
        Row("advised: changes of counters a day", f"mean {moves}; most {most}", bar=seldom),
    ]


# The forecasts


def _forecasts(result: Result) -> list[Row]:
    foreseen = result.of["toiluot"]["forecast"]
    better = min(result.naive, key=lambda name: result.naive[name])
    ratio, held = foreseen["mae"] / result.naive[better], foreseen["coverage80"]
    naive = "; ".join(f"{name} {error:.2f}" for name, error in result.naive.items())
    low, high = HELD_BAR
    wide, of_all = foreseen["width"], foreseen["coverage80_all"]
    return [
        Row(
            f"{result.name}: a wait foreseen is off by",
            f"{foreseen['mae']:.2f} min",
            naive,
            f"{ratio:.2f}",
            _bar(ratio <= FORECAST_BAR, f"at most {FORECAST_BAR} of the better"),
        ),
        Row(
            f"{result.name}: the 80 % range holds",
            f"{held:.1%}, {wide:.1f} min wide (of all, also who is called at once: {of_all:.1%})",
            bar=_bar(low <= held <= high, f"{low:.0%} to {high:.0%}"),
        ),
    ]


def _naive(scenario: Scenario, learnt: Learnt) -> dict[str, float]:
    """Mean errors (minutes), over the same citizens, of what a simple system would tell them."""
    ahead: list[float] = []
    last: list[float] = []
    for seed in range(SEEDS):
        teller = NaiveTeller(learnt)
        tickets = play(scenario, POLICIES["toiluot"], seed, listeners=[teller.hear]).tickets()
        ahead += [abs(teller.ahead[ticket.id] - waited_min(ticket)) for ticket in tickets]
        last += [abs(teller.last[ticket.id] - waited_min(ticket)) for ticket in tickets]
    return {"people ahead": statistics.fmean(ahead), "last called": statistics.fmean(last)}


class NaiveTeller:
    """What each citizen would be told (minutes, by ticket) from the people ahead, and from the last one called."""

    def __init__(self, learnt: Learnt) -> None:
        self.learnt = learnt
        self.ahead: dict[str, float] = {}
        self.last: dict[str, float] = {}
        self._called: dict[str, float] = {}

    def hear(self, step: Change) -> None:
        event, at = step.recorded.event, step.recorded.at
        if isinstance(event, TicketIssued):
            ticket = step.hall.tickets[event.ticket]
            weekday = 0  # of every made-up day
            serving = max(1, len(step.hall.counters_serving(ticket.service)))
            handling_min = self.learnt.handling.mean_s(ticket.service, weekday) / 60
            self.ahead[ticket.id] = people_ahead(step.hall, ticket) * handling_min / serving
            self.last[ticket.id] = self._called.get(ticket.service, 0.0)
        elif isinstance(event, TicketCalled):
            ticket = step.hall.tickets[event.ticket]
            self._called[ticket.service] = (at - ticket.issued_at) / MINUTE_MS


# One advice


def _one_advice(scenario: Scenario) -> list[Row]:
    """Moves weighed in a full hall, two hours after the opening of a busy day."""
    learnt = days_before(scenario)
    hall, now = _busy_hall(scenario)
    waiting = sum(len(hall.queue(service)) for service in hall.services)
    taken = []
    for seed in range(ADVICES):
        began = time.perf_counter()
        Adviser(Random(seed)).consider(hall, learnt, now)  # noqa: S311 - chance, not secrets
        taken.append(time.perf_counter() - began)
    tracemalloc.start()
    Adviser(Random(0)).consider(hall, learnt, now)  # noqa: S311
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    what = f"one advice, {waiting} waiting at {len(hall.counters)} counters"
    return [
        Row(f"{what}: median of {ADVICES}", milliseconds(statistics.median(taken)), bar="one a minute"),
        Row(f"{what}: longest", milliseconds(max(taken)), bar="one a minute"),
        Row(f"{what}: memory", f"{most / 2**20:.1f} MiB"),
    ]


def _busy_hall(scenario: Scenario) -> tuple[Hall, int]:
    """Of ten days, the hall with the most people waiting then."""
    now, halls = opening(scenario) + BUSY_MIN * MINUTE_MS, []

    def keep(office: SimulatedOffice, at: int) -> tuple[()]:
        if at == now:
            halls.append(office.hall)
        return ()

    for seed in range(10):
        play(scenario, POLICIES["toiluot"], seed, each_minute=keep)
    return max(halls, key=lambda hall: sum(len(hall.queue(service)) for service in hall.services)), now


def _bar(held: bool, bar: str) -> str:
    return bar if held else f"{bar}: MISSED"
