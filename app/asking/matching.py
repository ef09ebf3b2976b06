"""Where a phrase stands in a sentence, and how surely: with or without marks, with slips of finger or ear."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.asking.phrases import FIGURE_WORD, GAP_WORD, Phrase
from app.finding.spelling import closeness
from app.finding.text import Word

WIDEST_GAP = 4
UNMARKED, WRONG_MARKS, MISSPELT = 0.95, 0.55, 0.5
LEAST = 0.75  # of a phrase's words, in the mean
SHORTEST_MISSPELT = 4  # letters
LIKELY = 0.6


@dataclass(frozen=True, slots=True)
class Match:
    """`worth`: how many words agree, a doubtful one counting less. `at`: the places of the words that it took."""

    worth: float
    at: frozenset[int]


def best(said: Sequence[Word], phrases: Iterable[Phrase]) -> Match | None:
    found = [match for phrase in phrases for match in matches(said, phrase)]
    return max(found, key=lambda match: match.worth, default=None)


def taken(said: Sequence[Word], phrases: Iterable[Phrase]) -> frozenset[int]:
    """The places of all words that belong to one of the phrases."""
    return frozenset(at for phrase in phrases for match in matches(said, phrase) for at in match.at)


def matches(said: Sequence[Word], phrase: Phrase) -> Iterator[Match]:
    marked = any(each.has_marks for each in said)
    for start in range(len(said)):
        worth = _from(said, start, phrase, marked=marked)
        if worth is not None:
            values, places = worth
            if sum(values) >= LEAST * len(values) and (len(values) > 1 or values[0] >= UNMARKED):
                yield Match(sum(values), frozenset(places))


def _from(
    said: Sequence[Word], at: int, phrase: Phrase, *, marked: bool
) -> tuple[tuple[float, ...], tuple[int, ...]] | None:
    """What each word of the phrase is worth from `at` on; None where one is not there."""
    if not phrase:
        return (), ()
    if phrase[0] == GAP_WORD:
        ends = range(at, min(len(said), at + WIDEST_GAP + 1))
        return next((found for end in ends if (found := _from(said, end, phrase[1:], marked=marked))), None)
    if at >= len(said) or not (worth := _worth(said[at], phrase[0], marked=marked)):
        return None
    rest = _from(said, at + 1, phrase[1:], marked=marked)
    return rest and ((worth, *rest[0]), (at, *rest[1]))


def _worth(said: Word, meant: Word, *, marked: bool) -> float:
    """`marked`: somebody who types marks has left none out on purpose: their "cho" is not "chờ"."""
    if meant == FIGURE_WORD:
        return float(said.folded.isdecimal())
    if said.marked == meant.marked:
        return 1.0
    if said.folded == meant.folded:
        return WRONG_MARKS if marked else UNMARKED
    if min(len(said.folded), len(meant.folded)) < SHORTEST_MISSPELT or closeness(said.folded, meant.folded) < LIKELY:
        return 0.0
    return MISSPELT
