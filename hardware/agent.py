"""The agent: follows the hub's feed, turns counters into board states, tells the hub how the boards are."""

from __future__ import annotations

import logging
import os
import queue
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from hardware.boards.state import board_state, offline_state
from hardware.hall import Event, Followed, Hall, Snapshot
from hardware.lines.bus import Bus
from hardware.link import Heard, Link

if TYPE_CHECKING:
    from hardware.config import HardwareConfig
    from hardware.health import BoardHealth

log = logging.getLogger(__name__)

REJOIN_S: Final = 5.0
"""How long to wait before asking again, when joining was refused or brought nothing that can be read."""

HEALTH_PAUSE_S: Final = 0.2
"""Shortest time between two reports: many boards that change at once make one."""


class Agent:
    """Takes every decision in the thread of `run`, one message at a time; buses and link have their own threads."""

    def __init__(self, config: HardwareConfig) -> None:
        now = time.monotonic()
        self.config = config
        self._inbox: queue.SimpleQueue[Heard] = queue.SimpleQueue()
        self._link = Link(config.hub, config.token, self._inbox)
        self.buses = {bus.name: Bus(bus, config.boards_of(bus), self._health_changed) for bus in config.buses}
        self._hall: Hall | None = None
        self._joined = False
        self._offline_at = now + config.offline_after_s
        self._rejoin_at = float("inf")
        self._report_at = now
        self._stopping = threading.Event()

    def run(self) -> None:
        """Work until `stop`."""
        for bus in self.buses.values():
            bus.start()
        self._link.start()
        try:
            while not self._stopping.is_set():
                self._step()
        finally:
            self._link.stop()
            for bus in self.buses.values():
                bus.stop()

    def stop(self) -> None:
        """May be called from any thread, and from a signal handler."""
        self._stopping.set()
        self._inbox.put(Heard("stop"))

    def health(self) -> list[BoardHealth]:
        return [board for bus in self.buses.values() for board in bus.health()]

    def _step(self) -> None:
        """Wait for one message, or for the next thing that is due by time."""
        due = min(self._offline_at, self._rejoin_at, self._report_at if self._joined else float("inf"))
        try:
            heard = self._inbox.get(timeout=min(max(0, due - time.monotonic()), 3600))
        except queue.Empty:
            heard = None
        if heard is not None:
            self._take(heard)
        self._do_what_is_due(time.monotonic())

    def _take(self, heard: Heard) -> None:
        try:
            if heard.what == "snapshot":
                self._on_snapshot(Snapshot.model_validate(heard.data))
            elif heard.what == "event":
                self._on_event(Event.model_validate(heard.data))
            elif heard.what == "refused":
                self._on_refused(heard.data)
            elif heard.what == "lost":
                self._on_lost()
            elif heard.what == "health":
                self._report_at = min(self._report_at, time.monotonic() + HEALTH_PAUSE_S)
        except ValidationError as error:
            log.error("the hub sent a %s that is not as docs/feed.md has it: %s", heard.what, error)  # noqa: TRY400
            self._rejoin_at = time.monotonic() + REJOIN_S

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        """The present state, shown without a blink: whoever was called while the line was down is here already."""
        now = time.monotonic()
        self._hall = Hall.of(snapshot, now)
        self._joined = True
        self._offline_at = self._rejoin_at = float("inf")
        self._report_at = now
        self._show({board.counter for board in self.config.boards})

    def _on_event(self, event: Event) -> None:
        if self._hall is None or not self._joined:
            return
        match self._hall.follow(event):
            case Followed.JOIN_AGAIN:
                # until the snapshot comes, every further event has the same gap
                self._joined = False
                self._rejoin_at = time.monotonic() + REJOIN_S
                self._link.join()
            case Followed.APPLIED:
                self._on_change(event, self._hall)
            case Followed.KNOWN:
                pass

    def _on_change(self, event: Event, hall: Hall) -> None:
        changed = {counter.number for counter in event.counters}
        called = None
        if event.call is not None and hall.is_fresh(event.call, time.monotonic()):
            called = event.call.counter
            changed.add(called)
        self._show(changed, called)

    def _on_refused(self, data: Any) -> None:
        why = data.get("title") or data.get("code") if isinstance(data, dict) else data
        log.error("the hub refused the room 'devices': %s; 'toiluot device add NAME --kind agent' gives a token", why)
        self._rejoin_at = time.monotonic() + REJOIN_S

    def _on_lost(self) -> None:
        self._joined = False
        self._rejoin_at = float("inf")
        self._offline_at = min(self._offline_at, time.monotonic() + self.config.offline_after_s)

    def _do_what_is_due(self, now: float) -> None:
        if self._offline_at <= now:
            self._offline_at = float("inf")
            self._show_offline()
        if self._rejoin_at <= now:
            self._rejoin_at = now + REJOIN_S
            self._link.join()
        if self._joined and self._report_at <= now:
            self._report(now)

    def _show(self, counters: set[int], called: int | None = None) -> None:
        if self._hall is None:
            return
        for board in self.config.boards:
            if board.counter in counters:
                counter = self._hall.counters.get(board.counter)
                state = board_state(counter, board.look, fresh_call=board.counter == called)
                self.buses[board.bus].show(board.name, state)

    def _show_offline(self) -> None:
        log.warning("nothing from the hub for %g s: the boards show so", self.config.offline_after_s)
        for board in self.config.boards:
            self.buses[board.bus].show(board.name, offline_state(board.look, self.config.offline_text))

    def _health_changed(self) -> None:
        self._inbox.put(Heard("health"))

    def _report(self, now: float) -> None:
        if self._hall is None:
            return
        self._report_at = now + self.config.health_every_s
        boards = [health.to_feed(now, self._hall.clock) for health in self.health()]
        self._link.send("health", {"boards": boards})


def main(config: HardwareConfig, *, until_stdin_closes: bool = False) -> None:
    """Run an agent until SIGINT or SIGTERM.

    Args:
        config: the checked [hardware] part.
        until_stdin_closes: also end when standard input does. A hub that starts the agent as its child keeps a pipe
            there: if the hub dies, in whatever way, its agent does not stay behind holding the serial ports.
    """
    agent = Agent(config)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: agent.stop())
    if until_stdin_closes:
        threading.Thread(target=_stop_at_end_of_stdin, args=(agent,), name="stdin", daemon=True).start()
    agent.run()


def _stop_at_end_of_stdin(agent: Agent) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    agent.stop()
