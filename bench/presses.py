"""From a press to the last of 200 screens; calls in a second."""

import threading
import time
from pathlib import Path

from bench.hubs import Presser, desk_token, floor, hub, token_of
from bench.screens import Screens
from bench.table import Row, milliseconds, percentile, ratio

SCREENS = 200
BLOCK, BLOCKS = 40, 8
CLERKS, SECONDS = 8, 5.0
NEXT = "/api/v1/counters/{}/next"


def press_to_screens(folder: Path) -> list[Row]:
    """Blocks of presses on the hub and on the floor in turn, 200 screens on each."""
    ours: list[float] = []
    theirs: list[float] = []
    with floor(folder) as bare, hub(folder / "hub") as running:
        token = token_of(running, "display")
        clerk, barest = Presser(running.port, desk_token(running)), Presser(bare)
        wait_for(clerk, BLOCK * BLOCKS + 20)
        with Screens(running.port, token, count=SCREENS) as hall, Screens(bare, count=SCREENS) as others:
            memory = resident_mb(running.process.pid if running.process else 0)
            timed(clerk, NEXT.format(1), hall, 10)
            timed(barest, "/press/1", others, 10)
            for _ in range(BLOCKS):
                ours += timed(clerk, NEXT.format(1), hall, BLOCK)
                theirs += timed(barest, "/press/1", others, BLOCK)
    return [
        Row(f"press to the last of {SCREENS} screens, p50", *pair(ours, theirs, 50), bar="at most 1.5"),
        Row(f"press to the last of {SCREENS} screens, p99", *pair(ours, theirs, 99), bar="at most 1.5"),
        Row(f"memory of the hub with {SCREENS} screens", f"{memory:.0f} MB"),
    ]


def pair(ours: list[float], theirs: list[float], percent: int) -> tuple[str, str, str]:
    mine, floor_ = percentile(ours, percent), percentile(theirs, percent)
    return milliseconds(mine), milliseconds(floor_), ratio(mine, floor_)


def timed(presser: Presser, path: str, screens: Screens, times: int) -> list[float]:
    """Seconds from each press to the moment when the last screen had it."""
    taken: list[float] = []
    for _ in range(times):
        began = time.monotonic()
        presser.post(path)
        taken.append(screens.all_had_it() - began)
    return taken


def calls_a_second(folder: Path) -> list[Row]:
    """Eight clerks in a closed loop, no screens, on the hub and on the floor in turn."""
    with floor(folder) as bare, hub(folder / "hub") as running:
        kiosk = Presser(running.port, desk_token(running))
        ours = theirs = 0.0
        for _ in range(3):
            wait_for(kiosk, 2500)
            token = desk_token(running)
            ours = max(ours, closed_loop([Presser(running.port, token) for _ in range(CLERKS)], NEXT))
            theirs = max(theirs, closed_loop([Presser(bare) for _ in range(CLERKS)], "/press/{}"))
    return [
        Row(
            f"calls a second, {CLERKS} clerks in a closed loop",
            f"{ours:.0f}",
            f"{theirs:.0f}",
            ratio(ours, theirs),
            bar="at least 0.5",
        )
    ]


def closed_loop(clerks: list[Presser], path: str) -> float:
    """Presses a second of all clerks together, each pressing again as soon as the answer is there."""
    until = time.monotonic() + SECONDS

    def press(clerk: Presser, number: int) -> None:
        while time.monotonic() < until:
            clerk.post(path.format(number))

    hands = [threading.Thread(target=press, args=(clerk, n)) for n, clerk in enumerate(clerks, 1)]
    began = time.monotonic()
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return sum(clerk.count for clerk in clerks) / (time.monotonic() - began)


def wait_for(kiosk: Presser, people: int) -> None:
    """Fill the hall."""
    for _ in range(people):
        kiosk.post("/api/v1/tickets", {"service": "HT"})


def resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    kilobytes = next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]
    return int(kilobytes) / 1024
