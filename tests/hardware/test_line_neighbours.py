"""Three lines in trouble, one that is well, and nothing left behind at the end. What it costs, `make bench` says."""

import threading
import time
from pathlib import Path

import pytest
from lines import Babble, Line, Running, a_board, a_bus, configured

from hardware.health import Condition

NAMES = ("healthy", "stuck", "babbling", "pulled")
PRESSES, PULLS = 20, 3


@pytest.fixture
def lines(tmp_path: Path) -> dict[str, Line]:
    return {name: Line(tmp_path / name) for name in NAMES}


def test_the_healthy_line_goes_on_and_no_thread_or_file_is_left(lines: dict[str, Line]):
    before = _threads_and_files()
    buses = [a_bus(name, line.path, write_timeout_s=0.2) for name, line in lines.items()]
    kinds = {"babbling": "modbus"}
    boards = [a_board(name, name, kinds.get(name, "frame")) for name in NAMES]
    lines["stuck"].clog()
    with Running(configured(buses, boards)) as running, Babble(lines["babbling"]), Pulled(lines["pulled"]):
        for press in range(PRESSES):
            for name in NAMES:
                running.show(name, name, f"A{press:03}", blink_s=0)
            assert lines["healthy"].hear(f"A{press:03}#".encode()).endswith(f"$001,A{press:03}#".encode())
            # as long as it takes to pull a line a few times, the healthy one is at work
            time.sleep(PULLS * Pulled.EVERY_S / PRESSES)
        running.wait("healthy", Condition.SENT, f"A{PRESSES - 1:03}")
        assert running.health("stuck").condition is Condition.DOWN
        assert running.health("babbling").condition is Condition.DOWN
    assert _threads_and_files() == before
    for line in lines.values():
        line.unplug()


class Pulled:
    """A line that is pulled and plugged in again, over and over; plugged in at the end."""

    EVERY_S = 0.6

    def __init__(self, line: Line) -> None:
        self._line = line
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._line.unplug()
            self._stop.wait(self.EVERY_S / 2)
            self._line.plug_in()
            self._stop.wait(self.EVERY_S / 2)


def _threads_and_files() -> tuple[set[str], int]:
    return {thread.name for thread in threading.enumerate()}, len(list(Path("/proc/self/fd").iterdir()))
