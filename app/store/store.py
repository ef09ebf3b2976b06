"""The store: one connection that writes, one that reads."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from app.core.change import Change
from app.core.events import Recorded
from app.core.hall import Hall, Ticket
from app.store import catalogue, log, rows
from app.store.database import check_place, connect, lock, naming_the_file, open_database
from app.store.load import load_hall, select


class Store:
    """A centre's database, held for one hub. Raises AlreadyRunning or Unusable on opening."""

    def __init__(self, path: Path) -> None:
        self.path = path
        check_place(path)
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
        with naming_the_file(self.path):
            row = self.db.execute(sql, (key,)).fetchone()
        return log.Answer(*row) if row else None

    def events(self, after: int, limit: int) -> list[Recorded]:
        return list(log.events(self.reads, after, limit))

    def events_before(self, seq: int, limit: int) -> list[Recorded]:
        """The newest first."""
        return list(log.events_before(self.reads, seq, limit))

    def ticket(self, id_: str) -> Ticket | None:
        """A ticket of these last days; older ones have no page any more."""
        sql = "SELECT * FROM ticket WHERE day IN (SELECT day FROM day ORDER BY day DESC LIMIT 3) AND id = ?"
        row = next(select(self.reads, sql, id_), None)
        return rows.ticket_from(row) if row else None

    def procedures(
        self, text: str, service: str | None, limit: int | None = None, offset: int = 0
    ) -> list[dict[str, Any]]:
        """Found by everyday words, the best first; all of them by field for an empty `text`, from `offset` on."""
        return [asdict(each) for each in catalogue.find(self.reads, text, service, limit, offset)]

    def procedure(self, code: str) -> dict[str, Any] | None:
        found = catalogue.one(self.reads, code)
        return asdict(found) if found else None

    def every_procedure(self) -> list[catalogue.Procedure]:
        """In the order of its file."""
        return catalogue.every(self.reads)

    def checkpoint(self) -> None:
        """Move what the journal holds into the file. Slow (it waits for the disk), so never on a press's way."""
        with contextlib.closing(connect(self.path).conn) as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def probe(self) -> None:
        """Can the database still be read and written? Raises Unusable."""
        with naming_the_file(self.path):
            self.reads.execute("SELECT seq FROM event ORDER BY seq DESC LIMIT 1").fetchone()
            with self.db.atomic():
                self.db.execute("DELETE FROM secret WHERE name = 'probe'")
