"""A centre's gateway, or a browser's push service, on this machine: keeps what was posted, answers as it is told."""

import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from requests.structures import CaseInsensitiveDict

PATIENCE_S = 20


@dataclass(frozen=True, slots=True)
class Post:
    path: str
    headers: CaseInsensitiveDict[str]
    body: bytes


@dataclass
class Gateway:
    """`answers` are given in turn, then 200. While `open` is not set it takes what comes and answers nobody."""

    answers: deque[int] = field(default_factory=deque)
    open: threading.Event = field(default_factory=threading.Event)
    posts: list[Post] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def __enter__(self) -> Self:
        self.open.set()
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                gateway.take(Post(self.path, CaseInsensitiveDict(self.headers.items()), body))
                gateway.open.wait(PATIENCE_S)
                self.send_response(gateway.answers.popleft() if gateway.answers else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_what: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.open.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def take(self, post: Post) -> None:
        with self._changed:
            self.posts.append(post)
            self._changed.notify_all()

    def wait_for(self, count: int) -> list[Post]:
        """Until so many posts have come."""
        with self._changed:
            so = self._changed.wait_for(lambda: len(self.posts) >= count, PATIENCE_S)
        assert so, f"{len(self.posts)} of {count} came"
        return self.posts
