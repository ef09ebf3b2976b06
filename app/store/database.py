"""Opening a centre's database: one owner, safe settings, the right schema."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlite_utils import Database

from app.store.migrations import known_migrations, migrations

# The hub moves the journal into the file from a thread of its own, every few seconds (Store.checkpoint). SQLite's own
# way, at the 1,000th page inside somebody's press, is the last resort for a journal that nobody moves.
JOURNAL_PAGES = 20_000


class StoreError(Exception):
    """The database cannot be used; the sentence says which file, why and what to do."""


class AlreadyRunning(StoreError):
    """Another hub holds this file."""


class Unusable(StoreError):
    """Corrupt, unreadable, not ours, or made by a newer version."""


class WriteFailed(StoreError):
    """This write could not be kept (disk full, read-only); nothing of it has been."""


def open_database(path: Path) -> Database:
    """The writer's connection, migrated to this version. Raises Unusable."""
    if not path.exists():
        create(path)
    with naming_the_file(path):
        db = connect(path)
        bring_up_to_date(db, path)
        return db


def bring_up_to_date(db: Database, path: Path) -> None:
    """Migrate to this version. Raises Unusable."""
    _check_ours(db, path)
    migrations.apply(db)


def _check_ours(db: Database, path: Path) -> None:
    """Never write into another program's file, nor into one that a newer version has changed."""
    applied = {migration.name for migration in migrations.applied(db)}
    if not applied and set(db.table_names()) - {migrations.migrations_table}:
        message = f"{path}: is the database of another program. Give another --db."
        raise Unusable(message)
    newer = ", ".join(applied - known_migrations())
    if newer:
        message = f"{path}: was made by a newer version (it has {newer}). Install that version or a later one."
        raise Unusable(message)


def _check_current(db: Database, path: Path) -> None:
    """Reading changes nothing, so it is for the hub to bring an older version's file up to date."""
    if migrations.applied(db) and migrations.pending(db):
        message = f"{path}: was made by an older version. Start the hub on it once: `toiluot run`."
        raise Unusable(message)


def create(path: Path) -> None:
    """An empty file that only its owner may read: it will hold people's names and hashed secrets.

    SQLite gives its journal files the same rights. Raises Unusable.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        message = f"{path}: cannot be created ({error.strerror}). Check the folder, and that it can be written."
        raise Unusable(message) from error


@contextmanager
def snapshot(path: Path) -> Iterator[Database]:
    """For reading: every SELECT sees the same moment, whatever a hub writes meanwhile. Raises Unusable."""
    with naming_the_file(path):
        db = connect(path)
        with closing(db.conn):
            _check_current(db, path)
            db.execute("BEGIN")
            yield db
            db.execute("ROLLBACK")


def connect(path: Path) -> Database:
    """A connection with our settings: WAL, and every commit on the disk before anybody hears of it."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is kept of persons for a time is gone after it
    connection.execute(f"PRAGMA wal_autocheckpoint = {JOURNAL_PAGES}")
    return Database(connection)


def lock(path: Path) -> FileLock:
    """Hold the file for one hub; the kernel lets go when the process dies, however it dies."""
    holder = FileLock(f"{path}.lock")
    try:
        holder.acquire(timeout=0)
    except Timeout:
        message = f"{path}: a hub is already running on this database. Stop it first, or give another --db."
        raise AlreadyRunning(message) from None
    except OSError as error:
        message = f"{path}: cannot be locked ({error.strerror}). The folder must be writable for the hub's user."
        raise Unusable(message) from error
    return holder


@contextmanager
def naming_the_file(path: Path) -> Iterator[None]:
    """Turn SQLite's words into ours, with the file's name and what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        message = f"{path}: {error}. Check that the file and its folder can be written and that the disk has room."
        raise Unusable(message) from error
    except sqlite3.DatabaseError as error:
        message = f"{path}: {error}. The file is damaged or is not a Tới Lượt database; use `toiluot restore BACKUP`."
        raise Unusable(message) from error


def check_place(path: Path) -> None:
    """Before the lock, which would make a folder of a mistyped name. Raises Unusable."""
    folder = path.parent
    if not folder.is_dir():
        message = f"{path}: the folder {folder} does not exist. Create it, or give another --db."
        raise Unusable(message)
    if path.exists() and not os.access(path, os.W_OK):
        message = f"{path}: is read-only for this user. Give the hub's user the right to write it."
        raise Unusable(message)
