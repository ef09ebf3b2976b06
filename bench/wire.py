"""From a press to the last byte on the wire of a board, beside what the wire itself needs at 9600 baud.

The wire is a pseudo-terminal, which takes bytes at once: the figure is everything but the wire.
"""

import json
import os
import time
from pathlib import Path

from bench.hubs import Presser, desk_token
from bench.presses import wait_for
from bench.table import Row, milliseconds, percentile
from tests.running_hub import RunningHub

BAUD, BITS_A_BYTE = 9600, 10
PRESSES = 100
PAUSE_S = 0.05  # more than the gap that the line keeps between two frames
CONFIG = """
[hardware]
[[hardware.buses]]
name = "wire"
url = "{url}"
baudrate = 9600
[[hardware.boards]]
name = "counter 1"
counter = 1
bus = "wire"
driver = "frame"
address = 1
look = {{ blink_s = 0 }}
options = {{ preset = "led-485" }}
"""


def press_to_wire(folder: Path) -> list[Row]:
    """The board is an LED-485 on its ASCII protocol: `$001,A012#`."""
    ours, theirs = os.openpty()
    config = folder / "toiluot.toml"
    config.write_text(CONFIG.format(url=os.ttyname(theirs)))
    running = RunningHub(folder, {"config": config}).start()
    try:
        running.desk.ok("POST", "/counters/1/open", json={})
        clerk = Presser(running.port, desk_token(running))
        wait_for(clerk, PRESSES + 5)
        taken: list[float] = []
        size = 0
        for press in range(PRESSES + 5):
            time.sleep(PAUSE_S)
            began = time.monotonic()
            number = json.loads(json.dumps(clerk.post("/api/v1/counters/1/next")))["ticket"]["number"]
            size = _read_until(ours, f"{number}#".encode())
            if press >= 5:
                taken.append(time.monotonic() - began)
    finally:
        running.close()
        os.close(ours)
        os.close(theirs)
    wire = size * BITS_A_BYTE / BAUD
    return [
        Row(
            f"press to the last byte for a board, p{percent}",
            milliseconds(percentile(taken, percent)),
            milliseconds(wire),
        )
        for percent in (50, 99)
    ]


def _read_until(descriptor: int, end: bytes) -> int:
    """Read up to the frame that ends so; gives that frame's size."""
    seen = b""
    while not seen.endswith(end):
        seen += os.read(descriptor, 256)
    return len(seen) - seen.rfind(b"$")
