"""A text as the registers of a digit display. Pure.

There is no common map: two characters a register, one a register, raw segments or a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from hardware.protocols import segments
from hardware.protocols.errors import CannotShow

if TYPE_CHECKING:
    from collections.abc import Sequence

Encoding = Literal["int16", "decimal", "ascii_packed", "ascii_per_register", "segments"]

NUMBERS: Final = ("int16", "decimal")
LARGEST: Final = 0x7FFF
"""The largest signed 16-bit number."""


@dataclass(frozen=True, slots=True)
class RegisterText:
    """`face` is how many characters people can read, `width` how many the registers hold, filled up with `pad`."""

    encoding: Encoding
    width: int
    face: int
    pad: str
    align: Literal["left", "right"]

    @property
    def count(self) -> int:
        """How many registers it takes."""
        counts = {"int16": 1, "decimal": 2, "ascii_per_register": self.width}
        return counts.get(self.encoding, (self.width + 1) // 2)

    def values(self, text: str) -> list[int]:
        """The registers for `text`; raises CannotShow."""
        if self.encoding in NUMBERS:
            return self._number(text)
        codes = segments.encode(text) if self.encoding == "segments" else self._codes(text)
        if len(codes) > self.face:
            raise CannotShow(text, f"the board has {self.face} ASCII places")
        codes = self._padded(codes)
        if self.encoding == "ascii_per_register":
            return list(codes)
        pairs = codes + b"\0" * (len(codes) % 2)
        return [int.from_bytes(pairs[at : at + 2], "big") for at in range(0, len(pairs), 2)]

    def text(self, values: Sequence[int]) -> str:
        """What a board of this map shows with these register values."""
        if self.encoding == "int16":
            return str(values[0])
        if self.encoding == "decimal":
            places, digits = values[0] & 0xFF, str(values[1])
            return f"{digits[:-places]}.{digits[-places:]}" if 0 < places < len(digits) else digits
        size = 1 if self.encoding == "ascii_per_register" else 2
        codes = b"".join((word & (1 << 8 * size) - 1).to_bytes(size, "big") for word in values)
        if self.encoding == "segments":
            return segments.decode(codes).strip()
        return codes.decode("ascii", "replace").replace("\0", " ").strip()

    def _number(self, text: str) -> list[int]:
        whole, point, places = text.partition(".")
        digits = whole + places if self.encoding == "decimal" else text
        if not (digits.isascii() and digits.isdigit()) or int(digits) > LARGEST:
            raise CannotShow(text, f"the board takes a whole number up to {LARGEST} only")
        if self.face and len(str(int(digits))) > self.face:
            raise CannotShow(text, f"the board has {self.face} digits")
        return [len(places) if point else 0, int(digits)] if self.encoding == "decimal" else [int(digits)]

    def _codes(self, text: str) -> bytes:
        if not text.isascii():
            raise CannotShow(text, "it has characters outside ASCII")
        return text.encode("ascii")

    def _padded(self, codes: bytes) -> bytes:
        blank = b"\0" if self.encoding == "segments" else b" "
        pad = b"\0" if self.encoding == "segments" else self.pad.encode("latin-1")
        if self.width == self.face:
            blank = pad
        if self.align == "right":
            codes = codes.rjust(self.face, blank)
        return codes.ljust(self.width, pad)
