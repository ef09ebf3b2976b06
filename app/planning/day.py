"""The citizens of a made-up day: the same seed brings the same people, whatever the policy."""

from dataclasses import dataclass
from random import Random

from app.planning.chance import arrivals, handling_min
from app.planning.scenario import Scenario

MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Citizen:
    """`at`: ms after the opening; `handle_ms` at the speed of a clerk whose own service it is."""

    ticket: str
    at: int
    service: str
    priority: bool
    comes: bool
    handle_ms: int


def citizens(scenario: Scenario, seed: int) -> list[Citizen]:
    """Everybody who comes on the day of this seed, in order."""
    coming = arrivals(scenario, Random(f"who comes {seed}"))  # noqa: S311 - a made-up day
    rng = Random(f"how long they take {seed}")  # noqa: S311
    return [
        Citizen(
            ticket=str(number),
            at=round(each.minute * MINUTE_MS),
            service=each.service,
            priority=each.priority,
            comes=rng.random() >= scenario.miss_share,
            handle_ms=round(handling_min(scenario.service(each.service), rng) * MINUTE_MS),
        )
        for number, each in enumerate(coming, 1)
    ]
