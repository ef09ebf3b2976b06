"""The crowd as the load of a soak test: `python -m app.demo.crowd` on a hub that is not the demo's."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.planning.scenario import WARD_DAY
from tests.running_hub import ROOT, RunningHub

PATIENCE_S = 60


@pytest.mark.long
def test_a_crowd_works_on_through_power_cuts_of_the_hub(hub_factory: Callable[..., RunningHub]):
    hub = hub_factory(clock_start="2026-11-23T07:30", clock_rate=200)
    crowd = start(hub)
    for _ in range(2):
        until(lambda: finished(hub) >= 3)
        hub.kill()
        hub.start()
        before = finished(hub)
        until(lambda was=before: finished(hub) > was + 3)
    said = end(crowd)
    assert "left to you" not in said
    assert "turned away" not in said
    hub.stop()
    assert hub.command("check").returncode == 0


@pytest.mark.long
def test_a_crowd_plays_a_whole_day_and_goes_home(hub_factory: Callable[..., RunningHub], tmp_path: Path):
    hub = hub_factory(clock_start="2026-11-23T07:30", clock_rate=500)
    short = json.loads(WARD_DAY.read_text(encoding="utf-8")) | {"open_min": 60}
    short["arrivals"]["per_day"] = 50
    short["counters"][0]["breaks"] = [[20, 30]]
    (tmp_path / "hour.json").write_text(json.dumps(short), encoding="utf-8")
    crowd = start(hub, "--scenario", str(tmp_path / "hour.json"))
    said, _ = crowd.communicate(timeout=PATIENCE_S)
    assert crowd.returncode == 0, said
    assert "Day 1:" in said
    hall = hub.desk.ok("GET", "/hall")
    assert {counter["state"] for counter in hall["counters"]} == {"closed"}
    assert sum(service["waiting"] for service in hall["services"]) == 0
    types = {event["type"] for event in hub.desk.ok("GET", "/events")["events"]}
    assert {"TicketIssued", "TicketCalled", "CitizenArrived", "TicketFinished", "CounterPaused"} <= types


def test_a_scenario_that_the_centre_cannot_play_is_refused_by_name(hub: RunningHub, tmp_path: Path):
    scenario = json.loads(WARD_DAY.read_text(encoding="utf-8"))
    scenario["counters"][0]["own"] = ["VT"]
    (tmp_path / "other.json").write_text(json.dumps(scenario), encoding="utf-8")
    crowd = start(hub, "--scenario", str(tmp_path / "other.json"))
    said, _ = crowd.communicate(timeout=PATIENCE_S)
    assert crowd.returncode == 1
    assert "VT" in said


def start(hub: RunningHub, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "app.demo.crowd", "--db", str(hub.db), "--seed", "1", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def end(crowd: subprocess.Popen[str]) -> str:
    assert crowd.poll() is None, crowd.communicate()[0]
    crowd.terminate()
    said, _ = crowd.communicate(timeout=PATIENCE_S)
    assert crowd.returncode == 0, said
    return said


def until(true: Callable[[], Any]) -> None:
    last = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < last, "it did not come to that in time"
        time.sleep(0.1)


def finished(hub: RunningHub) -> int:
    count: int = hub.desk.ok("GET", "/reports/day")["tickets"].get("finished", 0)
    return count
