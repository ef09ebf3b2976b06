"""What the running agent says of its equipment, by way of the hub, which hears it all."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import requests

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hardware.config import HardwareConfig

TIMEOUT_S: Final = 10

KINDS: Final = ("boards", "printers", "keypads", "scanners")
"""What an agent looks after, as its report and the configuration call it."""


class HubSaysNo(Exception):
    """The hub refused, or does not answer; the sentence is for a person."""


@dataclass(frozen=True, slots=True)
class RunningHub:
    url: str
    token: str

    def agents(self) -> list[dict[str, Any]]:
        """The agents that this token may see, as docs/feed.md has a Device. Raises HubSaysNo."""
        devices = self._ask("GET", "/devices")["devices"]
        return [device for device in devices if device["kind"] == "agent"]

    def light(self, agent: str, board: str) -> dict[str, Any]:
        """Light the board for some seconds: gives {state, text, seconds}. Raises HubSaysNo."""
        path = f"/agents/{quote(agent, safe='')}/boards/{quote(board, safe='')}/light"
        answer: dict[str, Any] = self._ask("POST", path)
        return answer

    def _ask(self, method: str, path: str) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        try:
            answer = requests.request(method, f"{self.url}/api/v1{path}", headers=headers, timeout=TIMEOUT_S)
            said = answer.json() if answer.content else None
        except requests.RequestException as error:
            raise HubSaysNo(f"the hub at {self.url} does not answer ({type(error).__name__})") from error
        if not answer.ok:
            raise HubSaysNo(_sentence(said) or f"the hub at {self.url} answered {answer.status_code}")
        return said


def find(
    config_file: Path, config: HardwareConfig, environ: Mapping[str, str] = os.environ, db: Path | None = None
) -> RunningHub | None:
    """The hub of this machine, else the one that the configuration names with the agent's token, else None.

    The first is found by the file that it keeps beside its database while it runs; `db` is that database, if named.
    """
    here = _of_this_machine(database(config_file, environ, db))
    return here or (RunningHub(config.hub, config.token) if config.token else None)


def agent_of(config: HardwareConfig, agents: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The agent that looks after what is configured: the one that tells of most of it, and is there."""
    names = {(kind, piece.name) for kind in KINDS for piece in getattr(config, kind)}
    here = [agent for agent in agents if agent["online"]]

    def known(agent: dict[str, Any]) -> int:
        return len(names & {(kind, piece["name"]) for kind in KINDS for piece in agent.get(kind, [])})

    best = max(here, key=known, default=None)
    return best if best is not None and (known(best) or (not names and len(here) == 1)) else None


def database(config_file: Path, environ: Mapping[str, str] = os.environ, db: Path | None = None) -> str:
    """As app/config.py finds it: the option, the variable, the file, the standard."""
    if named := str(db or "") or environ.get("TOILUOT_DB"):
        return named
    try:
        return str(tomllib.loads(config_file.read_text(encoding="utf-8")).get("db", "toiluot.db"))
    except (OSError, ValueError):
        return "toiluot.db"


def _of_this_machine(db: str) -> RunningHub | None:
    """The file is written by app/control.py; only whoever owns the database can read it."""
    try:
        said = json.loads(Path(f"{db}.hub").read_text(encoding="utf-8"))
        return RunningHub(said["url"], said["token"])
    except (OSError, ValueError, KeyError):
        return None


def _sentence(problem: Any) -> str:
    return str(problem.get("detail") or problem.get("title") or "") if isinstance(problem, dict) else ""
