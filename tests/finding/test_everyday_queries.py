"""Citizens find the right procedure: queries written before anything was tuned, one half never looked at for tuning."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlite_utils import Database

from app import procedure_file
from app.store.catalogue import find, put_procedures
from app.store.migrations import migrations

QUERIES = Path(__file__).parent / "queries.csv"
BAR = 0.95
SHOWN = 3


class Query(NamedTuple):
    text: str
    codes: frozenset[str]


def queries(half: str) -> list[Query]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["half"] == half]
    return [Query(row["query"], frozenset(row["codes"].split("|"))) for row in rows]


@pytest.fixture(scope="module")
def catalogue() -> Iterator[Database]:
    with Database(memory=True) as db:
        migrations.apply(db)
        put_procedures(procedure_file.shipped())(db)
        yield db


def found(db: Database, text: str) -> list[str]:
    return [each.code for each in find(db, text, None)]


@pytest.mark.parametrize("half", ["tune", "measure"])
def test_the_right_procedure_is_among_the_first_three(catalogue: Database, half: str) -> None:
    asked = queries(half)
    missed = [query.text for query in asked if not query.codes & set(found(catalogue, query.text)[:SHOWN])]
    first = sum(bool(query.codes & set(found(catalogue, query.text)[:1])) for query in asked)
    right = 1 - len(missed) / len(asked)
    figures = f"{right:.1%} in the first three, {first / len(asked):.1%} first"
    print(f"{half}: {len(asked)} queries, {figures}; missed: {missed}")  # noqa: T201 - the figures are asked for
    assert right >= BAR, missed


def test_the_halves_are_as_large_as_each_other_and_share_no_query() -> None:
    tune, measure = queries("tune"), queries("measure")
    assert len(tune) == len(measure) >= 70
    assert not {query.text for query in tune} & {query.text for query in measure}


@pytest.mark.parametrize(
    "nonsense",
    ["asdkjhasd", "mua bánh mì", "hôm nay trời đẹp quá", "bóng đá", "giá vàng hôm nay", "?", "1", "\"' OR * (", "😀"],
)
def test_what_has_nothing_to_do_with_procedures_finds_nothing(catalogue: Database, nonsense: str) -> None:
    assert found(catalogue, nonsense) == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("khaisinh", "1.001193"),  # the space bar missed
        ("dangkykethon", "1.000894"),
        ("ddawng kys keets hoon", "1.000894"),  # Telex keys, the keyboard's Vietnamese off
        ("ddang1 ky1 ke6t1 ho6n", "1.000894"),  # VNI keys
        ("GIẤY ĐỘC THÂN", "1.004873"),
        ("khai tử", "1.000656"),
        ("hoà giải tranh chấp", "1.012812"),  # the tone on the other vowel
        ("đăng kí kết hôn", "1.000894"),
        ("2.000815.000.00.00.H55", "2.000815"),  # the code as a province writes it
        ("2.0008", "2.000815"),
        ("sao y bằng tốt nghiệp", "2.000815"),
        ("mất giấy khai sinh", "2.000635"),
        ("đặt tên cho con", "1.001193"),
        ("toi muon lam giay khai sinh cho chau", "1.001193"),
        ("người tâm thần", "1.001699"),
        ("xin xác nhận hộ nghèo cho con đi học", "1.011607"),
        ("household registration", "1.004222"),
    ],
)
def test_however_it_is_typed(catalogue: Database, typed: str, code: str) -> None:
    assert code in found(catalogue, typed)[:SHOWN]


def test_marks_decide_between_words_that_are_one_without_them(catalogue: Database) -> None:
    assert found(catalogue, "tử")[:1] == ["1.000656"]
    assert "1.000656" not in found(catalogue, "từ chối")[:1]


def test_a_very_long_question_is_answered_too(catalogue: Database) -> None:
    assert "1.001193" in found(catalogue, "cho em hỏi giấy khai sinh " * 50)[:SHOWN]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("lam giay khai sinh cho con", "1.001193"),
        ("làm giấy khai sinh cho con", "1.001193"),
        ("red book", "1.013978"),
        ("khai sinh thêm tên cha", "1.000689"),
    ],
)
def test_an_everyday_name_typed_in_full_comes_first(catalogue: Database, typed: str, code: str) -> None:
    assert found(catalogue, typed)[0] == code


@pytest.mark.parametrize("typed", ["chung thuc", "chứng thực"])
def test_of_many_that_a_word_fits_alike_the_commonest_comes_first(catalogue: Database, typed: str) -> None:
    assert found(catalogue, typed)[:2] == ["2.000815", "2.000884"]


@pytest.mark.parametrize("typed", ["so do", "sổ đỏ", "so do bi sai"])
def test_a_saying_typed_without_marks_brings_nothing_that_only_shares_a_syllable(
    catalogue: Database, typed: str
) -> None:
    assert {"1.013978", "1.012796"} & set(found(catalogue, typed)[:1])
    assert not {"1.004194", "1.011607", "1.010038"} & set(found(catalogue, typed))


def test_what_citizens_read_of_a_procedure_has_no_signs_that_cannot_be_read_aloud() -> None:
    for each in procedure_file.shipped():
        for text in (each.time_limit, each.documents):
            assert not set("→≤≥+–") & set(text), each.code
            assert not any(short in text for short in ("DVCQG", "QSDĐ", "CSDL")), each.code
