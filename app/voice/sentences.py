"""What is said for a call: phrases, and the pauses that let a number be caught in a noisy hall. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.voice import numbers
from app.voice.errors import UnspeakableNumber
from app.voice.languages import Language
from app.voice.languages import language as language_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.voice.numbers import Region, Style

AFTER_OPENING_MS = 250
AFTER_LETTERS_MS = 180
AFTER_NUMBER_MS = 350
BEFORE_COUNTER_MS = 150

_TICKET_NUMBER = re.compile(r"(?P<letters>[^\W\d_]*)[-. ]?(?P<digits>[0-9]+)")


@dataclass(frozen=True)
class Phrase:
    text: str


@dataclass(frozen=True)
class Pause:
    ms: int


@dataclass(frozen=True)
class Utterance:
    language: str
    region: Region
    parts: tuple[Phrase | Pause, ...]

    @property
    def text(self) -> str:
        """The words alone, one phrase after another."""
        return ", ".join(part.text for part in self.parts if isinstance(part, Phrase))


def sentence(
    number: str,
    counter: int,
    counter_name: str | None = None,
    *,
    language: str = "vi",
    region: Region = "north",
    style: Style = "hybrid",
    again: bool = False,
    known: Mapping[str, Language] | None = None,
) -> Utterance:
    """Call `number` ("A023") to a counter: "xin mời số A, không hai mươi ba, đến quầy số ba".

    `known` None: the languages that travel with the program.
    With `counter_name` ("phòng 2") that name is said in place of "quầy số" and the counter's number.
    Raises `UnknownLanguage`, `UnspeakableNumber`, and `NumberOutOfRange` for the counter.
    """
    tongue = language_of(language, known)
    opening = tongue.opening_again if again else tongue.opening
    parts: list[Phrase | Pause] = []
    for text in opening:
        parts += [Phrase(text), Pause(AFTER_OPENING_MS)]
    parts += _number_parts(number, tongue, region, style)
    parts.append(Pause(AFTER_NUMBER_MS))
    parts += _counter_parts(counter, counter_name, tongue, region)
    return Utterance(language, region, tuple(parts))


def _number_parts(number: str, tongue: Language, region: Region, style: Style) -> list[Phrase | Pause]:
    found = _TICKET_NUMBER.fullmatch(unicodedata.normalize("NFC", number.strip()))
    if not found:
        raise UnspeakableNumber(number, tongue.code, "it is not letters followed by digits")
    parts: list[Phrase | Pause] = []
    for letter in found["letters"].upper():
        if letter not in tongue.letters:
            raise UnspeakableNumber(number, tongue.code, f"the letter {letter!r} has no name in this language")
        parts += [Phrase(tongue.letters[letter]), Pause(AFTER_LETTERS_MS)]
    return [*parts, Phrase(_digits_in_words(found["digits"], tongue, region, style))]


def _counter_parts(counter: int, name: str | None, tongue: Language, region: Region) -> list[Phrase | Pause]:
    spoken_name = _name_in_words(name, tongue, region) if name else ""
    if spoken_name:
        return [Phrase(tongue.to_named_place), Pause(BEFORE_COUNTER_MS), Phrase(spoken_name)]
    words = _whole(counter, tongue, region)
    return [Phrase(tongue.to_counter), Pause(BEFORE_COUNTER_MS), Phrase(words)]


def _digits_in_words(digits: str, tongue: Language, region: Region, style: Style) -> str:
    """Numbers longer than the language can count are said digit by digit."""
    if not tongue.counts(int(digits)):
        style = "digits"
    return numbers.printed_number(digits, style, tongue.digits, lambda n: _whole(n, tongue, region))


def _whole(number: int, tongue: Language, region: Region) -> str:
    if number >= 0 and str(number) in tongue.numbers:
        return tongue.numbers[str(number)]
    if tongue.whole is None:
        return numbers.digit_by_digit(str(number), tongue.digits)
    return tongue.whole(number, region)


def _name_in_words(name: str, tongue: Language, region: Region) -> str:
    """Words only: signs would be read aloud, or read as orders, by an engine."""
    tokens = re.findall(r"[0-9]+|[^\W\d_]+", unicodedata.normalize("NFC", name))
    return " ".join(
        _digits_in_words(token, tongue, region, "whole") if token.isdecimal() else token for token in tokens
    )
