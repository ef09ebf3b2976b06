"""Characters as the segments of a seven-segment digit, for boards that take these raw. Pure.

The bits are those of LED-485-046: a (top) 01, b 02, c 04, d (bottom) 08, e 10, f 20, g (middle) 40, clockwise; the
letters are drawn in the usual way, and those that seven segments cannot draw are not there.
"""

from __future__ import annotations

from typing import Final

from hardware.protocols.errors import CannotShow

POINT: Final = 0x80
"""The decimal point is the eighth bit on the boards that have one; it stands at the digit before it."""

_DRAWN: Final = {
    " ": "", "-": "g", "_": "d", "=": "dg",
    "0": "abcdef", "1": "bc", "2": "abdeg", "3": "abcdg", "4": "bcfg",
    "5": "acdfg", "6": "acdefg", "7": "abc", "8": "abcdefg", "9": "abcdfg",
    "A": "abcefg", "B": "cdefg", "C": "adef", "D": "bcdeg", "E": "adefg", "F": "aefg", "G": "acdef", "H": "bcefg",
    "I": "ef", "J": "bcde", "L": "def", "N": "ceg", "O": "cdeg", "P": "abefg", "Q": "abcfg", "R": "eg",
    "S": "acdf", "T": "defg", "U": "bcdef", "Y": "bcdfg", "Z": "abde",
}  # fmt: skip
SEGMENTS: Final = {drawn: sum(1 << "abcdefg".index(part) for part in parts) for drawn, parts in _DRAWN.items()}
_READ: Final = {bits: drawn for drawn, bits in SEGMENTS.items()}


def encode(text: str) -> bytes:
    """One byte a digit; raises CannotShow for what cannot be drawn."""
    digits = bytearray()
    for character in text.upper():
        if character == "." and digits and not digits[-1] & POINT:
            digits[-1] |= POINT
        elif character in SEGMENTS:
            digits.append(SEGMENTS[character])
        else:
            raise CannotShow(text, f"seven segments cannot draw {character!r}")
    return bytes(digits)


def decode(digits: bytes) -> str:
    """What a person reads; "?" for a digit that is no character."""
    return "".join(_READ.get(bits & ~POINT, "?") + ("." if bits & POINT else "") for bits in digits)
