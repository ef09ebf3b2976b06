"""The next hall after an event. Total and without judgement: `decide` has already said that it may happen.

The hub, the start-up check, the simulator and the tests all fold the log with this one function.
"""

from collections.abc import Callable
from typing import Any

from app.core import events as ev
from app.core import evolve_bookings, evolve_centre
from app.core.draft import Draft
from app.core.hall import CALLS_KEPT, ENDED, LONG_AGO, PRIORITY, Call, Dossiers, Hall, Place, Ticket, TicketState
from app.core.routing import counted
from app.core.undoing import CALLING, remember_press, undo
from app.core.values import changed

VERBS: dict[type[ev.Event], str] = {
    ev.TicketCalled: CALLING,
    ev.CitizenArrived: "arrive",
    ev.TicketFinished: "finish",
    ev.TicketMissed: "miss",
    ev.TicketParked: "park",
    ev.TicketTransferred: "transfer",
    ev.ServiceContinued: "finish",
    ev.PriorityRefused: "refuse",
}


def evolve(hall: Hall, recorded: ev.Recorded) -> Hall:
    """The hall after one recorded event."""
    draft, event = Draft(hall), recorded.event
    verb = VERBS.get(type(event))
    if verb:
        remember_press(draft, recorded, verb, event)
    HANDLERS[type(event)](draft, recorded, event)
    return draft.hall(recorded.seq, recorded.at, recorded.day)


def _issue(draft: Draft, rec: ev.Recorded, event: ev.TicketIssued) -> None:
    draft.series[event.service] = max(event.series, draft.series.get(event.service, 0))
    place_at = rec.at if event.place_at is None else event.place_at
    draft.put(
        Ticket(
            id=event.ticket,
            day=rec.day,
            series=event.series,
            number=event.number,
            service=event.service,
            origin=event.service,
            issued_at=rec.at,
            queued_at=rec.at,
            place=Place(place_at, rec.seq),
            since=rec.at,
            procedure=event.procedure,
            priority=event.priority,
            language=event.language,
            channel=event.channel,
            changed=rec.seq,
            then=event.then,
            dossiers=event.dossiers,
            claimed=event.claimed,
            booking=event.booking,
        )
    )


def _call(draft: Draft, rec: ev.Recorded, event: ev.TicketCalled) -> None:
    ticket = draft.tickets[event.ticket]
    draft.put(
        changed(
            ticket,
            state=TicketState.CALLED,
            counter=event.counter,
            since=rec.at,
            called_at=rec.at,
            arrived_at=None,
            calls=ticket.calls + 1,
            back=False,
            changed=rec.seq,
        )
    )
    _count_for_the_weave(draft, ticket, event.counter)
    draft.calls = (Call(rec.seq, event.ticket, event.counter, rec.at, again=False), *draft.calls)[:CALLS_KEPT]


def _count_for_the_weave(draft: Draft, ticket: Ticket, number: int) -> None:
    counter = draft.counters[number]
    priority = ticket.priority is not None
    draft.weave[ticket.service] = counted(draft.weave.get(ticket.service, LONG_AGO), priority=priority)
    since_priority = counted(counter.since_priority, priority=priority)
    draft.put_counter(changed(counter, ticket=ticket.id, since_priority=since_priority))


def _recall(draft: Draft, rec: ev.Recorded, event: ev.TicketRecalled) -> None:
    ticket = draft.tickets[event.ticket]
    draft.put(changed(ticket, calls=ticket.calls + 1))
    draft.calls = (Call(rec.seq, event.ticket, event.counter, rec.at, again=True), *draft.calls)[:CALLS_KEPT]


def _arrive(draft: Draft, rec: ev.Recorded, event: ev.CitizenArrived) -> None:
    ticket = draft.tickets[event.ticket]
    draft.put(changed(ticket, state=TicketState.SERVING, arrived_at=rec.at, since=rec.at, changed=rec.seq))


def _finish(draft: Draft, rec: ev.Recorded, event: ev.TicketFinished) -> None:
    draft.put(_left(draft, rec, event.ticket, TicketState.FINISHED))
    counter = draft.counters[event.counter]
    draft.put_counter(changed(counter, ticket=None, served=counter.served + 1))


def _miss(draft: Draft, rec: ev.Recorded, event: ev.TicketMissed) -> None:
    draft.put(_left(draft, rec, event.ticket, TicketState.MISSED))
    _empty(draft, event.counter)


def _park(draft: Draft, rec: ev.Recorded, event: ev.TicketParked) -> None:
    draft.put(_left(draft, rec, event.ticket, TicketState.PARKED))
    _empty(draft, event.counter)


def _transfer(draft: Draft, rec: ev.Recorded, event: ev.TicketTransferred) -> None:
    waiting = _waiting_again(draft, rec, event.ticket)
    still = _still_to_come(waiting, event.service)
    then = (waiting.service, *still) if event.back else still
    draft.put(changed(waiting, service=event.service, then=then))
    _empty(draft, event.counter)


def _continue(draft: Draft, rec: ev.Recorded, event: ev.ServiceContinued) -> None:
    ticket = draft.tickets[event.ticket]
    draft.put(
        changed(
            ticket,
            state=TicketState.SERVING,
            service=event.service,
            then=_still_to_come(ticket, event.service),
            since=rec.at,
            queued_at=None,
            called_at=rec.at,
            arrived_at=rec.at,
            changed=rec.seq,
        )
    )
    counter = draft.counters[event.counter]
    draft.put_counter(changed(counter, served=counter.served + 1))


def _still_to_come(ticket: Ticket, service: str) -> tuple[str, ...]:
    return tuple(code for code in ticket.then if code != service)


def _give_priority(draft: Draft, rec: ev.Recorded, event: ev.PriorityGiven) -> None:
    draft.put(changed(draft.tickets[event.ticket], priority=PRIORITY, changed=rec.seq))


def _confirm_priority(draft: Draft, _rec: ev.Recorded, event: ev.PriorityConfirmed) -> None:
    """The ticket has not moved: the press before it can still be undone."""
    draft.put(changed(draft.tickets[event.ticket], claimed=False))


def _refuse_priority(draft: Draft, rec: ev.Recorded, event: ev.PriorityRefused) -> None:
    """The call counts in the weave as it was made: ordinary people were passed over for it, rightly or not."""
    draft.put(changed(_waiting_again(draft, rec, event.ticket), priority=None, claimed=False))
    _empty(draft, event.counter)


def _let_pass(draft: Draft, rec: ev.Recorded, event: ev.TicketLetPass) -> None:
    draft.put(changed(draft.tickets[event.ticket], place=Place(event.place_at, rec.seq), changed=rec.seq))


def _rate(draft: Draft, _rec: ev.Recorded, event: ev.ServiceRated) -> None:
    draft.put(changed(draft.tickets[event.ticket], rated=True))


def _return(draft: Draft, rec: ev.Recorded, event: ev.TicketReturned) -> None:
    ticket = draft.tickets[event.ticket]
    if ticket.state is TicketState.PARKED and event.queues:
        queued_at = ticket.queued_at if ticket.back else rec.at  # who was back already has waited since then
        draft.put(changed(_waiting_again(draft, rec, event.ticket), queued_at=queued_at))
    elif ticket.state is TicketState.PARKED:
        draft.put(changed(ticket, back=True, queued_at=rec.at, changed=rec.seq))
    else:
        draft.put(changed(_waiting_again(draft, rec, event.ticket), place=Place(event.place_at, rec.seq)))


def _cancel(draft: Draft, rec: ev.Recorded, event: ev.TicketCancelled) -> None:
    draft.put(_ended(draft, rec, event.ticket, TicketState.CANCELLED))


def _close(draft: Draft, rec: ev.Recorded, event: ev.TicketClosed) -> None:
    draft.put(_ended(draft, rec, event.ticket, TicketState.CLOSED))


def _left(draft: Draft, rec: ev.Recorded, id_: str, state: TicketState) -> Ticket:
    """A citizen who leaves the counter; a parked one stays that counter's."""
    ended_at = rec.at if state in ENDED else None
    ticket = draft.tickets[id_]
    return changed(ticket, state=state, since=rec.at, queued_at=None, changed=rec.seq, ended_at=ended_at)


def _waiting_again(draft: Draft, rec: ev.Recorded, id_: str) -> Ticket:
    return changed(
        draft.tickets[id_],
        state=TicketState.WAITING,
        since=rec.at,
        counter=None,
        queued_at=rec.at,
        called_at=None,
        arrived_at=None,
        changed=rec.seq,
    )


def _ended(draft: Draft, rec: ev.Recorded, id_: str, state: TicketState) -> Ticket:
    return changed(draft.tickets[id_], state=state, since=rec.at, ended_at=rec.at, changed=rec.seq)


def _empty(draft: Draft, number: int) -> None:
    draft.put_counter(changed(draft.counters[number], ticket=None))


def _explain_overrun(draft: Draft, _rec: ev.Recorded, event: ev.OverrunExplained) -> None:
    """The ticket has not moved: the press before it can still be undone."""
    draft.put(changed(draft.tickets[event.ticket], overrun=event.reason))


def _record_dossiers(draft: Draft, _rec: ev.Recorded, event: ev.DossiersRecorded) -> None:
    counts = Dossiers(*(getattr(event, name) for name in Dossiers._fields))
    draft.dossiers = {**draft.dossiers, event.ticket: counts}


HANDLERS: dict[type[ev.Event], Callable[[Draft, ev.Recorded, Any], None]] = {
    ev.TicketIssued: _issue,
    ev.TicketCalled: _call,
    ev.TicketRecalled: _recall,
    ev.CitizenArrived: _arrive,
    ev.TicketFinished: _finish,
    ev.TicketMissed: _miss,
    ev.TicketParked: _park,
    ev.TicketTransferred: _transfer,
    ev.ServiceContinued: _continue,
    ev.PriorityGiven: _give_priority,
    ev.PriorityConfirmed: _confirm_priority,
    ev.PriorityRefused: _refuse_priority,
    ev.TicketLetPass: _let_pass,
    ev.ServiceRated: _rate,
    ev.TicketReturned: _return,
    ev.TicketCancelled: _cancel,
    ev.TicketClosed: _close,
    ev.OverrunExplained: _explain_overrun,
    ev.DossiersRecorded: _record_dossiers,
    ev.PressUndone: undo,
    **evolve_bookings.HANDLERS,
    **evolve_centre.HANDLERS,
}
