"""All scanners of an agent."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from hardware.part import Outbox, Part, Report
from hardware.scanners.scanner import Scanner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from hardware.hall import Hall, HubClock
    from hardware.scanners.config import ScannerConfig
    from hardware.scanners.parsing import Scan


class Scanners(Part):
    def __init__(self, configs: Sequence[ScannerConfig], outbox: Outbox) -> None:
        self._outbox = outbox
        self._clock: HubClock | None = None
        self._is_up = False
        self.scanners = [Scanner(config, self._today, self._tell, outbox.health_changed) for config in configs]

    def start(self) -> None:
        for scanner in self.scanners:
            scanner.start()

    def stop(self) -> None:
        for scanner in self.scanners:
            scanner.stop()
        for scanner in self.scanners:
            scanner.join()

    def show(self, hall: Hall, counters: AbstractSet[int] | None, called: int | None) -> None:  # noqa: ARG002
        # the day in the centre's time; this machine's own clock may be wrong
        self._clock = hall.clock

    def line(self, *, is_up: bool) -> None:
        self._is_up = is_up

    def report(self, now: float, clock: HubClock) -> Report:
        return {"scanners": [scanner.health.to_feed(now, clock) for scanner in self.scanners]}

    def _today(self) -> date | None:
        return self._clock.at(time.monotonic()).date() if self._clock else None

    def _tell(self, config: ScannerConfig, scan: Scan) -> bool:
        if not self._is_up:
            return False
        place = {"scanner": config.name, "counter": config.counter, "kiosk": config.kiosk}
        self._outbox.send("scan", place | scan.to_feed())
        return True
