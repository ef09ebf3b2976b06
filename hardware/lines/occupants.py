"""Who lives on a line: boards, the lamps of keypads, and those who listen to what comes in on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    from hardware.drivers.base import Frame, ShownResult, SimulatedBoard


class State(Protocol):
    """What an occupant is to show; BoardState is one, a lamp's colour may be another. Equal states compare equal."""

    @property
    def text(self) -> str:
        """What the health report says that it shows."""
        ...

    @property
    def blink_s(self) -> float:
        """How long, in seconds from now, it blinks first; 0 for steady."""
        ...

    @property
    def steady(self) -> State:
        """The same without blinking."""
        ...

    @property
    def dark(self) -> State:
        """The other half of a blink, and what is shown instead of something that cannot be shown."""
        ...


class Talker(Protocol):
    """How to talk to an occupant; see Driver, which is one, for what each method promises. Pure."""

    def frames(self, state: Any) -> list[Frame]: ...
    def judge(self, frame: Frame, reply: bytes) -> ShownResult: ...
    def setup(self) -> list[Frame]: ...
    def again(self, state: Any) -> list[Frame]: ...
    def simulate(self) -> SimulatedBoard: ...
    @property
    def blinks_by_itself(self) -> bool: ...


class Occupant(Protocol):
    """Somebody on a line who is told states."""

    @property
    def name(self) -> str:
        """Unlike any other occupant's of the same line."""
        ...

    @property
    def counter(self) -> int: ...

    @property
    def driver(self) -> Talker: ...

    @property
    def blink_every_s(self) -> float:
        """Half a blink, in seconds."""
        ...

    @property
    def urgent(self) -> bool:
        """Whether a new state of it goes out before anything else: the lamp that answers a press."""
        ...


@runtime_checkable
class Listener(Protocol):
    def hear(self, data: bytes, now: float) -> None:
        """Take bytes that came in on the line just now: all of them, in any pieces, answers of boards and noise too.

        `now` is monotonic seconds. Called from the line's thread, about every 15 ms at most: hand on and return soon.
        Must not raise. What the line's own adapter echoes is not heard.
        """
        ...


class Companion(Occupant, Listener, Protocol):
    """A keypad: its lamp is told states, its keys are heard."""
