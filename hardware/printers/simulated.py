"""A printer that is not there: it takes every byte as a real one would, answers, and runs out of paper."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hardware.printers import status
from hardware.printers.interpreter import Interpreter

if TYPE_CHECKING:
    from hardware.printers.paper import Paper

AT_ONCE: Final = re.compile(rb"\x10\x04([\x01-\x04])|" + re.escape(status.CLEAR_BUFFER))
"""Obeyed as they come in, wherever they stand."""

BEGINNINGS: Final = {status.question(1)[:n] for n in (1, 2)} | {status.CLEAR_BUFFER[:n] for n in range(1, 10)}

KEPT: Final = 20


@dataclass(slots=True)
class SimulatedPrinter:
    """`rows_left` is how much paper there is, None for enough. One that is not well takes bytes and prints none."""

    width: int
    rows_left: int | None = None
    near_end: bool = False
    cover_open: bool = False
    cutter_stuck: bool = False
    mute: bool = False
    memory_bytes: int = 65_536
    """What it takes and cannot print yet; with more it holds the line, questions included."""
    printed: int = 0
    asked: int = 0
    tickets: deque[Paper] = field(default_factory=lambda: deque(maxlen=KEPT))
    _incoming: bytes = b""
    _memory: bytes = b""
    _interpreter: Interpreter = field(init=False)

    def __post_init__(self) -> None:
        self._interpreter = Interpreter(self.width)

    @property
    def nonsense(self) -> bytes:
        """What it was sent and does not know."""
        return self._interpreter.nonsense

    @property
    def half_printed(self) -> Paper:
        """What stands out of it and is not cut."""
        return self._interpreter.paper

    @property
    def room(self) -> int:
        return max(0, self.memory_bytes - len(self._memory))

    def receive(self, data: bytes) -> bytes:
        """Take bytes; its answers to the questions among them."""
        self._incoming += data
        answers = b""
        while found := AT_ONCE.search(self._incoming):
            self._take(found.start())
            self._incoming = self._incoming[len(found[0]) :]
            answers += self._obey(found)
        kept = next((n for n in range(9, 0, -1) if self._incoming[-n:] in BEGINNINGS), 0)
        self._take(len(self._incoming) - kept)
        return b"" if self.mute else answers

    def put_paper_in(self) -> None:
        """As real ones do, it goes on with what it has in its memory."""
        self.rows_left = None
        self._work()

    def _take(self, count: int) -> None:
        self._memory += self._incoming[:count]
        self._incoming = self._incoming[count:]
        self._work()

    def _work(self) -> None:
        while self._memory and self._is_well and (size := self._interpreter.step(self._memory)):
            self._memory = self._memory[size:]
            if self.rows_left is not None:
                self.rows_left = max(0, self.rows_left - self._interpreter.paper.take_rows())
            for sheet in self._interpreter.sheets:
                self.tickets.append(sheet)
                self.printed += 1
            self._interpreter.sheets.clear()

    @property
    def _is_well(self) -> bool:
        return self.rows_left != 0 and not self.cover_open and not self.cutter_stuck

    def _obey(self, found: re.Match[bytes]) -> bytes:
        if found[1] is None:
            self._memory = b""
            return b""
        self.asked += 1
        is_out = self.rows_left == 0
        bits = {
            status.PRINTER: status.IS_OFFLINE * (not self._is_well),
            status.OFFLINE: status.COVER_OPEN * self.cover_open | status.PAPER_STOP * is_out,
            status.ERROR: status.CUTTER * self.cutter_stuck,
            status.PAPER: status.NEAR_END * self.near_end | status.PAPER_OUT * is_out,
        }
        return bytes([status.FIXED | bits[found[1][0]]])


class VirtualPort:
    """The port `virtual://NAME`, in the manner of printers/ports.py."""

    def __init__(self, printer: SimulatedPrinter) -> None:
        self._printer = printer
        self._answers = b""

    def write_some(self, data: bytes) -> int:
        taken = data[: self._printer.room]
        self._answers += self._printer.receive(taken)
        return len(taken)

    def read_some(self, size: int) -> bytes:
        heard, self._answers = self._answers[:size], self._answers[size:]
        return heard

    def discard_input(self) -> None:
        self._answers = b""

    def close(self) -> None:
        self._answers = b""

    abort = close
