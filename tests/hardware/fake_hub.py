"""A hub that speaks docs/feed.md to an agent and nothing else: a threaded Socket.IO server of its own."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import socketio
from lines import PATIENCE_S
from werkzeug.serving import WSGIRequestHandler, make_server

TOKEN = "the-agents-token"
MORNING = datetime(2026, 11, 21, 9, tzinfo=UTC)


class _Handler(WSGIRequestHandler):
    def run_wsgi(self) -> None:
        super().run_wsgi()
        # werkzeug would go on reading HTTP from a closed websocket, and the client wait for its end
        self.close_connection = True

    def log_request(self, *_: Any) -> None:
        pass


class FakeHub:
    def __init__(self, counters: int = 3) -> None:
        self.seq = 100
        self.counters = {n: {"number": n, "state": "open", "ticket": None, "own": []} for n in range(1, counters + 1)}
        self.joins: list[dict[str, Any]] = []
        self.reports: list[list[dict[str, Any]]] = []
        self.answers_joins = True
        self._news = threading.Condition()
        self._port = 0
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Begin to listen, again at the same port."""
        self._sio = socketio.Server(async_mode="threading")
        self._sids: set[str] = set()
        self._sio.on("connect", self._connect)
        self._sio.on("disconnect", lambda sid, _reason: self._sids.discard(sid))
        self._sio.on("join", self._join)
        self._sio.on("health", self._health)
        app = socketio.WSGIApp(self._sio)
        self._server = make_server("127.0.0.1", self._port, app, threaded=True, request_handler=_Handler)
        self._port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        for sid in list(self._sids):
            self._sio.disconnect(sid)
        self._sio.shutdown()

    def call(self, counter: int, number: str, *, silently_miss: int = 0, age_s: float = 0) -> None:
        """Tell of a call; with `silently_miss`, so many events before it never reach the agent."""
        self.seq += silently_miss
        self.put(counter, number)
        at = (MORNING - timedelta(seconds=age_s)).isoformat()
        self.tell(counter, call={"number": number, "counter": counter, "at": at})

    def put(self, counter: int, number: str | None, state: str = "open") -> None:
        """Change the hall without a word."""
        ticket = {"id": number, "number": number, "state": "called"} if number else None
        self.counters[counter] |= {"ticket": ticket, "state": state}

    def tell(self, counter: int, **more: Any) -> None:
        self.seq += 1
        event = {"seq": self.seq, "prev": self.seq - 1, "type": "something", "at": MORNING.isoformat(), "call": None}
        self._sio.emit("event", event | {"counters": [self.counters[counter]]} | more)

    def emit(self, message: str, data: Any) -> None:
        self._sio.emit(message, data)

    def wait(self, reached: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(reached, PATIENCE_S), (self.joins, self.reports[-1:])

    def wait_for_shown(self, **boards: str) -> None:
        """Until the agent's last report says that each board shows its text."""

        def reached() -> bool:
            last = {board["name"]: board["shown"] for board in self.reports[-1]} if self.reports else {}
            return all(last.get(name) == text for name, text in boards.items())

        self.wait(reached)

    def _connect(self, sid: str, _environ: Any, auth: Any) -> None:
        if auth != {"token": TOKEN}:
            raise socketio.exceptions.ConnectionRefusedError("not signed in")
        self._sids.add(sid)

    def _join(self, sid: str, data: dict[str, Any]) -> None:
        if self.answers_joins:
            counters = list(self.counters.values())
            snapshot = {"room": "devices", "seq": self.seq, "day": "2026-11-21", "clock_rate": 1}
            self._sio.emit("snapshot", snapshot | {"now": MORNING.isoformat(), "counters": counters}, to=sid)
        else:
            self._sio.emit("refused", {"room": "devices", "code": "not-allowed", "title": "Not allowed"}, to=sid)
        with self._news:
            self.joins.append(data)
            self._news.notify_all()

    def _health(self, _sid: str, data: dict[str, Any]) -> None:
        with self._news:
            self.reports.append(data["boards"])
            self._news.notify_all()
