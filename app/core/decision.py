"""What a command leads to."""

from dataclasses import dataclass

from app.core import events as ev


@dataclass(frozen=True, slots=True)
class Decision:
    """The events of a command (none for a harmless repetition), the ticket concerned and why it was called."""

    events: tuple[ev.Event, ...] = ()
    ticket: str | None = None
    reason: ev.Reason | None = None
