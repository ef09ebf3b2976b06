"""Any sentence read aloud: answers of the robot, pages, notices."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from app.voice.errors import BadText, VoiceError
from app.voice.sentences import Pause, Phrase, Utterance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.voice.numbers import Region
    from app.voice.programs import Run

LONGEST = 600
"""Characters of one text: about 45 seconds."""

LONGEST_PHRASE = 160
LIMIT_MB = 50.0
KEY = re.compile(r"[0-9a-f]{64}")
BETWEEN_SENTENCES_MS = 300

# An engine would read these as orders ("[[...]]" are phonemes to espeak-ng, "<...>" is markup) or by their names
_NOT_READ = re.compile(r"[\[\]<>{}|\\^~*_#`]|[^\S ]")
_SENTENCE_END = re.compile(r"(?<=[.!?…;:])\s+|\n+")


@runtime_checkable
class Reader(Protocol):
    """An engine that reads any sentence, and not calls alone."""

    @property
    def identity(self) -> str: ...

    def aloud(self, utterance: Utterance, run: Run) -> bytes:
        """As `Engine.render`; the reckoning on the sound is done by `run`."""


def utterance(text: str, language: str, region: Region) -> Utterance:
    """A phrase each sentence, so that none is long. Raises `BadText`: too long, or without a word."""
    plain = unicodedata.normalize("NFC", text)
    if len(plain) > LONGEST:
        raise BadText(f"it has {len(plain)} characters; at most {LONGEST} are")
    sentences = [piece for part in _SENTENCE_END.split(plain) for piece in _short(_clean(part))]
    parts: list[Phrase | Pause] = []
    for sentence in sentences:
        if any(letter.isalnum() for letter in sentence):
            parts += [Phrase(sentence), Pause(BETWEEN_SENTENCES_MS)]
    if not parts:
        raise BadText("it has no word")
    return Utterance(language, region, tuple(parts[:-1]))


def read(readers: Sequence[Reader], said: Utterance, run: Run) -> bytes:
    """By the first who can. Raises the first's problem where none can."""
    problems: list[VoiceError] = []
    for reader in readers:
        try:
            return reader.aloud(said, run)
        except VoiceError as problem:
            problems.append(problem)
    raise problems[0]


def _short(sentence: str) -> list[str]:
    """Cut at words: minutes of sound in one piece would keep others waiting while its level is reckoned."""
    return textwrap.wrap(sentence, LONGEST_PHRASE)


def _clean(text: str) -> str:
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(_NOT_READ.sub(" ", printable).split())
