"""Judging what concerns counters and the centre itself: who sits where, what is served, how the centre is set."""

import re
from dataclasses import replace
from zoneinfo import available_timezones

from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.bookings import BookingState
from app.core.centre import CLOCK_TIME, Service, Settings
from app.core.coming_back import let_go
from app.core.decision import Decision
from app.core.hall import ENDED, Counter, CounterState, Hall
from app.core.lookup import find_counter, find_service

LETTER = re.compile(r"[A-Z]")
CODE = re.compile(r"[A-Za-z0-9_-]{1,12}")
HIGHEST_COUNTER = 99


def open_counter(hall: Hall, command: cmd.OpenCounter, _now: int) -> Decision:
    counter = find_counter(hall, command.counter)
    clerk = command.clerk or counter.clerk
    if counter.clerk not in (None, clerk):
        raise err.CounterTaken(counter=counter.number, clerk=counter.clerk)
    if counter.state is CounterState.OPEN and counter.clerk == clerk:
        raise err.CounterAlready(counter=counter.number, state=counter.state)
    return Decision((*_leave_other_counters(hall, counter, clerk), ev.CounterOpened(counter.number, clerk)))


def _leave_other_counters(hall: Hall, counter: Counter, clerk: str | None) -> list[ev.Event]:
    """A clerk sits at one counter: opening another closes the one before, if nobody is there."""
    left = [c for c in hall.counters.values() if clerk and c.clerk == clerk and c is not counter]
    for other in left:
        if other.ticket:
            raise err.ClerkElsewhere(number=hall.tickets[other.ticket].number, counter=other.number)
    events: list[ev.Event] = []
    for other in left:
        events += [ev.CounterClosed(other.number), *let_go(hall.kept_by(other.number))]
    return events


def pause_counter(hall: Hall, command: cmd.PauseCounter, _now: int) -> Decision:
    counter = find_counter(hall, command.counter)
    if counter.state is CounterState.CLOSED:
        raise err.CounterNotOpen(counter=counter.number)
    if command.until is not None and not CLOCK_TIME.fullmatch(command.until):
        raise err.OutOfRange(what="until", bounds="HH:MM")
    if counter.state is CounterState.PAUSED and counter.until == command.until:
        raise err.CounterAlready(counter=counter.number, state=counter.state)
    return Decision((ev.CounterPaused(counter.number, command.until), *let_go(hall.kept_by(counter.number))))


def close_counter(hall: Hall, command: cmd.CloseCounter, _now: int) -> Decision:
    counter = find_counter(hall, command.counter)
    if counter.state is CounterState.CLOSED:
        raise err.CounterAlready(counter=counter.number, state=counter.state)
    if counter.ticket:
        raise err.CounterBusy(counter=counter.number, number=hall.tickets[counter.ticket].number)
    return Decision((ev.CounterClosed(counter.number), *let_go(hall.kept_by(counter.number))))


def set_counter_services(hall: Hall, command: cmd.SetCounterServices, _now: int) -> Decision:
    counter = find_counter(hall, command.counter)
    check_served(hall, command.own, command.help)
    if (counter.own, counter.help) == (command.own, command.help):
        return Decision()
    return Decision((ev.CounterServicesSet(counter.number, command.own, command.help),))


def save_settings(_hall: Hall, command: cmd.SaveSettings, _now: int) -> Decision:
    _check_settings(command.settings)
    return Decision((ev.SettingsSaved(command.settings),))


def save_service(hall: Hall, command: cmd.SaveService, now: int) -> Decision:
    decision = save_service_among_others(hall, command, now)
    service = command.service
    others = {code: other for code, other in hall.services.items() if code != service.code}
    check_letters(replace(hall, services={**others, service.code: service}))
    return decision


def save_service_among_others(hall: Hall, command: cmd.SaveService, _now: int) -> Decision:
    """As one of several edits: its letter may still be another's, which a later edit of them takes away."""
    service = command.service
    if not CODE.fullmatch(service.code):
        raise err.OutOfRange(what="code", bounds="1-12 A-Z a-z 0-9 _ -")
    if not LETTER.fullmatch(service.letter):
        raise err.OutOfRange(what="letter", bounds="A-Z")
    if not service.name.strip():
        raise err.OutOfRange(what="name", bounds="not empty")
    if service.daily_limit is not None and service.daily_limit < 0:
        raise err.OutOfRange(what="daily_limit", bounds="0 or more")
    _check_bounds("target_s", service.target_s)
    _check_bounds("handle_target_s", service.handle_target_s, BOUNDS["target_s"])
    _check_not_printed(hall, service)
    return Decision((ev.ServiceSaved(service),))


def check_letters(hall: Hall) -> None:
    """One letter, one service. Raises LetterTaken."""
    holders: dict[str, str] = {}
    for service in hall.services.values():
        holder = holders.setdefault(service.letter, service.code)
        if holder != service.code:
            raise err.LetterTaken(letter=service.letter, service=holder)


def _check_not_printed(hall: Hall, service: Service) -> None:
    """Numbers that another service has printed today hold their letter, whoever has it now."""
    for ticket in hall.tickets.values():
        if ticket.origin != service.code and ticket.number[0] == service.letter:
            raise err.LetterTaken(letter=service.letter, service=ticket.origin)
    for booking in hall.bookings.values():
        if booking.number and booking.service != service.code and booking.number[0] == service.letter:
            raise err.LetterTaken(letter=service.letter, service=booking.service)


def remove_service(hall: Hall, command: cmd.RemoveService, _now: int) -> Decision:
    service = find_service(hall, command.service)
    for counter in hall.counters.values():
        if service.code in counter.own + counter.help:
            raise err.InUse(what=service.code, by=f"counter {counter.number}")
    for ticket in hall.tickets.values():
        if service.code in (ticket.service, *ticket.then) and ticket.state not in ENDED:
            raise err.InUse(what=service.code, by=ticket.number)
    for booking in hall.bookings.values():
        if booking.service == service.code and booking.state is BookingState.BOOKED:
            raise err.InUse(what=service.code, by=booking.code)
    return Decision((ev.ServiceRemoved(service.code),))


def save_counter(hall: Hall, command: cmd.SaveCounter, _now: int) -> Decision:
    if not 1 <= command.counter <= HIGHEST_COUNTER:
        raise err.OutOfRange(what="number", bounds=f"1-{HIGHEST_COUNTER}")
    check_served(hall, command.own, command.help)
    return Decision((ev.CounterSaved(command.counter, command.name, command.own, command.help, command.kind),))


def remove_counter(hall: Hall, command: cmd.RemoveCounter, _now: int) -> Decision:
    counter = find_counter(hall, command.counter)
    if counter.state is not CounterState.CLOSED or counter.ticket:
        raise err.InUse(what=str(counter.number), by=counter.clerk or counter.state)
    for kept in hall.kept_by(counter.number):
        raise err.InUse(what=str(counter.number), by=kept.number)
    return Decision((ev.CounterRemoved(counter.number),))


def replace_catalogue(hall: Hall, command: cmd.ReplaceCatalogue, _now: int) -> Decision:
    for _, service in command.procedures:
        find_service(hall, service)
    return Decision((ev.CatalogueReplaced(command.procedures),))


def note(_hall: Hall, command: cmd.Note, _now: int) -> Decision:
    return Decision((ev.Noted(command.what, command.name, command.detail),))


def check_served(hall: Hall, own: tuple[str, ...], help_: tuple[str, ...]) -> None:
    """Raise UnknownService, NothingServed or ServiceBothWays."""
    for code in own + help_:
        find_service(hall, code)
    if not own:
        raise err.NothingServed
    for code in own + help_:
        if (own + help_).count(code) > 1:
            raise err.ServiceBothWays(service=code)


BOUNDS = {
    "target_s": (60, 14_400),
    "amber_s": (30, 14_400),
    "priority_every": (1, 100),
    "return_behind": (0, 100),
    "arrive_after_s": (0, 600),
    "double_press_ms": (0, 10_000),
    "undo_s": (0, 300),
    "voice_repeat": (1, 2),
    "home_per_service": (1, 500),
    "home_grace_min": (1, 120),
    "home_travel_min": (0, 180),
    "appointment_days": (1, 90),
    "appointment_early_min": (0, 120),
    "appointment_late_min": (0, 120),
    "personal_days": (0, 365),
}
CHOICES = {
    "voice_region": ("north", "central", "south"),
    "voice_style": ("hybrid", "whole", "digits"),
    "routing": ("target", "oldest"),
}
PATTERNS = {
    "name": (re.compile(r".*\S.*", re.DOTALL), "not empty"),
    "accent": (re.compile(r"(#[0-9a-fA-F]{6})?"), "#rrggbb"),
    "home_from": (CLOCK_TIME, "HH:MM"),
    "home_until": (CLOCK_TIME, "HH:MM"),
}


def _check_bounds(name: str, value: int, bounds: tuple[int, int] | None = None) -> None:
    low, high = bounds or BOUNDS[name]
    if not low <= value <= high:
        raise err.OutOfRange(what=name, bounds=f"{low}-{high}")


def _check_settings(settings: Settings) -> None:
    for name in BOUNDS:
        _check_bounds(name, getattr(settings, name))
    if settings.amber_s > settings.target_s:
        raise err.OutOfRange(what="amber_s", bounds=f"{BOUNDS['amber_s'][0]}-{settings.target_s}")
    for name, choices in CHOICES.items():
        if getattr(settings, name) not in choices:
            raise err.OutOfRange(what=name, bounds=" | ".join(choices))
    for name, (pattern, bounds) in PATTERNS.items():
        if not pattern.fullmatch(getattr(settings, name)):
            raise err.OutOfRange(what=name, bounds=bounds)
    if settings.home_until <= settings.home_from:
        raise err.EndsBeforeStart(start=settings.home_from, end=settings.home_until)
    if settings.timezone not in available_timezones():
        raise err.OutOfRange(what="timezone", bounds="Asia/Ho_Chi_Minh, ...")
