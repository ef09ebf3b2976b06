"""Judging who comes back: missed citizens behind a few, parked ones to their counter, or to everybody's queue."""

from collections.abc import Iterable

from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.decision import Decision
from app.core.hall import Counter, CounterState, Hall, Ticket, TicketState
from app.core.lookup import find_ticket, require_state


def return_ticket(hall: Hall, command: cmd.ReturnTicket, _now: int) -> Decision:
    ticket = find_ticket(hall, command.ticket)
    require_state(ticket, TicketState.MISSED, TicketState.PARKED)
    if ticket.back and _keeper_calls(hall, ticket):
        return Decision(ticket=ticket.id)
    if ticket.state is TicketState.PARKED:
        back = ev.TicketReturned(ticket.id, ticket.place.at, queues=not _keeper_calls(hall, ticket))
        return Decision((back,), ticket.id)
    return Decision((ev.TicketReturned(ticket.id, _behind_a_few(hall, ticket)),), ticket.id)


def let_go(kept: Iterable[Ticket]) -> list[ev.TicketReturned]:
    """Of those whose counter calls nobody now, whoever is back stands among everybody again, so that somebody calls."""
    return [ev.TicketReturned(ticket.id, ticket.place.at, queues=True) for ticket in kept if ticket.back]


def put_back(hall: Hall, before: Iterable[Ticket]) -> list[ev.TicketReturned]:
    """A press is taken back; the counter that kept them may have left since."""
    parked = [ticket for ticket in before if ticket.state is TicketState.PARKED]
    return let_go(ticket for ticket in parked if not _keeper_calls(hall, ticket))


def check_parked_here(hall: Hall, ticket: Ticket, counter: Counter) -> None:
    """A parked ticket belongs to its counter as long as that counter is open."""
    if ticket.state is TicketState.PARKED and ticket.counter != counter.number and _keeper_calls(hall, ticket):
        raise err.ParkedElsewhere(number=ticket.number, counter=ticket.counter)


def _keeper_calls(hall: Hall, ticket: Ticket) -> bool:
    return ticket.counter is not None and hall.counters[ticket.counter].state is CounterState.OPEN


def _behind_a_few(hall: Hall, ticket: Ticket) -> int:
    """The place of a missed citizen who is back: behind a few, and never before the old place."""
    queue = hall.queue(ticket.service)
    line = queue.priority if ticket.priority else queue.ordinary
    ahead = line[: hall.settings.return_behind]
    return max([ticket.place.at, *(standing.place.at for standing in ahead)])
