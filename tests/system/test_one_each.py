"""Where a centre gives one number to each person: by a hash of the day, and of an appointment by its telephone."""

import threading
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.system import from_home
from tests.system.from_home import CARD, MINUTE_S, OTHER_CARD, book, centre, check_in, code_of, phone, poster, told
from tests.system.within import Office, hub_within

# the tests below ask for them by these names
nobody_has_tried_anything, office = from_home.nobody_has_tried_anything, from_home.office


# One number for each person


def hashes(office: Office) -> list[tuple[str, str, str]]:
    return office.parts.store.reads.execute("SELECT service, hash, holder FROM day_person").fetchall()


def test_one_person_gets_one_live_number_whatever_phone_it_is_asked_from(office: Office) -> None:
    centre(office, one_per_person=True, home_per_service=9)
    assert code_of(phone(office).post("/api/v1/home", json={"service": "HT"})) == (422, "person_needed")
    made = book(office, person=CARD)
    spelt = {"service": "HT", "person": "079 180 012-345"}
    again = phone(office).post("/api/v1/home", json=spelt)
    assert code_of(again) == (409, "person_holds")
    assert made["number"] not in again.text, "whoever types somebody else's card learns nothing of the number"
    taken = phone(office).post("/api/v1/take", json={**spelt, "secret": poster(office)})
    assert code_of(taken) == (409, "person_holds"), "nor in the hall"
    book(office, person=OTHER_CARD)
    book(office, service="CT", person=CARD)


@pytest.mark.parametrize(
    ("typed", "same"), [("0912 345 678", "+84 912 345 678"), ("0912345678", "84912345678"), (CARD, f" {CARD} ")]
)
def test_a_number_is_the_same_however_it_is_spelt(office: Office, typed: str, same: str) -> None:
    centre(office, one_per_person=True)
    book(office, person=typed)
    assert code_of(phone(office).post("/api/v1/home", json={"service": "HT", "person": same}))[1] == "person_holds"


@pytest.mark.parametrize("typed", ["12345", "mot hai ba", "0791800123456", "1912345678", "840912345678"])
def test_what_is_no_number_of_anybody_is_refused_and_not_said_back(office: Office, typed: str) -> None:
    centre(office, one_per_person=True)
    answer = phone(office).post("/api/v1/home", json={"service": "HT", "person": typed})
    assert code_of(answer) == (422, "not_a_person")
    assert typed not in answer.text


def test_the_hash_goes_when_the_number_was_given_back_lapsed_or_served(office: Office) -> None:
    centre(office, one_per_person=True, home_per_service=9)
    given_back = book(office, person=CARD)
    phone(office).post(f"/api/v1/bookings/{given_back['id']}/cancel")
    assert hashes(office) == []
    book(office, person=CARD)
    office.pass_s(41 * MINUTE_S)
    office.parts.hub.keep_time()
    assert hashes(office) == []
    served = check_in(office, book(office, person=CARD))
    assert len(hashes(office)) == 2, "while it waits: the person's, and the phone's"
    assert office.press(1, "next")["ticket"]["id"] == served["id"]
    office.press(1, "finish")
    assert hashes(office) == []


def test_a_refused_wish_leaves_no_hash(office: Office) -> None:
    centre(office, one_per_person=True)
    assert phone(office).post("/api/v1/home", json={"service": "NO", "person": CARD}).status_code == 404
    assert hashes(office) == []


def test_a_new_day_has_a_new_key_and_the_old_hashes_are_gone(office: Office) -> None:
    centre(office, one_per_person=True)
    key = office.parts.one_each.key
    book(office, person=CARD)
    before = key.digest("person", CARD)
    office.pass_s(24 * 3600)
    office.parts.hub.keep_time()
    assert key.digest("person", CARD) != before
    assert hashes(office) == []
    book(office, person=CARD)


def test_a_restarted_hub_still_knows_who_holds_a_number(tmp_path: Path) -> None:
    with hub_within(tmp_path, "2026-11-23T08:00", ()) as before:
        centre(before, home_numbers=True, one_per_person=True)
        book(before, person=CARD)
    with hub_within(tmp_path, "2026-11-23T09:00", ()) as after:
        again = phone(after).post("/api/v1/home", json={"service": "HT", "person": CARD})
        assert code_of(again)[1] == "person_holds"


def test_two_at_once_with_one_card_get_one_number(office: Office) -> None:
    centre(office, one_per_person=True, home_per_service=9)
    answers: list[int] = []
    wish = {"service": "HT", "person": CARD}
    phones = [phone(office) for _ in range(6)]
    asking = [
        threading.Thread(target=lambda p=each: answers.append(p.post("/api/v1/home", json=wish).status_code))
        for each in phones
    ]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert sorted(answers) == [201, *[409] * 5]


# One appointment for each person


PHONE = "0912345678"
TODAY, TOMORROW = "2026-11-23", "2026-11-24"


@pytest.fixture
def one_each(office: Office) -> Office:
    """Three may have each of the day's times, and nobody two."""
    centre(office, one_per_person=True, home_per_service=9, appointments=True)
    every_day = [
        {"weekday": day, "service": service, "start": "09:00", "end": "10:00", "every_min": 30, "capacity": 3}
        for day in range(7)
        for service in ("HT", "CT")
    ]
    office.ok("PUT", "/slots", {"slots": every_day})
    return office


def appoint(office: Office, day: str = TODAY, told_phone: str = PHONE, **other: Any) -> TestResponse:
    wish = {"kind": "slot", "service": "HT", "day": day, "at": "09:00", "phone": told_phone, **other}
    return phone(office).post("/api/v1/bookings", json=wish)


def test_nobody_has_two_appointments_for_the_same_on_one_day(one_each: Office) -> None:
    for day in (TODAY, TOMORROW):
        assert appoint(one_each, day).status_code == 201
        assert code_of(appoint(one_each, day)) == (409, "person_holds")
        assert code_of(appoint(one_each, day, "+84 912 345 678", at="09:30"))[1] == "person_holds"
    assert appoint(one_each, told_phone="0987654321").status_code == 201
    assert appoint(one_each, service="CT").status_code == 201


def test_who_has_an_appointment_today_gets_no_number_for_the_same(one_each: Office) -> None:
    appointment = told(appoint(one_each))
    wish = {"service": "HT", "person": PHONE}
    refused = phone(one_each).post("/api/v1/home", json=wish)
    assert code_of(refused) == (409, "person_holds")
    assert appointment["code"] not in refused.text
    assert code_of(phone(one_each).post("/api/v1/take", json={**wish, "secret": poster(one_each)}))[1] == "person_holds"
    book(one_each, service="CT", person=PHONE)
    phone(one_each).post(f"/api/v1/bookings/{appointment['id']}/cancel")
    book(one_each, person=PHONE)


def test_an_appointment_of_tomorrow_keeps_nobody_from_a_number_today(one_each: Office) -> None:
    appoint(one_each, TOMORROW)
    book(one_each, person=PHONE)


def test_who_holds_a_number_gets_no_appointment_for_the_same_today(one_each: Office) -> None:
    made = book(one_each, person=PHONE)
    assert code_of(appoint(one_each)) == (409, "person_holds")
    assert appoint(one_each, TOMORROW).status_code == 201
    phone(one_each).post(f"/api/v1/bookings/{made['id']}/cancel")
    assert appoint(one_each).status_code == 201


def test_an_appointment_counts_until_its_citizen_was_served(one_each: Office) -> None:
    appointment = told(appoint(one_each))
    one_each.pass_s(50 * MINUTE_S)
    check_in(one_each, appointment)
    assert code_of(appoint(one_each, at="09:30")) == (409, "person_holds")
    one_each.press(1, "next")
    one_each.press(1, "finish")
    assert appoint(one_each, at="09:30").status_code == 201


@pytest.mark.parametrize("typed", ["", CARD, "0203 3851 2345"])
def test_an_appointment_of_nobody_is_not_given(one_each: Office, typed: str) -> None:
    """A card's number would be kept where a telephone's belongs."""
    refused = appoint(one_each, told_phone=typed)
    assert code_of(refused) == (422, "phone_needed")
    assert told(refused)["field"] == "phone", "the page says it there"


def test_where_numbers_are_not_counted_by_person_an_appointment_needs_no_telephone(one_each: Office) -> None:
    centre(one_each, one_per_person=False)
    assert [appoint(one_each, told_phone=typed).status_code for typed in ("", PHONE, PHONE)] == [201] * 3


def test_staff_may_give_somebody_a_second_appointment(one_each: Office) -> None:
    wish = {"kind": "slot", "service": "HT", "day": TODAY, "at": "09:00"}
    for more in ({"phone": PHONE}, {"phone": PHONE}, {}):
        one_each.ok("POST", "/bookings", wish | more, by="lan")
    assert code_of(appoint(one_each, at="09:30")) == (409, "person_holds"), "it counts all the same"


def test_a_lost_answer_to_an_appointment_is_not_taken_for_a_second_one(one_each: Office) -> None:
    wish = {"kind": "slot", "service": "HT", "day": TODAY, "at": "09:00", "phone": PHONE}
    own, key = phone(one_each), {"Idempotency-Key": "one-wish"}
    first, again = (own.post("/api/v1/bookings", json=wish, headers=key) for _ in range(2))
    assert (first.status_code, again.json) == (201, first.json)


def test_without_the_key_an_appointment_is_nobodys(one_each: Office, tmp_path: Path) -> None:
    appoint(one_each)
    (tmp_path / "toiluot.key").unlink()
    book(one_each, person=PHONE)
