"""Which pieces of paper were asked for, and how each ended. May be used from any thread.

The hub asks again for a job whose answer was lost with the line; paper is not to come out twice for that.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hardware.part import Ask

REMEMBERED: Final = 200


@dataclass(frozen=True, slots=True)
class Done:
    """`printed`: the printer said that it was well after it; `sent`: it was taken, and nobody can tell more."""

    result: str

    def answer(self, ask: Ask) -> None:
        ask.answer({"result": self.result})


@dataclass(frozen=True, slots=True)
class Refused:
    code: str
    detail: str

    def answer(self, ask: Ask) -> None:
        ask.refuse(self.code, self.detail)


Outcome = Done | Refused


@dataclass(slots=True)
class _Entry:
    asks: list[Ask] = field(default_factory=list)
    outcome: Outcome | None = None


class Jobs:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: OrderedDict[str, _Entry] = OrderedDict()

    def is_new(self, job: str, ask: Ask) -> bool:
        """Whether to do it; if not, `ask` is answered as the first was, now or when that one is."""
        with self._lock:
            entry = self._entries.get(job)
            if entry is None:
                self._entries[job] = _Entry([ask])
                return True
            if (outcome := entry.outcome) is None:
                entry.asks.append(ask)
        if outcome is not None:
            outcome.answer(ask)
        return False

    def ended(self, job: str, outcome: Outcome) -> None:
        with self._lock:
            entry = self._entries[job]
            entry.outcome = outcome
            asks, entry.asks = entry.asks, []
            self._forget_oldest()
        for ask in asks:
            outcome.answer(ask)

    def _forget_oldest(self) -> None:
        """One that is still to be printed is never forgotten; the printers' queues keep those few."""
        old = len(self._entries) - REMEMBERED
        ended = [job for job, entry in self._entries.items() if entry.outcome is not None]
        for job in ended[: max(0, old)]:
            del self._entries[job]
