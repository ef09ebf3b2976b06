"""From one version's schema to the next. A new database gets schema.sql, which is always the newest.

Each later migration changes an existing database and is written into schema.sql too, so it passes over one that was
made with it; tests compare the two ways. Columns are added at a table's end, where SQLite puts them.
"""

import csv
import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

from app.store import search

SCHEMA = Path(__file__).parents[2] / "schema.sql"
PROCEDURES = Path(__file__).parents[1] / "data" / "procedures.csv"

migrations = Migrations("toiluot")


@migrations()
def first_schema(db: Database) -> None:
    """The newest schema; in version 0.1 that was the first one."""
    _execute(db, SCHEMA.read_text(encoding="utf-8"))


@migrations()
def planning_and_dossiers(db: Database) -> None:
    """Version 0.2: skills, rota, breaks, advice, the handling's own target, dossiers."""
    if "skill" not in db.table_names():
        _execute(db, PLANNING_AND_DOSSIERS)


@migrations()
def the_citizens_side(db: Database) -> None:
    """Version 0.2: bookings, notices, ratings, several services on one ticket, stations."""
    if "booking" not in db.table_names():
        _execute(db, THE_CITIZENS_SIDE)


@migrations()
def procedure_search(db: Database) -> None:
    """Version 0.2: procedures are found by everyday words, and tell whether they can be filed online and the fee."""
    if "procedure_search" not in db.table_names():
        _execute(db, PROCEDURE_SEARCH)
        _everyday_names(db)
        search.rebuild(db)


def _everyday_names(db: Database) -> None:
    """The starting catalogue's, for procedures of the same code; a centre's own catalogue has had no place for them."""
    with PROCEDURES.open(encoding="utf-8", newline="") as file:
        names = [(row["keywords"], row["code"]) for row in csv.DictReader(file)]
    db.conn.executemany("UPDATE procedure SET keywords = ? WHERE code = ?", names)


@migrations()
def phones(db: Database) -> None:
    """Version 0.2: phones that are told by a push, and the webhook."""
    if "delivery" not in db.table_names():
        _execute(db, PHONES)


@migrations()
def closed_days(db: Database) -> None:
    """Version 0.2: the days on which the centre is shut."""
    if "closed_days" not in db.table_names():
        _execute(db, CLOSED_DAYS)


def _execute(db: Database, script: str) -> None:
    """No `executescript`: it would end the migration's transaction."""
    for statement in statements(script):
        db.execute(statement)


def known_migrations() -> set[str]:
    """Names of the migrations that this version has."""
    with Database(memory=True) as empty:
        return {migration.name for migration in migrations.pending(empty)}


def statements(script: str) -> list[str]:
    """The script's statements, one by one (a trigger holds semicolons of its own)."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found


PLANNING_AND_DOSSIERS = """
ALTER TABLE service ADD COLUMN handle_target_s INTEGER NOT NULL DEFAULT 900;
ALTER TABLE counter ADD COLUMN breaks TEXT NOT NULL DEFAULT '[]';
ALTER TABLE ticket ADD COLUMN overrun TEXT;
CREATE TABLE skill (
    clerk    TEXT PRIMARY KEY,
    services TEXT NOT NULL
);
CREATE TABLE shift (
    position INTEGER PRIMARY KEY,
    weekday  INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    counter  INTEGER NOT NULL,
    clerk    TEXT    NOT NULL,
    start    TEXT    NOT NULL,
    "end"    TEXT    NOT NULL
);
CREATE TABLE dossiers (
    day                TEXT    NOT NULL,
    ticket             TEXT    NOT NULL,
    counter            INTEGER NOT NULL,
    service            TEXT    NOT NULL,
    received_online    INTEGER NOT NULL,
    received_in_person INTEGER NOT NULL,
    returned_before    INTEGER NOT NULL,
    returned_on        INTEGER NOT NULL,
    returned_after     INTEGER NOT NULL,
    PRIMARY KEY (day, ticket)
) WITHOUT ROWID;
CREATE TABLE advice (
    day       TEXT    NOT NULL,
    id        TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    counter   INTEGER NOT NULL,
    kind      TEXT    NOT NULL CHECK (kind IN ('give', 'take', 'open', 'break')),
    services  TEXT    NOT NULL,
    saved     REAL    NOT NULL,
    low       REAL    NOT NULL,
    high      REAL    NOT NULL,
    sure      REAL    NOT NULL,
    costs     TEXT    NOT NULL,
    horizon_s INTEGER NOT NULL,
    answer    TEXT    NOT NULL CHECK (answer IN ('accepted', 'declined')),
    reason    TEXT,
    by        TEXT    NOT NULL,
    PRIMARY KEY (day, id)
) WITHOUT ROWID;
CREATE TABLE dossier (
    code        TEXT PRIMARY KEY,
    service     TEXT    NOT NULL,
    procedure   TEXT    NOT NULL,
    channel     TEXT    NOT NULL CHECK (channel IN ('online', 'in_person')),
    received_on TEXT    NOT NULL,
    due_on      TEXT,
    returned_on TEXT,
    imported_at INTEGER NOT NULL
);
CREATE INDEX dossier_received ON dossier (received_on, channel);
CREATE INDEX dossier_returned ON dossier (returned_on, received_on, due_on);
CREATE TABLE rollup (
    span   TEXT PRIMARY KEY,
    judged TEXT NOT NULL,
    sums   TEXT NOT NULL
);
"""
PROCEDURE_SEARCH = """
ALTER TABLE procedure ADD COLUMN online TEXT NOT NULL DEFAULT '';
ALTER TABLE procedure ADD COLUMN fee TEXT NOT NULL DEFAULT '';
ALTER TABLE procedure ADD COLUMN keywords TEXT NOT NULL DEFAULT '';
CREATE VIRTUAL TABLE procedure_search USING fts5 (
    code UNINDEXED, name, keywords, english, rest, marked, tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE procedure_word USING fts5vocab (procedure_search, 'row');
CREATE TABLE procedure_spelling (
    form TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (form, word)
) WITHOUT ROWID;
"""

THE_CITIZENS_SIDE = """
ALTER TABLE ticket ADD COLUMN "then" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE ticket ADD COLUMN dossiers INTEGER NOT NULL DEFAULT 1;
ALTER TABLE ticket ADD COLUMN claimed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN booking TEXT;
ALTER TABLE ticket ADD COLUMN rated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counter ADD COLUMN kind TEXT NOT NULL DEFAULT 'desk' CHECK (kind IN ('desk', 'station'));
CREATE TABLE booking (
    id        TEXT PRIMARY KEY,
    code      TEXT    NOT NULL,
    kind      TEXT    NOT NULL CHECK (kind IN ('home', 'slot', 'visit')),
    service   TEXT    NOT NULL,
    day       TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    made_at   INTEGER NOT NULL,
    until     INTEGER,
    procedure TEXT,
    language  TEXT    NOT NULL,
    claimed   INTEGER NOT NULL,
    series    INTEGER,
    number    TEXT,
    clerk     TEXT,
    state     TEXT    NOT NULL CHECK (state IN ('booked', 'arrived', 'done', 'cancelled', 'lapsed', 'missed')),
    ticket    TEXT
);
CREATE INDEX booking_day ON booking (day);
CREATE TABLE slot (
    position  INTEGER PRIMARY KEY,
    weekday   INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    service   TEXT    NOT NULL,
    start     TEXT    NOT NULL,
    "end"     TEXT    NOT NULL,
    every_min INTEGER NOT NULL,
    capacity  INTEGER NOT NULL
);
CREATE TABLE notice (
    id    TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE assistance (
    place TEXT PRIMARY KEY,
    at    INTEGER NOT NULL
);
CREATE TABLE rating (
    day     TEXT    NOT NULL,
    service TEXT    NOT NULL,
    counter INTEGER NOT NULL,
    face    INTEGER NOT NULL CHECK (face BETWEEN 1 AND 3),
    reason  TEXT    NOT NULL,
    count   INTEGER NOT NULL,
    PRIMARY KEY (day, service, counter, face, reason)
) WITHOUT ROWID;
CREATE TABLE priority_reason (
    ticket TEXT PRIMARY KEY,
    reason TEXT NOT NULL
);
CREATE TABLE day_person (
    service TEXT NOT NULL,
    hash    TEXT NOT NULL,
    holder  TEXT NOT NULL,
    PRIMARY KEY (service, hash)
) WITHOUT ROWID;
CREATE TABLE personal (
    booking    TEXT PRIMARY KEY,
    sealed     BLOB NOT NULL,
    keep_until TEXT NOT NULL
);
"""

PHONES = """
CREATE TABLE delivery (
    place    INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL UNIQUE,
    ticket   TEXT    NOT NULL,
    event    TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    body     TEXT    NOT NULL,
    attempts INTEGER NOT NULL,
    next_at  INTEGER NOT NULL,
    status   TEXT    NOT NULL CHECK (status IN ('waiting', 'done', 'failed')),
    error    TEXT    NOT NULL
);
CREATE INDEX delivery_waiting ON delivery (place) WHERE status = 'waiting';
CREATE TABLE delivered (
    id  INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL
);
CREATE TABLE push (
    ticket    TEXT    NOT NULL,
    endpoint  TEXT    NOT NULL,
    p256dh    TEXT    NOT NULL,
    auth      TEXT    NOT NULL,
    walk_min  INTEGER NOT NULL,
    made_at   INTEGER NOT NULL,
    near_told INTEGER NOT NULL,
    PRIMARY KEY (ticket, endpoint)
) WITHOUT ROWID;
"""

CLOSED_DAYS = """
CREATE TABLE closed_days (
    position INTEGER PRIMARY KEY,
    first    TEXT    NOT NULL,
    last     TEXT    NOT NULL,
    word     TEXT    NOT NULL,
    word_en  TEXT    NOT NULL
);
"""
