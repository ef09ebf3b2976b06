"""The made-up week: Monday to Friday with lunch in shifts (ca trưa), and Saturday morning with fewer people."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from app.planning.scenario import OPENS_MIN, CounterPlan, Scenario

SATURDAY, SUNDAY = 5, 6
MORNING_MIN = 240
MORNING_SHARE = 0.35
"""Of a whole day's citizens."""

LAST_MIN = 24 * 60 - 1


def rota(scenario: Scenario, clerks: Mapping[int, str], opens_min: int = OPENS_MIN) -> list[dict[str, Any]]:
    """The shifts of an ordinary week, as the API takes them. `clerks`: sign-in names, by counter."""
    week = [(weekday, plan, scenario.open_min) for weekday in range(SATURDAY) for plan in scenario.counters]
    week += [(SATURDAY, plan, min(MORNING_MIN, scenario.open_min)) for plan in saturdays(scenario)]
    return [
        {"weekday": weekday, "counter": plan.number, "clerk": clerks[plan.number], "start": start, "end": end}
        for weekday, plan, open_min in week
        for start, end in _shifts(plan, open_min, opens_min)
        if start < end
    ]


def plan_of(scenario: Scenario, day: date) -> Scenario:
    """The scenario as that day has it: on a Saturday the morning only, and who is there then."""
    if day.weekday() != SATURDAY:
        return scenario
    open_min = min(MORNING_MIN, scenario.open_min)
    arrivals = scenario.arrivals.model_copy(update={"per_day": scenario.arrivals.per_day * MORNING_SHARE})
    return scenario.model_copy(
        update={"open_min": open_min, "counters": tuple(saturdays(scenario)), "arrivals": arrivals}
    )


def saturdays(scenario: Scenario) -> list[CounterPlan]:
    """One counter for each service that is somebody's own, and whoever else is needed for the others."""
    chosen: dict[int, CounterPlan] = {}
    for reach in (_own, _served):
        for service in scenario.services:
            taking = [plan for plan in scenario.counters if service.code in reach(plan)]
            if taking and not any(plan.number in chosen for plan in taking):
                chosen[taking[0].number] = taking[0]
    return [plan for plan in scenario.counters if plan.number in chosen]


def _own(plan: CounterPlan) -> tuple[str, ...]:
    return plan.own


def _served(plan: CounterPlan) -> tuple[str, ...]:
    return plan.own + plan.help


def next_office_day(day: date, *, whole: bool = False) -> date:
    """This day, or the first after it on which the centre opens; `whole`: not for a morning only."""
    closed = {SATURDAY, SUNDAY} if whole else {SUNDAY}
    while day.weekday() in closed:
        day += timedelta(days=1)
    return day


def office_days_before(day: date, count: int) -> list[date]:
    """The last so many before it, the earliest first."""
    found: list[date] = []
    while len(found) < count:
        day -= timedelta(days=1)
        if day.weekday() != SUNDAY:
            found.insert(0, day)
    return found


def _shifts(plan: CounterPlan, open_min: float, opens_min: int) -> Iterator[tuple[str, str]]:
    """Between the breaks."""
    start = 0.0
    for leaves, returns in plan.breaks:
        if leaves < open_min:
            yield _clock(opens_min + start), _clock(opens_min + leaves)
            start = returns
    if start < open_min:
        yield _clock(opens_min + start), _clock(opens_min + open_min)


def _clock(minute: float) -> str:
    hour, rest = divmod(min(round(minute), LAST_MIN), 60)
    return f"{hour:02d}:{rest:02d}"
