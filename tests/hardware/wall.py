"""Simulated boards on a pseudo-terminal, and somebody who stands before them."""

import os
import select
import threading
from typing import Self

from lines import Line

from hardware.drivers.base import SimulatedBoard


class Wall:
    """Every board hears all that is written to the line, and answers on it."""

    def __init__(self, line: Line, **boards: SimulatedBoard) -> None:
        self._line = line
        self._boards = boards
        self._lock = threading.Lock()
        self._stop, self._stopped = os.pipe()
        self._thread = threading.Thread(target=self._run)
        self.heard = b""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        os.write(self._stopped, b".")
        self._thread.join()
        os.close(self._stop)
        os.close(self._stopped)

    def look(self, board: str) -> str:
        """What it shows once all that was written has arrived."""
        with self._lock:
            while self._take(timeout_s=0):
                pass
            return self._boards[board].shown

    def _run(self) -> None:
        while not select.select([self._line.far_end, self._stop], [], [])[0].count(self._stop):
            with self._lock:
                self._take(timeout_s=0)

    def _take(self, timeout_s: float) -> bool:
        if not select.select([self._line.far_end], [], [], timeout_s)[0]:
            return False
        data = os.read(self._line.far_end, 4096)
        self.heard += data
        for board in self._boards.values():
            if answer := board.receive(data):
                self._line.say(answer)
        return True
