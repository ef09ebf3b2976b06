"""Does a call cost more when the hall is full, or the past is long? And how long does a hub take to start?"""

import statistics
import time
from contextlib import ExitStack
from pathlib import Path

from bench import history
from bench.hubs import Presser, desk_token, hub
from bench.presses import wait_for
from bench.table import Row, milliseconds
from tests.running_hub import RunningHub

PAST = 1_000_000
WAITING = (0, 200, 2000)
BLOCK, BLOCKS = 40, 8
NEXT, ISSUE = "/api/v1/counters/1/next", "/api/v1/tickets"


def cost_of_a_call(folder: Path) -> list[Row]:
    """Median time of a press, in blocks taken in turn on each hub, so that they share what the machine does."""
    with ExitStack() as stack:
        hubs: dict[str, Presser] = {}
        for waiting in WAITING:
            hubs[f"{waiting:,} waiting, no past"] = _hall(stack, folder / f"w{waiting}", waiting)
        history.make(_database(folder / "past"), PAST)
        hubs[f"200 waiting, {PAST:,} past tickets"] = _hall(stack, folder / "past", WAITING[1])
        medians = _medians(hubs)
    least = min(medians.values())
    return [
        Row(f"a call with {what}", milliseconds(median), ratio=f"{median / least:.2f}", bar="at most 1.2 of the least")
        for what, median in medians.items()
    ]


def start_to_ready(folder: Path) -> list[Row]:
    """From starting the process to the line that says it listens; the best and the worst of five."""
    database = _database(folder / "past")
    history.make(database, PAST)
    taken: list[float] = []
    for _ in range(5):
        running = RunningHub(database.parent)
        began = time.monotonic()
        running.start()
        running.desk.ok("GET", "/health")
        taken.append(time.monotonic() - began)
        running.close()
    return [
        Row(
            f"start to ready, {PAST:,} past tickets, median of 5",
            f"{statistics.median(taken):.2f} s",
            bar="at most 2 s",
        ),
        Row(f"start to ready, {PAST:,} past tickets, worst of 5", f"{max(taken):.2f} s", bar="at most 2 s"),
    ]


def _database(folder: Path) -> Path:
    folder.mkdir()
    return RunningHub(folder).db


def _hall(stack: ExitStack, folder: Path, waiting: int) -> Presser:
    running = stack.enter_context(hub(folder))
    presser = Presser(running.port, desk_token(running))
    wait_for(presser, waiting)
    return presser


def _medians(hubs: dict[str, Presser]) -> dict[str, float]:
    """Each round takes one number and calls one citizen, so the hall stays as full as it was."""
    taken: dict[str, list[float]] = {what: [] for what in hubs}
    for block in range(BLOCKS + 1):
        for what, presser in hubs.items():
            for _ in range(BLOCK):
                presser.post(ISSUE, {"service": "HT"})
                began = time.monotonic()
                presser.post(NEXT)
                if block:  # the first block warms up
                    taken[what].append(time.monotonic() - began)
    return {what: statistics.median(times) for what, times in taken.items()}
