"""Which procedure answers a question best: pure, over the few that the full text index has brought.

A row is judged by its best phrase (its name, or one of its everyday names): the share of the question that the phrase
holds, rare words counting more (the weights of BM25), words that stand together counting again, and what the phrase
says beyond the question taken off a little, so that the plain procedure comes before its special cases. Where several
names hold all of the question, it tells little which is shorter: then what is asked for most comes first.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.finding.asking import Reading
from app.finding.text import Word

WRONG_MARKS = 0.6  # "khai tư" for "khai tử"
TOGETHER = 0.5  # of the lighter of two words
BEYOND = 0.25
IN_ONE_PHRASE, ANYWHERE = 0.65, 0.35
# Below this share of the question, what was found is noise; below that share of the best, not worth showing.
LEAST, LEAST_OF_BEST = 0.5, 0.6
NAME, KEYWORD, ENGLISH, REST = 1.0, 1.0, 0.95, 0.5
# On top for a phrase that holds all that was said, filling and all; and by the share of the phrase that this is.
SAID_IN_FULL, SAID_EXACTLY = 0.1, 0.2
ASKED_MOST = 0.2  # as much as an exact phrase; the second of the list half of it, the third a third (Zipf's law)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One of a row's phrases, with what it is worth and where each word stands in it."""

    worth: float
    length: int
    places: Mapping[str, tuple[int, ...]]
    marked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """`phrases`: the name first."""

    key: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """One word of a reading: its weight, and the words of the index that may stand for it with their closeness."""

    word: Word
    weight: float
    options: Mapping[str, float]


Wanted = tuple[Reading, tuple[Sought, ...]]
Fit = tuple[float, str]  # how well a phrase holds a word (0 to 1), and as which of its own words
Held = tuple[Phrase, Mapping[Word, Fit]]
NOWHERE: Fit = (0.0, "")


def phrase(folded: Sequence[str], marked: Sequence[str], worth: float) -> Phrase:
    places: dict[str, tuple[int, ...]] = {}
    for at, each in enumerate(folded):
        places[each] = (*places.get(each, ()), at)
    return Phrase(worth, len(places), places, frozenset(marked))


def weight(rows: int, of: int) -> float:
    """The inverse document frequency of BM25, never below a little."""
    return max(0.15, math.log(1 + (of - rows + 0.5) / (rows + 0.5)))


def ranked(
    rows: Sequence[Row], wanted: Sequence[Wanted], said: Sequence[Word] = (), often: Sequence[str] = ()
) -> list[tuple[float, str]]:
    """(score 0 to about 1.5, key), the best first; what is only noise is left out.

    `often`: the keys that are asked for most, the commonest first.
    """
    every = {each.word: each for _, sought in wanted for each in sought}
    scored = [(_best(row, wanted, every) + _in_full(row, said), row) for row in rows]
    least = max(LEAST, max((score for score, _ in scored), default=0.0) * LEAST_OF_BEST)
    told = [(score + _asked_often(row, said, often), row.key) for score, row in scored if score >= least]
    return sorted(told, key=lambda each: -each[0])


def _best(row: Row, wanted: Sequence[Wanted], every: Mapping[Word, Sought]) -> float:
    """Of all readings. Each word is looked for in each phrase once, however many readings hold it."""
    held: list[Held] = []
    for phrase in row.phrases:
        fits = {word: fit for word, sought in every.items() if (fit := _fit(phrase, sought))[0]}
        if fits:
            held.append((phrase, fits))
    return max((reading.sure * _score(held, sought) for reading, sought in wanted), default=0.0)


def _in_full(row: Row, said: Sequence[Word]) -> float:
    asked = {each.folded for each in said}
    shares = [
        len(asked) / each.length
        for each in row.phrases
        if asked and each.worth > REST and all(_is_in(each, word) for word in said)
    ]
    return SAID_IN_FULL + SAID_EXACTLY * max(shares) if shares else 0.0


def _asked_often(row: Row, said: Sequence[Word], often: Sequence[str]) -> float:
    if row.key not in often or not all(_is_in(row.phrases[0], word) for word in said):
        return 0.0
    return ASKED_MOST / (1 + often.index(row.key))


def _is_in(phrase: Phrase, said: Word) -> bool:
    return said.folded in phrase.places and (not said.has_marks or said.marked in phrase.marked)


def _score(held: Sequence[Held], sought: Sequence[Sought]) -> float:
    anywhere = dict.fromkeys((each.word for each in sought), 0.0)
    in_one = 0.0
    for phrase, fits in held:
        found = False
        for word in anywhere:
            if word in fits:
                found = True
                anywhere[word] = max(anywhere[word], phrase.worth * fits[word][0])
        if found:
            in_one = max(in_one, _in_phrase(phrase, [fits.get(each.word, NOWHERE) for each in sought], sought))
    total = sum(each.weight for each in sought)
    return IN_ONE_PHRASE * in_one + ANYWHERE * sum(each.weight * anywhere[each.word] for each in sought) / total


def _fit(phrase: Phrase, sought: Sought) -> Fit:
    best, as_word = 0.0, ""
    for option, closeness in sought.options.items():
        if option in phrase.places:
            exact = not sought.word.has_marks or option != sought.word.folded or sought.word.marked in phrase.marked
            fit = closeness * (1 if exact else WRONG_MARKS)
            if fit > best:
                best, as_word = fit, option
    return best, as_word


def _in_phrase(phrase: Phrase, fits: Sequence[Fit], sought: Sequence[Sought]) -> float:
    got = sum(each.weight * fit for each, (fit, _) in zip(sought, fits, strict=True))
    most = sum(each.weight for each in sought)
    for (one, other), (fit, next_fit) in zip(pairwise(sought), pairwise(fits), strict=True):
        pair = TOGETHER * min(one.weight, other.weight)
        most += pair
        if _stand_together(phrase, fit[1], next_fit[1]):
            got += pair * min(fit[0], next_fit[0])
    used = len({as_word for _, as_word in fits if as_word})
    return phrase.worth * got / most * (1 - BEYOND * (phrase.length - used) / phrase.length)


def _stand_together(phrase: Phrase, one: str, other: str) -> bool:
    return any(at + 1 in phrase.places.get(other, ()) for at in phrase.places.get(one, ()))
