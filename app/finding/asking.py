"""What a question asks for: its words, those that are mere filling, and other ways to say it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product

from app.finding.everyday import Phrase, Span, everyday
from app.finding.text import words

CODE = re.compile(r"\s*\d\.\d{3,6}[\d.H]*\s*")
# A question is answered while others press: beyond these it would take long, and would find nothing more.
LONGEST_QUESTION = 120  # characters
MOST_WORDS = 16
MOST_READINGS = 10
SAID_OTHERWISE = 0.95  # what a reading with a word replaced is worth against the words as they were typed
STRETCHES = 2  # spans of everyday words that are replaced at once


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a question: the words to look for, and how sure it is (0 to 1)."""

    words: Phrase
    sure: float


@dataclass(frozen=True, slots=True)
class Question:
    """`code` where an official code was typed; else the readings, the one with the words as typed first.

    `said`: all the words, filling and all: an everyday name may hold some ("làm giấy khai sinh cho con").
    """

    code: str
    readings: tuple[Reading, ...]
    said: Phrase = ()


def question(text: str) -> Question:
    text = text[:LONGEST_QUESTION]
    if CODE.fullmatch(text):
        return Question(text.strip().split(".000.")[0], ())
    asked = words(text)[:MOST_WORDS]
    if not any(sign.isalpha() for sign in text):
        return Question("", ())
    spans = list(everyday().spans(asked))
    # A word of a saying of several says something there: the "do" of "so do" (sổ đỏ), typed without marks, is no "do"
    # (because). A word by itself may be either: the "my" of "my signature" is not America.
    sayings = [span for span in spans if span.means and span.last - span.first > 1]
    meant = {at for span in sayings for at in range(span.first, span.last)}
    filling = {at for span in spans if not span.means for at in range(span.first, span.last)} - meant
    if filling == set(range(len(asked))):
        filling = set()
    made = dict.fromkeys(_readings(asked, [span for span in spans if span.means], filling))
    return Question("", tuple(made)[:MOST_READINGS], asked)


def _readings(asked: Phrase, spans: list[Span], filling: set[int]) -> Iterator[Reading]:
    yield Reading(_without(asked, [], filling), 1.0)
    choices = [(span, means) for span in spans for means in span.means]
    for span, means in choices:
        yield Reading(_without(asked, [(span, means)], filling), SAID_OTHERWISE)
    for one, other in product(choices, choices):
        if one[0].last <= other[0].first:
            yield Reading(_without(asked, [one, other], filling), SAID_OTHERWISE**STRETCHES)


def _without(asked: Phrase, replaced: list[tuple[Span, Phrase]], filling: set[int]) -> Phrase:
    """The question without its filling, and with these spans replaced by what they mean. No word twice in a row."""
    found: list[object] = []
    starts = {span.first: (span, means) for span, means in replaced}
    at = 0
    while at < len(asked):
        if at in starts:
            span, means = starts[at]
            found += means
            at = span.last
            continue
        if at not in filling:
            found.append(asked[at])
        at += 1
    return tuple(each for before, each in pairwise([None, *found]) if each != before)  # type: ignore[misc]
