from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lines import Line, Running

from hardware.config import HardwareConfig


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    made = Line(tmp_path / "line")
    yield made
    made.unplug()


@pytest.fixture
def other_line(tmp_path: Path) -> Iterator[Line]:
    made = Line(tmp_path / "other-line")
    yield made
    made.unplug()


@pytest.fixture
def start() -> Iterator[Callable[[HardwareConfig], Running]]:
    started: list[Running] = []

    def run(config: HardwareConfig) -> Running:
        started.append(Running(config))
        return started[-1]

    yield run
    for running in started:
        running.stop()
