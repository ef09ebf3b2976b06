"""How a pad without a lamp says that a press was refused: by a short mark on the board over its counter."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from hardware.boards.state import BoardState, Kind
from hardware.health import Condition
from hardware.keypads.lamps import Flash

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hardware.health import BoardHealth
    from hardware.keypads.lamps import Lamp
    from hardware.lines.bus import Bus

MARK_S: Final = 1.5
NO_BOARD: Final = "a refused press shows nowhere: the pad has no lamp, and this agent has no board over its counter"


class Mark:
    """`boards` are those over the counter, each by its line and its name, as they are at the moment.

    A board is lent (Bus.light): what it is to show next goes before, and after MARK_S it shows that again. `on_health`
    is called, from any thread, when a person should be told that a mark was seen by nobody.
    """

    def __init__(
        self, text: str, boards: Callable[[], Sequence[tuple[Bus, str]]], on_health: Callable[[], None]
    ) -> None:
        self._text = text
        self._boards = boards
        self._on_health = on_health
        self._dark: dict[str, str] = {}

    @property
    def unseen(self) -> str:
        """Why a refused press shows nowhere, or the last one did not; empty where it showed."""
        boards = self._boards()
        if not boards:
            return NO_BOARD
        known = dict(self._dark)
        dark = [f"{name}: {known[name]}" for _, name in boards if name in known]
        return f"the last refused press showed nowhere ({'; '.join(dark)})" if len(dark) == len(boards) else ""

    def show(self, lamp: Lamp) -> None:
        """What a lamp would say; of all that, a refusal is what no board says by itself."""
        if lamp.flash is Flash.ACCEPTED:
            self._dark.clear()
        elif lamp.flash is Flash.REFUSED:
            for bus, name in self._boards():
                bus.light(name, BoardState(Kind.TEST, self._text, MARK_S), partial(self._told, name))

    def _told(self, board: str, health: BoardHealth) -> None:
        before = self.unseen
        if health.condition is Condition.DOWN:
            self._dark[board] = health.reason.detail
        else:
            self._dark.pop(board, None)
        if self.unseen != before:
            self._on_health()
