"""What the agent says of a printer, and no more than it knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hardware.printers.status import NOT_ASKED, Condition, Status

if TYPE_CHECKING:
    from hardware.hall import HubClock


@dataclass(frozen=True, slots=True)
class PrinterHealth:
    """`since` and `next_attempt` are monotonic seconds; `next_attempt` is None unless the printer is down."""

    name: str
    kiosk: str
    status: Status
    since: float
    next_attempt: float | None = None

    def turned(self, status: Status, now: float, next_attempt: float | None = None) -> PrinterHealth:
        since = self.since if status.condition is self.status.condition else now
        return replace(self, status=status, since=since, next_attempt=next_attempt)

    def differs(self, other: PrinterHealth) -> bool:
        """Whether a person should be told; a mere new attempt is no news."""
        return self.status != other.status

    def to_feed(self, clock: HubClock) -> dict[str, Any]:
        """As docs/feed.md has it; times are the hub's."""
        return {
            "name": self.name,
            "kiosk": self.kiosk,
            "state": self.status.condition.value,
            "detail": self.status.detail,
            "code": self.status.code,
            "since": clock.told(self.since),
            "next_attempt": None if self.next_attempt is None else clock.told(self.next_attempt),
        }


def unknown(name: str, kiosk: str, now: float) -> PrinterHealth:
    """Before it was asked."""
    return PrinterHealth(name, kiosk, Status(Condition.DOWN, "not asked yet", NOT_ASKED), now)
