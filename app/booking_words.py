"""What whoever booked is told to do, in one or two sentences: on the page of the booking and in the calendar file.

And when the centre is shut.
"""

from datetime import date

from babel.dates import format_date

from app.core.bookings import Booking, BookingKind
from app.core.centre import ClosedDays
from app.core.hall import Hall
from app.core.slots import MINUTE_MS
from app.i18n import gettext
from app.plain import iso


def rule_words(language: str, hall: Hall, booking: Booking) -> str:
    """The rule that book.py judges a check-in by."""
    if booking.kind is BookingKind.VISIT:
        words = "Somebody from the centre comes to your home at about %(at)s."
        return gettext(language, words, at=clock_of(hall, booking.at))
    if booking.kind is BookingKind.HOME and booking.until is not None:
        words = "Be at the centre and check in by %(until)s. After that the number lapses."
        return gettext(language, words, until=clock_of(hall, booking.until))
    return slot_rule_words(language, hall, booking.at)


def slot_rule_words(language: str, hall: Hall, at: int) -> str:
    """Of an appointment at `at` (ms), which need not be made yet."""
    settings = hall.settings
    return gettext(
        language,
        "Check in at the centre between %(first)s and %(last)s: you are then called at about %(at)s,"
        " or somewhat later when many are waiting."
        " If you come later that day, you wait as everybody does who takes a number then.",
        first=clock_of(hall, at - settings.appointment_early_min * MINUTE_MS),
        last=clock_of(hall, at + settings.appointment_late_min * MINUTE_MS),
        at=clock_of(hall, at),
    )


def closed_words(language: str, closed: ClosedDays, asked: str = "") -> str:
    """As 02/09: Trung tâm nghỉ – Quốc khánh; the days are Hôm nay (02/09) where `asked` is Hôm nay."""
    days = _days(language, date.fromisoformat(closed.first), date.fromisoformat(closed.last))
    if asked:
        days = f"{asked} ({days})"
    word = closed.word_en if language == "en" and closed.word_en else closed.word
    if not word:
        return gettext(language, "%(days)s: The centre is closed", days=days)
    return gettext(language, "%(days)s: The centre is closed – %(word)s", days=days, word=word)


def _days(language: str, first: date, last: date) -> str:
    """In English by name: which of two figures is the month, readers of English do not agree on."""
    if language != "en":
        return "–".join(dict.fromkeys(f"{day:%d/%m}" for day in (first, last)))
    start, end = (format_date(day, "d MMMM", locale="en") for day in (first, last))
    if first == last:
        return end
    in_one_month = (first.year, first.month) == (last.year, last.month)
    return f"{first.day}–{end}" if in_one_month else f"{start} – {end}"


def clock_of(hall: Hall, at: int) -> str:
    """HH:MM of the centre's clock."""
    return (iso(hall, at) or "")[11:16]
