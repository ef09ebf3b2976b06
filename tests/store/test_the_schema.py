import re
import sqlite3

import pytest
from centre import take
from sqlite_utils import Database

from app.core import commands as cmd
from app.hub import Hub
from app.store.migrations import SCHEMA, known_migrations, migrations, statements

SCRIPT = SCHEMA.read_text(encoding="utf-8")


def described(db: Database) -> set[tuple[str, str]]:
    """Each table, index and trigger by its words, without comments: an added column stands before the last one's."""
    found = db.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '%_sqlite_migr%'")
    return {(name, " ".join(re.findall(r"\w+|[^\w\s]", re.sub(r"--.*", "", sql)))) for name, sql in found}


def test_the_migrations_lead_to_the_schema():
    with Database(memory=True) as migrated, Database(memory=True) as written:
        migrations.apply(migrated)
        for statement in statements(SCRIPT):
            written.execute(statement)
        assert described(migrated) == described(written)
        assert {migration.name for migration in migrations.applied(migrated)} == known_migrations()


def test_each_statement_of_the_schema_stands_alone():
    assert all(sqlite3.complete_statement(statement) for statement in statements(SCRIPT))
    assert len(statements(SCRIPT)) == len(re.findall(r"^CREATE ", SCRIPT, re.MULTILINE))


@pytest.mark.parametrize("table", re.findall(r"^CREATE TABLE (\w+)", SCRIPT, re.MULTILINE))
def test_each_table_says_what_it_is_for(table: str):
    before, _ = SCRIPT.split(f"CREATE TABLE {table} (")
    assert before.rstrip("\n").rpartition("\n")[2].startswith("-- ")


@pytest.mark.parametrize("change", ["UPDATE event SET at = 0 WHERE seq = 1", "DELETE FROM event WHERE seq = 1"])
def test_what_has_happened_is_never_changed(hub: Hub, change: str):
    with pytest.raises(sqlite3.IntegrityError, match="the event log is append-only"):
        hub.store.db.execute(change)
    assert hub.store.events(0, 1)[0].seq == 1


def test_a_number_is_printed_once_a_day(hub: Hub):
    take(hub)
    hub.store.db.execute("UPDATE ticket SET number = 'A002'")
    with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE constraint failed: ticket.day, ticket.number"):
        hub.handle(cmd.IssueTicket("second", "HT"))


def test_a_ticket_stands_at_one_counter_only(hub: Hub):
    hub.handle(cmd.CallTicket(1, ticket=take(hub)))
    with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE constraint failed: counter.ticket"):
        hub.store.db.execute("UPDATE counter SET ticket = (SELECT ticket FROM counter WHERE number = 1)")


@pytest.mark.parametrize(
    "change",
    ["UPDATE ticket SET state = 'eaten'", "UPDATE counter SET state = 'ajar'", "INSERT INTO setting VALUES (2, '{}')"],
)
def test_a_state_that_does_not_exist_is_not_kept(hub: Hub, change: str):
    take(hub)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed"):
        hub.store.db.execute(change)


def test_every_commit_is_on_the_disk_before_anybody_hears_of_it(hub: Hub):
    (journal,) = hub.store.db.execute("PRAGMA journal_mode").fetchone()
    (synchronous,) = hub.store.db.execute("PRAGMA synchronous").fetchone()
    (foreign_keys,) = hub.store.db.execute("PRAGMA foreign_keys").fetchone()
    full = 2  # https://sqlite.org/pragma.html#pragma_synchronous
    assert (journal, synchronous, foreign_keys) == ("wal", full, 1)


def test_a_reader_sees_the_last_commit_and_never_half_of_one(hub: Hub):
    take(hub)
    with hub.store.db.atomic():
        hub.store.db.execute("DELETE FROM ticket")
        assert hub.store.reads.execute("SELECT count(*) FROM ticket").fetchone() == (1,)
    assert hub.store.reads.execute("SELECT count(*) FROM ticket").fetchone() == (0,)
