"""A database of version 0.1, as that version wrote it, opened by this one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from centre import HandClock, hanoi, running
from sqlite_utils import Database
from test_the_schema import described

from app.core import commands as cmd
from app.core.centre import Shift
from app.core.hall import Break
from app.hub import Hub
from app.store.backup import restore
from app.store.check import differences
from app.store.database import Unusable, snapshot
from app.store.migrations import SCHEMA, known_migrations, migrations, statements

VERSION_0_1 = Path(__file__).parent / "version-0.1.sql"


@pytest.fixture
def old(path: Path) -> Path:
    """A day in which everything happened, and a morning: A001 finished by the press that called A002."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_0_1.read_text(encoding="utf-8"))
    return path


@pytest.fixture
def hub(old: Path, clock: HandClock) -> Iterator[Hub]:
    clock.at = hanoi("08:05", "2026-11-24")
    with running(old, clock) as hub:
        yield hub


def test_a_command_that_only_reads_says_that_a_hub_must_be_started_on_it(old: Path):
    with (
        pytest.raises(Unusable, match=r"centre.db: was made by an older version. Start the hub on it once"),
        snapshot(old),
    ):
        pass


def test_its_backup_is_restored_as_a_database_of_this_version(old: Path, tmp_path: Path):
    restore(old, tmp_path / "restored.db")
    with snapshot(tmp_path / "restored.db") as reads:
        assert differences(reads) == []
    with closing(sqlite3.connect(old)) as backup:
        assert backup.execute("SELECT name FROM sqlite_schema WHERE name = 'skill'").fetchall() == []


def test_it_gets_the_schema_of_a_new_one(hub: Hub):
    with Database(memory=True) as written:
        for statement in statements(SCHEMA.read_text(encoding="utf-8")):
            written.execute(statement)
        assert described(hub.store.db) == described(written)
    assert {migration.name for migration in migrations.applied(hub.store.db)} == known_migrations()


def test_its_rows_are_still_what_its_log_says(hub: Hub):
    assert differences(hub.store.db) == []


def test_what_is_new_has_its_defaults(hub: Hub):
    assert {service.handle_target_s for service in hub.hall.services.values()} == {900}
    assert {counter.breaks for counter in hub.hall.counters.values()} == {()}
    assert {ticket.overrun for ticket in hub.hall.tickets.values()} == {None}
    assert (hub.hall.settings.alarm_sound, hub.hall.settings.advice) == (False, True)
    assert (hub.hall.skills, hub.hall.rota, hub.hall.dossiers, hub.hall.answered) == ({}, (), {}, {})


def test_the_last_press_before_the_update_can_still_be_undone(hub: Hub, clock: HandClock):
    clock.at = hub.hall.at
    present = hub.hall.counters[1].ticket
    hub.handle(cmd.UndoPress(1))
    assert hub.hall.counters[1].ticket not in (present, None)
    assert differences(hub.store.db) == []


def test_what_is_new_can_be_used_at_once(hub: Hub, path: Path, clock: HandClock):
    hub.handle(cmd.SaveSkills("lan", ("HT", "DD")))
    hub.handle(cmd.SaveRota((Shift(1, 1, "lan", "07:30", "11:30"),)))
    hub.handle(cmd.PlanBreaks(1, (Break(hanoi("11:30", "2026-11-24"), hanoi("12:00", "2026-11-24")),)))
    ticket = hub.hall.counters[1].ticket or ""
    clock.at = hub.hall.at + 3600_000
    hub.handle(cmd.ExplainOverrun(1, ticket, "papers"))
    hub.handle(cmd.RecordDossiers(1, ticket, received_online=1))
    before = hub.hall
    hub.store.close()
    with running(path, clock) as again:
        assert again.hall.skills == before.skills
        assert again.hall.rota == before.rota
        assert again.hall.counters == before.counters
        assert again.hall.dossiers == before.dossiers
        assert differences(again.store.db) == []
