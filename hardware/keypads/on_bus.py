"""A pad on a serial line, beside boards and other pads: it lives there as they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from hardware.drivers.base import Frame, ShownResult, judge_nothing
from hardware.keypads.door import Refused
from hardware.keypads.lamps import CODES, Lamp, QSystemLamp
from hardware.keypads.patterns import Pattern, PatternKeys
from hardware.keypads.qsystem import QSystemKeys

if TYPE_CHECKING:
    from hardware.keypads.config import KeypadConfig
    from hardware.keypads.pad import Pad
    from hardware.keypads.signal import Signal
    from hardware.lines.occupants import Talker

LAMP_CODES: Final = {f"{code:02X}" for code in CODES.values()}
ECHO: Final = Refused(
    "echo", "the adapter hears what it sends: set echo = true for this bus, or lamps are taken for keys"
)


class Keys(Protocol):
    noise: int

    def feed(self, data: bytes, now: float) -> list[str]: ...


class BusPad:
    """A Companion of its line (lines/occupants.py)."""

    urgent = True
    blink_every_s = 0.5

    def __init__(self, pad: Pad, signal: Signal) -> None:
        self.pad = pad
        self._signal = signal
        self.driver = lamp_of(pad.config)
        self.keys = keys_of(pad.config)
        self._echoes = False

    @property
    def name(self) -> str:
        return self.pad.name

    @property
    def counter(self) -> int:
        return self.pad.config.counter

    def hear(self, data: bytes, now: float) -> None:
        """See Listener."""
        for key in self.keys.feed(data, now):
            if self._is_own_lamp(key):
                self.pad.complain(ECHO)
            else:
                self.pad.key(key, now)

    def _is_own_lamp(self, key: str) -> bool:
        """Whether the adapter hears itself and nobody said so: a lamp's frame and a key's have the same shape.

        What the lamp was told last gives it away if it is no key of this pad; from then on no lamp's code is a key.
        """
        if not self.pad.config.has_lamp or key not in LAMP_CODES:
            return False
        self._echoes = self._echoes or (key in self._told() and not self.pad.has_action(key))
        return self._echoes

    def _told(self) -> set[str]:
        said = self._signal.said
        return {f"{CODES[each]:02X}" for each in (said.light, said.flash) if each}


def keys_of(config: KeypadConfig) -> Keys:
    between_s = config.between_bytes_ms / 1000
    if config.pattern is not None:
        return PatternKeys(Pattern.of(config.pattern), config.address, between_s)
    return QSystemKeys(config.address or 0, between_s)


def lamp_of(config: KeypadConfig) -> Talker:
    return QSystemLamp(config.address or 0, config.has_digits) if config.has_lamp else NoLamp()


class NoLamp:
    """A pad that can be told nothing. It is an occupant all the same, so that its line's health is its own."""

    @property
    def blinks_by_itself(self) -> bool:
        return True

    def frames(self, state: Lamp) -> list[Frame]:  # noqa: ARG002
        return []

    def judge(self, frame: Frame, reply: bytes) -> ShownResult:  # noqa: ARG002
        return judge_nothing(frame)

    def setup(self) -> list[Frame]:
        return []

    def again(self, state: Lamp) -> list[Frame]:  # noqa: ARG002
        return []

    def simulate(self) -> NoLamp:
        return self

    @property
    def shown(self) -> str:
        return ""

    def receive(self, data: bytes) -> bytes:  # noqa: ARG002
        return b""
