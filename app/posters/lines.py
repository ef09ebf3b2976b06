"""Breaking Vietnamese text into lines: at spaces, and never with a hyphen, for a hyphen is spelling."""

import unicodedata
from collections.abc import Callable, Iterator

INSTEAD = str.maketrans({"→": "–", "−": "–"})
Measure = Callable[[str], float]


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """Lines no wider than `width`, filled one after another."""
    words = composed(text).split()
    return _fill([piece for word in words for piece in _fitting(word, width, measure)], width, measure)


def balance(text: str, width: float, measure: Measure) -> list[str]:
    """As few lines as `wrap` makes, about equally long, so that no heading ends in a lone word."""
    lines = wrap(text, width, measure)
    while len(lines) > 1:
        narrower = wrap(text, max(map(measure, lines)) - 1, measure)
        if len(narrower) > len(lines) or max(map(measure, narrower)) >= max(map(measure, lines)):
            break
        lines = narrower
    return lines


def composed(text: str) -> str:
    """NFC: a letter and its marks are one glyph of the font; and no sign that the font lacks."""
    return unicodedata.normalize("NFC", text).translate(INSTEAD)


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
    """The word, or, where it is wider than the line, pieces of it that are not."""
    while measure(word) > width and len(word) > 1:
        size = max((n for n in range(1, len(word)) if measure(word[:n]) <= width), default=1)
        yield word[:size]
        word = word[size:]
    yield word
