"""The next hour played forward on a light floor, through the real routing: who is called when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.core.advice import Move
from app.core.coverage import absences
from app.core.hall import Break, Place
from app.planning.course import Course
from app.planning.floor import GHOST, Floor, Seat, seats_of
from app.planning.futures import Coming, Future, Outlook

DAY_MS = 24 * 3_600_000
LAST_SEQ = 1 << 60  # behind all who stand there already


class Called(NamedTuple):
    """`since`: since when (ms) the ticket's age counts; a ticket that was not called by the end has `at` None."""

    ticket: str
    service: str
    since: int
    at: int


@dataclass
class Play:
    """An office (course.Office) on a floor of its own. `own`: what each counter stands for, its clerk's own work."""

    outlook: Outlook
    future: Future
    floor: Floor
    own: dict[int, tuple[str, ...]]
    watched: set[str] | None = None
    called: list[Called] = field(default_factory=list)
    over: bool = False
    _used: dict[str, int] = field(default_factory=dict)
    _come: int = 0

    def issue(self, who: Coming, at: int) -> str:
        self._come += 1
        self.floor.stand(who.service, Place(at, LAST_SEQ + self._come), "", priority=who.priority)
        return who.service

    def takers(self, service: str) -> Iterable[int]:
        return [seat.number for seat in self.floor.takers(service)]

    def next(self, counter: int, at: int) -> int | None:
        seat = self.floor.seats[counter]
        while not self.over and (found := self.floor.call(seat, at)):
            service, standing = found
            since = min(standing.place.at, at)  # the clock may have been set back
            self.called.append(Called(standing.ticket, service, since, at))
            self._tick_off(standing.ticket)
            if not standing.ticket.startswith(GHOST):
                return self._stay(seat, service)
        return None

    def _tick_off(self, ticket: str) -> None:
        """Once all who are watched have been called, nobody else is."""
        if self.watched is not None:
            self.watched.discard(ticket)
            self.over = not self.watched

    def leave(self, counter: int, at: int) -> None:
        """The course knows who is away, and does not ask them for the next."""

    def back(self, counter: int, at: int) -> None:
        """See `leave`."""

    def minute(self, _at: int) -> Sequence[int]:
        return ()

    def _stay(self, seat: Seat, service: str) -> int:
        """Somebody who is called in two plays of one future stays as long in both, but for the clerk's pace."""
        used = self._used.get(service, 0)
        self._used[service] = used + 1
        stay = self.future.stay(service, used)
        if not stay.comes:
            return int(stay.ms)
        pace = self.outlook.learnt.handling.pace(service, seat.clerk, own=service in self.own[seat.number])
        return self.outlook.walk_ms + int(stay.ms * pace)


class Forward:
    """Plays futures from one state of the hall, with or without a move."""

    def __init__(self, outlook: Outlook) -> None:
        self.outlook = outlook
        hall, now = outlook.hall, outlook.now
        self.floor = Floor(hall, seats_of(hall))
        self.own = {counter.number: counter.own for counter in hall.counters.values()}
        self.breaks = {number: absences(hall, hall.counters[number], now) for number in self.floor.seats}

    def play(self, future: Future, until: int, move: Move | None = None, watched: Iterable[str] | None = None) -> Play:
        """Play to `until` (ms) of the same day, or until all `watched` (tickets) were called."""
        floor, breaks = self.floor.copy(), dict(self.breaks)
        if move is not None:
            self._make(move, floor, breaks)
        play = Play(self.outlook, future, floor, self.own, None if watched is None else set(watched))
        course = Course(play, breaks)
        course.come((each.at, each) for each in future.coming)
        course.staff({number: future.free_at.get(number, self.outlook.now) for number in floor.seats})
        course.run(min(until, self.outlook.midnight + DAY_MS - 1))
        return play

    def send_ghosts(self) -> None:
        """Behind each line stands one who only wants to know when it would be called, and keeps no counter."""
        for service in self.floor.lines:
            for priority in (False, True):
                ghost = GHOST * (1 + priority) + service
                self.floor.stand(service, Place(self.outlook.now, LAST_SEQ), ghost, priority=priority)

    def _make(self, move: Move, floor: Floor, breaks: dict[int, tuple[Break, ...]]) -> None:
        if move.kind == "break":
            breaks[move.counter] = shifted(breaks[move.counter], move)
        elif move.kind == "open":
            hall, now = self.outlook.hall, self.outlook.now
            counter = hall.counters[move.counter]
            breaks[move.counter] = tuple(each for each in absences(hall, counter, now) if each.start > now)
        else:
            floor.serve(move.counter, move.own, move.help)


def shifted(breaks: Iterable[Break], move: Move) -> tuple[Break, ...]:
    """The breaks with the one that the move names at its new time."""
    assert move.start is not None  # noqa: S101 - a move of a break has its times
    assert move.end is not None  # noqa: S101
    return tuple(Break(move.start, move.end) if each.start == move.was_start else each for each in breaks)
