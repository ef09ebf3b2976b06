"""A centre that gives numbers from home and to phones in the hall, and what a citizen does there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from app.api.limits import counts
from app.core.permissions import Actor, Role
from app.phone_mark import new_mark
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
    return office.tokens.setdefault("quan-tri", office.parts.devices.token_of_this_run(Actor("quan-tri", Role.ADMIN)))


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


def poster(office: Office) -> str:
    """The secret as it stands on the poster: the administrator asks for its address."""
    admin = {"Authorization": f"Bearer {admin_token(office)}"}
    address = office.flask.test_client().get("/api/v1/take-address", headers=admin, base_url="https://trungtam.example")
    url: str = told(address)["url"]
    assert url.startswith("https://trungtam.example/take?at=")
    return url.partition("at=")[2]
