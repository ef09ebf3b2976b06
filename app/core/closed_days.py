"""Days on which the centre is shut: who says so, what then cannot be booked, and which bookings stand there already.

The kiosk in the hall knows nothing of them: where people stand at it, somebody has opened the door.
"""

from datetime import date

from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.booking_errors import CentreClosed
from app.core.bookings import Booking, BookingState
from app.core.centre import ClosedDays
from app.core.decision import Decision
from app.core.hall import Hall

LONGEST_WORD = 80
# A year that was mistyped must not shut the centre for a generation.
MOST_DAYS = 366


def closed_on(hall: Hall, day: str) -> ClosedDays | None:
    """The closed days that `day` (YYYY-MM-DD) is one of."""
    return next((each for each in hall.closed if each.first <= day <= each.last), None)


def closed_within(hall: Hall, first: str, last: str) -> list[ClosedDays]:
    """Those that touch the days from `first` to `last`, in order."""
    return [each for each in hall.closed if each.first <= last and each.last >= first]


def check_open(hall: Hall, day: str) -> None:
    """Raises CentreClosed."""
    if closed_on(hall, day):
        raise CentreClosed(day=day)


def standing_on(hall: Hall, closed: ClosedDays) -> list[Booking]:
    """The bookings on these days whose people still mean to come, or wait for somebody to come."""
    booked = [each for each in hall.bookings.values() if each.state is BookingState.BOOKED]
    return [each for each in booked if closed.first <= each.day <= closed.last]


def save_closed_days(hall: Hall, command: cmd.SaveClosedDays, _now: int) -> Decision:
    for each in command.closed:
        _check(each)
    closed = tuple(sorted(command.closed, key=lambda each: (each.first, each.last, each.word)))
    return Decision((ev.ClosedDaysSaved(closed),)) if closed != hall.closed else Decision()


def _check(closed: ClosedDays) -> None:
    first, last = (_ordinal(what, getattr(closed, what)) for what in ("first", "last"))
    if last < first:
        raise err.EndsBeforeStart(start=closed.first, end=closed.last)
    if last - first >= MOST_DAYS:
        raise err.OutOfRange(what="last", bounds=f"{closed.first} + {MOST_DAYS - 1}")
    for what in ("word", "word_en"):
        if len(getattr(closed, what)) > LONGEST_WORD:
            raise err.OutOfRange(what=what, bounds=f"0-{LONGEST_WORD}")


def _ordinal(what: str, day: str) -> int:
    """ISO 8601 has other ways to write a date, and days are compared as texts."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        found = None
    if found is None or found.isoformat() != day:
        raise err.OutOfRange(what=what, bounds="YYYY-MM-DD")
    return found.toordinal()
