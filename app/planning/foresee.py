"""How long one will wait: the hall played forward a few times, through the real routing, until the ticket is called."""

from collections.abc import Sequence
from random import Random
from statistics import fmean, median, pstdev
from typing import NamedTuple

from app.core.hall import Hall, Ticket
from app.planning.calibration import AT_ONCE_MIN, Foreseen
from app.planning.floor import GHOST
from app.planning.forward import Forward
from app.planning.futures import Outlook
from app.planning.learnt import Learnt

PLAYS = 8
PLAYS_OF_ALL = 16
FIRST_PLAYS = 2
COMING_MS = 30 * 60_000  # whoever comes later hardly changes the wait of those who are here
LONGEST_MS = 6 * 3_600_000
LEAST_SPREAD_MIN = 1.0
OF_EXPECTED = 0.15  # what is not known of the hall grows with the wait


class Newcomer(NamedTuple):
    """Somebody who takes a number for a service now."""

    service: str
    priority: bool


def foresee(hall: Hall, learnt: Learnt, ticket: Ticket, now: int, rng: Random) -> Foreseen | None:
    """The wait of one waiting ticket from `now` (ms) on; None where no counter will call it."""
    return _foresee(Forward(Outlook.of(hall, learnt, now)), [ticket.id], PLAYS, rng).get(ticket.id)


def foresee_all(
    hall: Hall, learnt: Learnt, now: int, rng: Random
) -> tuple[dict[Newcomer, Foreseen], dict[str, Foreseen]]:
    """Of whoever takes a number now, and by ticket of all who wait. Without those whom nobody will call."""
    forward = Forward(Outlook.of(hall, learnt, now))
    forward.send_ghosts()
    found = _foresee(forward, [standing.ticket for _, standing in forward.floor.waiting()], PLAYS_OF_ALL, rng)
    newcomers = {_newcomer(id_): each for id_, each in found.items() if id_.startswith(GHOST)}
    return newcomers, {id_: each for id_, each in found.items() if not id_.startswith(GHOST)}


def _newcomer(ghost: str) -> Newcomer:
    return Newcomer(ghost.lstrip(GHOST), ghost.startswith(2 * GHOST))


def _foresee(forward: Forward, watched: Sequence[str], plays: int, rng: Random) -> dict[str, Foreseen]:
    """Where nobody has to wait in the first plays, there is nothing to look into."""
    now = forward.outlook.now
    waits: dict[str, list[float]] = {id_: [] for id_ in watched}
    for played in range(1, plays + 1):
        future = forward.outlook.draw(rng, now + COMING_MS)
        for ticket, _service, _since, at in forward.play(future, now + LONGEST_MS, watched=watched).called:
            if ticket in waits:
                waits[ticket].append((at - now) / 60_000)
        if played == FIRST_PLAYS and all(sum(each) < AT_ONCE_MIN for each in waits.values()):
            break
    return {id_: of_samples(each) for id_, each in waits.items() if len(each) == played}


def of_samples(waits: Sequence[float]) -> Foreseen:
    """From the waits (minutes) of several plays."""
    expected = (fmean(waits) + median(waits)) / 2
    spread = (pstdev(waits) ** 2 + (OF_EXPECTED * expected) ** 2 + LEAST_SPREAD_MIN**2) ** 0.5
    return Foreseen(expected, spread)
