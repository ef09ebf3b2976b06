"""A counter that its person has left goes back to its simulated clerk."""

from collections.abc import Callable, Collection
from typing import Any

from app.demo.office import Office
from app.demo.stage import Story

QUIET_S = 180.0
"""Real seconds without a change at a counter, while people wait for it, after which its person counts as gone."""

LOOK_S = 5.0


def relief(office: Office, stays: Collection[int], seat: Callable[[int], None]) -> Story:
    """Watches the counters that were left to people, until the doors close; `seat(counter)` puts a clerk back.

    The counters in `stays` are theirs for good. A paused one is left in peace: somebody wanted it so.
    """
    quiet_since: dict[int, tuple[Any, float]] = {}
    while not office.is_over():
        now_s = office.minute() * 60 / office.stage.time.rate
        for number in sorted(office.left_alone - office.at_work - set(stays)):
            look = _look(office, number)
            if look is None or quiet_since.get(number, (None,))[0] != look:
                quiet_since[number] = (look, now_s)
            elif now_s - quiet_since[number][1] >= QUIET_S:
                del quiet_since[number]
                office.give_back(number)
                seat(number)
        yield LOOK_S * office.stage.time.rate / 60


def _look(office: Office, number: int) -> Any:
    """What a press would change; None where nobody is needed."""
    counter = office.counter(number)
    if counter is None or counter["state"] == "paused" or not office.waiting((*counter["own"], *counter["help"])):
        return None
    return counter["state"], counter["ticket"]
