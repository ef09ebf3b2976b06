"""When the centre is shut is said in one line, to readers who write dates differently."""

import pytest

from app.booking_words import closed_words
from app.core.centre import ClosedDays

HOLIDAY = ClosedDays("2026-09-02", "2026-09-02", "Quốc khánh", "National Day")
TET = ClosedDays("2027-02-05", "2027-02-11", "Tết Nguyên đán")
REPAIRS = ClosedDays("2026-12-28", "2027-01-03")


@pytest.mark.parametrize(
    ("language", "closed", "line"),
    [
        ("vi", HOLIDAY, "02/09: Trung tâm nghỉ – Quốc khánh"),
        ("vi", TET, "05/02–11/02: Trung tâm nghỉ – Tết Nguyên đán"),
        ("vi", REPAIRS, "28/12–03/01: Trung tâm nghỉ"),
        ("en", HOLIDAY, "2 September: The centre is closed – National Day"),
        ("en", TET, "5–11 February: The centre is closed – Tết Nguyên đán"),
        ("en", REPAIRS, "28 December – 3 January: The centre is closed"),
    ],
)
def test_closed_days_are_said_in_one_line(language: str, closed: ClosedDays, line: str) -> None:
    assert closed_words(language, closed) == line


def test_whoever_asks_for_today_is_told_that_it_is_today_and_for_how_long() -> None:
    tet = ClosedDays("2027-02-05", "2027-02-11", "Tết")
    assert closed_words("vi", tet, "Hôm nay") == "Hôm nay (05/02–11/02): Trung tâm nghỉ – Tết"
