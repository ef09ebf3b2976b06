"""What a thousand waiting phones cost the screens of the hall: presses with none and with all of them, in turn.

The phones live in a process of their own and wait in the service whose numbers are called, so that each press changes
what every one of them shows.
"""

import os
import selectors
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

from bench.hubs import Presser, desk_token, hub, token_of
from bench.presses import NEXT, SCREENS, pair, resident_mb, timed, wait_for
from bench.screens import Screen, Screens, connect
from bench.table import Row

PHONES = 1000
BLOCK, ROUNDS = 100, 10
PAUSE_S = 0.02  # between two presses: the phones are told once a second, so a block must last some seconds
SETTLE_S = 3.0  # a thousand phones that come, or go, in one instant are another matter than a thousand that wait
BAR = "at most 1.10"


def thousand_phones(folder: Path) -> list[Row]:
    """Blocks of presses without phones and with them in turn; 200 screens hear each."""
    alone: list[float] = []
    among: list[float] = []
    with hub(folder / "hub") as running:
        clerk = Presser(running.port, desk_token(running))
        wait_for(clerk, BLOCK * ROUNDS * 2 + 40)
        tickets = [str(clerk.post("/api/v1/tickets", {"service": "HT"})["id"]) for _ in range(PHONES)]
        with Screens(running.port, token_of(running, "display"), count=SCREENS) as hall:
            timed(clerk, NEXT.format(1), hall, 20)
            for _ in range(ROUNDS):
                alone += _paced(clerk, hall)
                with Phones(running.port, tickets) as phones:
                    among += _paced(clerk, hall)
                    heard = phones.heard()
                    memory = resident_mb(running.process.pid if running.process else 0)
    return [
        Row(
            f"press to the last of {SCREENS} screens, p50: {PHONES} phones beside none",
            *pair(among, alone, 50),
            bar=BAR,
        ),
        Row(
            f"press to the last of {SCREENS} screens, p99: {PHONES} phones beside none",
            *pair(among, alone, 99),
            bar=BAR,
        ),
        Row(f"phones of {PHONES} that were told meanwhile", str(heard)),
        Row(f"memory of the hub with {PHONES} phones", f"{memory:.0f} MB"),
    ]


def _paced(clerk: Presser, hall: Screens) -> list[float]:
    """Seconds from each press to the last screen."""
    time.sleep(SETTLE_S)
    taken = []
    for _ in range(BLOCK):
        time.sleep(PAUSE_S)
        taken += timed(clerk, NEXT.format(1), hall, 1)
    return taken


class Phones:
    """A phone for each ticket, joined when the block is entered and gone when it is left."""

    def __init__(self, port: int, tickets: list[str]) -> None:
        context = get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=follow, args=(port, tickets, theirs), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        assert self._line.poll(120), "the phones did not all join within two minutes"
        assert self._line.recv() == "joined"
        return self

    def __exit__(self, *_exc: object) -> None:
        self._process.kill()
        self._process.join()

    def heard(self) -> int:
        """How many phones were told something since they joined."""
        self._line.send("heard?")
        count: int = self._line.recv()
        return count


def follow(port: int, tickets: list[str], line: Connection) -> None:
    """The process: join, answer what must be answered, and count who hears something.

    In life no phone takes time of the hub's machine: this one takes what others leave.
    """
    # A thousand phones are a thousand machines: they take no time from this one that a press could have used.
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    chooser = selectors.DefaultSelector()
    heard: set[str] = set()
    joined: set[str] = set()
    for ticket in tickets:
        screen = connect(port, "")
        chooser.register(screen.sock, selectors.EVENT_READ, (ticket, screen))
    chooser.register(line, selectors.EVENT_READ, None)
    while True:
        for key, _ in chooser.select():
            if key.data is None:
                line.recv()
                line.send(len(heard))
                continue
            ticket, screen = key.data
            screen.pending += screen.sock.recv(65536)
            for frame in screen.frames():
                _answer(ticket, screen, frame, joined, heard)
            if len(joined) == len(tickets):
                line.send("joined")
                joined.add("all said")


def _answer(ticket: str, screen: Screen, frame: bytes, joined: set[str], heard: set[str]) -> None:
    if frame == b"2":
        screen.send(b"3")
    elif frame.startswith(b"40"):
        screen.send(b'42["join",{"room":"ticket:%s","together":true}]' % ticket.encode())
    elif frame.startswith(b'42["snapshot"'):
        joined.add(ticket)
    elif frame.startswith(b'42["forecast"'):
        heard.add(ticket)
