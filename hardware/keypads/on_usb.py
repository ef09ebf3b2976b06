"""A USB number pad: its keys reach the counter and nobody else (see hid.py), from a thread of its own."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from hardware.hid import LOST, NUM_LOCK, SHIFTS, open_device, presses
from hardware.keypads.health import NOT_OPEN, LineHealth
from hardware.keypads.keys import hid_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.hid import InputDevice
    from hardware.keypads.pad import Pad
    from hardware.lines.ports import PortError

log = logging.getLogger(__name__)

MEANINGLESS = SHIFTS | {LOST, NUM_LOCK}


class UsbPad:
    """A Watcher of its device (listening.py)."""

    def __init__(
        self, pad: Pad, on_health: Callable[[], None], open_input: Callable[[str], InputDevice] = open_device
    ) -> None:
        self.pad = pad
        self._on_health = on_health
        self._open_input = open_input
        self._line = LineHealth(False, time.monotonic(), NOT_OPEN, "not open yet")
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"keypad {pad.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def join(self, timeout_s: float) -> None:
        if self._thread.ident is not None:
            self._thread.join(timeout_s)

    def line(self) -> LineHealth:
        return self._line

    def opened(self) -> None:
        """See Watcher."""
        log.info("the keypad %s is open", self.pad.name)
        self._line = LineHealth(True, time.monotonic())
        self._on_health()

    def lost(self, error: PortError, next_attempt: float) -> None:
        """See Watcher."""
        now = time.monotonic()
        code, detail = error.why.code.value, error.why.detail
        if self._line.is_open or self._line.code != code:
            log.warning("the keypad %s is down: %s; next attempt in %.2f s", self.pad.name, detail, next_attempt - now)
            # a port that was lost and is then missing is down since it was lost
            since = now if self._line.is_open else self._line.since
            self._line = LineHealth(False, since, code, detail, next_attempt)
            self._on_health()
        self._line = replace(self._line, next_attempt=next_attempt)

    def _run(self) -> None:
        try:
            self._listen()
        except BaseException as fault:
            self._line = LineHealth(False, time.monotonic(), "crashed", f"the thread of this pad ended: {fault!r}")
            self._on_health()
            raise

    def _listen(self) -> None:
        device = self.pad.config.device or ""
        for heard in presses(device, self._stopping, self, self._open_input):
            for press in heard:
                if press.code not in MEANINGLESS:
                    self.pad.key(hid_key(press.code), time.monotonic())
