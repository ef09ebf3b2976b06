"""Who serves what, and when: the breaks of today, the hour of closing, and the services that nobody will serve.

A counter's breaks of today are those announced; without any, the gaps between its shifts of that weekday in the rota.
Times are milliseconds since the epoch; the rota's clock is the centre's (settings.timezone).
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.core.centre import Shift
from app.core.hall import Break, Counter, CounterState, Hall

AHEAD_MS = 4 * 3_600_000
OPENS_WITHIN_MS = 10 * 60_000  # whoever is due and not there yet is taken to come within so long
SHORTEST_MS = 10 * 60_000  # a shorter absence is no news: whoever waits has hardly noticed it


class Gap(NamedTuple):
    """Nobody serves `service` from `start` (ms) to `end`, or until the hall closes (None)."""

    service: str
    start: int
    end: int | None


class Span(NamedTuple):
    start: int
    end: int


def planned_breaks(hall: Hall, counter: Counter, now: int) -> tuple[Break, ...]:
    """All of today's breaks of a counter, past ones too, the earliest first."""
    if counter.breaks:
        return counter.breaks
    shifts = _shifts(hall, counter, now)
    return tuple(Break(one.end, next_.start) for one, next_ in pairwise(shifts) if one.end < next_.start)


def closes_at(hall: Hall, counter: Counter, now: int) -> int | None:
    """When the counter's last shift of today ends; None where the rota has none for it today."""
    shifts = _shifts(hall, counter, now)
    return shifts[-1].end if shifts else None


def due_clerk(hall: Hall, counter: Counter, now: int) -> str | None:
    """Who should sit at the counter now by the rota."""
    today = _day(hall, now)
    for shift in _lines(hall, counter, today):
        start, end = _span(hall, shift, today)
        if start <= now < end:
            return shift.clerk or None
    return None


def able(hall: Hall, counter: Counter) -> tuple[str, ...]:
    """What may be served here without asking more of the clerk than they can do.

    Without an entry in the skills, and where no clerk sits: what the counter has already.
    """
    return hall.skills.get(counter.clerk or "", counter.own + counter.help)


def gaps(hall: Hall, now: int) -> tuple[Gap, ...]:
    """From when to when nobody serves an active service, beginning within the next four hours; the earliest first.

    A counter is there while it is open, or paused without a told end, or (closed) during its shifts; it is away during
    its planned breaks, until the told end of a pause, and after its last shift. A counter that is still open after
    that stays until somebody closes it.

    What is no news is left out: an absence of less than ten minutes, the time before the first counter opens
    and after the last one closes, and a service that nobody serves today at all. Where somebody waits, they count.
    """
    there = {counter.number: _presence(hall, counter, now) for counter in hall.counters.values()}
    everywhere = [span for spans in there.values() for span in spans]
    hours = Span(min((s.start for s in everywhere), default=now), max((s.end for s in everywhere), default=now))
    found = [
        gap
        for service in hall.services.values()
        if service.active
        for gap in _gaps_of(hall, service.code, _serving(hall, service.code, there), hours, now)
    ]
    return tuple(sorted(found, key=lambda gap: (gap.start, hall.services[gap.service].position, gap.service)))


def absences(hall: Hall, counter: Counter, now: int) -> tuple[Break, ...]:
    """When a counter calls nobody, from now on to the end of the day; the earliest first.

    A counter that is open goes on after its last shift, until nobody waits. A closed one opens for its next shift, or
    shortly after the present one began. A pause without a told end, outside the planned breaks, is taken to last:
    nobody knows better.
    """
    midnight, breaks = _midnight(hall, now), [Span(*each) for each in planned_breaks(hall, counter, now)]
    if counter.state is CounterState.CLOSED:
        there = [
            Span(begins, end) for start, end in _shifts(hall, counter, now) if (begins := _opens(start, now)) < end
        ]
        there = [span for span in there if span.start > now]
    elif counter.state is CounterState.PAUSED and counter.until is not None:
        there = [Span(max(now, _at(hall, _day(hall, now), counter.until)), midnight)]
    elif counter.state is CounterState.PAUSED and not any(each.start <= now < each.end for each in breaks):
        there = []
    else:
        there = [Span(now, midnight)]
    return tuple(Break(*span) for span in _without([Span(now, midnight)], _without(there, breaks)))


def _opens(start: int, now: int) -> int:
    return start if start > now else start + OPENS_WITHIN_MS


def clock_time(hall: Hall, at: int) -> str:
    """HH:MM of the centre's clock."""
    return _day(hall, at).strftime("%H:%M")


def _serving(hall: Hall, service: str, there: dict[int, list[Span]]) -> list[Span]:
    return [s for c in hall.counters.values() if service in c.own or service in c.help for s in there[c.number]]


def _gaps_of(hall: Hall, service: str, serving: list[Span], hours: Span, now: int) -> Iterable[Gap]:
    midnight = _midnight(hall, now)
    for start, end in _without([Span(now, midnight)], serving):
        comes_back = end < midnight
        if start == now and hall.queue(service):
            known = Span(start, end)
        elif start == now and not comes_back:
            continue
        else:
            known = Span(max(start, hours.start), min(end, hours.end))
        if known.end - known.start >= SHORTEST_MS and known.start < now + AHEAD_MS:
            yield Gap(service, known.start, end if comes_back else None)


def _presence(hall: Hall, counter: Counter, now: int) -> list[Span]:
    """When the counter is there between now and midnight."""
    midnight, shifts = _midnight(hall, now), _shifts(hall, counter, now)
    away = [Span(*each) for each in planned_breaks(hall, counter, now)]
    if counter.state is CounterState.CLOSED:
        there = [Span(max(start, now), end) for start, end in shifts if end > now]
    else:
        last = shifts[-1].end if shifts else now
        there = [Span(now, last if last > now else midnight)]
    if counter.state is CounterState.PAUSED and counter.until is not None:
        away.append(Span(now, _at(hall, _day(hall, now), counter.until)))
    return _without(there, away)


def _without(spans: list[Span], away: Iterable[Span]) -> list[Span]:
    """What is left of the spans, the earliest first."""
    for absence in away:
        spans = [
            part
            for start, end in spans
            for part in (Span(start, min(end, absence.start)), Span(max(start, absence.end), end))
            if part.start < part.end
        ]
    return sorted(spans)


def _shifts(hall: Hall, counter: Counter, now: int) -> list[Span]:
    """The counter's shifts of today, the earliest first."""
    today = _day(hall, now)
    return sorted(_span(hall, shift, today) for shift in _lines(hall, counter, today))


def _lines(hall: Hall, counter: Counter, today: datetime) -> list[Shift]:
    weekday = today.weekday()
    return [shift for shift in hall.rota if shift.weekday == weekday and shift.counter == counter.number]


def _span(hall: Hall, shift: Shift, today: datetime) -> Span:
    return Span(_at(hall, today, shift.start), _at(hall, today, shift.end))


def _at(hall: Hall, today: datetime, clock: str) -> int:
    moment = datetime.combine(today, time.fromisoformat(clock), ZoneInfo(hall.settings.timezone))
    return int(moment.timestamp() * 1000)


def _midnight(hall: Hall, now: int) -> int:
    """The end of today."""
    return _at(hall, _day(hall, now) + timedelta(days=1), "00:00")


def _day(hall: Hall, now: int) -> datetime:
    return datetime.fromtimestamp(now / 1000, ZoneInfo(hall.settings.timezone))
