"""Pseudo-terminals that stand in for serial lines. They know no baud rate, no parity and no direction of RS-485."""

import os
import select
import termios
import threading
import tty
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Self

from hardware.boards.part import build_bus
from hardware.boards.state import BoardState, Kind
from hardware.config import HardwareConfig, check
from hardware.health import BoardHealth, Condition
from hardware.lines.occupants import Companion

PATIENCE_S = 10


class Line:
    """A line at `path`, a link as /dev/serial/by-path has them; the test is what hangs at its other end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.plug_in()

    def plug_in(self) -> None:
        self._master, self._slave = os.openpty()
        self._ends = [self._master, self._slave]
        tty.setraw(self._slave)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(self._slave))
        self.heard = b""

    @property
    def far_end(self) -> int:
        """The descriptor for who hangs there without a test around it."""
        return self._master

    def unplug(self) -> None:
        self.path.unlink(missing_ok=True)
        while self._ends:
            os.close(self._ends.pop())

    def hear(self, wanted: bytes) -> bytes:
        """All that has come since plugging in, once it has `wanted` in it."""
        return self.hear_until(lambda: wanted in self.heard)

    def hear_until(self, complete: Callable[[], bool]) -> bytes:
        ends = monotonic() + PATIENCE_S
        while not complete():
            ready, _, _ = select.select([self._master], [], [], max(0, ends - monotonic()))
            assert ready, f"only {self.heard.hex(' ')} was heard"
            self.heard += os.read(self._master, 4096)
        return self.heard

    def say(self, data: bytes) -> None:
        os.write(self._master, data)

    def clog(self) -> None:
        """As a device that holds its flow control: nothing more is taken."""
        termios.tcflow(self._slave, termios.TCOOFF)

    def unclog(self) -> None:
        termios.tcflow(self._slave, termios.TCOON)


class Babble:
    """Endless noise on a line's input, from a thread, as fast as the line takes it."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> None:
        os.set_blocking(self._line._master, False)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        os.set_blocking(self._line._master, True)

    def _run(self) -> None:
        while not self._stop.is_set():
            _, ready, _ = select.select([], [self._line._master], [], 0.05)
            if ready:
                try:
                    self._line.say(b"U" * 512)
                except BlockingIOError:
                    continue


class Running:
    """Buses that run for one test, and their health to wait for."""

    def __init__(self, config: HardwareConfig, companions: Mapping[str, Sequence[Companion]] | None = None) -> None:
        self._news = threading.Condition()
        self.buses = {
            bus.name: build_bus(config, bus, self._tell, (companions or {}).get(bus.name, ())) for bus in config.buses
        }
        for bus in self.buses.values():
            bus.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _tell(self) -> None:
        with self._news:
            self._news.notify_all()

    def show(self, bus: str, board: str, text: str, blink_s: float = 0) -> None:
        self.buses[bus].show(board, BoardState(Kind.NUMBER, text, blink_s))

    def health(self, board: str) -> BoardHealth:
        return next(h for bus in self.buses.values() for h in bus.health() if h.name == board)

    def wait(self, board: str, condition: Condition, shown: str | None = None) -> BoardHealth:
        def reached() -> bool:
            health = self.health(board)
            return health.condition is condition and (shown is None or health.shown == shown)

        with self._news:
            assert self._news.wait_for(reached, PATIENCE_S), self.health(board)
        return self.health(board)

    def wait_for_reason(self, board: str, words: str) -> BoardHealth:
        with self._news:
            heard = self._news.wait_for(lambda: words in self.health(board).reason.detail, PATIENCE_S)
        assert heard, self.health(board)
        return self.health(board)

    def stop(self) -> None:
        for bus in self.buses.values():
            bus.stop()
            assert not bus._thread.is_alive()


def a_bus(name: str, url: object, **settings: object) -> dict[str, object]:
    return {"name": name, "url": str(url), "gap_ms": 5} | settings


def a_board(name: str, bus: str, driver: str = "frame", **settings: object) -> dict[str, object]:
    standard = {"counter": 1, "driver": driver, "options": {"preset": "led-485"}}
    return {"name": name, "bus": bus} | standard | settings


def configured(buses: list[dict[str, object]], boards: list[dict[str, object]], **settings: object) -> HardwareConfig:
    return check({"buses": buses, "boards": boards} | settings)
