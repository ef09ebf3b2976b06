"""The delimited frame: start, address, separator, text, trailer, checksum, end. Pure.

One template from configuration instead of a class per maker, because the families found in the wild differ only
in these parts: `$001,A012#` (LED-485), `02 30 31 "1234" 03` (EDI), `01 05 "A012" 07` (QSystem) and so on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, ConfigDict, Field, with_config

from hardware.protocols.checksums import ALGORITHMS, ChecksumKind

AddressFormat = Literal["none", "raw", "dec", "dec2", "dec3", "hex2"]

_HIGHEST_ADDRESS: Final[dict[str, int]] = {"raw": 255, "dec": 999, "dec2": 99, "dec3": 999, "hex2": 255}


class FrameError(ValueError):
    """Something that cannot be put into, or read out of, a frame."""


class CannotShow(FrameError):
    """This text has no form that the board could show."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"cannot show {text!r}: {reason}")
        self.text = text
        self.reason = reason


class AddressOutOfRangeError(FrameError):
    def __init__(self, address: int, address_format: str, highest: int) -> None:
        super().__init__(f"address {address} does not fit the address format {address_format!r} (0 to {highest})")
        self.address = address


class NotThisFrameError(FrameError):
    """The bytes are not a frame of this template for this address."""

    def __init__(self, frame: bytes, reason: str) -> None:
        super().__init__(f"{frame.hex(' ') or 'no bytes'}: {reason}")
        self.frame = frame
        self.reason = reason


def bytes_from_hex(value: object) -> object:
    """Read "24 30" as the bytes $0, so that configuration is written as makers' tables are."""
    return bytes.fromhex(value) if isinstance(value, str) else value


HexBytes = Annotated[bytes, BeforeValidator(bytes_from_hex)]


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class TextField:
    """How the text stands in the frame. `width` is in characters (ascii, 0 = as long as the text) or bytes (int)."""

    width: Annotated[int, Field(ge=0, le=64)] = 0
    pad: Annotated[str, Field(min_length=1, max_length=1)] = " "
    align: Literal["left", "right"] = "right"
    encoding: Literal["ascii", "int-be", "int-le"] = "ascii"

    def encode(self, text: str) -> bytes:
        return self._encode_ascii(text) if self.encoding == "ascii" else self._encode_number(text)

    def decode(self, data: bytes) -> str:
        if self.encoding != "ascii":
            return str(int.from_bytes(data, self._byteorder))
        return data.decode("ascii", "replace")

    def _encode_ascii(self, text: str) -> bytes:
        if not text.isascii():
            raise CannotShow(text, "it has characters outside ASCII")
        if self.width and len(text) > self.width:
            raise CannotShow(text, f"the board has {self.width} places")
        padded = text.ljust(self.width, self.pad) if self.align == "left" else text.rjust(self.width, self.pad)
        return padded.encode("latin-1")

    def _encode_number(self, text: str) -> bytes:
        digits = text.strip() or "0"
        if not (digits.isascii() and digits.isdigit()):
            raise CannotShow(text, "the board takes a number only")
        try:
            return int(digits).to_bytes(self.width or 2, self._byteorder)
        except OverflowError:
            raise CannotShow(text, f"it does not fit in {self.width or 2} bytes") from None

    @property
    def size(self) -> int:
        """Bytes on the wire; 0 where it varies."""
        return self.width if self.encoding == "ascii" else self.width or 2

    @property
    def _byteorder(self) -> Literal["big", "little"]:
        return "little" if self.encoding == "int-le" else "big"


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
    start: HexBytes = b""
    address: AddressFormat = "none"
    separator: HexBytes = b""
    text: TextField = field(default_factory=TextField)
    trailer: HexBytes = b""
    checksum: Checksum = field(default_factory=Checksum)
    end: HexBytes = b""

    def encode(self, address: int, text: str) -> bytes:
        """Raises CannotShow for the text, AddressOutOfRangeError for the address."""
        field_bytes = self.text.encode(text)
        if not self.text.size and self.end and self.end in field_bytes:
            raise CannotShow(text, f"it holds the frame's end mark {self.end.hex(' ')}")
        body = self._address(address) + self.separator + field_bytes + self.trailer
        return self.start + body + self.checksum.of(self.start, body) + self.end

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
        body = frame[len(self.start) : len(prefix) + len(field_bytes)] + self.trailer
        if self.start + body + self.checksum.of(self.start, body) + self.end != frame:
            raise NotThisFrameError(frame, "the trailer, checksum or end is wrong")
        return self.text.decode(field_bytes)

    def prefix(self, address: int) -> bytes:
        """What every frame for this address begins with."""
        return self.start + self._address(address) + self.separator

    @property
    def size_after_prefix(self) -> int | None:
        """How many bytes follow the prefix; None where the text's length varies."""
        if not self.text.size:
            return None
        return self.text.size + len(self.trailer) + self.checksum.size + len(self.end)

    def _address(self, address: int) -> bytes:
        if self.address == "none":
            return b""
        highest = _HIGHEST_ADDRESS[self.address]
        if not 0 <= address <= highest:
            raise AddressOutOfRangeError(address, self.address, highest)
        if self.address == "raw":
            return bytes([address])
        pattern = {"dec": "d", "dec2": "02d", "dec3": "03d", "hex2": "02X"}[self.address]
        return format(address, pattern).encode("ascii")
