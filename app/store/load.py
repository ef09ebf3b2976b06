"""The hall as the rows tell it: what the hub starts from. Costs one day, however long the history."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from sqlite_utils import Database

from app.core.bookings import Booking
from app.core.centre import Notice, Service, Settings
from app.core.events import PressUndone, TicketCalled, TicketRecalled
from app.core.hall import CALLS_KEPT, Call, Counter, Hall, Queue, Standing, Ticket, TicketState
from app.core.undoing import CALLING
from app.store import rows
from app.store.log import EVENTS, recorded_from


def load_hall(db: Database) -> Hall:
    """Today's hall, from rows and today's last calls."""
    seq, at, day = db.execute("SELECT seq, at, day FROM event ORDER BY seq DESC LIMIT 1").fetchone() or (0, 0, "")
    tickets = {ticket.id: ticket for ticket in _tickets(db, day)}
    services = _services(db)
    bookings = {booking.id: booking for booking in _bookings(db, day)}
    return Hall(
        seq=seq,
        at=at,
        day=day,
        settings=_settings(db),
        services={service.code: service for service, _ in services},
        procedures=dict(db.execute("SELECT code, service FROM procedure").fetchall()),
        counters={counter.number: counter for counter in _counters(db)},
        tickets=tickets,
        queues=_queues(tickets.values()),
        kept=_kept(tickets.values()),
        series=_series(tickets.values(), bookings.values(), day),
        weave={service.code: count for service, count in services},
        calls=_calls(db, day),
        skills=dict(map(rows.skill_from, select(db, "SELECT * FROM skill"))),
        rota=tuple(map(rows.shift_from, select(db, "SELECT * FROM shift ORDER BY position"))),
        dossiers={row["ticket"]: rows.dossiers_from(row) for row in _of_day(db, "dossiers", day)},
        slots=tuple(map(rows.slot_from, select(db, "SELECT * FROM slot ORDER BY position"))),
        closed=tuple(map(rows.closed_from, select(db, "SELECT * FROM closed_days ORDER BY position"))),
        bookings=bookings,
        notices=dict(_notices(db)),
        assistance=dict(db.execute("SELECT place, at FROM assistance").fetchall()),
        answered={row["id"]: rows.answered_from(row) for row in _of_day(db, "advice", day)},
    )


def select(db: Database, sql: str, *parameters: Any) -> Iterator[dict[str, Any]]:
    """Rows as dictionaries."""
    cursor = db.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _of_day(db: Database, table: str, day: str) -> Iterator[dict[str, Any]]:
    return select(db, f"SELECT * FROM {table} WHERE day = ?", day)  # noqa: S608 - our names


def _tickets(db: Database, day: str) -> Iterator[Ticket]:
    return map(rows.ticket_from, select(db, "SELECT * FROM ticket WHERE day = ? ORDER BY place_seq", day))


def _bookings(db: Database, day: str) -> Iterator[Booking]:
    """Today's and those to come."""
    return map(rows.booking_from, select(db, "SELECT * FROM booking WHERE day >= ? ORDER BY made_at, id", day))


def _notices(db: Database) -> Iterator[tuple[str, Notice]]:
    for id_, value in db.execute("SELECT id, value FROM notice"):
        yield id_, rows.notice_loads(value)


def _services(db: Database) -> list[tuple[Service, int]]:
    found = select(db, "SELECT * FROM service ORDER BY position, code")
    return [(rows.service_from(row), row["since_priority"]) for row in found]


def _counters(db: Database) -> Iterator[Counter]:
    return map(rows.counter_from, select(db, "SELECT * FROM counter ORDER BY number"))


def _settings(db: Database) -> Settings:
    row = db.execute("SELECT value FROM setting").fetchone()
    return rows.settings_loads(row[0]) if row else Settings()


def _queues(tickets: Iterable[Ticket]) -> dict[str, Queue]:
    lines: dict[tuple[str, bool], list[Standing]] = {}
    for ticket in tickets:
        if ticket.state is TicketState.WAITING:
            line = lines.setdefault((ticket.service, bool(ticket.priority)), [])
            line.append(Standing(ticket.place, ticket.id))
    return {
        service: Queue(
            ordinary=tuple(sorted(lines.get((service, False), ()))),
            priority=tuple(sorted(lines.get((service, True), ()))),
        )
        for service, _ in lines
    }


def _kept(tickets: Iterable[Ticket]) -> dict[int, tuple[str, ...]]:
    """Who is parked at which counter, the one parked first first."""
    kept: dict[int, tuple[str, ...]] = {}
    parked = (ticket for ticket in tickets if ticket.state is TicketState.PARKED)
    for ticket in sorted(parked, key=lambda ticket: (ticket.since, ticket.place)):
        if ticket.counter is not None:
            kept[ticket.counter] = (*kept.get(ticket.counter, ()), ticket.id)
    return kept


def _series(tickets: Iterable[Ticket], bookings: Iterable[Booking], day: str) -> dict[str, int]:
    """The last number of each service: printed, or reserved for somebody who comes from home."""
    last: dict[str, int] = {}
    for ticket in tickets:
        last[ticket.origin] = max(last.get(ticket.origin, 0), ticket.series)
    for booking in bookings:
        if booking.series is not None and booking.day == day:
            last[booking.service] = max(last.get(booking.service, 0), booking.series)
    return last


def _calls(db: Database, day: str) -> tuple[Call, ...]:
    """The last calls that no undo took back, newest first; kept as `evolve` keeps them."""
    found = db.execute(
        f"""{EVENTS} WHERE seq > (SELECT first FROM day WHERE day = ?)
            AND type IN ('TicketCalled', 'TicketRecalled', 'PressUndone') ORDER BY seq""",  # noqa: S608
        (day,),
    )
    calls: deque[Call] = deque(maxlen=CALLS_KEPT)
    for recorded in map(recorded_from, found):
        match recorded.event:
            case TicketCalled(ticket=ticket, counter=counter):
                calls.appendleft(Call(recorded.seq, ticket, counter, recorded.at, again=False))
            case TicketRecalled(ticket=ticket, counter=counter):
                calls.appendleft(Call(recorded.seq, ticket, counter, recorded.at, again=True))
            case PressUndone(counter=counter, verb=verb, first=first) if verb == CALLING:
                calls = deque((c for c in calls if c.counter != counter or c.seq < first), CALLS_KEPT)
    return tuple(calls)
