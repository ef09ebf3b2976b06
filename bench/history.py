"""A database with a long past: whole days of tickets, issued, called and finished, written in bulk.

Rows and log agree as they do after a real day (`toiluot check` passes), so what is measured on it is real.
"""

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.bootstrap import seed_if_new
from app.clock import FastClock
from app.core.commands import OpenCounter
from app.core.for_reports import Visit
from app.core.hall import Place, Ticket, TicketState
from app.hub import Hub
from app.store.log import ADD_EVENT, PUT_TICKET, PUT_VISIT
from app.store.rows import ticket_row, visit_row
from app.store.store import Store

A_DAY = 400
FIRST = datetime(2016, 1, 4, 1, tzinfo=UTC)
MINUTE_MS = 60_000
WAIT_MS, HANDLE_MS = 7 * MINUTE_MS, 4 * MINUTE_MS
ARRIVE_MS = 30_000


def make(path: Path, tickets: int) -> None:
    """A centre with so many past tickets, the last of them long ago."""
    seq = _seed(path)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA synchronous = OFF")
        for day in range(1, tickets // A_DAY + 2):
            began = FIRST + timedelta(days=day)
            date, at = began.date().isoformat(), int(began.timestamp() * 1000)
            seq += 1
            db.execute(ADD_EVENT, (seq, at, date, "DayStarted", None, None, "system:hub", "{}", seq))
            db.execute("INSERT INTO day (day, first) VALUES (?, ?)", (date, seq))
            if day * A_DAY > tickets:
                break
            people = [Past(date, n, at + n * MINUTE_MS, seq + 3 * n - 2) for n in range(1, A_DAY + 1)]
            db.executemany(ADD_EVENT, [event for person in people for event in person.events()])
            db.executemany(PUT_TICKET, [person.ticket() for person in people])
            db.executemany(PUT_VISIT, [person.visit() for person in people])
            seq += 3 * A_DAY
    db.close()


def _seed(path: Path) -> int:
    with Store.opened(path) as store:
        hub = Hub(store, FastClock(int(FIRST.timestamp() * 1000), 1))
        seed_if_new(hub)
        hub.handle(OpenCounter(1, "lan"))
        return hub.hall.seq


@dataclass(frozen=True, slots=True)
class Past:
    """One citizen of long ago: came, waited 7 minutes, was served in 4."""

    date: str
    n: int
    issued: int
    seq: int

    @property
    def id(self) -> str:
        return f"{self.date}-{self.n:013d}"

    @property
    def number(self) -> str:
        return f"A{self.n:03d}"

    @property
    def called(self) -> int:
        return self.issued + WAIT_MS

    @property
    def ended(self) -> int:
        return self.called + HANDLE_MS

    def events(self) -> list[tuple[object, ...]]:
        reason = {"reason": {"code": "oldest", "waited_s": WAIT_MS // 1000, "service": "HT"}}
        born = {"service": "HT", "series": self.n, "number": self.number, "procedure": None, "priority": None}
        born |= {"language": "vi", "channel": "kiosk"}
        return [
            self._event(0, self.issued, "TicketIssued", None, born),
            self._event(1, self.called, "TicketCalled", 1, reason),
            self._event(2, self.ended, "TicketFinished", 1, {}),
        ]

    def _event(self, nth: int, at: int, kind: str, counter: int | None, data: object) -> tuple[object, ...]:
        seq, actor = self.seq + nth, "clerk:lan" if counter else "kiosk:k"
        return seq, at, self.date, kind, self.id, counter, actor, json.dumps(data), seq

    def ticket(self) -> dict[str, object]:
        born = Ticket(
            id=self.id,
            day=self.date,
            series=self.n,
            number=self.number,
            service="HT",
            origin="HT",
            issued_at=self.issued,
            place=Place(self.issued, self.seq),
            since=self.ended,
            state=TicketState.FINISHED,
            counter=1,
            called_at=self.called,
            ended_at=self.ended,
            calls=1,
            changed=self.seq + 2,
        )
        return ticket_row(born)

    def visit(self) -> dict[str, object]:
        handle_ms = HANDLE_MS - ARRIVE_MS
        ended = Visit(
            self.seq + 2, self.id, self.date, "HT", 1, "lan", self.called, self.ended, WAIT_MS, handle_ms, "finished"
        )
        return visit_row(ended)
