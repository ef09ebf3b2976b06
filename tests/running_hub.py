"""A real hub in its own process, with the people and devices that a test needs."""

import os
import signal
import socket
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import requests
from playwright.sync_api import Page

from app import control
from tests import hub_process
from tests.hub_process import HubProcess, Interpreters, Start, Starter

PASSWORD = "mat-khau-cua-toi"
ROOT = hub_process.ROOT


class Client(requests.Session):
    """Speaks to one hub's API; paths are those below /api/v1."""

    def __init__(self, base: str, token: str | None = None) -> None:
        super().__init__()
        self.base = base
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **options: Any) -> requests.Response:
        path = url if isinstance(url, str) else url.decode()
        options.setdefault("timeout", 10)
        return super().request(method, f"{self.base}/api/v1{path}", *args, **options)

    def ok(self, method: str, path: str, **options: Any) -> Any:
        """The JSON of a request that must succeed."""
        answer = self.request(method, path, **options)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None


@dataclass
class RunningHub:
    """`starter`: the tests fork their hubs, which saves most of their time; a benchmark starts them as an office does.

    `slow_passwords`: hashed as in an office although the hub is a fork, where a test is about others acting meanwhile.
    """

    starter: ClassVar[Starter] = Interpreters()

    folder: Path
    settings: dict[str, Any] = field(default_factory=dict)
    host: str = "127.0.0.1"
    slow_passwords: bool = False
    process: HubProcess | None = None
    port: int = 0
    setup_link: str | None = None
    _clients: dict[str, Client] = field(default_factory=dict)

    @property
    def db(self) -> Path:
        return self.folder / "centre.db"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    # Its life

    def start(self) -> "RunningHub":
        """Start and wait until it says where it listens."""
        self.begin()
        assert self.process is not None
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert self.url in line, f"the hub did not start: {line!r} {self.log()}"
        return self

    def begin(self) -> None:
        """Start, and wait for nothing."""
        self.port = self.port or free_port()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TOILUOT_")}
        settings = {"foresight": False} | self.settings  # a process beside each of hundreds of hubs: where a test asks
        environment |= {f"TOILUOT_{name.upper()}": str(value) for name, value in settings.items()}
        environment["PYTHONUNBUFFERED"] = "1"
        words = ["run", "--db", str(self.db), "--host", self.host, "--port", str(self.port)]
        self.process = self.starter.start(Start(words, environment, self.folder / "hub.log", self.slow_passwords))

    def kill(self) -> None:
        """As a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def restart(self) -> None:
        self.stop()
        self.start()

    def _end(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(number)
        self.process.wait(timeout=15)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None

    def close(self) -> None:
        for client in self._clients.values():
            client.close()
        self.stop()

    def log(self) -> str:
        return (self.folder / "hub.log").read_text()

    def command(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """A command of the command line on this hub's database."""
        return self.starter.run([*arguments, "--db", str(self.db)], given)

    # Who speaks to it

    @property
    def desk(self) -> Client:
        """As the command line does: with the token of this run of the hub."""
        found = control.find(self.db)
        assert found is not None
        client = self._clients.setdefault("desk", Client(self.url))
        client.headers["Authorization"] = f"Bearer {found.token}"
        return client

    @property
    def admin(self) -> Client:
        return self.person("quan-tri", "admin")

    @property
    def supervisor(self) -> Client:
        return self.person("phu-trach", "supervisor")

    def clerk(self, name: str) -> Client:
        return self.person(name, "clerk")

    def person(self, name: str, role: str) -> Client:
        """A signed-in person, made on first use."""
        if name not in self._clients:
            self.make_person(name, role)
            client = Client(self.url)
            client.ok("POST", "/session", json={"name": name, "password": PASSWORD})
            self._clients[name] = client
        return self._clients[name]

    def make_person(self, name: str, role: str) -> None:
        body = {"full_name": name.title(), "role": role, "password": PASSWORD}
        self.desk.ok("PUT", f"/people/{name}", json=body)

    def device(self, kind: str, name: str | None = None) -> Client:
        """A device with its own token."""
        name = name or f"{kind}-{len(self._clients)}"
        if name not in self._clients:
            made = self.desk.ok("POST", "/devices", json={"name": name, "kind": kind})
            self._clients[name] = Client(self.url, made["token"])
        return self._clients[name]

    @property
    def kiosk(self) -> Client:
        return self.device("kiosk", "kiosk-1")

    def take_number(self, service: str = "HT", **wishes: Any) -> dict[str, Any]:
        """A citizen at the kiosk."""
        ticket: dict[str, Any] = self.kiosk.ok("POST", "/tickets", json={"service": service, **wishes})
        return ticket

    def open_counter(self, number: int, clerk: str | None = None) -> None:
        self.supervisor.ok("POST", f"/counters/{number}/open", json={"clerk": clerk})

    # Its pages

    def sign_in(self, page: Page, name: str, role: str = "clerk") -> None:
        """Give a browser the cookie of a person, made on first use."""
        if name not in self._clients:
            self.person(name, role)
        answer = page.request.post(f"{self.url}/api/v1/session", data={"name": name, "password": PASSWORD})
        assert answer.ok, answer.text()

    def join(self, page: Page, path: str, name: str | None = None) -> Page:
        """Make a browser a device, as its code and an administrator do, and open the path."""
        started = page.request.post(f"{self.url}/api/v1/join", data={"page": path}).json()
        name = name or f"screen-{started['code']}"
        self.desk.ok("POST", "/devices/join", json={"code": started["code"], "name": name})
        assert page.request.get(f"{self.url}/api/v1/join/{started['secret']}").json()["state"] == "joined"
        page.goto(f"{self.url}{path}")
        return page


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
