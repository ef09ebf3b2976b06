"""What a board family is to the rest of the agent: pure functions between states, frames and replies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

    from pydantic import BaseModel

    from hardware.boards.state import BoardState


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to wait for: reading stops when `pattern` is found, at `max_bytes`, or after `timeout_ms`."""

    pattern: re.Pattern[bytes]
    timeout_ms: int = 300
    max_bytes: int = 256


@dataclass(frozen=True, slots=True)
class Frame:
    """Bytes to write in one go, the reply to wait for (None: there will be none), and the silence after it.

    `gap_characters` is in character times of the line's speed; the bus's own gap_ms holds where it is longer.
    """

    data: bytes
    reply: Reply | None = None
    gap_characters: float = 0


class Verdict(StrEnum):
    SHOWN = "shown"
    """The board answered that it has it."""
    SENT = "sent"
    """The frame went out; this family, or this frame, has no answer."""
    UNANSWERED = "unanswered"
    GARBLED = "garbled"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ShownResult:
    verdict: Verdict
    detail: str = ""

    @property
    def good(self) -> bool:
        return self.verdict in (Verdict.SHOWN, Verdict.SENT)


class Driver(Protocol):
    """One board of a family, with its address and options inside."""

    def frames(self, state: BoardState) -> list[Frame]:
        """The frames that make the board show `state`, whatever it showed before; raises CannotShow."""
        ...

    def judge(self, frame: Frame, reply: bytes) -> ShownResult:
        """What `reply`, any bytes at all, says about `frame`. Never raises."""
        ...

    def probe(self) -> Frame | None:
        """A question that changes nothing on the board, for finding it; None where the family has none."""
        ...

    def simulate(self) -> SimulatedBoard:
        """A board that takes the bytes as the real one would."""
        ...


class SimulatedBoard(Protocol):
    @property
    def shown(self) -> str:
        """What a person in front of the board reads."""
        ...

    def receive(self, data: bytes) -> bytes:
        """Hear what is written to the line, meant for this board or not; returns its answer or nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Family:
    """A registry entry: the model that checks `[hardware.boards.options]`, and address + options -> driver."""

    options: type[BaseModel]
    build: Callable[[int, Any], Driver]


def judge_nothing(frame: Frame) -> ShownResult:
    """The verdict on silence."""
    if frame.reply is None:
        return ShownResult(Verdict.SENT)
    return ShownResult(Verdict.UNANSWERED, f"no answer within {frame.reply.timeout_ms} ms")


def excerpt(reply: bytes) -> str:
    """The first bytes of a reply in hex, for a detail that a person reads."""
    shown = 12
    return reply[:shown].hex(" ") + (" …" if len(reply) > shown else "")


def filled_from_preset(given: Any, presets: Mapping[str, dict[str, Any]]) -> Any:
    """A board's options with what its `preset` says where they say nothing; ValueError for an unknown preset."""
    if not isinstance(given, dict) or "preset" not in given:
        return given
    options = dict(given)
    name = options.pop("preset")
    if name not in presets:
        raise ValueError(f"no preset {name!r}; there are {', '.join(sorted(presets))}")
    return merged(presets[name], options)


def merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """`base` with the values of `over`, table by table."""
    result = dict(base)
    for key, value in over.items():
        old = result.get(key)
        result[key] = merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result
