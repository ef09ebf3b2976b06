"""What a waiting phone is told, and when: its own matters at once, how the queue moves a second later and only once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core import commands as cmd
from tests.system.within import Ear, Office, hub_within

MORNING = "2026-11-23T08:00"
A_DAY_S = 24 * 3600


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with hub_within(tmp_path, MORNING, ("lan",)) as office:
        office.ok("PUT", "/counters/1/services", {"own": ["HT"], "help": []})
        office.ok("POST", "/counters/1/open", {"clerk": "lan"})
        yield office


def phone_of(office: Office, ticket: dict[str, Any]) -> Ear:
    return office.follow(f"ticket:{ticket['id']}")


def a_second_later(office: Office) -> None:
    office.parts.feed.phones.step(lambda _seconds: None)


def test_that_the_queue_moves_is_told_a_second_later_and_once(office: Office) -> None:
    first, second, mine = (office.take_number("HT") for _ in range(3))
    phone = phone_of(office, mine)
    assert phone.snapshot["tickets"][0]["serving"] == {"last": None, "counters": [1]}
    a_second_later(office)
    phone.client.get_received()
    office.press(1, "next")
    office.pass_s(5)
    office.press(1, "next")
    received = phone.client.get_received()
    assert received == [], "not with the press"
    a_second_later(office)
    (told,) = phone.heard("forecast")
    assert told["tickets"][0]["ahead"] == 0
    assert told["tickets"][0]["serving"]["last"] == {"number": second["number"], "counter": 1}
    assert first["id"] not in str(told)
    a_second_later(office)
    assert phone.client.get_received() == []


def test_what_changes_nothing_on_a_phone_is_not_told_to_it(office: Office) -> None:
    mine, stranger = office.take_number("HT"), office.take_number("CT")
    phones = [phone_of(office, mine), phone_of(office, stranger)]
    a_second_later(office)
    for phone in phones:
        phone.client.get_received()
    office.take_number("HT")  # behind
    a_second_later(office)
    assert [phone.client.get_received() for phone in phones] == [[], []]


def test_a_call_reaches_its_phone_with_the_press_and_leaves_no_gap(office: Office) -> None:
    first, mine = office.take_number("HT"), office.take_number("HT")
    phone = phone_of(office, mine)
    office.press(1, "next")
    a_second_later(office)
    office.pass_s(5)
    office.press(1, "call", ticket=mine["id"])
    told = [event for message in phone.heard("events") for event in message["events"]]
    assert [event["type"] for event in told] == ["TicketCalled"]
    assert told[0]["prev"] <= phone.snapshot["seq"] < told[0]["seq"]
    assert (told[0]["tickets"][0]["state"], told[0]["tickets"][0]["counter"]) == ("called", 1)
    assert first["id"] not in str(told)


def test_a_phone_hears_that_its_day_is_over(office: Office) -> None:
    phone = phone_of(office, office.take_number("HT"))
    office.pass_s(A_DAY_S)
    office.parts.hub.handle(cmd.StartDay())
    a_second_later(office)
    assert [told["code"] for told in phone.heard("refused")] == ["unknown_ticket"]


def test_phones_give_way_after_each_piece_of_work(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    phones = [phone_of(office, office.take_number("HT")) for _ in range(3)]
    rests: list[float] = []
    monkeypatch.setattr("app.phones.PIECE_S", 0.0)
    office.parts.feed.phones.step(rests.append)
    assert len(rests) == len(phones)
    assert all(rest > 0 for rest in rests)
