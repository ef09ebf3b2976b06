"""How long a counter stood open with nobody at it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Stay(NamedTuple):
    """A citizen at the counter, from the call to the end. Times in ms."""

    at: int
    ended: int
    clerk: str


class Turn(NamedTuple):
    """The counter was opened (by a clerk, "" where not told), or paused or closed."""

    at: int
    opened: bool
    clerk: str


def gaps(happened: Iterable[Stay | Turn]) -> Iterator[tuple[str, int]]:
    """(clerk, ms) of each stretch of one counter's day in which it was open and free, in order of time.

    It begins with the opening, or with the first call where none is known, and ends with the last stay where nobody
    closed the counter: a night with the lamp on is not idle time. Never negative.
    """
    opened, free, busy_until, clerk = True, None, 0, ""
    for each in sorted(happened, key=lambda each: each.at):
        clerk = each.clerk or clerk
        if free is not None and each.at > free and not (isinstance(each, Turn) and each.opened):
            yield clerk, each.at - free
        if isinstance(each, Stay):
            busy_until = max(busy_until, each.ended)
            free = busy_until if opened else None
        elif each.opened:
            opened, free = True, max(each.at, busy_until) if free is None else free
        else:
            opened, free = False, None
