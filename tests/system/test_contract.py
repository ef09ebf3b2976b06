"""The public contract of design.md, line by line, as a program outside would use it."""

import csv
import io
import json
import re
import sqlite3
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import closing
from queue import SimpleQueue
from typing import Any

import pytest
import requests
import tomlkit

from tests.running_hub import PASSWORD, Client, RunningHub
from tests.system.conftest import Follow
from tests.system.crowd import assert_clean, assert_refused

KEY = "Idempotency-Key"
ROUTES = {
    "/session": {"post", "delete", "get"},
    "/tickets": {"post"},
    "/tickets/{id}": {"get"},
    "/counters/{n}/services": {"put"},
    **{f"/counters/{{n}}/{verb}": {"post"} for verb in (
        "next", "recall", "arrive", "finish", "miss", "park", "undo", "call", "transfer", "open", "pause", "close"
    )},
    "/hall": {"get"},
    "/events": {"get"},
    "/procedures": {"get"},
    "/reports/day": {"get"},
    "/health": {"get"},
}  # fmt: skip
STATES = {"issued", "waiting", "called", "serving", "parked", "missed", "finished", "cancelled", "closed"}


# OpenAPI


@pytest.fixture(scope="module")
def described(office: RunningHub) -> dict[str, Any]:
    found: dict[str, Any] = requests.get(f"{office.url}/api/openapi.json", timeout=10).json()
    return found


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_route_of_the_contract_is_described(described: dict[str, Any]) -> None:
    by_shape = {re.sub(r"\{[^}]+\}", "{}", path): set(methods) for path, methods in described["paths"].items()}
    for path, methods in ROUTES.items():
        assert methods <= by_shape["/api/v1" + re.sub(r"\{[^}]+\}", "{}", path)], path


def test_the_description_is_openapi_3_1(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert described["info"]["title"]
    assert described["info"]["version"]
    for path, method, operation in operations(described):
        named = set(re.findall(r"\{([^}]+)\}", path))
        declared = {each["name"] for each in operation.get("parameters", []) if each["in"] == "path"}
        assert named == declared, path
        assert all(each.get("required") for each in operation.get("parameters", []) if each["in"] == "path")
        assert method in ("get", "post", "put", "delete")
        assert operation["responses"], path
        assert all(re.fullmatch(r"[1-5]\d\d", status) for status in operation["responses"])
        assert all(answer["description"] for answer in operation["responses"].values()), path
        assert operation["summary"] or operation["description"]
    ids = [operation["operationId"] for _, _, operation in operations(described)]
    assert len(ids) == len(set(ids))
    schemes = described["components"]["securitySchemes"]
    assert schemes["token"] == {"type": "http", "scheme": "bearer"}
    assert (schemes["session"]["type"], schemes["session"]["in"]) == ("apiKey", "cookie")


def test_every_reference_of_the_description_leads_somewhere(described: dict[str, Any]) -> None:
    text = json.dumps(described)
    for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', text)):
        place: Any = described
        for step in reference.split("/"):
            place = place[step.replace("~1", "/").replace("~0", "~")]
        assert place, reference


# HTTP


def test_a_ticket_from_the_kiosk_to_its_end(hub: RunningHub) -> None:
    hub.open_counter(1)
    answer = hub.kiosk.post("/tickets", json={"service": "HT", "language": "en", "channel": "kiosk"})
    assert answer.status_code == 201
    ticket = answer.json()
    assert {"id", "number", "service", "ahead", "forecast", "url"} <= ticket.keys()
    assert (ticket["number"], ticket["service"], ticket["ahead"]) == ("A001", "HT", 0)
    assert ticket["forecast"] is None or {"low_min", "high_min"} == ticket["forecast"].keys()
    assert hub.take_number()["ahead"] == 1
    with Client(hub.url) as phone:
        assert phone.ok("GET", f"/tickets/{ticket['id']}")["state"] == "waiting"

        pressed = press(hub, "next")
        assert (pressed["ticket"]["id"], pressed["ticket"]["state"]) == (ticket["id"], "called")
        assert pressed["reason"]["code"] == "oldest"
        assert pressed["reason"]["text"]
        assert phone.ok("GET", f"/tickets/{ticket['id']}")["counter"] == 1
    assert press(hub, "recall")["ticket"]["number"] == "A001"
    assert press(hub, "arrive")["ticket"]["state"] == "serving"
    assert press(hub, "finish")["ticket"]["state"] == "finished"
    assert press(hub, "next")["ticket"]["number"] == "A002"
    assert press(hub, "undo")["counter"]["ticket"] is None
    assert press(hub, "next")["ticket"]["number"] == "A002"
    assert press(hub, "park")["ticket"]["state"] == "parked"
    third = hub.take_number()
    assert press(hub, "call", ticket=third["id"])["ticket"]["id"] == third["id"]
    assert press(hub, "miss")["ticket"]["state"] == "missed"
    fourth = hub.take_number()
    press(hub, "call", ticket=fourth["id"])
    assert press(hub, "transfer", service="CT")["ticket"]["service"] == "CT"
    assert press(hub, "pause", until="13:00")["counter"]["until"] == "13:00"
    assert press(hub, "open")["counter"]["state"] == "open"
    assert press(hub, "close")["counter"]["state"] == "closed"
    served = hub.supervisor.ok("PUT", "/counters/1/services", json={"own": ["CT"], "help": ["HT"]})["counter"]
    assert (served["own"], served["help"]) == (["CT"], ["HT"])
    assert_clean(hub)


def press(hub: RunningHub, verb: str, **body: Any) -> dict[str, Any]:
    """With a key, as every own screen does."""
    key = f"{verb}-{hub.supervisor.ok('GET', '/hall')['seq']}"
    pressed: dict[str, Any] = hub.supervisor.ok("POST", f"/counters/1/{verb}", json=body, headers={KEY: key})
    return pressed


def test_next_with_nobody_waiting_answers_with_no_ticket(hub: RunningHub) -> None:
    hub.open_counter(1)
    assert hub.supervisor.ok("POST", "/counters/1/next")["ticket"] is None


def test_the_snapshot_has_the_shape_of_the_contract(hub: RunningHub) -> None:
    hub.open_counter(1)
    hub.take_number()
    hub.take_number()
    press(hub, "next")
    hall = hub.device("display").ok("GET", "/hall")
    assert {"seq", "day", "services", "counters", "calls"} <= hall.keys()
    service = hall["services"][0]
    assert (service["code"], service["waiting"]) == ("HT", 1)
    assert {"name", "longest_wait_s"} <= service.keys()
    counter = hall["counters"][0]
    assert {"number", "state", "own", "help", "ticket"} <= counter.keys()
    assert {"id", "number", "service", "state", "since"} <= counter["ticket"].keys()
    assert hall["counters"][1]["ticket"] is None
    assert {"number": "A001", "counter": 1}.items() <= hall["calls"][0].items()
    assert hall["calls"][0]["at"]
    assert len(hall["counters"]) == 10
    assert {each["state"] for each in hall["counters"][1:]} == {"closed"}


def test_the_public_snapshot_holds_no_person(hub: RunningHub) -> None:
    hub.clerk("lan").ok("POST", "/counters/1/open", json={})
    assert "lan" not in json.dumps(hub.device("display").ok("GET", "/hall")["counters"]).lower()
    assert "lan" in json.dumps(hub.supervisor.ok("GET", "/hall")["counters"]).lower()


def test_the_log_is_read_after_a_seq(hub: RunningHub) -> None:
    display = hub.device("display")
    hub.take_number()
    hub.take_number()
    every = hub.supervisor.ok("GET", "/events?after=0")
    assert [event["seq"] for event in every["events"]] == list(range(1, every["last"] + 1))
    rest = display.ok("GET", f"/events?after={every['last'] - 1}")
    assert [event["seq"] for event in rest["events"]] == [every["last"]]
    assert "actor" not in rest["events"][0]


@pytest.mark.parametrize("wish", ["khai sinh", "Khai sinh", "KHAI SINH"])
def test_procedures_are_found_with_or_without_marks(office: RunningHub, wish: str) -> None:
    found = requests.get(f"{office.url}/api/v1/procedures", params={"q": wish}, timeout=10).json()["procedures"]
    assert found
    assert "khai sinh" in found[0]["name"].lower()
    assert all("khai sinh" in f"{each['name']} {each['keywords']}".lower() for each in found)
    marked = requests.get(f"{office.url}/api/v1/procedures", params={"q": "chứng thực"}, timeout=10).json()
    plain = requests.get(f"{office.url}/api/v1/procedures", params={"q": "chung thuc"}, timeout=10).json()
    assert {each["code"] for each in marked["procedures"]} <= {each["code"] for each in plain["procedures"]}


def test_health_says_ready(office: RunningHub) -> None:
    health = requests.get(f"{office.url}/api/v1/health", timeout=10).json()
    assert (health["ready"], health["why"]) == (True, "")


def test_a_days_report_counts_the_tickets_by_state(hub: RunningHub) -> None:
    hub.open_counter(1)
    hub.take_number()
    hub.take_number()
    press(hub, "next")
    press(hub, "finish")
    report = hub.supervisor.ok("GET", "/reports/day")
    assert report["tickets"].keys() >= STATES
    assert (report["tickets"]["issued"], report["tickets"]["finished"], report["tickets"]["waiting"]) == (2, 1, 1)
    assert {"count", "mean_s", "p90_s", "within_target"} <= report["waits"].keys()
    assert hub.supervisor.ok("GET", f"/reports/day?date={report['date']}") == report
    assert_refused(hub.device("display").get("/reports/day"), 403, "role_forbids")


def test_signing_in_and_out(hub: RunningHub) -> None:
    hub.make_person("lan", "clerk")
    with Client(hub.url) as pc:
        signed_in = pc.ok("POST", "/session", json={"name": "lan", "password": PASSWORD})
        assert signed_in["person"] == {"name": "lan", "full_name": "Lan", "role": "clerk"}
        assert signed_in["counter"] is None
        pc.ok("POST", "/counters/3/open")
        assert pc.ok("GET", "/session")["counter"] == 3
        assert pc.delete("/session").status_code == 204
        assert_refused(pc.get("/session"), 401, "not_signed_in")


# Socket.IO


def test_the_hall_hears_every_event_with_no_seq_left_out(hub: RunningHub, follow: Follow) -> None:
    screen = follow(hub, "hall")
    assert screen.snapshots[0]["room"] == "hall"
    hub.open_counter(1)
    ticket = hub.take_number()
    press(hub, "next")
    press(hub, "finish")
    last = hub.supervisor.ok("GET", "/hall")["seq"]
    screen.wait_for(lambda tv: tv.seq == last)
    seqs = [event["seq"] for event in screen.heard]
    assert seqs == list(range(screen.snapshots[0]["seq"] + 1, last + 1))
    assert all(event["prev"] == event["seq"] - 1 for event in screen.heard)
    call = screen.wait_for_event("TicketCalled")
    assert {"id": ticket["id"], "number": ticket["number"], "service": "HT"}.items() <= call["ticket"].items()
    assert (call["counter"], call["call"]["number"], call["call"]["counter"]) == (1, ticket["number"], 1)
    sound = requests.get(f"{hub.url}{call['call']['audio']}", timeout=20)
    assert sound.content[:4] == b"RIFF"


def test_a_screen_that_joins_together_hears_a_whole_press_in_one_message(hub: RunningHub, follow: Follow) -> None:
    hub.open_counter(1)
    hub.take_number()
    hub.take_number()
    press(hub, "next")
    screen, heard = follow(hub, "hall"), SimpleQueue[dict[str, Any]]()
    screen.client.on("events", heard.put)
    screen.client.emit("join", {"room": "hall", "together": True})
    screen.wait_for(lambda tv: len(tv.snapshots) == 2)
    press(hub, "next")
    events = heard.get(timeout=10)["events"]
    assert [event["type"] for event in events] == ["TicketFinished", "TicketCalled"]
    assert [event["prev"] for event in events] == [screen.seq, screen.seq + 1]
    assert screen.heard == []


def test_a_counters_screen_hears_its_own_and_knows_that_it_missed_nothing(hub: RunningHub, follow: Follow) -> None:
    screen = follow(hub, "counter:4")
    assert list(screen.counters) == [4]
    assert set(screen.services) == {"DD", "XD"}
    hub.open_counter(1)
    hub.take_number("HT")
    hub.open_counter(4)
    land = hub.take_number("DD")
    hub.supervisor.ok("POST", "/counters/4/next")
    screen.wait_for(lambda me: bool(me.calls))
    assert (screen.calls[0]["number"], screen.counters[4]["ticket"]["id"]) == (land["number"], land["id"])
    assert screen.gaps == 0
    places = [screen.snapshots[0]["seq"], *(event["seq"] for event in screen.heard)]
    assert [event["prev"] for event in screen.heard] == places[:-1]
    assert all(event["counter"] in (4, None) for event in screen.heard)
    assert not any("HT" in service["code"] for event in screen.heard for service in event["services"])


def test_whoever_knows_a_tickets_id_follows_it_without_a_sign_in(hub: RunningHub, follow: Follow) -> None:
    hub.open_counter(1)
    ticket = hub.take_number()
    phone = follow(hub, f"ticket:{ticket['id']}", token=None)
    assert phone.tickets[0]["state"] == "waiting"
    press(hub, "next")
    phone.wait_for(lambda me: me.tickets[0]["state"] == "called")
    assert phone.tickets[0]["counter"] == 1
    assert phone.counters == {}


@pytest.mark.parametrize("room", ["hall", "counter:1", "staff", "supervisor", "devices"])
def test_without_a_token_no_room_of_the_office_is_open(office: RunningHub, follow: Follow, room: str) -> None:
    stranger = follow(office, room, token=None)
    assert stranger.snapshots == []
    assert (stranger.refusals[0]["room"], stranger.refusals[0]["code"]) == (room, "role_forbids")


def test_a_screen_that_joins_again_after_a_restart_shows_what_the_hub_says(hub: RunningHub, follow: Follow) -> None:
    hub.open_counter(1)
    hub.take_number()
    hall, counter = follow(hub, "hall"), follow(hub, "counter:1")
    hub.kill()
    hub.start()
    press(hub, "next")
    for screen in (hall, counter):
        screen.wait_for(lambda me: me.counters[1]["ticket"] is not None)
        assert screen.counters[1] == hub.device("display", "tv-1").ok("GET", "/hall")["counters"][0]


# The command line


def told(done: subprocess.CompletedProcess[str], code: int = 0) -> str:
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.mark.parametrize("running", [True, False])
def test_a_user_is_added_whether_the_hub_runs_or_not(hub: RunningHub, running: bool) -> None:
    if not running:
        hub.stop()
    told(hub.command("user", "add", "lan", "--role", "supervisor", given=f"{PASSWORD}\n"))
    if not running:
        hub.start()
    with Client(hub.url) as pc:
        signed_in = pc.ok("POST", "/session", json={"name": "lan", "password": PASSWORD})
    assert signed_in["person"]["role"] == "supervisor"


@pytest.mark.parametrize("running", [True, False])
def test_a_user_added_again_keeps_what_is_not_said_anew(hub: RunningHub, running: bool) -> None:
    add = ("user", "add", "hoà", "--role")
    told(hub.command(*add, "clerk", "--full-name", "Trần Thị Hoà", given=f"{PASSWORD}\n"))
    body = {"full_name": "Trần Thị Hoà", "role": "clerk", "active": False}
    hub.desk.ok("PUT", "/people/hoà", json=body)
    if not running:
        hub.stop()
    told(hub.command(*add, "supervisor", given=f"{PASSWORD}\n"))
    if not running:
        hub.start()
    (hoa,) = (person for person in hub.desk.ok("GET", "/people")["people"] if person["name"] == "hoà")
    assert hoa == {"name": "hoà", **body, "role": "supervisor"}


@pytest.mark.parametrize("running", [True, False])
@pytest.mark.parametrize("name", ["a/b", "lan?", "", "hoà lan"])
def test_a_name_that_cannot_be_one_is_refused_in_one_line(hub: RunningHub, name: str, running: bool) -> None:
    if not running:
        hub.stop()
    refused = hub.command("user", "add", name, "--role", "clerk", given=f"{PASSWORD}\n")
    told(refused, 1)
    assert refused.stderr == "toiluot: A name has 1 to 40 letters, digits, dots, dashes or underscores.\n"


@pytest.mark.parametrize("running", [True, False])
def test_a_device_is_added_with_a_token_that_works(hub: RunningHub, running: bool) -> None:
    if not running:
        hub.stop()
    made = json.loads(told(hub.command("device", "add", "robot-1", "--kind", "robot", "--json")))
    if not running:
        hub.start()
    assert (made["name"], made["kind"]) == ("robot-1", "robot")
    with Client(hub.url, made["token"]) as robot:
        assert robot.post("/tickets", json={"service": "HT", "channel": "robot"}).status_code == 201
    again = hub.command("device", "add", "robot-1", "--kind", "robot")
    assert told(again, 1) == ""
    assert "robot-1" in again.stderr


@pytest.mark.long
def test_the_centre_file_comes_out_as_it_went_in(hub: RunningHub) -> None:
    first, second = hub.folder / "first.toml", hub.folder / "second.toml"
    told(hub.command("centre", "export", str(first)))
    first.write_text(first.read_text().replace('name = "Hộ tịch"', 'name = "Hộ tịch và quốc tịch"'))
    assert "service HT" in told(hub.command("centre", "import", str(first)))
    assert hub.kiosk.ok("GET", "/hall")["services"][0]["name"] == "Hộ tịch và quốc tịch"
    told(hub.command("centre", "export", str(second)))
    assert second.read_text() == first.read_text()
    assert told(hub.command("centre", "import", str(second))) == ""


def test_another_centre_takes_the_place_of_the_starting_one(hub: RunningHub) -> None:
    """Its services have other codes and some of the old letters, and two old ones have changed theirs."""
    file = hub.folder / "ours.toml"
    told(hub.command("centre", "export", str(file)))
    changed = {"HT": ("HT", "C"), "CT": ("CT", "A"), "DD": ("NHA-DAT", "G")}
    centre = tomllib.loads(file.read_text())
    centre["services"] = [each for each in centre["services"] if each["code"] in changed]
    for service in centre["services"]:
        service["code"], service["letter"] = changed[service["code"]]
    centre["counters"] = [{"number": 1, "own": ["NHA-DAT"], "help": ["HT", "CT"]}]
    file.write_text(tomlkit.dumps(centre))
    told(hub.command("centre", "import", str(file)))
    services = hub.supervisor.ok("GET", "/hall")["services"]
    assert [service["code"] for service in services] == ["HT", "CT", "NHA-DAT"]
    assert [hub.take_number(service["code"])["number"] for service in services] == ["C001", "A001", "G001"]
    told(hub.command("check"))


def test_a_wrong_centre_file_changes_nothing_and_is_named(hub: RunningHub) -> None:
    file = hub.folder / "wrong.toml"
    told(hub.command("centre", "export", str(file)))
    file.write_text(file.read_text().replace("priority_every", "priority_evry"))
    before = hub.kiosk.ok("GET", "/hall")["seq"]
    refused = hub.command("centre", "import", str(file))
    told(refused, 1)
    assert "priority_evry" in refused.stderr
    assert hub.kiosk.ok("GET", "/hall")["seq"] == before


def test_a_backup_of_the_running_hub_brings_the_day_back(hub: RunningHub) -> None:
    ticket, copy = hub.take_number(), hub.folder / "copy.db"
    told(hub.command("backup", str(copy)))
    later = hub.take_number()
    assert told(hub.command("backup", str(copy)), 1) == ""
    hub.stop()
    assert str(hub.db) in told(hub.command("restore", str(copy)))
    hub.start()
    assert hub.kiosk.ok("GET", f"/tickets/{ticket['id']}")["state"] == "waiting"
    assert_refused(hub.kiosk.get(f"/tickets/{later['id']}"), 404, "unknown_ticket")
    assert list(hub.folder.glob("centre.db.before-*"))


def test_check_tells_a_row_that_the_log_does_not_know(hub: RunningHub) -> None:
    ticket = hub.take_number()
    told(hub.command("check"))
    hub.stop()
    with closing(sqlite3.connect(hub.db)) as db, db:
        db.execute("UPDATE ticket SET state = 'finished' WHERE id = ?", (ticket["id"],))
    assert ticket["id"] in told(hub.command("check"), 1)


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_a_days_report_on_the_command_line(hub: RunningHub, form: str) -> None:
    hub.open_counter(1)
    hub.take_number()
    press(hub, "next")
    press(hub, "finish")
    text = told(hub.command("report", "day", "--format", form))
    if form == "json":
        assert json.loads(text)["tickets"]["finished"] == 1
    elif form == "csv":
        rows = list(csv.DictReader(io.StringIO(text)))
        assert [row["issued_or_served"] for row in rows if row["which"] == "HT"] == ["1"]
    else:
        assert "HT" in text


@pytest.mark.parametrize("date", ["21/11/2026", "20261121", "2026-W47-6", "2026-02-30", ""])
def test_a_report_of_a_day_that_cannot_be_is_refused(office: RunningHub, date: str) -> None:
    refused = office.command("report", "day", "--date", date)
    told(refused, 1)
    assert refused.stderr == f"toiluot: --date: {date!r} is not a day such as 2026-11-21 (YYYY-MM-DD).\n"


def test_what_holds_secrets_is_its_owners_alone(hub: RunningHub) -> None:
    hub.take_number()
    told(hub.command("backup", str(hub.folder / "copy.db")))
    kept = [hub.db, *(hub.folder / f"centre.db{end}" for end in ("-wal", "-shm", ".hub")), hub.folder / "copy.db"]
    assert [oct(file.stat().st_mode & 0o777) for file in kept] == ["0o600"] * 5


@pytest.mark.parametrize(
    "line",
    ["check", "backup x.db", "report day", "centre export x.toml"],
)
def test_a_database_that_does_not_exist_is_named_and_not_made(hub: RunningHub, line: str) -> None:
    hub.stop()
    hub.folder = hub.folder / "elsewhere"
    hub.folder.mkdir()
    refused = hub.command(*line.split())
    told(refused, 1)
    assert str(hub.db) in refused.stderr
    assert not hub.db.exists()
