"""The languages that a call can be made in: data, a file each (vi.toml, en.toml), or in a clip pack's manifest.

A language without a way of counting says its numbers digit by digit, but for those `numbers` that have a word.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from app.voice import numbers
from app.voice.errors import BadLanguage, UnknownLanguage
from app.voice.numbers import Region

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FOLDER = Path(__file__).parent
HOME_LANGUAGE = "vi"
CODE = re.compile(r"[a-z]{2,3}")
"""ISO 639-1 where a language has such a code, else ISO 639-3: `km` Khmer, `hre` Hrê, `cua` Cor, `sed` Xơ Đăng."""

DIGITS = 10
LONGEST_TEXT = 120


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
    name: str = ""
    """The language's name in itself, such as "Tiếng Việt"."""
    numbers: Mapping[str, str] = field(default_factory=dict)
    """Numbers that have words of their own, by their figures: {"23": "hai mươi ba"}."""
    whole: Callable[[int, Region], str] | None = None
    largest: int = 0
    espeak_voices: Mapping[Region, str] | None = None
    respelt: Mapping[str, str] = field(default_factory=dict)

    def counts(self, number: int) -> bool:
        """Whether it says this number in one, and not digit by digit."""
        return str(number) in self.numbers or (self.whole is not None and number <= self.largest)


def _english(number: int, _region: Region) -> str:
    return numbers.english(number)


COUNTING: Mapping[str, tuple[Callable[[int, Region], str], int]] = MappingProxyType(
    {
        "vietnamese": (numbers.vietnamese, numbers.LARGEST_VIETNAMESE),
        "english": (_english, numbers.LARGEST_ENGLISH),
    },
)


def read(path: Path) -> Language:
    """A language from its TOML file; `BadLanguage` says what is wrong with it."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadLanguage(path.name, str(error)) from error
    return from_data(data.get("code"), data.get("name"), data.get("sentence"), path.name)


def from_data(code: object, name: object, sentence: object, source: str) -> Language:
    """A language from its description; `BadLanguage` names what is wrong.

    `opening_again`, `to_named_place`, `letters` and `numbers` may be missing.
    """
    if not isinstance(code, str) or not CODE.fullmatch(code):
        raise BadLanguage(source, f"the code {code!r} is not two or three small letters (ISO 639)")
    if not isinstance(sentence, dict):
        raise BadLanguage(source, "it has no part 'sentence'")
    part = _Part(sentence, source)
    opening = part.texts("opening")
    whole, largest = part.counting()
    return Language(
        code=code,
        name=name if isinstance(name, str) and name.strip() else code,
        opening=opening,
        opening_again=part.texts("opening_again") if "opening_again" in sentence else opening,
        to_counter=part.text("to_counter"),
        to_named_place=part.text("to_named_place", sentence.get("to_counter")),
        letters=MappingProxyType({key.upper(): text for key, text in part.table("letters").items()}),
        digits=part.digits(),
        numbers=MappingProxyType(part.numbers()),
        whole=whole,
        largest=largest,
        espeak_voices=part.espeak(),
        respelt=MappingProxyType(part.table("respelt")),
    )


def language(code: str, known: Mapping[str, Language] | None = None) -> Language:
    """Raises `UnknownLanguage`."""
    try:
        return (LANGUAGES if known is None else known)[code]
    except KeyError:
        raise UnknownLanguage(code) from None


@dataclass(frozen=True)
class _Part:
    data: dict[str, Any]
    source: str

    def text(self, key: str, otherwise: object = None) -> str:
        return self._checked(key, self.data.get(key, otherwise))

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.data.get(key)
        if isinstance(found, str):
            found = [found]
        if not isinstance(found, list) or not found:
            raise BadLanguage(self.source, f"{key!r} is not a text or a list of texts")
        return tuple(self._checked(key, text) for text in found)

    def table(self, key: str) -> dict[str, str]:
        found = self.data.get(key, {})
        if not isinstance(found, dict):
            raise BadLanguage(self.source, f"{key!r} is not a table of texts")
        return {str(name): self._checked(f"{key}.{name}", text) for name, text in found.items()}

    def digits(self) -> tuple[str, ...]:
        found = self.texts("digits")
        if len(found) != DIGITS:
            raise BadLanguage(self.source, f"'digits' has {len(found)} texts; the {DIGITS} from 0 to 9 are needed")
        return found

    def numbers(self) -> dict[str, str]:
        found = self.table("numbers")
        wrong = next((key for key in found if not re.fullmatch(r"0|[1-9]\d{0,5}", key, re.ASCII)), None)
        if wrong is not None:
            raise BadLanguage(self.source, f"'numbers' has {wrong!r}, which is not a whole number without zeros before")
        return found

    def counting(self) -> tuple[Callable[[int, Region], str] | None, int]:
        way = self.data.get("counting")
        if way is None:
            return None, 0
        if way not in COUNTING:
            raise BadLanguage(self.source, f"'counting' is {way!r}; known are {', '.join(COUNTING)}")
        return COUNTING[way]

    def espeak(self) -> Mapping[Region, str] | None:
        """One voice of espeak-ng for all regions, or one each."""
        found = self.data.get("espeak")
        if found is None:
            return None
        if isinstance(found, str):
            found = dict.fromkeys(get_args(Region), found)
        voices = _Part({"espeak": found}, self.source).table("espeak")
        wrong = next((voice for voice in voices.values() if not re.fullmatch(r"[\w-]+", voice, re.ASCII)), None)
        if wrong is not None or set(voices) != set(get_args(Region)):
            raise BadLanguage(self.source, "'espeak' is not the name of a voice, or a voice each for the three regions")
        return MappingProxyType({region: voices[region] for region in get_args(Region)})

    def _checked(self, key: str, text: object) -> str:
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT:
            raise BadLanguage(self.source, f"{key!r} is not a text of 1 to {LONGEST_TEXT} characters")
        return unicodedata.normalize("NFC", " ".join(text.split()))


LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {each.code: each for each in map(read, sorted(FOLDER.glob("*.toml"), key=lambda path: path.stem != HOME_LANGUAGE))},
)
"""Those that travel with the program, Vietnamese first; a clip pack may bring a further one."""
