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
    """`run_blocking` runs the reading on a real thread; only the writing of one row is the hub's.

    `stop` comes before the store is closed: what is being read then is not written any more.
    """

    hub: Hub
    run_blocking: Callable[[Callable[[], Any]], Any] = lambda function: function()
    stopped: bool = field(default=False, init=False)
    _done: tuple[str, str] | None = field(default=None, init=False)

    def step(self) -> bool:
        """Add up one month or year, if one is due; False where none was, or the hub stops."""
        hall = self.hub.hall
        standard = Standard.of(hall)
        now = (hall.day, rollups.judged_by(standard))
        if self.stopped or now == self._done:
            return False
        made = self.run_blocking(lambda: self._next(hall.day, standard))
        if made is None:
            self._done = now
            return False
        with self.hub.lock:
            if not self.stopped:
                self.hub.store.commit((), also=rollups.put(made))
        return not self.stopped

    def stop(self) -> None:
        """Waits for a row that is being written."""
        with self.hub.lock:
            self.stopped = True

    def _next(self, today: str, standard: Standard) -> rollups.RollUp | None:
        with snapshot(self.hub.store.path) as reads:
            return rollups.next_due(reads, today, standard)
