"""What a command leads to: events, or a refusal. The only place where the rules judge."""

from collections.abc import Callable
from typing import Any, TypeAlias

from app.core import administer, advise, afterwards, announce, book, citizens, closed_days, coming_back, plan
from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.citizens import check_priority
from app.core.decision import Decision
from app.core.evolve import evolve
from app.core.hall import (
    AT_COUNTER,
    ENDED,
    PRIORITY,
    Counter,
    CounterState,
    Hall,
    Ticket,
    TicketState,
    day_of,
)
from app.core.issuing import check_procedure, check_service, next_number
from app.core.lookup import at_counter, find_service, find_ticket, require_state, seen_counter
from app.core.routing import choose, out_of_turn

# Longer than news takes to a citizen's screen. Not the centre's double_press_ms: a centre may set that to 0, and a
# ticket that a clerk has just sent on must still not vanish under a press that was meant for its old place.
JUST_MOVED_MS = 1000
MOST_DOSSIERS_SAID = 20


def decide(hall: Hall, command: cmd.Command, now: int) -> Decision:
    """Judge one command at `now` (ms since the epoch); raises a `Refused` and then nothing has changed."""
    return HANDLERS[type(command)](hall, command, now)


def together(hall: Hall, command: cmd.Together, now: int) -> Decision:
    """Each command is judged on the hall that those before it lead to; who has which letter, at the end."""
    first = hall.seq + 1
    happened: list[ev.Event] = []
    for each in command.commands:
        for event in AMONG_OTHERS[type(each)](hall, each, now).events:
            happened.append(event)
            hall = evolve(hall, ev.Recorded(hall.seq + 1, now, hall.day, "", first, event))
    administer.check_letters(hall)
    return Decision(tuple(happened))


def start_day(hall: Hall, _command: cmd.StartDay, now: int) -> Decision:
    today = day_of(now, hall.settings.timezone)
    if today <= hall.day:
        return Decision()
    left_over = [t for t in hall.tickets.values() if t.state not in ENDED | AT_COUNTER]
    ends: list[ev.Event] = [ev.TicketClosed(ticket.id) for ticket in left_over]
    for counter in hall.counters.values():
        ends += [ev.TicketFinished(counter.ticket, counter.number)] if counter.ticket else []
        if counter.state is not CounterState.CLOSED:
            ends.append(ev.CounterClosed(counter.number))
    return Decision((*ends, *book.ends_with_the_day(hall, today), ev.DayStarted()))


def issue(hall: Hall, command: cmd.IssueTicket, _now: int) -> Decision:
    check_service(hall, command.service)
    if command.ticket in hall.tickets:
        raise err.TicketIdTaken(ticket=command.ticket)
    check_procedure(hall, command.procedure, command.service)
    check_priority(hall, command.priority)
    _check_visit(hall, command)
    series, number = next_number(hall, command.service)
    event = ev.TicketIssued(
        ticket=command.ticket,
        service=command.service,
        series=series,
        number=number,
        procedure=command.procedure,
        priority=PRIORITY if command.priority else None,
        language=command.language,
        channel=command.channel,
        then=command.then,
        dossiers=command.dossiers,
        claimed=command.claimed and command.priority is not None,
    )
    return Decision((event,), command.ticket)


def _check_visit(hall: Hall, command: cmd.IssueTicket) -> None:
    for code in command.then:
        check_service(hall, code)
    visit = (command.service, *command.then)
    for code in visit:
        if visit.count(code) > 1:
            raise err.SameServiceTwice(service=code)
    if not 1 <= command.dossiers <= MOST_DOSSIERS_SAID:
        raise err.OutOfRange(what="dossiers", bounds=f"1-{MOST_DOSSIERS_SAID}")


def call_next(hall: Hall, command: cmd.CallNext, now: int) -> Decision:
    counter = _open_counter(hall, command)
    if not command.deliberate and _is_a_second_press(hall, counter, now):
        return Decision(ticket=counter.ticket, reason=ev.Reason("repeated"))
    finish = _finish_present(hall, counter)
    if any(isinstance(event, ev.ServiceContinued) for event in finish):
        return Decision(finish, counter.ticket, ev.Reason("continues"))
    choice = choose(hall, counter, now)
    if choice is None:
        return Decision(finish)
    call = ev.TicketCalled(choice.ticket, counter.number, choice.reason)
    return Decision((*finish, call), choice.ticket, choice.reason)


def call_ticket(hall: Hall, command: cmd.CallTicket, now: int) -> Decision:
    counter = _open_counter(hall, command)
    ticket = find_ticket(hall, command.ticket)
    if counter.ticket == ticket.id and ticket.state is TicketState.CALLED:
        return Decision(ticket=ticket.id, reason=ev.Reason("repeated"))
    require_state(ticket, TicketState.WAITING, TicketState.MISSED, TicketState.PARKED)
    coming_back.check_parked_here(hall, ticket, counter)
    reason = out_of_turn(ticket, now)
    call = ev.TicketCalled(ticket.id, counter.number, reason)
    return Decision((*_send_on_present(hall, counter), call), ticket.id, reason)


def recall(hall: Hall, command: cmd.Recall, _now: int) -> Decision:
    ticket = at_counter(hall, command)
    return Decision((ev.TicketRecalled(ticket.id, command.counter),), ticket.id)


def arrive(hall: Hall, command: cmd.Arrive, _now: int) -> Decision:
    ticket = at_counter(hall, command)
    require_state(ticket, TicketState.CALLED)
    return Decision((ev.CitizenArrived(ticket.id, command.counter),), ticket.id)


def finish(hall: Hall, command: cmd.Finish, _now: int) -> Decision:
    ticket = at_counter(hall, command)
    return Decision(_finish_present(hall, hall.counters[command.counter]), ticket.id)


def miss(hall: Hall, command: cmd.Miss, _now: int) -> Decision:
    ticket = at_counter(hall, command)
    require_state(ticket, TicketState.CALLED)
    return Decision((ev.TicketMissed(ticket.id, command.counter),), ticket.id)


def park(hall: Hall, command: cmd.Park, _now: int) -> Decision:
    ticket = at_counter(hall, command)
    return Decision((ev.TicketParked(ticket.id, command.counter),), ticket.id)


def transfer(hall: Hall, command: cmd.Transfer, _now: int) -> Decision:
    ticket = at_counter(hall, command)
    service = find_service(hall, command.service)
    if service.code == ticket.service:
        raise err.SameService(number=ticket.number, service=service.code)
    return Decision((ev.TicketTransferred(ticket.id, command.counter, service.code, command.back),), ticket.id)


def undo(hall: Hall, command: cmd.UndoPress, now: int) -> Decision:
    counter = seen_counter(hall, command)
    press = counter.press
    if press is None or now - press.at > hall.settings.undo_s * 1000:
        raise err.NothingToUndo(counter=counter.number)
    for before in press.before:
        if hall.tickets[before.id].changed > press.last or not _still_has_a_place(hall, before):
            raise err.UndoTooLate(number=before.number)
    undone = ev.PressUndone(counter.number, press.verb, press.command, press.last)
    return Decision((undone, *coming_back.put_back(hall, press.before)), press.ticket)


def cancel(hall: Hall, command: cmd.CancelTicket, now: int) -> Decision:
    ticket = find_ticket(hall, command.ticket)
    require_state(ticket, TicketState.WAITING)
    if ticket.queued_at != ticket.issued_at and now - ticket.since < JUST_MOVED_MS:
        # whoever gives it up had not seen yet that it was sent on, or came back
        raise err.JustMoved(number=ticket.number)
    return Decision((ev.TicketCancelled(ticket.id),), ticket.id)


def close_ticket(hall: Hall, command: cmd.CloseTicket, _now: int) -> Decision:
    ticket = find_ticket(hall, command.ticket)
    require_state(ticket, TicketState.MISSED, TicketState.PARKED)
    return Decision((ev.TicketClosed(ticket.id),), ticket.id)


def _still_has_a_place(hall: Hall, ticket: Ticket) -> bool:
    """Its service, and the counter that kept it, may have been removed since."""
    kept = ticket.state is TicketState.PARKED
    return ticket.service in hall.services and (not kept or ticket.counter in hall.counters)


def _open_counter(hall: Hall, command: cmd.AtCounter) -> Counter:
    counter = seen_counter(hall, command)
    if counter.state is not CounterState.OPEN:
        raise err.CounterNotOpen(counter=counter.number)
    return counter


def _is_a_second_press(hall: Hall, counter: Counter, now: int) -> bool:
    """Nobody can have walked to the counter within this time: the button was hit twice."""
    if counter.ticket is None:
        return False
    ticket = hall.tickets[counter.ticket]
    called_at = ticket.called_at or 0
    continued = ticket.queued_at is None and ticket.arrived_at == ticket.called_at
    return (ticket.state is TicketState.CALLED or continued) and now - called_at < hall.settings.double_press_ms


def _finish_present(hall: Hall, counter: Counter) -> tuple[ev.Event, ...]:
    """The service at the counter is done: the next one of the same visit begins here, where it is served here."""
    ticket = hall.tickets[counter.ticket] if counter.ticket else None
    if ticket and ticket.then and ticket.then[0] in counter.own + counter.help:
        return (ev.ServiceContinued(ticket.id, counter.number, ticket.then[0]),)
    return _send_on_present(hall, counter)


def _send_on_present(hall: Hall, counter: Counter) -> tuple[ev.Event, ...]:
    """... or it waits for it, its age kept; with none to come the citizen goes home."""
    ticket = hall.tickets[counter.ticket] if counter.ticket else None
    if ticket is None:
        return ()
    still_there = [code for code in ticket.then if code in hall.services]
    if still_there:
        return (ev.TicketTransferred(ticket.id, counter.number, still_there[0]),)
    return (ev.TicketFinished(ticket.id, counter.number),)


Handlers: TypeAlias = dict[type[cmd.Command], Callable[[Hall, Any, int], Decision]]
HANDLERS: Handlers = {
    cmd.Together: together,
    cmd.StartDay: start_day,
    cmd.IssueTicket: issue,
    cmd.ReturnTicket: coming_back.return_ticket,
    cmd.CancelTicket: cancel,
    cmd.CloseTicket: close_ticket,
    cmd.GivePriority: citizens.give_priority,
    cmd.ConfirmPriority: citizens.confirm_priority,
    cmd.RefusePriority: citizens.refuse_priority,
    cmd.LetPass: citizens.let_pass,
    cmd.RateService: citizens.rate_service,
    cmd.AskAssistance: citizens.ask_assistance,
    cmd.GiveAssistance: citizens.give_assistance,
    cmd.BookHome: book.book_home,
    cmd.BookSlot: book.book_slot,
    cmd.BookVisit: book.book_visit,
    cmd.ChangeVisit: book.change_visit,
    cmd.FinishVisit: book.finish_visit,
    cmd.CancelBooking: book.cancel_booking,
    cmd.CheckIn: book.check_in,
    cmd.LapseBookings: book.lapse_bookings,
    cmd.SaveSlots: book.save_slots,
    cmd.SaveClosedDays: closed_days.save_closed_days,
    cmd.SaveNotice: announce.save_notice,
    cmd.RemoveNotice: announce.remove_notice,
    cmd.CallNext: call_next,
    cmd.CallTicket: call_ticket,
    cmd.Recall: recall,
    cmd.Arrive: arrive,
    cmd.Finish: finish,
    cmd.Miss: miss,
    cmd.Park: park,
    cmd.Transfer: transfer,
    cmd.UndoPress: undo,
    cmd.OpenCounter: administer.open_counter,
    cmd.PauseCounter: administer.pause_counter,
    cmd.CloseCounter: administer.close_counter,
    cmd.SetCounterServices: administer.set_counter_services,
    cmd.PlanBreaks: plan.plan_breaks,
    cmd.ExplainOverrun: afterwards.explain_overrun,
    cmd.RecordDossiers: afterwards.record_dossiers,
    cmd.AcceptAdvice: advise.accept,
    cmd.DeclineAdvice: advise.decline,
    cmd.SaveSkills: plan.save_skills,
    cmd.SaveRota: plan.save_rota,
    cmd.SaveSettings: administer.save_settings,
    cmd.SaveService: administer.save_service,
    cmd.RemoveService: administer.remove_service,
    cmd.SaveCounter: administer.save_counter,
    cmd.RemoveCounter: administer.remove_counter,
    cmd.ReplaceCatalogue: administer.replace_catalogue,
    cmd.Note: administer.note,
}
AMONG_OTHERS: Handlers = {**HANDLERS, cmd.SaveService: administer.save_service_among_others}
