"""The installer's commands and the administrator's requests, with a real hub and its own agent between them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.running_hub import ROOT, RunningHub

FILE = """
[hardware]
[[hardware.buses]]
name = "hall"   # by the door
url = "virtual://hall"
[[hardware.boards]]
name = "counter 1"
counter = 1
bus = "hall"
driver = "modbus"
options = { preset = "dm56a04" }
"""


def listed(config: Path, **variables: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "hardware", "list", "--json", "--config", str(config)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TOILUOT_")} | variables
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def boards_when(look: Callable[[], dict[str, Any]], wanted: Callable[[list[dict[str, Any]]], bool]) -> dict[str, Any]:
    deadline = time.monotonic() + 20
    while not wanted((told := look())["boards"]):
        assert time.monotonic() < deadline, told
        time.sleep(0.2)
    return told


def test_a_board_is_set_up_from_the_page_and_listed_on_the_machine(
    tmp_path: Path, hub_factory: Callable[..., RunningHub]
) -> None:
    config = tmp_path / "toiluot.toml"
    config.write_text(FILE, encoding="utf-8")
    hub = hub_factory(config=config)

    def here() -> dict[str, Any]:
        return listed(config, TOILUOT_DB=str(hub.db))

    told = boards_when(here, lambda boards: boards[0].get("state") == "shown")
    assert told["agent"] == "agent"
    assert "reachable" not in told["buses"][0]

    setup = hub.desk.ok("GET", "/agents/agent/setup")
    part = setup["config"]
    part["boards"].append(part["boards"][0] | {"name": "counter 2", "counter": 2, "address": 2})
    hub.desk.ok("PUT", "/agents/agent/setup", json={"config": part})
    told = boards_when(here, lambda boards: all(board.get("state") == "shown" for board in boards))
    assert [board["name"] for board in told["boards"]] == ["counter 1", "counter 2"]
    assert "# by the door" in config.read_text(encoding="utf-8")

    # an agent's token shows that agent and nobody else
    token = hub.desk.ok("POST", "/devices", json={"name": "hall-pc", "kind": "agent"})["token"]
    config.write_text(f'[hardware]\nhub = "{hub.url}"\n' + FILE.replace("[hardware]\n", ""), encoding="utf-8")
    there = listed(config, TOILUOT_DB=str(tmp_path / "none.db"), TOILUOT_AGENT_TOKEN=token)
    assert there["agent"] is None
    assert "No running agent tells the hub" in there["why_not"]
