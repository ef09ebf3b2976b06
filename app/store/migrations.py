"""From one version's schema to the next. A new database gets schema.sql, which is always the newest.

Each later migration changes an existing database and is written into schema.sql too, so it passes over one that was
made with it; tests compare the two ways. Columns are added at a table's end, where SQLite puts them.
"""

import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

SCHEMA = Path(__file__).parents[2] / "schema.sql"

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
