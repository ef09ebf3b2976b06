"""Judging what a clerk tells about a ticket that was served: why it took long, which dossiers it was about."""

from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.decision import Decision
from app.core.hall import (
    AT_COUNTER,
    ENDED,
    OVERRUN_REASONS,
    Dossiers,
    Hall,
    Ticket,
    TicketState,
    handling_started,
)
from app.core.lookup import find_counter, find_ticket

MOST_DOSSIERS = 99


def explain_overrun(hall: Hall, command: cmd.ExplainOverrun, now: int) -> Decision:
    ticket = _served_here(hall, command)
    if command.reason not in OVERRUN_REASONS:
        raise err.OutOfRange(what="reason", bounds=" | ".join(OVERRUN_REASONS))
    if not overran(hall, ticket, now):
        raise err.NoOverrun(number=ticket.number)
    if ticket.overrun == command.reason:
        return Decision(ticket=ticket.id)
    return Decision((ev.OverrunExplained(ticket.id, command.counter, command.reason),), ticket.id)


def overran(hall: Hall, ticket: Ticket, now: int) -> bool:
    """The handling passed the target of its service: until its finish, or while it goes on until `now` (ms)."""
    if ticket.state not in AT_COUNTER | {TicketState.FINISHED}:
        return False
    until = now if ticket.ended_at is None else ticket.ended_at
    started = handling_started(ticket, hall.settings.arrive_after_s, until)
    service = hall.services.get(ticket.service)
    return (
        service is not None
        and started is not None
        and until - started > service.handle_target_s * ticket.dossiers * 1000
    )


def record_dossiers(hall: Hall, command: cmd.RecordDossiers, _now: int) -> Decision:
    ticket = _served_here(hall, command)
    counts = Dossiers(*(getattr(command, name) for name in Dossiers._fields))
    for name, count in counts._asdict().items():
        if not 0 <= count <= MOST_DOSSIERS:
            raise err.OutOfRange(what=name, bounds=f"0-{MOST_DOSSIERS}")
    if not any(counts) and ticket.id not in hall.dossiers:
        raise err.NoDossiers
    if hall.dossiers.get(ticket.id) == counts:
        return Decision(ticket=ticket.id)
    return Decision((ev.DossiersRecorded(ticket.id, command.counter, *counts),), ticket.id)


def _served_here(hall: Hall, command: cmd.ExplainOverrun | cmd.RecordDossiers) -> Ticket:
    """The ticket, if it is or was last at this counter today."""
    counter, ticket = find_counter(hall, command.counter), find_ticket(hall, command.ticket)
    if ticket.counter != counter.number or ticket.called_at is None or ticket.state not in AT_COUNTER | ENDED:
        raise err.NotServedHere(number=ticket.number, counter=counter.number)
    return ticket
