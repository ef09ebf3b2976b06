"""Priority, several services on one visit, coming back, stations and helpers, as devices and people ask for them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.core import commands as cmd
from app.core.hall import CounterKind
from tests.system.within import Message, Office, hub_within

MONDAY = "2026-11-23"
STATION = 20


@pytest.fixture(scope="module")
def the_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with hub_within(tmp_path_factory.mktemp("visits"), f"{MONDAY}T08:00", ("lan", "minh")) as office:
        office.parts.hub.handle(cmd.SaveCounter(STATION, "Máy 20", ("VX",), (), kind=CounterKind.STATION))
        every_time = replace(office.parts.hub.hall.settings, priority_every=1)
        office.parts.hub.handle(cmd.SaveSettings(every_time))
        office.ok("POST", "/counters/1/open", {"clerk": "lan"})
        office.ok("POST", "/counters/3/open", {"clerk": "minh"})
        office.ok("POST", f"/counters/{STATION}/open")
        yield office


@pytest.fixture
def office(the_hub: Office) -> Iterator[Office]:
    """Afterwards nobody stands or waits anywhere, and nobody asks for a helper."""
    yield the_hub
    hub = the_hub.parts.hub
    for counter in hub.hall.counters.values():
        while hub.hall.counters[counter.number].ticket:
            the_hub.pass_s(60)
            the_hub.press(counter.number, "finish")
    for ticket in [t for t in hub.hall.tickets.values() if t.state in {"waiting", "parked", "missed"}]:
        the_hub.pass_s(60)
        the_hub.ok("POST", f"/tickets/{ticket.id}/{'cancel' if ticket.state == 'waiting' else 'close'}")
    for place in list(hub.hall.assistance):
        the_hub.ok("DELETE", f"/assistance/{place}")


def take(office: Office, service: str = "HT", by: str = "kiosk-1", **wishes: Any) -> Message:
    office.pass_s(60)
    ticket: Message = office.ok("POST", "/tickets", {"service": service, **wishes}, by=by)
    return ticket


def call(office: Office, number: int = 1, **body: Any) -> Message:
    office.pass_s(60)
    return office.press(number, "next", **body)


def claim(office: Office, **wishes: Any) -> Message:
    return take(office, priority=a_class(office), claimed=True, **wishes)


def a_class(office: Office) -> str:
    code: str = office.ok("GET", "/hall")["centre"]["priority_classes"][0]["code"]
    return code


def test_staff_see_of_which_class_a_claim_is_and_the_hall_only_that_there_is_priority(office: Office) -> None:
    staff, kiosk = office.follow("staff"), office.ok("GET", "/counters", by="kiosk-1")
    ticket = claim(office)
    (told,) = staff.heard("events")[-1]["events"]
    assert (told["tickets"][0]["priority"], told["tickets"][0]["claimed"]) == (a_class(office), True)
    assert ticket["priority"] is True
    called = call(office)
    assert called["counter"]["ticket"]["claimed"] is True
    kiosk = office.ok("GET", "/counters", by="kiosk-1")["counters"][0]["ticket"]
    assert kiosk["priority"] is True
    assert "claimed" not in kiosk


def test_a_clerk_confirms_a_claim_and_the_press_before_can_still_be_taken_back(office: Office) -> None:
    ticket = claim(office)
    call(office)
    at = office.ok("POST", "/counters/1/priority/confirm", {"ticket": ticket["id"]}, by="lan")["counter"]
    assert (at["ticket"]["claimed"], at["ticket"]["id"]) == (False, ticket["id"])
    assert office.press(1, "undo")["counter"]["ticket"] is None


def test_a_refused_claim_goes_back_among_everybody_and_can_be_taken_back(office: Office) -> None:
    before, claimed = take(office), claim(office)
    assert call(office)["ticket"]["id"] == claimed["id"]
    refused = office.press(1, "priority/refuse", seen=claimed["id"])
    assert refused["counter"]["ticket"] is None
    assert refused["counter"]["undo"]["verb"] == "refuse"
    assert office.ok("GET", f"/tickets/{claimed['id']}")["ahead"] == 1
    assert office.press(1, "undo")["counter"]["ticket"]["id"] == claimed["id"]
    office.press(1, "priority/refuse", seen=claimed["id"])
    assert call(office)["ticket"]["id"] == before["id"]
    assert office.refused("POST", "/counters/1/priority/refuse", {"seen": before["id"]}) == (409, "no_priority")


def test_staff_at_the_door_give_a_waiting_citizen_priority(office: Office) -> None:
    take(office)
    ticket = take(office)
    given = office.ok("POST", f"/tickets/{ticket['id']}/priority", {"priority": a_class(office)}, by="minh")
    assert given["priority"] is True
    assert call(office)["ticket"]["id"] == ticket["id"]
    assert office.counter(1)["ticket"]["priority"] == a_class(office)
    again = office.refused("POST", f"/tickets/{ticket['id']}/priority", {"priority": a_class(office)})
    assert again == (409, "wrong_state")


def test_an_unknown_class_is_refused_and_a_kiosk_may_not_give_priority(office: Office) -> None:
    ticket = take(office)
    path = f"/tickets/{ticket['id']}/priority"
    assert office.refused("POST", path, {"priority": "vip"}) == (404, "unknown_priority")
    assert office.refused("POST", path, {"priority": a_class(office)}, by="kiosk-1") == (403, "role_forbids")
    assert ticket["id"] not in office.parts.reasons.of


def test_two_services_on_one_visit_take_one_number_and_the_wait_so_far_counts(office: Office) -> None:
    ticket = take(office, then=["CT"], dossiers=3)
    assert [each["code"] for each in ticket["then"]] == ["CT"]
    others = take(office, "CT")
    call(office)
    office.pass_s(60)
    office.press(1, "finish")
    now = office.ok("GET", f"/tickets/{ticket['id']}")
    assert (now["state"], now["service"], now["then"], now["dossiers"]) == ("waiting", "CT", [], 3)
    assert call(office, 3)["ticket"]["id"] == ticket["id"], "older than who took a number since"
    assert call(office, 3)["ticket"]["id"] == others["id"]


def test_the_next_service_of_the_visit_begins_at_the_same_counter_where_it_is_served(office: Office) -> None:
    ticket = take(office, "CT", then=["HT"])
    call(office, 3)
    office.pass_s(300)
    answer = office.press(3, "next", seen=ticket["id"])
    assert (answer["ticket"]["id"], answer["reason"]["code"]) == (ticket["id"], "continues")
    assert (answer["counter"]["ticket"]["state"], answer["counter"]["ticket"]["service"]) == ("serving", "HT")


def test_a_clerk_sends_somebody_to_a_station_for_the_form_and_gets_them_back_with_their_age(office: Office) -> None:
    ticket, later = take(office), take(office)
    call(office)
    office.press(1, "transfer", service="VX", back=True)
    assert call(office)["ticket"]["id"] == later["id"]
    office.ok("POST", f"/counters/{STATION}/next", {"seen": ""}, by="kiosk-1")
    office.ok("POST", f"/counters/{STATION}/arrive", {"seen": ticket["id"]}, by="kiosk-1")
    take(office)
    office.pass_s(300)
    office.ok("POST", f"/counters/{STATION}/finish", {"seen": ticket["id"]}, by="kiosk-1")
    back = office.ok("GET", f"/tickets/{ticket['id']}")
    assert (back["service"], back["state"], back["then"], back["ahead"]) == ("HT", "waiting", [], 0)


def test_a_kiosk_gives_presses_at_a_station_and_at_no_desk(office: Office) -> None:
    assert office.refused("POST", "/counters/1/next", {"seen": ""}, by="kiosk-1") == (403, "role_forbids")
    ticket = take(office, "VX")
    office.ok("POST", f"/counters/{STATION}/next", {"seen": ""}, by="kiosk-1")
    office.ok("POST", f"/counters/{STATION}/miss", {"seen": ticket["id"]}, by="kiosk-1")


def test_who_was_asked_to_photocopy_says_at_the_kiosk_that_they_are_back_and_is_next(office: Office) -> None:
    ticket, _other = take(office), take(office)
    call(office)
    office.press(1, "park", seen=ticket["id"])
    office.pass_s(60)
    office.ok("POST", f"/tickets/{ticket['id']}/return", by="kiosk-1")
    answer = call(office)
    assert (answer["ticket"]["id"], answer["reason"]["code"]) == (ticket["id"], "back")


def test_a_call_for_help_is_told_to_staff_until_one_of_them_goes(office: Office) -> None:
    staff = office.follow("staff")
    asked = office.ok("POST", "/assistance", {"counter": STATION}, by="kiosk-1")["assistance"]
    assert [each["place"] for each in asked] == [f"counter:{STATION}"]
    office.ok("POST", "/assistance", {}, by="kiosk-1")
    office.pass_s(30)
    office.ok("POST", "/assistance", {"counter": STATION}, by="kiosk-1")
    messages = [event for told in staff.heard("events") for event in told["events"]]
    assert [each["place"] for each in messages[-1]["assistance"]] == [f"counter:{STATION}", "kiosk:kiosk-1"]
    assert messages[-1]["assistance"][0]["at"] == asked[0]["at"], "since when they first asked"
    office.ok("DELETE", f"/assistance/counter:{STATION}", by="lan")
    (gone,) = (event for told in staff.heard("events") for event in told["events"])
    assert [each["place"] for each in gone["assistance"]] == ["kiosk:kiosk-1"]
    assert office.follow("staff").snapshot["assistance"] == gone["assistance"]


def test_a_device_asks_only_for_itself_and_a_person_says_where(office: Office) -> None:
    assert office.refused("POST", "/assistance", {"counter": 1}, by="kiosk-1") == (403, "role_forbids")
    assert office.refused("POST", "/assistance", {}, by="lan") == (422, "place_unknown")
    assert office.refused("POST", "/assistance", {"counter": 99}, by="lan") == (404, "unknown_counter")
    office.ok("POST", "/assistance", {"counter": 1}, by="lan")
    assert office.refused("DELETE", "/assistance/counter:1", by="kiosk-1") == (403, "role_forbids")
