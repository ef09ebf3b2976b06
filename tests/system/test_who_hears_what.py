"""A phone hears of its own ticket, a counter's tablet of its own calls; who lost the right hears nothing more."""

import json
from collections.abc import Callable
from threading import Event

import socketio

from tests.running_hub import RunningHub
from tests.system.following import Follower

Follow = Callable[..., Follower]


def all_heard(follower: Follower) -> str:
    return json.dumps([follower.snapshots, follower.heard])


def test_a_phone_never_learns_the_id_of_anybody_elses_ticket(hub: RunningHub, follow: Follow) -> None:
    """Whoever knows an id may cancel the ticket."""
    mine, other = hub.take_number("HT"), hub.take_number("HT")
    phone = follow(hub, f"ticket:{mine['id']}", token=None)
    late = hub.take_number("HT")
    hub.open_counter(1)
    hub.supervisor.ok("POST", "/counters/1/call", json={"ticket": other["id"]})
    settings = hub.admin.ok("GET", "/settings")
    hub.admin.ok("PUT", "/settings", json=settings | {"notice": "Sáng thứ Bảy nghỉ"})  # a change of the whole centre
    hub.supervisor.ok("POST", f"/tickets/{mine['id']}/cancel")
    phone.wait_for(lambda me: any(ticket["state"] == "cancelled" for ticket in me.tickets))
    assert mine["id"] in all_heard(phone)
    assert other["id"] not in all_heard(phone)
    assert late["id"] not in all_heard(phone)


def test_a_counters_tablet_gets_its_own_calls_and_services_only(hub: RunningHub, follow: Follow) -> None:
    """A citizen whom the closed counter 1 kept is called by counter 2: counter 1 must not sound."""
    hub.open_counter(1)
    ticket = hub.take_number("HT")
    hub.supervisor.ok("POST", "/counters/1/next")
    hub.supervisor.ok("POST", "/counters/1/park")
    hub.supervisor.ok("POST", "/counters/1/close")
    hub.open_counter(2)
    tablet = follow(hub, "counter:1")
    hub.supervisor.ok("POST", "/counters/2/call", json={"ticket": ticket["id"]})
    called = tablet.wait_for_event("TicketCalled")
    assert called["call"] is None
    assert {service["code"] for event in tablet.heard for service in event["services"]} <= {"HT"}
    assert {counter["number"] for event in tablet.heard for counter in event["counters"]} <= {1}


def test_a_second_tablet_at_a_counter_makes_no_gap_for_the_first(hub: RunningHub, follow: Follow) -> None:
    hub.open_counter(1)
    first = follow(hub, "counter:1")
    for _ in range(3):
        hub.take_number("DD")  # nothing to do with counter 1
    follow(hub, "counter:1")
    hub.take_number("HT")
    first.wait_for_event("TicketIssued")
    assert (first.gaps, len(first.snapshots)) == (0, 1)


def test_a_screen_that_was_removed_hears_nothing_more(hub: RunningHub) -> None:
    token = str(hub.device("display", "tv-1").headers["Authorization"]).removeprefix("Bearer ")
    joined, gone, refused = Event(), Event(), Event()

    def screen() -> socketio.Client:
        client = socketio.Client(reconnection=False, handle_sigint=False)
        client.on("snapshot", lambda _snapshot: joined.set())
        client.on("disconnect", lambda *_reason: gone.set())
        client.on("refused", lambda _refusal: refused.set())
        client.connect(hub.url, auth={"token": token}, transports=["websocket"])
        client.emit("join", {"room": "hall"})
        return client

    screen()
    assert joined.wait(10)
    hub.admin.ok("DELETE", "/devices/tv-1")
    assert gone.wait(10)
    again = screen()
    assert refused.wait(10)
    again.shutdown()
