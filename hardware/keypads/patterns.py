"""Pads of no known family: fixed-length frames described by a pattern of the configuration. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from hardware.keypads.frames import FrameFinder
from hardware.protocols.checksums import ALGORITHMS

ONLY_KEY: Final = "key"
"""The name of the key of a pad whose frames differ in no key byte: it has one."""

ADDRESS: Final = "ii"
KEY: Final = "nn"
ANYTHING: Final = "??"
FREE: Final = (ADDRESS, KEY, ANYTHING)
MOST_BYTES: Final = 32
LEAST_FIXED: Final = 2


class BadPattern(ValueError):
    """A sentence that says what is wrong with a pattern."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """`EE A4 ii nn sum8`: bytes in hex, `ii` the pad's address, `nn` its key, `??` anything, and a checksum at the end.

    `ii` and `nn` may stand more than once: an address of two bytes comes high byte first, a key's bytes make its name
    together. The checksum is over all bytes before it; crc16 has its low byte first, sum16 its high byte.
    """

    tokens: tuple[int | str, ...]
    checksum: str = ""

    @classmethod
    def of(cls, text: str) -> Pattern:
        """Raises BadPattern."""
        tokens = text.split()
        checksum = tokens.pop() if tokens and tokens[-1] in ALGORITHMS else ""
        pattern = cls(tuple(map(_token, tokens)), checksum)
        if pattern.fixed_bytes < LEAST_FIXED:
            hint = f"give {LEAST_FIXED} bytes in hex, or one and a checksum"
            raise BadPattern(f"{text!r} has too little to be told from noise; {hint}")
        if pattern.size > MOST_BYTES:
            raise BadPattern(f"{text!r} is longer than {MOST_BYTES} bytes")
        return pattern

    @property
    def size(self) -> int:
        return len(self.tokens) + self._checksum_size

    @property
    def has_keys(self) -> bool:
        return KEY in self.tokens

    @property
    def address_bytes(self) -> int:
        return self.tokens.count(ADDRESS)

    @property
    def fixed_bytes(self) -> int:
        """How many bytes noise has to hit: those in hex and the checksum's. A random frame passes once in 256^n."""
        return sum(isinstance(token, int) for token in self.tokens) + self._checksum_size

    @property
    def _checksum_size(self) -> int:
        return ALGORITHMS[self.checksum][1] if self.checksum else 0

    def may_begin(self, held: bytes | bytearray) -> bool:
        """Whether `held`, no longer than a frame, can become one; for a whole frame, whether it is one."""
        if any(token not in (byte, *FREE) for token, byte in zip(self.tokens, held, strict=False)):
            return False
        return len(held) < self.size or self._sum_is_right(bytes(held))

    def address(self, frame: bytes) -> int:
        return int.from_bytes(self._picked(frame, ADDRESS))

    def key(self, frame: bytes) -> str:
        return self._picked(frame, KEY).hex().upper() if self.has_keys else ONLY_KEY

    def _sum_is_right(self, frame: bytes) -> bool:
        if not self.checksum:
            return True
        function, size = ALGORITHMS[self.checksum]
        order: Literal["little", "big"] = "little" if self.checksum == "crc16" else "big"
        return function(frame[:-size]).to_bytes(size, order) == frame[-size:]

    def _picked(self, frame: bytes, wanted: str) -> bytes:
        return bytes(byte for token, byte in zip(self.tokens, frame, strict=False) if token == wanted)


def _token(text: str) -> int | str:
    if text in FREE:
        return text
    if not re.fullmatch("[0-9A-Fa-f]{2}", text):
        known = f"bytes in hex, {', '.join(FREE)}, and at the end one of {', '.join(ALGORITHMS)}"
        raise BadPattern(f"{text!r} is no part of a pattern; use {known}")
    return int(text, 16)


class PatternKeys(FrameFinder):
    """Finds the frames of a pattern in what comes in on a line, and again after noise.

    `address` None: the pattern has none. A frame that another pad's address is in is no key, and no noise either.
    """

    def __init__(self, pattern: Pattern, address: int | None, between_s: float) -> None:
        first = pattern.tokens[0]
        super().__init__(first if isinstance(first, int) else None, between_s)
        self.pattern = pattern
        self._address = address

    def _take(self, byte: int) -> str | None:
        self._held.append(byte)
        while self._held and not self.pattern.may_begin(self._held):
            # a frame may have begun within what looked like another's beginning
            del self._held[0]
            self.noise += 1
        if len(self._held) < self.pattern.size:
            return None
        frame = bytes(self._held)
        self._held.clear()
        is_ours = self._address is None or self.pattern.address(frame) == self._address
        return self.pattern.key(frame) if is_ours else None
