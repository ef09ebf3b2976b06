"""The phrases by which a sentence is understood: data, a file a language (app/data/asking-LANGUAGE.toml).

A centre adds phrases, or another language, in files of the same name in a folder of its own; nothing else has to know.
"""

import logging
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.finding.text import Word, words

log = logging.getLogger(__name__)
SHIPPED = Path(__file__).parents[1] / "data"
PREFIX = "asking-"
GAP, FIGURE = "*", "#"
KINDS = ("intents", "aspects", "facts", "weekdays", "classes", "services")
Phrase = tuple[Word, ...]
GAP_WORD, FIGURE_WORD = Word(GAP, GAP), Word(FIGURE, FIGURE)
Groups = Mapping[str, tuple[Phrase, ...]]


class BadPhrases(Exception):
    """A file of phrases that cannot be used; names the file and what is wrong."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


@dataclass(frozen=True, slots=True)
class Phrases:
    """Of one language, by name in each kind of KINDS."""

    language: str
    kinds: Mapping[str, Groups]

    def of(self, kind: str) -> Groups:
        return self.kinds.get(kind, {})


def load(folders: Iterable[Path]) -> dict[str, Phrases]:
    """By language: what is shipped, and what stands in these folders. A file with a mistake is told of and left out."""
    found: dict[str, dict[str, dict[str, tuple[Phrase, ...]]]] = {}
    for path in (path for folder in (SHIPPED, *folders) for path in sorted(folder.glob(f"{PREFIX}*.toml"))):
        try:
            read = _read(path)
        except BadPhrases as problem:
            log.warning("these phrases are not used: %s", problem)
        else:
            _add(found.setdefault(path.stem.removeprefix(PREFIX), {}), read)
    return {language: Phrases(language, kinds) for language, kinds in found.items()}


def phrase(text: str) -> Phrase:
    """The words of a text such as "lấy * số", with GAP_WORD and FIGURE_WORD for the signs."""
    signs = {GAP: (GAP_WORD,), FIGURE: (FIGURE_WORD,)}
    return tuple(each for part in text.split() for each in signs.get(part) or words(part))


def phrases_of(texts: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(found for text in texts if (found := phrase(text)))


def _add(into: dict[str, dict[str, tuple[Phrase, ...]]], read: Mapping[str, Groups]) -> None:
    for kind, groups in read.items():
        for name, added in groups.items():
            group = into.setdefault(kind, {})
            group[name] = (*group.get(name, ()), *added)


@lru_cache(maxsize=64)
def _parsed(path: Path, _changed: int) -> Mapping[str, Groups]:
    try:
        data: Mapping[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadPhrases(path, str(error)) from error
    for kind, groups in data.items():
        if kind not in KINDS:
            raise BadPhrases(path, f"[{kind}] is not one of {', '.join(KINDS)}")
        for name, texts in groups.items():
            if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
                raise BadPhrases(path, f"{kind}.{name} is not a list of phrases")
    return {kind: {name: phrases_of(texts) for name, texts in groups.items()} for kind, groups in data.items()}


def _read(path: Path) -> Mapping[str, Groups]:
    return _parsed(path, path.stat().st_mtime_ns)
