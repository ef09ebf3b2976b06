"""The boards over the counters, on all lines."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from hardware.boards.state import board_state, offline_state
from hardware.lines.bus import Bus
from hardware.part import Outbox, Part, Report

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from hardware.config import HardwareConfig
    from hardware.hall import Hall, HubClock

log = logging.getLogger(__name__)


class Boards(Part):
    def __init__(self, config: HardwareConfig, outbox: Outbox) -> None:
        self._config = config
        self.buses = {bus.name: Bus(bus, config.boards_of(bus), outbox.health_changed) for bus in config.buses}

    def start(self) -> None:
        for bus in self.buses.values():
            bus.start()

    def stop(self) -> None:
        for bus in self.buses.values():
            bus.stop()

    def show(self, hall: Hall, counters: AbstractSet[int] | None, called: int | None) -> None:
        for board in self._config.boards:
            if counters is None or board.counter in counters:
                counter = hall.counters.get(board.counter)
                state = board_state(counter, board.look, fresh_call=board.counter == called)
                self.buses[board.bus].show(board.name, state)

    def offline(self) -> None:
        log.warning("nothing from the hub for %g s: the boards show so", self._config.offline_after_s)
        for board in self._config.boards:
            self.buses[board.bus].show(board.name, offline_state(board.look, self._config.offline_text))

    def report(self, now: float, clock: HubClock) -> Report:
        return {"boards": [health.to_feed(now, clock) for bus in self.buses.values() for health in bus.health()]}
