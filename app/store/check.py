"""Are the rows what the log says? Folds the log again with the core's own rules and compares."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlite_utils import Database

from app.core.change import Change, change
from app.core.events import DayStarted, Recorded
from app.core.for_reports import DossierCount
from app.core.hall import LONG_AGO, Hall
from app.store import rows
from app.store.load import load_hall, select
from app.store.log import events

SHOWN = 20
MAPPINGS = (
    "services",
    "counters",
    "queues",
    "procedures",
    "series",
    "skills",
    "dossiers",
    "answered",
    "bookings",
    "notices",
    "assistance",
)


def differences(db: Database) -> list[str]:
    """One sentence for each difference, at most the first 20; empty when log and rows agree."""
    return list(islice(_Fold(db).differences(), SHOWN))


class _BrokenLog(Exception):
    """The log cannot be followed any further; says where."""


class _Fold:
    """Follows the log from its first event and compares each day's tickets as that day ends."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.hall = Hall()
        self.rows: Counter[str] = Counter()
        self.dossiers = dict[str, DossierCount]()
        self.ratings: Counter[tuple[Any, ...]] = Counter()
        self.undone = self._undone_seqs()

    def differences(self) -> Iterator[str]:
        yield from (f"the file is damaged: {line}" for (line,) in self.db.execute("PRAGMA quick_check") if line != "ok")
        try:
            for recorded in self._recorded():
                yield from self._follow(recorded)
        except _BrokenLog as broken:
            yield str(broken)
            return
        yield from self._end_of_day()
        yield from self._bookings(before=None)
        yield from self._ratings()
        yield from self._present()
        for table in ("day", "ticket", "visit", "dossiers", "advice", "booking", "rating"):
            yield from self._strangers(table)

    def _recorded(self) -> Iterator[Recorded]:
        try:
            yield from events(self.db)
        except (KeyError, TypeError, ValueError) as error:
            raise _BrokenLog(f"event {self.hall.seq + 1} cannot be read: {error!r}") from error

    def _follow(self, recorded: Recorded) -> Iterator[str]:
        step = self._step(recorded)
        if isinstance(recorded.event, DayStarted):
            yield from self._end_of_day()
            yield from self._bookings(before=recorded.day)
            self.rows["day"] += 1
            yield from self._compare("day", ("day",), {"day": recorded.day, "first": recorded.seq})
        yield from self._visit(step)
        yield from self._told(step)
        self.hall = step.hall

    def _step(self, recorded: Recorded) -> Change:
        """The next step; what comes after a hole or an impossible event cannot be judged."""
        if recorded.seq != self.hall.seq + 1:
            raise _BrokenLog(f"event {self.hall.seq + 1} is missing from the log: the next one is {recorded.seq}")
        try:
            return change(self.hall, recorded)
        except (AssertionError, KeyError) as error:
            told = f"event {recorded.seq}, {type(recorded.event).__name__}"
            raise _BrokenLog(f"{told}, cannot follow the ones before it: {error!r}") from error

    def _end_of_day(self) -> Iterator[str]:
        """What may change as long as its day lasts."""
        self.rows["ticket"] += len(self.hall.tickets)
        for ticket in self.hall.tickets.values():
            yield from self._compare("ticket", ("day", "id"), rows.ticket_row(ticket))
        self.rows["dossiers"] += len(self.dossiers)
        for count in self.dossiers.values():
            yield from self._compare("dossiers", ("day", "ticket"), rows.dossiers_row(count))
        self.dossiers.clear()

    def _bookings(self, before: str | None) -> Iterator[str]:
        """Those that the hall forgets as the day `before` begins; None: all that are left."""
        gone = [booking for booking in self.hall.bookings.values() if before is None or booking.day < before]
        self.rows["booking"] += len(gone)
        for booking in gone:
            yield from self._compare("booking", ("id",), rows.booking_row(booking))

    def _ratings(self) -> Iterator[str]:
        self.rows["rating"] = len(self.ratings)
        columns = ("day", "service", "counter", "face", "reason")
        for told, count in self.ratings.items():
            yield from self._compare("rating", columns, dict(zip(columns, told, strict=True)) | {"count": count})

    def _told(self, step: Change) -> Iterator[str]:
        """Dossiers may be corrected until the day ends; an advice is answered once."""
        if step.touched.dossiers:
            self.dossiers[step.touched.dossiers.ticket] = step.touched.dossiers
        if rating := step.touched.rating:
            self.ratings[rating.day, rating.service, rating.counter, rating.face, rating.reason or ""] += 1
        if step.touched.advice:
            self.rows["advice"] += 1
            yield from self._compare("advice", ("day", "id"), rows.advice_row(step.touched.advice))

    def _visit(self, step: Change) -> Iterator[str]:
        """A visit is compared at once, unless a later undo took it away: then it must be gone."""
        visit = step.touched.visit
        if visit and visit.seq in self.undone:
            yield from self._gone(visit.seq)
        elif visit:
            self.rows["visit"] += 1
            yield from self._compare("visit", ("seq",), rows.visit_row(visit))

    def _undone_seqs(self) -> set[int]:
        """The events of every press that was taken back later."""
        ranges = self.db.execute(
            "SELECT json_extract(data, '$.first'), json_extract(data, '$.last') FROM event WHERE type = 'PressUndone'"
            " AND json_valid(data)"
        )
        return {seq for first, last in ranges for seq in range(first, last + 1)}

    def _gone(self, seq: int) -> Iterator[str]:
        if self.db.execute("SELECT 1 FROM visit WHERE seq = ?", (seq,)).fetchone():
            yield f"visit {seq} was undone but still has a row"

    def _compare(self, table: str, key: tuple[str, ...], told: dict[str, Any]) -> Iterator[str]:
        where = " AND ".join(f"{name} = ?" for name in key)
        kept = next(select(self.db, f"SELECT * FROM {table} WHERE {where}", *(told[name] for name in key)), None)  # noqa: S608
        name = f"{table} {told[key[-1]]}"
        if kept is None:
            yield f"{name} is in the log but has no row"
        elif kept != told:
            unlike = {column: (told[column], kept[column]) for column in told if told[column] != kept[column]}
            yield f"{name}: the log and the row differ in {unlike!r} (log, row)"

    def _present(self) -> Iterator[str]:
        """The hall that a hub would start with, against the hall that the log leads to."""
        try:
            loaded = load_hall(self.db)
        except (KeyError, TypeError, ValueError) as error:
            yield f"the rows cannot be read: {error!r}"
            return
        for what in ("seq", "day", "settings", "rota", "slots", "closed"):
            yield from _differ(what, getattr(self.hall, what), getattr(loaded, what))
        for what in MAPPINGS:
            told, kept = getattr(self.hall, what), getattr(loaded, what)
            for key in sorted(told.keys() | kept.keys(), key=str):
                yield from _differ(f"{what} {key}", told.get(key) or None, kept.get(key) or None)
        for code in self.hall.services:
            counts = self.hall.weave.get(code, LONG_AGO), loaded.weave.get(code, LONG_AGO)
            yield from _differ(f"service {code}, calls since a priority one", *counts)

    def _strangers(self, table: str) -> Iterator[str]:
        (kept,) = self.db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - our names
        yield from _differ(f"{table} rows", self.rows[table], kept)


def _differ(what: str, told: object, kept: object) -> Iterator[str]:
    if told != kept:
        yield f"{what}: the log says {told!r}, the rows say {kept!r}"
