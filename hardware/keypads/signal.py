"""The lamp of one pad through a press: busy if the hub is slow, then the answer, then what the counter is."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hardware.keypads.lamps import AWAY, FLASH_S, Flash, Lamp, lamp_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.hall import Counter

BUSY_AFTER_S: Final = 0.12
"""By then a press without an answer is shown as heard: a clerk sees something within 200 ms, however slow the hub."""

BEFORE_THE_END_S: Final = 0.05
"""The line ends a flash itself with what stood beside it; what has come since is to be there by then."""


class Signal:
    """`show` is given what the lamp is to say, from any thread, and must not wait.

    From a press to the end of its answer's flash the feed's news wait: the press's own come at the same moment as its
    answer, one for each of its steps, and would put out the flash before anybody has seen it.
    """

    def __init__(self, show: Callable[[Lamp], None]) -> None:
        self._show = show
        self.said = AWAY
        self._rest = AWAY
        self._waiting = 0
        self._has_news = False
        self._turn = threading.RLock()
        self._timer: threading.Timer | None = None

    def close(self) -> None:
        with self._turn:
            timer = self._timer
            self._set_timer(None)
        if timer:
            timer.join(1)

    def rests(self, counter: Counter | None, *, is_away: bool) -> None:
        with self._turn:
            self._rest = AWAY if is_away else lamp_of(counter)
            self._has_news = True
            if not self._waiting and self._timer is None:
                self._say(self._rest)

    def waits(self) -> None:
        """A press is on its way to the hub; `accepted` or `refused` follows."""
        with self._turn:
            self._waiting += 1
            self._has_news = False
            self._set_timer(BUSY_AFTER_S)

    def accepted(self, counter: Counter) -> None:
        """`counter` as the answer has it; the feed may have told of it before, and more since."""
        with self._turn:
            self._waiting -= 1
            lamp = lamp_of(counter)
            if not self._has_news:
                self._rest = lamp
            self._flash(lamp, Flash.ACCEPTED)

    def refused(self) -> None:
        with self._turn:
            self._waiting -= 1
            self._flash(self._rest, Flash.REFUSED)

    def refused_at_once(self) -> None:
        """A press that never was on its way."""
        with self._turn:
            self._flash(self._rest, Flash.REFUSED)

    def _say(self, lamp: Lamp) -> None:
        self.said = lamp
        self._show(lamp)

    def _flash(self, lamp: Lamp, flash: Flash) -> None:
        self._say(replace(lamp, flash=flash))
        self._set_timer(max(0, FLASH_S[flash] - BEFORE_THE_END_S))

    def _set_timer(self, seconds: float | None) -> None:
        """One at a time: the end of a flash, or the moment from which a press without an answer is shown."""
        if self._timer:
            self._timer.cancel()
        self._timer = None
        if seconds is not None:
            self._timer = threading.Timer(seconds, self._on_time)
            self._timer.daemon = True
            self._timer.start()

    def _on_time(self) -> None:
        with self._turn:
            if threading.current_thread() is not self._timer:
                return  # it was replaced while it waited for its turn
            self._timer = None
            self._say(replace(self._rest, flash=Flash.BUSY) if self._waiting else self._rest)
