"""Sheets that an office clerk opens: real numbers, titles in Vietnamese, nothing that runs."""

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from centre import HandClock, hanoi, take
from openpyxl import Workbook, load_workbook

from app.core import commands as cmd
from app.hub import Hub
from app.reporting.sheet import COLUMNS, as_csv
from app.reporting.tables import tables
from app.reporting.text import as_text
from app.reporting.workbook import as_xlsx
from app.store import reports

FORMULA = '=HYPERLINK("http://evil","x")'


@pytest.fixture
def report(hub: Hub, clock: HandClock) -> dict[str, Any]:
    """One citizen served in a service whose name would be a formula."""
    hub.handle(cmd.SaveService(hub.hall.services["HT"].__class__("HT", "A", FORMULA)))
    take(hub)
    clock.at = hanoi("08:12")
    hub.handle(cmd.CallNext(1))
    clock.go(360)
    hub.handle(cmd.Finish(1))
    return reports.of_range(hub.store.reads, "2026-11-23", "2026-11-23", hub.hall)


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def test_the_workbook_has_numbers_dates_and_percentages(report: dict[str, Any]) -> None:
    book = opened(as_xlsx(report, "en"))
    summary = {title.value: value for title, value in book["Summary"].iter_rows(min_row=2)}
    assert summary["From"].value == datetime(2026, 11, 23)
    assert summary["Numbers given"].value == 1
    assert (summary["Mean wait, minutes"].value, summary["Mean wait, minutes"].number_format) == (12, "0.0")
    share = summary["Waits within the target"]
    assert (share.value, share.number_format) == (1, "0.0%")
    assert len(book.sheetnames) == 12
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet["A1"].font.bold


def test_a_name_that_looks_like_a_formula_stays_a_name(report: dict[str, Any]) -> None:
    cells = [cell for row in opened(as_xlsx(report, "vi")).worksheets[1].iter_rows() for cell in row]
    (name,) = (cell for cell in cells if cell.value == FORMULA)
    assert name.data_type == "s"
    lines = list(csv.DictReader(io.StringIO(as_csv(report))))
    assert f"'{FORMULA}" in [line["name"] for line in lines]


def test_the_csv_for_people_is_marked_for_excel_and_the_one_for_programs_is_not(report: dict[str, Any]) -> None:
    assert as_csv(report, "vi").startswith("\ufeff")
    lines = list(csv.DictReader(io.StringIO(as_csv(report))))
    assert [*lines[0]] == [*COLUMNS]
    (service,) = (line for line in lines if (line["kind"], line["which"]) == ("service", "HT"))
    assert (service["issued_or_served"], service["wait_mean_s"], service["wait_within_target"]) == ("1", "720.0", "1.0")
    assert {"total", "service", "counter", "clerk", "day", "hour", "weekday_hour"} <= {line["kind"] for line in lines}


def test_a_csv_for_vietnamese_excel_ends_cells_with_semicolons_and_has_decimal_commas(report: dict[str, Any]) -> None:
    by_name = {line[1:3]: line for line in map(tuple, csv.reader(io.StringIO(as_csv(report))))}
    text = as_csv(report, "vi").removeprefix("\ufeff")
    assert csv.Sniffer().sniff(text, ",;").delimiter == ";"
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert {len(line) for line in lines} == {len(COLUMNS)}
    mean, share = (list(COLUMNS).index(name) for name in ("wait_mean_s", "wait_within_target"))
    (service,) = (line for line in lines if line[2] == "HT" and line[mean])
    assert (service[mean], service[share]) == ("720,0", "1,0")
    assert by_name["service", "HT"][mean] == "720.0"
    for line, plain in zip(lines[1:], list(csv.reader(io.StringIO(as_csv(report, "en"))))[1:], strict=True):
        assert [cell.replace(",", ".") for cell in line[3:]] == [cell.replace(",", ".") for cell in plain[3:]]


def test_missed_calls_and_the_dossiers_of_a_service_are_told(hub: Hub) -> None:
    ticket = take(hub)
    hub.handle(cmd.CallNext(1))
    hub.handle(cmd.Miss(1))
    hub.handle(cmd.CallTicket(1, ticket=ticket))
    hub.handle(cmd.Finish(1))
    hub.handle(cmd.RecordDossiers(1, ticket, 2, 1, 1, 0, 1))
    report = reports.of_range(hub.store.reads, "2026-11-23", "2026-11-23", hub.hall)
    lines = {(line["kind"], line["which"]): line for line in csv.DictReader(io.StringIO(as_csv(report)))}
    assert [lines[which]["missed"] for which in (("total", ""), ("service", "HT"), ("counter", "1"))] == ["1"] * 3
    assert lines["dossiers_service", "HT online"]["issued_or_served"] == "2"
    assert "missed calls 1" in as_text(report)
    assert "dossiers: received 3, online 2" in as_text(report)
    sheet = opened(as_xlsx(report, "en"))["Dossiers, by service"]
    assert [cell.value for cell in sheet[2]][2:] == [3, 2, 2, 1, 0, 1]


def test_every_table_has_a_value_for_each_of_its_columns(report: dict[str, Any]) -> None:
    for table in tables(report, "vi"):
        assert {len(row) for row in table.rows} <= {len(table.columns)}


def test_the_terminal_shows_the_chief_figures(report: dict[str, Any]) -> None:
    text = as_text(report)
    assert "2026-11-23: issued 1, finished 1" in text
    assert "waits: mean 12.0 min" in text


def test_an_empty_day_makes_sheets_too(hub: Hub) -> None:
    empty = reports.of_range(hub.store.reads, "2026-11-23", "2026-11-23", hub.hall)
    assert "no tickets" in as_text(empty)
    assert len(opened(as_xlsx(empty, "vi")).sheetnames) == 12
    assert as_csv(empty, "vi")
