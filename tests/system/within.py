"""A hub within the test itself, whose clock stands until the test turns it: for what no press can bring about."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask_socketio import SocketIO, SocketIOTestClient
from werkzeug.test import TestResponse

from app.board import BoardState
from app.bootstrap import build
from app.config import Config
from app.core.permissions import Actor, Role
from app.parts import Parts
from app.planning.calibration import Range
from app.planning.moves import Advice
from tests.running_hub import PASSWORD

Message = dict[str, Any]


@dataclass
class Hand:
    """A clock that stands until somebody turns it."""

    at: int
    rate: float = 1.0

    def now(self) -> int:
        return self.at


@dataclass
class Office:
    """A hub within the test, so that the test can write on its planning board. Time passes when the test says so."""

    flask: Flask
    socketio: SocketIO
    parts: Parts
    clock: Hand
    tokens: dict[str, str] = field(default_factory=dict)

    def token(self, name: str, role: Role) -> str:
        if name not in self.tokens:
            self.tokens[name] = self.parts.devices.token_of_this_run(Actor(name, role))
        return self.tokens[name]

    def ask(
        self, method: str, path: str, body: Message | None = None, by: str = "phu-trach", key: str = ""
    ) -> TestResponse:
        role = {"phu-trach": Role.SUPERVISOR, "kiosk-1": Role.KIOSK}.get(by, Role.CLERK)
        headers = {"Authorization": f"Bearer {self.token(by, role)}"} | ({"Idempotency-Key": key} if key else {})
        return self.flask.test_client().open(f"/api/v1{path}", method=method, json=body, headers=headers)

    def ok(self, method: str, path: str, body: Message | None = None, by: str = "phu-trach", key: str = "") -> Any:
        answer = self.ask(method, path, body, by, key)
        assert answer.status_code < 300, answer.text
        return answer.json

    def refused(self, method: str, path: str, body: Message | None = None, by: str = "phu-trach") -> tuple[int, str]:
        answer = self.ask(method, path, body, by)
        assert answer.json is not None
        return answer.status_code, answer.json["code"]

    def follow(self, room: str) -> "Ear":
        auth = {"token": self.token("phu-trach", Role.SUPERVISOR)}
        return Ear(self.socketio.test_client(self.flask, auth=auth), room)

    def take_number(self, service: str) -> Message:
        ticket: Message = self.ok("POST", "/tickets", {"service": service}, by="kiosk-1")
        return ticket

    def press(self, counter: int, verb: str, **body: Any) -> Message:
        answer: Message = self.ok("POST", f"/counters/{counter}/{verb}", body, key=f"{verb} {self.clock.at}")
        return answer

    def counter(self, number: int) -> Message:
        every = self.ok("GET", "/hall")["counters"]
        return next(counter for counter in every if counter["number"] == number)

    def service(self, code: str) -> Message:
        return next(service for service in self.ok("GET", "/hall")["services"] if service["code"] == code)

    def tell_waits(self, services: dict[str, Range], tickets: dict[str, Range] | None = None) -> None:
        self.parts.views.board.replace_forecasts(services, tickets or {}, self.parts.hub.now())

    def advise(self, *advice: Advice) -> None:
        self.parts.views.board.replace_advice(advice, BoardState.READY, self.parts.hub.now())

    def pass_s(self, seconds: int) -> None:
        self.clock.at += seconds * 1000


class Ear:
    """Whoever has joined a room; hears what was said since it last listened."""

    def __init__(self, client: SocketIOTestClient, room: str) -> None:
        self.client = client
        client.emit("join", {"room": room, "together": True})
        self.snapshot = self.heard("snapshot")[0]

    def heard(self, name: str) -> list[Message]:
        return [message["args"][0] for message in self.client.get_received() if message["name"] == name]


@contextmanager
def hub_within(folder: Path, clock_start: str, clerks: tuple[str, ...]) -> Iterator[Office]:
    config = Config(db=folder / "centre.db", async_mode="threading", clock_start=clock_start, voice_cache=folder)
    flask, socketio, parts = build(config)
    clock = parts.hub.clock = Hand(parts.hub.hall.at + 1000)
    for name in clerks:
        admin = Actor("quan-tri", Role.ADMIN)
        parts.accounts.save_person(admin, name, name.title(), Role.CLERK, active=True, password=PASSWORD)
    yield Office(flask, socketio, parts, clock)
    parts.store.close()
