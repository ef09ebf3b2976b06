"""A hardware agent that is all obedience, reporting and answering as a test says; and a kiosk that only listens."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from app.clock import WallClock
from tests.running_hub import Client, RunningHub
from tests.system.following import PATIENCE_S, InOrderClient

Message = dict[str, Any]
Answer = Callable[[Message], Message | None]


def paper(asked: Message) -> Message:
    """The answer of a printer that is well."""
    _ = asked
    return {"ok": True, "data": {"result": "printed"}}


AN_HOUR_AGO = datetime.fromtimestamp(WallClock().now() / 1000 - 3600, ZoneInfo("Asia/Ho_Chi_Minh"))


def trouble(code: str, detail: str = "") -> Answer:
    return lambda _asked: {"ok": False, "code": code, "detail": detail}


def silence(_asked: Message) -> None:
    """No answer at all."""


def printer(kiosk: str = "", name: str = "ticket printer", state: str = "ready", code: str = "") -> Message:
    return {"name": name, "kiosk": kiosk, "state": state, "code": code, "since": AN_HOUR_AGO.isoformat()}


class FakeAgent:
    """`asked` is all that the hub asked, `papers` the documents that came out: one for each job. Wait, then look."""

    def __init__(self, hub: RunningHub, name: str = "agent-1", answer: Answer = paper) -> None:
        self.name = name
        self.answer = answer
        self.asked: list[Message] = []
        self.papers: dict[str, list[Message]] = {}
        self._hub = hub
        self._snapshots = 0
        self._news = threading.Condition()
        self._client = InOrderClient(reconnection=False, handle_sigint=False)
        self._client.on("ask", self._ask)
        self._client.on("snapshot", self._snapshot)
        self.come()

    def come(self) -> None:
        token = str(self._hub.device("agent", self.name).headers["Authorization"]).removeprefix("Bearer ")
        self._client.connect(self._hub.url, auth={"token": token}, transports=["websocket"])

    def go(self) -> None:
        """Leave the line; what it reported stays reported."""
        self._client.disconnect()

    def report(self, **equipment: list[Message]) -> None:
        """Tell the hub how everything is, such as printers=[…]; the hub knows on return."""
        before = self._snapshots
        self._client.emit("health", equipment)
        self._client.emit("join", {"room": "devices"})  # the hub takes a client's messages in their order
        self.wait_for(lambda: self._snapshots > before)

    def reply(self, asked: Message) -> None:
        """Answer what was asked a while ago."""
        self._client.emit("answer", {"id": asked["id"], **paper(asked)})

    def wait_for(self, so: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(so, PATIENCE_S), self.asked

    def _ask(self, asked: Message) -> None:
        answer = self.answer(asked)
        if answer and answer["ok"] and asked["what"] == "print":
            self.papers.setdefault(asked["data"]["job"], asked["data"]["document"]["blocks"])
        with self._news:
            self.asked.append(asked)
            self._news.notify_all()
        if answer:
            self._client.emit("answer", {"id": asked["id"], **answer})

    def _snapshot(self, _message: Message) -> None:
        with self._news:
            self._snapshots += 1
            self._news.notify_all()


@contextmanager
def agent_of(hub: RunningHub, name: str = "agent-1", answer: Answer = paper) -> Iterator[FakeAgent]:
    agent = FakeAgent(hub, name, answer)
    try:
        yield agent
    finally:
        agent.go()


class Listening:
    """A kiosk's screen, as far as its printer goes."""

    def __init__(self, kiosk: Client) -> None:
        self._kiosk = kiosk
        self._heard: list[Message] = []
        self._told = 0
        self._joined = False
        self._news = threading.Condition()

    def __enter__(self) -> Self:
        token = str(self._kiosk.headers["Authorization"]).removeprefix("Bearer ")
        self._client = InOrderClient(reconnection=False, handle_sigint=False)
        self._client.on("printer", self._printer)
        self._client.on("snapshot", self._snapshot)
        self._client.connect(self._kiosk.base, auth={"token": token}, transports=["websocket"])
        self._client.emit("join", {"room": "hall"})
        with self._news:
            assert self._news.wait_for(lambda: self._joined, PATIENCE_S)
        return self

    def __exit__(self, *_: object) -> None:
        self._client.disconnect()

    def next(self) -> Message:
        """The next message of its printer."""
        with self._news:
            assert self._news.wait_for(lambda: len(self._heard) > self._told, PATIENCE_S), self._heard
        self._told += 1
        return self._heard[self._told - 1]

    def until(self, state: str) -> Message:
        while (message := self.next())["state"] != state:
            pass
        return message

    def _printer(self, message: Message) -> None:
        with self._news:
            self._heard.append(message)
            self._news.notify_all()

    def _snapshot(self, _message: Message) -> None:
        with self._news:
            self._joined = True
            self._news.notify_all()
