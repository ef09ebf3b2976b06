"""What the posters have in common: the head with the centre's name, the title, the frame with the code."""

from dataclasses import replace
from typing import Final, NamedTuple

from reportlab.lib.units import mm

from app.i18n import gettext
from app.posters.sheet import COLUMN, MARGIN, RISE, WIDTH, Sheet, Type
from app.posters.values import Centre, Link

QR_SIDE: Final = 84 * mm
"""On A4, without the white around it; 59 mm on A5. Read from 80 cm by an old phone."""
CODE_COLUMN: Final = 98 * mm
QR_BESIDE: Final = 5 * mm
FRAME_HEIGHT: Final = 119 * mm
FRAME_PAD: Final = 7 * mm
TITLES: Final = (38, 34, 30, 27, 24, 21, 18, 15, 13, 11.5)
TITLE_GAPS: Final = (1 * mm, 5 * mm)
"""Above the English, and below it."""
TITLE_HEIGHT: Final = 38 * mm
"""A title that would be higher is set smaller."""


DETAIL, DETAIL_EN = Type(13.5), Type(11, quiet=True)


class Both(NamedTuple):
    """The same in Vietnamese, and in English for the smaller line below."""

    vi: str
    en: str


def both(message: str, **facts: object) -> Both:
    return Both(gettext("vi", message, **facts), gettext("en", message, **facts))


def head(sheet: Sheet, centre: Centre) -> float:
    """The centre's sign and name above a line; answers the y below."""
    top, side = 13 * mm, 15 * mm
    sheet.crest(MARGIN, top, side)
    left, width = MARGIN + side + 5 * mm, COLUMN - side - 5 * mm
    name, english = Type(17, bold=True), Type(12, quiet=True)
    lines = name.balance(centre.name, width)
    lines_en = english.wrap(centre.name_en, width)
    height = name.height(lines) + english.height(lines_en)
    y = sheet.text(left, top + max(0, (side - height) / 2), lines, name)
    y = max(sheet.text(left, y, lines_en, english), top + side) + 4 * mm
    sheet.rule(y, colour=sheet.accent, weight=1.6)
    return y + 8 * mm


def title(sheet: Sheet, y: float, text: str, english: str, *, most: float = TITLE_HEIGHT) -> float:
    """As large as its length allows, where the Vietnamese may be `most` high."""
    face, small = _title_faces(text, most)
    above, below = TITLE_GAPS
    y = sheet.text(MARGIN, y, face.balance(text, COLUMN), face)
    return sheet.text(MARGIN, y + above, small.balance(english, COLUMN), small) + below


def title_height(text: str, english: str, most: float) -> float:
    face, small = _title_faces(text, most)
    return face.height(face.balance(text, COLUMN)) + small.height(small.balance(english, COLUMN)) + sum(TITLE_GAPS)


def _title_faces(text: str, most: float) -> tuple[Type, Type]:
    faces = [Type(size, bold=True) for size in TITLES]
    face = next((each for each in faces if each.height(each.balance(text, COLUMN)) <= most), faces[-1])
    return face, Type(min(16, 0.8 * face.size), quiet=True)


def heading(sheet: Sheet, y: float, words: Both, *, left: float = MARGIN, width: float = COLUMN) -> float:
    """Vietnamese, and the English behind it, on one line."""
    gap = 3 * mm
    face, small = Type(16, bold=True), Type(12.5, quiet=True)
    shrunk = min(1.0, (width - gap) / (face.measure(words.vi) + small.measure(words.en)))
    face, small = replace(face, size=face.size * shrunk), replace(small, size=small.size * shrunk)
    sheet.text(left + face.measure(words.vi) + gap, y + RISE * (face.size - small.size), [words.en], small)
    return sheet.text(left, y, [words.vi], face, colour=sheet.accent_ink) + 1 * mm


def code_in_frame(sheet: Sheet, y: float, link: Link, words: Both, details: tuple[Both, ...]) -> float:
    """The code on the left with its address below, and on the right what it is for; answers the y below."""
    sheet.frame(y, FRAME_HEIGHT)
    middle = MARGIN + FRAME_PAD + CODE_COLUMN / 2
    height = sheet.qr(middle, y + 3 * mm, QR_SIDE, link.url)
    address(sheet, middle, y + 3 * mm + height, link, CODE_COLUMN)
    left = MARGIN + FRAME_PAD + CODE_COLUMN + QR_BESIDE
    width = WIDTH - MARGIN - 4 * mm - left
    call, call_en = Type(23, bold=True), Type(14, quiet=True)
    below = sheet.text(left, y + 12 * mm, call.balance(words.vi, width), call)
    below = sheet.text(left, below + 2, call_en.wrap(words.en, width), call_en)
    for vi, en in details:
        below = sheet.text(left, below + 5 * mm, DETAIL.wrap(vi, width), DETAIL)
        below = sheet.text(left, below + 1, DETAIL_EN.wrap(en, width), DETAIL_EN)
    return y + FRAME_HEIGHT


def address(sheet: Sheet, middle: float, y: float, link: Link, width: float) -> float:
    """For whoever types: without what a browser adds by itself."""
    text = link.url.partition("://")[2]
    face = next((each for each in (Type(14), Type(12)) if each.measure(text) <= width), Type(10.5))
    return sheet.text(middle, y, face.wrap(text, width), face, align="center")


def reach(link: Link) -> tuple[Both, ...]:
    """What a phone needs before it can get there."""
    return (both("Your phone must use the centre's Wi-Fi."),) if link.local else ()
