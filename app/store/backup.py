"""A whole copy of the database, and putting one back."""

import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from app.clock import WallClock
from app.store.check import differences
from app.store.database import Unusable, connect, lock, naming_the_file


def backup(source: Path, target: Path) -> None:
    """Copy, also while the hub works. Raises Unusable, FileExistsError or OSError."""
    if target.exists():
        message = f"{target} exists already; a backup never overwrites"
        raise FileExistsError(message)
    with (
        naming_the_file(source),
        contextlib.closing(connect(source).conn) as reads,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        reads.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def restore(source: Path, target: Path) -> Path | None:
    """Put a checked backup in the database's place; gives the path that the former one was moved to.

    Raises AlreadyRunning while a hub holds the database, Unusable for a backup that is not whole.
    """
    holder = lock(target)
    try:
        fresh = target.with_name(f"{target.name}.restoring")
        fresh.unlink(missing_ok=True)
        if not source.exists():
            message = f"{source}: there is no such backup"
            raise Unusable(message)
        backup(source, fresh)
        _check(source, fresh)
        kept = _set_aside(target)
        fresh.replace(target)
        return kept
    finally:
        holder.release()


def _check(source: Path, fresh: Path) -> None:
    with naming_the_file(source), contextlib.closing(connect(fresh).conn) as connection:
        found = differences(Database(connection))
    if found:
        fresh.unlink()
        message = f"{source}: is not a whole backup: {found[0]}. Nothing was changed."
        raise Unusable(message)


def _set_aside(target: Path) -> Path | None:
    """Move the present database away, with what its journal still holds written into it."""
    if not target.exists():
        return None
    stamp = datetime.fromtimestamp(WallClock().now() / 1000, UTC).strftime("%Y%m%d-%H%M%S")
    kept = target.with_name(f"{target.name}.before-{stamp}")
    target.replace(kept)
    for suffix in ("-wal", "-shm"):
        journal = target.with_name(f"{target.name}{suffix}")
        if journal.exists():
            journal.replace(kept.with_name(f"{kept.name}{suffix}"))
    return kept
