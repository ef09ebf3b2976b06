"""What the agent claims about each scanner, and no more than it knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from hardware.hall import HubClock

NOT_OPEN: Final = "not_open"
NO_LINE: Final = "no_line"
"""What it read was lost, for the hub was away: nothing is kept, and nothing sent later."""
UNREADABLE: Final = "unreadable"
"""Something comes, and nothing of it can be read: another suffix, speed or keyboard layout than the scanner's."""


class Condition(StrEnum):
    HEARD = "heard"
    """It has read something since its port was opened."""
    SILENT = "silent"
    """Its port is open and nothing that can be read came in: whether a scanner is there, nobody can tell."""
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class ScannerHealth:
    """`since` and `next_attempt` are monotonic seconds; `code` and `reason` say why it is down."""

    name: str
    counter: int | None
    kiosk: str
    since: float
    condition: Condition = Condition.DOWN
    code: str = NOT_OPEN
    reason: str = "not open yet"
    next_attempt: float | None = None
    scans: int = 0
    garbage: int = 0
    lost: int = 0

    def opened(self, now: float) -> ScannerHealth:
        return replace(self._turned(Condition.SILENT, now), code="", reason="", next_attempt=None)

    def down(self, code: str, reason: str, now: float, next_attempt: float | None) -> ScannerHealth:
        return replace(self._turned(Condition.DOWN, now), code=code, reason=reason, next_attempt=next_attempt)

    def read(self, scans: int, garbage: int, now: float) -> ScannerHealth:
        """So many more codes were understood; `garbage` is what in all was not."""
        is_worse = garbage > self.garbage and self.condition is Condition.SILENT
        heard = self._turned(Condition.HEARD, now) if scans else self
        code = "" if scans else UNREADABLE if is_worse else self.code
        return replace(heard, code=code, scans=self.scans + scans, garbage=garbage)

    def lost_more(self, codes: int, now: float) -> ScannerHealth:
        """So many codes came while there was nobody to tell them to."""
        if not codes:
            return self
        return replace(self._turned(Condition.HEARD, now), code=NO_LINE, lost=self.lost + codes)

    def differs(self, other: ScannerHealth) -> bool:
        """Whether a person should be told at once; a count is told with the next report."""
        return (self.condition, self.code, self.reason) != (other.condition, other.code, other.reason)

    def to_feed(self, now: float, clock: HubClock) -> dict[str, Any]:
        """As docs/feed.md has it; the times in the hub's time."""
        next_attempt = None if self.next_attempt is None else max(now, self.next_attempt)
        return {
            "name": self.name,
            "counter": self.counter,
            "kiosk": self.kiosk,
            "state": self.condition.value,
            "code": self.code,
            "detail": self.detail,
            "since": clock.told(self.since),
            "next_attempt": None if next_attempt is None else clock.told(next_attempt),
        }

    @property
    def detail(self) -> str:
        lost = f", {self.lost} lost while the hub was away" if self.lost else ""
        counts = f"{self.scans} read, {self.garbage} unreadable{lost}"
        return f"{self.reason}; {counts}" if self.reason else counts

    def _turned(self, condition: Condition, now: float) -> ScannerHealth:
        return self if condition is self.condition else replace(self, condition=condition, since=now)
