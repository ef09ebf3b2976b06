"""The two servers of a run: the hub and the floor, each in a process of its own."""

import http.client
import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.running_hub import ROOT, RunningHub, free_port


@dataclass
class Presser:
    """One clerk's finger: a kept-alive connection that posts and reads the answer."""

    port: int
    token: str = ""

    def __post_init__(self) -> None:
        self.name = secrets.token_hex(8)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        self.connection.connect()
        self.count = 0

    def post(self, path: str, body: object = None) -> dict[str, object]:
        self.count += 1
        headers = {"Content-Type": "application/json", "Idempotency-Key": f"{self.name}-{self.count}"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        self.connection.request("POST", path, json.dumps(body or {}), headers)
        answer = self.connection.getresponse()
        text = answer.read()
        assert answer.status < 300, text
        found: dict[str, object] = json.loads(text)
        return found


@contextmanager
def floor(folder: Path) -> Iterator[int]:
    """The floor's port."""
    port = free_port()
    command = [sys.executable, "-m", "bench.floor", str(port), str(folder / "floor.db")]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        yield port
    finally:
        process.kill()
        process.wait()


@contextmanager
def hub(folder: Path) -> Iterator[RunningHub]:
    """A hub whose counters 1 to 8 all serve HT and are open."""
    folder.mkdir(parents=True, exist_ok=True)
    running = RunningHub(folder).start()
    try:
        for number in range(1, 9):
            running.desk.ok("PUT", f"/counters/{number}/services", json={"own": ["HT"], "help": []})
            if running.desk.ok("GET", "/counters")["counters"][number - 1]["state"] != "open":
                running.desk.ok("POST", f"/counters/{number}/open", json={})
        yield running
    finally:
        running.close()


def token_of(running: RunningHub, kind: str) -> str:
    header = str(running.device(kind, f"bench-{kind}").headers["Authorization"])
    return header.removeprefix("Bearer ")


def desk_token(running: RunningHub) -> str:
    return str(running.desk.headers["Authorization"]).removeprefix("Bearer ")
