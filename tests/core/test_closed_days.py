"""Days on which the centre is shut: nobody books, nothing is dropped, and the hall's own kiosk is not asked."""

import pytest
from office import Office, hanoi

from app.core import booking_errors
from app.core import commands as cmd
from app.core import errors as err
from app.core.bookings import BookingState
from app.core.centre import ClosedDays, SlotRule
from app.core.closed_days import closed_on, closed_within, standing_on
from app.core.slots import free_slots, home_state

MONDAY, TUESDAY, WEDNESDAY = "2026-11-23", "2026-11-24", "2026-11-25"
HOLIDAY = ClosedDays(TUESDAY, TUESDAY, "Quốc khánh", "National Day")
TET = ClosedDays(TUESDAY, "2026-11-30", "Tết")


@pytest.fixture
def booking(office: Office) -> Office:
    """Nine o'clock on every day of the week; visits and numbers from home too."""
    office.set(appointments=True, home_visits=True, home_numbers=True)
    office.do(cmd.SaveSlots(tuple(SlotRule(day, "HT", "09:00", "09:30", 30, 1) for day in range(7))))
    return office


def nine(day: str) -> int:
    return hanoi("09:00", day)


def close(office: Office, *closed: ClosedDays) -> None:
    office.do(cmd.SaveClosedDays(closed))


def test_on_a_closed_day_no_appointment_is_offered_and_none_is_given(booking: Office):
    close(booking, HOLIDAY)
    free = [day for day in (MONDAY, TUESDAY, WEDNESDAY) if free_slots(booking.hall, "HT", day, booking.now)]
    assert free == [MONDAY, WEDNESDAY]
    wish = cmd.BookSlot("b", "1", "HT", TUESDAY, nine(TUESDAY))
    booking.refuses(wish, booking_errors.CentreClosed, day=TUESDAY)
    booking.do(cmd.BookSlot("b", "1", "HT", WEDNESDAY, nine(WEDNESDAY)))


def test_nobody_goes_to_a_citizens_home_on_a_closed_day(booking: Office):
    close(booking, HOLIDAY)
    wish = cmd.BookVisit("v", "1", "HT", TUESDAY, nine(TUESDAY))
    booking.refuses(wish, booking_errors.CentreClosed, day=TUESDAY)
    booking.do(cmd.BookVisit("v", "1", "HT", WEDNESDAY, nine(WEDNESDAY)))
    booking.refuses(cmd.ChangeVisit("v", TUESDAY, nine(TUESDAY), None), booking_errors.CentreClosed, day=TUESDAY)


def test_a_range_closes_both_its_ends_and_what_lies_between(booking: Office):
    close(booking, TET)
    days = ["2026-11-23", "2026-11-24", "2026-11-27", "2026-11-30", "2026-12-01"]
    assert [closed_on(booking.hall, day) for day in days] == [None, TET, TET, TET, None]
    assert closed_within(booking.hall, "2026-11-30", "2026-12-06") == [TET]
    assert closed_within(booking.hall, "2026-12-01", "2026-12-06") == []
    assert closed_within(booking.hall, "2026-11-01", "2026-11-23") == []


def test_on_a_closed_day_no_number_is_taken_from_home_but_the_kiosk_gives_them(booking: Office):
    close(booking, ClosedDays(MONDAY, MONDAY))
    assert home_state(booking.hall, booking.now) == "closed"
    booking.refuses(cmd.BookHome("b", "1", "HT", 0), booking_errors.CentreClosed, day=MONDAY)
    assert booking.take() == "A001"
    close(booking)
    assert home_state(booking.hall, booking.now) == "open"
    booking.do(cmd.BookHome("b", "1", "HT", 0))


def test_a_centre_that_gives_no_numbers_from_home_says_that_first(booking: Office):
    close(booking, ClosedDays(MONDAY, MONDAY))
    booking.set(home_numbers=False)
    assert home_state(booking.hall, booking.now) == "off"


def test_bookings_that_stand_on_a_day_that_is_closed_are_told_and_stay(booking: Office):
    booking.do(cmd.BookSlot("slot", "1", "HT", TUESDAY, nine(TUESDAY)))
    booking.do(cmd.BookSlot("given back", "2", "HT", WEDNESDAY, nine(WEDNESDAY)))
    booking.do(cmd.CancelBooking("given back"))
    booking.do(cmd.BookVisit("visit", "3", "HT", WEDNESDAY, nine(WEDNESDAY)))
    booking.do(cmd.BookVisit("before", "4", "HT", MONDAY, nine(MONDAY)))
    close(booking, TET)
    assert [each.id for each in standing_on(booking.hall, TET)] == ["slot", "visit"]
    assert {each.state for each in standing_on(booking.hall, TET)} == {BookingState.BOOKED}
    booking.do(cmd.ChangeVisit("visit", WEDNESDAY, hanoi("10:00", WEDNESDAY), "lan"))  # as they agreed on the phone


def test_who_comes_on_a_closed_day_all_the_same_is_checked_in(booking: Office):
    booking.do(cmd.BookSlot("b", "1", "HT", MONDAY, nine(MONDAY)))
    close(booking, ClosedDays(MONDAY, MONDAY))
    booking.clock("08:50")
    booking.do(cmd.CheckIn("b", "x"))
    assert booking.line() == ["x"]


def test_closed_days_are_kept_in_order_and_saying_the_same_again_changes_nothing(booking: Office):
    close(booking, TET, ClosedDays("2026-09-02", "2026-09-02"))
    assert [each.first for each in booking.hall.closed] == ["2026-09-02", TUESDAY]
    assert booking.do(cmd.SaveClosedDays((TET, ClosedDays("2026-09-02", "2026-09-02")))).events == ()


@pytest.mark.parametrize(
    ("closed", "error"),
    [
        (ClosedDays("2/9/2026", TUESDAY), err.OutOfRange),
        (ClosedDays(TUESDAY, "20261124"), err.OutOfRange),  # ISO 8601 too, but later than every text with dashes
        (ClosedDays(WEDNESDAY, TUESDAY), err.EndsBeforeStart),
        (ClosedDays(TUESDAY, "2027-11-25"), err.OutOfRange),
        (ClosedDays(TUESDAY, TUESDAY, "x" * 81), err.OutOfRange),
        (ClosedDays(TUESDAY, TUESDAY, "", "x" * 81), err.OutOfRange),
    ],
)
def test_days_that_cannot_be_are_refused(booking: Office, closed: ClosedDays, error: type[err.Refused]):
    with pytest.raises(error):
        close(booking, closed)
    close(booking, ClosedDays(TUESDAY, "2027-11-24", "x" * 80))
