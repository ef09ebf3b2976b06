"""The posters: for one procedure, for one service, and "take a number here"."""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm

from app.posters.pieces import (
    FRAME_HEIGHT,
    TITLE_HEIGHT,
    Both,
    address,
    both,
    code_in_frame,
    head,
    heading,
    reach,
    title,
    title_height,
)
from app.posters.sheet import COLUMN, HEIGHT, MARGIN, WIDTH, Sheet, Type
from app.posters.values import Centre, Link, Procedure, Service, Size

FRAME_TOP: Final = HEIGHT - 14 * mm - FRAME_HEIGHT
"""The frame with the code stands at the foot of the page."""
ROOM_END: Final = FRAME_TOP - 6 * mm
ITEM, ITEM_GAP = Type(15), 1.6 * mm
ITEMS: Final = (ITEM, Type(13.5), Type(12))
GUTTER: Final = 8 * mm
INDENT: Final = 8 * mm
SMALL: Final = Type(12, quiet=True)
UNSURE: Final = Type(13, bold=True)
UNSURE_HEIGHT: Final = UNSURE.height(["a line"]) + SMALL.height(["its English"]) + 2 * mm
LEAST_PAPERS: Final = Type(16).height(["heading"]) + SMALL.height(["more"]) + 3 * mm
TIGHTER: Final = ((TITLE_HEIGHT, ITEM), (30 * mm, Type(13.5)), (24 * mm, Type(12)), (18 * mm, Type(10.5)))
"""How high the name of a procedure may be, and the letters of its facts: the first with which all has room."""
FACT_LINES: Final = 5
TAKE_QR: Final = 92 * mm


def procedure_poster(centre: Centre, procedure: Procedure, link: Link, size: Size) -> bytes:
    """What to bring for one procedure, and the code of its page."""
    sheet = Sheet(size, f"{procedure.name} · {procedure.code}", centre.name, centre.accent)
    y, facts = head(sheet, centre), _facts(procedure)
    most, face = _room_for_all(procedure, facts, y)
    y = title(sheet, y, procedure.name, procedure.name_en, most=most)
    if procedure.bring:
        room = ROOM_END - _facts_height(facts, face) - (0 if procedure.verified else UNSURE_HEIGHT)
        y = _items(sheet, heading(sheet, y, both("What to bring")), procedure.bring, room, boxes=True) + 2 * mm
    for number, (words, value) in enumerate(facts):
        width = _fact_width(facts)
        left = MARGIN + number * (width + GUTTER)
        sheet.text(left, heading(sheet, y, words, left=left, width=width), _fact_lines(value, width, face), face)
    y += _facts_height(facts, face)
    if not procedure.verified:
        unsure = both("Please check at the counter whether this is still right.")
        y = sheet.text(MARGIN, y, UNSURE.wrap(unsure.vi, COLUMN), UNSURE)
        sheet.text(MARGIN, y, SMALL.wrap(unsure.en, COLUMN), SMALL)
    hint = both("See on your phone: papers, time, fee, people waiting now.")
    code_in_frame(sheet, FRAME_TOP, link, both("Scan with your phone"), (hint, *reach(link)))
    return sheet.pdf()


def service_poster(centre: Centre, service: Service, link: Link, size: Size) -> bytes:
    """One service with its procedures, as far as they fit; the code leads to all of them."""
    sheet = Sheet(size, service.name, centre.name, centre.accent)
    y = title(sheet, head(sheet, centre), service.name, service.name_en)
    if service.procedures:
        y = heading(sheet, y, both("Procedures"))
        _items(sheet, y, [each.name for each in service.procedures], ROOM_END, boxes=False)
    hint = both("Search every procedure of this service: papers, time, fee.")
    code_in_frame(sheet, FRAME_TOP, link, both("Scan with your phone"), (hint, *reach(link)))
    return sheet.pdf()


def take_poster(centre: Centre, link: Link, size: Size) -> bytes:
    """Where to take a number: the code as large as the page allows, and what to do in three steps."""
    words = both("Take a number here")
    sheet = Sheet(size, words.vi, centre.name, centre.accent)
    y = head(sheet, centre)
    face, small = Type(46, bold=True), Type(20, quiet=True)
    y = sheet.text(WIDTH / 2, y, face.balance(words.vi, COLUMN), face, align="center")
    y = sheet.text(WIDTH / 2, y, [words.en], small, align="center") + 2 * mm
    y += sheet.qr(WIDTH / 2, y - 2 * mm, TAKE_QR, link.url) - 2 * mm
    y = address(sheet, WIDTH / 2, y, link, COLUMN)
    for need in reach(link):
        y = sheet.text(WIDTH / 2, y, [need.vi], UNSURE, align="center")
        y = sheet.text(WIDTH / 2, y, [need.en], SMALL, align="center")
    _steps(sheet, y + 3 * mm)
    return sheet.pdf()


def _steps(sheet: Sheet, y: float) -> None:
    steps = [
        both("Scan the code with your phone's camera."),
        both("Choose what you come for."),
        both("Keep the page open: it tells you when it is your turn."),
    ]
    face, small = Type(18, bold=True), Type(13, quiet=True)
    left = MARGIN + 14 * mm
    for number, words in enumerate(steps, start=1):
        sheet.disc(MARGIN + 5 * mm, y + 5.2 * mm, 5 * mm, str(number), Type(16, bold=True))
        y = sheet.text(left, y, face.wrap(words.vi, COLUMN - 14 * mm), face)
        y = sheet.text(left, y, small.wrap(words.en, COLUMN - 14 * mm), small) + 2 * mm
    none = both("No phone? Use the kiosk or ask the staff.")
    y = sheet.text(left, y, [none.vi], SMALL)
    sheet.text(left, y, [none.en], SMALL)


Fact = tuple[Both, str]


def _facts(procedure: Procedure) -> list[Fact]:
    told = [(both("How long it takes"), procedure.time_limit), (both("Fee"), procedure.fee)]
    return [(words, value) for words, value in told if value]


def _fact_width(facts: Sequence[Fact]) -> float:
    """Two stand beside each other."""
    return COLUMN if len(facts) == 1 else (COLUMN - GUTTER) / 2


def _facts_height(facts: Sequence[Fact], face: Type) -> float:
    lines = max((_fact_lines(value, _fact_width(facts), face) for _, value in facts), key=len, default=[])
    return Type(16).height(["heading"]) + face.height(lines) + 4 * mm if facts else 0


def _fact_lines(value: str, width: float, face: Type) -> list[str]:
    lines = face.wrap(value, width)
    return lines if len(lines) <= FACT_LINES else [*lines[: FACT_LINES - 1], f"{lines[FACT_LINES - 1]} …"]


def _room_for_all(procedure: Procedure, facts: Sequence[Fact], y: float) -> tuple[float, Type]:
    """From `y` to the frame."""
    rest = (LEAST_PAPERS if procedure.bring else 0) + (0 if procedure.verified else UNSURE_HEIGHT)
    for most, face in TIGHTER:
        if title_height(procedure.name, procedure.name_en, most) + _facts_height(facts, face) + rest <= ROOM_END - y:
            return most, face
    return TIGHTER[-1]


def _items(sheet: Sheet, y: float, items: Sequence[str], end: float, *, boxes: bool) -> float:
    """One below another, smaller if need be, as far as they fit above `end`; then how many more there are."""
    face = next((each for each in ITEMS if _how_many(each, items, end - y) == len(items)), ITEMS[-1])
    shown = _how_many(face, items, end - y)
    for item in items[:shown]:
        if boxes:
            sheet.box(MARGIN, y + face.size * 0.26, face.size * 0.84)
        else:
            sheet.dot(MARGIN + 1 * mm, y + face.size * 0.7)
        y = sheet.text(MARGIN + INDENT, y, face.wrap(item, COLUMN - INDENT), face) + ITEM_GAP
    if shown < len(items):
        more = both("and %(n)s more: scan the code", n=len(items) - shown)
        y = sheet.text(MARGIN + INDENT, y, [f"{more.vi} · {more.en}"], SMALL)
    return y


def _how_many(face: Type, items: Sequence[str], room: float) -> int:
    """All, or so many that a line about the others fits too."""
    heights = [face.height(face.wrap(each, COLUMN - INDENT)) + ITEM_GAP for each in items]
    if sum(heights) <= room:
        return len(items)
    rest = room - SMALL.height(["more"])
    return next((n for n in range(len(heights), 0, -1) if sum(heights[:n]) <= rest), 0)
