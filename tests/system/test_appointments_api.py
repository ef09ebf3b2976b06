"""What can be booked, by whom, and when somebody with an appointment is called."""

from __future__ import annotations

from dataclasses import replace
from threading import Barrier, Thread
from typing import TYPE_CHECKING

from app.core import commands as cmd
from app.core.permissions import Role
from tests.core.office import hanoi
from tests.system import appointing
from tests.system.appointing import (
    MONDAY,
    RULES,
    TOLD,
    TUESDAY,
    book,
    bookings,
    called,
    check_in,
    citizen,
    clock,
    events,
    free,
    visit,
)

if TYPE_CHECKING:
    from tests.system.within import Office

# the tests below ask for them by these names
ready, folder, office = appointing.ready, appointing.folder, appointing.office


# What is free


def test_only_times_that_are_free_and_still_to_come_are_offered(office: Office) -> None:
    clock(office, "08:10")
    book(office, "09:00")
    assert free(office, MONDAY) == ["08:30", "09:30"]
    assert free(office, TUESDAY) == ["08:00", "08:30", "09:00", "09:30"]
    assert free(office, "2026-11-28") == []  # a Saturday
    days = [each["day"] for each in office.ok("GET", "/slots?service=HT")["days"]]
    assert days[:3] == [MONDAY, TUESDAY, "2026-11-25"]
    assert days[-1] == "2026-12-07"  # 14 days ahead, two weekends left out
    assert len(days) == 11


def test_of_two_who_want_the_last_place_one_gets_it_and_the_other_is_told_what_is_free(office: Office) -> None:
    start, answers = Barrier(2), []

    def want() -> None:
        start.wait()
        answers.append(
            citizen(office, "POST", "/bookings", {"kind": "slot", "service": "HT", "day": TUESDAY, "at": "09:00"})
        )

    wishes = [Thread(target=want) for _ in range(2)]
    for wish in wishes:
        wish.start()
    for wish in wishes:
        wish.join()
    made, refused = sorted(answers, key=lambda answer: answer.status_code)
    assert (made.status_code, refused.status_code) == (201, 409)
    told = refused.json
    assert told is not None
    assert told["code"] == "slot_taken"
    assert told["next"] == [
        {"day": TUESDAY, "at": "09:30"},
        {"day": "2026-11-25", "at": "08:00"},
        {"day": "2026-11-25", "at": "08:30"},
    ]


def test_a_day_at_the_end_of_the_calendar_is_refused_like_any_other_far_one(office: Office) -> None:
    wish = {"kind": "slot", "service": "HT", "day": "9999-12-31", "at": "08:00", **TOLD}
    assert citizen(office, "POST", "/bookings", wish).status_code == 422
    made = visit(office, None)
    assert office.refused("PUT", f"/bookings/{made['id']}", {"day": "9999-12-31", "at": "08:00"})[0] == 422


def test_a_lost_answer_does_not_book_a_second_time(office: Office) -> None:
    wish = {"kind": "slot", "service": "HT", "day": TUESDAY, "at": "09:00"}
    first, again = (citizen(office, "POST", "/bookings", wish, **{"Idempotency-Key": "k-1"}) for _ in range(2))
    assert first.json == again.json
    assert len(bookings(office, day=TUESDAY)) == 1


def test_a_place_that_is_given_back_is_free_again(office: Office) -> None:
    booking = book(office, "09:00")
    assert "09:00" not in free(office, MONDAY)
    assert citizen(office, "POST", f"/bookings/{booking['id']}/cancel").status_code == 200
    assert "09:00" in free(office, MONDAY)


def test_where_the_centre_takes_no_appointments_nothing_is_offered(office: Office) -> None:
    settings = office.parts.hub.hall.settings
    office.parts.hub.handle(cmd.SaveSettings(replace(settings, appointments=False, home_visits=False)))
    assert office.refused("GET", "/slots?service=HT") == (409, "appointments_off")
    wish = {"service": "HT", "day": TUESDAY, "at": "09:00"}
    assert office.refused("POST", "/bookings", {"kind": "slot", **wish}) == (409, "appointments_off")
    assert office.refused("POST", "/bookings", {"kind": "visit", **wish}) == (409, "home_visits_off")


def test_leaders_set_the_times_and_clerks_do_not(office: Office) -> None:
    assert office.ok("GET", "/slots/rules", by="lan") == {"slots": RULES}
    assert office.refused("PUT", "/slots", {"slots": []}, by="lan") == (403, "role_forbids")
    wrong = RULES[0] | {"end": "07:00"}
    assert office.refused("PUT", "/slots", {"slots": [wrong]}) == (422, "ends_before_start")
    booked = book(office, "09:00", TUESDAY)
    office.ok("PUT", "/slots", {"slots": []})
    assert [each["id"] for each in bookings(office, day=TUESDAY)] == [booked["id"]]


# Closed days


def test_a_closed_day_is_not_offered_and_says_why(office: Office) -> None:
    holiday = {"first": TUESDAY, "last": TUESDAY, "word": "Quốc khánh", "word_en": "National Day"}
    office.ok("PUT", "/closed-days", {"closed": [holiday]})
    told = office.ok("GET", "/slots?service=HT")
    assert TUESDAY not in {each["day"] for each in told["days"]}
    assert told["closed"] == [holiday]
    assert free(office, TUESDAY) == []
    for kind in ("slot", "visit"):
        wish = {"kind": kind, "service": "HT", "day": TUESDAY, "at": "09:00"}
        assert office.refused("POST", "/bookings", wish) == (409, "centre_closed")
    moved = office.ok("POST", "/bookings", {"kind": "visit", "service": "HT", "day": MONDAY, "at": "09:00"})
    assert office.refused("PUT", f"/bookings/{moved['id']}", {"day": TUESDAY, "at": "09:00"}) == (409, "centre_closed")


def test_a_refusal_names_the_day_as_people_write_it_and_as_programs_do(office: Office) -> None:
    office.ok("PUT", "/closed-days", {"closed": [{"first": TUESDAY, "last": TUESDAY}]})
    refused = citizen(office, "POST", "/bookings", {"kind": "slot", "service": "HT", "day": TUESDAY, "at": "09:00"})
    told = refused.json or {}
    assert "24/11/2026" in told["detail"]
    assert told["day"] == TUESDAY


def test_whoever_closes_a_day_is_told_at_once_what_is_booked_there(office: Office) -> None:
    kept = book(office, "09:00", TUESDAY)
    visit(office, "lan")
    citizen(office, "POST", f"/bookings/{book(office, '09:30', TUESDAY)['id']}/cancel")
    closed = [{"first": MONDAY, "last": "2026-11-29"}, {"first": "2027-02-05", "last": "2027-02-11", "word": "Tết"}]
    week, tet = office.ok("PUT", "/closed-days", {"closed": closed})["closed"]
    assert week["standing"] == [{"day": TUESDAY, "slots": 1, "visits": 1, "home": 0}]
    assert (tet["word"], tet["standing"]) == ("Tết", [])
    listed = office.ok("GET", f"/bookings?day={TUESDAY}", by="lan")
    assert listed["closed"] == {"first": MONDAY, "last": "2026-11-29", "word": "", "word_en": ""}
    assert {each["id"]: each["state"] for each in listed["bookings"]}[kept["id"]] == "booked"
    assert office.ok("GET", "/bookings?day=2026-11-30")["closed"] is None


def test_leaders_set_the_closed_days_and_clerks_see_them(office: Office) -> None:
    day = {"first": TUESDAY, "last": TUESDAY, "word": "", "word_en": ""}
    assert office.refused("PUT", "/closed-days", {"closed": [day]}, by="lan") == (403, "role_forbids")
    office.ok("PUT", "/closed-days", {"closed": [day]})
    assert office.ok("GET", "/closed-days", by="lan") == {"closed": [day | {"standing": []}]}
    assert citizen(office, "GET", "/closed-days").status_code == 401
    wrong = {"first": TUESDAY, "last": MONDAY}
    assert office.refused("PUT", "/closed-days", {"closed": [wrong]}) == (422, "ends_before_start")


def test_on_a_closed_day_no_number_is_taken_from_home_but_the_kiosk_gives_them(office: Office) -> None:
    office.parts.hub.handle(cmd.SaveSettings(replace(office.parts.hub.hall.settings, home_numbers=True)))
    office.ok("PUT", "/closed-days", {"closed": [{"first": MONDAY, "last": MONDAY, "word": "Mất điện"}]})
    offer = citizen(office, "GET", "/home").json
    assert offer is not None
    assert (offer["state"], offer["closed"]["word"], offer["services"]) == ("closed", "Mất điện", [])
    refused = citizen(office, "POST", "/home", {"service": "HT"})
    assert (refused.status_code, (refused.json or {})["code"]) == (409, "centre_closed")
    assert office.take_number("HT")["number"] == "A001"


# The due place


def test_an_appointment_is_called_at_its_time_though_the_room_is_full(office: Office) -> None:
    """One comes every five minutes and is served for five; three who were there before make a wait of fifteen."""
    booking = book(office, "09:00")
    clock(office, "08:26")
    standing = [office.take_number("HT")["number"] for _ in range(3)]
    number, calls = "", dict[str, str]()
    for minute in range(31, 70, 5):
        time = f"{8 + minute // 60:02}:{minute % 60:02}"
        clock(office, time)
        standing.append(office.take_number("HT")["number"])
        calls[called(office)] = time
        if time == "08:51":
            number = check_in(office, booking)
    assert calls[number] == "09:01"
    others = [each for each in calls if each != number]
    assert others == standing[: len(others)]  # nobody else changed places


def test_whoever_stood_there_before_the_due_place_goes_first(office: Office) -> None:
    """The target of the service is a quarter of an hour, so nine o'clock has the place of somebody of 8:45."""
    booking = book(office, "09:00")
    clock(office, "08:40")
    before = [office.take_number("HT")["number"] for _ in range(2)]
    clock(office, "08:47")
    after = office.take_number("HT")["number"]
    clock(office, "08:50")
    number = check_in(office, booking)
    order = []
    for minute in (51, 52, 53, 54):
        clock(office, f"08:{minute}")
        order.append(called(office))
    assert order == [*before, number, after]


def test_who_comes_too_early_is_told_from_when_on(office: Office) -> None:
    booking = book(office, "09:00")
    clock(office, "08:44")
    answer = office.ask("POST", "/check-in", {"booking": booking["id"]}, by="kiosk-1")
    assert answer.json is not None
    assert (answer.status_code, answer.json["code"], answer.json["minutes"]) == (409, "too_early", 15)
    clock(office, "08:45")
    check_in(office, booking)


def test_who_comes_late_queues_up_as_anybody(office: Office) -> None:
    booking = book(office, "09:00")
    clock(office, "09:10")
    earlier = office.take_number("HT")["number"]
    clock(office, "09:11")
    number = check_in(office, booking)
    clock(office, "09:12")
    assert [called(office)] == [earlier]
    clock(office, "09:13")
    assert called(office) == number


def test_who_does_not_come_has_missed_it_by_the_next_day(office: Office) -> None:
    booking = book(office, "09:00")
    clock(office, "07:00", TUESDAY)
    office.parts.hub.keep_time()
    kept = office.parts.store.reads.execute("SELECT state FROM booking WHERE id = ?", (booking["id"],)).fetchone()
    assert kept == ("missed",)


# Calendars


def test_the_calendar_file_says_when_where_and_by_which_rule(office: Office) -> None:
    booking = book(office, "09:00", **TOLD)
    path = f"/bookings/{booking['id']}/calendar.ics"
    answer = citizen(office, "GET", path, **{"Accept-Language": "en"})
    assert answer.content_type == "text/calendar; charset=utf-8"
    [event] = events(answer)
    assert int(event.start.timestamp() * 1000) == hanoi("09:00")
    assert event["SUMMARY"] == "Appointment: Civil status"
    assert event["LOCATION"] == "Public Service Centre"
    assert "between 08:45 and 09:10" in event["DESCRIPTION"]
    assert booking["id"] not in event["UID"]
    assert event["STATUS"] == "CONFIRMED"
    citizen(office, "POST", f"/bookings/{booking['id']}/cancel")
    [cancelled] = events(citizen(office, "GET", path))
    assert (cancelled["STATUS"], cancelled["UID"]) == ("CANCELLED", event["UID"])
    assert cancelled["SEQUENCE"] > event["SEQUENCE"]


def test_a_clerk_takes_the_own_visits_along_in_a_calendar(office: Office) -> None:
    visit(office, "minh")
    visit(office, "lan")
    path = f"/bookings/visits.ics?day={TUESDAY}"
    assert [len(events(office.ask("GET", path, by=by))) for by in ("minh", "phu-trach")] == [1, 2]


def test_a_booking_that_is_not_there_has_no_calendar(office: Office) -> None:
    assert citizen(office, "GET", "/bookings/nobody/calendar.ics").status_code == 404
    assert office.refused("GET", "/bookings?day=tomorrow") == (422, "invalid_field")


def test_a_day_gone_by_shows_what_became_of_it_and_visits_not_marked_done_are_told(office: Office) -> None:
    book(office, "08:00")
    visit(office, "lan")  # on Tuesday
    clock(office, "07:00", "2026-11-25")
    office.parts.hub.keep_time()
    [monday] = office.ok("GET", f"/bookings?day={MONDAY}")["bookings"]
    [tuesday] = office.ok("GET", f"/bookings?day={TUESDAY}")["bookings"]
    assert (monday["state"], tuesday["state"]) == ("missed", "lapsed")
    assert tuesday["personal"]["address"] == TOLD["address"], "whoever goes there today must know where"
    page = bookings_page(office)
    assert f"/bookings?day={TUESDAY}" in page
    clock(office, "07:00", "2026-11-28")
    office.parts.hub.keep_time()
    assert f"/bookings?day={TUESDAY}" not in bookings_page(office), "it is not said for ever"


def bookings_page(office: Office) -> str:
    headers = {"Authorization": f"Bearer {office.token('phu-trach', Role.SUPERVISOR)}"}
    answer = office.flask.test_client().get("/bookings", headers=headers)
    assert answer.status_code == 200
    return answer.text


def test_a_phone_that_books_is_known_by_its_mark(office: Office) -> None:
    """Behind a mobile network phones without one are counted together."""
    assert "toiluot_phone=" in office.flask.test_client().get("/book").headers["Set-Cookie"]
