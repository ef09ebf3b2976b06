"""What a board family is to the rest of the agent: pure functions between states, frames and replies."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, model_validator

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping, Sequence

    from hardware.boards.state import BoardState

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to wait for: reading stops when `pattern` is found, at `max_bytes`, or after `timeout_ms`."""

    pattern: re.Pattern[bytes]
    timeout_ms: int = 300
    max_bytes: int = 256


@dataclass(frozen=True, slots=True)
class Frame:
    """Bytes to write in one go, the reply to wait for (None: there will be none), and the silence after it.

    `gap_characters` is in character times of the line's speed; the longer of it and the bus's own gap_ms holds, for the
    whole line. `deaf_ms` is how long this board hears nothing after the frame; the others are served meanwhile.
    `expected` is the text that the board should say back, where the frame asks for it. `once`: this part of a setup
    erases what the board keeps without current, so that it should not be sent again when only the port was lost.
    """

    data: bytes
    reply: Reply | None = None
    gap_characters: float = 0
    deaf_ms: int = 0
    expected: str | None = None
    once: bool = False


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


@dataclass(frozen=True, slots=True)
class Piece:
    """A few bytes of a frame and what they are, for the person who compares them with a maker's manual."""

    data: bytes
    meaning: str


class Driver(ABC):
    """One board of a family, with its address and options inside. Pure: no port, no clock, nothing remembered."""

    __slots__ = ()

    @abstractmethod
    def frames(self, state: BoardState) -> list[Frame]:
        """The frames that make the board show `state`, whatever it showed before; raises CannotShow.

        Where the board `blinks_by_itself` and state.blink_s is not 0, it is to blink until told otherwise.
        """

    @abstractmethod
    def judge(self, frame: Frame, reply: bytes) -> ShownResult:
        """What `reply`, any bytes at all, says about `frame`. Never raises."""

    @abstractmethod
    def simulate(self) -> SimulatedBoard:
        """A board that takes the bytes as the real one would."""

    @property
    def blinks_by_itself(self) -> bool:
        """Whether one frame makes it blink; else the bus sends the text and darkness in turn.

        Also True where the board cannot be dark (a number display with no blank): a 0 in between would be misread.
        """
        return False

    def setup(self) -> list[Frame]:
        """What to send before the first state after a port was opened: memory, brightness."""
        return []

    def again(self, state: BoardState) -> list[Frame]:
        """What to send at the set interval to a board that took `state` before; fewer frames where writing wears it."""
        return self.frames(state)

    def probe(self) -> Frame | None:
        """A question that changes nothing on the board, for finding it; None where the family has none."""
        return None

    def explain(self, frame: Frame) -> list[Piece]:
        """The frame's bytes, in order and complete, with what each part is."""
        return [Piece(frame.data, "frame")]


class SimulatedBoard(Protocol):
    @property
    def shown(self) -> str:
        """What a person in front of the board reads."""
        ...

    def receive(self, data: bytes) -> bytes:
        """Hear what is written to the line, meant for this board or not; returns its answer or nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Panel:
    """What the configuration says about the board's face; None: as the family or the preset has it.

    `width` in characters, `brightness` in percent.
    """

    width: int | None = None
    align: Literal["left", "right"] | None = None
    brightness: int | None = None


class PresetOptions(BaseModel):
    """`[hardware.boards.options]` of a family: what its `preset` says holds where nothing else is said."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    presets: ClassVar[dict[str, dict[str, Any]]] = {}

    @model_validator(mode="before")
    @classmethod
    def _fill_from_preset(cls, given: Any) -> Any:
        if not isinstance(given, dict) or "preset" not in given:
            return given
        options = dict(given)
        name = options.pop("preset")
        if name not in cls.presets:
            # the likely ones first: those that begin with what was written
            known = sorted(cls.presets, key=lambda preset: (not preset.startswith(str(name)), preset))
            raise ValueError(f"no preset {name!r}; there are {', '.join(known)}")
        return merged(cls.presets[name], options)


@dataclass(frozen=True, slots=True)
class Family:
    """A registry entry: the model that checks `[hardware.boards.options]`, and how a driver is built from it.

    `build(address, options, panel)` raises ValueError, in a sentence, for what the family cannot do. `presets` are
    the named sets of options that fill what is not set.
    """

    options: type[BaseModel]
    build: Callable[[int, Any, Panel], Driver]
    presets: Mapping[str, dict[str, Any]]


def judge_nothing(frame: Frame) -> ShownResult:
    """The verdict on silence."""
    if frame.reply is None:
        return ShownResult(Verdict.SENT)
    return ShownResult(Verdict.UNANSWERED, f"no answer within {frame.reply.timeout_ms} ms")


def excerpt(reply: bytes) -> str:
    """The first bytes of a reply in hex, for a detail that a person reads."""
    shown = 12
    return reply[:shown].hex(" ") + (" …" if len(reply) > shown else "")


def merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """`base` with the values of `over`, table by table."""
    result = dict(base)
    for key, value in over.items():
        old = result.get(key)
        result[key] = merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


def level_of(percent: int, levels: Sequence[T]) -> T:
    """The step of a dimmer for `percent`; `levels` go from the darkest to full brightness, evenly spaced."""
    return levels[max(0, ceil(percent * len(levels) / 100) - 1)]


def refuse_brightness(panel: Panel, family: str) -> None:
    """Raises ValueError, in a sentence, where the configuration wants to dim what cannot be dimmed."""
    if panel.brightness is not None:
        raise ValueError(f"the brightness of {family} cannot be set over the line; leave brightness out")


def pieces_of(*parts: tuple[bytes, str]) -> list[Piece]:
    """The parts of a frame that are there, each with its meaning."""
    return [Piece(data, meaning) for data, meaning in parts if data]
