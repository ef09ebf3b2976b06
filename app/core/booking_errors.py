"""Every way in which the rules refuse a booking, and what is done with one."""

from app.core.errors import Conflict, Invalid, Unknown


class UnknownBooking(Unknown):
    code = "unknown_booking"
    text = "There is no booking '%(booking)s'."


class HomeNumbersOff(Conflict):
    code = "home_numbers_off"
    text = "This centre gives no numbers from home."


class HomeNumbersClosed(Conflict):
    code = "home_numbers_closed"
    text = "Numbers can be taken from home between %(start)s and %(end)s."


class HomeNumbersGone(Conflict):
    code = "home_numbers_gone"
    text = (
        "The %(limit)s numbers from home for the service %(service)s are gone for today. Numbers at the centre remain."
    )


class AppointmentsOff(Conflict):
    code = "appointments_off"
    text = "This centre takes no appointments."


class HomeVisitsOff(Conflict):
    code = "home_visits_off"
    text = "This centre makes no home visits."


class NoSuchSlot(Invalid):
    code = "no_such_slot"
    text = "The service %(service)s has no appointment at this time on %(day)s."


class SlotTaken(Conflict):
    code = "slot_taken"
    text = "This time of the service %(service)s on %(day)s cannot be booked any more. Please choose another one."


class CentreClosed(Conflict):
    code = "centre_closed"
    text = "The centre is closed on %(day)s."


class BookingIdTaken(Conflict):
    code = "booking_id_taken"
    text = "The booking id %(booking)s is already in use."


class BookingCodeTaken(Conflict):
    code = "booking_code_taken"
    text = "This code is already in use."


class BookingEndedAlready(Conflict):
    code = "booking_ended"
    text = "This booking has been used or has ended: this is not possible for it now."


class BookingOver(Conflict):
    code = "booking_over"
    text = "Number %(number)s was kept until %(until)s. That time is over: please take a new number."


class NotAtTheCentre(Conflict):
    code = "not_at_the_centre"
    text = "This booking is for a visit at home; nobody needs to check in for it."


class NotThatDay(Conflict):
    code = "not_that_day"
    text = "This booking is for %(day)s at %(time)s. Today please take a new number, or ask the staff."


class TooEarly(Conflict):
    code = "too_early"
    text = "It is too early: you can check in from %(minutes)s minutes before your time."


class NotAVisit(Conflict):
    code = "not_a_visit"
    text = "This booking is not a home visit."
