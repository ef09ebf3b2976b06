"""What is advised: a move of work between counters, and what is expected of it."""

from dataclasses import dataclass
from typing import NamedTuple

DECLINE_REASONS = ("clerk_busy", "not_able", "too_soon", "other_plan", "other")
MOVE_KINDS = ("give", "take", "open", "break")


@dataclass(frozen=True, slots=True)
class Move:
    """What an advice is about to change.

    `services` are given or taken, `own` and `help` are all that the counter serves after that. For a break:
    its new times and its old start, ms since the epoch.
    """

    kind: str
    counter: int
    own: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None
    was_start: int | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What a move is expected to change within `horizon_s` seconds.

    `saved` people will not have to wait beyond the target, between `low` and `high` of them in 80 of 100 cases;
    `sure` is the probability (0 to 1) that it helps; `costs` are (service, minutes by which its mean wait grows).
    """

    saved: float
    low: float
    high: float
    sure: float
    costs: tuple[tuple[str, float], ...] = ()
    horizon_s: int = 3600


class Answered(NamedTuple):
    """What became of an advice today. `answer`: accepted or declined; `at`: ms since the epoch."""

    at: int
    answer: str
    counter: int
    kind: str
    services: tuple[str, ...]
    reason: str | None = None
