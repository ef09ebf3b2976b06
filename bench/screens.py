"""Many screens in one light process: raw WebSockets on one selector, so that the clients cost as little as they can.

Speaks just enough of RFC 6455 and of Socket.IO 5 over Engine.IO 4 to join a room and to note when
each TicketCalled arrives. Run as a process by `Screens`; both ends use the machine's monotonic clock.
"""

import base64
import os
import selectors
import socket
import struct
import time
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Self

MARK = b'"TicketCalled"'
TEXT, PING = 0x81, 0x89


@dataclass
class Screen:
    """One connection; `calls` counts the TicketCalled messages that came in."""

    sock: socket.socket
    pending: bytearray = field(default_factory=bytearray)
    joined: bool = False

    def send(self, text: bytes) -> None:
        mask = os.urandom(4)
        head = (
            struct.pack("!BB", TEXT, 0x80 | len(text))
            if len(text) < 126
            else struct.pack("!BBH", TEXT, 0x80 | 126, len(text))
        )
        self.sock.sendall(head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(text)))

    def frames(self) -> list[bytes]:
        """Whole text frames that have arrived."""
        found: list[bytes] = []
        while len(self.pending) >= 2:
            size, at = self.pending[1] & 0x7F, 2
            if size == 126:
                size, at = int.from_bytes(self.pending[2:4], "big"), 4
            elif size == 127:
                size, at = int.from_bytes(self.pending[2:10], "big"), 10
            if len(self.pending) < at + size:
                break
            found.append(bytes(self.pending[at : at + size]))
            del self.pending[: at + size]
        return found


def connect(port: int, token: str) -> Screen:
    sock = socket.create_connection(("127.0.0.1", port), timeout=20)
    key = base64.b64encode(os.urandom(16)).decode()
    sock.sendall(
        f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += sock.recv(4096)
    head, _, rest = answer.partition(b"\r\n\r\n")
    assert b"101" in head.split(b"\r\n")[0], head
    screen = Screen(sock, bytearray(rest))
    screen.send(b'40{"token":"%s"}' % token.encode())
    return screen


@dataclass
class Hall:
    """All screens of one process, and the one that looks after them."""

    token: str
    room: str
    count: int
    reports: Connection
    joined: int = 0
    had: int = 0

    def hear(self, screen: Screen, frame: bytes, now: float) -> None:
        """Answer what must be answered; report when everybody has joined, or had a call."""
        if frame == b"2":
            screen.send(b"3")
        elif frame.startswith(b"40"):
            screen.send(b'42["join",{"room":"%s","together":true}]' % self.room.encode())
        elif frame.startswith(b'42["snapshot"') and not screen.joined:
            screen.joined = True
            self.joined += 1
            if self.joined == self.count:
                self.reports.send("joined")
        elif MARK in frame:
            self.had += 1
            if self.had == self.count:
                self.had = 0
                self.reports.send(now)


def follow(port: int, token: str, room: str, count: int, reports: Connection) -> None:
    """The process: join with `count` screens, then report the time (s) at which all had each call."""
    chooser, hall = selectors.DefaultSelector(), Hall(token, room, count, reports)
    for _ in range(count):
        screen = connect(port, token)
        chooser.register(screen.sock, selectors.EVENT_READ, screen)
    while True:
        for key, _ in chooser.select():
            data = key.data.sock.recv(65536)
            now = time.monotonic()
            if not data:
                reports.send("closed")
                return
            key.data.pending += data
            for frame in key.data.frames():
                hall.hear(key.data, frame, now)


class Screens:
    """`count` screens in a process of their own, joined when the block is entered."""

    def __init__(self, port: int, token: str = "", room: str = "hall", count: int = 200) -> None:
        context = get_context("spawn")
        self._reports, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=follow, args=(port, token, room, count, theirs), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        assert self._next() == "joined"
        return self

    def __exit__(self, *_exc: object) -> None:
        self._process.kill()
        self._process.join()

    def all_had_it(self) -> float:
        """The monotonic time (s) at which the last screen had the next call."""
        at = self._next()
        assert isinstance(at, float), at
        return at

    def _next(self) -> object:
        assert self._reports.poll(30), "the screens heard nothing for 30 s"
        return self._reports.recv()
