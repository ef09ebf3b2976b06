"""What one kind of equipment is to the agent: boards, printers, keypads, scanners, the installer's tools.

The agent calls every method from its one thread, in the order of the feed; a part that has to wait for a port does so
in a thread of its own. A part tells the hub something through the `Outbox` that it was given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from hardware.hall import Hall, HubClock

Report = dict[str, list[dict[str, Any]]]


class Outbox(Protocol):
    """The way to the hub; may be used from any thread."""

    def send(self, message: str, data: Any) -> None:
        """Send if there is a line; what is sent without one is lost."""
        ...

    def health_changed(self) -> None:
        """Have a health report sent soon."""
        ...


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that the hub asks of this agent and waits for (docs/feed.md, `ask`). Answer once, from any thread."""

    id: str
    data: Mapping[str, Any]
    outbox: Outbox = field(repr=False)

    def answer(self, data: Mapping[str, Any]) -> None:
        self.outbox.send("answer", {"id": self.id, "ok": True, "data": dict(data)})

    def refuse(self, code: str, detail: str) -> None:
        """`code` is stable, for programs; `detail` says what is wrong and what to do, for a person."""
        self.outbox.send("answer", {"id": self.id, "ok": False, "code": code, "detail": detail})


class Part:
    """Every method does nothing here; a part overrides what it needs."""

    def start(self) -> None:
        """Begin: open ports, start threads."""

    def stop(self) -> None:
        """End, and wait for the part's threads, 5 seconds at most."""

    def show(self, hall: Hall, counters: AbstractSet[int] | None, called: int | None) -> None:
        """The hall has changed at `counters` (None: anything may have); `called` is the counter of a fresh call."""

    def line(self, *, is_up: bool) -> None:
        """The line to the hub is there and the hall is known, or it was lost just now."""

    def offline(self) -> None:
        """The line has been away for `offline_after_s`."""

    def questions(self) -> Mapping[str, Callable[[Ask], None]]:
        """What the hub may ask of this part, by the `what` of the message; called in the agent's thread."""
        return {}

    def report(self, now: float, clock: HubClock) -> Report:
        """The part's share of the health report; `now` is monotonic seconds."""
        _ = now, clock
        return {}
