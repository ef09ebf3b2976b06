"""The whole demo, as `make run` starts it: a hub, its boards, the page of links, the crowd."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from app import control
from app.control import Control

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60


class Demo:
    """A demo in a process of its own, with a folder of its own for what is temporary."""

    def __init__(self, folder: Path, *options: str, speed: int = 120) -> None:
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.db = folder / "demo.db"
        command = [sys.executable, "-m", "app", "demo", "--port", "0", "--speed", str(speed), "--db", str(self.db)]
        environment = {"PATH": "/usr/bin:/bin", "TMPDIR": str(self.temporary), "LANG": "C.UTF-8"}
        self.process = subprocess.Popen(
            [*command, "--seed", "1", "--no-past", *options],
            cwd=ROOT,
            env=environment | {"PYTHONUNBUFFERED": "1", "TOILUOT_FORESIGHT": "false"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""

    def hear(self, pattern: str) -> str:
        """The next line that the demo prints with `pattern` in it."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            found = re.search(pattern, line)
            if found:
                return found.group(found.lastindex or 0)
        pytest.fail(f"the demo ended without saying {pattern!r}:\n{self.said}")

    @property
    def hub(self) -> Control:
        found = control.find(self.db)
        assert found is not None
        return found

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        assert self.process.stdout is not None
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(30)
        if not self.process.stdout.closed:
            self.said += self.process.stdout.read()
            self.process.stdout.close()
        return code

    def stop_by_itself(self) -> int:
        self.process.wait(PATIENCE_S)
        return self.stop()

    def processes(self) -> list[str]:
        """Whatever still runs on the demo's temporary folder: its hub, its agent."""
        lines = subprocess.run(
            ["ps", "-ww", "-eo", "pid,args"], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        return [line for line in lines if str(self.temporary) in line]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Demo]]:
    started: list[Demo] = []

    def one(*options: str) -> Demo:
        started.append(Demo(tmp_path, *options))
        return started[-1]

    yield one
    for demo in started:
        demo.stop()


@pytest.fixture
def demo(start: Callable[..., Demo]) -> Demo:
    return start()


def until(true: Callable[[], Any]) -> Any:
    """What `true` gives as soon as it is something."""
    last = time.monotonic() + PATIENCE_S
    while not (found := true()):
        assert time.monotonic() < last, "it did not come to that in time"
        time.sleep(0.1)
    return found


@pytest.mark.long
def test_a_demo_serves_citizens_its_boards_show_them_and_its_log_is_right(demo: Demo):
    page = demo.hear(r"Open this page first:\s+(\S+)")
    demo.hear("password of all")

    report = until(lambda: _if_served(demo, 5))
    assert report["tickets"]["issued"] >= 5
    until(lambda: _numbers_on_boards(demo.hub.ask("GET", "/devices")["devices"]))

    with requests.Session() as browser:
        answer = browser.get(f"{page}open/tv")
        assert answer.ok
        assert answer.url == f"{demo.hub.url}/tv"
        assert "An Khánh" in answer.text
        assert browser.get(f"{demo.hub.url}/api/v1/hall").json()["calls"]

    assert demo.stop() == 0
    checked = subprocess.run(
        [sys.executable, "-m", "app", "check", "--db", str(demo.db)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


def test_whoever_looks_at_once_sees_a_queue_and_when_everybody_has_lunch(start: Callable[..., Demo]):
    demo = start("--speed", "5")
    demo.hear("password of all")
    until(lambda: {"HT", "CT", "KQ"} <= _waited_for(demo))
    lunches = {each["start"][11:16] for number in (1, 2) for each in _counter(demo, number)["breaks"]}
    assert lunches == {"11:20", "12:05"}
    skills = {each["clerk"]: each["services"] for each in demo.hub.ask("GET", "/skills")["skills"]}
    assert skills["lan"] == ["HT", "CT"]


def test_whoever_opens_a_console_has_that_counter_for_themselves(demo: Demo):
    page = demo.hear(r"Open this page first:\s+(\S+)")
    until(lambda: _counter(demo, 1)["state"] == "open")
    with requests.Session() as browser:
        answer = browser.get(f"{page}open/console-1")
        assert answer.url == f"{demo.hub.url}/console"
        demo.hear("Counter 1 is left to you")
        person = browser.get(f"{demo.hub.url}/api/v1/session").json()
        assert (person["person"]["name"], person["counter"]) == ("lan", 1)
    before = _counter(demo, 1)["ticket"]
    until(lambda: _if_served(demo, 5))
    assert (_counter(demo, 1)["ticket"] or {}).get("id") == (before or {}).get("id")


def test_a_press_of_somebody_else_makes_the_simulated_clerk_leave(demo: Demo):
    demo.hear("password of all")
    ticket = until(lambda: _counter(demo, 2)["ticket"])
    demo.hub.ask("POST", "/counters/2/park", {"seen": ticket["id"]})
    assert "counter_changed" in demo.hear("Counter 2 is left to you.*")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_demo_that_is_stopped_leaves_no_process_and_no_folder(demo: Demo, number: signal.Signals):
    demo.hear("password of all")
    until(lambda: len(demo.processes()) == 2)
    assert demo.stop(number) == 0
    until(lambda: not demo.processes())
    assert not list(demo.temporary.iterdir())


def test_a_demo_whose_hub_dies_says_so_and_leaves_no_agent(demo: Demo):
    demo.hear("password of all")
    until(lambda: len(demo.processes()) == 2)
    hub = next(line for line in demo.processes() if " app run " in line)
    os.kill(int(hub.split()[0]), signal.SIGKILL)
    assert demo.stop_by_itself() == 1
    assert "the hub has ended" in demo.said
    until(lambda: not demo.processes())


def test_a_demo_that_is_stopped_before_it_is_ready_leaves_nothing_either(demo: Demo):
    demo.hear("being set up")
    assert demo.stop() == 0
    assert not demo.processes()
    assert not list(demo.temporary.iterdir())


def test_a_port_that_is_taken_is_named(start: Callable[..., Demo]):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = start("--port", str(port))
        assert demo.stop_by_itself() == 1
    assert f"127.0.0.1:{port}" in demo.said
    assert "another --port" in demo.said


def _waited_for(demo: Demo) -> set[str]:
    return {each["code"] for each in demo.hub.ask("GET", "/hall")["services"] if each["waiting"]}


def _counter(demo: Demo, number: int) -> dict[str, Any]:
    counters = demo.hub.ask("GET", "/counters")["counters"]
    return next(each for each in counters if each["number"] == number)


def _if_served(demo: Demo, least: int) -> dict[str, Any] | None:
    report = demo.hub.ask("GET", "/reports/day")
    return report if report["tickets"].get("finished", 0) >= least else None


def _numbers_on_boards(devices: list[dict[str, Any]]) -> list[str]:
    boards = [board for device in devices for board in device["boards"]]
    assert all(board["state"] in ("shown", "sent") for board in boards)
    return [board["shown"] for board in boards if re.fullmatch(r"[A-Z]\d{3}", board["shown"])]
