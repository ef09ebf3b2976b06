"""Appointments and visits at home: times by service and capacity, the due place, who is late and who never came."""

from dataclasses import replace

import pytest
from office import Office, hanoi

from app.core import booking_errors
from app.core import commands as cmd
from app.core import errors as err
from app.core.bookings import BookingState
from app.core.centre import SlotRule
from app.core.slots import free_slots, slots_of

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"
RULE = SlotRule(0, "HT", "09:00", "10:00", 30, 1)
NINE = hanoi("09:00")


@pytest.fixture
def booking(office: Office) -> Office:
    """Mondays at nine and half past, one each; check-in from a quarter of an hour before to ten minutes after."""
    office.set(appointments=True, home_visits=True)
    office.do(cmd.SaveSlots((RULE,)))
    return office


def book(office: Office, id_: str = "b", at: int = NINE, day: str = MONDAY) -> None:
    office.do(cmd.BookSlot(id_, f"{len(office.hall.bookings):06d}", "HT", day, at))


def test_the_times_of_a_day_follow_the_week(booking: Office):
    assert [slot.at for slot in free_slots(booking.hall, "HT", MONDAY, booking.now)] == [NINE, hanoi("09:30")]
    assert free_slots(booking.hall, "HT", TUESDAY, booking.now) == []
    assert free_slots(booking.hall, "DD", MONDAY, booking.now) == []


def test_two_rules_for_the_same_time_add_up(booking: Office):
    booking.do(cmd.SaveSlots((RULE, SlotRule(0, "HT", "09:00", "09:30", 30, 2))))
    assert [slot.free for slot in slots_of(booking.hall, "HT", MONDAY)] == [3, 1]


def test_a_time_that_is_full_is_not_offered_and_not_given(booking: Office):
    book(booking)
    assert [slot.at for slot in free_slots(booking.hall, "HT", MONDAY, booking.now)] == [hanoi("09:30")]
    booking.refuses(cmd.BookSlot("c", "9", "HT", MONDAY, NINE), booking_errors.SlotTaken, service="HT", day=MONDAY)
    booking.do(cmd.CancelBooking("b"))
    book(booking, "c")


def test_a_time_that_has_begun_is_not_given(booking: Office):
    booking.clock("09:00")
    booking.refuses(cmd.BookSlot("b", "9", "HT", MONDAY, NINE), booking_errors.SlotTaken, service="HT", day=MONDAY)


def test_a_time_that_is_none_is_refused(booking: Office):
    booking.refuses(cmd.BookSlot("b", "9", "HT", MONDAY, NINE + 1), booking_errors.NoSuchSlot, service="HT", day=MONDAY)


@pytest.mark.parametrize("day", ["2026-11-22", "2026-12-08", "soon"])
def test_days_gone_or_too_far_ahead_are_refused(booking: Office, day: str):
    with pytest.raises(err.OutOfRange):
        booking.do(cmd.BookSlot("b", "9", "HT", day, NINE))


def test_a_centre_without_appointments_says_so(office: Office):
    office.refuses(cmd.BookSlot("b", "9", "HT", MONDAY, NINE), booking_errors.AppointmentsOff)
    office.refuses(cmd.BookVisit("b", "9", "HT", MONDAY, NINE), booking_errors.HomeVisitsOff)


def test_who_comes_in_time_has_waited_just_the_target_when_the_time_comes(booking: Office):
    book(booking)
    booking.clock("08:44:59")
    booking.refuses(cmd.CheckIn("b", "x"), booking_errors.TooEarly, minutes=15)
    booking.clock("08:45")
    earlier = booking.take()
    booking.do(cmd.CheckIn("b", "x"))
    later = booking.take()
    assert booking.ticket("x").place.at == NINE - 900_000
    assert booking.line() == ["x", earlier, later]  # all of the same minute; the one with the appointment is due first


def test_who_stood_there_long_before_is_not_pushed_back(booking: Office):
    book(booking)
    booking.clock("08:30")
    standing = booking.take()
    booking.clock("08:50")
    booking.do(cmd.CheckIn("b", "x"))
    assert booking.line() == [standing, "x"]


def test_who_is_a_little_late_keeps_the_place_and_who_is_later_queues_up(booking: Office):
    book(booking)
    book(booking, "c", hanoi("09:30"))
    booking.clock("09:10")
    booking.do(cmd.CheckIn("b", "x"))
    assert booking.ticket("x").place.at == NINE - 900_000
    booking.clock("09:41")
    booking.do(cmd.CheckIn("c", "y"))
    assert booking.ticket("y").place.at == booking.now


def test_a_booking_of_another_day_is_not_checked_in(booking: Office):
    booking.do(cmd.SaveSlots((RULE, replace(RULE, weekday=1))))
    book(booking, at=hanoi("09:00", TUESDAY), day=TUESDAY)
    booking.refuses(cmd.CheckIn("b", "x"), booking_errors.NotThatDay, day=TUESDAY, time="09:00")


def test_a_booking_outlives_midnight_and_is_told_missed_when_its_day_is_over(booking: Office):
    booking.do(cmd.SaveSlots((RULE, replace(RULE, weekday=1))))
    book(booking, at=hanoi("09:00", TUESDAY), day=TUESDAY)
    booking.now = hanoi("07:00", TUESDAY)
    booking.do(cmd.StartDay())
    assert booking.hall.bookings["b"].state is BookingState.BOOKED
    booking.now = hanoi("07:00", "2026-11-26")
    booking.do(cmd.StartDay())
    ended = [c.recorded.event for c in booking.changes if type(c.recorded.event).__name__ == "BookingEnded"]
    assert [(e.booking, e.state) for e in ended] == [("b", "missed")]
    assert booking.hall.bookings == {}


def test_a_service_that_goes_takes_its_times_with_it(booking: Office):
    booking.do(cmd.SaveSlots((RULE, replace(RULE, service="XD"))))
    booking.do(cmd.RemoveService("XD"))
    assert booking.hall.slots == (RULE,)


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        ({"service": "ZZ"}, err.UnknownService),
        ({"weekday": 7}, err.OutOfRange),
        ({"start": "9:00"}, err.OutOfRange),
        ({"end": "09:00"}, err.EndsBeforeStart),
        ({"every_min": 4}, err.OutOfRange),
        ({"capacity": 0}, err.OutOfRange),
    ],
)
def test_a_week_that_cannot_be_is_refused(booking: Office, rule: dict[str, object], error: type[err.Refused]):
    with pytest.raises(error):
        booking.do(cmd.SaveSlots((replace(RULE, **rule),)))
    assert booking.do(cmd.SaveSlots((RULE,))).events == ()


def test_a_visit_is_made_moved_and_done(booking: Office):
    booking.do(cmd.BookVisit("v", "9", "XD", TUESDAY, hanoi("15:00", TUESDAY), clerk="lan"))
    moved = cmd.ChangeVisit("v", MONDAY, hanoi("16:00"), "minh")
    booking.do(moved)
    assert booking.do(moved).events == ()
    visit = booking.hall.bookings["v"]
    assert (visit.day, visit.at, visit.clerk) == (MONDAY, hanoi("16:00"), "minh")
    booking.refuses(cmd.CheckIn("v", "x"), booking_errors.NotAtTheCentre)
    booking.do(cmd.FinishVisit("v"))
    booking.refuses(cmd.FinishVisit("v"), booking_errors.BookingEndedAlready, state="done")


def test_a_visit_must_be_on_its_day_and_an_appointment_is_no_visit(booking: Office):
    with pytest.raises(err.OutOfRange):
        booking.do(cmd.BookVisit("v", "9", "XD", TUESDAY, hanoi("15:00")))
    book(booking)
    booking.refuses(cmd.FinishVisit("b"), booking_errors.NotAVisit)


def test_who_has_an_appointment_is_served_though_the_numbers_of_the_day_are_gone(booking: Office):
    book(booking)
    booking.do(cmd.SaveService(replace(booking.hall.services["HT"], daily_limit=1)))
    booking.take()
    booking.refuses(cmd.IssueTicket("w", "HT"), err.DailyLimitReached, service="HT", limit=1)
    booking.clock("08:50")
    booking.do(cmd.CheckIn("b", "x"))
    assert booking.ticket("x").number == "A002"
