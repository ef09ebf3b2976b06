"""Whose handling at a counter went past its target: the clerk is asked why, gently and not for long."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.core.afterwards import overran
from app.core.change import Change
from app.core.hall import Counter, Hall, Ticket, TicketState

ASKED_MS = 600_000


@dataclass
class Overruns:
    """Remembers the last such citizen of each counter: to look through a day's tickets at every press is too much."""

    _last: dict[int, str] = field(default_factory=dict)

    def start_from(self, hall: Hall) -> None:
        """After a restart, the one look through all tickets."""
        finished = [ticket for ticket in hall.tickets.values() if ticket.ended_at and _overran(hall, ticket)]
        finished.sort(key=lambda ticket: ticket.ended_at or 0)
        self._last = {ticket.counter: ticket.id for ticket in finished if ticket.counter is not None}

    def hear(self, changes: Sequence[Change]) -> None:
        """To be told of every change, before anybody asks `at`."""
        for change in changes:
            visit = change.touched.visit
            ticket = change.hall.tickets.get(visit.ticket) if visit else None
            if visit and ticket and _overran(change.hall, ticket):
                self._last[visit.counter] = ticket.id

    def at(self, hall: Hall, counter: Counter, now: int) -> Ticket | None:
        """Whoever was finished here past the target and has no reason yet; None from ten minutes after.

        The last press is looked at besides: its answer is made before anybody can have been told of it.
        """
        pressed = [ticket.id for ticket in counter.press.before] if counter.press else []
        last = self._last.get(counter.number)
        for id_ in (*pressed, last):
            ticket = hall.tickets.get(id_) if id_ else None
            if ticket and ticket.counter == counter.number and _is_asked_about(hall, ticket, now):
                return ticket
        return None


def asked_until(ticket: Ticket) -> int:
    """When it is too late to ask (ms)."""
    return (ticket.ended_at or 0) + ASKED_MS


def _is_asked_about(hall: Hall, ticket: Ticket, now: int) -> bool:
    return ticket.overrun is None and now < asked_until(ticket) and _overran(hall, ticket)


def _overran(hall: Hall, ticket: Ticket) -> bool:
    return ticket.state is TicketState.FINISHED and overran(hall, ticket, ticket.since)
