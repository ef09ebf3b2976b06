from collections.abc import Callable, Iterator

import pytest

from tests.running_hub import RunningHub
from tests.system.crowd import Crowd
from tests.system.following import Follower

Follow = Callable[..., Follower]


@pytest.fixture
def crowd() -> Iterator[Crowd]:
    with Crowd(12) as people:
        yield people


@pytest.fixture
def follow() -> Iterator[Follow]:
    """Follow a room of a hub, with a display's token unless told otherwise; caught up on return."""
    followers: list[Follower] = []

    def start(hub: RunningHub, room: str, token: str | None = "") -> Follower:
        if token == "":
            token = str(hub.device("display", "tv-1").headers["Authorization"]).removeprefix("Bearer ")
        followers.append(Follower(hub.url, room, token))
        followers[-1].wait_for(lambda follower: bool(follower.snapshots or follower.refusals))
        return followers[-1]

    yield start
    for follower in followers:
        follower.close()


@pytest.fixture(scope="module")
def office(module_hub: RunningHub) -> RunningHub:
    """One hub for all that should not hurt it: it must be as good as new afterwards."""
    module_hub.open_counter(1)
    return module_hub


@pytest.fixture
def still_serving(office: RunningHub) -> Iterator[None]:
    """After the test the next citizen takes a number and is called."""
    yield
    ticket = office.take_number()
    headers = {"Idempotency-Key": ticket["id"]}
    called = office.supervisor.ok("POST", "/counters/1/call", json={"ticket": ticket["id"]}, headers=headers)
    assert called["ticket"]["number"] == ticket["number"]
