"""Judging what citizens do beside waiting, and what staff do for them: priority, passing, rating, a helper."""

import re

from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.decision import Decision
from app.core.hall import AT_COUNTER, RATING_REASONS, Hall, Ticket, TicketState
from app.core.lookup import at_counter, find_ticket, require_state

MOST_LET_PASS = 5
FACES = (1, 2, 3)
PLACE = re.compile(r"(counter|kiosk|robot):.{1,60}")


def check_priority(hall: Hall, priority: str | None) -> None:
    """Raise UnknownPriority for a class that the centre does not have."""
    if priority is not None and priority not in {c.code for c in hall.settings.priority_classes}:
        raise err.UnknownPriority(priority=priority)


def give_priority(hall: Hall, command: cmd.GivePriority, _now: int) -> Decision:
    """By staff, who have seen why."""
    check_priority(hall, command.priority)
    ticket = find_ticket(hall, command.ticket)
    require_state(ticket, TicketState.WAITING)
    if ticket.claimed:
        return Decision((ev.PriorityConfirmed(ticket.id),), ticket.id)
    if ticket.priority:
        return Decision(ticket=ticket.id)
    return Decision((ev.PriorityGiven(ticket.id),), ticket.id)


def confirm_priority(hall: Hall, command: cmd.ConfirmPriority, _now: int) -> Decision:
    """A second time changes nothing."""
    ticket = find_ticket(hall, command.ticket)
    require_state(ticket, TicketState.WAITING, *AT_COUNTER)
    if not ticket.priority:
        raise err.NoPriority(number=ticket.number)
    return Decision((ev.PriorityConfirmed(ticket.id),) if ticket.claimed else (), ticket.id)


def refuse_priority(hall: Hall, command: cmd.RefusePriority, _now: int) -> Decision:
    """Whoever was called before others without a claim to it goes back to the place among everybody."""
    ticket = at_counter(hall, command)
    if not ticket.priority:
        raise err.NoPriority(number=ticket.number)
    return Decision((ev.PriorityRefused(ticket.id, command.counter),), ticket.id)


def let_pass(hall: Hall, command: cmd.LetPass, _now: int) -> Decision:
    """The next few of the same line go first, as far as there are any."""
    if not 1 <= command.count <= MOST_LET_PASS:
        raise err.OutOfRange(what="count", bounds=f"1-{MOST_LET_PASS}")
    ticket = find_ticket(hall, command.ticket)
    require_state(ticket, TicketState.WAITING)
    behind = _behind(hall, ticket)[: command.count]
    if not behind:
        raise err.NobodyBehind(number=ticket.number)
    return Decision((ev.TicketLetPass(ticket.id, behind[-1]),), ticket.id)


def _behind(hall: Hall, ticket: Ticket) -> list[int]:
    """When those behind a waiting ticket in its line have their places from, ms."""
    queue = hall.queue(ticket.service)
    line = queue.priority if ticket.priority else queue.ordinary
    return [standing.place.at for standing in line if standing.place > ticket.place]


def rate_service(hall: Hall, command: cmd.RateService, _now: int) -> Decision:
    """Once, after the service."""
    if not hall.settings.ratings:
        raise err.RatingsOff
    if command.face not in FACES:
        raise err.OutOfRange(what="face", bounds="1-3")
    if command.reason is not None and command.reason not in RATING_REASONS:
        raise err.OutOfRange(what="reason", bounds=" | ".join(RATING_REASONS))
    ticket = find_ticket(hall, command.ticket)
    require_state(ticket, TicketState.FINISHED)
    if ticket.rated:
        raise err.AlreadyRated(number=ticket.number)
    assert ticket.counter is not None, "a ticket is finished at a counter"  # noqa: S101
    rated = ev.ServiceRated(ticket.id, ticket.counter, ticket.service, command.face, command.reason)
    return Decision((rated,), ticket.id)


def ask_assistance(hall: Hall, command: cmd.AskAssistance, _now: int) -> Decision:
    if not PLACE.fullmatch(command.place):
        raise err.OutOfRange(what="place", bounds="counter:N, kiosk:NAME, robot:NAME")
    return Decision((ev.AssistanceAsked(command.place),) if command.place not in hall.assistance else ())


def give_assistance(hall: Hall, command: cmd.GiveAssistance, _now: int) -> Decision:
    return Decision((ev.AssistanceGiven(command.place),) if command.place in hall.assistance else ())
