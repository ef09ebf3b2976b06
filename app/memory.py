"""When Python looks for cycles of garbage: in the pauses between the presses.

Reference counts free nearly everything at once; the collector is for the rest. Left to itself it looks whenever it has
counted far enough, and through everything that there is: with a thousand phones a press waits 200 ms for it.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

YOUNG = 10_000  # objects since it looked last: a look at them takes some 10 ms
HELD_BACK = 100_000  # so many, and it looks even at an office that never pauses
WHOLE_EVERY_S = 1800.0
WHOLE_AFTER = 1.25  # times as many objects as after the last look at the whole: phones that came, and perhaps left


@dataclass
class Collector:
    """What lives through a look is not looked at again (gc.freeze) before the next look at the whole."""

    clock: Callable[[], float] = monotonic
    _whole_at: float = field(default=0.0, init=False)
    _whole: int = field(default=0, init=False)

    def start(self) -> None:
        """What was built up to now stays."""
        gc.set_threshold(HELD_BACK, *gc.get_threshold()[1:])
        self._look(whole=True)

    def pause(self) -> None:
        """For a moment in which nobody waits."""
        grown = gc.get_freeze_count() > WHOLE_AFTER * self._whole
        whole = grown or self.clock() - self._whole_at >= WHOLE_EVERY_S
        young, *looks = gc.get_count()
        if whole or young >= YOUNG or any(looks):  # it has looked by itself: what lived through that is not young
            self._look(whole=whole)

    def _look(self, *, whole: bool) -> None:
        if whole:
            gc.unfreeze()
        gc.collect()
        gc.freeze()
        if whole:
            self._whole, self._whole_at = gc.get_freeze_count(), self.clock()
