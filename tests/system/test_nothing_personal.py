"""Whatever a citizen tells of themselves is planted, marked, through every door, and then looked for everywhere."""

import base64
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.running_hub import Client, RunningHub
from tests.system.conftest import Follow

NAME = "Đặng Thị Mốcxanh"
PHONE = "0977 000 111"
CARD = "079199000777"
ADDRESS = "Thôn Mốcxanh, xã Không Có Thật"
NOTE = "xe lăn mốcxanh"
CLASS = "mocxanh"
MARKS = (
    NAME,
    "Mốcxanh",
    "mocxanh",
    PHONE,
    PHONE.replace(" ", ""),
    CARD,
    ADDRESS,
    NOTE,
)
"""Also as SQLite or JSON would write them; the class's code is the priority reason."""

BROWSER = "https://push.example.com/dau-hieu-trinh-duyet"
"""The address of somebody's browser, which identifies it; in one table for as long as its ticket waits."""

DAY = date(2026, 11, 23)


@dataclass
class Planted:
    hub: RunningHub
    tickets: list[str] = field(default_factory=list)
    bookings: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    hub = RunningHub(
        tmp_path_factory.mktemp("marks"),
        {"clock_start": f"{DAY}T08:00", "log_level": "debug", "public_url": "https://trungtam.example"},
    ).start()
    found = Planted(hub)
    set_up(hub)
    plant(found)
    yield found
    hub.close()


def set_up(hub: RunningHub) -> None:
    """A centre that asks for all that can be asked for."""
    settings = hub.admin.ok("GET", "/settings")
    wanted = {
        "home_numbers": True,
        "phone_numbers": True,
        "one_per_person": True,
        "appointments": True,
        "home_visits": True,
        "priority_classes": [{"code": CLASS, "name": "Ưu tiên", "name_en": "Priority"}],
    }
    hub.admin.ok("PUT", "/settings", json={**settings, **wanted})
    every_day = [
        {"weekday": day, "service": "HT", "start": "08:00", "end": "16:00", "every_min": 30, "capacity": 3}
        for day in range(7)
    ]
    hub.admin.ok("PUT", "/slots", json={"slots": every_day})
    hub.open_counter(1)


def plant(found: Planted) -> None:
    """Each with a key, as the pages do: a repeated request must be known again without keeping what it said."""
    hub, citizen = found.hub, Client(found.hub.url)
    clerk = hub.clerk("lan")

    def send(by: Client, method: str, path: str, **body: Any) -> dict[str, Any]:
        headers = {"Idempotency-Key": f"key {len(found.tickets) + len(found.bookings)} {path}"}
        answers = [by.ok(method, path, json=body, headers=headers) for _ in range(2)]
        assert answers[0] == answers[1]
        return dict(answers[0])

    personal = {"name": NAME, "phone": PHONE, "address": ADDRESS, "note": NOTE}
    with citizen:
        found.bookings.append(send(citizen, "POST", "/home", service="CT", person=CARD)["id"])
        found.bookings.append(send(citizen, "POST", "/home", service="CT", person=PHONE)["id"])
        secret = hub.admin.ok("GET", "/take-address")["url"].partition("at=")[2]
        found.tickets.append(send(citizen, "POST", "/take", secret=secret, service="HT", person=CARD)["id"])
        keys = {"p256dh": unpadded(bytes(65)), "auth": unpadded(bytes(16))}
        browser = {"endpoint": BROWSER, "keys": keys, "walk_min": 5}
        citizen.ok("POST", f"/tickets/{found.tickets[-1]}/push", json=browser)
        refusals = [
            citizen.post("/home", json={"service": "CT", "person": CARD}),
            citizen.post("/home", json={"service": "CT", "person": f"{CARD}0"}),
            citizen.post("/home", json={"service": "CT", "person": {CARD: CARD}}),
            citizen.post("/home", json={"service": "CT", "person": CARD, NAME: NAME}),
            citizen.post("/bookings", json={"kind": "slot", "service": "HT", "phone": NAME, "day": "x", "at": "09:00"}),
        ]
        assert all(400 <= each.status_code < 500 for each in refusals)
        assert not any(CARD in each.text for each in refusals), "a refusal does not say it back"
        tomorrow = str(DAY + timedelta(days=1))
        slot = {"kind": "slot", "service": "HT", "day": tomorrow, "at": "09:00"}
        found.bookings.append(send(citizen, "POST", "/bookings", **slot, **personal)["id"])
    visit = {"kind": "visit", "service": "HT", "day": str(DAY), "at": "15:00", "clerk": "lan"}
    found.bookings.append(send(clerk, "POST", "/bookings", **visit, **personal)["id"])
    moved = {"day": tomorrow, "at": "10:00", "clerk": "lan", **personal}
    send(clerk, "PUT", f"/bookings/{found.bookings[-1]}", **moved)
    found.tickets.append(send(hub.kiosk, "POST", "/tickets", service="HT", priority=CLASS, claimed=True)["id"])
    waiting = send(hub.kiosk, "POST", "/tickets", service="CT")["id"]
    found.tickets.append(waiting)
    send(clerk, "POST", f"/tickets/{waiting}/priority", priority=CLASS)
    hub.supervisor.ok("POST", "/counters/1/next", json={})


def unpadded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def marks_in(text: str | bytes, *also: str) -> list[str]:
    """Plain, and as JSON escapes it."""
    raw = text.encode() if isinstance(text, str) else text
    every = (*MARKS, *also)
    written = {mark: (mark.encode(), json.dumps(mark)[1:-1].encode(), mark.encode("utf-16-le")) for mark in every}
    return [mark for mark, ways in written.items() if any(way in raw for way in ways)]


def test_the_marks_are_found_where_they_should_be(planted: Planted) -> None:
    """A look that finds nothing anywhere would prove nothing."""
    listed = json.dumps(planted.hub.clerk("lan").ok("GET", f"/bookings?day={DAY + timedelta(days=1)}"))
    assert {NAME, ADDRESS, NOTE} <= set(marks_in(listed))
    assert CLASS in json.dumps(planted.hub.supervisor.ok("GET", "/hall"))


def test_neither_the_log_nor_any_table_holds_a_mark(planted: Planted) -> None:
    """But for the priority class, which is a setting of the centre, and today's reasons, which go with the day."""
    with closing(sqlite3.connect(planted.hub.db)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        held = {name: marks_in(repr(rows_of(db, name))) for name in tables if not name.startswith("procedure_")}
    reason = {"priority_reason", "setting"}
    assert {name: marks for name, marks in held.items() if marks and name not in reason} == {"event": [CLASS]}
    assert only_in_settings(planted.hub.db), "the event is that the centre has such a class"


def rows_of(db: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return db.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - a table's own name


def only_in_settings(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as db:
        kinds = db.execute("SELECT DISTINCT type FROM event WHERE data LIKE ?", (f"%{CLASS}%",)).fetchall()
    return kinds == [("SettingsSaved",)]


def test_the_files_of_the_database_hold_no_mark(planted: Planted) -> None:
    """Its pages and its journal, byte by byte: also what was written and deleted."""
    for path in planted.hub.folder.iterdir():
        if path.is_file():
            assert set(marks_in(path.read_bytes())) <= {CLASS}, path.name


def test_a_backup_holds_no_mark_no_hash_and_no_key(planted: Planted, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    made = planted.hub.command("backup", str(copy))
    assert made.returncode == 0, made.stderr
    assert set(marks_in(copy.read_bytes(), BROWSER)) <= {CLASS}
    with closing(sqlite3.connect(copy)) as db, closing(sqlite3.connect(planted.hub.db)) as live:
        for table in ("day_person", "priority_reason", "push"):
            assert rows_of(live, table), f"{table}: there is something to leave out"
            assert rows_of(db, table) == []
        kept = {name for (name,) in db.execute("SELECT name FROM secret")}
        hashes = [hash_ for (hash_,) in live.execute("SELECT hash FROM day_person")]
    assert not {"day_key", "request_key"} & kept
    assert not any(hash_.encode() in copy.read_bytes() for hash_ in hashes)


def test_the_hubs_own_log_says_no_mark(planted: Planted) -> None:
    assert marks_in(planted.hub.log(), BROWSER) == []


@pytest.mark.parametrize("room", ["hall", "counter:1", "ticket"])
def test_the_public_rooms_hear_no_mark(planted: Planted, follow: Follow, room: str) -> None:
    hub, name = planted.hub, f"ticket:{planted.tickets[-1]}" if room == "ticket" else room
    follower = follow(hub, name, None if room == "ticket" else "")
    heard = len(follower.heard)
    hub.kiosk.ok("POST", "/tickets", json={"service": "HT", "priority": CLASS})
    hub.clerk("lan").ok("POST", f"/tickets/{planted.tickets[-1]}/priority", json={"priority": CLASS})
    hub.supervisor.ok("POST", "/counters/1/next", json={})
    if room != "ticket":
        follower.wait_for(lambda each: len(each.heard) > heard)
    told = json.dumps([follower.snapshots, follower.heard], ensure_ascii=False)
    assert marks_in(without_classes(told)) == []


def without_classes(told: str) -> str:
    """Which classes a centre has is public; whose they are is not."""
    if not told.startswith(("{", "[")):
        return told
    return json.dumps(json.loads(told, object_hook=_but_classes), ensure_ascii=False)


def _but_classes(each: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in each.items() if name != "priority_classes"}


def test_what_devices_and_citizens_can_ask_says_no_mark(planted: Planted) -> None:
    hub = planted.hub
    with Client(hub.url) as citizen:
        asked = [
            hub.kiosk.get("/hall"),
            hub.kiosk.get("/events"),
            hub.device("display", "tv-9").get("/hall"),
            citizen.get("/home"),
            citizen.get("/slots?service=HT"),
            *(citizen.get(f"/bookings/{each}") for each in planted.bookings),
            *(citizen.get(f"/bookings/{each}/calendar.ics") for each in planted.bookings),
            *(citizen.get(f"/tickets/{each}") for each in planted.tickets),
        ]
        assert all(each.ok for each in asked), [each.text for each in asked if not each.ok]
    for each in asked:
        assert marks_in(without_classes(each.text)) == [], each.url


def test_reports_in_every_form_say_no_mark(planted: Planted) -> None:
    leader = planted.hub.supervisor
    for path in ("day", "range", "range.csv", "range.xlsx", "briefing", "recent"):
        answer = leader.get(f"/reports/{path}")
        assert answer.ok, path
        assert marks_in(unpacked(answer.content)) == [], path
    events = leader.ok("GET", "/events")
    told = [each for each in events["events"] if each["type"] != "SettingsSaved"]
    assert marks_in(json.dumps(told, ensure_ascii=False)) == []


def unpacked(content: bytes) -> bytes:
    """A workbook is a ZIP file of texts."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"".join(book.read(name) for name in book.namelist())


def test_codes_and_ids_do_not_count(planted: Planted) -> None:
    with Client(planted.hub.url) as citizen:
        codes = [int(citizen.ok("GET", f"/bookings/{each}")["code"]) for each in planted.bookings]
    assert len({b - a for a, b in pairwise(codes)}) > 1
