"""Finding what a command names, or saying that it is not there."""

from app.core import booking_errors
from app.core import commands as cmd
from app.core import errors as err
from app.core.bookings import Booking
from app.core.centre import Service
from app.core.hall import Counter, Hall, Ticket, TicketState


def find_service(hall: Hall, code: str) -> Service:
    if code not in hall.services:
        raise err.UnknownService(service=code)
    return hall.services[code]


def find_counter(hall: Hall, number: int) -> Counter:
    if number not in hall.counters:
        raise err.UnknownCounter(counter=number)
    return hall.counters[number]


def find_ticket(hall: Hall, id_: str) -> Ticket:
    if id_ not in hall.tickets:
        raise err.UnknownTicket(ticket=id_)
    return hall.tickets[id_]


def find_booking(hall: Hall, id_: str) -> Booking:
    if id_ not in hall.bookings:
        raise booking_errors.UnknownBooking(booking=id_)
    return hall.bookings[id_]


def seen_counter(hall: Hall, command: cmd.AtCounter) -> Counter:
    """The counter, if it still shows what the presser saw."""
    counter = find_counter(hall, command.counter)
    if command.seen is not None and command.seen != (counter.ticket or ""):
        raise err.CounterChanged(counter=counter.number)
    return counter


def at_counter(hall: Hall, command: cmd.AtCounter) -> Ticket:
    """Who is at the counter. Raises CounterEmpty."""
    counter = seen_counter(hall, command)
    if counter.ticket is None:
        raise err.CounterEmpty(counter=counter.number)
    return hall.tickets[counter.ticket]


def require_state(ticket: Ticket, *allowed: TicketState) -> None:
    """Raise WrongState for any other."""
    if ticket.state not in allowed:
        raise err.WrongState(number=ticket.number, state=ticket.state)
