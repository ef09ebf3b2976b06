"""The agent: follows the hub's feed and hands it to its parts, answers what the hub asks, tells it how all are."""

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

from hardware.equipment import Equipment
from hardware.hall import Event, Followed, Hall, Question, Snapshot
from hardware.link import Heard, Link
from hardware.part import Ask, Report

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.config import HardwareConfig

log = logging.getLogger(__name__)

REJOIN_S: Final = 5.0
"""How long to wait before asking again, when joining was refused or brought nothing that can be read."""

HEALTH_PAUSE_S: Final = 0.2
"""Shortest time between two reports: many boards that change at once make one."""


class Agent:
    """Takes every decision in the thread of `run`, one message at a time; parts and link have their own threads.

    `config_file` is where the installer's page may write a new configuration; None where there is none.
    """

    def __init__(self, config: HardwareConfig, config_file: Path | None = None) -> None:
        now = time.monotonic()
        self.config = config
        self.config_file = config_file
        self._inbox: queue.SimpleQueue[Heard] = queue.SimpleQueue()
        self._link = Link(config.hub, config.token, self._inbox)
        self._equipment = Equipment(config, self)
        self.parts = self._equipment.parts
        self._hall: Hall | None = None
        self._is_offline = False
        self._joined = False
        self._offline_at = now + config.offline_after_s
        self._rejoin_at = float("inf")
        self._report_at = now
        self._stopping = threading.Event()

    def run(self) -> None:
        """Work until `stop`."""
        for part in self.parts:
            part.start()
        self._link.start()
        try:
            while not self._stopping.is_set():
                self._step()
        finally:
            self._link.stop()
            for part in self.parts:
                part.stop()

    def stop(self) -> None:
        """May be called from any thread, and from a signal handler."""
        self._stopping.set()
        self._inbox.put(Heard("stop"))

    def send(self, message: str, data: Any) -> None:
        """See Outbox."""
        self._link.send(message, data)

    def health_changed(self) -> None:
        """See Outbox."""
        self._inbox.put(Heard("health"))

    def reconfigure(self, config: HardwareConfig) -> None:
        """Work with this configuration from now on, on the same line to the hub; may be called from any thread."""
        self._inbox.put(Heard("reconfigure", config))

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
            elif heard.what == "ask":
                self._on_ask(Question.model_validate(heard.data))
            elif heard.what == "lost":
                self._on_lost()
            elif heard.what == "reconfigure":
                self._on_reconfigure(heard.data)
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
        self._is_offline = False
        self._report_at = now
        for part in self.parts:
            part.line(is_up=True)
            part.show(self._hall, None, None)

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
        for part in self.parts:
            part.show(hall, changed, called)

    def _on_ask(self, question: Question) -> None:
        ask = Ask(question.id, question.data, self)
        for part in self.parts:
            if answer := part.questions().get(question.what):
                answer(ask)
                return
        ask.refuse("unknown_question", f"this agent does not know {question.what!r}; is it older than the hub?")

    def _on_refused(self, data: Any) -> None:
        why = data.get("title") or data.get("code") if isinstance(data, dict) else data
        log.error("the hub refused the room 'devices': %s; 'toiluot device add NAME --kind agent' gives a token", why)
        self._rejoin_at = time.monotonic() + REJOIN_S

    def _on_lost(self) -> None:
        self._joined = False
        for part in self.parts:
            part.line(is_up=False)
        self._rejoin_at = float("inf")
        self._offline_at = min(self._offline_at, time.monotonic() + self.config.offline_after_s)

    def _on_reconfigure(self, config: HardwareConfig) -> None:
        """New parts in place of those that changed; they show what these showed. Hub and token stay what they were."""
        log.info("a new configuration: %d boards on %d lines", len(config.boards), len(config.buses))
        self.config = config.with_hub(self.config.hub, self.config.token)
        self._equipment.become(self.config)
        self.parts = self._equipment.parts
        for part in self.parts:
            part.line(is_up=self._joined)
            if self._is_offline:
                part.offline()
            elif self._hall is not None:
                part.show(self._hall, None, None)
        self._report_at = time.monotonic()

    def _do_what_is_due(self, now: float) -> None:
        if self._offline_at <= now:
            self._offline_at = float("inf")
            self._is_offline = True
            for part in self.parts:
                part.offline()
        if self._rejoin_at <= now:
            self._rejoin_at = now + REJOIN_S
            self._link.join()
        if self._joined and self._report_at <= now:
            self._report(now)

    def _report(self, now: float) -> None:
        if self._hall is None:
            return
        self._report_at = now + self.config.health_every_s
        report: Report = {}
        for part in self.parts:
            report |= part.report(now, self._hall.clock)
        self._link.send("health", report)


def main(config: HardwareConfig, config_file: Path | None = None, *, until_stdin_closes: bool = False) -> None:
    """Run an agent until SIGINT or SIGTERM.

    Args:
        config: the checked [hardware] part.
        config_file: where it came from.
        until_stdin_closes: also end when standard input does. A hub that starts the agent as its child keeps a pipe
            there: if the hub dies, in whatever way, its agent does not stay behind holding the serial ports.
    """
    agent = Agent(config, config_file)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: agent.stop())
    if until_stdin_closes:
        threading.Thread(target=_stop_at_end_of_stdin, args=(agent,), name="stdin", daemon=True).start()
    agent.run()


def _stop_at_end_of_stdin(agent: Agent) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    agent.stop()
