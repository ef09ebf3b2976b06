"""32 boards of four kinds on one line at 9600 baud, and ten calls within a second."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from hardware.boards.part import build_bus
from hardware.boards.state import BoardState, Kind
from hardware.config import HardwareConfig, check
from hardware.lines.bus import Bus
from hardware.lines.ports import SerialPort
from tests.hardware.throttled import Passed, Throttled

BOARDS: Final = 32
CALLED: Final = (3, 17, 3, 30, 8, 17, 3, 25, 1, 12)
CALL_EVERY_S: Final = 0.1
GAP_MS: Final = 20

KINDS: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("frame", {"preset": "led-485"}),
    ("frame", {"preset": "led-485", "reply": {"expect": "06"}}),
    ("modbus", {"preset": "led-046"}),
    ("modbus", {"preset": "dm56a04"}),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a board is to show from `since` on, monotonic seconds."""

    text: str
    since: float


@dataclass
class FullLine:
    bus: Bus
    far: Throttled
    began: float = 0
    wanted: dict[int, list[Wanted]] = field(default_factory=dict)
    written: list[tuple[float, bytes]] = field(default_factory=list)

    @classmethod
    @contextmanager
    def running(cls, folder: Path, blink_s: float) -> Iterator[Self]:
        config = hall_of(folder / "line", blink_s)
        simulated = {board.address: board.build_driver().simulate() for board in config.boards}
        with Throttled(folder / "line", simulated) as far:
            line = cls(build_bus(config, config.buses[0], lambda: None), far)
            with _logged_writes(line.written):
                line.bus.start()
                try:
                    yield line
                finally:
                    line.bus.stop()

    def call_ten(self, blink_s: float, timeout_s: float) -> None:
        """All boards are told their numbers as after a cut, and ten are called meanwhile; ends when all is right."""
        self._show(1, 0, 0)
        self.far.wait_for({n: "" if n > 1 else "A000" for n in range(1, BOARDS + 1)}, timeout_s)
        time.sleep(0.1)
        self.began = time.monotonic()
        for n in range(1, BOARDS + 1):
            self._show(n, n, 0)
        for nth, n in enumerate(CALLED):
            time.sleep(max(0, self.began + nth * CALL_EVERY_S - time.monotonic()))
            self._show(n, 100 + nth, blink_s)
        self.far.wait_for({n: wanted[-1].text for n, wanted in self.wanted.items()}, timeout_s)

    def necessary(self) -> list[Passed]:
        """The frames that brought a board a number that it had not, up to the last one; without the blinking."""
        seen: dict[int, str] = {}
        found = []
        for passed in self.far.passed:
            if passed.changed_to and seen.get(passed.address) != passed.changed_to:
                seen[passed.address] = passed.changed_to
                found.append(passed)
        return [passed for passed in found if passed.began >= self.began]

    def oldest_s(self) -> float:
        """How long, at most, a number had been replaced already when its frame was handed to the port."""
        return max((at - since for at, _, since in self._replaced()), default=0)

    def stale(self) -> list[float]:
        """When numbers went out that had been replaced before the gap behind the frame ahead of theirs was over."""
        return [at for at, before, since in self._replaced() if since < before]

    def _replaced(self) -> Iterator[tuple[float, float, float]]:
        """Of each frame whose number had been replaced: when it was written, when it could be at best, and replaced."""
        before = self.began
        for (at, data), passed in zip(self.written, self.far.passed, strict=False):
            assert data == passed.data
            if passed.changed_to and (since := self._replaced_at(passed.address, passed.changed_to, at)):
                yield at, before, since
            before = at + len(data) * self.far.character_s + GAP_MS / 1000

    def _replaced_at(self, n: int, text: str, before: float) -> float | None:
        history = [wanted for wanted in self.wanted[n] if wanted.since <= before]
        later = history[max(nth for nth, wanted in enumerate(history) if wanted.text == text) + 1 :]
        return later[0].since if later else None

    def _show(self, n: int, number: int, blink_s: float) -> None:
        text = f"A{number:03}"
        self.wanted.setdefault(n, []).append(Wanted(text, time.monotonic()))
        self.bus.show(name_of(n), BoardState(Kind.NUMBER, text, blink_s))


def name_of(n: int) -> str:
    return f"counter {n}"


def hall_of(port: Path, blink_s: float) -> HardwareConfig:
    boards = []
    for n in range(1, BOARDS + 1):
        driver, options = KINDS[n % len(KINDS)]
        look = {"blink_s": blink_s}
        board = {"name": name_of(n), "counter": n, "bus": "line", "driver": driver, "address": n}
        boards.append(board | {"options": options, "look": look})
    bus = {"name": "line", "url": str(port), "baudrate": 9600, "gap_ms": GAP_MS}
    return check({"buses": [bus], "boards": boards})


@contextmanager
def _logged_writes(log: list[tuple[float, bytes]]) -> Iterator[None]:
    """The moment at which each frame was handed to a port, which the far side cannot know when it is late itself."""
    write = SerialPort.write

    def logged(port: SerialPort, data: bytes) -> None:
        log.append((time.monotonic(), data))
        write(port, data)

    SerialPort.write = logged  # type: ignore[method-assign]
    try:
        yield
    finally:
        SerialPort.write = write  # type: ignore[method-assign]
