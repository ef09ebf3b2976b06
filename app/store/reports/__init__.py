"""Read models of a day and of a span of days, for the pages, the command line and the sheets."""

from datetime import date
from typing import Any

from sqlite_utils import Database

from app.core.errors import Invalid
from app.core.hall import Hall
from app.store.load import select
from app.store.reports.advised import advised, answers
from app.store.reports.of_channels import of_bookings, of_channels
from app.store.reports.of_dossiers import of_dossiers
from app.store.reports.of_ratings import of_ratings
from app.store.reports.period import period
from app.store.reports.recent import recent
from app.store.reports.rollups import sums_of
from app.store.reports.standard import Standard

__all__ = ["BadPeriod", "PeriodTooLong", "is_a_day", "of_day", "of_range", "recent"]

LONGEST_YEARS = 10
SERVICES = "SELECT code, name, name_en FROM service ORDER BY position, code"


class BadPeriod(Invalid):
    code = "bad_period"
    text = "A report runs from a day to the same or a later one, not from %(first)s to %(last)s."


class PeriodTooLong(Invalid):
    code = "period_too_long"
    text = "A report covers ten years at the most; from %(first)s to %(last)s is longer."


def of_day(db: Database, day: str, hall: Hall) -> dict[str, Any]:
    """The figures of one day (YYYY-MM-DD), against the targets in force."""
    return {"date": day, **of_range(db, day, day, hall)}


def of_range(db: Database, first: str, last: str, hall: Hall) -> dict[str, Any]:
    """The figures of the days from `first` to `last` (YYYY-MM-DD), both included. Raises BadPeriod or PeriodTooLong."""
    check_period(first, last)
    standard = Standard.of(hall)
    services = list(select(db, SERVICES))
    people = dict(db.execute("SELECT name, full_name FROM person").fetchall())
    sums = sums_of(db, first, last, standard)
    figures = period(sums, standard, services, people)
    entered = figures.pop("entered")
    return {
        "from": first,
        "to": last,
        **figures,
        "advice": advised(db, first, last, hall, standard),
        "advice_answers": answers(db, first, last),
        "dossiers": of_dossiers(db, first, last, hall.day, entered, timezone=standard.timezone),
        "ratings": of_ratings(db, first, last),
        "by_channel": of_channels(sums.channels),
        "bookings": of_bookings(db, first, last),
    }


def is_a_day(text: str) -> bool:
    """YYYY-MM-DD and nothing else: Python also knows 20261121 and 2026-W47-6, which no day of the log is called."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def check_period(first: str, last: str) -> None:
    """Raises BadPeriod or PeriodTooLong."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    if end < begin:
        raise BadPeriod(first=first, last=last)
    if (end.year - LONGEST_YEARS, end.month, end.day) > (begin.year, begin.month, begin.day):
        raise PeriodTooLong(first=first, last=last)
