"""The index goes with the catalogue: in one transaction, and into databases that have had none."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from centre import HandClock, running
from sqlite_utils import Database

from app.core import commands as cmd
from app.hub import Hub
from app.procedure_file import replacing
from app.store.catalogue import Procedure, put_procedures
from app.store.migrations import known_migrations

BIRTH = Procedure(
    "1.1", "HT", "Đăng ký khai sinh", "Birth", "Hộ tịch", "", "", "", verified=True, keywords="giấy cho bé"
)
LAND = Procedure("2.2", "DD", "Hòa giải tranh chấp đất đai", "", "Đất đai", "", "", "", verified=True)
COPY = Procedure("1.3", "HT", "Bản sao khai sinh", "", "Hộ tịch", "", "", "", verified=True)


def put(hub: Hub, *procedures: Procedure) -> None:
    hub.handle(replacing(procedures), also=put_procedures(procedures))


def found(hub: Hub, text: str, **wishes: str) -> list[str]:
    return [each["code"] for each in hub.store.procedures(text, wishes.get("service"))]


def test_what_is_in_the_catalogue_is_found_and_what_has_left_it_is_not(hub: Hub):
    put(hub, BIRTH, LAND)
    assert found(hub, "khai sinh") == ["1.1"]
    put(hub, LAND)
    assert found(hub, "khai sinh") == []
    assert found(hub, "tranh chap") == ["2.2"]


def test_an_everyday_name_finds_it_as_soon_as_it_is_saved(hub: Hub):
    put(hub, BIRTH, LAND)
    assert found(hub, "keu dia chinh") == []
    put(hub, BIRTH, replace(LAND, keywords="kêu địa chính"))
    assert found(hub, "keu dia chinh") == ["2.2"]


def test_a_catalogue_that_is_not_kept_leaves_the_index_alone(hub: Hub):
    put(hub, BIRTH)
    with pytest.raises(sqlite3.IntegrityError):
        hub.handle(replacing([LAND]), also=put_procedures([LAND, LAND]))
    assert found(hub, "khai sinh") == ["1.1"]
    assert found(hub, "tranh chap") == []


def test_without_a_question_all_are_listed_by_field_in_the_order_of_the_file(hub: Hub):
    put(hub, BIRTH, LAND, COPY)
    assert found(hub, " ") == ["1.1", "1.3", "2.2"]
    assert found(hub, "", service="DD") == ["2.2"]


def test_a_code_finds_its_procedure_whatever_codes_look_like(hub: Hub):
    put(hub, replace(BIRTH, code="TT-01"), LAND)
    assert found(hub, " TT-01 ") == ["TT-01"]
    assert found(hub, "2.2") == ["2.2"]


def test_one_service_alone_can_be_asked_for(hub: Hub):
    put(hub, BIRTH, replace(LAND, name="Khai sinh đất"))
    assert found(hub, "khai sinh", service="DD") == ["2.2"]
    assert found(hub, "1.1", service="DD") == []


def test_a_database_of_an_older_version_is_searched_by_everyday_names(path: Path, clock: HandClock):
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((Path(__file__).parent / "version-0.1.sql").read_text(encoding="utf-8"))
        connection.execute("DELETE FROM procedure")
        connection.execute(
            "INSERT INTO procedure (code, service, name, name_en, field, time_limit, documents, source, verified)"
            " VALUES ('1.004873', 'HT', 'Thủ tục cấp Giấy xác nhận tình trạng hôn nhân', '', '', '', '', '', 1)"
        )
        connection.commit()
    with running(path, clock) as hub:
        assert found(hub, "giay doc than") == ["1.004873"]


def test_the_index_is_a_step_that_this_version_knows(hub: Hub):
    assert "procedure_search" in known_migrations()
    assert isinstance(hub.store.db, Database)
    with pytest.raises(Exception, match="XX"):
        hub.handle(cmd.ReplaceCatalogue((("1.1", "XX"),)), also=put_procedures([BIRTH]))
    assert found(hub, "khai sinh") == []
