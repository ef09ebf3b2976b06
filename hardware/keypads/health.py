"""What the agent claims about each pad, and no more than it knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from hardware.hall import HubClock

NOT_OPEN: Final = "not_open"
KEY_WITHOUT_ACTION: Final = "key_without_action"
UNSEEN: Final = "unseen"
"""Nothing shows the clerk that a press was refused: the pad has no lamp, and no board over its counter can say it."""


class Condition(StrEnum):
    HEARD = "heard"
    """A key of it came in since its line was opened."""
    SILENT = "silent"
    """Its line is open and no key came in: whether a pad is there, nobody can tell."""
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class LineHealth:
    """The pad's bus, or its own USB device; `code` and `detail` say why it is down.

    `since` and `next_attempt` are monotonic seconds.
    """

    is_open: bool
    since: float
    code: str = ""
    detail: str = ""
    next_attempt: float | None = None


@dataclass(frozen=True, slots=True)
class PadHealth:
    """What the pad itself let us know.

    `heard_at` is when the last key came in, monotonic seconds; `code` and `detail` say why that press was refused.
    """

    name: str
    counter: int
    heard_at: float = -inf
    presses: int = 0
    code: str = ""
    detail: str = ""

    def pressed(self, now: float) -> PadHealth:
        return replace(self, heard_at=now, presses=self.presses + 1, code="", detail="")

    def refused(self, code: str, detail: str) -> PadHealth:
        return replace(self, code=code, detail=detail)

    def unseen(self, why: str) -> PadHealth:
        """The same, and what keeps a refusal from being seen; empty where it is seen."""
        if not why:
            return self
        return replace(self, code=self.code or UNSEEN, detail="; ".join(filter(None, (self.detail, why))))

    def condition(self, line: LineHealth) -> Condition:
        if not line.is_open:
            return Condition.DOWN
        # what was heard before the line was opened is no sign of the pad being there now
        return Condition.HEARD if self.heard_at >= line.since else Condition.SILENT

    def to_feed(self, line: LineHealth, noise: int, now: float, clock: HubClock) -> dict[str, Any]:
        """As docs/feed.md has it, in the hub's time; `since` is of a pad that was heard the last time."""
        condition = self.condition(line)
        why = line if condition is Condition.DOWN else self
        since = self.heard_at if condition is Condition.HEARD else line.since
        return {
            "name": self.name,
            "counter": self.counter,
            "state": condition.value,
            "detail": why.detail,
            "code": why.code,
            "since": clock.told(since),
            "next_attempt": None if line.next_attempt is None else clock.told(max(now, line.next_attempt)),
            "presses": self.presses,
            "noise": noise,
        }
