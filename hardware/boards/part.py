"""The boards over the counters, on all lines."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hardware.boards.state import EVERY_SEGMENT, board_state, offline_state, test_state
from hardware.health import BoardHealth, Code, Condition
from hardware.lines.bus import Bus
from hardware.part import Ask, Outbox, Part, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from hardware.config import BoardConfig, BusConfig, HardwareConfig
    from hardware.drivers.base import Driver
    from hardware.hall import Hall, HubClock
    from hardware.lines.occupants import Companion, State

log = logging.getLogger(__name__)

NOTHING_LEFT: Final = frozenset(Code) - {Code.WELL, Code.NO_ANSWER, Code.GARBLED, Code.REFUSED, Code.ECHO_MISSING}
"""Where a board is down for another reason, not one byte went out to it."""


class _Light(BaseModel):
    """See docs/feed.md, `ask`, what: "light"."""

    model_config = ConfigDict(extra="forbid")

    board: str
    text: str | None = Field(None, min_length=1, max_length=60)
    seconds: float = Field(5, gt=0, le=60)


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
    """`companions` are the keypads of each line, by its name: they live on the boards' lines."""

    def __init__(
        self, config: HardwareConfig, outbox: Outbox, companions: Mapping[str, Sequence[Companion]] | None = None
    ) -> None:
        self._config = config
        self._boards = {board.name: board for board in config.boards}
        self.buses = {
            bus.name: build_bus(config, bus, outbox.health_changed, (companions or {}).get(bus.name, ()))
            for bus in config.buses
        }

    def start(self) -> None:
        for bus in self.buses.values():
            bus.start()

    def stop(self) -> None:
        for bus in self.buses.values():
            bus.stop()

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
        text = wanted.text or EVERY_SEGMENT[: board.width]
        state = test_state(board.look, text, wanted.seconds)
        self.buses[board.bus].light(board.name, state, lambda health: _answer(ask, health))

    def report(self, now: float, clock: HubClock) -> Report:
        healths = [bus.health_of(board.name) for board in self._config.boards for bus in [self.buses[board.bus]]]
        return {"boards": [health.to_feed(now, clock) for health in healths]}


def build_bus(
    config: HardwareConfig,
    bus: BusConfig,
    on_health: Callable[[], None],
    companions: Sequence[Companion] = (),
) -> Bus:
    boards = [Board(board, board.build_driver()) for board in config.boards_of(bus)]
    return Bus(bus, [*boards, *companions], on_health, companions)


def _answer(ask: Ask, health: BoardHealth) -> None:
    if health.reason.code is Code.CANNOT_SHOW:
        ask.refuse(health.reason.code.value, health.reason.detail)
        return
    told: dict[str, Any] = {"sent": health.reason.code not in NOTHING_LEFT, "state": health.condition.value}
    if health.condition is Condition.DOWN:
        told |= {"code": health.reason.code.value, "detail": health.reason.detail}
    ask.answer(told)
