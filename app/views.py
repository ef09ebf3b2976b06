"""What the outside sees of the hall: the plain forms of docs/feed.md, for the feed, the API and the first paint."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.board import STANDS_MS, Board
from app.core.centre import Service
from app.core.change import Change
from app.core.coverage import planned_breaks
from app.core.events import TicketCalled, TicketIssued, TicketRecalled
from app.core.hall import Call, Counter, Hall, Queue, Ticket, TicketState
from app.core.routing import people_ahead, waited_s
from app.overruns import Overruns, asked_until
from app.plain import View, active_services, as_forecast, assistance, centre, iso, notices, period, service_names
from app.planning.calibration import Range
from app.planning.forecast import forecast
from app.planning.learnt import Learnt

CALLS_SHOWN = 10
LISTED = frozenset({TicketState.WAITING, TicketState.PARKED, TicketState.MISSED})


@dataclass
class Views:
    """`full_name` turns a clerk's name into the person's; what `board` does not know is told by the plain forecast.

    `reasons`: of which priority class a ticket of today is; for staff only.
    """

    learnt: Learnt
    full_name: Callable[[str], str]
    clock_rate: float = 1.0
    version: str = ""
    board: Board = field(init=False)
    overruns: Overruns = field(default_factory=Overruns)
    reasons: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.board = Board(stands_ms=round(STANDS_MS * max(1.0, self.clock_rate)))

    def hear(self, changes: Sequence[Change]) -> None:
        """A listener of the hub, before whoever tells of the changes: what a number's paper says is remembered."""
        for recorded, _, _ in changes:
            match recorded.event:
                case TicketIssued(ticket=ticket, service=service, priority=priority):
                    self.board.note_issue(ticket, service, recorded.at, priority=priority is not None)

    # Messages of the feed

    def snapshot(self, hall: Hall, now: int) -> View:
        """The public view of the whole hall."""
        return {
            "seq": hall.seq,
            "day": hall.day,
            "now": iso(hall, now),
            "clock_rate": self.clock_rate,
            "version": self.version,
            "centre": centre(hall),
            "services": [self.service(hall, service, now) for service in active_services(hall)],
            "counters": [self.counter(hall, counter) for counter in hall.counters.values()],
            "calls": [self.call(hall, call) for call in hall.calls[:CALLS_SHOWN]],
            "notices": notices(hall),
        }

    def staff_snapshot(self, hall: Hall, now: int) -> View:
        """The view of clerks and supervisors: with the tickets that wait, are parked or missed."""
        view = self.snapshot(hall, now)
        view["counters"] = [self.staff_counter(hall, counter, now) for counter in hall.counters.values()]
        view["tickets"] = [self.ticket(hall, t, now) for t in hall.tickets.values() if t.state in LISTED]
        view["assistance"] = assistance(hall)
        return view

    def counter_snapshot(self, hall: Hall, number: int, now: int) -> View:
        """The public view cut to one counter and its services."""
        counter = hall.counters[number]
        view = self.snapshot(hall, now)
        view["services"] = [s for s in view["services"] if s["code"] in counter.own + counter.help]
        view["counters"] = [self.counter(hall, counter)]
        view["calls"] = [call for call in view["calls"] if call["counter"] == number]
        return view

    def ticket_snapshot(self, hall: Hall, ticket: Ticket, now: int) -> View:
        """One ticket, for the phone of whoever holds it."""
        return {
            "seq": hall.seq,
            "day": hall.day,
            "now": iso(hall, now),
            "clock_rate": self.clock_rate,
            "version": self.version,
            "centre": centre(hall),
            "services": [],
            "counters": [],
            "calls": [],
            "tickets": [self.own_ticket(hall, ticket, now)],
        }

    def event(self, change: Change, now: int) -> View:
        """The public message of one event, without `prev`."""
        recorded, hall, touched = change
        event = recorded.event
        counters = [hall.counters[n] for n in touched.counters if n in hall.counters]
        services = [hall.services[code] for code in touched.services if code in hall.services]
        message: View = {
            "seq": recorded.seq,
            "type": type(event).__name__,
            "at": iso(hall, recorded.at),
            "day": recorded.day,
            "ticket": _mini(hall.tickets.get(touched.tickets[0])) if touched.tickets else None,
            "counter": touched.counters[0] if len(touched.counters) == 1 else None,
            "services": [self.service(hall, service, now) for service in services if service.active],
            "counters": [self.counter(hall, counter) for counter in counters],
            "call": None,
        }
        if isinstance(event, TicketCalled | TicketRecalled):
            message["call"] = self.call(hall, hall.calls[0])
        if touched.centre:
            message["resync"] = True
        if touched.notices:
            message["notices"] = notices(hall)
        return message

    def staff_event(self, change: Change, message: View, now: int) -> View:
        """The staff's message of the same event."""
        _, hall, touched = change
        counters = [hall.counters[n] for n in touched.counters if n in hall.counters]
        tickets = [hall.tickets[id_] for id_ in touched.tickets if id_ in hall.tickets]
        asked = {"assistance": assistance(hall)} if touched.assistance else {}
        return (
            message
            | asked
            | {
                "counters": [self.staff_counter(hall, counter, now) for counter in counters],
                "tickets": [self.ticket(hall, ticket, now) for ticket in tickets],
            }
        )

    # Their parts

    def service(self, hall: Hall, service: Service, now: int) -> View:
        queue = hall.queue(service.code)
        since = _longest_since(hall, queue)
        serving = hall.counters_serving(service.code)
        return {
            "code": service.code,
            "letter": service.letter,
            "name": service.name,
            "name_en": service.name_en,
            "hint": service.hint,
            "hint_en": service.hint_en,
            "icon": service.icon,
            "target_s": service.target_s,
            "handle_target_s": service.handle_target_s,
            "waiting": len(queue),
            "priority_waiting": len(queue.priority),
            "longest_wait_s": 0 if since is None else max(0, now - since) // 1000,
            "oldest_at": iso(hall, since),
            "open_counters": len(serving),
            "forecast": as_forecast(self.wait(hall, service.code, now)),
            "issued": hall.series.get(service.code, 0),
            "daily_limit": service.daily_limit,
        }

    def counter(self, hall: Hall, counter: Counter) -> View:
        ticket = hall.tickets.get(counter.ticket) if counter.ticket else None
        return {
            "number": counter.number,
            "name": counter.name,
            "kind": counter.kind,
            "state": counter.state,
            "until": counter.until,
            "own": counter.own,
            "help": counter.help,
            "ticket": self.at_counter(hall, ticket) if ticket else None,
            "assistance": iso(hall, hall.assistance.get(f"counter:{counter.number}")),
        }

    def staff_counter(self, hall: Hall, counter: Counter, now: int) -> View:
        press, clerk = counter.press, counter.clerk
        until = press and press.at + hall.settings.undo_s * 1000
        overrun = self.overruns.at(hall, counter, now)
        at = hall.tickets.get(counter.ticket) if counter.ticket else None
        return self.counter(hall, counter) | {
            "ticket": self.at_counter(hall, at) | self._visit(at) if at else None,
            "clerk": {"name": clerk, "full_name": self.full_name(clerk)} if clerk else None,
            "undo": {"verb": press.verb, "until": iso(hall, until)} if press and until else None,
            "parked": [self.ticket(hall, ticket, now) for ticket in hall.kept_by(counter.number)],
            "served": counter.served,
            "breaks": [period(hall, each) for each in planned_breaks(hall, counter, now) if each.end > now],
            "skills": list(hall.skills.get(clerk, ())) if clerk else [],
            "overrun": overrun
            and {"ticket": overrun.id, "number": overrun.number, "until": iso(hall, asked_until(overrun))},
        }

    def at_counter(self, hall: Hall, ticket: Ticket) -> View:
        return _mini(ticket) | {
            "since": iso(hall, ticket.since),
            "called_at": iso(hall, ticket.called_at),
            "arrived_at": iso(hall, ticket.arrived_at),
            "priority": ticket.priority is not None,
        }

    def ticket(self, hall: Hall, ticket: Ticket, now: int) -> View:
        """As staff see it: also the priority class and the place in its queue."""
        return _mini(ticket) | {
            "since": iso(hall, ticket.since),
            "issued_at": iso(hall, ticket.issued_at),
            "waited_s": waited_s(ticket, now),
            "counter": ticket.counter,
            "language": ticket.language,
            "order": list(ticket.place),
            "back": ticket.back,
            **self._visit(ticket),
        }

    def _visit(self, ticket: Ticket) -> View:
        """What staff know of why somebody came; the class of priority for the day only."""
        return {
            "priority": ticket.priority and self.reasons.get(ticket.id, ticket.priority),
            "claimed": ticket.claimed,
            "procedure": ticket.procedure,
            "then": ticket.then,
            "dossiers": ticket.dossiers,
            "booking": ticket.booking is not None,
        }

    def own_ticket(self, hall: Hall, ticket: Ticket, now: int) -> View:
        """As the citizen sees it."""
        waiting = ticket.state is TicketState.WAITING
        ahead = people_ahead(hall, ticket) if waiting else 0
        service = hall.services.get(ticket.service)
        return _mini(ticket) | {
            "service_name": service.name if service else ticket.service,
            "service_name_en": service.name_en if service else ticket.service,
            "priority": ticket.priority is not None,
            "counter": ticket.counter,
            "then": [service_names(hall, code) for code in ticket.then],
            "dossiers": ticket.dossiers,
            "rated": ticket.rated,
            "ahead": ahead,
            "forecast": as_forecast(self.wait_of(hall, ticket, ahead, now)) if waiting else None,
            "issued_at": iso(hall, ticket.issued_at),
            "called_at": iso(hall, ticket.called_at),
            "url": f"/t/{ticket.id}",
            "now": iso(hall, now),
        }

    def wait(self, hall: Hall, service: str, now: int) -> Range | None:
        """What somebody without priority who takes a number now is told."""
        told = self.board.wait(service, now)
        return told or forecast(hall, self.learnt.handling, service, len(hall.queue(service)))

    def wait_of(self, hall: Hall, ticket: Ticket, ahead: int, now: int) -> Range | None:
        """What the holder of a waiting ticket is told."""
        told = self.board.wait_of(ticket.id, ticket.since, now)
        if told is None and ticket.since == ticket.issued_at >= self.board.forecast_at:
            # The answer to whoever takes a number is made before anybody hears of it.
            told = self.board.wait(ticket.service, now, priority=ticket.priority is not None)
        return told or forecast(hall, self.learnt.handling, ticket.service, ahead)

    def call(self, hall: Hall, call: Call) -> View:
        ticket = hall.tickets[call.ticket]
        return {
            "seq": call.seq,
            "number": ticket.number,
            "counter": call.counter,
            "at": iso(hall, call.at),
            "ticket": ticket.id,
            "service": ticket.service,
            "language": ticket.language,
            "again": call.again,
            "audio": f"/api/v1/calls/{call.seq}.wav",
        }


def _longest_since(hall: Hall, queue: Queue) -> int | None:
    """From when the one who has waited longest is here (ms): a booking may count from before that in the order."""
    tickets = (hall.tickets[standing.ticket] for standing in (*queue.ordinary, *queue.priority))
    return min((max(ticket.place.at, ticket.issued_at) for ticket in tickets), default=None)


def _mini(ticket: Ticket | None) -> View:
    if ticket is None:
        return {}
    return {"id": ticket.id, "number": ticket.number, "service": ticket.service, "state": ticket.state}
