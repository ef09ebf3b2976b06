"""A counter's presses: sent to the hub one after another by a thread of their own, or refused at once."""

from __future__ import annotations

import logging
import queue
import secrets
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from hardware.keypads.door import NO_LINE, Done, Door, Refused

if TYPE_CHECKING:
    from hardware.hall import Counter
    from hardware.keypads.actions import Action, Request

log = logging.getLogger(__name__)

LATE_S: Final = 1.0
"""A press that had to wait for longer was meant for another moment."""

AWAY: Final = Refused(NO_LINE, "the line to the hub is away: this press was not sent and will not be")
TOO_LATE: Final = Refused("too_late", "the press before it took too long: this one was not sent and will not be")


class Presser(Protocol):
    """A pad, as a desk sees it; called from any thread."""

    @property
    def name(self) -> str: ...

    def waits(self) -> None:
        """A press was taken; `settled` follows."""
        ...

    def settled(self, outcome: Done | Refused) -> None: ...

    def refused(self, why: Refused) -> None:
        """A press was not taken."""
        ...

    def rests(self, counter: Counter | None, *, is_away: bool) -> None:
        """What the counter is now, for the lamp."""
        ...

    def close(self) -> None:
        """No more of its threads after this."""
        ...


@dataclass(frozen=True, slots=True)
class Press:
    """`at` is monotonic seconds."""

    presser: Presser
    request: Request
    at: float


class Desk:
    """`pressers` are the pads of this counter: all are told what becomes of it."""

    def __init__(self, number: int, door: Door) -> None:
        self.number = number
        self.pressers: list[Presser] = []
        self._door = door
        self._counter: Counter | None = None
        self._is_up = False
        self._broken: Refused | None = None
        self._told = threading.Lock()
        self._presses: queue.SimpleQueue[Press | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"keypads of counter {number}", daemon=True)

    def start(self) -> None:
        self._tell()
        self._thread.start()

    def stop(self) -> None:
        """What is waiting is refused; what is on its way is waited for by `join`."""
        self._is_up = False
        self._presses.put(None)

    def join(self, timeout_s: float) -> None:
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        for presser in self.pressers:
            presser.close()

    def show(self, counter: Counter | None) -> None:
        with self._told:
            self._counter = counter
        self._tell()

    def line(self, *, is_up: bool) -> None:
        """A line that is up again is told with what the counter is by then: `show` follows."""
        with self._told:
            self._is_up = is_up
        if not is_up:
            self._tell()

    def press(self, presser: Presser, action: Action, now: float) -> None:
        """Never waits. What the presser saw is what the feed has told by now."""
        with self._told:
            refusal = self._broken or (None if self._is_up else AWAY)
            ticket = self._counter.ticket if self._counter else None
        if refusal:
            presser.refused(refusal)
            return
        presser.waits()
        self._presses.put(Press(presser, action.request(ticket), now))

    def _tell(self) -> None:
        for presser in self.pressers:
            presser.rests(self._counter, is_away=not self._is_up)

    def _run(self) -> None:
        while (press := self._presses.get()) is not None:
            press.presser.settled(self._try(press))
        self._door.close()

    def _try(self, press: Press) -> Done | Refused:
        """A fault of ours ends the thread, with its traceback; from then on every press is refused."""
        try:
            return self._send(press)
        except BaseException as fault:
            self._broken = Refused("crashed", f"the agent's thread for this counter's pads ended: {fault!r}")
            press.presser.settled(self._broken)
            raise

    def _send(self, press: Press) -> Done | Refused:
        if not self._is_up:
            return AWAY
        if time.monotonic() - press.at > LATE_S:
            return TOO_LATE
        outcome = self._door.post(self.number, press.request, secrets.token_hex(16))
        if isinstance(outcome, Refused):
            log.warning("%s: %s was refused: %s", press.presser.name, press.request.verb, outcome.detail)
        return outcome
