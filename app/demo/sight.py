"""What the people of the simulated office see of the hall, a look now and then for all of them together."""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from app.demo.stage import HubTime, Stage
from app.demo.voice import Asks

LOOK_AGAIN_S = 0.4
BREAKS_AGAIN_S = 2.0
"""Real seconds between two looks at the hall, and at the counters' breaks."""


class Sight(Protocol):
    """The hall as seen a moment ago."""

    def look(self) -> None:
        """See it as it is now."""

    def day(self) -> str:
        """Its date, YYYY-MM-DD."""

    def counter(self, number: int) -> Mapping[str, Any] | None:
        """Its number, state, services and ticket."""

    def waiting(self, services: Collection[str]) -> int:
        """How many wait for any of them."""

    def open_elsewhere(self, number: int) -> Collection[str]:
        """What other counters stand for that are open."""

    def priority_classes(self) -> Sequence[str]:
        """Their codes."""

    def away_until(self, number: int, now_ms: float) -> float | None:
        """When the break ends (ms) that the counter should be taking now."""


@dataclass
class HubSight:
    """Through the public API. `stage` is told the hub's time by the way."""

    door: Asks
    leader: Asks
    stage: Stage
    _hall: Mapping[str, Any] = field(default_factory=dict)
    _looked: float = -LOOK_AGAIN_S
    _breaks: Mapping[int, Sequence[tuple[float, float]]] = field(default_factory=dict)
    _looked_for_breaks: float = -BREAKS_AGAIN_S

    def look(self) -> None:
        self._hall, self._looked = self.door.ask("GET", "/hall"), time.monotonic()
        self.stage.time = HubTime.of(dict(self._hall))

    def day(self) -> str:
        return str(self._seen()["day"])

    def counter(self, number: int) -> Mapping[str, Any] | None:
        return next((each for each in self._seen()["counters"] if each["number"] == number), None)

    def waiting(self, services: Collection[str]) -> int:
        return sum(each["waiting"] for each in self._seen()["services"] if each["code"] in services)

    def open_elsewhere(self, number: int) -> Collection[str]:
        others = (each for each in self._seen()["counters"] if each["number"] != number and each["state"] == "open")
        return {code for counter in others for code in counter["own"]}

    def priority_classes(self) -> Sequence[str]:
        return [each["code"] for each in self._seen()["centre"]["priority_classes"]]

    def away_until(self, number: int, now_ms: float) -> float | None:
        if time.monotonic() - self._looked_for_breaks >= BREAKS_AGAIN_S:
            counters = self.leader.ask("GET", "/counters")["counters"]
            self._breaks = {each["number"]: [_times(one) for one in each["breaks"]] for each in counters}
            self._looked_for_breaks = time.monotonic()
        return next((end for start, end in self._breaks.get(number, ()) if start <= now_ms < end), None)

    def _seen(self) -> Mapping[str, Any]:
        if time.monotonic() - self._looked >= LOOK_AGAIN_S:
            self.look()
        return self._hall


def _times(period: Mapping[str, str]) -> tuple[float, float]:
    start, end = (datetime.fromisoformat(period[name]).timestamp() * 1000 for name in ("start", "end"))
    return start, end
