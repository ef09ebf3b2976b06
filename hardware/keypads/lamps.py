"""What a pad's lamp says, and the bytes that make it say so. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hardware.drivers.base import Frame, ShownResult, judge_nothing
from hardware.keypads.qsystem import DIGITS, END, START, Code, digits_frame, lamp_frame

if TYPE_CHECKING:
    from hardware.hall import Counter

ACCEPTED_S: Final = 1.0
REFUSED_S: Final = 2.0
BUSY_S: Final = 5.0
"""Longer than a press can take (door.py): the answer ends it."""

NO_NUMBER_KNOWN: Final = "---"
BLINKS_OF_A_NEW_NUMBER: Final = 3


class Light(StrEnum):
    """What stands on the lamp by itself."""

    OFF = "off"
    SERVING = "green"
    AWAY = "red, blinking"


class Flash(StrEnum):
    """What answers a press."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    BUSY = "busy"


FLASH_S: Final = {Flash.ACCEPTED: ACCEPTED_S, Flash.REFUSED: REFUSED_S, Flash.BUSY: BUSY_S}


@dataclass(frozen=True, slots=True)
class Lamp:
    """`number` is what a pad with digits shows; `flash` comes first, for its time."""

    light: Light
    number: str = ""
    flash: Flash | None = None

    @property
    def text(self) -> str:
        return f"{self.light} {self.number}".strip()

    @property
    def blink_s(self) -> float:
        return FLASH_S[self.flash] if self.flash else 0

    @property
    def steady(self) -> Lamp:
        return replace(self, flash=None)

    @property
    def dark(self) -> Lamp:
        return Lamp(Light.OFF)


AWAY: Final = Lamp(Light.AWAY, NO_NUMBER_KNOWN)


def lamp_of(counter: Counter | None) -> Lamp:
    """Green while somebody is at the counter, off when it is free, paused or closed."""
    if counter is None or counter.ticket is None:
        return Lamp(Light.OFF)
    return Lamp(Light.SERVING, counter.ticket.number)


CODES: Final[dict[Light | Flash, Code]] = {
    Light.OFF: Code.OFF,
    Light.SERVING: Code.GREEN,
    Light.AWAY: Code.RED_BLINK_500,
    Flash.ACCEPTED: Code.GREEN_BEEP,
    Flash.REFUSED: Code.RED_BLINK_200_BEEP,
    Flash.BUSY: Code.GREEN_BLINK_500,
}
"""Of the codes that are also keys (31 to 34) only the steady green one is used: an adapter whose echo of a lamp's frame
is taken for the pad's own must never call a citizen."""


@dataclass(frozen=True, slots=True)
class QSystemLamp:
    """The lamp of one QSystem pad, and its digits; it never answers. See Driver for what the methods promise."""

    address: int
    has_digits: bool = False

    @property
    def blinks_by_itself(self) -> bool:
        return True

    def frames(self, state: Lamp) -> list[Frame]:
        lamp = Frame(lamp_frame(self.address, CODES[state.flash or state.light]))
        return [lamp, Frame(self._digits(state))] if self.has_digits else [lamp]

    def judge(self, frame: Frame, reply: bytes) -> ShownResult:  # noqa: ARG002 - bytes that come meanwhile are keys
        return judge_nothing(frame)

    def setup(self) -> list[Frame]:
        return []

    def again(self, state: Lamp) -> list[Frame]:
        return self.frames(state.steady)

    def simulate(self) -> SimulatedLamp:
        return SimulatedLamp(self.address)

    def _digits(self, state: Lamp) -> bytes:
        blinks = BLINKS_OF_A_NEW_NUMBER if state.flash is Flash.ACCEPTED else 0
        return digits_frame(self.address, state.number, blinks)


class SimulatedLamp:
    """The host's half of a pad: what its lamp and digits show."""

    def __init__(self, address: int) -> None:
        self._address = address
        self._code = Code.OFF
        self._digits = ""

    @property
    def shown(self) -> str:
        return f"{self._code.name.lower()} {self._digits}".strip()

    def receive(self, data: bytes) -> bytes:
        if data[:2] != bytes([START, self._address]) or data[-1:] != bytes([END]):
            return b""
        if len(data) == len(lamp_frame(0, Code.OFF)) and data[2] in set(Code):
            self._code = Code(data[2])
        elif len(data) == len(digits_frame(0, "")):
            self._digits = data[-1 - DIGITS : -1].decode("cp1251").strip()
        return b""
