"""How it is in the hall now, for one service: who waits, about how long, and at which counters."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.hall import CounterState
from app.hub import Hub
from app.views import Views


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter that takes the service; `until` is "HH:MM" for a break whose end is known, else ""."""

    number: int
    name: str
    state: str
    until: str


@dataclass(frozen=True, slots=True)
class There:
    """`forecast`: {low_min, high_min} as everywhere, or None where nobody will call.

    `appointments`: whether the service has times for them.
    """

    waiting: int
    forecast: Mapping[str, int] | None
    desks: tuple[Desk, ...]
    issues: bool
    appointments: bool


def there_now(hub: Hub, views: Views, code: str) -> There | None:
    """None where the centre does not offer the service now."""
    with hub.lock:
        hall, now = hub.hall, hub.now()
        service = hall.services.get(code)
        if service is None or not service.active:
            return None
        view = views.service(hall, service, now)
        counters = [c for c in hall.counters.values() if code in c.own]
        timed = any(rule.service == code for rule in hall.slots)
    desks = tuple(Desk(c.number, c.name, str(c.state), c.until or "") for c in counters)
    rank = {CounterState.OPEN: 0, CounterState.PAUSED: 1, CounterState.CLOSED: 2}
    ordered = sorted(desks, key=lambda desk: (rank[CounterState(desk.state)], desk.number))
    left = view["daily_limit"] is None or view["issued"] < view["daily_limit"]
    return There(view["waiting"], view["forecast"], tuple(ordered), left, timed)
