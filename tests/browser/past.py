"""Weeks of an office's past, written in bulk before its hub starts: what reports are made of."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from app.bootstrap import seed_if_new
from app.clock import FastClock
from app.core.for_reports import Visit
from app.core.hall import OVERRUN_REASONS, Place, Ticket, TicketState
from app.hub import Hub
from app.store.log import ADD_EVENT, PUT_TICKET, PUT_VISIT
from app.store.rows import ticket_row, visit_row
from app.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MINUTE_MS = 60_000
TARGET_MS = 15 * MINUTE_MS
SATURDAY = 5
COMES, SAYS_WHY = 0.96, 0.8  # of those who are called; of the clerks whose handling passed its target
BEFORE = datetime(2020, 1, 1, 1, tzinfo=UTC)
OPENS = timedelta(minutes=30)  # 07:30 of Vietnam, after midnight of UTC
# How many of a hundred take their number in each hour from half past seven.
RUSH = (22, 30, 14, 6, 2, 1, 10, 9, 6)
CLERKS = ("lan", "hoa", "minh", "tuan", "ngoc", "binh", "thu", "son", "ha", "long")


@dataclass
class Line:
    """A row of the log that is still without its place in it."""

    at: int
    kind: str
    counter: int | None = None
    citizen: Citizen | None = None
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Citizen:
    """Came, waited, was called to a counter, and handled there for `handle_ms` (0: did not come)."""

    day: str
    series: int
    service: str
    letter: str
    issued: int
    counter: int = 0
    called: int = 0
    walk_ms: int = 0
    handle_ms: int = 0
    first: int = 0
    last: int = 0

    @property
    def id(self) -> str:
        return f"{self.day}-{self.service}{self.series:08d}"

    @property
    def number(self) -> str:
        return f"{self.letter}{self.series:03d}"

    @property
    def ended(self) -> int:
        return self.called + self.walk_ms + self.handle_ms

    def lines(self) -> Iterator[Line]:
        born = {"service": self.service, "series": self.series, "number": self.number, "procedure": None}
        born |= {"priority": None, "language": "vi", "channel": "kiosk"}
        reason = {"code": "oldest", "waited_s": (self.called - self.issued) // 1000, "service": self.service}
        yield Line(self.issued, "TicketIssued", citizen=self, data=born)
        yield Line(self.called, "TicketCalled", self.counter, self, {"reason": reason})
        yield Line(self.ended, "TicketFinished" if self.handle_ms else "TicketMissed", self.counter, self)

    def ticket(self, draw: Random) -> dict[str, object]:
        explained = self.handle_ms > TARGET_MS and draw.random() < SAYS_WHY
        return ticket_row(
            Ticket(
                id=self.id,
                day=self.day,
                series=self.series,
                number=self.number,
                service=self.service,
                origin=self.service,
                issued_at=self.issued,
                place=Place(self.issued, self.first),
                since=self.ended,
                state=TicketState.FINISHED if self.handle_ms else TicketState.MISSED,
                counter=self.counter,
                called_at=self.called,
                arrived_at=self.called + self.walk_ms if self.handle_ms else None,
                ended_at=self.ended,
                calls=1,
                changed=self.last,
                overrun=draw.choice(OVERRUN_REASONS) if explained else None,
            )
        )

    def visit(self) -> dict[str, object]:
        return visit_row(
            Visit(
                self.last,
                self.id,
                self.day,
                self.service,
                self.counter,
                CLERKS[self.counter - 1],
                self.called,
                self.ended,
                self.called - self.issued,
                self.handle_ms or None,
                "finished" if self.handle_ms else "missed",
            )
        )


def write_past(path: Path, first: date, days: int, a_day: int) -> None:
    """A new centre at `path` whose office was open on the weekdays of these days; about `a_day` citizens on each."""
    draw = Random(1)  # noqa: S311 - the same past every time
    with Store.opened(path) as store:
        hub = Hub(store, FastClock(int(BEFORE.timestamp() * 1000), 1))
        seed_if_new(hub)
        counters = {number: counter.own for number, counter in hub.hall.counters.items()}
        letters = {code: service.letter for code, service in hub.hall.services.items()}
        seq = hub.hall.seq
    with sqlite3.connect(path) as db:
        for offset in range(days):
            day = first + timedelta(days=offset)
            if day.weekday() < SATURDAY:
                seq = _write_day(db, seq, _Day(day, draw, counters, letters), int(a_day * draw.uniform(0.75, 1.25)))
    db.close()


def _write_day(db: sqlite3.Connection, seq: int, day: _Day, people: int) -> int:
    citizens = day.citizens(people)
    lines = [Line(day.opens, "DayStarted"), *day.turns(), *(line for each in citizens for line in each.lines())]
    db.execute("INSERT INTO day (day, first) VALUES (?, ?)", (day.date, seq + 1))
    for line in sorted(lines, key=lambda each: each.at):
        seq += 1
        ticket = line.citizen.id if line.citizen else None
        if line.citizen:
            line.citizen.first, line.citizen.last = line.citizen.first or seq, seq
        data = json.dumps(line.data)
        db.execute(ADD_EVENT, (seq, line.at, day.date, line.kind, ticket, line.counter, "system:hub", data, seq))
    db.executemany(PUT_TICKET, [each.ticket(day.draw) for each in citizens])
    db.executemany(PUT_VISIT, [each.visit() for each in citizens])
    return seq


class _Day:
    """One weekday: who came when, and which counter took whom."""

    def __init__(
        self, day: date, draw: Random, counters: Mapping[int, tuple[str, ...]], letters: Mapping[str, str]
    ) -> None:
        self.date, self.draw, self.counters, self.letters = day.isoformat(), draw, counters, letters
        self.opens = int((datetime(day.year, day.month, day.day, tzinfo=UTC) + OPENS).timestamp() * 1000)

    def turns(self) -> Iterator[Line]:
        for number in self.counters:
            yield Line(self.opens, "CounterOpened", number, data={"clerk": CLERKS[number - 1]})
            yield Line(self.opens + 12 * 60 * MINUTE_MS, "CounterClosed", number)

    def citizens(self, people: int) -> list[Citizen]:
        """One after another, each to the first free of the counters that have the service."""
        served = sorted({code for own in self.counters.values() for code in own})
        comers = sorted((self._came(), self.draw.choice(served)) for _ in range(people))
        free, series, found = dict.fromkeys(self.counters, self.opens), dict.fromkeys(served, 0), []
        for issued, service in comers:
            series[service] += 1
            number = min((n for n, own in self.counters.items() if service in own), key=lambda n: free[n])
            citizen = Citizen(self.date, series[service], service, self.letters[service], issued, number)
            citizen.called = max(issued, free[number]) + 5_000
            citizen.walk_ms = int(self.draw.uniform(12_000, 55_000))
            came = self.draw.random() < COMES
            citizen.handle_ms = int(self.draw.lognormvariate(1.75, 0.55) * MINUTE_MS) if came else 0
            free[number] = citizen.ended
            found.append(citizen)
        return found

    def _came(self) -> int:
        hour = self.draw.choices(range(len(RUSH)), RUSH)[0]
        return self.opens + int((hour + self.draw.random()) * 60 * MINUTE_MS)
