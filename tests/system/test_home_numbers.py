"""A number taken from home, or in the hall by one's own phone, and what is made of it at the door."""

import re
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from app.api.limits import counts
from app.core.permissions import Actor, Role
from app.phone_mark import new_mark
from tests.core.office import hanoi
from tests.system.within import Office, hub_within

Message = dict[str, Any]
CARD = "079180012345"
OTHER_CARD = "079180054321"
MINUTE_S = 60


@pytest.fixture(autouse=True)
def nobody_has_tried_anything() -> None:
    """The hubs within this process count tries together."""
    counts.reset()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A Monday, two hours after the doors opened; a clerk at counter 1 takes what belongs to civil status."""
    with hub_within(tmp_path, "2026-11-23T08:00", ("lan",)) as office:
        centre(office, home_numbers=True, phone_numbers=True, home_per_service=2)
        office.ok("POST", "/counters/1/open", {"clerk": "lan"})
        yield office


def centre(office: Office, **settings: Any) -> None:
    admin = {"Authorization": f"Bearer {admin_token(office)}"}
    kept = office.flask.test_client().get("/api/v1/settings", headers=admin).json
    saved = office.flask.test_client().put("/api/v1/settings", json={**(kept or {}), **settings}, headers=admin)
    assert saved.status_code == 200, saved.text


def admin_token(office: Office) -> str:
    return office.tokens.setdefault("quan-tri", office.parts.accounts.token_of_this_run(Actor("quan-tri", Role.ADMIN)))


def phone(office: Office) -> Client:
    """Somebody's telephone, which has opened the page."""
    client = office.flask.test_client()
    client.set_cookie("toiluot_phone", new_mark(office.parts.one_each.key))
    return client


def book(office: Office, service: str = "HT", by: Client | None = None, **wishes: Any) -> Message:
    answer = (by or phone(office)).post("/api/v1/home", json={"service": service, **wishes})
    assert answer.status_code == 201, answer.text
    return told(answer)


def code_of(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, told(answer)["code"]


def check_in(office: Office, booking: Message) -> Message:
    ticket: Message = office.ok("POST", "/check-in", {"code": booking["code"]}, by="kiosk-1")
    return ticket


def told(answer: TestResponse) -> Message:
    found: Message | None = answer.json
    assert found is not None
    return found


def states(office: Office, booking: Message) -> str:
    return str(told(phone(office).get(f"/api/v1/bookings/{booking['id']}"))["state"])


# Taking one


def test_a_number_from_home_says_when_to_be_there_and_until_when_it_is_kept(office: Office) -> None:
    made = book(office)
    assert made["number"] == "A001"
    assert re.fullmatch(r"\d{6}", made["code"])
    assert (made["now"][11:16], made["at"][11:16], made["until"][11:16]) == ("08:00", "08:30", "08:40")
    assert made["url"] == f"/b/{made['id']}"


def test_a_long_queue_makes_the_time_to_be_there_later(office: Office) -> None:
    from app.planning.calibration import Range  # noqa: PLC0415 - said where it is used

    office.tell_waits({"HT": Range(55, 80)})
    assert book(office)["at"][11:16] == "08:55"


def test_nobody_gets_one_before_the_set_time_nor_after_it(office: Office) -> None:
    centre(office, home_from="08:30", home_until="09:00")
    early = phone(office).post("/api/v1/home", json={"service": "HT"})
    assert code_of(early) == (409, "home_numbers_closed")
    assert told(phone(office).get("/api/v1/home"))["state"] == "early"
    office.pass_s(30 * MINUTE_S)
    book(office)
    office.pass_s(30 * MINUTE_S)
    assert told(phone(office).get("/api/v1/home"))["state"] == "late"
    assert code_of(phone(office).post("/api/v1/home", json={"service": "HT"})) == (409, "home_numbers_closed")


def test_nobody_is_sent_for_after_closing_or_on_a_day_off(office: Office) -> None:
    shifts = [{"weekday": 0, "counter": 1, "clerk": "lan", "start": "07:00", "end": "11:30"}]
    office.ok("PUT", "/rota", {"shifts": shifts})
    book(office)
    for day, time in (("2026-11-23", "11:05"), ("2026-11-24", "08:00")):
        office.ok("POST", "/counters/1/close", key=day)
        office.clock.at = hanoi(time, day)
        offered = told(phone(office).get("/api/v1/home"))["services"]
        assert [(each["left"], each["served"]) for each in offered if each["code"] == "HT"] == [(0, False)]
        assert code_of(phone(office).post("/api/v1/home", json={"service": "HT"})) == (409, "not_served_then")
        office.ok("POST", "/counters/1/open", {"clerk": "lan"})


def offered(office: Office, asked: str = "") -> dict[str, Message]:
    services = told(phone(office).get(f"/api/v1/home?service={asked}"))["services"]
    return {each["code"]: each for each in services}


def test_a_counter_that_is_open_without_a_shift_today_serves_whoever_comes_from_home(office: Office) -> None:
    office.ok(
        "PUT", "/rota", {"shifts": [{"weekday": 1, "counter": 1, "clerk": "lan", "start": "07:00", "end": "11:30"}]}
    )
    assert offered(office)["HT"]["served"]
    office.ok("POST", "/counters/1/close")
    assert not offered(office)["HT"]["served"]


def test_what_only_self_service_pcs_do_is_no_reason_to_come_unless_a_link_asks_for_it(office: Office) -> None:
    admin = {"Authorization": f"Bearer {admin_token(office)}"}
    client = office.flask.test_client()
    for path, facts in (
        ("services/TK", {"letter": "V", "name": "Điền tờ khai"}),
        ("counters/20", {"name": "Máy 20", "own": ["TK"], "kind": "station"}),
    ):
        assert client.put(f"/api/v1/{path}", json=facts, headers=admin).status_code < 300
    office.ok(
        "PUT", "/rota", {"shifts": [{"weekday": 0, "counter": 1, "clerk": "lan", "start": "07:00", "end": "11:30"}]}
    )
    assert "TK" not in offered(office)
    assert not offered(office, "TK")["TK"]["served"]
    office.ok("POST", "/counters/20/open")
    assert offered(office, "TK")["TK"]["served"]
    assert 'data-service="TK"' not in phone(office).get("/home").text
    assert 'data-service="TK"' in phone(office).get("/home?service=TK").text


def test_no_picture_is_spoken_of_where_no_phone_could_open_its_address(office: Office) -> None:
    path = f"/b/{book(office)['id']}"
    page = phone(office).get(path).text
    assert "mine-qr" not in page
    assert "máy quét" not in page
    page = phone(office).get(path, base_url="http://192.168.1.5:8000").text
    assert "mine-qr" in page
    assert "máy quét" in page


def test_a_service_gives_no_more_than_its_share_away_and_takes_back_what_is_not_needed(office: Office) -> None:
    first, _ = book(office), book(office)
    assert code_of(phone(office).post("/api/v1/home", json={"service": "HT"})) == (409, "home_numbers_gone")
    left = {each["code"]: each["left"] for each in told(phone(office).get("/api/v1/home"))["services"]}
    assert (left["HT"], left["CT"]) == (0, 2)
    given_back = phone(office).post(f"/api/v1/bookings/{first['id']}/cancel")
    assert told(given_back)["state"] == "cancelled"
    book(office)


def test_a_lost_answer_asked_for_again_is_the_same_number(office: Office) -> None:
    own, key = phone(office), {"Idempotency-Key": "one-wish"}
    made = [told(own.post("/api/v1/home", json={"service": "HT"}, headers=key))["id"] for _ in range(2)]
    assert made[0] == made[1]
    other = phone(office).post("/api/v1/home", json={"service": "HT"}, headers=key)
    assert told(other)["id"] != made[0], "another phone's key is another key"


# Coming


def test_whoever_comes_in_time_has_the_place_of_when_the_number_was_taken(office: Office) -> None:
    made = book(office)
    office.pass_s(10 * MINUTE_S)
    office.take_number("HT")
    office.pass_s(14 * MINUTE_S)
    ticket = check_in(office, made)
    assert (ticket["number"], ticket["ahead"]) == (made["number"], 0)
    assert office.press(1, "next")["ticket"]["number"] == made["number"]
    assert states(office, made) == "arrived"


def test_checking_in_twice_gives_the_same_ticket(office: Office) -> None:
    made = book(office)
    by_id = office.ok("POST", "/check-in", {"booking": made["id"]}, by="kiosk-1")
    assert check_in(office, made)["id"] == by_id["id"]


def test_a_number_that_nobody_came_for_lapses_and_is_never_called(office: Office) -> None:
    made = book(office)
    office.pass_s(40 * MINUTE_S)
    office.parts.hub.keep_time()
    assert states(office, made) == "booked", "ten minutes of grace, to the last second"
    office.pass_s(1)
    office.parts.hub.keep_time()
    assert states(office, made) == "lapsed"
    assert office.refused("POST", "/check-in", {"code": made["code"]}, by="kiosk-1") == (409, "booking_ended")
    standing = office.take_number("HT")
    assert office.press(1, "next")["ticket"]["number"] == standing["number"] != made["number"]
    page = phone(office).get(f"/b/{made['id']}")
    assert 'data-state="lapsed"' in page.text


def test_a_wrong_code_is_refused_and_guessing_takes_longer_than_a_day(office: Office) -> None:
    made = book(office)
    wrong = "000000" if made["code"] != "000000" else "000001"
    tries = [office.refused("POST", "/check-in", {"code": wrong}, by="kiosk-1") for _ in range(21)]
    assert tries[0] == (404, "unknown_booking")
    assert tries[-1] == (429, "too_many_requests")
    assert office.ok("POST", "/check-in", {"booking": made["id"]}, by="kiosk-1")["number"] == made["number"]


def test_a_stolen_kiosks_token_guesses_no_faster_from_many_addresses(office: Office) -> None:
    headers = {"Authorization": f"Bearer {office.token('kiosk-1', Role.KIOSK)}"}
    tries = [
        office.flask.test_client().post(
            "/api/v1/check-in",
            json={"code": "000000"},
            headers=headers,
            environ_overrides={"REMOTE_ADDR": f"203.0.113.{n}"},
        )
        for n in range(21)
    ]
    assert code_of(tries[-1]) == (429, "too_many_requests")


def test_a_citizen_cannot_check_in_from_home(office: Office) -> None:
    made = book(office)
    assert code_of(phone(office).post("/api/v1/check-in", json={"code": made["code"]})) == (401, "not_signed_in")


# By one's own phone, in the hall


def poster(office: Office) -> str:
    """The secret as it stands on the poster: the administrator asks for its address."""
    admin = {"Authorization": f"Bearer {admin_token(office)}"}
    address = office.flask.test_client().get("/api/v1/take-address", headers=admin, base_url="https://trungtam.example")
    url: str = told(address)["url"]
    assert url.startswith("https://trungtam.example/take?at=")
    return url.partition("at=")[2]


def test_the_posters_code_gives_a_number_and_a_wrong_one_gives_none(office: Office) -> None:
    secret = poster(office)
    taken = phone(office).post("/api/v1/take", json={"secret": secret, "service": "HT"})
    assert (taken.status_code, told(taken)["number"]) == (201, "A001")
    assert code_of(phone(office).post("/api/v1/take", json={"secret": secret[:-1], "service": "HT"})) == (
        403,
        "wrong_poster",
    )
    assert phone(office).get(f"/take?at={secret}").status_code == 200
    assert phone(office).get("/take?at=mine").status_code == 404


def test_a_new_code_makes_the_old_poster_void(office: Office) -> None:
    secret = poster(office)
    admin = {"Authorization": f"Bearer {admin_token(office)}"}
    assert office.flask.test_client().post("/api/v1/take/renew", headers=admin).status_code == 200
    assert poster(office) != secret
    assert code_of(phone(office).post("/api/v1/take", json={"secret": secret, "service": "HT"}))[1] == "wrong_poster"


def test_one_phone_holds_one_live_number_of_a_service(office: Office) -> None:
    secret, own = poster(office), phone(office)
    wish = {"secret": secret, "service": "HT"}
    first = told(own.post("/api/v1/take", json=wish))
    again = own.post("/api/v1/take", json=wish)
    assert code_of(again) == (409, "phone_holds")
    assert told(again)["url"] == f"/t/{first['id']}"
    assert own.post("/api/v1/take", json=wish | {"service": "CT"}).status_code == 201
    assert own.post(f"/api/v1/tickets/{first['id']}/cancel").status_code == 200
    assert own.post("/api/v1/take", json=wish).status_code == 201


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


# What outsiders learn


def test_neither_ids_nor_codes_tell_of_others(office: Office) -> None:
    centre(office, home_per_service=10)
    made = [book(office) for _ in range(8)]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{16}", each["id"]) for each in made), "96 random bits"
    assert len({each["code"] for each in made}) == 8
    gaps = {abs(int(a["code"]) - int(b["code"])) for a, b in pairwise(made)}
    assert len(gaps) > 1, "codes do not count"
    shown_to_all = told(phone(office).get("/api/v1/home"))
    assert not {"issued", "booked", "taken"} & set(shown_to_all["services"][0])
    shown = phone(office).get("/home").text
    assert all(each["id"] not in shown and each["code"] not in shown for each in made)


# What is left of it


def test_a_test_press_that_was_given_back_leaves_a_trace(office: Office) -> None:
    own = phone(office)
    taken = told(own.post("/api/v1/take", json={"secret": poster(office), "service": "HT"}))
    own.post(f"/api/v1/tickets/{taken['id']}/cancel")
    office.take_number("HT")
    given_back, late, came = book(office, "CT"), book(office, "DD"), book(office, "CT")
    phone(office).post(f"/api/v1/bookings/{given_back['id']}/cancel")
    check_in(office, came)
    office.pass_s(41 * MINUTE_S)
    office.parts.hub.keep_time()
    assert states(office, late) == "lapsed"
    report = office.ok("GET", "/reports/day")
    assert report["by_channel"] == {
        "home": {"issued": 1, "cancelled": 0},
        "kiosk": {"issued": 1, "cancelled": 0},
        "phone": {"issued": 1, "cancelled": 1},
    }
    assert report["bookings"]["home"] == {"arrived": 1, "cancelled": 1, "lapsed": 1}
