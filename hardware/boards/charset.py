"""What a board's characters can say. Pure.

No character table found for any board holds Vietnamese, and seven segments cannot draw K, M, V, W or X: better a bare
number that is right than a letter that nobody can read.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

CharsetName = Literal["ascii", "seg7", "digits"]

SEVEN_SEGMENT: Final = frozenset("0123456789ABCDEFGHIJLNOPQRSTUYZabcdefghijlnopqrstuyz -_.=")
NUMERIC: Final = frozenset("0123456789 -.")
_STROKE_D: Final = str.maketrans({"đ": "d", "Đ": "D"})  # a letter of its own: it does not decompose
_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def render(text: str, charset: CharsetName, substitute: Mapping[str, str] | None = None) -> str:
    """`text` in the board's characters; `substitute` is applied first ({"A": "1"} makes A012 into 1012)."""
    for character, replacement in (substitute or {}).items():
        text = text.replace(character, replacement)
    plain = strip_to_ascii(text)
    if charset == "ascii":
        return plain
    if charset == "seg7" and SEVEN_SEGMENT.issuperset(plain):
        return plain
    return numeric(plain)


def strip_to_ascii(text: str) -> str:
    """Without marks and without what cannot be printed: "Quầy" is "Quay"."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_STROKE_D).translate(_DASHES))
    return "".join(character for character in decomposed if " " <= character <= "~")


def numeric(text: str) -> str:
    """The digits, and the signs that a digit board also has: "A012" is "012"."""
    return "".join(character for character in text if character in NUMERIC).strip()


def fit(text: str, width: int) -> str:
    """`text` within `width` places (0 = any): without letters, then without leading zeros, if it must be so.

    What is still too long stays too long: cutting a digit would call somebody else.
    """
    digits = numeric(text)
    forms = (text, *((digits, digits.lstrip("0")) if digits.isdigit() else ()))
    return next((form for form in forms if not width or len(form) <= width), text)
