"""Judging plans: who is able to do what, who sits where in an ordinary week, and today's breaks."""

from itertools import pairwise

from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.centre import CLOCK_TIME, Shift
from app.core.coverage import clock_time, planned_breaks
from app.core.decision import Decision
from app.core.hall import Break, Counter, Hall, day_of
from app.core.lookup import find_counter, find_service


def save_skills(hall: Hall, command: cmd.SaveSkills, _now: int) -> Decision:
    if not command.clerk:
        raise err.OutOfRange(what="clerk", bounds="not empty")
    for code in command.services:
        find_service(hall, code)
    services = tuple(dict.fromkeys(command.services))
    if hall.skills.get(command.clerk, ()) == services:
        return Decision()
    return Decision((ev.SkillsSaved(command.clerk, services),))


def save_rota(hall: Hall, command: cmd.SaveRota, _now: int) -> Decision:
    for shift in command.shifts:
        _check_shift(hall, shift)
    shifts = tuple(sorted(command.shifts, key=lambda s: (s.weekday, s.counter, s.start)))
    _check_counters_apart(shifts)
    _check_clerks_apart(shifts)
    return Decision((ev.RotaSaved(shifts),)) if shifts != hall.rota else Decision()


def _check_shift(hall: Hall, shift: Shift) -> None:
    find_counter(hall, shift.counter)
    if shift.weekday not in range(7):
        raise err.OutOfRange(what="weekday", bounds="0-6")
    for what in ("start", "end"):
        if not CLOCK_TIME.fullmatch(getattr(shift, what)):
            raise err.OutOfRange(what=what, bounds="HH:MM")
    if shift.end <= shift.start:
        raise err.EndsBeforeStart(start=shift.start, end=shift.end)


def _check_counters_apart(shifts: tuple[Shift, ...]) -> None:
    for one, after in pairwise(shifts):
        if (one.weekday, one.counter) == (after.weekday, after.counter) and after.start < one.end:
            raise err.CounterOverlap(counter=one.counter, start=after.start, end=one.end)


def _check_clerks_apart(shifts: tuple[Shift, ...]) -> None:
    seated = sorted((s for s in shifts if s.clerk), key=lambda s: (s.clerk, s.weekday, s.start))
    for one, after in pairwise(seated):
        if (one.clerk, one.weekday) == (after.clerk, after.weekday) and after.start < one.end:
            raise err.ClerkOverlap(clerk=one.clerk, first=one.counter, second=after.counter, start=after.start)


def plan_breaks(hall: Hall, command: cmd.PlanBreaks, now: int) -> Decision:
    counter = find_counter(hall, command.counter)
    breaks = tuple(sorted(command.breaks))
    check_breaks(hall, counter, breaks, now)
    return Decision((ev.BreaksPlanned(counter.number, breaks),)) if breaks != counter.breaks else Decision()


def check_breaks(hall: Hall, counter: Counter, breaks: tuple[Break, ...], now: int) -> None:
    """Raise what is wrong with a counter's breaks of today, given in order. One that is over may stay as it was."""
    standing = planned_breaks(hall, counter, now)
    for each in breaks:
        times = {"start": clock_time(hall, each.start), "end": clock_time(hall, each.end)}
        if each.end <= each.start:
            raise err.EndsBeforeStart(**times)
        if not _is_today(hall, each, now):
            raise err.NotToday(**times)
        if each.end <= now and each not in standing:
            raise err.BreakOver(**times)
    for one, after in pairwise(breaks):
        if after.start < one.end:
            start, end = clock_time(hall, after.start), clock_time(hall, one.end)
            raise err.CounterOverlap(counter=counter.number, start=start, end=end)


def _is_today(hall: Hall, each: Break, now: int) -> bool:
    today = day_of(now, hall.settings.timezone)
    return all(day_of(moment, hall.settings.timezone) == today for moment in (each.start, each.end - 1))
