"""A bus: one line, one thread that owns its port, any number of boards and keypads.

Nothing that a port does (a write that never ends, a plug pulled, endless noise) reaches the caller of `show` or another
bus: they share no lock that is held while a port is used.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Final

from hardware.backoff import Backoff
from hardware.drivers.base import Verdict
from hardware.health import BoardHealth, Code, Reason, unknown
from hardware.lines.borrowing import Job, LineClosedError
from hardware.lines.ports import Port, PortError, open_port
from hardware.lines.slots import Picture, Slot, Slots
from hardware.lines.teller import Outcome, Teller
from hardware.lines.wire import LISTEN_S, Wire
from hardware.protocols.errors import CannotShow

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from typing import Any, TypeVar

    from hardware.config import BusConfig
    from hardware.lines.occupants import Listener, Occupant, State

    T = TypeVar("T")

log = logging.getLogger(__name__)

REOPEN_FIRST_S: Final = 0.25

IDLE_S: Final = 0.5
"""A quiet port is looked at this often: to empty it, and to notice that it was unplugged."""


class Bus:
    """`on_health` is called from the bus's thread whenever somebody's health has changed.

    `set_up` names those to whom another bus has sent what erases memory, so that it is not sent again.
    """

    def __init__(
        self,
        config: BusConfig,
        occupants: Sequence[Occupant],
        on_health: Callable[[], None],
        listeners: Sequence[Listener] = (),
        set_up: Collection[str] = (),
    ) -> None:
        now = time.monotonic()
        self.config = config
        self._on_health = on_health
        self._occupants = {occupant.name: occupant for occupant in occupants}
        self._listeners = listeners
        self._slots = Slots([_slot(occupant, config.resend_s, occupant.name in set_up) for occupant in occupants])
        self._health = {o.name: unknown(o.name, config.name, o.counter, now) for o in occupants}
        self._lights: dict[str, list[Callable[[BoardHealth], None]]] = {}
        self._jobs: deque[Job[Any]] = deque()
        self._is_open = False
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._backoff = Backoff(REOPEN_FIRST_S, config.reopen_max_s)
        self._thread = threading.Thread(target=self._run, name=f"bus {config.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 5) -> None:
        """Ask the thread to end and wait for it, `timeout_s` at most; what is not sent by then is not sent.

        A `timeout_s` of 0 only asks: so all of many are asked before the first is waited for.
        """
        self._stopping.set()
        with self._changed:
            self._changed.notify_all()
        self._thread.join(timeout_s)

    def show(self, name: str, state: State) -> None:
        """Make `state` what it is to show, in place of anything not sent yet. Never waits for the line."""
        with self._changed:
            if self._slots[name].put(state, time.monotonic()):
                self._changed.notify_all()

    def light(self, name: str, state: State, told: Callable[[BoardHealth], None]) -> None:
        """Show `state` for its blink_s, for finding the board; then what it is to show.

        What is to be shown anew meanwhile goes before. `told` is called once, from any thread, with what came of it.
        A state that the board has no form for leaves it, and its health, as they are: only `told` is told.
        """
        why_not = self._why_not(name, state)
        with self._changed:
            if self._is_open and why_not is None:
                self._slots[name].lend(state, time.monotonic())
                self._lights.setdefault(name, []).append(told)
                self._changed.notify_all()
                return
            health = self._health[name]
        told(health if why_not is None else health.down(why_not, time.monotonic()))

    def run(self, job: Callable[[Port, BusConfig], T], timeout_s: float) -> T:
        """Have the bus's thread call `job` between two frames, the line being its own meanwhile; returns its result.

        What `job` raises is raised here. Also raises LineClosedError, a PortError, where the line is down, and
        LineBusyError when it was not done after `timeout_s`: `job` must bound its own time, for nobody can end it.
        """
        wanted = Job(job)
        with self._changed:
            if not self._is_open:
                raise LineClosedError(self.config.url)
            self._jobs.append(wanted)
            self._changed.notify_all()
        return wanted.result(self.config.name, timeout_s)

    def set_up_again(self, name: str) -> None:
        """Send all of its setup, also what erases memory, and its state: another board may hang there now."""
        with self._changed:
            self._slots[name].forget_setup()
            self._slots[name].repeat()
            self._changed.notify_all()

    def was_set_up(self, name: str) -> bool:
        """Whether it has been sent what erases memory."""
        with self._changed:
            return self._slots[name].was_set_up

    def show_again(self) -> None:
        """Everybody is told its state again: after a `run` that may have changed what they show."""
        with self._changed:
            self._slots.repeat_all()
            self._changed.notify_all()

    def health(self) -> list[BoardHealth]:
        with self._changed:
            return list(self._health.values())

    def health_of(self, name: str) -> BoardHealth:
        with self._changed:
            return self._health[name]

    def _why_not(self, name: str, state: State) -> Reason | None:
        try:
            self._occupants[name].driver.frames(state)
        except CannotShow as error:
            return Reason(Code.CANNOT_SHOW, str(error))
        return None

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._hold_open()
        except BaseException as fault:
            self._all_down(Reason(Code.CRASHED, f"the agent's thread for this bus ended: {fault!r}"), None)
            raise
        finally:
            self._close_to_jobs()

    def _hold_open(self) -> None:
        """Use the port until it fails, then wait a little before the next attempt."""
        began = time.monotonic()
        try:
            drivers = {name: occupant.driver for name, occupant in self._occupants.items()}
            with closing(open_port(self.config, drivers)) as port:
                log.info("bus %s is open on %s", self.config.name, self.config.url)
                began = time.monotonic()
                with self._changed:
                    self._slots.put_all_again()
                    self._is_open = True
                self._serve(Wire(port, self.config, self._listeners, self._stopping, self._is_urgent))
        except PortError as error:
            self._close_to_jobs()
            # an attempt that took long itself is pause enough
            delay = max(REOPEN_FIRST_S, self._backoff.next() - (time.monotonic() - began))
            log.warning("bus %s is down because %s, next attempt in %.2f s", self.config.name, error, delay)
            self._all_down(error.why, time.monotonic() + delay)
            self._stopping.wait(delay)

    def _serve(self, wire: Wire) -> None:
        teller = Teller(wire, self._occupants)
        while not self._stopping.is_set():
            wire.keep_gap()
            self._do_jobs(wire)
            # what to send is chosen after the gap, not before, so that it is the newest
            work = self._next_work()
            if work is None:
                wire.listen()
            elif (outcome := teller.tell(*work)) is not None:
                self._told(*work, outcome)
                self._backoff.reset()

    def _is_urgent(self) -> bool:
        with self._changed:
            return self._slots.has_urgent(time.monotonic())

    def _next_work(self) -> tuple[Slot, Picture] | None:
        """Wait for something to send; None when there is nothing for a while, or a job to do first."""
        with self._changed:
            if (slot := self._slots.next(time.monotonic())) is None and not self._jobs:
                look_s = LISTEN_S if self._listeners else IDLE_S
                self._changed.wait(min(max(0, self._slots.next_due - time.monotonic()), look_s))
                slot = self._slots.next(time.monotonic())
            return (slot, slot.take(time.monotonic())) if slot and not self._stopping.is_set() else None

    def _do_jobs(self, wire: Wire) -> None:
        while self._jobs:
            wire.lend(partial(self._jobs.popleft().do, config=self.config))
            wire.keep_gap()

    def _close_to_jobs(self) -> None:
        with self._changed:
            self._is_open = False
            jobs, self._jobs = self._jobs, deque()
        for job in jobs:
            job.give_up(LineClosedError(self.config.url))

    def _told(self, slot: Slot, picture: Picture, outcome: Outcome) -> None:
        now = time.monotonic()
        with self._changed:
            before = self._health[slot.name]
            if outcome.reason.code is Code.WELL:
                slot.succeeded(now, acknowledged=outcome.verdict is Verdict.SHOWN)
                # the dark half of a blink is no news: the number is still what the board shows
                after = before.told(outcome.verdict, outcome.shown if picture.lit else before.shown, now)
            else:
                slot.failed(now)
                after = before.down(outcome.reason, now, slot.next_attempt)
            self._health[slot.name] = after
            lights = self._lights.pop(slot.name, []) if picture.is_lent or not slot.is_lent else []
        for told in lights:
            told(after)
        if after.differs(before):
            self._on_health()

    def _all_down(self, reason: Reason, next_attempt: float | None) -> None:
        now = time.monotonic()
        with self._changed:
            before = self._health
            self._health = {name: health.down(reason, now, next_attempt) for name, health in before.items()}
            after = self._health
            lights, self._lights = self._lights, {}
        for name, waiting in lights.items():
            for told in waiting:
                told(after[name])
        if any(health.differs(before[name]) for name, health in after.items()):
            self._on_health()


def _slot(occupant: Occupant, resend_s: float, was_set_up: bool) -> Slot:
    return Slot(
        occupant.name,
        occupant.blink_every_s,
        resend_s,
        blinks_by_itself=occupant.driver.blinks_by_itself,
        urgent=occupant.urgent,
        was_set_up=was_set_up,
    )
