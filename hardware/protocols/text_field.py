"""The part of a delimited frame that people read. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, ConfigDict, Field, with_config

from hardware.protocols.errors import CannotShow


def bytes_from_hex(value: object) -> object:
    """Read "24 30" as the bytes $0, so that configuration is written as makers' tables are."""
    return bytes.fromhex(value) if isinstance(value, str) else value


HexBytes = Annotated[bytes, BeforeValidator(bytes_from_hex)]

# the sixteen digits of a numeric indicator are the sixteen codes from 30h on: A is 3A, F is 3F
_TO_HEX: Final = str.maketrans("ABCDEF", ":;<=>?")
_FROM_HEX: Final = str.maketrans(":;<=>?", "ABCDEF")


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class TextField:
    """How the text stands in the frame.

    `width` is in characters (0 = as long as the text) or, for a number, in bytes. `digits` is how many a number board
    has (0 = any). `characters` are all that the board can show ("" = printable ASCII); `reserved` those that its
    protocol gives another meaning. `encoding` "hex" sends A to F as 3A to 3F.
    """

    width: Annotated[int, Field(ge=0, le=64)] = 0
    pad: Annotated[str, Field(min_length=1, max_length=1)] = " "
    align: Literal["left", "right"] = "right"
    encoding: Literal["ascii", "hex", "int-be", "int-le"] = "ascii"
    digits: Annotated[int, Field(ge=0, le=12)] = 0
    characters: str = ""
    reserved: str = ""

    def encode(self, text: str) -> bytes:
        return self._encode_number(text) if self.is_number else self._encode_text(text)

    def decode(self, data: bytes) -> str:
        if self.is_number:
            return str(int.from_bytes(data, self._byteorder))
        text = data.decode("ascii", "replace")
        return text.translate(_FROM_HEX) if self.encoding == "hex" else text

    @property
    def is_number(self) -> bool:
        """Whether the wire carries a binary number and no characters."""
        return self.encoding in ("int-be", "int-le")

    @property
    def can_be_dark(self) -> bool:
        """Whether the board can show nothing at all; a number display shows at least a 0."""
        return not self.is_number and (not self.width or self.pad in (" ", "\0"))

    @property
    def size(self) -> int:
        """Bytes on the wire; 0 where it varies."""
        return self.width or (2 if self.is_number else 0)

    @property
    def places(self) -> int:
        """How many characters a person can read on it; 0 where that is not known."""
        return self.digits if self.is_number else self.width

    def has(self, text: str) -> bool:
        """Whether the board has all characters of `text`."""
        return all(c.isascii() and c not in self.reserved and c in (self.characters or c) for c in text)

    def _encode_text(self, text: str) -> bytes:
        if not text.isascii():
            raise CannotShow(text, "it has characters outside ASCII")
        if not self.has(text):
            raise CannotShow(text, "it has characters that the board does not have")
        if self.width and len(text) > self.width:
            raise CannotShow(text, f"the board has {self.width} places")
        padded = text.ljust(self.width, self.pad) if self.align == "left" else text.rjust(self.width, self.pad)
        return (padded.translate(_TO_HEX) if self.encoding == "hex" else padded).encode("latin-1")

    def _encode_number(self, text: str) -> bytes:
        digits = text.strip() or "0"
        if not (digits.isascii() and digits.isdigit()):
            raise CannotShow(text, "the board takes a number only")
        if self.digits and len(str(int(digits))) > self.digits:
            raise CannotShow(text, f"the board has {self.digits} digits")
        try:
            return int(digits).to_bytes(self.size, self._byteorder)
        except OverflowError:
            raise CannotShow(text, f"it does not fit in {self.size} bytes") from None

    @property
    def _byteorder(self) -> Literal["big", "little"]:
        return "little" if self.encoding == "int-le" else "big"
