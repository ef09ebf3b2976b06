"""How the service was: one touch at the counter's tablet or on the phone, counted without a name."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.core import commands as cmd
from app.core.permissions import Role
from tests.system.within import Message, Office, hub_within

MONDAY = "2026-11-23"


@pytest.fixture(scope="module")
def the_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with hub_within(tmp_path_factory.mktemp("ratings"), f"{MONDAY}T08:00", ("lan",)) as office:
        office.ok("POST", "/counters/1/open", {"clerk": "lan"})
        yield office


@pytest.fixture
def office(the_hub: Office) -> Office:
    """Whoever was served before is long gone."""
    the_hub.pass_s(600)
    return the_hub


def served(office: Office) -> Message:
    ticket = office.take_number("HT")
    office.pass_s(60)
    office.press(1, "next")
    office.pass_s(60)
    office.press(1, "finish")
    return ticket


def on_a_phone(office: Office, ticket: Message, **rating: Any) -> tuple[int, Message]:
    answer = office.flask.test_client().post(f"/api/v1/tickets/{ticket['id']}/rating", json=rating)
    return answer.status_code, dict(answer.json or {})


def counted(office: Office) -> Message:
    told: Message = office.ok("GET", "/reports/day")["ratings"]
    return told


def test_one_touch_at_the_counters_tablet_counts_for_whoever_was_served_there_just_now(office: Office) -> None:
    before = counted(office)["count"]
    served(office)
    office.pass_s(120)
    assert office.ok("POST", "/counters/1/rating", {"face": 3}, by="kiosk-1") == {"counted": True}
    assert counted(office)["count"] == before + 1
    again = office.refused("POST", "/counters/1/rating", {"face": 1}, by="kiosk-1")
    assert again == (409, "nothing_to_rate"), "one citizen, one rating"


def test_whoever_touches_the_tablet_later_or_before_anybody_was_served_is_somebody_else(office: Office) -> None:
    assert office.refused("POST", "/counters/2/rating", {"face": 3}, by="kiosk-1") == (409, "nothing_to_rate")
    served(office)
    office.pass_s(181)
    assert office.refused("POST", "/counters/1/rating", {"face": 3}, by="kiosk-1") == (409, "nothing_to_rate")


def test_no_clerk_says_how_the_own_service_was(office: Office) -> None:
    ticket = served(office)
    assert office.refused("POST", "/counters/1/rating", {"face": 3}, by="lan") == (403, "role_forbids")
    for staff in ("lan", "phu-trach"):
        refused = office.refused("POST", f"/tickets/{ticket['id']}/rating", {"face": 3}, by=staff)
        assert refused == (403, "role_forbids")
    assert on_a_phone(office, ticket, face=1) == (200, {"counted": True}), "theirs is not used up"


def test_who_is_served_next_does_not_answer_for_the_one_before(office: Office) -> None:
    served(office)
    office.take_number("HT")
    office.press(1, "next")
    office.press(1, "arrive")
    assert office.refused("POST", "/counters/1/rating", {"face": 1}, by="kiosk-1") == (409, "nothing_to_rate")
    office.press(1, "finish")


def test_a_touch_that_was_meant_for_somebody_else_is_not_counted(office: Office) -> None:
    """The tablet showed its faces to the first; before the touch the second was finished."""
    first, second = served(office), served(office)
    wrong = {"face": 1, "ticket": first["id"]}
    assert office.refused("POST", "/counters/1/rating", wrong, by="kiosk-1") == (409, "nothing_to_rate")
    office.ok("POST", "/counters/1/rating", {"face": 3, "ticket": second["id"]}, by="kiosk-1")


def test_a_touch_that_is_sent_again_counts_once(office: Office) -> None:
    before = counted(office)["count"]
    served(office)
    for _ in range(2):
        office.ok("POST", "/counters/1/rating", {"face": 2}, by="kiosk-1", key="one touch")
    assert counted(office)["count"] == before + 1


def test_the_phone_rates_its_own_service_once_after_it(office: Office) -> None:
    ticket = office.take_number("HT")
    assert on_a_phone(office, ticket, face=3)[0] == 409, "nothing was served yet"
    office.pass_s(60)
    office.press(1, "next")
    office.press(1, "finish")
    office.pass_s(3000)
    assert on_a_phone(office, ticket, face=4)[0] == 422
    assert on_a_phone(office, ticket, face=1, reason="ugly")[0] == 422
    assert on_a_phone(office, ticket, face=1, reason="wait") == (200, {"counted": True})
    status, problem = on_a_phone(office, ticket, face=3)
    assert (status, problem["code"]) == (409, "already_rated")
    assert office.ok("GET", f"/tickets/{ticket['id']}")["rated"] is True


def test_nowhere_is_a_rating_told_with_a_clerk_or_a_ticket(office: Office) -> None:
    staff = office.follow("staff")
    ticket = served(office)
    on_a_phone(office, ticket, face=1, reason="attitude")
    report = office.ok("GET", "/reports/day")
    assert "lan" not in json.dumps(report["ratings"])
    assert not any("rating" in key or "face" in key for clerk in report["clerks"] for key in clerk)
    told = json.dumps([staff.heard("events"), office.ok("GET", "/events?after=0&limit=500")])
    assert "attitude" not in told
    assert '"face"' not in told


def test_the_administrators_log_does_not_tell_how_a_ticket_was_rated(office: Office) -> None:
    on_a_phone(office, served(office), face=1, reason="attitude")
    headers = {"Authorization": f"Bearer {office.token('quan-tri', Role.ADMIN)}"}
    told = office.flask.test_client().get("/api/v1/log?limit=5", headers=headers).json
    assert told is not None
    rated = next(each for each in told["events"] if each["type"] == "ServiceRated")
    assert rated["data"] == {}


def test_a_centre_that_asks_for_no_ratings_takes_none(office: Office) -> None:
    hub = office.parts.hub
    hub.handle(cmd.SaveSettings(replace(hub.hall.settings, ratings=False)))
    served(office)
    assert office.refused("POST", "/counters/1/rating", {"face": 3}, by="kiosk-1") == (409, "ratings_off")
    hub.handle(cmd.SaveSettings(replace(hub.hall.settings, ratings=True)))
