"""What the parsers of all pads share: frames are found in what comes in on a line, in any pieces. Pure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from math import inf


class FrameFinder(ABC):
    """`first` is the byte that begins every frame, None where any may; bytes of one frame are within `between_s`.

    `noise` counts bytes that are in nobody's frame.
    """

    def __init__(self, first: int | None, between_s: float) -> None:
        self.noise = 0
        self._first = first
        self._between_s = between_s
        self._held = bytearray()
        self._heard_at = -inf

    def feed(self, data: bytes, now: float) -> list[str]:
        """The names of the keys whose frames ended in `data`; `now` is monotonic seconds."""
        if now - self._heard_at > self._between_s:
            self._drop()
        self._heard_at = now
        keys, at = [], 0
        while (at := self._next(data, at)) < len(data):
            if key := self._take(data[at]):
                keys.append(key)
            at += 1
        return keys

    @abstractmethod
    def _take(self, byte: int) -> str | None:
        """The key whose frame `byte` ends."""

    def _drop(self) -> None:
        """What is held is no frame."""
        self.noise += len(self._held)
        self._held.clear()

    def _next(self, data: bytes, at: int) -> int:
        """Where to go on; outside of a frame that is where one may begin, however much a line babbles."""
        if self._held or self._first is None:
            return at
        start = data.find(self._first, at)
        start = len(data) if start < 0 else start
        self.noise += start - at
        return start
