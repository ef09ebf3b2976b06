"""The boards over the counters, on all lines."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from operator import is_
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hardware.boards.state import board_state, lighting, offline_state, test_state
from hardware.health import BoardHealth, Code, Condition
from hardware.lines.bus import Bus
from hardware.part import Ask, Outbox, Part, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from hardware.boards.state import BoardState
    from hardware.config import BoardConfig, BusConfig, HardwareConfig
    from hardware.drivers.base import Driver
    from hardware.hall import Hall, HubClock
    from hardware.lines.occupants import Companion, State

log = logging.getLogger(__name__)

NOTHING_LEFT: Final = frozenset(Code) - {Code.WELL, Code.NO_ANSWER, Code.GARBLED, Code.REFUSED, Code.ECHO_MISSING}
"""Where a board is down for another reason, not one byte went out to it."""


STOP_S: Final = 5.0

SPEAKS: Final = {"url", "baudrate", "bytesize", "parity", "stopbits", "xonxoff", "rtscts", "rs485"}
"""What of a line decides whether a board on it can have heard what it was sent."""

CHANGES_NO_SETUP: Final = {"counter", "look"}


class _Light(BaseModel):
    """See docs/feed.md, `ask`, what: "light"."""

    model_config = ConfigDict(extra="forbid")

    board: str
    text: str | None = Field(None, min_length=1, max_length=60)
    seconds: float = Field(5, gt=0, le=60)
    setup: bool = False
    """Instead of a text: all of its setup is sent, also what erases memory, for a board that was replaced."""


@dataclass(frozen=True, slots=True)
class Board:
    """A board as an occupant of its line."""

    config: BoardConfig
    driver: Driver
    urgent: bool = False

    @property
    def name(self) -> str:
        return self.config.name

    @property
    def counter(self) -> int:
        return self.config.counter

    @property
    def blink_every_s(self) -> float:
        return self.config.look.blink_ms / 1000


class Boards(Part):
    """`companions` are the keypads of each line, by its name: they live on the boards' lines.

    `before` are the boards of the configuration until now: lines on which nothing has changed are taken over as they
    run, and are no more stopped with `before`.
    """

    def __init__(
        self,
        config: HardwareConfig,
        outbox: Outbox,
        companions: Mapping[str, Sequence[Companion]] | None = None,
        before: Boards | None = None,
    ) -> None:
        self._config = config
        self._companions = {bus.name: list((companions or {}).get(bus.name, ())) for bus in config.buses}
        self._boards = {board.name: board for board in config.boards}
        self._handed_on: Mapping[str, Bus] = {}
        self.taken_over = before.hand_on(config, self._companions) if before else {}
        self.buses: dict[str, Bus] = {
            bus.name: self.taken_over.get(bus.name) or self._build(bus, outbox, before) for bus in config.buses
        }

    def start(self) -> None:
        for name, bus in self.buses.items():
            if name not in self.taken_over:
                bus.start()

    def stop(self) -> None:
        """All are told to end before the first is waited for."""
        ends = time.monotonic() + STOP_S
        own = [bus for name, bus in self.buses.items() if name not in self._handed_on]
        for bus in own:
            bus.stop(timeout_s=0)
        for bus in own:
            bus.stop(timeout_s=max(0, ends - time.monotonic()))

    def tell(self, bus: str, occupant: str, state: State) -> None:
        """Have a companion show `state`: the lamp of a keypad."""
        self.buses[bus].show(occupant, state)

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

    def questions(self) -> Mapping[str, Callable[[Ask], None]]:
        return {"light": self.light}

    def light(self, ask: Ask) -> None:
        """Light one board for a few seconds, so that whoever stands before it sees which it is."""
        try:
            wanted = _Light.model_validate(ask.data)
        except ValidationError as error:
            ask.refuse("bad_question", "; ".join(f"{e['loc']}: {e['msg']}" for e in error.errors()))
            return
        board = self._boards.get(wanted.board)
        if board is None:
            known = ", ".join(self._boards) or "none"
            ask.refuse("unknown_board", f"this agent has no board {wanted.board!r}; it has: {known}")
            return
        bus = self.buses[board.bus]
        if wanted.setup:
            bus.set_up_again(board.name)
            _answer(ask, bus.health_of(board.name), "")
            return
        state = _to_light(board, wanted)
        bus.light(board.name, state, lambda health: _answer(ask, health, state.text))

    def hand_on(self, config: HardwareConfig, companions: Mapping[str, Sequence[Companion]]) -> dict[str, Bus]:
        """The lines on which nothing changes with `config`; they are the other's from now on."""
        same = [bus.name for bus in config.buses if self._has(bus, config.boards_of(bus), companions[bus.name])]
        self._handed_on = {name: self.buses[name] for name in same}
        return dict(self._handed_on)

    def has_set_up(self, board: BoardConfig, line: BusConfig) -> bool:
        """Whether this very board, on this very line, has its memory set up: to do it again would erase it."""
        known, bus = self._boards.get(board.name), self.buses.get(line.name)
        if known is None or bus is None or known.bus != line.name:
            return False
        same_line = bus.config.model_dump(include=SPEAKS) == line.model_dump(include=SPEAKS)
        same_board = known.model_dump(exclude=CHANGES_NO_SETUP) == board.model_dump(exclude=CHANGES_NO_SETUP)
        return same_line and same_board and bus.was_set_up(board.name)

    def _has(self, bus: BusConfig, boards: Sequence[BoardConfig], pads: Sequence[Companion]) -> bool:
        if bus.name not in self.buses or self.buses[bus.name].config != bus:
            return False
        ours = self._companions[bus.name]
        # the very same pads: others would not hear what comes in
        same_pads = len(pads) == len(ours) and all(map(is_, pads, ours))
        return same_pads and boards == self._config.boards_of(bus)

    def _build(self, bus: BusConfig, outbox: Outbox, before: Boards | None) -> Bus:
        boards = self._config.boards_of(bus)
        set_up = [board.name for board in boards if before and before.has_set_up(board, bus)]
        return build_bus(self._config, bus, outbox.health_changed, self._companions[bus.name], set_up)

    def report(self, now: float, clock: HubClock) -> Report:
        healths = [bus.health_of(board.name) for board in self._config.boards for bus in [self.buses[board.bus]]]
        return {"boards": [health.to_feed(now, clock) for health in healths]}


def build_bus(
    config: HardwareConfig,
    bus: BusConfig,
    on_health: Callable[[], None],
    companions: Sequence[Companion] = (),
    set_up: Collection[str] = (),
) -> Bus:
    """`set_up` are the boards whose memory is set up already."""
    boards = [Board(board, board.build_driver()) for board in config.boards_of(bus)]
    return Bus(bus, [*boards, *companions], on_health, companions, set_up)


def _to_light(board: BoardConfig, wanted: _Light) -> BoardState:
    if wanted.text is not None:
        return test_state(board.look, wanted.text, wanted.seconds)
    return lighting(board.look, board.build_driver(), board.counter, wanted.seconds)


def _answer(ask: Ask, health: BoardHealth, text: str) -> None:
    """`text` is what was to be shown, in the board's characters."""
    if health.reason.code is Code.CANNOT_SHOW:
        ask.refuse(health.reason.code.value, health.reason.detail)
        return
    sent = health.reason.code not in NOTHING_LEFT
    told: dict[str, Any] = {"sent": sent, "state": health.condition.value, "text": text}
    if health.condition is Condition.DOWN:
        told |= {"code": health.reason.code.value, "detail": health.reason.detail}
    ask.answer(told)
