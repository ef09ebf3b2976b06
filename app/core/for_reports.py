"""What reports are made of: a stay at a counter that ended, dossiers, the answer to an advice, a rating.

Each is told by one event and the hall around it, and becomes one row.
"""

from dataclasses import dataclass

from app.core import events as ev
from app.core.hall import Hall, Ticket, handling_started


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay at one counter, ended; the grain of every report. Times in ms.

    `wait_ms` is None where the citizen was not waiting in a queue before (called back from being parked).
    `handle_ms` is None where nobody came.
    """

    seq: int
    ticket: str
    day: str
    service: str
    counter: int
    clerk: str | None
    called_at: int
    ended_at: int
    wait_ms: int | None
    handle_ms: int | None
    outcome: str


@dataclass(frozen=True, slots=True)
class DossierCount:
    """The dossiers of one ticket, as last told."""

    day: str
    ticket: str
    counter: int
    service: str
    received_online: int
    received_in_person: int
    returned_before: int
    returned_on: int
    returned_after: int


@dataclass(frozen=True, slots=True)
class AdviceAnswer:
    """A move that was advised, what was expected of it, and the answer. `at` in ms; `by` is role:name."""

    day: str
    id: str
    seq: int
    at: int
    counter: int
    kind: str
    services: tuple[str, ...]
    saved: float
    low: float
    high: float
    sure: float
    costs: tuple[tuple[str, float], ...]
    horizon_s: int
    answer: str
    reason: str | None
    by: str


@dataclass(frozen=True, slots=True)
class Rating:
    """How somebody found a service at a counter; of whom it is, and of which clerk, it does not say."""

    day: str
    service: str
    counter: int
    face: int
    reason: str | None


OUTCOMES: dict[type[ev.Event], str] = {
    ev.TicketFinished: "finished",
    ev.TicketMissed: "missed",
    ev.TicketParked: "parked",
    ev.TicketTransferred: "transferred",
    ev.ServiceContinued: "transferred",
}


def visit_ended(before: Hall, ticket: Ticket, recorded: ev.Recorded) -> Visit | None:
    outcome = OUTCOMES.get(type(recorded.event))
    if outcome is None or ticket.called_at is None or ticket.counter is None:
        return None
    started = handling_started(ticket, before.settings.arrive_after_s, recorded.at) or recorded.at
    return Visit(
        seq=recorded.seq,
        ticket=ticket.id,
        day=ticket.day,
        service=ticket.service,
        counter=ticket.counter,
        clerk=before.counters[ticket.counter].clerk,
        called_at=ticket.called_at,
        ended_at=recorded.at,
        wait_ms=None if ticket.queued_at is None else ticket.called_at - ticket.queued_at,
        handle_ms=None if outcome == "missed" else recorded.at - started,
        outcome=outcome,
    )


def dossiers_told(hall: Hall, recorded: ev.Recorded, event: ev.DossiersRecorded) -> DossierCount:
    service = hall.tickets[event.ticket].service
    counts = hall.dossiers[event.ticket]
    return DossierCount(recorded.day, event.ticket, event.counter, service, *counts)


def advice_answered(hall: Hall, recorded: ev.Recorded, event: ev.AdviceAccepted | ev.AdviceDeclined) -> AdviceAnswer:
    answered, expected = hall.answered[event.advice], event.expected
    return AdviceAnswer(
        day=recorded.day,
        id=event.advice,
        seq=recorded.seq,
        at=recorded.at,
        counter=event.counter,
        kind=answered.kind,
        services=answered.services,
        saved=expected.saved,
        low=expected.low,
        high=expected.high,
        sure=expected.sure,
        costs=expected.costs,
        horizon_s=expected.horizon_s,
        answer=answered.answer,
        reason=answered.reason,
        by=recorded.actor,
    )


def rating_of(recorded: ev.Recorded, event: ev.ServiceRated) -> Rating:
    return Rating(recorded.day, event.service, event.counter, event.face, event.reason)
