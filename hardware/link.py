"""The line to the hub: a Socket.IO client that never gives up. It knows nothing of what the messages mean."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import engineio
import socketio

from hardware.backoff import Backoff

if TYPE_CHECKING:
    import queue

log = logging.getLogger(__name__)

ROOM: Final = "devices"

RETRY_FIRST_S: Final = 0.2
RETRY_MOST_S: Final = 2.0
"""Boards are to be right within three seconds of the hub's return."""

CONNECT_S: Final = 10


@dataclass(frozen=True, slots=True)
class Heard:
    """What came in: a message of the feed, or `joined`, `lost` of the line itself."""

    what: str
    data: Any = None


class Link:
    """Connects, joins the room, and puts what it hears into `inbox`, in order, from its own thread."""

    def __init__(self, hub: str, token: str, inbox: queue.SimpleQueue[Heard]) -> None:
        self._hub = hub
        self._token = token
        self._inbox = inbox
        self._client: socketio.Client | None = None
        self._why_not = ""
        self._stopping = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(target=self._run, name="link", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 5) -> None:
        self._stopping.set()
        self._lost.set()
        self._thread.join(timeout_s)

    def send(self, event: str, data: Any) -> None:
        """Send if there is a line; without one the message is dropped, for the next state says it all anew."""
        client = self._client
        if client is None:
            return
        try:
            client.emit(event, data)
        except socketio.exceptions.SocketIOError as error:
            log.debug("%s was not sent: %s", event, error)

    def join(self) -> None:
        self.send("join", {"room": ROOM})

    def _run(self) -> None:
        backoff = Backoff(RETRY_FIRST_S, RETRY_MOST_S)
        while not self._stopping.is_set():
            try:
                self._stay_connected(backoff)
            except socketio.exceptions.ConnectionError as error:
                delay = backoff.next()
                why = self._why_not or error
                log.warning("no line to the hub %s: %s; next attempt in %.1f s", self._hub, why, delay)
                self._stopping.wait(delay)

    def _stay_connected(self, backoff: Backoff) -> None:
        """Hold one connection until it is lost; raises socketio's ConnectionError if there is none to be had."""
        self._lost.clear()
        if self._stopping.is_set():  # looked at after the clear, for stop() sets the two in the other order
            return
        client = self._new_client()
        try:
            client.connect(self._hub, auth={"token": self._token}, transports=["websocket"], wait_timeout=CONNECT_S)
            self._client = client
            backoff.reset()
            log.info("connected to the hub %s", self._hub)
            self.join()
            self._lost.wait()
        finally:
            self._client = None
            client.shutdown()
            if client.eio.ws is not None:  # Engine.IO leaves it open where the hub went first
                client.eio.ws.shutdown()
        self._stopping.wait(backoff.next())

    def _new_client(self) -> socketio.Client:
        client = _InOrderClient(reconnection=False, handle_sigint=False)
        for message in ("snapshot", "event", "refused", "ask"):
            client.on(message, self._handler(message))
        client.on("disconnect", self._on_disconnect)
        client.on("connect_error", self._on_connect_error)
        return client

    def _handler(self, message: str) -> Any:
        def put(data: Any = None) -> None:
            self._inbox.put(Heard(message, data))

        return put

    def _on_connect_error(self, why: Any) -> None:
        # the exception that follows says only that a namespace failed; the hub's own words come here
        self._why_not = str(why)

    def _on_disconnect(self, reason: str) -> None:
        log.warning("the line to the hub was lost: %s", reason)
        self._inbox.put(Heard("lost"))
        self._lost.set()


class _InOrderEngine(engineio.Client):  # type: ignore[misc]
    """Engine.IO starts a thread for each message, which can overtake each other; a feed has an order."""

    def _trigger_event(self, event: str, *args: Any, run_async: bool = False, **kwargs: Any) -> Any:
        return super()._trigger_event(event, *args, run_async=run_async and event != "message", **kwargs)


class _InOrderClient(socketio.Client):  # type: ignore[misc]
    def _engineio_client_class(self) -> type[engineio.Client]:
        return _InOrderEngine
