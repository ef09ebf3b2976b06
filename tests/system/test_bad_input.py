"""Whatever is sent over HTTP: a clear error that names the thing, nothing lost, the hub still serving."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.running_hub import Client, RunningHub
from tests.system.conftest import Follow
from tests.system.crowd import assert_clean, assert_refused

HubFactory = Callable[..., RunningHub]
JSON = {"Content-Type": "application/json"}


pytestmark = pytest.mark.usefixtures("still_serving")


@pytest.fixture(autouse=True)
def nothing_unforeseen(office: RunningHub) -> Iterator[None]:
    """The hub knew what to say: no error escaped into the log."""
    told = len(office.log())
    yield
    assert "Traceback" not in office.log()[told:]


@pytest.mark.parametrize(
    ("request_line", "body", "code", "named"),
    [
        ("POST /tickets", {"service": "KHONG"}, "unknown_service", "KHONG"),
        ("POST /tickets", {"service": "HT", "procedure": "9.9"}, "unknown_procedure", "9.9"),
        ("POST /tickets", {"service": "HT", "priority": "vip"}, "unknown_priority", "vip"),
        ("POST /counters/77/next", {}, "unknown_counter", "77"),
        (f"POST /counters/{10**30}/next", {}, "unknown_counter", str(10**30)),
        ("POST /counters/1/call", {"ticket": "nobodys"}, "unknown_ticket", "nobodys"),
        ("POST /counters/1/transfer", {"service": "KHONG"}, "unknown_service", "KHONG"),
        ("PUT /counters/1/services", {"own": ["KHONG"]}, "unknown_service", "KHONG"),
        ("POST /tickets/nobodys/cancel", {}, "unknown_ticket", "nobodys"),
        ("POST /tickets/nobodys/return", {}, "unknown_ticket", "nobodys"),
        ("GET /tickets/nobodys", None, "unknown_ticket", "nobodys"),
        ("POST /counters/3/open", {"clerk": "ghost"}, "unknown_person", "ghost"),
        ("DELETE /devices/nobodys", None, "unknown_device", "nobodys"),
        ("DELETE /services/KHONG", None, "unknown_service", "KHONG"),
        ("POST /devices/join", {"code": "000000", "name": "x"}, "unknown_join_code", "000000"),
        ("GET /calls/999999.wav", None, "unknown_call", "999999"),
        ("POST /counters/mot/next", {}, "not_found", ""),
        ("POST /counters/-1/next", {}, "not_found", ""),
        ("GET /nowhere", None, "not_found", ""),
    ],
)
def test_what_is_not_there_is_named(office: RunningHub, request_line: str, body: Any, code: str, named: str) -> None:
    method, path = request_line.split()
    if path.startswith("/counters/1/"):
        someone_at_counter_1(office)
    assert_refused(office.admin.request(method, path, json=body), 404, code, named)


def someone_at_counter_1(office: RunningHub) -> None:
    ticket = office.take_number()
    office.supervisor.ok("POST", "/counters/1/call", json={"ticket": ticket["id"]})


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"service": "HT"',
        b"service=HT",
        b"{'service': 'HT'}",
        b'{"service": HT}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
    ids=lambda body: repr(body[:12]),
)
def test_malformed_json_is_told_where_it_breaks(office: RunningHub, body: bytes) -> None:
    problem = assert_refused(office.kiosk.post("/tickets", data=body, headers=JSON), 400, "malformed_json", "JSON")
    assert problem["why"]


def test_nested_json_on_a_route_without_a_body_is_harmless(office: RunningHub) -> None:
    headers = JSON | {"Idempotency-Key": "deep"}
    answer = office.supervisor.post("/counters/3/close", data=b"[" * 100_000, headers=headers)
    assert answer.status_code in (400, 409), answer.text


def test_a_form_is_not_json(office: RunningHub) -> None:
    answer = office.kiosk.post("/tickets", data={"service": "HT"})
    assert_refused(answer, 415, "not_json", "application/json")


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/tickets", {}, "service"),
        ("/tickets", {"service": 7}, "service"),
        ("/tickets", {"service": None}, "service"),
        ("/tickets", {"service": ["HT"]}, "service"),
        ("/tickets", {"service": "HT", "name": "Nguyễn Văn A"}, "name"),
        ("/tickets", {"service": "HT", "channel": "fax"}, "channel"),
        ("/tickets", {"service": "HT", "language": "x" * 5000}, "language"),
        ("/tickets", {"service": "H" * 5000}, "service"),
        ("/tickets", {"service": "\ud800"}, "service"),
        ("/tickets", [], "body"),
        ("/tickets", "HT", "body"),
        ("/tickets", None, "body"),
        ("/counters/1/next", {"seen": 5}, "seen"),
        ("/counters/1/next", {"sen": ""}, "sen"),
        ("/counters/1/call", {}, "ticket"),
        ("/counters/1/pause", {"until": 13}, "until"),
    ],
)
def test_a_wrong_type_or_an_unknown_field_is_named(office: RunningHub, path: str, body: Any, field: str) -> None:
    answer = office.supervisor.post(path, data=json.dumps(body), headers=JSON)
    problem = assert_refused(answer, 422, "invalid_field", field)
    assert problem["field"] == field


@pytest.mark.parametrize("page", ["//evil.example/tv", "/\\evil.example", "http://evil.example/", "tv", "/\t/evil"])
def test_a_screen_is_joined_to_a_page_of_this_server_only(office: RunningHub, page: str) -> None:
    assert_refused(office.kiosk.post("/join", json={"page": page}), 422, "invalid_field", "page", "/tv")
    started = office.kiosk.ok("POST", "/join", json={"page": "/counter-screen/3?theme=dark"})
    body = {"code": started["code"], "name": "tv-evil", "page": page}
    assert_refused(office.admin.post("/devices/join", json=body), 422, "invalid_field", "page", "/tv")


@pytest.mark.parametrize("until", ["25:00", "9h", "", "13:00:00"])
def test_a_pause_until_no_time_of_the_day_is_refused(office: RunningHub, until: str) -> None:
    assert_refused(office.supervisor.post("/counters/1/pause", json={"until": until}), 422, "out_of_range", "until")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/events?after=yesterday", "after"),
        ("/events?after=-1", "after"),
        ("/events?after=" + "9" * 400, "after"),
        ("/log?limit=all", "limit"),
        ("/reports/day?date=23/11/2026", "date"),
        ("/reports/day?date=2026-13-45", "date"),
    ],
)
def test_a_wrong_question_is_named(office: RunningHub, path: str, field: str) -> None:
    assert_refused(office.admin.get(path), 422, "invalid_field", field)


def test_an_idempotency_key_stands_for_one_request_of_one_sender(office: RunningHub) -> None:
    key = {"Idempotency-Key": "one-key"}
    office.kiosk.ok("POST", "/tickets", json={"service": "HT"}, headers=key)
    again = office.kiosk.post("/tickets", json={"service": "CT"}, headers=key)
    assert_refused(again, 422, "idempotency_key_reused", "one-key")
    assert office.device("kiosk", "kiosk-2").post("/tickets", json={"service": "CT"}, headers=key).status_code == 201
    long = office.kiosk.post("/tickets", json={"service": "HT"}, headers={"Idempotency-Key": "k" * 5000})
    assert_refused(long, 422, "invalid_field", "Idempotency-Key")


@pytest.mark.parametrize("size", [300_000, 20_000_000])
def test_an_oversized_body_is_refused_unread(office: RunningHub, size: int) -> None:
    body = b'{"service": "' + b"H" * size + b'"}'
    assert_refused(send(office, body), 413, "body_too_large")
    assert_refused(send(office, (part for part in [body[:4096]] * (size // 4096))), 413, "body_too_large")


def send(office: RunningHub, body: Any) -> requests.Response:
    """On a line of its own: the hub may hang up on what it will not read."""
    headers = JSON | {"Authorization": str(office.kiosk.headers["Authorization"])}
    return requests.post(f"{office.url}/api/v1/tickets", data=body, headers=headers, timeout=10)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_a_command_from_a_foreign_page_is_refused(office: RunningHub, headers: dict[str, str]) -> None:
    answer = office.supervisor.post("/counters/1/next", json={}, headers=headers)
    assert_refused(answer, 403, "foreign_origin", next(iter(headers.values())))


def test_a_command_from_an_own_page_is_taken(office: RunningHub) -> None:
    headers = {"Origin": office.url, "Sec-Fetch-Site": "same-origin"}
    assert office.supervisor.post("/counters/1/next", json={}, headers=headers).status_code == 200


def test_the_answer_is_in_the_askers_language(office: RunningHub) -> None:
    vi = office.kiosk.post("/tickets", json={"service": "KHONG"}, headers={"Accept-Language": "vi"}).json()
    en = office.kiosk.post("/tickets", json={"service": "KHONG"}, headers={"Accept-Language": "en"}).json()
    assert vi["code"] == en["code"]
    assert vi["detail"] != en["detail"]


# Who may not


def test_a_device_may_do_what_its_kind_does_and_no_more(office: RunningHub) -> None:
    display, kiosk, robot = (office.device(kind, f"a-{kind}") for kind in ("display", "kiosk", "robot"))
    assert_refused(display.post("/tickets", json={"service": "HT"}), 403, "role_forbids")
    assert_refused(kiosk.post("/counters/1/next", json={}), 403, "role_forbids")
    assert_refused(display.post("/devices", json={"name": "x", "kind": "kiosk"}), 403, "role_forbids")
    assert_refused(kiosk.get("/log"), 403, "role_forbids")
    assert robot.post("/tickets", json={"service": "HT"}).status_code == 201


def test_without_a_sign_in_or_with_a_false_token_nothing_is_done(office: RunningHub) -> None:
    for stranger in (Client(office.url), Client(office.url, "made-up")):
        for path in ("/tickets", "/counters/1/next", "/counters/1/open", "/devices"):
            assert_refused(stranger.post(path, json={}), 401, "not_signed_in")
        assert_refused(stranger.get("/hall"), 401, "not_signed_in")
        stranger.close()


def test_a_removed_device_is_a_stranger(office: RunningHub) -> None:
    lost = office.device("kiosk", "lost-kiosk")
    office.admin.ok("DELETE", "/devices/lost-kiosk")
    assert_refused(lost.post("/tickets", json={"service": "HT"}), 401, "not_signed_in")


def test_a_clerk_presses_at_the_own_counter_only(office: RunningHub) -> None:
    lan = office.clerk("lan")
    lan.ok("POST", "/counters/2/open", json={})
    lan.ok("POST", "/counters/2/next", json={})
    for path in ("/counters/1/next", "/counters/1/finish", "/counters/1/pause", "/counters/1/close"):
        assert_refused(lan.post(path, json={}), 403, "not_your_counter", "1")
    assert_refused(lan.put("/counters/2/services", json={"own": ["HT"]}), 403, "role_forbids")
    assert_refused(lan.put("/settings", json={"name": "x"}), 403, "role_forbids")


def test_a_stale_ticket_at_the_counter_is_told_apart(office: RunningHub) -> None:
    someone_at_counter_1(office)
    answer = office.supervisor.post("/counters/1/next", json={"seen": "gone-long-ago"})
    assert_refused(answer, 409, "counter_changed", "1")


# Yesterday's papers


def test_yesterdays_ticket_is_no_ticket_of_today(hub_factory: HubFactory, follow: Follow) -> None:
    hub = hub_factory(clock_start="2026-11-23T23:58:00", clock_rate=25)
    hub.open_counter(1)
    waiting, called = hub.take_number(), hub.take_number()
    hub.supervisor.ok("POST", "/counters/1/call", json={"ticket": called["id"]})
    screen = follow(hub, "hall")
    assert screen.day == "2026-11-23"
    screen.wait_for(lambda tv: tv.day == "2026-11-24")

    assert hub.kiosk.ok("GET", f"/tickets/{waiting['id']}")["state"] == "closed"
    assert_refused(hub.kiosk.post(f"/tickets/{waiting['id']}/cancel"), 404, "unknown_ticket", waiting["id"])
    assert_refused(hub.kiosk.post(f"/tickets/{waiting['id']}/return"), 404, "unknown_ticket", waiting["id"])
    hub.open_counter(1)
    call = hub.supervisor.post("/counters/1/call", json={"ticket": waiting["id"]})
    assert_refused(call, 404, "unknown_ticket", waiting["id"])
    stale = hub.supervisor.post("/counters/1/finish", json={"seen": called["id"]})
    assert_refused(stale, 409, "counter_changed", "1")

    anew = hub.take_number()
    assert (anew["number"], anew["id"] != waiting["id"]) == (waiting["number"], True)
    assert hub.supervisor.ok("POST", "/counters/1/next")["ticket"]["id"] == anew["id"]
    assert_clean(hub)


def test_the_hub_holds_no_file_of_a_refused_request_open(office: RunningHub) -> None:
    assert office.process is not None
    files = Path(f"/proc/{office.process.pid}/fd")
    before = len(list(files.iterdir()))
    for _ in range(20):
        with Client(office.url) as stranger:
            stranger.post("/tickets", data=b"{", headers=JSON | {"Connection": "close"})
    assert len(list(files.iterdir())) < before + 10


def test_a_database_that_breaks_under_the_hub_is_told_without_its_path(hub: RunningHub) -> None:
    for _ in range(60):
        hub.take_number()
    break_file(hub)
    with Client(hub.url) as stranger:
        for answer in (
            stranger.post("/session", json={"name": "lan", "password": "mat-khau"}),
            stranger.get("/tickets/nobodys"),
        ):
            problem = assert_refused(answer, 503, "database_unusable")
            assert str(hub.folder) not in answer.text
            assert "malformed" not in problem["detail"]
        health = stranger.get("/health")
        assert (health.status_code, health.json()["ready"]) == (503, False)
        assert health.json()["why"]
        assert str(hub.folder) not in health.text
    assert "malformed" in hub.log() or "not a database" in hub.log()


def break_file(hub: RunningHub) -> None:
    """As a dying disk does: every page of the file and its journal, below the hub's feet."""
    for file in hub.folder.glob("centre.db*"):
        if file.suffix in (".db", ".db-wal") and file.stat().st_size:
            with file.open("r+b") as handle:
                handle.write(b"\xff" * file.stat().st_size)
