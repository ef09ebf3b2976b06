"""The Modbus board played by pymodbus' server on a pseudo-terminal: a slave written by others reads our bytes."""

import asyncio
import os
import select
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import pytest
from lines import PATIENCE_S, Line, Running, a_board, a_bus, configured
from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

from hardware.config import HardwareConfig
from hardware.drivers.modbus_presets import PRESETS
from hardware.health import Condition

Start = Callable[[HardwareConfig], Running]
HOLDING_REGISTERS = 3


class Slave:
    """A board with unit 1 and registers 0 to 2099, as pymodbus understands the standard."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._loop = asyncio.new_event_loop()
        self._listening = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._listening.wait(PATIENCE_S)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._server.shutdown(), self._loop).result(PATIENCE_S)
        self._thread.join()
        self._loop.close()

    def registers(self, first: int, count: int) -> list[int]:
        asked = self._server.async_getValues(1, HOLDING_REGISTERS, first, count)
        return list(asyncio.run_coroutine_threadsafe(asked, self._loop).result(PATIENCE_S))

    async def _serve(self) -> None:
        device = SimDevice(id=1, simdata=[SimData(0, count=2100, values=0, datatype=DataType.REGISTERS)])
        self._server = ModbusSerialServer(device, port=self._path, baudrate=9600, trace_packet=only_unit_1)
        await self._server.serve_forever(background=True)
        self._listening.set()
        await self._server.serving


def only_unit_1(sending: bool, packet: bytes) -> bytes:
    """pymodbus also answers, with an exception, for units that are not there; no real slave does."""
    return b"" if sending and packet[0] != 1 else packet


@contextmanager
def cable(one: Line, other: Line) -> Iterator[None]:
    """What is said on one line is heard on the other."""
    stop = threading.Event()
    ends = {one.far_end: other.far_end, other.far_end: one.far_end}

    def carry() -> None:
        while not stop.is_set():
            ready, _, _ = select.select(list(ends), [], [], 0.05)
            for end in ready:
                os.write(ends[end], os.read(end, 4096))

    thread = threading.Thread(target=carry)
    thread.start()
    yield
    stop.set()
    thread.join()


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    made = Line(tmp_path_factory.mktemp("lines") / "line")
    yield made
    made.unplug()


@pytest.fixture(scope="module")
def slave(line: Line) -> Iterator[Slave]:
    """One for all tests here: pymodbus takes half a second to stop."""
    other_line = Line(line.path.with_name("other-line"))
    with cable(line, other_line), Slave(other_line.path) as made:
        yield made
    other_line.unplug()


IN_THE_REGISTERS = {
    "led-485": (0x70, [0x4130, 0x3132, 0, 0, 0, 0]),
    "led-485-number": (0x88, [12]),
    "led-485-decimal": (0x90, [0, 12]),
    "led-046": (0x70, [0x2020, 0x4130, 0x3132]),
    "led-046-number": (0x00, [12]),
    "led-046-segments": (0x80, [0, 0x773F, 0x065B]),
    "dm56a04": (0x00, [0x41, 0x30, 0x31, 0x32]),
    "dm56a04-number": (0x07, [12]),
    "dm36b06": (0x00, [0x20, 0x20, 0x41, 0x30, 0x31, 0x32]),
    "dm36b06-number": (0x07, [12]),
    "embeddedart": (1000, [0x4130, 0x3132]),
    "embeddedart-line-2": (2000, [0x4130, 0x3132]),
    "clone-056-number": (0x00, [12]),
}


def test_every_register_map_that_is_shipped_is_written_here():
    assert set(IN_THE_REGISTERS) == set(PRESETS)


def test_a_call_is_in_the_boards_registers_and_the_board_says_so(line: Line, slave: Slave, start: Start):
    boards = [
        a_board(preset, "hall", "modbus", options={"preset": preset, "timeout_ms": 2000}) for preset in IN_THE_REGISTERS
    ]
    running = start(configured([a_bus("hall", line.path)], boards))
    # one after the other, for the maps of different makers share registers
    for preset, (first, registers) in IN_THE_REGISTERS.items():
        running.show("hall", preset, "A012")
        running.wait(preset, Condition.SHOWN, "A012")
        assert slave.registers(first, len(registers)) == registers, preset


@pytest.mark.usefixtures("slave")
def test_a_board_without_that_register_refuses_and_the_reason_is_told(line: Line, start: Start):
    options = {"first_register": 2500, "encoding": "int16", "timeout_ms": 2000}
    running = start(configured([a_bus("hall", line.path)], [a_board("one", "hall", "modbus", options=options)]))
    running.show("hall", "one", "12")
    assert running.wait_for_reason("one", "illegal data address").condition is Condition.DOWN


@pytest.mark.usefixtures("slave")
def test_an_address_where_nobody_lives_is_down_and_its_neighbour_is_not(line: Line, start: Start):
    options = {"preset": "led-485", "timeout_ms": 200}
    boards = [a_board(str(unit), "hall", "modbus", address=unit, options=options) for unit in (1, 2)]
    running = start(configured([a_bus("hall", line.path)], boards))
    for unit in ("1", "2"):
        running.show("hall", unit, "A012")
    running.wait("1", Condition.SHOWN, "A012")
    running.wait_for_reason("2", "no answer")
