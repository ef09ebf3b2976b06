"""The sums of a span of days, read from its tickets, visits and openings."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlite_utils import Database

from app.store.reports.idle import Stay, Turn, gaps
from app.store.reports.standard import QUARTER_MS, Standard
from app.store.reports.sums import Cell, Mean, Sums, Tally, add_cells

NEVER = 9223372036854775807  # the largest seq that SQLite can hold

# Of those who gave up, and of nobody else: how long they had waited in vain.
TICKETS = f"""SELECT day, service, state, issued_at / {QUARTER_MS},
                     CASE WHEN state IN ('cancelled', 'closed') AND calls = 0 THEN ended_at - issued_at END, channel
              FROM ticket WHERE day BETWEEN ? AND ?"""  # noqa: S608 - our own number
# A citizen who was called anew has the later arrival in the ticket: the earlier walk is not known any more. So with the
# reason why it took long.
VISITS = """SELECT v.service, v.counter, ifnull(v.clerk, ''), v.day, v.called_at, v.ended_at, max(v.wait_ms, 0),
                   max(v.handle_ms, 0), v.outcome,
                   CASE WHEN t.called_at = v.called_at AND t.counter = v.counter
                        THEN max(t.arrived_at - v.called_at, 0) END,
                   CASE WHEN t.called_at = v.called_at AND t.counter = v.counter THEN t.overrun END
            FROM visit v LEFT JOIN ticket t ON t.day = v.day AND t.id = v.ticket
            WHERE v.seq > ? AND v.seq < ? ORDER BY v.seq"""
# Those that the next day's beginning closed had been left open in the evening: nobody knows since when.
TURNS = """SELECT day, counter, at, type = 'CounterOpened', ifnull(json_extract(data, '$.clerk'), '')
           FROM event WHERE seq > :begin AND seq < :end AND type IN ('CounterOpened', 'CounterPaused', 'CounterClosed')
           AND command NOT IN (SELECT command FROM event JOIN day ON seq = first WHERE first > :begin AND first <= :end)
        """
DOSSIERS = ("received_online", "received_in_person", "returned_before", "returned_on", "returned_after")
ENTERED = f"""SELECT service, {", ".join(f"sum({name})" for name in DOSSIERS)}
              FROM dossiers WHERE day BETWEEN ? AND ? GROUP BY service"""  # noqa: S608 - our own names


class Visit(NamedTuple):
    """A row of VISITS; its first three fields are whose it is."""

    service: str
    counter: int
    clerk: str
    day: str
    called_at: int
    ended_at: int
    wait: int | None
    handle: int | None
    outcome: str
    walk: int | None
    reason: str | None


def gather(db: Database, first: str, last: str, standard: Standard) -> Sums:
    """The sums of the days from `first` to `last`, both included."""
    sums = Sums()
    span = seqs(db, first, last)
    visits = [Visit._make(row) for row in db.execute(VISITS, span)]
    _tickets(sums, db.execute(TICKETS, (first, last)), standard)
    _visits(sums, visits, standard)
    _overruns(sums, visits, standard)
    _waits(sums, visits, standard)
    _idle(sums, visits, db.execute(TURNS, {"begin": span[0], "end": span[1]}))
    for service, *counts in db.execute(ENTERED, (first, last)):
        sums.dossiers.update({(service, name): n for name, n in zip(DOSSIERS, counts, strict=True) if n})
    return sums


def seqs(db: Database, first: str, last: str) -> tuple[int, int]:
    """The events of these days: those after one seq and before another."""
    begins = db.execute("SELECT ifnull(min(first), ?) FROM day WHERE day >= ?", (NEVER, first)).fetchone()[0]
    ends = db.execute("SELECT ifnull(min(first), ?) FROM day WHERE day > ?", (NEVER, last)).fetchone()[0]
    return begins, ends


def _tickets(sums: Sums, rows: Iterable[tuple[str, str, str, int, int | None, str]], standard: Standard) -> None:
    for (day, service, state, quarter, in_vain, channel), count in Counter(rows).items():
        sums.tickets[service, state] += count
        sums.channels[channel, state] += count
        sums.day(day).issued += count
        sums.hour(standard.hour(quarter)).issued += count
        if in_vain is not None and in_vain > standard.wait_target(service):
            sums.left_late[service] += count


def _visits(sums: Sums, visits: list[Visit], standard: Standard) -> None:
    cells: dict[tuple[str, int, str], list[Visit]] = defaultdict(list)
    for visit in visits:
        cells[visit[:3]].append(visit)
    for (service, counter, clerk), found in cells.items():
        cell = _cell(found, standard.wait_target(service), standard.handle_target(service))
        add_cells(sums.services, [(service, cell)])
        add_cells(sums.counters, [(counter, cell)])
        if clerk:
            add_cells(sums.clerks, [(clerk, cell)])
            sums.stood.add((counter, clerk))


def _overruns(sums: Sums, visits: list[Visit], standard: Standard) -> None:
    """Finished, and handled beyond the target of its service: as the clerk is asked about it."""
    for visit in visits:
        if visit.outcome == "finished" and (visit.handle or 0) > standard.handle_target(visit.service):
            sums.overruns[visit.service] += 1
            if visit.reason:
                sums.reasons[visit.reason] += 1


def _cell(visits: list[Visit], wait_target: int, handle_target: int) -> Cell:
    walks = [visit.walk for visit in visits if visit.walk is not None]
    return Cell(
        waits=Tally.of([visit.wait for visit in visits if visit.wait is not None], wait_target),
        handling=Tally.of([visit.handle for visit in visits if visit.handle is not None], handle_target),
        walk=Mean(len(walks), sum(walks)),
        outcomes=Counter([visit.outcome for visit in visits]),
        busy=sum(max(visit.ended_at - visit.called_at, 0) for visit in visits),
    )


def _waits(sums: Sums, visits: list[Visit], standard: Standard) -> None:
    """Waits by day, and by the hour in which they began."""
    lengths: dict[str, list[int]] = defaultdict(list)
    for visit in visits:
        day = sums.day(visit.day)
        day.served += visit.outcome == "finished"
        if visit.wait is None:
            continue
        lengths[visit.day].append(visit.wait)
        within = visit.wait <= standard.wait_target(visit.service)
        began = standard.hour((visit.called_at - visit.wait) // QUARTER_MS)
        for mean in (day.waits, sums.hour(began).waits):
            mean.count += 1
            mean.total += visit.wait
            mean.within += within
    for date, waits in lengths.items():
        sums.days[date].wait_p90 = Tally.of(waits, 0).percentile(90)


def _idle(sums: Sums, visits: list[Visit], turns: Iterable[tuple[str, int, int, int, str]]) -> None:
    happened: dict[tuple[str, int], list[Stay | Turn]] = defaultdict(list)
    of_clerks: Counter[str] = Counter()
    for visit in visits:
        happened[visit.day, visit.counter].append(Stay(visit.called_at, visit.ended_at, visit.clerk))
    for day, counter, at, opened, clerk in turns:
        happened[day, counter].append(Turn(at, bool(opened), clerk))
    for (_day, counter), of_day in happened.items():
        cell = sums.counters.setdefault(counter, Cell())
        for clerk, free in gaps(of_day):
            cell.idle += free
            if clerk:
                of_clerks[clerk] += free
    add_cells(sums.clerks, ((clerk, Cell(idle=free)) for clerk, free in of_clerks.items()))
