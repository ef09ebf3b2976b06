"""The hardware agent as the hub's child: it comes back when it dies, and a mistake in its part is told at once."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.running_hub import RunningHub

HubFactory = Callable[..., RunningHub]
BOARDS = """
[hardware]
[[hardware.buses]]
name = "hall"
url = "virtual://hall"
[[hardware.boards]]
name = "counter 1"
counter = 1
bus = "hall"
driver = "frame"
options = { preset = "led-485" }
"""


@pytest.fixture
def with_boards(tmp_path: Path) -> Path:
    path = tmp_path / "toiluot.toml"
    path.write_text(BOARDS, encoding="utf-8")
    return path


@pytest.mark.parametrize("async_mode", ["eventlet", "gevent", "threading"])
def test_an_agent_that_died_comes_back_and_the_log_says_so(
    async_mode: str, with_boards: Path, hub_factory: HubFactory
) -> None:
    hub = hub_factory(config=with_boards, async_mode=async_mode)
    wait_for(lambda: own_agent(hub).get("boards"))
    first = agent_of(hub)

    os.kill(first, signal.SIGKILL)

    wait_for(lambda: own_agent(hub).get("online") is False)
    wait_for(lambda: own_agent(hub).get("online"))
    second = agent_of(hub)
    assert second != first
    assert not Path(f"/proc/{first}").exists(), "it stayed a zombie"
    assert "the hardware agent ended with exit code -9" in hub.log()
    hub.stop()
    assert not Path(f"/proc/{second}").exists(), "the agent outlives its hub"


def test_a_mistake_in_the_boards_is_told_before_the_doors_open(with_boards: Path, tmp_path: Path) -> None:
    with_boards.write_text(BOARDS.replace("url =", "ulr ="), encoding="utf-8")
    hub = RunningHub(tmp_path)
    told = hub.command("run", "--config", str(with_boards), "--port", "0")
    assert told.returncode == 1
    assert told.stdout == ""
    assert told.stderr.startswith("toiluot: ")
    assert f"{with_boards}: unknown key 'ulr' in hardware.buses[0]; did you mean 'url'?" in told.stderr
    assert not hub.db.exists()


def own_agent(hub: RunningHub) -> dict[str, Any]:
    devices = hub.desk.ok("GET", "/devices")["devices"]
    return next((device for device in devices if device["name"] == "agent"), {})


def agent_of(hub: RunningHub) -> int:
    assert hub.process is not None
    (found,) = (pid for pid in children(hub.process.pid) if b"hardware" in Path(f"/proc/{pid}/cmdline").read_bytes())
    return found


def children(parent: int) -> Iterator[int]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = status.read_text(encoding="utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
        if int(after_name[1]) == parent:
            yield int(status.parent.name)


def wait_for(happened: Callable[[], object], most_s: float = 20) -> None:
    deadline = time.monotonic() + most_s
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)
