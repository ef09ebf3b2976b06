"""Whether a flood at the door is felt in the hall: a kiosk gives numbers, alone and among 10,000 wishes a minute."""

import http.client
import time
from collections import Counter
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from bench.hubs import Presser, hub, token_of
from bench.table import Row, milliseconds, percentile, ratio

FLOOD, FLOOD_S = 10_000, 60.0
ADDRESSES = [f"127.0.0.{last}" for last in range(2, 7)]
PRESSES, PAUSE_S = 500, 0.12
BAR = "none fails"


def flood_at_the_door(folder: Path) -> list[Row]:
    """Five addresses ask for numbers from home, evenly over a minute, while a kiosk issues one after the other.

    It is measured alone before and after: what else the machine does changes from minute to minute.
    """
    with hub(folder / "hub") as running:
        settings = running.admin.ok("GET", "/settings")
        always = {"home_numbers": True, "home_from": "00:00", "home_until": "23:59"}
        running.admin.ok("PUT", "/settings", json={**settings, **always})
        kiosk = Presser(running.port, token_of(running, "kiosk"))
        _issue(kiosk, 20)
        alone = _issue(kiosk, PRESSES // 2)
        line, theirs = get_context("spawn").Pipe()
        process = get_context("spawn").Process(target=flood, args=(running.port, theirs), daemon=True)
        process.start()
        assert line.recv() == "begun"
        among = _issue(kiosk, PRESSES)
        told, taken_s = line.recv()
        process.join()
        alone += _issue(kiosk, PRESSES // 2)
    asked = sum(told.values())
    return [
        *(
            Row(f"a number at the kiosk, p{each}: in a flood beside none", *_pair(among, alone, each))
            for each in (50, 99)
        ),
        Row(f"numbers at the kiosk in the flood, of {PRESSES}", str(len(among)), bar=BAR),
        Row(f"wishes from 5 addresses in {taken_s:.0f} s", f"{asked}, of them let in {asked - told[429]}"),
    ]


def _pair(ours: list[float], floor: list[float], percent: int) -> tuple[str, str, str]:
    one, other = percentile(ours, percent), percentile(floor, percent)
    return milliseconds(one), milliseconds(other), ratio(one, other)


def _issue(kiosk: Presser, count: int) -> list[float]:
    """Seconds for each number; one that is refused ends the benchmark."""
    taken = []
    for _ in range(count):
        time.sleep(PAUSE_S)
        began = time.perf_counter()
        kiosk.post("/api/v1/tickets", {"service": "HT"})
        taken.append(time.perf_counter() - began)
    return taken


def flood(port: int, line: Connection) -> None:
    """The process: one line for each address, a wish whenever one is due."""
    lines = [http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(each, 0)) for each in ADDRESSES]
    told: Counter[int] = Counter()
    line.send("begun")
    began = time.perf_counter()
    for number in range(FLOOD):
        time.sleep(max(0.0, began + number * FLOOD_S / FLOOD - time.perf_counter()))
        connection = lines[number % len(lines)]
        connection.request("POST", "/api/v1/home", '{"service": "CT"}', {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        told[answer.status] += 1
    line.send((told, time.perf_counter() - began))
