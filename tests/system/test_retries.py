"""A press whose answer was lost is sent again: done once, and answered as done."""

from collections.abc import Callable
from functools import partial

import pytest

from app.core.permissions import SYSTEM
from app.devices import JOIN_MS, Devices, UnknownJoinCode
from app.hub import Hub
from app.store.store import Store
from tests.running_hub import Client, RunningHub
from tests.system.crowd import Crowd, assert_clean, assert_refused, log_of

KEY = {"Idempotency-Key": "one-key"}


def test_giving_a_number_up_twice_is_done_once_and_answered_twice(hub: RunningHub) -> None:
    ticket = hub.take_number()
    first = hub.kiosk.ok("POST", f"/tickets/{ticket['id']}/cancel")
    assert first["state"] == "cancelled"
    again = hub.kiosk.ok("POST", f"/tickets/{ticket['id']}/cancel")
    assert again == first | {"now": again["now"]}
    with Client(hub.url) as citizen:
        assert citizen.ok("POST", f"/tickets/{ticket['id']}/cancel")["state"] == "cancelled"
    assert len(list(log_of(hub, "TicketCancelled"))) == 1
    assert_clean(hub)


def test_a_number_that_was_called_is_not_given_up(hub: RunningHub) -> None:
    hub.open_counter(1)
    ticket = hub.take_number()
    hub.supervisor.ok("POST", "/counters/1/next")
    assert_refused(hub.kiosk.post(f"/tickets/{ticket['id']}/cancel"), 409, "wrong_state")
    hub.supervisor.ok("POST", "/counters/1/finish")
    assert_refused(hub.kiosk.post(f"/tickets/{ticket['id']}/cancel"), 409, "wrong_state")


def test_whoever_may_not_give_a_number_up_is_not_told_that_it_was(hub: RunningHub) -> None:
    ticket = hub.take_number()
    hub.kiosk.ok("POST", f"/tickets/{ticket['id']}/cancel")
    display = hub.device("display")
    assert_refused(display.post(f"/tickets/{ticket['id']}/cancel"), 403, "role_forbids")


def test_a_citizens_key_is_kept_with_the_ticket(hub: RunningHub) -> None:
    """The very same answer again; and on another citizen's ticket the same key is another key."""
    mine, other = hub.take_number(), hub.take_number()
    with Client(hub.url) as citizen:
        first = citizen.post(f"/tickets/{mine['id']}/cancel", headers=KEY)
        again = citizen.post(f"/tickets/{mine['id']}/cancel", headers=KEY)
        assert (first.status_code, first.text) == (200, again.text)
        altered = citizen.post(f"/tickets/{mine['id']}/cancel", headers=KEY, json={})
        assert_refused(altered, 422, "idempotency_key_reused", "one-key")
        assert citizen.ok("POST", f"/tickets/{other['id']}/cancel", headers=KEY)["id"] == other["id"]


def test_a_code_typed_twice_joins_one_screen(hub: RunningHub) -> None:
    code = hub.desk.ok("POST", "/join", json={"page": "/tv"})["code"]
    first = hub.admin.ok("POST", "/devices/join", json={"code": code, "name": "sanh-1"})
    assert hub.admin.ok("POST", "/devices/join", json={"code": code, "name": "sanh-1"}) == first
    other = hub.admin.post("/devices/join", json={"code": code, "name": "sanh-2"})
    assert_refused(other, 404, "unknown_join_code", code)
    hub.admin.ok("DELETE", "/devices/sanh-1")
    gone = hub.admin.post("/devices/join", json={"code": code, "name": "sanh-1"})
    assert_refused(gone, 404, "unknown_join_code", code)


def test_a_devices_token_is_told_once_even_to_a_retry(hub: RunningHub, crowd: Crowd) -> None:
    """It is kept hashed only, so there is nothing to answer again."""
    body = {"name": "kiosk-9", "kind": "kiosk"}
    answers = crowd.at_once([partial(Client(hub.url, own_token(hub)).post, "/devices", json=body, headers=KEY)] * 4)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert_refused(hub.admin.post("/devices", json=body, headers=KEY), 409, "name_taken", "kiosk-9")


def own_token(hub: RunningHub) -> str:
    return str(hub.desk.headers["Authorization"]).removeprefix("Bearer ")


class SetClock:
    """Shows what the test says, ms since the epoch."""

    rate = 1.0

    def __init__(self, at: int) -> None:
        self.at = at

    def now(self) -> int:
        return self.at


@pytest.fixture
def clock() -> SetClock:
    return SetClock(1_795_400_000_000)


@pytest.fixture
def devices(tmp_path_factory: pytest.TempPathFactory, clock: SetClock) -> Callable[[], Devices]:
    return lambda: Devices(Hub(Store(tmp_path_factory.mktemp("centre") / "centre.db"), clock))


def test_a_screen_joined_at_the_last_moment_still_learns_it(devices: Callable[[], Devices], clock: SetClock) -> None:
    made = devices()
    secret, joining = made.start_joining("/tv")
    clock.at += JOIN_MS - 1
    made.join(SYSTEM, joining.code, "sanh-1", None)
    clock.at += 60_000
    found = made.joining(secret)
    assert found is not None
    assert found.token is not None
    made.hub.store.close()


def test_a_code_that_nobody_typed_in_time_joins_nothing(devices: Callable[[], Devices], clock: SetClock) -> None:
    made = devices()
    secret, joining = made.start_joining("/tv")
    clock.at += JOIN_MS
    with pytest.raises(UnknownJoinCode):
        made.join(SYSTEM, joining.code, "sanh-1", None)
    assert made.joining(secret) is None
    made.hub.store.close()
