"""A bus: one line, one thread that owns its port, any number of boards.

Nothing that a port does (a write that never ends, a plug pulled, endless noise) reaches the caller of `show` or another
bus: they share no lock that is held while a port is used.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hardware.backoff import Backoff
from hardware.drivers.base import Frame, ShownResult, Verdict
from hardware.health import BoardHealth, unknown
from hardware.lines.ports import Port, PortError, open_port
from hardware.lines.slots import Picture, Slot, Slots
from hardware.protocols.frames import CannotShow

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.boards.state import BoardState
    from hardware.config import BoardConfig, BusConfig
    from hardware.drivers.base import Driver

log = logging.getLogger(__name__)

REOPEN_FIRST_S: Final = 0.25

IDLE_S: Final = 0.5
"""A quiet port is looked at this often: to empty it, and to notice that it was unplugged."""


@dataclass(frozen=True, slots=True)
class Board:
    config: BoardConfig
    driver: Driver


class Bus:
    """`on_health` is called from the bus's thread whenever a board's health has changed."""

    def __init__(self, config: BusConfig, boards: list[BoardConfig], on_health: Callable[[], None]) -> None:
        now = time.monotonic()
        self.config = config
        self._on_health = on_health
        self._boards = {board.name: Board(board, board.build_driver()) for board in boards}
        self._slots = Slots([Slot(b.name, b.look.blink_ms / 1000, config.resend_s) for b in boards])
        self._health = {b.name: unknown(b.name, config.name, b.counter, now) for b in boards}
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._backoff = Backoff(REOPEN_FIRST_S, config.reopen_max_s)
        self._quiet_until = now
        self._thread = threading.Thread(target=self._run, name=f"bus {config.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 5) -> None:
        """Ask the thread to end and wait for it, `timeout_s` at most; what is not sent by then is not sent."""
        self._stopping.set()
        with self._changed:
            self._changed.notify_all()
        self._thread.join(timeout_s)

    def show(self, board: str, state: BoardState) -> None:
        """Make `state` what the board is to show, in place of anything not sent yet. Never waits for the line."""
        with self._changed:
            if self._slots[board].put(state, time.monotonic()):
                self._changed.notify_all()

    def health(self) -> list[BoardHealth]:
        with self._changed:
            return list(self._health.values())

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._hold_open()
        except BaseException as fault:
            self._all_down(f"the agent's thread for this bus ended: {fault!r}", None)
            raise

    def _hold_open(self) -> None:
        """Use the port until it fails, then wait a little before the next attempt."""
        try:
            drivers = {name: board.driver for name, board in self._boards.items()}
            with closing(open_port(self.config, drivers)) as port:
                log.info("bus %s is open on %s", self.config.name, self.config.url)
                with self._changed:
                    self._slots.put_all_again()
                self._serve(port)
        except PortError as error:
            delay = self._backoff.next()
            log.warning("bus %s is down because %s, next attempt in %.2f s", self.config.name, error, delay)
            self._all_down(str(error), time.monotonic() + delay)
            self._stopping.wait(delay)

    def _serve(self, port: Port) -> None:
        while not self._stopping.is_set():
            self._keep_gap()
            # what to send is chosen after the gap, not before, so that it is the newest
            work = self._next_work()
            if work is None:
                port.discard_input()
            else:
                self._tell(port, *work)

    def _next_work(self) -> tuple[Slot, Picture] | None:
        """Wait for something to send; None when there is nothing for IDLE_S."""
        with self._changed:
            if (slot := self._slots.next(time.monotonic())) is None:
                self._changed.wait(min(max(0, self._slots.next_due - time.monotonic()), IDLE_S))
                slot = self._slots.next(time.monotonic())
            return (slot, slot.take(time.monotonic())) if slot and not self._stopping.is_set() else None

    def _tell(self, port: Port, slot: Slot, picture: Picture) -> None:
        driver = self._boards[slot.name].driver
        try:
            result = self._send_state(port, driver, picture.state if picture.lit else picture.state.dark)
            shown = port.shown(slot.name)
            self._told(slot, picture, result, picture.state.text if shown is None else shown)
        except CannotShow as error:
            # a number that is not this counter's any more must not stay lit
            self._send_state(port, driver, picture.state.dark)
            self._told(slot, picture, ShownResult(Verdict.REFUSED, str(error)), "")
        self._backoff.reset()

    def _send_state(self, port: Port, driver: Driver, state: BoardState) -> ShownResult:
        """Send the frames of a state until one goes wrong; raises CannotShow before the first, PortError."""
        result = ShownResult(Verdict.SENT)
        for frame in driver.frames(state):
            self._keep_gap()
            result = driver.judge(frame, self._send(port, frame))
            if not result.good:
                break
        return result

    def _send(self, port: Port, frame: Frame) -> bytes:
        port.discard_input()
        port.write(frame.data)
        # write() returns when the system has the bytes; the line needs their time before the gap begins
        sending_s = len(frame.data) * self.config.character_s
        gap_s = max(self.config.gap_ms / 1000, frame.gap_characters * self.config.character_s)
        self._quiet_until = time.monotonic() + sending_s + gap_s
        reply = port.read_reply(frame.reply, sending_s) if frame.reply else b""
        if frame.reply:
            self._quiet_until = max(self._quiet_until, time.monotonic() + gap_s)
        return reply

    def _keep_gap(self) -> None:
        self._stopping.wait(max(0, self._quiet_until - time.monotonic()))

    def _told(self, slot: Slot, picture: Picture, result: ShownResult, shown: str) -> None:
        now = time.monotonic()
        with self._changed:
            (slot.succeeded if result.good else slot.failed)(now)
            before = self._health[slot.name]
            # the dark half of a blink is no news: the number is still what the board shows
            after = before.after(result, shown if picture.lit else before.shown, now)
            self._health[slot.name] = after
        if after.differs(before):
            self._on_health()

    def _all_down(self, reason: str, next_attempt: float | None) -> None:
        now = time.monotonic()
        with self._changed:
            before = self._health
            self._health = {name: health.down(reason, now, next_attempt) for name, health in before.items()}
            news = any(health.differs(before[name]) for name, health in self._health.items())
        if news:
            self._on_health()
