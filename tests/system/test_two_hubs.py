"""One database, one hub: a second one would give every number out twice."""

import subprocess
import sys

from tests.running_hub import ROOT, RunningHub, free_port
from tests.system.crowd import assert_clean


def start_another(hub: RunningHub) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "app", "run", "--db", str(hub.db), "--host", "127.0.0.1", "--port", str(free_port())]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)


def test_a_second_hub_on_the_same_file_refuses_and_says_why(hub: RunningHub) -> None:
    hub.open_counter(1)
    first = hub.take_number()
    second = start_another(hub)
    assert second.returncode == 1
    assert str(hub.db) in second.stderr
    assert "already running" in second.stderr
    assert "Traceback" not in second.stderr
    assert hub.supervisor.ok("POST", "/counters/1/next")["ticket"]["id"] == first["id"]
    assert hub.command("user", "add", "lan", "--role", "clerk", given="mat-khau-cua-lan\n").returncode == 0
    assert_clean(hub)


def test_a_hub_that_died_leaves_its_file_to_the_next_one(hub: RunningHub) -> None:
    ticket = hub.take_number()
    hub.kill()
    hub.start()
    assert hub.kiosk.ok("GET", f"/tickets/{ticket['id']}")["number"] == ticket["number"]


def test_a_backup_is_not_put_back_under_a_running_hub(hub: RunningHub) -> None:
    ticket = hub.take_number()
    copy = hub.folder / "copy.db"
    assert hub.command("backup", str(copy)).returncode == 0
    refused = hub.command("restore", str(copy))
    assert refused.returncode == 1
    assert "already running" in refused.stderr
    assert hub.kiosk.ok("GET", f"/tickets/{ticket['id']}")["state"] == "waiting"


def test_a_port_that_is_taken_is_named(hub: RunningHub) -> None:
    other = hub.folder / "other.db"
    line = [sys.executable, "-m", "app", "run", "--db", str(other), "--host", "127.0.0.1", "--port", str(hub.port)]
    refused = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert refused.returncode == 1
    assert f"127.0.0.1:{hub.port}" in refused.stderr
    assert "Traceback" not in refused.stderr
