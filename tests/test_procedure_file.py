"""A catalogue as a file: whatever an office's Excel makes of it, it is taken whole or refused with line and column."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app import csv_file
from app import procedure_mistakes as mistakes
from app.core import commands as cmd
from app.core.errors import Invalid, UnknownService
from app.core.hall import Service
from app.core.permissions import SYSTEM
from app.hub import Hub
from app.procedure_file import compare, read, shipped, take, told, write
from app.store.catalogue import Procedure
from app.store.store import Store

OLD = "code,name_vi,name_en,field,counter_group,time_limit,documents,source,verified\n"
NEW = OLD.replace("verified\n", "verified,online,fee,keywords\n")
BIRTH = "1.1,Khai sinh,Birth,Hộ tịch,HT,trong ngày,Tờ khai; Giấy chứng sinh,,yes"
LAND = "2.2,Hòa giải,,Đất đai,DD,,,,no"
SERVICES = ("HT", "DD")


class Noon:
    def now(self) -> int:
        return 1_752_123_600_000


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with Store.opened(tmp_path / "centre.db") as store:
        hub = Hub(store, Noon())
        hub.handle(cmd.SaveService(Service("HT", "A", "Hộ tịch")))
        hub.handle(cmd.SaveService(Service("DD", "B", "Đất đai")))
        yield hub


def taken(text: str, present: tuple[Procedure, ...] = ()) -> list[Procedure]:
    return read(text.encode(), SERVICES, present)


def test_what_is_written_is_read_as_it_was() -> None:
    catalogue = shipped()
    assert read(write(catalogue).encode(), None) == catalogue


@pytest.mark.parametrize("sign", [";", "\t"])
def test_excel_in_vietnam_separates_by_semicolons(sign: str) -> None:
    lines = [line.split(",") for line in (OLD.strip(), LAND)]
    lines.append(["1.1", "Khai sinh", "", "", "HT", "", '"Tờ khai; Giấy chứng sinh"', "", "x"])
    found = taken("\ufeff" + "\r\n".join(sign.join(line) for line in lines))
    assert [(each.code, each.verified) for each in found] == [("2.2", False), ("1.1", True)]
    assert found[1].documents == "Tờ khai; Giấy chứng sinh"


def test_a_value_may_go_over_several_lines() -> None:
    found = taken(OLD + '1.1,"Khai\nsinh",,,HT,,,,yes\n\n' + LAND)
    assert [each.name for each in found] == ["Khai\nsinh", "Hòa giải"]


def test_a_file_of_before_leaves_everyday_names_alone() -> None:
    known = replace(taken(OLD + BIRTH)[0], keywords="giấy cho bé", fee="0đ", online="full")
    assert taken(OLD + BIRTH, (known,)) == [known]
    assert taken(NEW + BIRTH + ",,,", (known,)) == [replace(known, keywords="", fee="", online="")]


@pytest.mark.parametrize(
    ("file", "mistake", "facts"),
    [
        (OLD, mistakes.NoProcedures, {}),
        ("", csv_file.CsvColumnMissing, {"column": "code"}),
        (OLD.replace("field,", ""), csv_file.CsvColumnMissing, {"column": "field"}),
        (OLD.replace("field", "code"), csv_file.CsvColumnTwice, {"column": "code"}),
        (OLD.replace("\n", ",keyword\n"), mistakes.ProcedureColumnUnknown, {"column": "keyword"}),
        (OLD + "1.1,,,,HT,,,,yes", csv_file.CsvValueMissing, {"line": 2, "column": "name_vi"}),
        (OLD + BIRTH + "\n" + BIRTH, mistakes.ProcedureTwice, {"line": 3, "earlier": 2, "value": "1.1"}),
        (OLD + '\n1.1,"Khai\nsinh",,,HT,,,,yes\n' + LAND.replace("DD", "TN"), mistakes.ProcedureServiceUnknown,
         {"line": 5, "column": "counter_group", "value": "TN"}),
        (OLD + BIRTH.replace("yes", "vâng"), mistakes.ProcedureValueUnclear, {"line": 2, "column": "verified"}),
        (NEW + BIRTH + ",ja,,", mistakes.ProcedureValueUnclear, {"line": 2, "column": "online", "value": "ja"}),
        (OLD + LAND + '\n1.1,"Khai sinh,,,HT,,,,yes\n' + LAND, csv_file.CsvLineBroken, {"line": 3}),
        (OLD + BIRTH + ",noch,etwas", mistakes.ProcedureLineTooLong, {"line": 2}),
        (OLD + BIRTH.replace("1.1,", '"a""/b",'), mistakes.ProcedureCodeUnclear, {"line": 2, "value": 'a"/b'}),
        (OLD + BIRTH.replace("1.1,", "mã-1,"), mistakes.ProcedureCodeUnclear, {"column": "code"}),
        (OLD + BIRTH.replace("Birth", "x" * 4001), csv_file.CsvValueTooLong, {"line": 2, "column": "name_en"}),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_line_and_column(file: str, mistake: type[Invalid], facts: dict[str, Any]) -> None:
    with pytest.raises(mistake) as refused:
        taken(file)
    assert facts.items() <= refused.value.facts.items()
    assert str(refused.value)


def mistakes_of(file: str) -> list[tuple[str, Any, Any]]:
    with pytest.raises(csv_file.Mistake) as refused:
        taken(file)
    found = (refused.value, *refused.value.further)
    return [(each.code, each.facts.get("line"), each.facts.get("column")) for each in found]


def test_every_mistake_of_every_line_is_told_at_once() -> None:
    lines = ["1.1,,,,TN,,,,vâng", LAND, "2.2,Hòa giải,,,DD,,,,no", "x y,Tên,,,HT,,,,no", BIRTH + ",noch", LAND]
    assert mistakes_of(OLD + "\n".join(lines)) == [
        ("csv_value_missing", 2, "name_vi"),
        ("procedure_service_unknown", 2, "counter_group"),
        ("procedure_value_unclear", 2, "verified"),
        ("procedure_twice", 4, "code"),
        ("procedure_code_unclear", 5, "code"),
        ("procedure_line_too_long", 6, None),
        ("procedure_twice", 7, "code"),
    ]


def test_below_a_quotation_mark_left_open_nothing_is_judged() -> None:
    file = OLD + LAND.replace("DD", "TN") + '\n1.1,"Khai sinh,,,HT,,,,yes\n' + LAND.replace("DD", "XX")
    assert mistakes_of(file) == [("procedure_service_unknown", 2, "counter_group"), ("csv_line_broken", 3, None)]


def test_wrong_headings_are_told_together_and_nothing_below_them() -> None:
    told = mistakes_of(OLD.replace("field", "feild").replace("source", "code") + "1.1,,,,TN,,,,vâng")
    assert [(code, column) for code, _, column in told] == [
        ("procedure_column_unknown", "feild"),
        ("csv_column_twice", "code"),
        ("csv_column_missing", "field"),
        ("csv_column_missing", "source"),
    ]


def test_of_a_long_list_of_mistakes_fifty_are_told() -> None:
    with pytest.raises(csv_file.Mistake) as refused:
        taken(OLD + "\n".join(f"{n},Tên,,,TN,,,,no" for n in range(60)))
    others, more = refused.value.others()
    assert (1 + len(others), more) == (csv_file.MOST_MISTAKES_TOLD, 10)


@pytest.mark.parametrize("coding", ["cp1258", "utf-16", "latin-1"])
def test_another_coding_than_utf_8_is_refused_with_advice(coding: str) -> None:
    text = OLD + BIRTH.replace("Khai sinh", "Tờ khai" if coding == "utf-16" else "été")
    with pytest.raises(csv_file.CsvUnreadable, match="CSV UTF-8"):
        read(text.encode(coding, errors="replace"), SERVICES)


def test_a_comparison_names_what_comes_goes_and_changes() -> None:
    before = taken(OLD + BIRTH + "\n" + LAND)
    after = taken(OLD + BIRTH.replace("trong ngày", "2 ngày") + "\n3.3,Mới,,,HT,,,,no")
    found = told(compare(before, after))
    assert [each["code"] for each in found["added"] + found["removed"]] == ["3.3", "2.2"]
    (changed,) = found["changed"]
    assert changed["fields"] == [{"field": "time_limit", "before": "trong ngày", "after": "2 ngày"}]
    assert found["unchanged"] == 0


def test_only_what_was_shown_is_done(hub: Hub) -> None:
    first, second = taken(OLD + BIRTH), taken(OLD + LAND)
    shown = compare(hub.store.every_procedure(), first).digest
    with pytest.raises(mistakes.CatalogueChanged):
        take(hub, second, SYSTEM, shown)  # another file
    take(hub, second, SYSTEM)
    with pytest.raises(mistakes.CatalogueChanged):
        take(hub, first, SYSTEM, shown)  # another catalogue
    assert hub.store.every_procedure() == second
    assert dict(hub.hall.procedures) == {"2.2": "DD"}


def test_a_service_that_went_meanwhile_stops_it(hub: Hub) -> None:
    with pytest.raises(UnknownService):
        take(hub, [replace(taken(OLD + BIRTH)[0], service="TN")], SYSTEM)
    assert hub.store.every_procedure() == []


def test_a_citizen_keeps_a_number_for_a_procedure_that_has_gone(hub: Hub) -> None:
    take(hub, taken(OLD + BIRTH + "\n" + LAND), SYSTEM)
    hub.handle(cmd.IssueTicket("ticket", "HT", procedure="1.1"))
    take(hub, taken(OLD + LAND), SYSTEM)
    assert hub.hall.tickets["ticket"].procedure == "1.1"
    assert Hub(hub.store, Noon()).hall.tickets["ticket"].procedure == "1.1"


def test_a_fee_is_told_as_a_fee_and_not_as_a_paper_to_bring() -> None:
    assert [each.code for each in shipped() if "phí" in each.documents.lower()] == []
    assert next(each.fee for each in shipped() if each.code == "2.000635") == "8.000đ/bản"
