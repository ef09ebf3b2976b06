"""The public contract of design.md on the command line, whether the hub runs or not."""

import csv
import io
import json
import sqlite3
import subprocess
import tomllib
from contextlib import closing

import pytest
import tomlkit

from tests.running_hub import PASSWORD, Client, RunningHub
from tests.system.contract import press
from tests.system.crowd import assert_refused


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
