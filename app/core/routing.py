"""Who is next at a counter, and why.

The rule, in the order in which a clerk would tell it:

1. somebody whom this counter asked to come back and who is back (parked, same counter next);
2. the services of the counter's own, oldest first, priority classes woven in;
3. the services that it helps with, likewise;
4. with nobody waiting: somebody whom this counter keeps parked.

Weaving: of any N calls in a row (N = settings.priority_every), counted per service and per counter, at most one goes
to a priority class while ordinary people wait. With nobody ordinary waiting, priority citizens simply follow.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from app.core.events import Reason
from app.core.hall import LONG_AGO, Counter, Hall, Standing, Ticket


@dataclass(frozen=True, slots=True)
class Choice:
    ticket: str
    reason: Reason


def choose(hall: Hall, counter: Counter, now: int) -> Choice | None:
    """The next ticket for a counter, or None with nobody to call. `now` in ms since the epoch."""
    kept = hall.kept_by(counter.number)
    for ticket in kept:
        if ticket.back:
            return _choice(ticket, "back", now)
    for services, own in ((counter.own, True), (counter.help, False)):
        chosen = _from_queues(hall, counter, services, own, now)
        if chosen:
            return chosen
    return _choice(kept[0], "kept", now) if kept else None


def _from_queues(hall: Hall, counter: Counter, services: Iterable[str], own: bool, now: int) -> Choice | None:
    queues = [(service, hall.queue(service)) for service in services]
    ordinary = [queue.ordinary[0] for _, queue in queues if queue.ordinary]
    due = [
        queue.priority[0]
        for service, queue in queues
        if queue.priority and priority_is_due(hall, counter, service, others_at_counter=bool(ordinary))
    ]
    if due:
        return _choice(_ticket(hall, min(due)), "priority", now)
    if ordinary:
        return _choice(_ticket(hall, min(ordinary)), "oldest" if own else "help", now)
    return None


def priority_is_due(hall: Hall, counter: Counter, service: str, *, others_at_counter: bool) -> bool:
    """May a priority citizen of this service be called here now without breaking the weave?"""
    enough = hall.settings.priority_every - 1
    if hall.queue(service).ordinary and hall.weave.get(service, LONG_AGO) < enough:
        return False
    return not others_at_counter or counter.since_priority >= enough


def people_ahead(hall: Hall, ticket: Ticket) -> int:
    """How many of its service will be called before a waiting ticket, as the weave stands now."""
    queue, between = hall.queue(ticket.service), hall.settings.priority_every - 1
    first_due = max(
        0, between - hall.weave.get(ticket.service, LONG_AGO)
    )  # ordinary calls before the next priority one
    if ticket.priority:
        earlier = bisect_left(queue.priority, Standing(ticket.place, ""))
        return earlier + min(len(queue.ordinary), first_due + earlier * between)
    earlier = bisect_left(queue.ordinary, Standing(ticket.place, ""))
    return earlier + min(len(queue.priority), _woven_into(earlier, first_due, between, len(queue.priority)))


def _woven_into(ordinary: int, first_due: int, between: int, waiting: int) -> int:
    """How many priority citizens are called before and among so many ordinary ones."""
    if between == 0:
        return waiting
    return 0 if ordinary < first_due else (ordinary - first_due) // between + 1


def out_of_turn(ticket: Ticket, now: int) -> Reason:
    """The reason of a call that a clerk picked from the list."""
    return Reason("picked", waited_s(ticket, now), ticket.service)


def waited_s(ticket: Ticket, now: int) -> int:
    """How long a ticket's age is, in whole seconds; never negative."""
    return max(0, now - ticket.place.at) // 1000


def _choice(ticket: Ticket, code: str, now: int) -> Choice:
    return Choice(ticket.id, Reason(code, waited_s(ticket, now), ticket.service))


def _ticket(hall: Hall, standing: Standing) -> Ticket:
    return hall.tickets[standing.ticket]
