"""The lines of the boards: how full one can be, and what the troubles of three cost a fourth and the hub.

TOILUOT_BENCH_SECONDS is how long the troubled and the quiet run last, each; 60 if not set.
"""

import http.client
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.hubs import Presser, desk_token
from bench.presses import wait_for
from bench.table import Row, milliseconds, percentile, ratio
from bench.troubles import Troubles
from tests.hardware.full_line import BOARDS, CALLED, GAP_MS, FullLine
from tests.running_hub import RunningHub

PATIENCE_S = 30
FILLS = 3
BLOCK_S = 5.0
PRESS_EVERY_S, ASK_EVERY_S = 0.1, 0.025
OTHERS = (2, 3, 4)
CONFIG = """
[hardware]
[[hardware.buses]]
name = "{name}"
url = "{url}"
[[hardware.boards]]
name = "{name}"
counter = {counter}
bus = "{name}"
driver = "frame"
look = {{ blink_s = {blink_s} }}
options = {{ preset = "led-485", template = {{ text = {{ width = 6 }} }} }}
"""


def bus(folder: Path) -> list[Row]:
    return [*full_line(folder), *neighbours(folder)]


def full_line(folder: Path) -> list[Row]:
    """All boards told at once and ten calls in the same second, without and with the blinking of a call."""
    rows = []
    for blink_s, what in ((0, "without blinking"), (2, "called boards blink")):
        fills = sorted((_fill(folder / f"{what} {n}", blink_s) for n in range(FILLS)), key=lambda fill: fill.ratio)
        rows += fills[FILLS // 2].rows(f"{BOARDS} boards, {len(CALLED)} calls in a second, {what}")
    return rows


@dataclass(frozen=True, slots=True)
class Fill:
    """One full line, in seconds; `least_s` is the physical minimum: bytes, answers and gaps of the necessary frames."""

    took_s: float
    least_s: float
    on_wire_s: float
    oldest_s: float

    @property
    def ratio(self) -> float:
        return self.took_s / self.least_s

    def rows(self, what: str) -> list[Row]:
        taken = milliseconds(self.took_s), milliseconds(self.least_s), ratio(self.took_s, self.least_s)
        use = f"{self.on_wire_s / self.took_s:.0%}"
        return [
            Row(f"{what}: to the last board (the middle of {FILLS})", *taken, "at most 1.15"),
            Row("... share of that time in which the line carries bytes; the rest is gaps", use),
            Row("... oldest number: sent so long after it was replaced", milliseconds(self.oldest_s)),
        ]


def _fill(folder: Path, blink_s: float) -> Fill:
    folder.mkdir()
    with FullLine.running(folder, blink_s) as line:
        line.call_ten(blink_s, PATIENCE_S)
    assert line.stale() == [], "a number went out after it was replaced"
    frames = line.necessary()
    last = frames[-1]
    least = sum(frame.free_at - frame.began + GAP_MS / 1000 for frame in frames[:-1]) + last.ended - last.began
    on_wire = sum(f.free_at - f.began for f in line.far.passed if line.began <= f.began <= last.began)
    return Fill(last.ended - line.began, least, on_wire, line.oldest_s())


@dataclass
class Run:
    """What was measured while the lines were quiet, or troubled; seconds."""

    presses: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)


def neighbours(folder: Path) -> list[Row]:
    """One line stuck, one babbling, one pulled every second, beside a healthy one; quiet blocks in between."""
    seconds = float(os.environ.get("TOILUOT_BENCH_SECONDS", "60"))
    quiet, troubled = Run(), Run()
    with Troubles(folder) as lines, _hub(folder, lines) as running:
        healthy = Presser(running.port, desk_token(running))
        wait_for(healthy, int(2 * seconds / PRESS_EVERY_S + len(OTHERS) * 4 * seconds) + 50)
        _measure(running, healthy, lines, 2.0)
        agent = _child_of(running)
        before = _threads_and_files(agent)
        for _ in range(max(1, round(seconds / BLOCK_S))):
            for run, is_quiet in ((quiet, True), (troubled, False)):
                lines.set_quiet(is_quiet)
                time.sleep(2.5)  # a line that was away is opened again within 2 s
                found = _measure(running, healthy, lines, min(seconds, BLOCK_S))
                run.presses += found.presses
                run.answers += found.answers
        lines.set_quiet(True)
        time.sleep(2.5)
        after = _threads_and_files(agent)
    return _rows(quiet, troubled, before, after)


def _rows(quiet: Run, troubled: Run, before: str, after: str) -> list[Row]:
    def row(what: str, ours: float, floor: float) -> Row:
        return Row(what, milliseconds(ours), milliseconds(floor), ratio(ours, floor), "at most 1.2")

    line = "healthy line beside a stuck, a babbling and a pulled one: press to wire"
    presses = [row(f"{line}, p{p}", percentile(troubled.presses, p), percentile(quiet.presses, p)) for p in (50, 99)]
    answers = [
        row("... the hub's answers meanwhile, p99", percentile(troubled.answers, 99), percentile(quiet.answers, 99)),
        row("... the hub's slowest answer", max(troubled.answers), max(quiet.answers)),
    ]
    return [
        *presses,
        *answers,
        Row("... the agent's threads and open files, after and before", after, before, bar="the same"),
    ]


def _measure(running: RunningHub, healthy: Presser, lines: Troubles, seconds: float) -> Run:
    """Press at the healthy line's counter and wait for its board, while the other clerks press and a page asks."""
    run = Run()
    over = threading.Event()
    crowd = [
        threading.Thread(target=_press_the_others, args=(running, over)),
        threading.Thread(target=_ask, args=(running, over, run.answers)),
    ]
    for thread in crowd:
        thread.start()
    ends = time.monotonic() + seconds
    while (began := time.monotonic()) < ends:
        answer = healthy.post("/api/v1/counters/1/next")
        ticket = answer["ticket"]
        assert isinstance(ticket, dict)
        lines.wait_for(f"{ticket['number']}#".encode())
        run.presses.append(time.monotonic() - began)
        time.sleep(max(0, began + PRESS_EVERY_S - time.monotonic()))
    over.set()
    for thread in crowd:
        thread.join()
    return run


def _press_the_others(running: RunningHub, over: threading.Event) -> None:
    clerk = Presser(running.port, desk_token(running))
    while not over.wait(1):
        for counter in OTHERS:
            clerk.post(f"/api/v1/counters/{counter}/next")


def _ask(running: RunningHub, over: threading.Event, answers: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE_S)
    headers = {"Authorization": f"Bearer {desk_token(running)}"}
    while not over.wait(ASK_EVERY_S):
        began = time.monotonic()
        connection.request("GET", "/api/v1/counters", headers=headers)
        answer = connection.getresponse()
        assert answer.status == 200, answer.read()
        answer.read()
        answers.append(time.monotonic() - began)
    connection.close()


@contextmanager
def _hub(folder: Path, lines: Troubles) -> Iterator[RunningHub]:
    config = folder / "toiluot.toml"
    parts = [
        CONFIG.format(name=name, url=path, counter=counter, blink_s=0 if counter == 1 else 4)
        for counter, (name, path) in enumerate(lines.paths.items(), 1)
    ]
    config.write_text("[hardware]\n" + "".join(part.replace("[hardware]\n", "") for part in parts))
    running = RunningHub(folder, {"config": config}).start()
    try:
        for counter in (1, *OTHERS):
            running.desk.ok("PUT", f"/counters/{counter}/services", json={"own": ["HT"], "help": []})
            if running.desk.ok("GET", "/counters")["counters"][counter - 1]["state"] != "open":
                running.desk.ok("POST", f"/counters/{counter}/open", json={})
        yield running
    finally:
        running.close()


def _child_of(running: RunningHub) -> int:
    """The agent, which the hub starts as its child."""
    assert running.process is not None
    tasks = Path(f"/proc/{running.process.pid}/task").iterdir()
    children = [child for task in tasks for child in (task / "children").read_text().split()]
    agents = [int(pid) for pid in children if b"hardware" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    assert len(agents) == 1, children
    return agents[0]


def _threads_and_files(pid: int) -> str:
    threads = len(list(Path(f"/proc/{pid}/task").iterdir()))
    return f"{threads}, {len(list(Path(f'/proc/{pid}/fd').iterdir()))}"
