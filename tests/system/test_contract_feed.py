"""The public contract of design.md over Socket.IO: a snapshot on joining, then every event in its order."""

from queue import SimpleQueue
from typing import Any

import pytest
import requests

from tests.running_hub import RunningHub
from tests.system.conftest import Follow
from tests.system.contract import press


def test_the_hall_hears_every_event_with_no_seq_left_out(hub: RunningHub, follow: Follow) -> None:
    screen = follow(hub, "hall")
    assert screen.snapshots[0]["room"] == "hall"
    hub.open_counter(1)
    ticket = hub.take_number()
    press(hub, "next")
    press(hub, "finish")
    last = hub.supervisor.ok("GET", "/hall")["seq"]
    screen.wait_for(lambda tv: tv.seq == last)
    seqs = [event["seq"] for event in screen.heard]
    assert seqs == list(range(screen.snapshots[0]["seq"] + 1, last + 1))
    assert all(event["prev"] == event["seq"] - 1 for event in screen.heard)
    call = screen.wait_for_event("TicketCalled")
    assert {"id": ticket["id"], "number": ticket["number"], "service": "HT"}.items() <= call["ticket"].items()
    assert (call["counter"], call["call"]["number"], call["call"]["counter"]) == (1, ticket["number"], 1)
    sound = requests.get(f"{hub.url}{call['call']['audio']}", timeout=20)
    assert sound.content[:4] == b"RIFF"


def test_a_screen_that_joins_together_hears_a_whole_press_in_one_message(hub: RunningHub, follow: Follow) -> None:
    hub.open_counter(1)
    hub.take_number()
    hub.take_number()
    press(hub, "next")
    screen, heard = follow(hub, "hall"), SimpleQueue[dict[str, Any]]()
    screen.client.on("events", heard.put)
    screen.client.emit("join", {"room": "hall", "together": True})
    screen.wait_for(lambda tv: len(tv.snapshots) == 2)
    press(hub, "next")
    events = heard.get(timeout=10)["events"]
    assert [event["type"] for event in events] == ["TicketFinished", "TicketCalled"]
    assert [event["prev"] for event in events] == [screen.seq, screen.seq + 1]
    assert screen.heard == []


def test_a_counters_screen_hears_its_own_and_knows_that_it_missed_nothing(hub: RunningHub, follow: Follow) -> None:
    screen = follow(hub, "counter:4")
    assert list(screen.counters) == [4]
    assert set(screen.services) == {"DD", "XD"}
    hub.open_counter(1)
    hub.take_number("HT")
    hub.open_counter(4)
    land = hub.take_number("DD")
    hub.supervisor.ok("POST", "/counters/4/next")
    screen.wait_for(lambda me: bool(me.calls))
    assert (screen.calls[0]["number"], screen.counters[4]["ticket"]["id"]) == (land["number"], land["id"])
    assert screen.gaps == 0
    places = [screen.snapshots[0]["seq"], *(event["seq"] for event in screen.heard)]
    assert [event["prev"] for event in screen.heard] == places[:-1]
    assert all(event["counter"] in (4, None) for event in screen.heard)
    assert not any("HT" in service["code"] for event in screen.heard for service in event["services"])


def test_whoever_knows_a_tickets_id_follows_it_without_a_sign_in(hub: RunningHub, follow: Follow) -> None:
    hub.open_counter(1)
    ticket = hub.take_number()
    phone = follow(hub, f"ticket:{ticket['id']}", token=None)
    assert phone.tickets[0]["state"] == "waiting"
    press(hub, "next")
    phone.wait_for(lambda me: me.tickets[0]["state"] == "called")
    assert phone.tickets[0]["counter"] == 1
    assert phone.counters == {}


@pytest.mark.parametrize("room", ["hall", "counter:1", "staff", "supervisor", "devices"])
def test_without_a_token_no_room_of_the_office_is_open(office: RunningHub, follow: Follow, room: str) -> None:
    stranger = follow(office, room, token=None)
    assert stranger.snapshots == []
    assert (stranger.refusals[0]["room"], stranger.refusals[0]["code"]) == (room, "role_forbids")


def test_a_screen_that_joins_again_after_a_restart_shows_what_the_hub_says(hub: RunningHub, follow: Follow) -> None:
    hub.open_counter(1)
    hub.take_number()
    hall, counter = follow(hub, "hall"), follow(hub, "counter:1")
    hub.kill()
    hub.start()
    press(hub, "next")
    for screen in (hall, counter):
        screen.wait_for(lambda me: me.counters[1]["ticket"] is not None)
        assert screen.counters[1] == hub.device("display", "tv-1").ok("GET", "/hall")["counters"][0]
