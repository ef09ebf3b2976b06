"""Breaking Vietnamese text into lines: at spaces, and never with a hyphen, for a hyphen is spelling."""

import unicodedata
from collections.abc import Callable, Iterator
from itertools import accumulate

Measure = Callable[[str], float]


def wrap(text: str, width: float, measure: Measure, *, balanced: bool) -> list[str]:
    """Break at spaces; `balanced` lines are about equally long, so that none is left with a single word."""
    lines: list[str] = []
    for paragraph in unicodedata.normalize("NFC", text).splitlines():
        words = [piece for word in paragraph.split() for piece in _fitting(word, width, measure)]
        filled = _fill(words, width, measure)
        lines += _narrowest(words, filled, measure) if balanced else filled
    return lines


def _narrowest(words: list[str], filled: list[str], measure: Measure) -> list[str]:
    """The same words in no more lines than `filled`, the longest of them as short as possible."""
    while len(filled) > 1:
        narrower = _fill(words, max(map(measure, filled)) - 1, measure)
        if len(narrower) > len(filled) or max(map(measure, narrower)) >= max(map(measure, filled)):
            break
        filled = narrower
    return filled


def _fill(words: list[str], width: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _fitting(word: str, width: float, measure: Measure) -> Iterator[str]:
    """The word, or, where it is wider than the paper, pieces of it that are not."""
    while measure(word) > width and len(word) > 1:
        size = sum(1 for start in accumulate(word) if measure(start) <= width) or 1
        yield word[:size]
        word = word[size:]
    yield word
