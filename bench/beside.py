"""What looking ahead costs: those who press, while it works, and the machine, for one advice.

Every clerk is at work and some 60 people wait, most of them for one service, so each minute there is much to weigh. The
hub's clock is fast: moves are weighed in every round, not once a minute.
"""

import os
import signal
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app.foresight import Beside
from app.planning import wire
from bench.hubs import Presser, desk_token, token_of
from bench.presses import BLOCK, NEXT, SCREENS, timed
from bench.screens import Screens
from bench.table import Row, milliseconds, percentile, ratio
from tests.running_hub import RunningHub

WAITING = 60
SERVICES = ("HT", "CT", "DD", "XD")
RATE = 60.0
MINUTE_MS = 60_000
ROUNDS = 20
BLOCKS = 20  # for a p99 that is more than three presses


def looking_ahead(folder: Path) -> list[Row]:
    """A process alone; then blocks of presses on one hub, its process at work and held in turn."""
    with crowded(folder / "hub") as running:
        process = _process_beside(running)
        with _held(process):
            alone = _alone(running)
        working, held = _presses(running, process)
    return [
        *(
            Row(
                f"press to the last of {SCREENS} screens, p{percent}: advice at work (hub), held (floor)",
                milliseconds(percentile(working, percent)),
                milliseconds(percentile(held, percent)),
                ratio(percentile(working, percent), percentile(held, percent)),
            )
            for percent in (50, 99)
        ),
        *alone,
    ]


def _presses(running: RunningHub, process: int) -> tuple[list[float], list[float]]:
    working: list[float] = []
    held: list[float] = []
    clerk = Presser(running.port, desk_token(running))
    with Screens(running.port, token_of(running, "display"), count=SCREENS) as hall:
        _block(clerk, hall, 10)
        for _ in range(BLOCKS):
            working += _block(clerk, hall, BLOCK)
            with _held(process):
                held += _block(clerk, hall, BLOCK)
    return working, held


def _block(clerk: Presser, screens: Screens, presses: int) -> list[float]:
    """As many come as are called."""
    taken: list[float] = []
    for _ in range(presses):
        clerk.post("/api/v1/tickets", {"service": "HT"})
        taken += timed(clerk, NEXT.format(1), screens, 1)
    return taken


@contextmanager
def _held(process: int) -> Iterator[None]:
    os.kill(process, signal.SIGSTOP)
    yield
    os.kill(process, signal.SIGCONT)


def _process_beside(running: RunningHub) -> int:
    """Once it has given its first advice."""
    while running.desk.ok("GET", "/advice")["state"] != "ready":
        time.sleep(0.1)
    assert running.process is not None
    tasks = Path(f"/proc/{running.process.pid}/task").iterdir()
    children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return next(pid for pid in children if b"app.planning.beside" in Path(f"/proc/{pid}/cmdline").read_bytes())


def _alone(running: RunningHub) -> list[Row]:
    """A process that is asked again and again, each time a minute later, so that it weighs moves each time."""
    hall = running.desk.ok("GET", "/hall")
    now = round(datetime.fromisoformat(hall["now"]).timestamp() * 1000)
    beside = Beside(running.db)
    given, taken = 0, []
    for n in range(ROUNDS):
        began = time.monotonic()
        given += bool(beside.ask(wire.Question(now + n * MINUTE_MS, hall["seq"])).advice)
        taken.append(time.monotonic() - began)
    memory = _most_mb(beside.process.pid)
    beside.end()
    weighed = taken[1:]  # the first starts the process and loads the hall
    return [
        Row(
            f"one advice with {WAITING} waiting, median (advice given {given} of {ROUNDS} times)",
            milliseconds(statistics.median(weighed)),
        ),
        Row("its slowest", milliseconds(max(weighed))),
        Row("start of the process to its first answer", milliseconds(taken[0])),
        Row("memory of the process, at most", f"{memory:.0f} MB"),
    ]


def _most_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


@contextmanager
def crowded(folder: Path) -> Iterator[RunningHub]:
    folder.mkdir(parents=True)
    running = RunningHub(folder, {"clock_rate": RATE, "foresight": True}).start()
    try:
        furnish(running)
        yield running
    finally:
        running.close()


def furnish(running: RunningHub) -> None:
    """Counters 1 to 8: a service for each pair of clerks, all of whom are able to do all four."""
    for number in range(1, 9):
        name = f"clerk-{number}"
        running.make_person(name, "clerk")
        own = SERVICES[(number - 1) // 2]
        running.desk.ok("PUT", f"/people/{name}/skills", json={"services": SERVICES})
        running.desk.ok("PUT", f"/counters/{number}/services", json={"own": [own], "help": []})
        running.desk.ok("POST", f"/counters/{number}/open", json={"clerk": name})
    desk = Presser(running.port, desk_token(running))
    for n in range(WAITING):
        desk.post("/api/v1/tickets", {"service": SERVICES[0] if n % 3 else SERVICES[n % 4]})
    for number in range(2, 9):
        desk.post(NEXT.format(number))
