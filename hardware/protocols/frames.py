"""The delimited frame: start, address, separator, style, text, trailer, checksum, end. Pure.

One template from configuration instead of a class per maker, because the families found in the wild differ only
in these parts: `$001,A012#` (LED-485), `02 30 31 "1234" 03` (EDI), `01 05 "A012" 07` (QSystem) and so on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from pydantic import ConfigDict, with_config

from hardware.protocols.checksums import ALGORITHMS, ChecksumKind
from hardware.protocols.errors import AddressOutOfRangeError, CannotShow, FrameError, NotThisFrameError
from hardware.protocols.text_field import HexBytes, TextField

__all__ = [
    "AddressOutOfRangeError",
    "CannotShow",
    "Checksum",
    "FrameError",
    "FrameTemplate",
    "HexBytes",
    "NotThisFrameError",
    "TextField",
]

AddressFormat = Literal["none", "raw", "dec", "dec2", "dec3", "hex2", "line"]
"""raw: one byte. dec: as many decimal digits as needed; dec2, dec3: always two, three. line: 1 to 9, then A to K."""

_LINES: Final = "123456789ABCDEFGHIJK"
_RANGES: Final[dict[str, tuple[int, int]]] = {
    "raw": (0, 255),
    "dec": (0, 999),
    "dec2": (0, 99),
    "dec3": (0, 999),
    "hex2": (0, 255),
    "line": (1, len(_LINES)),
}
_PATTERNS: Final = {"dec": "d", "dec2": "02d", "dec3": "03d", "hex2": "02X"}

Part = tuple[bytes, str]
"""Some bytes of a frame and what they are."""


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Checksum:
    """`covers` "all" counts from the first start byte, "body" from the address; both up to the checksum itself."""

    kind: ChecksumKind = "none"
    rendering: Literal["raw", "raw-le", "hex"] = "hex"
    covers: Literal["all", "body"] = "body"

    def of(self, start: bytes, body: bytes) -> bytes:
        if self.kind == "none":
            return b""
        algorithm, size = ALGORITHMS[self.kind]
        value = algorithm(start + body if self.covers == "all" else body)
        if self.rendering == "hex":
            return f"{value:0{size * 2}X}".encode("ascii")
        return value.to_bytes(size, "little" if self.rendering == "raw-le" else "big")

    @property
    def size(self) -> int:
        if self.kind == "none":
            return 0
        return ALGORITHMS[self.kind][1] * (2 if self.rendering == "hex" else 1)


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class FrameTemplate:
    """`style` says the colour or brightness before the text. `addresses` narrows the range of the address format."""

    start: HexBytes = b""
    address: AddressFormat = "none"
    addresses: tuple[int, int] | None = None
    separator: HexBytes = b""
    style: HexBytes = b""
    text: TextField = field(default_factory=TextField)
    trailer: HexBytes = b""
    checksum: Checksum = field(default_factory=Checksum)
    end: HexBytes = b""

    def encode(self, address: int, text: str) -> bytes:
        """Raises CannotShow for the text, AddressOutOfRangeError for the address."""
        field_bytes = self.text.encode(text)
        if not self.text.size and self.end and self.end in field_bytes:
            raise CannotShow(text, f"it holds the frame's end mark {self.end.hex(' ')}")
        return b"".join(data for data, _ in self._parts(address, field_bytes, text))

    def decode(self, address: int, frame: bytes) -> str:
        """The text of a whole frame, padding included; raises NotThisFrameError."""
        prefix = self.prefix(address)
        tail = len(self.trailer) + self.checksum.size + len(self.end)
        if not frame.startswith(prefix):
            raise NotThisFrameError(frame, f"does not begin with {prefix.hex(' ')}")
        if len(frame) < len(prefix) + tail:
            raise NotThisFrameError(frame, "too short")
        field_bytes = frame[len(prefix) : len(frame) - tail]
        if self.text.size and len(field_bytes) != self.text.size:
            raise NotThisFrameError(frame, f"has {len(field_bytes)} bytes of text, not {self.text.size}")
        if b"".join(data for data, _ in self._parts(address, field_bytes, "")) != frame:
            raise NotThisFrameError(frame, "the trailer, checksum or end is wrong")
        return self.text.decode(field_bytes)

    def parts(self, address: int, frame: bytes) -> list[Part]:
        """The frame taken apart; raises NotThisFrameError."""
        text = self.decode(address, frame)
        tail = len(self.trailer) + self.checksum.size + len(self.end)
        return self._parts(address, frame[len(self.prefix(address)) : len(frame) - tail], text)

    def head(self, address: int) -> list[Part]:
        """What says whom a frame is for."""
        return [(self.start, "start"), (self._address(address), f"address {address}")]

    def prefix(self, address: int) -> bytes:
        """What every frame with a text for this address begins with."""
        return self.start + self._address(address) + self.separator + self.style

    @property
    def size_after_prefix(self) -> int | None:
        """How many bytes follow the prefix; None where the text's length varies."""
        if not self.text.size:
            return None
        return self.text.size + len(self.trailer) + self.checksum.size + len(self.end)

    def _parts(self, address: int, field_bytes: bytes, text: str) -> list[Part]:
        body = self._address(address) + self.separator + self.style + field_bytes + self.trailer
        return [
            *self.head(address),
            (self.separator, "separator or command"),
            (self.style, "colour or brightness"),
            (field_bytes, f"{'number' if self.text.is_number else 'text'} {text!r}"),
            (self.trailer, "fixed bytes"),
            (self.checksum.of(self.start, body), f"checksum ({self.checksum.kind})"),
            (self.end, "end"),
        ]

    def _address(self, address: int) -> bytes:
        if self.address == "none":
            return b""
        lowest, highest = self._range()
        if not lowest <= address <= highest:
            raise AddressOutOfRangeError(address, self.address, lowest, highest)
        if self.address == "raw":
            return bytes([address])
        if self.address == "line":
            return _LINES[address - 1].encode("ascii")
        return format(address, _PATTERNS[self.address]).encode("ascii")

    def _range(self) -> tuple[int, int]:
        lowest, highest = _RANGES[self.address]
        first, last = self.addresses or (lowest, highest)
        return max(lowest, first), min(highest, last)
