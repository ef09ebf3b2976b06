"""A whole copy of the database, and putting one back."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from app.clock import WallClock
from app.store.check import differences
from app.store.database import Unusable, bring_up_to_date, connect, create, lock, naming_the_file
from app.store.migrations import migrations
from app.store.persons import leave_out_of_a_copy

JOURNALS = ("-wal", "-shm")


class NoRoom(Unusable):
    """A copy could not be written, whatever its source is."""


def backup(source: Path, target: Path) -> None:
    """Copy, also while the hub works. Raises Unusable or FileExistsError; `target` is then as it was.

    It gets its name when it is whole, so that half a backup is never taken for one.
    """
    if target.exists():
        message = f"{target} exists already; a backup never overwrites"
        raise FileExistsError(message)
    part = target.with_name(f"{target.name}.part")
    try:
        _copy(source, part)
        part.rename(target)
        _keep_names(target.parent)
    finally:
        _remove(part)


def restore(source: Path, target: Path) -> Path | None:
    """Put a checked backup in the database's place; gives the path that the former one is kept at.

    At every moment there is a whole database in that place, the former one or the restored one.
    Raises AlreadyRunning while a hub holds the database, Unusable for a backup that is not whole.
    """
    holder = lock(target)
    fresh = target.with_name(f"{target.name}.restoring")
    try:
        if not source.exists():
            message = f"{source}: there is no such backup"
            raise Unusable(message)
        _copy(source, fresh)
        _check(source, fresh)
        kept = _keep_former(target)
        # a journal that lay beside the former database would be read into the restored one
        _remove_journals(target)
        fresh.replace(target)
        _keep_names(target.parent)
        return kept
    finally:
        _remove(fresh)
        holder.release()


def _copy(source: Path, target: Path) -> None:
    """Onto a new file of its own. Raises Unusable, which names the file that is at fault."""
    _remove(target)
    create(target)
    # Read-only: a backup may lie on a stick that cannot be written, and stays as it is.
    with naming_the_file(source), closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as reads:
        reads.execute("PRAGMA schema_version").fetchone()
        with closing(sqlite3.connect(target)) as copy:
            try:
                reads.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
                copy.execute("PRAGMA secure_delete = ON")
                with copy:
                    leave_out_of_a_copy(Database(copy))
                copy.execute("VACUUM")  # what was deleted long ago, too, may stand in free pages of the source
            except sqlite3.OperationalError as error:  # no room, no right; a damaged source is another error
                message = f"{target}: {error}. Check that it can be written and that the disk has room."
                raise NoRoom(message) from error


def _check(source: Path, fresh: Path) -> None:
    with naming_the_file(source):
        reads = connect(fresh)
        with closing(reads.conn):
            if migrations.applied(reads):  # an older version's backup is restored as this version's database
                bring_up_to_date(reads, source)
            found = differences(reads)
    if found:
        message = f"{source}: is not a whole backup: {found[0]}. Nothing was changed."
        raise Unusable(message)


def _keep_former(target: Path) -> Path | None:
    """A copy of the present database, with what its journal still holds and without what a backup leaves out.

    A damaged one cannot be copied so: it is kept as it is, with its journal.
    """
    if not target.exists():
        return None
    stamp = datetime.fromtimestamp(WallClock().now() / 1000, UTC).strftime("%Y%m%d-%H%M%S")
    kept = target.with_name(f"{target.name}.before-{stamp}")
    try:
        backup(target, kept)
    except NoRoom:
        raise
    except Unusable:
        _keep_as_it_is(target, kept)
    return kept


def _keep_as_it_is(target: Path, kept: Path) -> None:
    """Under a second name."""
    _name_also(target, kept)
    journal = _beside(target, "-wal")
    if journal.exists():
        _name_also(journal, _beside(kept, "-wal"))
    _keep_names(target.parent)


def _name_also(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as many memory cards have
        shutil.copy2(path, other)


def _keep_names(folder: Path) -> None:
    """Wait until the disk has the folder's names too: a power cut would take back a rename that it has not."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(database: Path) -> None:
    database.unlink(missing_ok=True)
    _remove_journals(database)


def _remove_journals(database: Path) -> None:
    for suffix in JOURNALS:
        _beside(database, suffix).unlink(missing_ok=True)


def _beside(database: Path, suffix: str) -> Path:
    return database.with_name(f"{database.name}{suffix}")
