"""The RS-485 pads of the queue software QSystem ("Hohlov device"): their frames. Pure.

    pad to host     01 address key 07                keys 31 to 34
    host to lamp    01 address code 07               codes 30 to 3D, see Code
    host to digits  01 address blink c1 c2 c3 07     pads with a three-digit display
    scan            04 address 07                    100 ms apart
    new address     03 old new 07

Source: read from QSystem's ub485/core/ButtonDevice.java and UBForm.java; line 57600 8N1 in its shipped configuration,
addresses 20 to FE. No pad was at hand: the frames come from that source and not from a wire.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from hardware.keypads.frames import FrameFinder

START: Final = 0x01
END: Final = 0x07
_BEFORE_END: Final = 3
"""The start, the address and the key."""

FIRST_ADDRESS: Final = 0x20
LAST_ADDRESS: Final = 0xFE
SCAN_GAP_MS: Final = 100
DIGITS: Final = 3
BLINK_ALWAYS: Final = 0x21
_PRINTABLE: Final = range(0x20, 0x7F)


class Code(IntEnum):
    """What a lamp can do; a blink's number is its half in ms, a beep takes 500 ms."""

    OFF = 0x30
    RED = 0x31
    GREEN = 0x32
    RED_BLINK_200 = 0x33
    GREEN_BLINK_200 = 0x34
    RED_BLINK_500 = 0x35
    GREEN_BLINK_500 = 0x36
    OFF_BEEP = 0x37
    RED_BEEP = 0x38
    GREEN_BEEP = 0x39
    RED_BLINK_200_BEEP = 0x3A
    GREEN_BLINK_200_BEEP = 0x3B
    RED_BLINK_500_BEEP = 0x3C
    GREEN_BLINK_500_BEEP = 0x3D


def lamp_frame(address: int, code: Code) -> bytes:
    return bytes([START, address, code, END])


def digits_frame(address: int, text: str, blinks: int | None = 0) -> bytes:
    """The last three characters of `text`, right-aligned; `blinks` times, None for always.

    The display's characters are CP1251; what it has no sign for becomes a space.
    """
    shown = text[-DIGITS:].rjust(DIGITS).encode("cp1251", "replace").replace(b"?", b" ")
    return bytes([START, address, _blink_byte(blinks), *shown, END])


def scan_frame(address: int) -> bytes:
    return bytes([0x04, address, END])


def _blink_byte(blinks: int | None) -> int:
    if blinks is None:
        return BLINK_ALWAYS
    return min(BLINK_ALWAYS + blinks, 0x7F) if blinks else 0x20


class QSystemKeys(FrameFinder):
    """Finds the key frames of one pad in what comes in on its line.

    The frame has no checksum. What it excludes is the shape alone: the start, this pad's address, a printable key and
    the end, with nothing between; of random bytes, a given key in one of 2^32 places. What it cannot exclude:
    a neighbour's answer that has these very four bytes in it, two pads whose frames collide into a third pad's, and a
    wrong bit in the key's byte. A frame that is not exactly four bytes is a collision and dropped, as is one whose
    bytes are more than `between_s` apart; neither 01 nor 07 can be an address or a key, so each 01 begins anew.
    """

    def __init__(self, address: int, between_s: float) -> None:
        super().__init__(START, between_s)
        self._address = address

    def _take(self, byte: int) -> str | None:
        if byte == START:
            self._drop()
        self._held.append(byte)
        if len(self._held) > _BEFORE_END + 1:
            self._drop()
        elif byte == END:
            return self._close()
        return None

    def _close(self) -> str | None:
        """What a start and an end have between them."""
        if len(self._held) != _BEFORE_END + 1:
            self._drop()
            return None
        _, address, key, _ = self._held
        if key not in _PRINTABLE:
            self._drop()
            return None
        self._held.clear()
        return f"{key:02X}" if address == self._address else None
