"""The one writer: decide, commit, evolve, publish; one command at a time."""

import json
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.clock import Clock
from app.core import commands as cmd
from app.core.change import Change, change
from app.core.decide import decide
from app.core.decision import Decision
from app.core.errors import Invalid
from app.core.events import DayStarted, Event, Recorded
from app.core.hall import Hall, day_of
from app.core.permissions import SYSTEM, Actor, check
from app.store.log import Also, Answer
from app.store.store import Store

log = logging.getLogger(__name__)
Render = Callable[[Hall, Decision], Mapping[str, Any]]
Listener = Callable[[Sequence[Change]], None]


class KeyReused(Invalid):
    code = "idempotency_key_reused"
    text = "The Idempotency-Key '%(key)s' was used for another request. Give each command a key of its own."


class Outcome(NamedTuple):
    """What a command came to: the JSON to answer with, and whether it was answered before."""

    body: str
    status: int
    repeated: bool


@dataclass(frozen=True, slots=True)
class Key:
    """An Idempotency-Key with the request that it stands for."""

    key: str
    fingerprint: str


@dataclass
class Hub:
    """Owns the hall. `handle` is the only way to change anything."""

    store: Store
    clock: Clock
    listeners: list[Listener] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    hall: Hall = field(init=False)
    _ahead: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.hall = self.store.load_hall()

    def now(self) -> int:
        """The hub's time, ms since the epoch; never earlier than the last event, whatever the clock does.

        While the clock is behind (it was set back), time goes on from the last event: standing still, every press
        would look like a second one.
        """
        told, last = self.clock.now(), self.hall.at
        self._ahead = 0 if told >= last else max(self._ahead, last - told)
        return told + self._ahead

    def handle(
        self,
        command: cmd.Command,
        actor: Actor = SYSTEM,
        *,
        key: Key | None = None,
        render: Render = lambda _hall, _decision: {},
        status: int = 200,
        also: Also | None = None,
    ) -> Outcome:
        """Carry out one command.

        The answer that `render` makes is kept with the events, so a retry with the same key gets the same one.
        `also` writes further rows in the same transaction. Raises a Refused (nothing changed) or WriteFailed
        (nothing kept, nothing changed).
        """
        with self.lock:
            answered = self._answered(key)
            if answered:
                return answered
            now = self.now()
            self._start_day_if_due(now)
            check(self.hall, command, actor)
            decision = decide(self.hall, command, now)
            changes = self._fold(decision.events, now, actor)
            body = json.dumps(render(changes[-1].hall if changes else self.hall, decision), ensure_ascii=False)
            answer = Answer(key.key, key.fingerprint, now, status, body) if key else None
            self._commit(changes, answer, also)
            return Outcome(body, status, repeated=False)

    def keep_time(self) -> None:
        """Called by a timer, for what happens though nobody presses: midnight, and the end of a booking's time."""
        self.handle(cmd.LapseBookings())  # like every command it begins the day, where that is due

    def _answered(self, key: Key | None) -> Outcome | None:
        kept = self.store.answer(key.key) if key else None
        if key is None or kept is None:
            return None
        if kept.fingerprint != key.fingerprint:
            raise KeyReused(key=key.key.rpartition(" ")[2])
        return Outcome(kept.body, kept.status, repeated=True)

    def _start_day_if_due(self, now: int) -> None:
        if day_of(now, self.hall.settings.timezone) > self.hall.day:
            decision = decide(self.hall, cmd.StartDay(), now)
            self._commit(self._fold(decision.events, now, SYSTEM), None, None)

    def _fold(self, events: Sequence[Event], now: int, actor: Actor) -> list[Change]:
        """The events numbered, and the hall after each."""
        hall, changes = self.hall, list[Change]()
        first = hall.seq + 1
        for seq, event in enumerate(events, first):
            starts_day = isinstance(event, DayStarted)
            day = day_of(now, hall.settings.timezone) if starts_day else hall.day
            changes.append(change(hall, Recorded(seq, now, day, actor.label, first, event)))
            hall = changes[-1].hall
        return changes

    def _commit(self, changes: list[Change], answer: Answer | None, also: Also | None) -> None:
        if changes or answer or also:
            self.store.commit(changes, answer, also)
        if changes:
            self.hall = changes[-1].hall
            self._publish(changes)

    def _publish(self, changes: list[Change]) -> None:
        """What is committed is done: a listener that fails must not make the press look refused, nor stop another."""
        for listener in self.listeners:
            try:
                listener(changes)
            except Exception:  # whatever it is, the log has it whole
                log.exception("a listener failed on events %s to %s", changes[0].recorded.seq, changes[-1].recorded.seq)
