"""The keypads on all counters' desks."""

from __future__ import annotations

import time
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hardware.health import Condition
from hardware.hid import open_device
from hardware.keypads.desk import Desk
from hardware.keypads.door import Door
from hardware.keypads.health import NOT_OPEN, LineHealth, PadHealth
from hardware.keypads.mark import Mark
from hardware.keypads.on_bus import BusPad
from hardware.keypads.on_usb import UsbPad
from hardware.keypads.pad import Pad
from hardware.keypads.signal import Signal
from hardware.part import Outbox, Part, Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from hardware.boards.part import Boards
    from hardware.config import HardwareConfig
    from hardware.hall import Hall, HubClock
    from hardware.hid import InputDevice
    from hardware.keypads.config import KeypadConfig
    from hardware.keypads.lamps import Lamp
    from hardware.lines.bus import Bus

STOP_S: Final = 5.0


class Keypads(Part):
    """Made before the boards, for its `companions` live on their lines; `live_with` them before `start`."""

    def __init__(
        self, config: HardwareConfig, outbox: Outbox, open_input: Callable[[str], InputDevice] = open_device
    ) -> None:
        self._outbox = outbox
        self._open_input = open_input
        self._boards: Boards | None = None
        counters = {pad.counter for pad in config.keypads}
        self._desks = {number: Desk(number, Door(config.hub, config.token)) for number in counters}
        self._marks = {pad.name: self._mark(pad) for pad in config.keypads if not pad.has_lamp}
        self._on_buses = [self._bus_pad(pad) for pad in config.keypads if pad.driver != "usb"]
        self._on_usb = [self._usb_pad(pad) for pad in config.keypads if pad.driver == "usb"]

    def companions(self) -> dict[str, list[BusPad]]:
        """The pads of each bus, by its name."""
        found: dict[str, list[BusPad]] = defaultdict(list)
        for pad in self._on_buses:
            found[pad.pad.config.bus or ""].append(pad)
        return found

    def live_with(self, boards: Boards) -> None:
        self._boards = boards

    def start(self) -> None:
        for desk in self._desks.values():
            desk.start()
        for pad in self._on_usb:
            pad.start()

    def stop(self) -> None:
        ends = time.monotonic() + STOP_S
        threads: list[UsbPad | Desk] = [*self._on_usb, *self._desks.values()]
        for thread in threads:
            thread.stop()
        for thread in threads:
            thread.join(max(0, ends - time.monotonic()))

    def show(self, hall: Hall, counters: AbstractSet[int] | None, called: int | None) -> None:  # noqa: ARG002
        for number, desk in self._desks.items():
            if counters is None or number in counters:
                desk.show(hall.counters.get(number))

    def line(self, *, is_up: bool) -> None:
        for desk in self._desks.values():
            desk.line(is_up=is_up)

    def report(self, now: float, clock: HubClock) -> Report:
        told: list[dict[str, Any]] = [
            self._health(pad.pad).to_feed(self._bus_health(pad), pad.keys.noise, now, clock) for pad in self._on_buses
        ]
        told += [self._health(pad.pad).to_feed(pad.line(), 0, now, clock) for pad in self._on_usb]
        return {"keypads": told}

    def _bus_pad(self, config: KeypadConfig) -> BusPad:
        signal = Signal(partial(self._answer, config))
        return BusPad(Pad(config, self._desks[config.counter], signal, self._outbox.health_changed), signal)

    def _usb_pad(self, config: KeypadConfig) -> UsbPad:
        signal = Signal(self._marks[config.name].show)
        pad = Pad(config, self._desks[config.counter], signal, self._outbox.health_changed)
        return UsbPad(pad, self._outbox.health_changed, self._open_input)

    def _mark(self, config: KeypadConfig) -> Mark:
        return Mark(config.refused_text, partial(self._boards_over, config.counter), self._outbox.health_changed)

    def _boards_over(self, counter: int) -> list[tuple[Bus, str]]:
        """Asked for anew each time: the boards may become others while the pads stay."""
        pads = {pad.name for pad in self._on_buses}
        buses = self._boards.buses.values() if self._boards is not None else ()
        occupants = [(bus, health) for bus in buses for health in bus.health()]
        return [(bus, each.name) for bus, each in occupants if each.counter == counter and each.name not in pads]

    def _answer(self, config: KeypadConfig, lamp: Lamp) -> None:
        """Of a pad on a line; one without a lamp is told too, for so it becomes known that its line is open."""
        if self._boards is not None:
            self._boards.tell(config.bus or "", config.name, lamp)
        if not config.has_lamp:
            self._marks[config.name].show(lamp)

    def _health(self, pad: Pad) -> PadHealth:
        mark = self._marks.get(pad.name)
        return pad.health().unseen(mark.unseen if mark else "")

    def _bus_health(self, pad: BusPad) -> LineHealth:
        if self._boards is None:
            return LineHealth(False, 0, NOT_OPEN, "not open yet")
        health = self._boards.buses[pad.pad.config.bus or ""].health_of(pad.name)
        if health.condition is Condition.DOWN:
            return LineHealth(False, health.since, health.reason.code.value, health.reason.detail, health.next_attempt)
        return LineHealth(True, health.since)
