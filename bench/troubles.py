"""Four lines, of which three can be made to misbehave: one takes nothing, one babbles, one is pulled every second."""

import os
import select
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.hardware.lines import Line

TURN_S = 0.01
NOISE = b"U" * 115
"""Each turn: the most that a line of 115200 baud can bring."""
PLUGGED_S = 0.5
PATIENCE_S = 30


class Troubles:
    """One thread does what hangs at the far ends; quiet at first, when all that comes is read and thrown away."""

    def __init__(self, folder: Path) -> None:
        self.paths = {name: folder / name for name in ("healthy", "stuck", "babbling", "pulled")}
        self._lines = {name: Line(path) for name, path in self.paths.items()}
        for line in self._lines.values():
            os.set_blocking(line.far_end, False)
        self._wants_quiet = self._is_quiet = True
        self._is_plugged = True
        self._turn_plug_at = 0.0
        self._stopping = False
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopping = True
        self._thread.join()
        for line in self._lines.values():
            line.unplug()

    def set_quiet(self, quiet: bool) -> None:
        self._wants_quiet = quiet

    def wait_for(self, end: bytes) -> None:
        """Until the healthy line has brought a frame that ends so."""
        line, seen, ends = self._lines["healthy"], b"", time.monotonic() + PATIENCE_S
        while end not in seen:
            ready, _, _ = select.select([line.far_end], [], [], max(0, ends - time.monotonic()))
            assert ready, f"the healthy line did not bring {end!r}"
            seen += os.read(line.far_end, 256)

    def _run(self) -> None:
        while not self._stopping:
            if self._is_quiet is not self._wants_quiet:
                self._turn()
            if not self._is_quiet:
                self._babble()
                self._pull_or_plug(time.monotonic())
            self._drain("babbling")
            if self._is_plugged:
                self._drain("pulled")
            if self._is_quiet:
                self._drain("stuck")
            time.sleep(TURN_S)

    def _turn(self) -> None:
        self._is_quiet = self._wants_quiet
        if self._is_quiet:
            self._lines["stuck"].unclog()
            if not self._is_plugged:
                self._pull_or_plug(time.monotonic() + PLUGGED_S)
        else:
            self._lines["stuck"].clog()

    def _babble(self) -> None:
        try:
            os.write(self._lines["babbling"].far_end, NOISE)
        except BlockingIOError:
            return  # full: nobody reads for the moment

    def _pull_or_plug(self, now: float) -> None:
        if now < self._turn_plug_at:
            return
        line = self._lines["pulled"]
        if self._is_plugged:
            line.unplug()
        else:
            line.plug_in()
            os.set_blocking(line.far_end, False)
        self._is_plugged = not self._is_plugged
        self._turn_plug_at = now + PLUGGED_S

    def _drain(self, name: str) -> None:
        try:
            while os.read(self._lines[name].far_end, 4096):
                pass
        except BlockingIOError:
            return  # empty
