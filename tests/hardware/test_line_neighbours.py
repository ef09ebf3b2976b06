"""Three lines in trouble, one that is well, and nothing left behind at the end. What it costs, `make bench` says."""

import threading
import time
from pathlib import Path
from queue import SimpleQueue

import pytest
from lines import PATIENCE_S, Babble, Line, Running, a_board, a_bus, configured

from hardware.boards.part import Boards
from hardware.boards.state import BoardState, Kind
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


def test_all_lines_are_told_to_end_before_the_first_is_waited_for(lines: dict[str, Line]):
    """Each line is busy until the other is told to end, or for 3 s."""
    names = ("healthy", "pulled")
    buses = [a_bus(name, lines[name].path) for name in names]
    boards = Boards(configured(buses, [a_board(name, name) for name in names]), NoHub())
    boards.start()
    begun: SimpleQueue[None] = SimpleQueue()
    ended: SimpleQueue[bool] = SimpleQueue()

    def busy_until_the_end_of(name: str) -> None:
        begun.put(None)
        ended.put(boards.buses[name]._stopping.wait(3))

    for name, other in (names, names[::-1]):
        boards.tell(name, name, BoardState(Kind.NUMBER, "A001"))
        lines[name].hear(b"A001#")
        work = (lambda _port, _config, other=other: busy_until_the_end_of(other), 10)
        threading.Thread(target=boards.buses[name].run, args=work).start()
        begun.get(timeout=PATIENCE_S)
    boards.stop()
    assert [ended.get(timeout=PATIENCE_S) for _ in names] == [True, True]
    for line in lines.values():
        line.unplug()


class NoHub:
    def send(self, message: str, data: object) -> None:
        raise AssertionError(f"{message} {data}: nobody asked")

    def health_changed(self) -> None:
        """Nobody is told."""


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


def _threads_and_files() -> tuple[list[str], int]:
    return sorted(thread.name for thread in threading.enumerate()), len(list(Path("/proc/self/fd").iterdir()))
