"""The whole list on as many pages as it takes: names and codes by service, and one code that leads to the search."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from app.posters.pieces import Both, both, code_in_frame, head, heading, reach, title
from app.posters.sheet import COLUMN, HEIGHT, MARGIN, WIDTH, Sheet, Type
from app.posters.values import Centre, Link, Procedure, Service, Size

NAME, CODE, FOOT = Type(13), Type(12, quiet=True), Type(11, quiet=True)
CODE_COLUMN: Final = 26 * mm
ROW_GAP: Final = 1.5 * mm
HEADING_HEIGHT: Final = Type(16).height(["heading"]) + 5 * mm
TOP: Final = 16 * mm
END: Final = HEIGHT - 20 * mm


@dataclass(frozen=True, slots=True)
class Row:
    """A service's heading (`procedure` None) or one procedure; `height` in points."""

    service: Service
    procedure: Procedure | None
    height: float


def list_poster(centre: Centre, services: Sequence[Service], link: Link, size: Size) -> bytes:
    words = both("All procedures")
    sheet = Sheet(size, words.vi, centre.name, centre.accent)
    y = title(sheet, head(sheet, centre), words.vi, words.en)
    hint = both("Type or say what you need, with or without accents.")
    y = code_in_frame(sheet, y, link, both("Search on your phone"), (hint, *reach(link))) + 8 * mm
    pages = list(_pages(list(_rows(services)), y))
    for number, rows in enumerate(pages, start=1):
        if number > 1:
            sheet.next_page()
            y = TOP
        for row in rows:
            _draw(sheet, y, row)
            y += row.height
        page = both("Page %(page)s of %(pages)s", page=number, pages=len(pages))
        sheet.text(MARGIN, HEIGHT - 15 * mm, FOOT.wrap(centre.name, COLUMN - CODE_COLUMN)[:1], FOOT)
        sheet.text(WIDTH - MARGIN, HEIGHT - 15 * mm, [page.vi], FOOT, align="right")
    return sheet.pdf()


def _rows(services: Sequence[Service]) -> Iterator[Row]:
    for service in services:
        yield Row(service, None, HEADING_HEIGHT)
        for procedure in service.procedures:
            lines = NAME.wrap(procedure.name, COLUMN - CODE_COLUMN)
            yield Row(service, procedure, NAME.height(lines) + ROW_GAP)


def _pages(rows: Sequence[Row], first_y: float) -> Iterator[list[Row]]:
    """What each page holds; a heading goes with its first procedure, and is said again on a further page."""
    page: list[Row] = []
    y = first_y
    for number, row in enumerate(rows):
        following = rows[number + 1].height if row.procedure is None and number + 1 < len(rows) else 0
        if y + row.height + following > END:
            yield page
            page, y = [], TOP
            if row.procedure is not None:
                page.append(Row(row.service, None, HEADING_HEIGHT))
                y += HEADING_HEIGHT
        page.append(row)
        y += row.height
    yield page


def _draw(sheet: Sheet, y: float, row: Row) -> None:
    if row.procedure is None:
        heading(sheet, y + 2 * mm, Both(row.service.name, row.service.name_en))
        return
    lines = NAME.wrap(row.procedure.name, COLUMN - CODE_COLUMN)
    sheet.text(MARGIN, y, lines, NAME)
    sheet.text(WIDTH - MARGIN, y + 0.8, [row.procedure.code], CODE, align="right")
