"""The store: one connection that writes, one that reads."""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

from app.core.change import Change
from app.core.events import Recorded
from app.core.hall import Hall
from app.store import log
from app.store.database import connect, lock, naming_the_file, open_database
from app.store.load import load_hall


class Store:
    """A centre's database, held for one hub. Raises AlreadyRunning or Unusable on opening."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._holder = lock(path)
        try:
            self.db = open_database(path)
            self.reads = connect(path)
        except BaseException:
            self._holder.release()
            raise

    @classmethod
    @contextlib.contextmanager
    def opened(cls, path: Path) -> Iterator[Self]:
        """For a command that uses the store and goes."""
        store = cls(path)
        try:
            yield store
        finally:
            store.close()

    def close(self) -> None:
        self.reads.conn.close()
        self.db.conn.close()
        self._holder.release()

    def load_hall(self) -> Hall:
        with naming_the_file(self.path):
            return load_hall(self.db)

    def commit(self, changes: Sequence[Change], answer: log.Answer | None = None, also: log.Also | None = None) -> None:
        log.commit(self.db, self.path, changes, answer, also)

    def answer(self, key: str) -> log.Answer | None:
        """The answer kept for a key, if the command was already carried out."""
        sql = "SELECT key, fingerprint, at, status, body FROM answer WHERE key = ?"
        row = self.db.execute(sql, (key,)).fetchone()
        return log.Answer(*row) if row else None

    def events(self, after: int, limit: int) -> list[Recorded]:
        return list(log.events(self.reads, after, limit))

    def backup(self, target: Path) -> None:
        """A whole copy, taken while the hub works. Raises FileExistsError, OSError or sqlite3.Error."""
        if target.exists():
            raise FileExistsError(target)
        with contextlib.closing(sqlite3.connect(target)) as copy:
            self.reads.conn.backup(copy)
