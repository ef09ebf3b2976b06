"""A line for a moment: one frame out, what comes back in, be the port ours or a running bus's."""

from __future__ import annotations

import re
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from hardware.drivers.base import Frame, Piece, Reply, ShownResult, Verdict
from hardware.lines.borrowing import LineBusyError
from hardware.lines.ports import Port, PortError, open_port
from hardware.lines.wire import EchoMissingError, Wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hardware.config import BusConfig
    from hardware.drivers.base import Driver
    from hardware.lines.bus import Bus

NEVER: Final = re.compile(rb"(?!)")
"""Matches nothing: listen for the whole time."""

LEAVES_S: Final = 0.1
"""Beyond the time on the wire, until the last byte has left the adapter's own buffer."""

BORROW_S: Final = 3.0
"""How long a running bus may take to come to one frame, beside the frame's own time."""

LINE_FAULTS: Final = (PortError, EchoMissingError, LineBusyError)
"""What `exchange` may raise: each of them says in a sentence what is wrong with the line."""


class Talk(Protocol):
    """A line that is open."""

    def exchange(self, frame: Frame) -> bytes:
        """Write the frame once the line is ready for it; returns what came back. Raises LINE_FAULTS."""
        ...


@dataclass(frozen=True, slots=True)
class Exchange:
    """One frame on the wire, what its bytes are, what came back, and what that means."""

    sent: bytes
    pieces: list[Piece]
    reply: bytes
    result: ShownResult


class OpenedLine:
    """A port that nobody else holds."""

    def __init__(self, port: Port, line: BusConfig, stopping: threading.Event | None = None) -> None:
        self._wire = Wire(port, line, (), stopping or threading.Event(), _nothing_is_urgent)

    def exchange(self, frame: Frame) -> bytes:
        reply = self._wire.exchange(frame)
        if frame.deaf_ms:
            self._wire.begin_gap(frame.deaf_ms / 1000)
        return reply

    def finish(self) -> None:
        """Wait until all has left: a port that is closed throws away what it has not sent yet."""
        time.sleep(max(0, self._wire.sent_by + LEAVES_S - time.monotonic()))


@dataclass(slots=True)
class HeldLine:
    """A running bus's port, one frame at a time: calls go out in between, also while the board spoken to is deaf."""

    bus: Bus
    stopping: threading.Event
    _deaf_until: float = 0

    def exchange(self, frame: Frame) -> bytes:
        self.stopping.wait(max(0, self._deaf_until - time.monotonic()))
        listening_s = frame.reply.timeout_ms / 1000 if frame.reply else 0

        def job(port: Port, line: BusConfig) -> bytes:
            wire = Wire(port, line, (), threading.Event(), _nothing_is_urgent)
            reply = wire.exchange(frame)
            self._deaf_until = max(wire.sent_by, time.monotonic()) + frame.deaf_ms / 1000
            return reply

        return self.bus.run(job, BORROW_S + 2 * listening_s)


def _nothing_is_urgent() -> bool:
    """One frame at a time is short enough for the lamps of a running bus."""
    return False


@contextmanager
def opened(
    line: BusConfig, drivers: Mapping[str, Driver] | None = None, stopping: threading.Event | None = None
) -> Iterator[OpenedLine]:
    """Hold the port of `line`; `drivers` are who lives there if it is a simulated one. Raises PortError."""
    with closing(open_port(line, drivers or {})) as port:
        talk = OpenedLine(port, line, stopping)
        yield talk
        talk.finish()


def send_frames(talk: Talk, driver: Driver, frames: Iterable[Frame]) -> list[Exchange]:
    """Send until one goes wrong; raises LINE_FAULTS."""
    exchanges = []
    for frame in frames:
        reply = talk.exchange(frame)
        exchanges.append(Exchange(frame.data, driver.explain(frame), reply, driver.judge(frame, reply)))
        if not exchanges[-1].result.good:
            break
    return exchanges


def send_bytes(talk: Talk, data: bytes, listen_ms: int) -> Exchange:
    """Write `data` as it is and say what comes back within `listen_ms`; raises LINE_FAULTS."""
    reply = talk.exchange(Frame(data, Reply(NEVER, listen_ms) if listen_ms else None))
    return Exchange(data, [Piece(data, "bytes as given")], reply, ShownResult(Verdict.SENT))
