"""The course of a day, or of the next hour: who comes, which counter is free, which is away, in order of time.

The office that it plays on is an argument: the real hall (app/planning/office.py), or the light floor on which the
next hour is played forward (app/planning/floor.py). Pure: times are ms since the epoch, and chance is the office's.
"""

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from typing import Any, Protocol

from app.core.hall import Break

COMES, FREE, LEAVES, RETURNS, MINUTE = range(5)
MINUTE_MS = 60_000


class Office(Protocol):
    """Where the day happens."""

    def issue(self, who: Any, at: int) -> str:
        """Somebody comes and takes a number; gives the service."""

    def takers(self, service: str) -> Iterable[int]:
        """The counters that take a service: those whose own it is first."""

    def next(self, counter: int, at: int) -> int | None:
        """The clerk finishes whoever is there and calls the next; for how long (ms) that one stays, None for nobody."""

    def leave(self, counter: int, at: int) -> None:
        """The clerk goes on a break, after whoever is there."""

    def back(self, counter: int, at: int) -> None:
        """The clerk is back."""

    def minute(self, at: int) -> Sequence[int]:
        """A minute has passed; gives the counters that should look again for somebody to call."""


class Course:
    """Plays the events in order. Clerks call the next as soon as they are free."""

    def __init__(self, office: Office, breaks: dict[int, tuple[Break, ...]]) -> None:
        self.office = office
        self.breaks = breaks
        self.idle: set[int] = set()
        self.away: set[int] = set()
        self.events: list[tuple[int, int, int, Any]] = []
        self._order = 0

    def come(self, citizens: Iterable[tuple[int, Any]]) -> None:
        """These come, each at its time."""
        self._add_all((at, COMES, who) for at, who in citizens)

    def staff(self, free_at: dict[int, int]) -> None:
        """Each counter is free from its time on (those that are free at once look for somebody first of all)."""
        self._add_all((at, FREE, counter) for counter, at in free_at.items())
        self._add_all((each.start, LEAVES, counter) for counter in free_at for each in self.breaks.get(counter, ()))
        self._add_all((each.end, RETURNS, counter) for counter in free_at for each in self.breaks.get(counter, ()))

    def tick(self, start: int, end: int) -> None:
        """The office is told of every minute between."""
        self._add_all((at, MINUTE, None) for at in range(start + MINUTE_MS, end, MINUTE_MS))

    def shift(self, counter: int, breaks: tuple[Break, ...]) -> None:
        """The counter's breaks are others from now on."""
        added = [each for each in breaks if each not in self.breaks.get(counter, ())]
        self.breaks[counter] = breaks
        self._add_all((each.start, LEAVES, counter) for each in added)
        self._add_all((each.end, RETURNS, counter) for each in added)

    def run(self, until: int | None = None) -> None:
        """Play until nothing is left to happen, or until a time (ms)."""
        events = self.events
        while events and (until is None or events[0][0] <= until):
            at, kind, _, what = heappop(events)
            if kind == COMES:
                self._comes(what, at)
            elif kind == FREE:
                self._look(what, at)
            elif kind == MINUTE:
                self._minute(at)
            elif kind == LEAVES:
                self._leaves(what, at)
            else:
                self._returns(what, at)

    def _comes(self, who: Any, at: int) -> None:
        service = self.office.issue(who, at)
        if self.idle:
            for counter in self.office.takers(service):
                if counter in self.idle:
                    self._look(counter, at)
                    return

    def _look(self, counter: int, at: int) -> None:
        """The counter is free: its clerk goes on a break that has begun, or calls the next."""
        self.idle.discard(counter)
        if self._on_break(counter, at):
            self.away.add(counter)
            self.office.leave(counter, at)
            return
        stays = self.office.next(counter, at)
        if stays is None:
            self.idle.add(counter)
        else:
            self._add(at + stays, FREE, counter)

    def _minute(self, at: int) -> None:
        for counter in self.office.minute(at):
            if counter in self.idle:
                self._look(counter, at)

    def _leaves(self, counter: int, at: int) -> None:
        if counter in self.idle:
            self._look(counter, at)

    def _returns(self, counter: int, at: int) -> None:
        if counter in self.away and not self._on_break(counter, at):
            self.away.discard(counter)
            self.office.back(counter, at)
            self._look(counter, at)

    def _on_break(self, counter: int, at: int) -> bool:
        breaks = self.breaks.get(counter)
        if not breaks:
            return False
        return any(each.start <= at < each.end for each in breaks)

    def _add(self, at: int, kind: int, what: Any) -> None:
        self._order += 1
        heappush(self.events, (at, kind, self._order, what))

    def _add_all(self, events: Iterable[tuple[int, int, Any]]) -> None:
        for at, kind, what in events:
            self._order += 1
            self.events.append((at, kind, self._order, what))
        heapify(self.events)
