"""A key that bounces, repeats itself or is held down is one press. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Debounce:
    """Seconds, monotonic. Each repetition makes the wait begin anew, so that a key held down stays one press."""

    window_s: float
    _heard_at: dict[str, float] = field(default_factory=dict)

    def is_new(self, key: str, now: float) -> bool:
        before = self._heard_at.get(key)
        self._heard_at[key] = now
        return before is None or now - before >= self.window_s
