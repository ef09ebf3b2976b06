"""Judging the answer to an advice. The hall has gone on since it was given, so the move may no longer fit."""

from collections.abc import Callable

from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.administer import check_served
from app.core.advice import DECLINE_REASONS, MOVE_KINDS, Move
from app.core.coverage import able, due_clerk, planned_breaks
from app.core.decision import Decision
from app.core.hall import Break, Counter, CounterState, Hall
from app.core.plan import check_breaks

Judge = Callable[[Hall, Counter, Move, int], ev.Event]


def accept(hall: Hall, command: cmd.AcceptAdvice, now: int) -> Decision:
    """The answer and the move in one."""
    move = command.move
    _check_unanswered(hall, command.advice, move)
    counter = hall.counters.get(move.counter)
    if counter is None or _all_of(move) - hall.services.keys():
        raise _stale(move)
    moved = JUDGES[move.kind](hall, counter, move, now)
    return Decision((ev.AdviceAccepted(command.advice, move.counter, move, command.expected), moved))


def decline(hall: Hall, command: cmd.DeclineAdvice, _now: int) -> Decision:
    move = command.move
    _check_unanswered(hall, command.advice, move)
    if command.reason not in DECLINE_REASONS:
        raise err.OutOfRange(what="reason", bounds=" | ".join(DECLINE_REASONS))
    return Decision((ev.AdviceDeclined(command.advice, move.counter, move, command.expected, command.reason),))


def _check_unanswered(hall: Hall, advice: str, move: Move) -> None:
    if advice in hall.answered:
        raise err.AdviceAnswered(counter=move.counter)
    if move.kind not in MOVE_KINDS:
        raise err.OutOfRange(what="kind", bounds=" | ".join(MOVE_KINDS))


def _give(hall: Hall, counter: Counter, move: Move, _now: int) -> ev.Event:
    """What is not given must be as it was when the advice was made; likewise what is not taken."""
    added = _all_of(move) - _all_of(counter)
    if _all_of(counter) - _all_of(move) or not added <= set(move.services):
        raise _stale(move)
    _check_able(hall, counter, move, added)
    return _services_set(hall, counter, move)


def _take(hall: Hall, counter: Counter, move: Move, _now: int) -> ev.Event:
    gone = _all_of(counter) - _all_of(move)
    if _all_of(move) - _all_of(counter) or not gone <= set(move.services):
        raise _stale(move)
    return _services_set(hall, counter, move)


def _services_set(hall: Hall, counter: Counter, move: Move) -> ev.Event:
    """Raise AdviceStale where nothing would change."""
    if (move.own, move.help) == (counter.own, counter.help):
        raise _stale(move)
    check_served(hall, move.own, move.help)
    return ev.CounterServicesSet(counter.number, move.own, move.help)


def _check_able(hall: Hall, counter: Counter, move: Move, added: set[str]) -> None:
    if counter.clerk is None:
        raise _stale(move)
    for service in sorted(added - set(able(hall, counter))):
        raise err.NotAble(clerk=counter.clerk, service=service)


def _open(hall: Hall, counter: Counter, move: Move, now: int) -> ev.Event:
    clerk = counter.clerk or _free_clerk(hall, counter, now)
    resting = any(each.start <= now < each.end for each in planned_breaks(hall, counter, now))
    if counter.state is CounterState.OPEN or clerk is None or resting:
        raise _stale(move)
    return ev.CounterOpened(counter.number, clerk)


def _free_clerk(hall: Hall, counter: Counter, now: int) -> str | None:
    """Who is due here by the rota, unless they sit elsewhere: a clerk sits at one counter."""
    due = due_clerk(hall, counter, now)
    return None if due in {other.clerk for other in hall.counters.values()} else due


def _shift_break(hall: Hall, counter: Counter, move: Move, now: int) -> ev.Event:
    """One break of today at other times; the others stand. One that has begun cannot be moved."""
    standing = planned_breaks(hall, counter, now)
    moved = next((each for each in standing if each.start == move.was_start), None)
    if moved is None or moved.start <= now or move.start is None or move.end is None:
        raise _stale(move)
    breaks = tuple(sorted(Break(move.start, move.end) if each == moved else each for each in standing))
    if breaks == standing:
        raise _stale(move)
    try:
        check_breaks(hall, counter, breaks, now)
    except err.Refused as misfit:
        raise _stale(move) from misfit
    return ev.BreaksPlanned(counter.number, breaks)


def _all_of(holder: Counter | Move) -> set[str]:
    return {*holder.own, *holder.help}


def _stale(move: Move) -> err.AdviceStale:
    return err.AdviceStale(counter=move.counter)


JUDGES: dict[str, Judge] = {"give": _give, "take": _take, "open": _open, "break": _shift_break}
