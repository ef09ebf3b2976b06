"""A command is kept whole or not at all, and the hub goes on either way."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from centre import HandClock, plain, running, take
from sqlite_utils import Database

from app.core import commands as cmd
from app.core.permissions import SYSTEM
from app.hub import Hub, Key
from app.store.accounts import Device, devices, put_device
from app.store.check import differences
from app.store.database import WriteFailed

EVERY_TABLE = ("event", "ticket", "counter", "service", "visit", "setting", "answer", "day")


def contents(db: Database) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in EVERY_TABLE}  # noqa: S608


@contextmanager
def nothing_is_kept(hub: Hub) -> Iterator[None]:
    """Not a row, not an event, not an answer; nobody is told and the hall stays."""
    hall, rows, told = hub.hall, contents(hub.store.db), list[object]()
    hub.listeners.append(told.append)
    yield
    assert hub.hall is hall
    assert contents(hub.store.db) == rows
    assert told == []
    assert differences(hub.store.reads) == []
    hub.listeners.remove(told.append)


def test_events_rows_answer_and_what_else_belongs_to_a_command_are_kept_together(hub: Hub):
    def also(db: Database) -> None:
        db.execute("INSERT INTO secret VALUES ('setup', 'hash', 1)")

    outcome = hub.handle(cmd.Note("secret made", "setup"), key=Key("k", "f"), render=lambda *_: {"ok": 1}, also=also)
    assert outcome.body == '{"ok": 1}'
    assert hub.store.events(hub.hall.seq - 1, 1)[0].event.what == "secret made"
    assert hub.store.answer("k")
    assert hub.store.reads.execute("SELECT value FROM secret").fetchone() == ("hash",)


def test_when_what_belongs_to_a_command_cannot_be_kept_nothing_of_it_is(hub: Hub):
    class Stopped(Exception):
        pass

    def also(db: Database) -> None:
        db.execute("DELETE FROM counter")
        raise Stopped

    take(hub)
    with nothing_is_kept(hub), pytest.raises(Stopped):
        hub.handle(cmd.CallNext(1), key=Key("k", "f"), also=also)
    hub.handle(cmd.CallNext(1), key=Key("k", "f"))
    assert hub.hall.counters[1].ticket


def test_a_person_who_is_there_already_is_told_apart_from_a_full_disk(hub: Hub):
    def also(db: Database) -> None:
        db.execute("INSERT INTO secret VALUES ('setup', 'hash', 1)")

    hub.handle(cmd.Note("secret made", "setup"), also=also)
    with nothing_is_kept(hub), pytest.raises(sqlite3.IntegrityError):
        hub.handle(cmd.Note("secret made", "setup"), also=also)


def test_a_second_device_of_one_name_does_not_take_the_firsts_token(hub: Hub):
    hub.handle(cmd.Note("device added", "tv"), also=put_device(Device("tv", "display", "/tv", "first", 1)))
    with nothing_is_kept(hub), pytest.raises(sqlite3.IntegrityError):
        hub.handle(cmd.Note("device added", "tv"), also=put_device(Device("tv", "display", "/tv", "second", 2)))
    assert [device.token_hash for device in devices(hub.store.reads)] == ["first"]


@pytest.mark.parametrize("table", ["event", "ticket", "counter", "service", "visit", "answer"])
def test_a_row_that_fails_takes_all_the_others_with_it(hub: Hub, table: str):
    """The last of a press's many rows, or the first: whichever fails."""
    take(hub)
    take(hub)
    hub.handle(cmd.CallNext(1))
    hub.store.db.execute(
        f"CREATE TEMP TRIGGER broken BEFORE INSERT ON main.{table} BEGIN SELECT RAISE(ABORT, 'broken'); END"
    )
    with nothing_is_kept(hub), pytest.raises(sqlite3.IntegrityError, match="broken"):
        hub.handle(cmd.CallNext(1, deliberate=True), key=Key("k", "f"))
    hub.store.db.execute("DROP TRIGGER broken")
    hub.handle(cmd.CallNext(1, deliberate=True), key=Key("k", "f"))
    assert differences(hub.store.reads) == []


def test_on_a_full_disk_a_command_is_refused_and_the_hub_goes_on_when_there_is_room(hub: Hub, clock: HandClock):
    """SQLite says that a disk is full in the same words when the file may not grow."""
    take(hub)
    (pages,) = hub.store.db.execute("PRAGMA page_count").fetchone()
    hub.store.db.execute(f"PRAGMA max_page_count = {pages}")
    full = pytest.raises(WriteFailed, match=r"centre.db: database or disk is full. Nothing of this command was kept")
    with nothing_is_kept(hub), full:
        hub.handle(cmd.Note("a long note", "lan", "x" * 100_000))
    hub.store.db.execute("PRAGMA max_page_count = 1073741823")
    hub.handle(cmd.Note("a long note", "lan", "x" * 100_000))
    hub.handle(cmd.CallNext(1))
    before = hub.hall
    hub.store.close()
    with running(hub.store.path, clock) as again:
        assert plain(again.hall) == plain(before)


def test_a_database_that_somebody_else_holds_is_said_to_be_locked(hub: Hub):
    hub.store.db.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(hub.store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with nothing_is_kept(hub), pytest.raises(WriteFailed, match="database is locked"):
        hub.handle(cmd.Note("what", "who"))
    other.execute("ROLLBACK")
    other.close()
    hub.handle(cmd.Note("what", "who"))


def test_the_log_is_read_on_from_where_one_is(hub: Hub):
    everything = hub.store.events(0, -1)
    assert [recorded.seq for recorded in everything] == list(range(1, hub.hall.seq + 1))
    assert hub.store.events(3, 2) == everything[3:5]
    assert hub.store.events(hub.hall.seq, 10) == []
    assert hub.store.events_before(4, 2) == [everything[2], everything[1]]
    assert everything[-1].actor == SYSTEM.label
