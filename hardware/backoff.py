"""How long to wait before the next attempt. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Backoff:
    """Doubles from `first_s` to `most_s`, in seconds."""

    first_s: float
    most_s: float
    _next_s: float = 0

    def next(self) -> float:
        delay = min(self._next_s or self.first_s, self.most_s)
        self._next_s = delay * 2
        return delay

    def reset(self) -> None:
        self._next_s = 0
