"""What the agent claims about each board, and no more than it knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from hardware.drivers.base import ShownResult, Verdict

if TYPE_CHECKING:
    from hardware.hall import HubClock


class Condition(StrEnum):
    SHOWN = "shown"
    """The board answered that it shows it."""
    SENT = "sent"
    """It was sent; whether a board is there, nobody can tell."""
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class BoardHealth:
    """`since` and `next_attempt` are monotonic seconds; `reason` is empty where all is well."""

    name: str
    bus: str
    counter: int
    condition: Condition
    shown: str
    reason: str
    since: float
    next_attempt: float | None = None

    def after(self, result: ShownResult, shown: str, now: float) -> BoardHealth:
        """The health after a board was told something."""
        if not result.good:
            return self.down(result.detail, now)
        condition = Condition.SHOWN if result.verdict is Verdict.SHOWN else Condition.SENT
        return replace(self._turned(condition, now), shown=shown, reason=result.detail, next_attempt=None)

    def down(self, reason: str, now: float, next_attempt: float | None = None) -> BoardHealth:
        return replace(self._turned(Condition.DOWN, now), reason=reason, next_attempt=next_attempt)

    def differs(self, other: BoardHealth) -> bool:
        """Whether a person should be told; a mere new attempt is no news."""
        return replace(self, next_attempt=None) != replace(other, next_attempt=None)

    def to_feed(self, now: float, clock: HubClock) -> dict[str, Any]:
        """As docs/feed.md has it; `since` in the hub's time."""
        return {
            "name": self.name,
            "bus": self.bus,
            "counter": self.counter,
            "state": self.condition.value,
            "shown": self.shown,
            "detail": self.detail(now),
            "since": clock.at(self.since).isoformat(timespec="milliseconds"),
        }

    def detail(self, now: float) -> str:
        if self.next_attempt is None:
            return self.reason
        return f"{self.reason}; next attempt in {max(0, self.next_attempt - now):.1f} s"

    def _turned(self, condition: Condition, now: float) -> BoardHealth:
        return self if condition is self.condition else replace(self, condition=condition, since=now)


def unknown(name: str, bus: str, counter: int, now: float) -> BoardHealth:
    """Before anything was sent."""
    return BoardHealth(name, bus, counter, Condition.DOWN, "", "nothing sent yet", now)
