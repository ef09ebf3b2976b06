"""About how long one will wait, as long as nobody has played the hall forward (app/planning/foresee.py).

The handling still ahead, shared by the open counters that take the service. Costs a look at each counter, for it is
worked out on a press's way.
"""

from datetime import date

from app.core.hall import Hall
from app.planning.calibration import Range
from app.planning.learnt import Handling

LOW, HIGH = 0.6, 1.5
STEP_MIN = 5  # people say "10 to 20 minutes", not "11 to 19"
FINE_MIN = 5


def forecast(hall: Hall, handling: Handling, service: str, ahead: int) -> Range | None:
    """The wait of somebody with `ahead` people before them in a service; None with no counter open for it."""
    counters = hall.counters_serving(service)
    if not counters:
        return None
    mean_s = handling.mean_s(service, date.fromisoformat(hall.day).weekday())
    busy = sum(counter.ticket is not None for counter in counters)
    if ahead == 0 and busy < len(counters):
        return Range(0, STEP_MIN)
    share = sum(_share(hall, counter.own, counter.help, service) for counter in counters)
    expected_min = mean_s * (ahead + 0.5 * busy / len(counters)) / max(share, 0.2) / 60
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
