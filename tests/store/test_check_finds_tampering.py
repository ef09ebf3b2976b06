"""`toiluot check`: rows that are not what the log says are found, whoever changed them."""

import pytest
from centre import HandClock, hanoi, take
from click.testing import CliRunner
from sqlite_utils import Database

from app.cli import cli
from app.core import commands as cmd
from app.core.advice import Expected, Move
from app.core.centre import Shift
from app.core.hall import Break, Hall
from app.hub import Hub
from app.store.check import SHOWN, differences
from app.store.load import load_hall


@pytest.fixture
def db(hub: Hub, clock: HandClock) -> Database:
    """A centre with a day behind it and a morning begun."""
    hub.handle(cmd.IssueTicket("yesterday", "HT"))
    hub.handle(cmd.CallNext(1))
    hub.handle(cmd.RecordDossiers(1, "yesterday", received_online=1))
    clock.at = hanoi("08:00", "2026-11-24")
    hub.handle(cmd.OpenCounter(1, "lan"))
    hub.handle(cmd.IssueTicket("served", "HT"))
    hub.handle(cmd.IssueTicket("present", "HT"))
    hub.handle(cmd.IssueTicket("waiting", "HT"))
    hub.handle(cmd.SaveSkills("lan", ("HT", "DD")))
    hub.handle(cmd.SaveRota((Shift(1, 1, "lan", "07:30", "11:30"), Shift(1, 1, "lan", "13:30", "17:00"))))
    hub.handle(cmd.PlanBreaks(1, (Break(hanoi("11:30", "2026-11-24"), hanoi("12:00", "2026-11-24")),)))
    hub.handle(cmd.DeclineAdvice("advice", Move("open", 2), Expected(5, 2.0, 9.5, 0.8, (("HT", 1.5),)), "other"))
    for _ in range(2):
        hub.handle(cmd.CallNext(1, deliberate=True))
        clock.go(3600)
    hub.handle(cmd.ExplainOverrun(1, "served", "papers"))
    hub.handle(cmd.RecordDossiers(1, "served", received_online=1))
    assert differences(hub.store.db) == []
    return hub.store.db


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE ticket SET state = 'cancelled' WHERE id = 'waiting'", "ticket waiting: the log and the row differ in"),
        ("UPDATE ticket SET issued_at = 0 WHERE id = 'yesterday'", "{'issued_at': ("),
        ("DELETE FROM ticket WHERE id = 'yesterday'", "ticket yesterday is in the log but has no row"),
        ("UPDATE ticket SET priority = 'elderly' WHERE id = 'waiting'", "queues HT: the log says"),
        ("UPDATE counter SET ticket = NULL WHERE number = 1", "counters 1: the log says"),
        ("UPDATE counter SET served = 9 WHERE number = 1", "counters 1: the log says"),
        ("DELETE FROM counter WHERE number = 3", "counters 3: the log says"),
        ("UPDATE counter SET own = 'HT' WHERE number = 2", "the rows cannot be read: JSONDecodeError"),
        ("UPDATE service SET letter = 'Z' WHERE code = 'HT'", "services HT: the log says"),
        ("UPDATE service SET since_priority = 0 WHERE code = 'HT'", "service HT, calls since a priority one: the log"),
        (
            "INSERT INTO procedure VALUES ('1', 'HT', '', '', '', '', '', '', 0, '', '', '')",
            "procedures 1: the log says",
        ),
        ("UPDATE setting SET value = json_set(value, '$.name', 'x')", "settings: the log says"),
        ("DELETE FROM visit WHERE ticket = 'served'", "is in the log but has no row"),
        ("UPDATE visit SET handle_ms = 1 WHERE ticket = 'yesterday'", "{'handle_ms': ("),
        ("UPDATE ticket SET overrun = NULL WHERE id = 'served'", "{'overrun': ("),
        ("UPDATE counter SET breaks = '[]'", "counters 1: the log says"),
        ("UPDATE service SET handle_target_s = 60 WHERE code = 'HT'", "services HT: the log says"),
        ("UPDATE skill SET services = '[\"HT\"]'", "skills lan: the log says"),
        ("INSERT INTO skill VALUES ('minh', '[\"HT\"]')", "skills minh: the log says None"),
        ("DELETE FROM shift WHERE position = 1", "rota: the log says"),
        ("UPDATE shift SET counter = 2", "rota: the log says"),
        ("UPDATE dossiers SET returned_on = 9 WHERE ticket = 'yesterday'", "{'returned_on': ("),
        ("UPDATE dossiers SET service = 'DD' WHERE ticket = 'served'", "{'service': ("),
        ("DELETE FROM dossiers WHERE ticket = 'yesterday'", "dossiers yesterday is in the log but has no row"),
        ("UPDATE advice SET answer = 'accepted'", "{'answer': ("),
        ("UPDATE advice SET saved = 50", "{'saved': ("),
        ("DELETE FROM advice", "advice advice is in the log but has no row"),
        ("DELETE FROM day", "day 2026-11-24 is in the log but has no row"),
        ("UPDATE day SET first = first + 1 WHERE day = '2026-11-24'", "{'first': ("),
    ],
)
def test_a_row_that_was_changed_by_hand_is_named(db: Database, tampering: str, found: str):
    db.execute(tampering)
    told = differences(db)
    assert any(found in sentence for sentence in told), told


@pytest.mark.parametrize(
    ("table", "copy"),
    [
        ("ticket", "'stranger' AS id, 'A999' AS number, 999 AS series"),
        ("visit", "9999 AS seq"),
        ("dossiers", "'2020-01-01' AS day"),
        ("advice", "'2020-01-01' AS day"),
        ("day", "'2099-01-01' AS day"),
    ],
)
def test_a_stranger_among_the_rows_is_found(db: Database, table: str, copy: str):
    columns = [f'"{column}"' for column in db.table(table).columns_dict if f"AS {column}" not in copy]
    added = [part.rpartition(" AS ")[2] for part in copy.split(", ")]
    db.execute(
        f"INSERT INTO {table} ({', '.join(columns + added)}) SELECT {', '.join(columns)}, {copy} FROM {table} LIMIT 1"  # noqa: S608
    )
    told = differences(db)
    assert any(f"{table} rows: the log says" in sentence for sentence in told), told


def test_a_visit_that_was_undone_must_not_come_back(hub: Hub):
    take(hub)
    hub.handle(cmd.CallNext(1))
    hub.handle(cmd.Finish(1))
    visit = hub.store.db.execute("SELECT * FROM visit").fetchone()
    hub.handle(cmd.UndoPress(1))
    hub.store.db.execute(f"INSERT INTO visit VALUES ({', '.join('?' * len(visit))})", visit)  # noqa: S608 - marks only
    assert f"visit {visit[0]} was undone but still has a row" in differences(hub.store.db)


def forge(db: Database, change: str) -> None:
    """Change the log by rebuilding its table, as somebody would who has the file and some patience."""
    with db.atomic():
        (table,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'event'").fetchone()
        db.execute("DROP TRIGGER event_is_never_changed")
        db.execute("DROP TRIGGER event_is_never_deleted")
        db.execute("ALTER TABLE event RENAME TO event_before")
        db.execute(table)
        db.execute("INSERT INTO event SELECT * FROM event_before")
        db.execute("DROP TABLE event_before")
        db.execute(change)


@pytest.mark.parametrize(
    ("forgery", "found"),
    [
        ("DELETE FROM event WHERE seq = 5", "event 5 is missing from the log: the next one is 6"),
        (
            "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
            "dossiers served: the log says None",
        ),
        (
            "UPDATE event SET ticket = 'nobody' WHERE type = 'TicketCalled'",
            "TicketCalled, cannot follow the ones before",
        ),
        (
            "UPDATE event SET type = 'TicketEaten' WHERE type = 'TicketCalled'",
            "cannot be read: KeyError('TicketEaten')",
        ),
        ("UPDATE event SET data = '{' WHERE type = 'TicketCalled'", "cannot be read: JSONDecodeError"),
        ("UPDATE event SET data = '{', type = 'PressUndone' WHERE seq = 7", "event 7 cannot be read: JSONDecodeError"),
        ("UPDATE event SET data = '{\"x\": 1}' WHERE type = 'TicketCalled'", "cannot be read: TypeError"),
        ("UPDATE event SET at = at + 1 WHERE type = 'TicketIssued'", "ticket yesterday: the log and the row differ in"),
        (
            "UPDATE event SET data = json_set(data, '$.language', 'en') WHERE type = 'TicketIssued'",
            "ticket served: the log and the row differ in {'language': ('en', 'vi')}",
        ),
    ],
)
def test_a_forged_log_does_not_agree_with_the_rows(db: Database, forgery: str, found: str):
    forge(db, forgery)
    told = differences(db)
    assert any(found in sentence for sentence in told), told


def test_a_forged_log_that_was_only_rebuilt_still_agrees(db: Database):
    forge(db, "SELECT 1")
    assert differences(db) == []


def test_no_more_is_told_than_somebody_reads(hub: Hub):
    for _ in range(SHOWN + 5):
        take(hub)
    hub.store.db.execute("UPDATE ticket SET channel = 'phone'")
    assert len(differences(hub.store.db)) == SHOWN


def test_a_number_taken_while_the_command_reads_is_no_difference(hub: Hub, monkeypatch: pytest.MonkeyPatch):
    def after_somebody_took_a_number(db: Database) -> Hall:
        take(hub)
        return load_hall(db)

    monkeypatch.setattr("app.store.check.load_hall", after_somebody_took_a_number)
    checked = CliRunner().invoke(cli, ["check", "--db", str(hub.store.path)])
    assert (checked.output, checked.exit_code) == ("The rows are what the event log says.\n", 0)
    assert hub.hall.tickets
