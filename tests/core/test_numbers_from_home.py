"""Numbers taken from home for today: within the centre's limits, kept until a told time, fair to those in the hall."""

from dataclasses import replace

import pytest
from office import Office, hanoi

from app.core import booking_errors
from app.core import commands as cmd
from app.core import errors as err
from app.core.bookings import BookingState
from app.core.centre import Service
from app.core.hall import TicketState
from app.core.slots import clock_time, home_left, home_state


@pytest.fixture
def at_home(office: Office) -> Office:
    """Three a day and service, half an hour to come, ten minutes of grace."""
    office.set(home_numbers=True, home_per_service=3, home_grace_min=10)
    return office


def book(office: Office, id_: str = "b", minutes: float = 30, service: str = "HT") -> str:
    code = f"{len(office.hall.bookings):06d}"
    office.do(cmd.BookHome(id_, code, service, office.now + round(minutes * 60_000), claimed=id_ == "claimed"))
    return id_


def test_a_number_from_home_is_the_next_of_the_series_and_nobody_else_gets_it(at_home: Office):
    assert at_home.take() == "A001"
    book(at_home)
    assert at_home.hall.bookings["b"].number == "A002"
    assert at_home.take() == "A003"
    at_home.do(cmd.CheckIn("b", "x"))
    assert at_home.ticket("x").number == "A002"
    assert at_home.take() == "A004"


def test_who_has_not_come_is_not_in_the_line(at_home: Office):
    book(at_home)
    assert at_home.line() == []
    assert at_home.next() is None


def test_who_comes_in_time_stands_where_they_would_have_stood_in_the_hall(at_home: Office):
    before = at_home.take()
    book(at_home)
    after = at_home.take()
    at_home.do(cmd.CheckIn("b", "x"))
    assert at_home.line() == [before, "x", after]


def test_who_stood_in_the_hall_for_longer_than_the_target_goes_before_whoever_was_at_home(at_home: Office):
    book(at_home, minutes=60)
    at_home.wait(60)
    standing = at_home.take()
    at_home.wait(1000)
    at_home.do(cmd.CheckIn("b", "x"))
    assert at_home.line() == [standing, "x"]
    assert at_home.do(cmd.CallTicket(1, ticket="x")).reason.waited_s == 0


def test_who_was_passed_while_still_at_home_is_next_and_undoes_no_call(at_home: Office):
    book(at_home)
    later = at_home.take()
    assert at_home.next() == later
    at_home.do(cmd.CheckIn("b", "x"))
    at_home.take()
    assert at_home.next() == "x"


def test_a_number_lapses_when_nobody_came_within_the_grace_time(at_home: Office):
    book(at_home, minutes=30)
    at_home.wait(40 * 60)
    at_home.do(cmd.LapseBookings())
    assert at_home.hall.bookings["b"].state is BookingState.BOOKED
    at_home.wait(1)
    kept_until = clock_time(at_home.hall, at_home.now - 1000)
    at_home.refuses(cmd.CheckIn("b", "x"), booking_errors.BookingOver, number="A001", until=kept_until)
    at_home.do(cmd.LapseBookings())
    assert at_home.hall.bookings["b"].state is BookingState.LAPSED
    at_home.refuses(cmd.CheckIn("b", "x"), booking_errors.BookingOver, number="A001", until=kept_until)


def test_checking_in_twice_gives_the_same_ticket(at_home: Office):
    book(at_home)
    at_home.do(cmd.CheckIn("b", "x"))
    assert at_home.do(cmd.CheckIn("b", "y")).ticket == "x"
    assert "y" not in at_home.hall.tickets


def test_a_ticket_id_that_is_taken_is_refused(at_home: Office):
    book(at_home)
    at_home.refuses(cmd.CheckIn("b", at_home.take()), err.TicketIdTaken, ticket="A002")


def test_who_says_to_be_of_a_priority_class_is_asked_at_the_counter(at_home: Office):
    book(at_home, "claimed")
    at_home.do(cmd.CheckIn("claimed", "x"))
    assert (at_home.ticket("x").priority, at_home.ticket("x").claimed) == ("priority", True)


def test_numbers_are_given_only_within_the_hours_that_the_centre_set(at_home: Office):
    at_home.set(home_from="08:30", home_until="09:00")
    closed = {"start": "08:30", "end": "09:00"}
    for clock, state in (("08:29", "early"), ("08:30", "open"), ("09:00", "late")):
        at_home.clock(clock)
        assert home_state(at_home.hall, at_home.now) == state
        if state == "open":
            book(at_home)
        else:
            at_home.refuses(cmd.BookHome("c", "999999", "HT", 0), booking_errors.HomeNumbersClosed, **closed)


def test_a_centre_that_gives_none_says_so(office: Office):
    office.refuses(cmd.BookHome("b", "1", "HT", 0), booking_errors.HomeNumbersOff)
    assert home_state(office.hall, office.now) == "off"


def test_when_the_numbers_for_home_are_gone_those_in_the_hall_remain(at_home: Office):
    for id_ in ("a", "b", "c"):
        book(at_home, id_)
    assert home_left(at_home.hall, "HT") == 0
    at_home.refuses(cmd.BookHome("d", "999999", "HT", 0), booking_errors.HomeNumbersGone, service="HT", limit=3)
    assert at_home.take() == "A004"
    book(at_home, "d", service="DD")


def test_a_number_that_was_given_back_can_be_taken_by_somebody_else_but_a_lapsed_one_cannot(at_home: Office):
    for id_ in ("a", "b", "c"):
        book(at_home, id_, minutes=0)
    at_home.do(cmd.CancelBooking("a"))
    at_home.do(cmd.CancelBooking("a"))
    assert home_left(at_home.hall, "HT") == 1
    at_home.wait(3600)
    at_home.do(cmd.LapseBookings())
    assert home_left(at_home.hall, "HT") == 1
    at_home.refuses(cmd.CancelBooking("b"), booking_errors.BookingEndedAlready, state="lapsed")


def test_the_services_daily_limit_holds_for_numbers_from_home_too(at_home: Office):
    at_home.do(cmd.SaveService(Service("HT", "A", "Hộ tịch", daily_limit=1)))
    book(at_home)
    at_home.refuses(cmd.IssueTicket("x", "HT"), err.DailyLimitReached, service="HT", limit=1)


def test_two_bookings_never_share_an_id_or_a_code(at_home: Office):
    book(at_home)
    at_home.refuses(cmd.BookHome("b", "999999", "HT", 0), booking_errors.BookingIdTaken, booking="b")
    at_home.refuses(cmd.BookHome("c", "000000", "HT", 0), booking_errors.BookingCodeTaken)


def test_what_is_not_there_cannot_be_booked(at_home: Office):
    at_home.refuses(cmd.BookHome("b", "1", "ZZ", 0), err.UnknownService, service="ZZ")
    at_home.refuses(cmd.BookHome("b", "1", "HT", 0, "9.9"), err.UnknownProcedure, procedure="9.9", service="HT")
    at_home.refuses(cmd.CheckIn("nobody", "x"), booking_errors.UnknownBooking, booking="nobody")


def test_the_next_day_nothing_is_left_of_them(at_home: Office):
    book(at_home, "came")
    at_home.do(cmd.CheckIn("came", "x"))
    book(at_home, "stayed away")
    at_home.now = hanoi("07:30", "2026-11-24")
    at_home.do(cmd.StartDay())
    ended = [c.recorded.event for c in at_home.changes if type(c.recorded.event).__name__ == "BookingEnded"]
    assert [(e.booking, e.state) for e in ended] == [("stayed away", "lapsed")]
    assert at_home.hall.bookings == {}
    assert at_home.take() == "A001"


def test_a_letter_or_a_service_that_somebody_comes_for_stays(at_home: Office):
    book(at_home, service="XD")
    code = at_home.hall.bookings["b"].code
    at_home.refuses(cmd.RemoveService("XD"), err.InUse, what="XD", by=code)
    at_home.do(cmd.SaveService(replace(at_home.hall.services["XD"], name="Xây dựng, quy hoạch")))
    other = Service("TH", "C", "Thuế")
    with pytest.raises(err.LetterTaken):
        at_home.do(cmd.SaveService(other))
    at_home.do(cmd.CancelBooking("b"))
    at_home.do(cmd.RemoveService("XD"))
    with pytest.raises(err.LetterTaken):  # A number with this letter was given out today all the same.
        at_home.do(cmd.SaveService(other))


def test_a_booked_ticket_lives_like_any_other(at_home: Office):
    book(at_home)
    at_home.do(cmd.CheckIn("b", "x"))
    at_home.serve()
    at_home.do(cmd.Finish(1))
    assert at_home.state("x") is TicketState.FINISHED
    assert at_home.ticket("x").booking == "b"


def test_who_takes_and_gives_back_does_not_use_up_the_day_of_those_in_the_hall(at_home: Office):
    at_home.do(cmd.SaveService(Service("HT", "A", "Hộ tịch", daily_limit=7)))
    for n in range(6):
        at_home.do(cmd.CancelBooking(book(at_home, f"b{n}")))
    assert home_left(at_home.hall, "HT") == 0
    at_home.refuses(cmd.BookHome("c", "999999", "HT", 0), booking_errors.HomeNumbersGone, service="HT", limit=3)
    assert at_home.take() == "A007"


def test_a_booking_whose_ticket_has_ended_gives_no_second_one_and_not_the_old_one(at_home: Office):
    book(at_home)
    at_home.do(cmd.CheckIn("b", "x"))
    at_home.do(cmd.CancelTicket("x"))
    at_home.refuses(cmd.CheckIn("b", "y"), booking_errors.BookingEndedAlready, state="arrived")
    at_home.wait(3600)
    at_home.refuses(cmd.CheckIn("b", "y"), booking_errors.BookingEndedAlready, state="arrived")
