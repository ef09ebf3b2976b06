"""The moves open to a centre at this moment, and the advice to make one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.core.advice import Expected, Move
from app.core.coverage import able, due_clerk, planned_breaks
from app.core.hall import Break, Counter, CounterState, Hall

SOON_MS = 60 * 60_000
EARLIEST_MS = 5 * 60_000  # who is about to go cannot be asked to go later any more, nor at once
SHIFTS_MIN = (-30, -15, 15, 30)


@dataclass(frozen=True, slots=True)
class Advice:
    """A move that is advised. `until`: ms since the epoch, when it is withdrawn unless it is confirmed again."""

    id: str
    move: Move
    expected: Expected
    until: int


def open_moves(hall: Hall, now: int, suffering: Iterable[str]) -> Iterator[Move]:
    """What could be done for the services that suffer (codes), one change of one counter each."""
    needy = set(suffering)
    for counter in hall.counters.values():
        if counter.state is CounterState.OPEN:
            yield from _gives(hall, counter, needy)
            yield from _takes(hall, counter, needy)
            yield from _breaks(hall, counter, now)
        elif needy & {*counter.own, *counter.help} and _may_open(hall, counter, now):
            yield Move("open", counter.number)


def _gives(hall: Hall, counter: Counter, needy: set[str]) -> Iterator[Move]:
    """A further service, to help with: what the counter stands for keeps its start."""
    for service in able(hall, counter):
        if service in needy and service not in counter.own + counter.help and service in hall.services:
            yield Move("give", counter.number, counter.own, (*counter.help, service), (service,))


def _takes(hall: Hall, counter: Counter, needy: set[str]) -> Iterator[Move]:
    """A service that the counter helps with and another one takes too, where something else suffers here."""
    for service in counter.help:
        if needy & {*counter.own, *counter.help} - {service} and len(hall.counters_serving(service)) > 1:
            without = tuple(code for code in counter.help if code != service)
            yield Move("take", counter.number, counter.own, without, (service,))


def _breaks(hall: Hall, counter: Counter, now: int) -> Iterator[Move]:
    """A coming break a little earlier or later, once a day for each counter: no clerk goes hungry."""
    if any(each.kind == "break" and each.counter == counter.number for each in hall.answered.values()):
        return
    planned = planned_breaks(hall, counter, now)
    for each in planned:
        if not now + EARLIEST_MS < each.start < now + SOON_MS:
            continue
        others = [other for other in planned if other != each]
        for minutes in SHIFTS_MIN:
            moved = Break(each.start + minutes * 60_000, each.end + minutes * 60_000)
            if moved.start > now + EARLIEST_MS and not any(_meet(moved, other) for other in others):
                yield Move("break", counter.number, start=moved.start, end=moved.end, was_start=each.start)


def _may_open(hall: Hall, counter: Counter, now: int) -> bool:
    """A clerk sits there (a pause, but for a planned break), or is due by the rota and sits nowhere else."""
    if counter.state is CounterState.PAUSED:
        return not any(each.start <= now < each.end for each in planned_breaks(hall, counter, now))
    clerk = due_clerk(hall, counter, now)
    return clerk is not None and clerk not in {other.clerk for other in hall.counters.values()}


def _meet(one: Break, other: Break) -> bool:
    return one.start < other.end and other.start < one.end
