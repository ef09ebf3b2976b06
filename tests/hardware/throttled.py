"""The far side of a line at its true speed: every byte takes its time, and boards answer only when they have it all.

A pseudo-terminal takes 4 kB at once and would hide any backlog. Here each byte ends 10 bits after the one before it, or
after its arrival if that was later; what a board makes of a frame, and its answer, come no sooner.
"""

import os
import select
import threading
import time
import tty
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from hardware.drivers.base import SimulatedBoard
from hardware.protocols import rtu

BITS_A_BYTE = 10
TURNAROUND_S = 0.005
"""From a frame's end to the first byte of the board's answer."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A frame on the wire, in monotonic seconds; `free_at` is later than `ended` where a board answered."""

    data: bytes
    began: float
    ended: float
    free_at: float
    address: int
    changed_to: str | None
    """What the board of that address shows from `ended` on; None if the frame changed nothing."""


class Throttled:
    """A line at `path` with simulated boards, by address; their frames are the LED-485's text and Modbus.

    A frame is given to the board of its address only: 32 simulated boards that check every frame in one process would
    take the processor from the line that is measured.
    """

    def __init__(self, path: Path, boards: Mapping[int, SimulatedBoard], baudrate: int = 9600) -> None:
        self.boards = boards
        self.character_s = BITS_A_BYTE / baudrate
        self.passed: list[Passed] = []
        self._news = threading.Condition()
        self._answers: deque[tuple[float, bytes]] = deque()
        self._free_at = 0.0
        self._heard = b""
        self._stopping = False
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        path.symlink_to(os.ttyname(self._theirs))
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopping = True
        self._thread.join()
        os.close(self._ours)
        os.close(self._theirs)

    def wait_for(self, wanted: Mapping[int, str], timeout_s: float) -> None:
        """Until every board shows what is wanted of it."""

        def wrong() -> dict[int, str]:
            return {n: board.shown for n, board in self.boards.items() if board.shown != wanted[n]}

        with self._news:
            assert self._news.wait_for(lambda: not wrong(), timeout_s), wrong()

    def _run(self) -> None:
        while not self._stopping:
            wait_s = max(0, self._answers[0][0] - time.monotonic()) if self._answers else 0.05
            if select.select([self._ours], [], [], min(wait_s, 0.05))[0]:
                self._take(os.read(self._ours, 4096), time.monotonic())
            while self._answers and self._answers[0][0] <= time.monotonic():
                os.write(self._ours, self._answers.popleft()[1])

    def _take(self, data: bytes, now: float) -> None:
        self._heard += data
        while (size := _size_of_frame(self._heard)) and size <= len(self._heard):
            frame, self._heard = self._heard[:size], self._heard[size:]
            self._pass(frame, now)

    def _pass(self, frame: bytes, now: float) -> None:
        began = max(now, self._free_at)
        ended = began + len(frame) * self.character_s
        address = int(frame[1:4]) if frame.startswith(b"$") else frame[0]
        board = self.boards[address]
        before = board.shown
        answer = board.receive(frame)
        self._free_at = ended
        if answer:
            self._free_at += TURNAROUND_S + len(answer) * self.character_s
            self._answers.append((self._free_at, answer))
        changed_to = board.shown if board.shown != before else None
        with self._news:
            self.passed.append(Passed(frame, began, ended, self._free_at, address, changed_to))
            self._news.notify_all()


def _size_of_frame(heard: bytes) -> int:
    """How long the frame is that `heard` begins with; 0 while that cannot be told."""
    if heard.startswith(b"$"):
        return heard.find(b"#") + 1
    if len(heard) < 2:
        return 0
    if heard[1] == rtu.WRITE_REGISTERS:
        return 9 + heard[6] if len(heard) > 6 else 0
    return 8
