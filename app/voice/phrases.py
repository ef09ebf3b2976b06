"""Which phrases a clip pack needs, with their Vietnamese meaning for who records them, and which it lacks. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from app.voice.errors import MissingWord
from app.voice.languages import HOME_LANGUAGE, LANGUAGES, Language
from app.voice.numbers import Region

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from app.voice.packs import ClipPack

Kind = Literal["opening", "again", "counter", "digit", "number", "letter"]

# What a call cannot do without. A letter may be missing: the centre may not have it, and another call is still heard.
OF_EVERY_CALL = frozenset({"opening", "again", "counter", "digit", "number"})
LARGEST_TICKET = 999


@dataclass(frozen=True)
class Needed:
    kind: Kind
    text: str
    """Its name in the pack: as it is spelt, in small letters."""
    meaning: str
    """In Vietnamese; for a letter or a number, as it is printed."""


def needed(tongue: Language, letters: Iterable[str] = (), region: str = "north") -> list[Needed]:
    """Each phrase once, in the order in which they are best recorded. `letters`: those that tickets begin with."""
    home = LANGUAGES[HOME_LANGUAGE]
    found: dict[str, Needed] = {}
    for kind, text, meaning in (
        *(("opening", text, " ".join(home.opening)) for text in tongue.opening),
        ("counter", tongue.to_counter, home.to_counter),
        *(("digit", text, str(figure)) for figure, text in enumerate(tongue.digits)),
        *(("letter", tongue.letters[letter], letter) for letter in letters if letter in tongue.letters),
        *(("number", text, figures) for figures, text in tongue.numbers.items()),
        *(("number", word, word) for word in _counting_words(tongue, region)),
        *(("again", text, " ".join(home.opening_again)) for text in tongue.opening_again),
    ):
        found.setdefault(text.lower(), Needed(kind, text.lower(), meaning))  # type: ignore[arg-type]
    return list(found.values())


def missing(pack: ClipPack, wanted: Sequence[Needed]) -> list[Needed]:
    """Those that the pack cannot say."""
    return [each for each in wanted if not says(pack, each.text)]


def missing_for_a_call(tongue: Language, pack: ClipPack) -> list[Needed]:
    """Those without which some call cannot be said. A number with a word of its own may be said by its figures."""
    wanted = [each for each in needed(tongue, region=pack.region) if each.kind in OF_EVERY_CALL]
    own = {text.lower() for text in tongue.numbers.values()}
    return missing(pack, [each for each in wanted if each.text not in own])


def says_a_call(tongue: Language, pack: ClipPack) -> bool:
    """Whether it lacks no more than what a second call begins with."""
    return all(each.kind == "again" for each in missing_for_a_call(tongue, pack))


def says(pack: ClipPack, text: str) -> bool:
    try:
        pack.split(text)
    except MissingWord:
        return False
    return True


def _counting_words(tongue: Language, region: str) -> Iterator[str]:
    if tongue.whole is None:
        return
    chosen: Region = region if region in get_args(Region) else "north"  # type: ignore[assignment]
    yield from _words_of_numbers(tongue.whole, chosen)


@lru_cache(maxsize=8)
def _words_of_numbers(whole: Callable[[int, Region], str], region: Region) -> tuple[str, ...]:
    words = (word for number in range(LARGEST_TICKET + 1) for word in whole(number, region).split())
    return tuple(dict.fromkeys(words))
