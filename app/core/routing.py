"""Who is next at a counter, and why.

The rule, in the order in which a clerk would tell it:

1. somebody whom this counter asked to come back and who is back (parked, same counter next);
2. of the services that this counter takes, the one that needs it most (`routing = "target"`), or simply whoever has
   waited longest in any of them (`routing = "oldest"`); within a service the oldest, priority classes woven in;
3. with nobody waiting: somebody whom this counter keeps parked.

Which service needs the counter most, by the wait of its oldest as a share of its target:

- up to the target: the nearer to it, the sooner; a service of the counter's own has a start of a third of the target
  on one that it only helps with (the clerk is quicker there), and a priority citizen whose turn has come one of the
  whole target: only somebody who is about to pass it goes before;
- past the target the promise is broken already, so it yields to those whom it can still be kept to,
- but past twice the target nobody is passed over any more: the longest wait is next, in whatever service.

Weaving: of any N calls in a row (N = settings.priority_every), counted per service and per counter, at most one goes
to a priority class while ordinary people wait. With nobody ordinary waiting, priority citizens simply follow.

The hall is one thing that can be asked; the floor on which the next hour is played forward (app/planning) is another.
docs/decisions/0010 tells how the figures were chosen and what was turned down.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from app.core.centre import Service, Settings
from app.core.events import Reason
from app.core.hall import LONG_AGO, Counter, Hall, Standing, Ticket

OWN_START = 1 / 3  # of the target: the head start of a counter's own services
PRIORITY_START = 1.0  # ... of a priority citizen whose turn has come
LATE = 2 / 3  # where a broken promise stands among those that can still be kept
STILL_AGES = 0.05  # so that of two broken promises the older goes first
ENOUGH = 2  # times the target: nobody is passed over any more
FIRST_OF_ALL = 100
NEAR = 2 / 3  # of the target: from here on "about to pass"


class Queued(Protocol):
    """Who waits for one service, the oldest first."""

    @property
    def ordinary(self) -> Sequence[Standing]: ...
    @property
    def priority(self) -> Sequence[Standing]: ...
    def __len__(self) -> int: ...


class Served(Protocol):
    """A counter, as far as routing goes."""

    @property
    def own(self) -> tuple[str, ...]: ...
    @property
    def help(self) -> tuple[str, ...]: ...
    @property
    def since_priority(self) -> int: ...


class View(Protocol):
    """What routing asks of a hall."""

    @property
    def settings(self) -> Settings: ...
    @property
    def services(self) -> Mapping[str, Service]: ...
    @property
    def weave(self) -> Mapping[str, int]: ...
    def queue(self, service: str) -> Queued: ...


class Line(NamedTuple):
    """The line whose first is next: of a service, its priority or its ordinary one; and why."""

    service: str
    priority: bool
    code: str


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
    line = next_line(hall, counter, now)
    if line is None:
        return _choice(kept[0], "kept", now) if kept else None
    queue = hall.queue(line.service)
    first = (queue.priority if line.priority else queue.ordinary)[0]
    return _choice(hall.tickets[first.ticket], line.code, now)


def next_line(view: View, counter: Served, now: int) -> Line | None:
    """From which line a counter calls at `now` (ms), or None with nobody in any of its lines."""
    rule = _by_target if view.settings.routing == "target" else _by_age
    return rule(view, counter, now)


def _by_target(view: View, counter: Served, now: int) -> Line | None:
    chosen, highest = None, -1.0
    others = any(view.queue(service).ordinary for service in counter.own + counter.help)
    for service in counter.own + counter.help:
        queue = view.queue(service)
        if not queue.ordinary and not queue.priority:
            continue
        priority = bool(queue.priority) and priority_is_due(view, counter, service, others_at_counter=others)
        if not priority and not queue.ordinary:
            continue
        own = service in counter.own
        share = _share_waited(view, service, _oldest(queue), now)
        urgency = _urgency(share, own=own, priority=priority)
        if urgency > highest:
            highest, chosen = urgency, Line(service, priority, _why(share, own=own, priority=priority))
    return chosen


def _urgency(share: float, *, own: bool, priority: bool) -> float:
    """Of a service whose oldest has waited so many times the target."""
    if share > ENOUGH:
        return FIRST_OF_ALL + share
    return (share if share <= 1 else LATE + STILL_AGES * share) + OWN_START * own + PRIORITY_START * priority


def _why(share: float, *, own: bool, priority: bool) -> str:
    if priority:
        return "priority"
    if share > ENOUGH:
        return "long"
    if NEAR <= share <= 1:
        return "near"
    return "oldest" if own else "help"


def _by_age(view: View, counter: Served, _now: int) -> Line | None:
    queues = [(service, view.queue(service)) for service in counter.own + counter.help]
    others = any(queue.ordinary for _, queue in queues)
    due = [
        (queue.priority[0], Line(service, priority=True, code="priority"))
        for service, queue in queues
        if queue.priority and priority_is_due(view, counter, service, others_at_counter=others)
    ]
    ordinary = [
        (queue.ordinary[0], Line(service, priority=False, code="oldest" if service in counter.own else "help"))
        for service, queue in queues
        if queue.ordinary
    ]
    return min(due or ordinary)[1] if due or ordinary else None


def priority_is_due(view: View, counter: Served, service: str, *, others_at_counter: bool) -> bool:
    """May a priority citizen of this service be called here now without breaking the weave?"""
    enough = view.settings.priority_every - 1
    if view.queue(service).ordinary and view.weave.get(service, LONG_AGO) < enough:
        return False
    return not others_at_counter or counter.since_priority >= enough


def counted(ordinary_calls: int, *, priority: bool) -> int:
    """Ordinary calls since the last priority one, after one more call."""
    return 0 if priority else min(ordinary_calls + 1, LONG_AGO)


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
    """How long somebody has waited here, in whole seconds; never negative. In the order a booking may count more."""
    return max(0, now - max(ticket.place.at, ticket.issued_at)) // 1000


def _share_waited(view: View, service: str, since: int, now: int) -> float:
    known = view.services.get(service)
    return max(0, now - since) / (1000 * (known.target_s if known else view.settings.target_s))


def _oldest(queue: Queued) -> int:
    if not queue.priority:
        return queue.ordinary[0].place.at
    first = queue.priority[0].place.at
    return min(first, queue.ordinary[0].place.at) if queue.ordinary else first


def _choice(ticket: Ticket, code: str, now: int) -> Choice:
    return Choice(ticket.id, Reason(code, waited_s(ticket, now), ticket.service))
