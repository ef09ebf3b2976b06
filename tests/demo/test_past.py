"""The weeks that a new demo centre has behind it, in a database of its own."""

import threading
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.core.hall import Hall
from app.demo.centre import check_is_a_demo
from app.demo.past import live_through
from app.planning.scenario import load
from app.store.check import differences
from app.store.database import connect
from app.store.load import load_hall

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("past") / "demo.db"
    came = live_through(db, load(), [FRIDAY, SATURDAY], Random(1), threading.Event())  # noqa: S311
    assert came == asked(db, "SELECT count(*) FROM ticket")[0][0]
    return db


@pytest.fixture(scope="module")
def hall(past: Path) -> Hall:
    return load_hall(connect(past))


def asked(db: Path, question: str) -> list[Any]:
    return list(connect(db).execute(question))


def test_its_rows_are_what_its_log_says(past: Path):
    assert differences(connect(past)) == []


def test_the_log_goes_forward_in_time(past: Path):
    times = [at for (at,) in asked(past, "SELECT at FROM event ORDER BY seq")]
    assert times == sorted(times)
    assert [day for (day,) in asked(past, "SELECT day FROM day")][-2:] == ["2026-11-20", "2026-11-21"]


def test_it_is_known_for_a_demo_and_its_last_day_is_over(past: Path, hall: Hall):
    assert check_is_a_demo(past) == "2026-11-21"
    assert {counter.state for counter in hall.counters.values()} == {"closed"}


def test_whoever_worked_there_works_there_still(past: Path, hall: Hall):
    clerks = {clerk for (clerk,) in asked(past, "SELECT DISTINCT clerk FROM visit")}
    assert clerks == {shift.clerk for shift in hall.rota} == hall.skills.keys()


def test_what_was_moved_on_advice_is_put_back_in_the_evening(hall: Hall):
    served = {plan.number: (plan.own, plan.help) for plan in load().counters}
    assert {counter.number: (counter.own, counter.help) for counter in hall.counters.values()} == served


def test_breaks_follow_from_the_rota_where_nobody_moved_them(past: Path):
    paused = """SELECT json_extract(data, '$.until') FROM event WHERE type = 'CounterPaused' AND day = '2026-11-20'
                AND counter NOT IN (SELECT counter FROM event WHERE type = 'BreaksPlanned')"""
    assert {until for (until,) in asked(past, paused)} == {"12:05", "12:50"}


def test_there_is_something_of_everything_to_report(past: Path):
    outcomes = {outcome for (outcome,) in asked(past, "SELECT DISTINCT outcome FROM visit")}
    assert outcomes == {"finished", "missed", "parked", "transferred"}
    sums = "sum(received_online), sum(received_in_person), sum(returned_before)"
    assert all(asked(past, f"SELECT {sums} FROM dossiers")[0])  # noqa: S608
    assert asked(past, "SELECT count(*) FROM ticket WHERE overrun IS NOT NULL")[0][0] > 0


def test_whoever_is_stopped_in_the_middle_leaves_a_centre_that_can_be_played_on(tmp_path: Path):
    stopping = threading.Event()
    stopping.set()
    live_through(tmp_path / "demo.db", load(), [FRIDAY, SATURDAY, MONDAY], Random(1), stopping)  # noqa: S311
    assert check_is_a_demo(tmp_path / "demo.db") == "2026-11-20"
    assert differences(connect(tmp_path / "demo.db")) == []
