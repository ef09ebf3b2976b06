"""A screen that follows the hub by the rules of docs/feed.md, with python-socketio's own client."""

import threading
from collections.abc import Callable
from typing import Any

import engineio
import socketio

Message = dict[str, Any]
PATIENCE_S = 10


class InOrderEngine(engineio.Client):  # type: ignore[misc]
    """Engine.IO starts a thread for each message, which can overtake each other; a feed has an order."""

    def _trigger_event(self, event: str, *args: Any, run_async: bool = False, **kwargs: Any) -> Any:
        return super()._trigger_event(event, *args, run_async=run_async and event != "message", **kwargs)


class InOrderClient(socketio.Client):  # type: ignore[misc]
    def _engineio_client_class(self) -> type[engineio.Client]:
        return InOrderEngine


class Follower:
    """Joins a room whenever it is connected, and keeps what it hears right.

    `heard` holds every message as it came; `rejoined` counts the gaps that it noticed.
    """

    def __init__(self, url: str, room: str, token: str | None = None) -> None:
        self.room = room
        self.seq = -1
        self.day = ""
        self.services: dict[str, Message] = {}
        self.counters: dict[int, Message] = {}
        self.tickets: list[Message] = []
        self.calls: list[Message] = []
        self.snapshots: list[Message] = []
        self.heard: list[Message] = []
        self.refusals: list[Message] = []
        self.gaps = 0
        self._changed = threading.Condition()
        self.client = InOrderClient(
            reconnection_delay=0.1, reconnection_delay_max=0.4, randomization_factor=0, handle_sigint=False
        )
        self.client.on("connect", self.join)
        self.client.on("snapshot", self._snapshot)
        self.client.on("event", self._event)
        self.client.on("refused", self._refused)
        self.client.connect(url, auth={"token": token} if token else None, transports=["websocket"])

    def join(self) -> None:
        self.client.emit("join", {"room": self.room})

    def close(self) -> None:
        self.client.shutdown()

    def wait_for(self, what: Callable[["Follower"], bool], patience_s: float = PATIENCE_S) -> None:
        """Until it is so; fails after `patience_s` seconds."""
        with self._changed:
            so = self._changed.wait_for(lambda: what(self), patience_s)
        assert so, f"{self.room}: not so after {patience_s} s; at seq {self.seq}, refused {self.refusals}"

    def wait_for_seq(self, seq: int) -> None:
        self.wait_for(lambda me: me.seq >= seq)

    def wait_for_event(self, kind: str) -> Message:
        """The newest event of a type, as soon as there is one."""
        self.wait_for(lambda me: any(event["type"] == kind for event in me.heard))
        return next(event for event in reversed(self.heard) if event["type"] == kind)

    def _snapshot(self, message: Message) -> None:
        with self._changed:
            self.snapshots.append(message)
            self.seq, self.day = message["seq"], message["day"]
            self.services = {service["code"]: service for service in message["services"]}
            self.counters = {counter["number"]: counter for counter in message["counters"]}
            self.calls = message["calls"]
            self.tickets = message.get("tickets", [])
            self._changed.notify_all()

    def _event(self, message: Message) -> None:
        with self._changed:
            self.heard.append(message)
            if message["prev"] > self.seq or message.get("resync"):
                self.gaps += message["prev"] > self.seq
                self.join()
            elif message["seq"] > self.seq:
                self._apply(message)
            self._changed.notify_all()

    def _apply(self, message: Message) -> None:
        self.seq, self.day = message["seq"], message["day"]
        self.services |= {service["code"]: service for service in message["services"]}
        self.counters |= {counter["number"]: counter for counter in message["counters"]}
        self.tickets = message.get("tickets", self.tickets)
        if message["call"]:
            self.calls = [message["call"], *self.calls]

    def _refused(self, message: Message) -> None:
        with self._changed:
            self.refusals.append(message)
            self._changed.notify_all()
