"""Adds up past months and years for the reports, off the loop and only while nobody presses."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.hub import Hub
from app.store.database import snapshot
from app.store.reports import rollups
from app.store.reports.standard import Standard


@dataclass
class AddingUp:
    """`run_blocking` runs the reading on a real thread; only the writing of one row is the hub's."""

    hub: Hub
    run_blocking: Callable[[Callable[[], Any]], Any] = lambda function: function()
    _done: tuple[str, str] | None = field(default=None, init=False)

    def step(self) -> bool:
        """Add up one month or year, if one is due; False where none was."""
        hall = self.hub.hall
        standard = Standard.of(hall)
        now = (hall.day, rollups.judged_by(standard))
        if now == self._done:
            return False
        made = self.run_blocking(lambda: self._next(hall.day, standard))
        if made is None:
            self._done = now
            return False
        with self.hub.lock:
            self.hub.store.commit((), also=rollups.put(made))
        return True

    def _next(self, today: str, standard: Standard) -> rollups.RollUp | None:
        with snapshot(self.hub.store.path) as reads:
            return rollups.next_due(reads, today, standard)
