"""A hall being changed by one event: copies only what it touches, and keeps queues and kept tickets in step."""

from bisect import bisect_left, insort

from app.core.centre import Service, Settings
from app.core.hall import Call, Counter, Hall, Place, Queue, Standing, Ticket, TicketState
from app.core.values import changed


class Draft:
    """The next hall in the making. A ticket's queue follows from its state: put the ticket, and it stands right."""

    def __init__(self, hall: Hall) -> None:
        self.before = hall
        self.settings: Settings = hall.settings
        self.services: dict[str, Service] = dict(hall.services)
        self.procedures = hall.procedures
        self.counters: dict[int, Counter] = dict(hall.counters)
        self.tickets: dict[str, Ticket] = dict(hall.tickets)
        self.queues: dict[str, Queue] = dict(hall.queues)
        self.kept: dict[int, tuple[str, ...]] = dict(hall.kept)
        self.series: dict[str, int] = dict(hall.series)
        self.weave: dict[str, int] = dict(hall.weave)
        self.calls: tuple[Call, ...] = hall.calls
        # Seldom changed, so shared: the event that changes one of these puts another in its place.
        self.skills = hall.skills
        self.rota = hall.rota
        self.dossiers = hall.dossiers
        self.answered = hall.answered
        self.slots = hall.slots
        self.closed = hall.closed
        self.bookings = hall.bookings
        self.notices = hall.notices
        self.assistance = hall.assistance

    def hall(self, seq: int, at: int, day: str) -> Hall:
        return Hall(
            seq=seq,
            at=at,
            day=day,
            settings=self.settings,
            services=self.services,
            procedures=self.procedures,
            counters=self.counters,
            tickets=self.tickets,
            queues=self.queues,
            kept=self.kept,
            series=self.series,
            weave=self.weave,
            calls=self.calls,
            skills=self.skills,
            rota=self.rota,
            dossiers=self.dossiers,
            answered=self.answered,
            slots=self.slots,
            closed=self.closed,
            bookings=self.bookings,
            notices=self.notices,
            assistance=self.assistance,
        )

    def put(self, ticket: Ticket) -> None:
        """The ticket as it is from now on."""
        earlier = self.tickets.get(ticket.id)
        if earlier:
            self._take_out(earlier)
        self.tickets[ticket.id] = ticket
        if ticket.state is TicketState.WAITING:
            self._queue_up(ticket)
        elif ticket.state is TicketState.PARKED and ticket.counter is not None:
            ids = (*self.kept.get(ticket.counter, ()), ticket.id)
            self.kept[ticket.counter] = tuple(sorted(ids, key=self._kept_since))

    def put_counter(self, counter: Counter) -> None:
        self.counters[counter.number] = counter

    def _take_out(self, ticket: Ticket) -> None:
        if ticket.state is TicketState.WAITING:
            line = self._line(ticket)
            at = bisect_left(line, Standing(ticket.place, ticket.id))
            self._put_line(ticket, line[:at] + line[at + 1 :])
        elif ticket.state is TicketState.PARKED and ticket.counter is not None:
            self.kept[ticket.counter] = tuple(id_ for id_ in self.kept[ticket.counter] if id_ != ticket.id)

    def _queue_up(self, ticket: Ticket) -> None:
        line = list(self._line(ticket))
        insort(line, Standing(ticket.place, ticket.id))
        self._put_line(ticket, tuple(line))

    def _line(self, ticket: Ticket) -> tuple[Standing, ...]:
        queue = self.queues.get(ticket.service, Queue())
        return queue.priority if ticket.priority else queue.ordinary

    def _put_line(self, ticket: Ticket, line: tuple[Standing, ...]) -> None:
        queue = self.queues.get(ticket.service, Queue())
        self.queues[ticket.service] = (
            changed(queue, priority=line) if ticket.priority else changed(queue, ordinary=line)
        )

    def _kept_since(self, id_: str) -> tuple[int, Place]:
        ticket = self.tickets[id_]
        return ticket.since, ticket.place
