"""The words of everyday speech that hold for any catalogue, from app/data/everyday-words.csv.

A line is `say,means`: whoever says "chết" may mean "khai tử" or "mai táng" (parted by semicolons). Where `means` is
empty, the words say nothing about the procedure ("tôi muốn làm", "cho hỏi"). What one procedure is called in everyday
speech stands in the catalogue's own column `keywords`, where a centre adds its own.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.finding.text import Word, phrases, words

EVERYDAY_WORDS = Path(__file__).parents[1] / "data" / "everyday-words.csv"
Phrase = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Words `first` to `last` (not included) of a question, and what they may mean; nothing: they are filling."""

    first: int
    last: int
    means: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Everyday:
    """`sayings` by their words without marks."""

    sayings: Mapping[tuple[str, ...], Sequence[tuple[Phrase, tuple[Phrase, ...]]]]
    longest: int

    def spans(self, asked: Phrase) -> Iterator[Span]:
        """Each saying in what was asked, the longest first at each place; fillings are not looked into."""
        at = 0
        while at < len(asked):
            found = list(self._at(asked, at))
            yield from found
            filling = [span.last for span in found if not span.means]
            at = max(filling, default=at + 1)

    def _at(self, asked: Phrase, at: int) -> Iterator[Span]:
        for last in range(min(len(asked), at + self.longest), at, -1):
            said = asked[at:last]
            for saying, means in self.sayings.get(tuple(each.folded for each in said), ()):
                if all(map(fits, said, saying)) and (means or len(said) > 1 or said == saying):
                    yield Span(at, last, means)  # one word without marks is filling only where it is listed so


def fits(said: Word, meant: Word) -> bool:
    """The same word, as far as it was typed: without marks it may be any, with marks they must agree."""
    return said.folded == meant.folded and (not said.has_marks or said.marked == meant.marked)


@lru_cache(maxsize=1)
def everyday() -> Everyday:
    with EVERYDAY_WORDS.open(encoding="utf-8", newline="") as file:
        rows = [(words(row["say"]), phrases(row["means"])) for row in csv.DictReader(file)]
    sayings: dict[tuple[str, ...], list[tuple[Phrase, tuple[Phrase, ...]]]] = {}
    for saying, means in rows:
        sayings.setdefault(tuple(each.folded for each in saying), []).append((saying, means))
    return Everyday(sayings, max(len(saying) for saying, _ in rows))
