"""From the last byte of a key on a pad's line to the last byte of its lamp's answer: the agent, the hub, and back.

The line is a pseudo-terminal, which takes bytes at once: the figure is everything but the wire.
"""

import os
import select
import time
import tty
from pathlib import Path

from bench.hubs import Presser, desk_token
from bench.presses import wait_for
from bench.table import Row, milliseconds, percentile
from hardware.keypads.qsystem import Code, lamp_frame
from tests.running_hub import RunningHub

BAUD, BITS_A_BYTE = 57_600, 10
ADDRESS = 0x25
KEY = bytes([0x01, ADDRESS, 0x31, 0x07])
ACCEPTED = lamp_frame(ADDRESS, Code.GREEN_BEEP)
PRESSES = 100
WARM_UP = 5
PAUSE_S = 0.05  # more than the gap that the line keeps between two frames
PATIENCE_S = 20
BAR_MS = 200
CONFIG = """
[hardware]
[[hardware.buses]]
name = "desks"
url = "{url}"
baudrate = {baud}
[[hardware.keypads]]
name = "pad 1"
counter = 1
driver = "qsystem"
bus = "desks"
address = {address}
debounce_ms = 0
"""

SILENT = """
[[hardware.boards]]
name = "dead"
counter = 1
bus = "desks"
driver = "am03127"
address = 1
"""
"""Its answer is waited for a whole second."""


def press_to_lamp(folder: Path) -> list[Row]:
    """Each press calls the next citizen; a counter whose presses count however quick."""
    return [
        *_rows(folder / "alone", "key of a pad to its lamp's answer", CONFIG),
        *_rows(folder / "shared", "... beside a board that gives no answer, and is told each number", CONFIG + SILENT),
    ]


def _rows(folder: Path, what: str, text: str) -> list[Row]:
    folder.mkdir()
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    config = folder / "toiluot.toml"
    config.write_text(text.format(url=os.ttyname(theirs), baud=BAUD, address=ADDRESS))
    running = RunningHub(folder, {"config": config}).start()
    try:
        running.desk.ok("POST", "/counters/1/open", json={})
        settings = running.desk.ok("GET", "/settings")
        running.admin.ok("PUT", "/settings", json=settings | {"double_press_ms": 0})
        wait_for(Presser(running.port, desk_token(running)), PRESSES + WARM_UP)
        _read_until(ours, lamp_frame(ADDRESS, Code.OFF))
        taken = [_press(ours) for _ in range(PRESSES + WARM_UP)][WARM_UP:]
    finally:
        running.close()
        os.close(ours)
        os.close(theirs)
    wire = (len(KEY) + len(ACCEPTED)) * BITS_A_BYTE / BAUD
    return [
        Row(
            f"{what}, p{percent}",
            milliseconds(percentile(taken, percent)),
            milliseconds(wire),
            bar=f"at most {BAR_MS} ms",
        )
        for percent in (50, 99)
    ]


def _press(line: int) -> float:
    """Seconds until the lamp is told that somebody was called."""
    time.sleep(PAUSE_S)
    began = time.monotonic()
    os.write(line, KEY)
    _read_until(line, ACCEPTED)
    return time.monotonic() - began


def _read_until(line: int, wanted: bytes) -> None:
    seen = b""
    while wanted not in seen:
        ready, _, _ = select.select([line], [], [], PATIENCE_S)
        assert ready, f"only {seen.hex(' ')} came"
        seen += os.read(line, 256)
