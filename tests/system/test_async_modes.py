"""The same short day on every server that the setting `async_mode` knows."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.running_hub import RunningHub
from tests.system.conftest import Follow
from tests.system.crowd import Crowd, assert_clean

HubFactory = Callable[..., RunningHub]


@pytest.fixture(params=["eventlet", "gevent", "threading"])
def hub(request: pytest.FixtureRequest, hub_factory: HubFactory) -> RunningHub:
    return hub_factory(async_mode=request.param)


def test_a_short_day_with_a_restart_in_it(hub: RunningHub, follow: Follow) -> None:
    hub.open_counter(1)
    screen = follow(hub, "hall")
    first, second = hub.take_number(), hub.take_number()
    called = hub.supervisor.ok("POST", "/counters/1/next")["ticket"]
    assert called["id"] == first["id"]
    screen.wait_for(lambda tv: bool(tv.calls))
    assert (screen.calls[0]["number"], screen.calls[0]["counter"]) == (first["number"], 1)

    hub.restart()

    screen.wait_for(lambda tv: len(tv.snapshots) > 1)
    assert screen.counters[1]["ticket"]["number"] == first["number"]
    called = hub.supervisor.ok("POST", "/counters/1/next", headers={"Idempotency-Key": "after"})["ticket"]
    assert called["id"] == second["id"]
    screen.wait_for(lambda tv: tv.calls[0]["number"] == second["number"])
    seqs = [event["seq"] for event in screen.heard]
    assert seqs == sorted(set(seqs))
    assert_clean(hub)


def test_citizens_and_clerks_at_once_are_kept_apart(hub: RunningHub, follow: Follow, crowd: Crowd) -> None:
    """Where threads are real, a command must still be one piece, and the screens must hear all of it in order."""
    hub.open_counter(1)
    screen = follow(hub, "hall")
    hands = [hub.device("kiosk", f"kiosk-{number}") for number in range(1, 5)]
    numbers: list[str] = []
    health: list[dict[str, Any]] = []
    for _ in range(15):
        take = [lambda kiosk=kiosk: kiosk.post("/tickets", json={"service": "HT"}) for kiosk in hands]
        look = [lambda: hub.admin.get("/health"), lambda: hub.supervisor.get("/hall")]
        *issued, healthy, _ = crowd.at_once([*take, *look])
        numbers += [answer.json()["number"] for answer in issued]
        health.append(healthy.json())
    assert sorted(numbers) == [f"A{number:03d}" for number in range(1, 61)]
    assert all(each["ready"] for each in health)
    screen.wait_for(lambda tv: tv.services["HT"]["issued"] == 60)
    assert screen.gaps == 0
    assert_clean(hub)
