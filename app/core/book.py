"""Judging bookings: numbers taken from home, appointments, home visits; and what check-in makes of them."""

from datetime import date

from app.core import booking_errors
from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.bookings import Booking, BookingKind, BookingState
from app.core.centre import CLOCK_TIME, SlotRule
from app.core.closed_days import check_open
from app.core.decision import Decision
from app.core.hall import ENDED, PRIORITY, Hall
from app.core.issuing import check_procedure, check_service, next_number, promised_number
from app.core.lookup import find_booking, find_service
from app.core.slots import MINUTE_MS, clock_time, home_left, home_state, last_day, moment, slots_of

SHORTEST_SLOT_MIN, LONGEST_SLOT_MIN, LARGEST_CAPACITY = 5, 240, 50


def book_home(hall: Hall, command: cmd.BookHome, now: int) -> Decision:
    """A number for today, its place from now; kept for whoever checks in before `until`."""
    settings = hall.settings
    check_service(hall, command.service)
    check_procedure(hall, command.procedure, command.service)
    _check_new(hall, command)
    state = home_state(hall, now)
    if state == "off":
        raise booking_errors.HomeNumbersOff
    check_open(hall, hall.day)
    if state != "open":
        raise booking_errors.HomeNumbersClosed(start=settings.home_from, end=settings.home_until)
    if home_left(hall, command.service) == 0:
        raise booking_errors.HomeNumbersGone(service=command.service, limit=settings.home_per_service)
    series, number = next_number(hall, command.service)
    made = ev.BookingMade(
        booking=command.booking,
        code=command.code,
        kind=BookingKind.HOME,
        service=command.service,
        day=hall.day,
        at=max(now, command.ready_at),
        until=max(now, command.ready_at) + settings.home_grace_min * MINUTE_MS,
        procedure=command.procedure,
        language=command.language,
        claimed=command.claimed,
        series=series,
        number=number,
    )
    return Decision((made,))


def book_slot(hall: Hall, command: cmd.BookSlot, now: int) -> Decision:
    if not hall.settings.appointments:
        raise booking_errors.AppointmentsOff
    check_service(hall, command.service)
    check_procedure(hall, command.procedure, command.service)
    _check_new(hall, command)
    _check_day(hall, command.day, now)
    check_open(hall, command.day)
    slot = next((each for each in slots_of(hall, command.service, command.day) if each.at == command.at), None)
    if slot is None:
        raise booking_errors.NoSuchSlot(service=command.service, day=command.day)
    if slot.free <= 0 or slot.at <= now:
        raise booking_errors.SlotTaken(service=command.service, day=command.day)
    return Decision((_made(command, BookingKind.SLOT),))


def book_visit(hall: Hall, command: cmd.BookVisit, now: int) -> Decision:
    if not hall.settings.home_visits:
        raise booking_errors.HomeVisitsOff
    find_service(hall, command.service)
    check_procedure(hall, command.procedure, command.service)
    _check_new(hall, command)
    _check_visit_time(hall, command.day, command.at, now)
    check_open(hall, command.day)
    return Decision((_made(command, BookingKind.VISIT),))


def change_visit(hall: Hall, command: cmd.ChangeVisit, now: int) -> Decision:
    booking = _open_visit(hall, command.booking)
    _check_visit_time(hall, command.day, command.at, now)
    if booking.day != command.day:  # one that stands on a closed day may stay, if they have agreed so
        check_open(hall, command.day)
    if (booking.day, booking.at, booking.clerk) == (command.day, command.at, command.clerk):
        return Decision()
    return Decision((ev.BookingMoved(booking.id, command.day, command.at, command.clerk),))


def finish_visit(hall: Hall, command: cmd.FinishVisit, _now: int) -> Decision:
    return Decision((ev.BookingEnded(_open_visit(hall, command.booking).id, BookingState.DONE),))


def cancel_booking(hall: Hall, command: cmd.CancelBooking, _now: int) -> Decision:
    booking = find_booking(hall, command.booking)
    if booking.state is BookingState.CANCELLED:
        return Decision()
    _require_booked(booking)
    return Decision((ev.BookingEnded(booking.id, BookingState.CANCELLED),))


def check_in(hall: Hall, command: cmd.CheckIn, now: int) -> Decision:
    """The booking becomes a ticket with the place that is due to it. A second time gives the same ticket."""
    booking = find_booking(hall, command.booking)
    if booking.ticket is not None and hall.tickets[booking.ticket].state not in ENDED:
        return Decision(ticket=booking.ticket)
    _check_still_kept(hall, booking, now)
    _require_booked(booking)
    if booking.kind is BookingKind.VISIT:
        raise booking_errors.NotAtTheCentre
    if booking.day != hall.day:
        raise booking_errors.NotThatDay(day=booking.day, time=clock_time(hall, booking.at))
    if command.ticket in hall.tickets:
        raise err.TicketIdTaken(ticket=command.ticket)
    place_at = home_place(hall, booking, now) if booking.kind is BookingKind.HOME else _slot_place(hall, booking, now)
    series, number = booking.series, booking.number
    if series is None or number is None:
        series, number = promised_number(hall, booking.service)
    issued = ev.TicketIssued(
        ticket=command.ticket,
        service=booking.service,
        series=series,
        number=number,
        procedure=booking.procedure,
        priority=PRIORITY if booking.claimed else None,
        language=booking.language,
        channel="home" if booking.kind is BookingKind.HOME else "booking",
        claimed=booking.claimed,
        place_at=place_at,
        booking=booking.id,
    )
    return Decision((ev.BookingArrived(booking.id, command.ticket), issued), command.ticket)


def _check_still_kept(hall: Hall, booking: Booking, now: int) -> None:
    """Whoever comes too late is told until when it was kept, whether it has lapsed already or is about to."""
    if booking.until is None or now <= booking.until:
        return
    if booking.state in (BookingState.BOOKED, BookingState.LAPSED):
        raise booking_errors.BookingOver(number=booking.number, until=clock_time(hall, booking.until))


def home_place(hall: Hall, booking: Booking, now: int) -> int:
    """Where somebody with a number from home stands who checks in now, ms.

    As if the citizen had stood in the hall since taking the number, but for one target at the most.
    Whoever has really stood there for longer than that goes first, and an hour at home is no broken promise.
    """
    return max(booking.made_at, now - hall.services[booking.service].target_s * 1000)


def _slot_place(hall: Hall, booking: Booking, now: int) -> int:
    """Such that it has waited for just the target when its time comes; who is too late queues up as anybody does."""
    settings = hall.settings
    if now < booking.at - settings.appointment_early_min * MINUTE_MS:
        raise booking_errors.TooEarly(minutes=settings.appointment_early_min)
    if now > booking.at + settings.appointment_late_min * MINUTE_MS:
        return now
    return booking.at - hall.services[booking.service].target_s * 1000


def lapse_bookings(hall: Hall, _command: cmd.LapseBookings, now: int) -> Decision:
    """Numbers from home whose time is over."""
    over = [b for b in _booked(hall) if b.kind is BookingKind.HOME and b.until is not None and now > b.until]
    return Decision(tuple(ev.BookingEnded(booking.id, BookingState.LAPSED) for booking in over))


def ends_with_the_day(hall: Hall, today: str) -> list[ev.Event]:
    """What became of the bookings of the days before `today` that nobody came for."""
    states = {BookingKind.SLOT: BookingState.MISSED}
    left = [booking for booking in _booked(hall) if booking.day < today]
    return [ev.BookingEnded(booking.id, states.get(booking.kind, BookingState.LAPSED)) for booking in left]


def save_slots(hall: Hall, command: cmd.SaveSlots, _now: int) -> Decision:
    for rule in command.slots:
        _check_rule(hall, rule)
    slots = tuple(sorted(command.slots, key=lambda r: (r.weekday, r.service, r.start)))
    return Decision((ev.SlotsSaved(slots),)) if slots != hall.slots else Decision()


def _check_rule(hall: Hall, rule: SlotRule) -> None:
    find_service(hall, rule.service)
    if rule.weekday not in range(7):
        raise err.OutOfRange(what="weekday", bounds="0-6")
    for what in ("start", "end"):
        if not CLOCK_TIME.fullmatch(getattr(rule, what)):
            raise err.OutOfRange(what=what, bounds="HH:MM")
    if rule.end <= rule.start:
        raise err.EndsBeforeStart(start=rule.start, end=rule.end)
    if not SHORTEST_SLOT_MIN <= rule.every_min <= LONGEST_SLOT_MIN:
        raise err.OutOfRange(what="every_min", bounds=f"{SHORTEST_SLOT_MIN}-{LONGEST_SLOT_MIN}")
    if not 1 <= rule.capacity <= LARGEST_CAPACITY:
        raise err.OutOfRange(what="capacity", bounds=f"1-{LARGEST_CAPACITY}")


def _check_new(hall: Hall, command: cmd.BookHome | cmd.BookSlot | cmd.BookVisit) -> None:
    if command.booking in hall.bookings:
        raise booking_errors.BookingIdTaken(booking=command.booking)
    if command.code in {booking.code for booking in _booked(hall)}:
        raise booking_errors.BookingCodeTaken


def _check_day(hall: Hall, day: str, now: int) -> None:
    try:
        date.fromisoformat(day)
    except ValueError:
        raise err.OutOfRange(what="day", bounds="YYYY-MM-DD") from None
    last = last_day(hall, now)
    if not hall.day <= day <= last:
        raise err.OutOfRange(what="day", bounds=f"{hall.day} - {last}")


def _check_visit_time(hall: Hall, day: str, at: int, now: int) -> None:
    _check_day(hall, day, now)
    if not moment(hall, day, "00:00") <= at <= moment(hall, day, "23:59"):
        raise err.OutOfRange(what="at", bounds=day)


def _made(command: cmd.BookSlot | cmd.BookVisit, kind: BookingKind) -> ev.BookingMade:
    return ev.BookingMade(
        booking=command.booking,
        code=command.code,
        kind=kind,
        service=command.service,
        day=command.day,
        at=command.at,
        procedure=command.procedure,
        language=command.language,
        claimed=command.claimed if isinstance(command, cmd.BookSlot) else False,
        clerk=command.clerk if isinstance(command, cmd.BookVisit) else None,
    )


def _booked(hall: Hall) -> list[Booking]:
    return [booking for booking in hall.bookings.values() if booking.state is BookingState.BOOKED]


def _open_visit(hall: Hall, id_: str) -> Booking:
    booking = find_booking(hall, id_)
    _require_booked(booking)
    if booking.kind is not BookingKind.VISIT:
        raise booking_errors.NotAVisit
    return booking


def _require_booked(booking: Booking) -> None:
    if booking.state is not BookingState.BOOKED:
        raise booking_errors.BookingEndedAlready(state=booking.state)
