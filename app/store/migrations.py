"""From one version's schema to the next. A new database gets schema.sql, which is always the newest.

Each later migration changes an existing database and is written into schema.sql too; tests compare the two.
"""

import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

SCHEMA = Path(__file__).parents[2] / "schema.sql"

migrations = Migrations("toiluot")


@migrations()
def first_schema(db: Database) -> None:
    """Version 0.1. No `executescript`: it would end the migration's transaction."""
    for statement in statements(SCHEMA.read_text(encoding="utf-8")):
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
