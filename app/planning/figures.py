"""What came of the days of a scenario: the figures of `toiluot simulate`. Times in minutes."""

from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import Any

from app.core.hall import Ticket, TicketState
from app.planning.calibration import Calibration, Case, Range, holds
from app.planning.course import MINUTE_MS
from app.planning.runs import Day
from app.planning.scenario import Scenario
from app.planning.simulate import waited_min

Figures = dict[str, Any]


def figures(scenario: Scenario, policy: str, days: Sequence[Day], calibration: Calibration) -> Figures:
    """The object that `--json` prints; what nobody can know (the waits of an empty day) is null."""
    tickets = [ticket for day in days for ticket in day.played.tickets()]
    target = scenario.target_min
    by_service = {service.code: [t for t in tickets if t.origin == service.code] for service in scenario.services}
    return {
        "policy": policy,
        "seeds": len(days),
        "citizens": len(tickets),
        **_waits(tickets, target),
        "handled_within_target": _share(minutes <= target for minutes in _handled(tickets, scenario.walk_min)),
        "moves": _rounded(fmean(day.played.moves for day in days)) if days else None,
        "most_moves": max((day.played.moves for day in days), default=0),
        "by_service": {code: {"citizens": len(of), **_waits(of, target)} for code, of in by_service.items()},
        "priority": {"citizens": len(first := [t for t in tickets if t.priority]), **_waits(first, target)},
        "forecast": _forecast([case for day in days for case in day.cases], calibration),
    }


def _waits(tickets: Sequence[Ticket], target_min: float) -> Figures:
    waits = sorted(waited_min(ticket) for ticket in tickets)
    return {
        "within_target": _share(wait <= target_min for wait in waits),
        "mean_wait": _rounded(fmean(waits)) if waits else None,
        "p50_wait": _percentile(waits, 50),
        "p90_wait": _percentile(waits, 90),
        "p99_wait": _percentile(waits, 99),
        "max_wait": _rounded(waits[-1]) if waits else None,
    }


def _handled(tickets: Iterable[Ticket], walk_min: float) -> Iterable[float]:
    """Of those who came: from the arrival at the counter to the end."""
    for ticket in tickets:
        if ticket.state is TicketState.FINISHED and ticket.called_at is not None and ticket.ended_at is not None:
            yield max(0.0, (ticket.ended_at - ticket.called_at) / MINUTE_MS - walk_min)


def _forecast(cases: Sequence[Case], calibration: Calibration) -> Figures:
    """The error over all; the range over those who were told one: whoever is called at once is not."""
    told = [(case, calibration.told(case.foreseen)) for case in cases]
    waiting = [(case, words) for case, words in told if not case.foreseen.at_once]
    return {
        "mae": _rounded(fmean(abs(case.came - case.foreseen.expected) for case in cases)) if cases else None,
        "coverage80": _share(holds(words, case.came) for case, words in waiting),
        "coverage80_all": _share(holds(words, case.came) for case, words in told),
        "at_once": _share(case.foreseen.at_once for case in cases),
        "width": _rounded(fmean(_width(words) for _, words in waiting)) if waiting else None,
    }


def _width(range_: Range) -> int:
    return range_.high_min - range_.low_min


def _share(of: Iterable[bool]) -> float | None:
    counted = list(of)
    return round(sum(counted) / len(counted), 4) if counted else None


def _percentile(ordered: Sequence[float], percent: int) -> float | None:
    """Nearest rank."""
    return _rounded(ordered[max(0, -(-len(ordered) * percent // 100) - 1)]) if ordered else None


def _rounded(minutes: float) -> float:
    return round(minutes, 2)
