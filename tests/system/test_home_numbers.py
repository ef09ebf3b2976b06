"""A number taken from home, or in the hall by one's own phone, and what is made of it at the door."""

import re
from itertools import pairwise

import pytest

from app.core.permissions import Role
from tests.core.office import hanoi
from tests.system import from_home
from tests.system.from_home import MINUTE_S, Message, admin_token, book, centre, check_in, code_of, phone, poster, told
from tests.system.within import Office

# the tests below ask for them by these names
nobody_has_tried_anything, office = from_home.nobody_has_tried_anything, from_home.office


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
    assert office.service("HT")["longest_wait_s"] == 14 * MINUTE_S  # of whoever has stood here all the time
    assert office.press(1, "next")["ticket"]["number"] == made["number"]
    assert states(office, made) == "arrived"


@pytest.mark.parametrize(("claimed", "before"), [(False, 3), (True, 0)])
def test_the_page_tells_as_many_ahead_as_check_in_does(office: Office, claimed: bool, before: int) -> None:
    """Also once they have stood in the hall for longer than the target, and go first."""
    centre(office, home_grace_min=60)
    made = book(office, claimed=claimed)
    office.pass_s(5 * MINUTE_S)
    for _ in range(3):
        office.take_number("HT")
        office.pass_s(MINUTE_S)
    office.pass_s(40 * MINUTE_S)
    ahead = told(phone(office).get(f"/api/v1/bookings/{made['id']}"))["ahead"]
    assert (ahead, check_in(office, made)["ahead"]) == (before, before)


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
    assert office.refused("POST", "/check-in", {"code": made["code"]}, by="kiosk-1") == (409, "booking_over")
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
