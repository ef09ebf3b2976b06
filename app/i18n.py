"""Texts for people: English message ids, one catalogue file a language (app/locales/LANGUAGE.po).

A further language is a further file; nothing else has to know of it.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent / "locales"
SOURCE_LANGUAGE = "en"


@cache
def languages() -> tuple[str, ...]:
    """Every language that has a catalogue, and English, in which the texts are written."""
    return (*sorted(path.stem for path in LOCALES.glob("*.po")), SOURCE_LANGUAGE)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All translations of a language; empty for English. Raises FileNotFoundError for an unknown one."""
    return {key: text for key, text, _ in _messages(language)}


@cache
def page_catalogue(language: str) -> Mapping[str, str]:
    """The translations that scripts in the pages need."""
    return {key: text for key, text, message in _messages(language) if _used_by_script(message)}


def gettext(language: str, message: str, **facts: object) -> str:
    """A message in a language, its facts filled in; in English where the catalogue lacks it."""
    text = catalogue(language).get(message, message)
    return text % facts if facts else text


def _messages(language: str) -> list[tuple[str, str, Message]]:
    if language == SOURCE_LANGUAGE:
        return []
    with (LOCALES / f"{language}.po").open("rb") as file:
        found = [message for message in read_po(file, locale=language) if message.id and message.string]
    return [(str(message.id), str(message.string), message) for message in found]


def _used_by_script(message: Message) -> bool:
    return any(str(path).endswith(".js") for path, _line in message.locations)
