"""A centre that takes appointments, on a clock that stands until the test turns it. It is Monday, 23 November 2026."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from app.core import commands as cmd
from tests.core.office import hanoi
from tests.system.within import Hand, Office, hub_within

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"
MARKS = ("Marked-Name", "0987654321", "Marked-Address", "Marked-Note")  # no letter that JSON could write otherwise
TOLD = dict(zip(("name", "phone", "address", "note"), MARKS, strict=True))
RULES = [
    {"weekday": day, "service": "HT", "start": "08:00", "end": "10:00", "every_min": 30, "capacity": 1}
    for day in range(5)
]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return open_in(tmp_path_factory.mktemp("ready"))


@pytest.fixture
def folder(ready: Path, tmp_path: Path) -> Path:
    """Of each test its own: a copy is made sooner than a centre."""
    return shutil.copytree(ready, tmp_path / "centre")


@pytest.fixture
def office(folder: Path) -> Iterator[Office]:
    with hub_within(folder, f"{MONDAY}T07:31", ()) as office:
        yield office


def open_in(folder: Path) -> Path:
    """Lan does civil status at counter 1; Minh sits nowhere."""
    with hub_within(folder, f"{MONDAY}T07:30", ("lan", "minh")) as office:
        settings = office.parts.hub.hall.settings
        office.parts.hub.handle(cmd.SaveSettings(replace(settings, appointments=True, home_visits=True)))
        office.ok("PUT", "/slots", {"slots": RULES})
        office.parts.hub.handle(cmd.SetCounterServices(1, ("HT",), ()))
        office.ok("POST", "/counters/1/open", {"clerk": "lan"})
    return folder


def clock(office: Office, time: str, day: str = MONDAY) -> None:
    office.parts.hub.clock = office.clock = Hand(hanoi(time, day))


def citizen(office: Office, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
    """Somebody at home, not signed in."""
    return office.flask.test_client().open(f"/api/v1{path}", method=method, json=body, headers=headers)


def book(office: Office, at: str, day: str = MONDAY, **told: str) -> dict[str, Any]:
    answer = citizen(office, "POST", "/bookings", {"kind": "slot", "service": "HT", "day": day, "at": at, **told})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.get_json()
    return made


def visit(office: Office, clerk: str | None, by: str = "phu-trach") -> dict[str, Any]:
    wish = {"kind": "visit", "service": "XH", "day": TUESDAY, "at": "14:00", "clerk": clerk, **TOLD}
    made: dict[str, Any] = office.ok("POST", "/bookings", wish, by=by)
    return made


def bookings(office: Office, by: str = "phu-trach", day: str = MONDAY) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.ok("GET", f"/bookings?day={day}", by=by)["bookings"]
    return found


def free(office: Office, day: str) -> list[str]:
    [told] = office.ok("GET", f"/slots?service=HT&day={day}")["days"]
    return [time["at"] for time in told["times"]]


def check_in(office: Office, booking: dict[str, Any]) -> str:
    ticket: str = office.ok("POST", "/check-in", {"booking": booking["id"]}, by="kiosk-1")["number"]
    return ticket


def events(answer: TestResponse) -> list[Any]:
    """Of a calendar file."""
    found: list[Any] = Calendar.from_ical(answer.data).walk("VEVENT")
    return found


def called(office: Office) -> str:
    """Whom Lan calls next; she is done with the one before."""
    number: str = office.press(1, "next")["ticket"]["number"]
    return number
