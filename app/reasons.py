"""Of which priority class a ticket is: known to today's staff, never in the log, and forgotten with the day."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.core.change import Change
from app.core.events import DayStarted
from app.store.log import Also
from app.store.persons import priority_reasons, put_priority_reason
from app.store.store import Store


@dataclass
class Reasons:
    """`of`: the class's code by ticket."""

    of: dict[str, str] = field(default_factory=dict)

    @classmethod
    def kept(cls, store: Store) -> "Reasons":
        """Those of today."""
        return cls(priority_reasons(store.db))

    @contextmanager
    def given(self, ticket: str, reason: str | None) -> Iterator[Also | None]:
        """Known from now on, so that the very news of the ticket tells staff; if the command is refused, it never was.

        Gives what to hand to `Hub.handle` as `also`. None for a citizen without priority.
        """
        if reason is None:
            yield None
            return
        before = self.of.get(ticket)
        self.of[ticket] = reason
        try:
            yield put_priority_reason(ticket, reason)
        except BaseException:
            if before is None:
                del self.of[ticket]
            else:
                self.of[ticket] = before
            raise

    def hear(self, changes: Sequence[Change]) -> None:
        """A listener of the hub: the store has forgotten them with the new day's first event."""
        if any(isinstance(change.recorded.event, DayStarted) for change in changes):
            self.of.clear()
