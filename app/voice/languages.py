"""The languages that a call can be made in.

To add one, add a `Language` here and, if espeak-ng does not speak it, a clip pack recorded by people who do.
A language without `whole` says its numbers digit by digit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.voice import numbers
from app.voice.errors import UnknownLanguage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.voice.numbers import Region


@dataclass(frozen=True)
class Language:
    """Texts are proper spelling; `respelt` is for espeak-ng only, where it would say the spelling wrongly."""

    code: str
    opening: tuple[str, ...]
    opening_again: tuple[str, ...]
    to_counter: str
    to_named_place: str
    letters: Mapping[str, str]
    digits: tuple[str, ...]
    whole: Callable[[int, Region], str] | None = None
    largest: int = 0
    espeak_voices: Mapping[Region, str] | None = None
    respelt: Mapping[str, str] = field(default_factory=dict)


def language(code: str) -> Language:
    try:
        return LANGUAGES[code]
    except KeyError:
        raise UnknownLanguage(code) from None


def _english(number: int, _region: Region) -> str:
    return numbers.english(number)


# D is "đê" as in "khối D" and not the school name "dê": "dê" sounds like G ("giê") everywhere and like V in the
# South. G is "gờ" (as in G7), since "giê" sounds like V in the South. Q is "quy", W "vê kép", Y "i dài".
_VIETNAMESE_LETTERS = {
    "A": "a",
    "B": "bê",
    "C": "xê",
    "D": "đê",
    "Đ": "đê gạch",
    "E": "e",
    "F": "ép",
    "G": "gờ",
    "H": "hát",
    "I": "i",
    "J": "gi",
    "K": "ca",
    "L": "e lờ",
    "M": "em mờ",
    "N": "en nờ",
    "O": "o",
    "P": "pê",
    "Q": "quy",
    "R": "e rờ",
    "S": "ét sì",
    "T": "tê",
    "U": "u",
    "V": "vê",
    "W": "vê kép",
    "X": "ích xì",
    "Y": "i dài",
    "Z": "zét",
}

LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        "vi": Language(
            code="vi",
            opening=("xin mời số",),
            opening_again=("xin nhắc lại", "mời số"),
            to_counter="đến quầy số",
            to_named_place="đến",
            letters=_VIETNAMESE_LETTERS,
            digits=numbers.VIETNAMESE_DIGITS,
            whole=numbers.vietnamese,
            largest=numbers.LARGEST_VIETNAMESE,
            espeak_voices={"north": "vi", "central": "vi-vn-x-central", "south": "vi-vn-x-south"},
            respelt={"gi": "di"},  # espeak-ng 1.51 says "gi" alone as a bare consonant; "di" sounds as meant
        ),
        "en": Language(
            code="en",
            opening=("number",),
            opening_again=("once again", "number"),
            to_counter="please go to counter",
            to_named_place="please go to",
            letters={letter: letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {"Đ": "D"},
            digits=numbers.ENGLISH_DIGITS,
            whole=_english,
            largest=numbers.LARGEST_ENGLISH,
            # British, whose Z ("zed") cannot be heard as C
            espeak_voices={"north": "en-gb", "central": "en-gb", "south": "en-gb"},
        ),
    },
)
