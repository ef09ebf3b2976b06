"""Finding what a command names, or saying that it is not there."""

from app.core import errors as err
from app.core.hall import Counter, Hall, Service, Ticket


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
