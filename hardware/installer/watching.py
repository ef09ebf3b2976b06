"""Listening to a line: what is said on it, when, and in which pieces. For learning a board or pad that nobody knows."""

from __future__ import annotations

import queue
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hardware.drivers.base import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.config import BusConfig
    from hardware.lines.ports import Port

LOOK: Final = Reply(re.compile(rb"(?s)."), timeout_ms=20)
"""Until the first byte, or a moment: so often what is typed is looked at."""

ONE_UTTERANCE_S: Final = 0.02
"""Bytes closer together belong to one frame. USB adapters hand on what they hear in lumps up to 16 ms apart."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Bytes that went over the line together. `at_ms` since the start, `after_ms` since the one before."""

    at_ms: float
    after_ms: float
    ours: bool
    data: bytes


@dataclass(slots=True)
class Utterances:
    """Puts bytes together. Pure: times are monotonic seconds given by the caller."""

    started: float
    gap_s: float
    _last: float = field(init=False)
    _began: float = 0
    _heard_at: float = 0
    _heard: bytes = b""

    def __post_init__(self) -> None:
        self._last = self.started

    def heard(self, data: bytes, now: float) -> Utterance | None:
        """Take what came in, nothing too; gives what is complete by now."""
        complete = self.flush() if self._heard and now - self._heard_at >= self.gap_s else None
        if data:
            self._began = self._began if self._heard else now
            self._heard += data
            self._heard_at = now
        return complete

    def said(self, data: bytes, now: float) -> Utterance:
        return self._utter(now, ours=True, data=data)

    def flush(self) -> Utterance | None:
        """What was heard so far, complete or not."""
        data, self._heard = self._heard, b""
        return self._utter(self._began, ours=False, data=data) if data else None

    def _utter(self, at: float, *, ours: bool, data: bytes) -> Utterance:
        utterance = Utterance((at - self.started) * 1000, (at - self._last) * 1000, ours, data)
        self._last = at
        return utterance


def watch(
    port: Port, line: BusConfig, to_send: queue.SimpleQueue[bytes], tell: Callable[[Utterance], None], seconds: float
) -> None:
    """Tell of what is heard and send what is put into `to_send`, for so long; raises PortError."""
    utterances = Utterances(time.monotonic(), max(ONE_UTTERANCE_S, 4 * line.character_s))
    ends = time.monotonic() + seconds
    try:
        while time.monotonic() < ends:
            data = port.read_reply(LOOK, 0) + port.take_input()
            _tell(utterances.heard(data, time.monotonic()), tell)
            if (wanted := _next(to_send)) is not None:
                _tell(utterances.flush(), tell)
                port.write(wanted)
                tell(utterances.said(wanted, time.monotonic()))
    finally:
        _tell(utterances.flush(), tell)


def _next(to_send: queue.SimpleQueue[bytes]) -> bytes | None:
    try:
        return to_send.get_nowait()
    except queue.Empty:
        return None


def _tell(utterance: Utterance | None, tell: Callable[[Utterance], None]) -> None:
    if utterance is not None:
        tell(utterance)
