"""Telling those on a line their states, over a port that is open."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hardware.drivers.base import Frame, ShownResult, Verdict
from hardware.health import Code, Reason, reason_of
from hardware.lines.wire import CutShortError, EchoMissingError
from hardware.protocols.frames import CannotShow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hardware.lines.occupants import Occupant, Talker
    from hardware.lines.slots import Picture, Slot
    from hardware.lines.wire import Wire


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a picture; `reason` is WELL where it was sent or shown."""

    verdict: Verdict
    reason: Reason
    shown: str = ""


class Teller:
    """Made anew at each opening of the port, for then everybody is set up anew, but for what erases memory."""

    def __init__(self, wire: Wire, occupants: Mapping[str, Occupant]) -> None:
        self._wire = wire
        self._drivers: dict[str, Talker] = {name: occupant.driver for name, occupant in occupants.items()}
        self._setup: dict[str, deque[Frame]] = {}
        self._left: dict[str, deque[Frame]] = {}

    def tell(self, slot: Slot, picture: Picture) -> Outcome | None:
        """Send what is due; None where it was cut short, as the slot then knows. Raises PortError."""
        try:
            return self._tell_or_darken(slot, picture)
        except EchoMissingError as error:
            return Outcome(Verdict.UNANSWERED, Reason(Code.ECHO_MISSING, str(error)))

    def _tell_or_darken(self, slot: Slot, picture: Picture) -> Outcome | None:
        driver = self._drivers[slot.name]
        try:
            result = self._tell(slot, picture, driver)
        except CannotShow as error:
            # a number that is not this counter's any more must not stay lit
            self._send(slot, driver, deque(driver.frames(picture.state.dark)))
            return Outcome(Verdict.REFUSED, Reason(Code.CANNOT_SHOW, str(error)))
        if result is None:
            slot.interrupted()
            return None
        shown = self._wire.port.shown(slot.name)
        return Outcome(result.verdict, reason_of(result), picture.state.text if shown is None else shown)

    def _tell(self, slot: Slot, picture: Picture, driver: Talker) -> ShownResult | None:
        """The setup if it is due, then the frames of the state, or those that are left of them."""
        left = self._left.pop(slot.name, None)
        result = self._set_up(slot, driver)
        if result is None or not result.good:
            return result
        if left is None or not picture.goes_on:
            left = deque(driver.again(picture.present) if picture.again else driver.frames(picture.present))
        result = self._send(slot, driver, left)
        if result is None:
            self._left[slot.name] = left
        return result

    def _set_up(self, slot: Slot, driver: Talker) -> ShownResult | None:
        if slot.needs_setup:
            self._setup[slot.name] = deque(f for f in driver.setup() if not (f.once and slot.was_set_up))
            slot.needs_setup = False
        result = self._send(slot, driver, self._setup.get(slot.name, deque()))
        if result is not None:
            slot.setup_ended(good=result.good)
        return result

    def _send(self, slot: Slot, driver: Talker, frames: deque[Frame]) -> ShownResult | None:
        """Send `frames`, taking them out, until one goes wrong.

        None where the rest must wait: for a deaf board, or because a lamp could not wait for this board's answer.
        """
        result = ShownResult(Verdict.SENT)
        while frames:
            if slot.is_deaf(time.monotonic()):
                return None
            try:
                reply = self._wire.exchange(frames[0], may_be_cut=not slot.urgent)
            except CutShortError:
                self._leave_in_peace(slot, frames[0])
                return None
            result = driver.judge(frames[0], reply)
            if not result.good:
                break
            self._leave_in_peace(slot, frames.popleft())
        return result

    def _leave_in_peace(self, slot: Slot, sent: Frame) -> None:
        if sent.deaf_ms:
            slot.deaf_until(max(self._wire.sent_by, time.monotonic()) + sent.deaf_ms / 1000)
