"""A pad: from a key that came in to its action, and from the hub's answer to its lamp and its health."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from hardware.keypads.debounce import Debounce
from hardware.keypads.door import Refused
from hardware.keypads.health import KEY_WITHOUT_ACTION, PadHealth

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.hall import Counter
    from hardware.keypads.config import KeypadConfig
    from hardware.keypads.desk import Desk
    from hardware.keypads.door import Done
    from hardware.keypads.signal import Signal


class Pad:
    """`on_health` is called from any thread when a person should be told."""

    def __init__(self, config: KeypadConfig, desk: Desk, signal: Signal, on_health: Callable[[], None]) -> None:
        self.config = config
        self._actions = config.actions()
        self._debounce = Debounce(config.debounce_ms / 1000)
        self._desk = desk
        self._signal = signal
        self._on_health = on_health
        self._told = threading.Lock()
        self._health = PadHealth(config.name, config.counter)
        desk.pressers.append(self)

    @property
    def name(self) -> str:
        return self.config.name

    def health(self) -> PadHealth:
        with self._told:
            return self._health

    def key(self, key: str, now: float) -> None:
        """A key came in, at `now` in monotonic seconds; called from the one thread that hears this pad. Never waits."""
        if not self._debounce.is_new(key, now):
            return
        with self._told:
            is_first = not self._health.presses
            self._health = self._health.pressed(now)
        action = self._actions.get(key)
        if action is None:
            hint = f"key {key} does nothing; give it an action under keys of {self.name!r} if it should"
            self.refused(Refused(KEY_WITHOUT_ACTION, hint))
        else:
            self._desk.press(self, action, now)
        if is_first:
            self._on_health()

    def waits(self) -> None:
        """See Presser."""
        self._signal.waits()

    def settled(self, outcome: Done | Refused) -> None:
        """See Presser."""
        if isinstance(outcome, Refused):
            self._refuse(outcome)
            self._signal.refused()
        else:
            self._signal.accepted(outcome.counter)

    def refused(self, why: Refused) -> None:
        """See Presser."""
        self._refuse(why)
        self._signal.refused_at_once()

    def rests(self, counter: Counter | None, *, is_away: bool) -> None:
        """See Presser."""
        self._signal.rests(counter, is_away=is_away)

    def close(self) -> None:
        """See Presser."""
        self._signal.close()

    def has_action(self, key: str) -> bool:
        return key in self._actions

    def complain(self, why: Refused) -> None:
        """Something that is no press is wrong; the lamp says nothing of it."""
        if self.health().code != why.code:
            self._refuse(why)

    def _refuse(self, why: Refused) -> None:
        with self._told:
            self._health = self._health.refused(why.code, why.detail)
        self._on_health()
