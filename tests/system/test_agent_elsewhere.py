"""The agent on another PC of the hall: a network namespace of its own, and a cable between them that can be cut."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hardware.lines import Line
from tests.running_hub import ROOT, RunningHub

HERE, THERE = "10.213.77.1", "10.213.77.2"
CUT_S = 30
NOTICED_S = 20  # a cable that is cut says nothing: the next pings go unanswered
OFFLINE_AFTER_S = 5
SETTINGS = f"""
[hardware]
offline_after_s = {OFFLINE_AFTER_S}
offline_text = "--"
[[hardware.buses]]
name = "hall"
url = "LINE"
gap_ms = 5
[[hardware.boards]]
name = "counter 1"
counter = 1
bus = "hall"
driver = "frame"
options = {{ preset = "led-485" }}
look = {{ blink_s = 0 }}
[[hardware.keypads]]
name = "pad 1"
counter = 1
bus = "hall"
driver = "qsystem"
address = 0x25
keys = {{ "31" = "next" }}
"""
KEY = bytes.fromhex("01 25 31 07")
LAMP = bytes.fromhex("01 25")


@dataclass(frozen=True, slots=True)
class Network:
    """Two machines and the cable between them."""

    name: str

    def cut(self) -> None:
        run("ip", "link", "set", f"{self.name}a", "down")

    def mend(self) -> None:
        run("ip", "link", "set", f"{self.name}a", "up")


@pytest.fixture
def network() -> Iterator[Network]:
    if os.geteuid() != 0 or shutil.which("ip") is None:
        pytest.skip("a network of its own needs root and the program 'ip' (package iproute2)")
    name = f"tl{os.getpid()}"[:12]
    run("ip", "netns", "add", name)
    try:
        run("ip", "link", "add", f"{name}a", "type", "veth", "peer", "name", f"{name}b", "netns", name)
        run("ip", "address", "add", f"{HERE}/30", "dev", f"{name}a")
        run("ip", "link", "set", f"{name}a", "up")
        run("ip", "-n", name, "address", "add", f"{THERE}/30", "dev", f"{name}b")
        run("ip", "-n", name, "link", "set", f"{name}b", "up")
        yield Network(name)
    finally:
        run("ip", "netns", "delete", name)


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    line = Line(tmp_path / "line")
    yield line
    line.unplug()


@pytest.mark.long
def test_a_cable_that_is_cut_for_30_seconds(
    network: Network,
    line: Line,
    tmp_path: Path,
    hub_factory: Callable[..., RunningHub],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.hardware.lines.PATIENCE_S", NOTICED_S + OFFLINE_AFTER_S)
    hub = hub_factory(host="0.0.0.0")  # noqa: S104 - reached from the other machine
    hub.open_counter(1)
    numbers = [hub.take_number()["number"] for _ in range(4)]
    with agent(hub, network, tmp_path, line):
        press_next(hub)
        line.hear(shown(numbers[0]))

        network.cut()
        cut_at = time.monotonic()
        press_next(hub)
        press_next(hub)
        line.hear(shown("--"))
        line.heard = b""
        line.say(KEY)
        line.hear(LAMP)  # the pad says that nobody took the press
        time.sleep(max(0, cut_at + CUT_S - time.monotonic()))
        network.mend()

        line.hear(shown(numbers[2]))
        assert called(hub) == numbers[:3], "the press without a line was kept and carried out later"
        line.say(KEY)
        line.hear(shown(numbers[3]))
        assert called(hub) == numbers, "somebody was called twice, or not at all"


def agent(hub: RunningHub, network: Network, folder: Path, line: Line) -> "subprocess.Popen[bytes]":
    token = hub.desk.ok("POST", "/devices", json={"name": "hall-pc", "kind": "agent"})["token"]
    settings = folder / "agent.toml"
    settings.write_text(SETTINGS.replace("LINE", str(line.path)), encoding="utf-8")
    command = [sys.executable, "-m", "hardware", "run", "--config", str(settings), "--until-stdin-closes"]
    return subprocess.Popen(
        ["ip", "netns", "exec", network.name, *command, "--hub", f"http://{HERE}:{hub.port}"],
        cwd=ROOT,
        env=os.environ | {"TOILUOT_AGENT_TOKEN": token},
        stdin=subprocess.PIPE,
    )


def press_next(hub: RunningHub) -> None:
    hub.supervisor.ok("POST", "/counters/1/next", headers={"Idempotency-Key": os.urandom(8).hex()})


def called(hub: RunningHub) -> list[str]:
    """The numbers called, as the log has them."""
    events = hub.supervisor.ok("GET", "/events", params={"after": 0})["events"]
    issued = {event["ticket"]: event["data"]["number"] for event in events if event["type"] == "TicketIssued"}
    return [issued[event["ticket"]] for event in events if event["type"] == "TicketCalled"]


def shown(text: str) -> bytes:
    return b"$001," + text.rjust(4).encode() + b"#"


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)
