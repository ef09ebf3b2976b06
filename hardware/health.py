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


class Code(StrEnum):
    """Why a board is down, for pages that say it in the reader's language; the detail says the rest in English."""

    WELL = ""
    NOTHING_SENT = "nothing_sent"
    PORT_MISSING = "port_missing"
    PORT_BUSY = "port_busy"
    PORT_DENIED = "port_denied"
    PORT_UNSUITABLE = "port_unsuitable"
    """The port is there and cannot be set as the configuration asks."""
    PORT_LOST = "port_lost"
    STUCK = "stuck"
    """The port takes no bytes."""
    NO_ANSWER = "no_answer"
    GARBLED = "garbled"
    REFUSED = "refused"
    CANNOT_SHOW = "cannot_show"
    ECHO_MISSING = "echo_missing"
    """The line's adapter did not hear what it sent, or heard something else at the same time."""
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Reason:
    code: Code
    detail: str


WELL = Reason(Code.WELL, "")
_BY_VERDICT = {
    Verdict.UNANSWERED: Code.NO_ANSWER,
    Verdict.GARBLED: Code.GARBLED,
    Verdict.REFUSED: Code.REFUSED,
}


def reason_of(result: ShownResult) -> Reason:
    return WELL if result.good else Reason(_BY_VERDICT[result.verdict], result.detail)


@dataclass(frozen=True, slots=True)
class BoardHealth:
    """`since` and `next_attempt` are monotonic seconds; `shown` is empty while it is not known what the board shows."""

    name: str
    bus: str
    counter: int
    condition: Condition
    shown: str
    reason: Reason
    since: float
    next_attempt: float | None = None

    def told(self, verdict: Verdict, shown: str, now: float) -> BoardHealth:
        """The health after the board was told something, and took it for all that is known."""
        condition = Condition.SHOWN if verdict is Verdict.SHOWN else Condition.SENT
        return replace(self._turned(condition, now), shown=shown, reason=WELL, next_attempt=None)

    def down(self, reason: Reason, now: float, next_attempt: float | None = None) -> BoardHealth:
        return replace(self._turned(Condition.DOWN, now), shown="", reason=reason, next_attempt=next_attempt)

    def differs(self, other: BoardHealth) -> bool:
        """Whether a person should be told; a mere new attempt is no news."""
        return replace(self, next_attempt=None) != replace(other, next_attempt=None)

    def to_feed(self, now: float, clock: HubClock) -> dict[str, Any]:
        """As docs/feed.md has it; the times in the hub's time."""
        next_attempt = None if self.next_attempt is None else max(now, self.next_attempt)
        return {
            "name": self.name,
            "bus": self.bus,
            "counter": self.counter,
            "state": self.condition.value,
            "shown": self.shown,
            "detail": self.detail(now),
            "code": self.reason.code.value,
            "since": clock.told(self.since),
            "next_attempt": None if next_attempt is None else clock.told(next_attempt),
        }

    def detail(self, now: float) -> str:
        if self.next_attempt is None:
            return self.reason.detail
        return f"{self.reason.detail}; next attempt in {max(0, self.next_attempt - now):.1f} s"

    def _turned(self, condition: Condition, now: float) -> BoardHealth:
        return self if condition is self.condition else replace(self, condition=condition, since=now)


def unknown(name: str, bus: str, counter: int, now: float) -> BoardHealth:
    """Before anything was sent."""
    return BoardHealth(name, bus, counter, Condition.DOWN, "", Reason(Code.NOTHING_SENT, "nothing sent yet"), now)
