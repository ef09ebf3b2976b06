"""The simulated Modbus board on a pseudo-terminal, spoken to by mbpoll (libmodbus): a master that others made."""

import os
import select
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from boards import board
from lines import Line

from hardware.drivers.base import SimulatedBoard


@contextmanager
def living_on(line: Line, simulated: SimulatedBoard) -> Iterator[None]:
    stop = threading.Event()

    def live() -> None:
        while not stop.is_set():
            ready, _, _ = select.select([line.far_end], [], [], 0.05)
            if ready:
                line.say(simulated.receive(os.read(line.far_end, 4096)))

    thread = threading.Thread(target=live)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def mbpoll(line: Line, register: int, *values: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("mbpoll")
    if program is None:
        pytest.fail("mbpoll is not installed; on Debian or Ubuntu: apt-get install mbpoll")
    how = ["-m", "rtu", "-a", "1", "-b", "9600", "-P", "none", "-0", "-1", "-o", "2", "-t", "4:hex"]
    many = [] if values else ["-c", "1"]
    command = [program, *how, "-r", str(register), *many, str(line.path), *values]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def test_mbpoll_writes_a_number_and_reads_it_back(line: Line):
    simulated = board("modbus", "led-046").simulate()
    with living_on(line, simulated):
        written = mbpoll(line, 0x70, "0x2020", "0x4130", "0x3132")
        assert written.returncode == 0, written.stdout + written.stderr
        assert simulated.shown == "A012"
        assert "0x4130" in mbpoll(line, 0x71).stdout
        refused = mbpoll(line, 0x20)
        assert "Illegal data address" in refused.stdout + refused.stderr


def test_mbpoll_writes_one_register(line: Line):
    simulated = board("modbus", "led-046-number").simulate()
    with living_on(line, simulated):
        assert mbpoll(line, 0, "0x000C").returncode == 0
        assert simulated.shown == "12"
