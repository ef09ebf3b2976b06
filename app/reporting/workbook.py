"""A report as an Excel workbook: a sheet for each table, numbers as numbers, dates as dates."""

import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.reporting.tables import COUNT, DATE, MINUTES, NUMBER, SHARE, Report, Table, kind_of, tables

FORMATS = {COUNT: "#,##0", NUMBER: "0.0", MINUTES: "0.0", SHARE: "0.0%", DATE: "dd/mm/yyyy"}
BOLD, GREY = Font(bold=True), PatternFill("solid", fgColor="FFE8EEF4")
WRAPPED = Alignment(wrap_text=True, vertical="top")
NARROWEST, WIDEST = 11, 44
LONGEST_TITLE = 31  # of a sheet, in Excel


def as_xlsx(report: Report, language: str) -> bytes:
    """The workbook as bytes, titles in this language."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables(report, language):
        _fill(book.create_sheet(table.title[:LONGEST_TITLE]), table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, table: Table) -> None:
    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.columns, 1):
        heading = sheet.cell(1, number, column.title)
        heading.font, heading.fill, heading.alignment = BOLD, GREY, WRAPPED
        sheet.column_dimensions[get_column_letter(number)].width = _width(row[number - 1] for row in table.rows)
    for line, row in enumerate(table.rows, 2):
        for number, (column, value) in enumerate(zip(table.columns, row, strict=True), 1):
            _write(sheet.cell(line, number), *kind_of(column, value))


def _width(values: Iterable[Any]) -> int:
    """As wide as the longest text below the heading, which wraps."""
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    return min(max(longest + 2, NARROWEST), WIDEST)


def _write(cell: Cell | MergedCell, kind: str, value: Any) -> None:
    """A text stays a text, also one that begins like a formula."""
    cell.number_format = FORMATS.get(kind, "General")
    if isinstance(value, str) and kind == DATE:
        cell.value = date.fromisoformat(value)
        cell.number_format = FORMATS[DATE]
    elif isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
    else:
        cell.value = value
