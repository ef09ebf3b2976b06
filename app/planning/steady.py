"""What to go on telling: a range that was told stands while it fits, so that no screen jumps back and forth.

Whoever waits was told a range once, on paper; with each minute that passes it becomes a minute shorter. It grows only
on clear news.
"""

from dataclasses import dataclass, replace

from app.planning.calibration import FINE_BELOW_MIN, STEP_MIN, Foreseen, Range

FINE_STEP_MIN = 2  # below ten minutes: one minute more or less is no news
CLEARLY = 0.5  # of the middle of the range
ROUNDS = 2  # in a row, before what is no clear news is told
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Told:
    """What was told at a time (ms since the epoch); `doubts`: rounds in a row in which it was no longer quite so."""

    range: Range
    at: int
    doubts: int = 0


def steady_for_newcomers(told: Told | None, foreseen: Foreseen, fresh: Range, now: int) -> Told:
    """For whoever takes a number now. `fresh` is what would be told without a past."""
    if told is None or _clearly_other(told.range, foreseen, fresh):
        return Told(fresh, now)
    return _doubted(told, fresh, now) if _differs(told.range, fresh) else replace(told, doubts=0)


def steady_for_waiting(told: Told | None, foreseen: Foreseen, fresh: Range, now: int) -> Told:
    """For somebody who was told a range before and has waited since."""
    if told is None:
        return Told(fresh, now)
    aged = aged_words(told, now)
    if _outgrown(aged, foreseen, fresh):
        return Told(fresh, now)
    shrinks = fresh.low_min <= aged.low_min and fresh.high_min <= aged.high_min
    return _doubted(told, fresh, now) if shrinks and _differs(aged, fresh) else replace(told, doubts=0)


def aged_words(told: Told, now: int) -> Range:
    """The range that was told, less the time that has passed."""
    passed = max(0, now - told.at) // MINUTE_MS
    low = _in_words(max(0, told.range.low_min - passed))
    return Range(low, max(_in_words(told.range.high_min - passed), low, 1))


def _doubted(told: Told, fresh: Range, now: int) -> Told:
    return Told(fresh, now) if told.doubts + 1 >= ROUNDS else replace(told, doubts=told.doubts + 1)


def _clearly_other(words: Range, foreseen: Foreseen, fresh: Range) -> bool:
    if _outgrown(words, foreseen, fresh):
        return True
    middle, new = (words.low_min + words.high_min) / 2, (fresh.low_min + fresh.high_min) / 2
    return abs(new - middle) > max(CLEARLY * middle, FINE_STEP_MIN)


def _outgrown(words: Range, foreseen: Foreseen, fresh: Range) -> bool:
    """What is expected lies outside; where it lies outside the new words, too, they are no better."""
    return not _holds(words, foreseen) and _holds(fresh, foreseen)


def _holds(words: Range, foreseen: Foreseen) -> bool:
    return words.low_min <= round(foreseen.expected) <= words.high_min


def _differs(words: Range, fresh: Range) -> bool:
    """By more than a step on either side."""
    return any(abs(old - new) > _step(max(old, new)) for old, new in zip(words, fresh, strict=True))


def _step(minutes: int) -> int:
    return FINE_STEP_MIN if minutes < FINE_BELOW_MIN else STEP_MIN


def _in_words(minutes: int) -> int:
    return minutes if minutes < FINE_BELOW_MIN else round(minutes / STEP_MIN) * STEP_MIN
