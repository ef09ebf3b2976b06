"""Text in lines, as it is set on a poster."""

import unicodedata

from hardware.printers import wrapping
from hardware.printers.wrapping import Measure

INSTEAD = str.maketrans({"→": "–", "−": "–"})


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """Lines no wider than `width`, filled one after another."""
    return wrapping.wrap(composed(text), width, measure, balanced=False)


def balance(text: str, width: float, measure: Measure) -> list[str]:
    """As few lines as `wrap` makes, about equally long, so that no heading ends in a lone word."""
    return wrapping.wrap(composed(text), width, measure, balanced=True)


def composed(text: str) -> str:
    """NFC: a letter and its marks are one glyph of the font; and no sign that the font lacks."""
    return unicodedata.normalize("NFC", text).translate(INSTEAD)
