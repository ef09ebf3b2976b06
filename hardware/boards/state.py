"""From a counter of the feed to what its board shows. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from hardware.boards.charset import CharsetName, render
from hardware.protocols.errors import CannotShow

if TYPE_CHECKING:
    from hardware.drivers.base import Driver
    from hardware.hall import Counter


class Kind(StrEnum):
    NUMBER = "number"
    FREE = "free"
    PAUSED = "paused"
    CLOSED = "closed"
    OFFLINE = "offline"
    TEST = "test"
    """Somebody looks for this board: it blinks, whatever its counter does."""


@dataclass(frozen=True, slots=True)
class BoardState:
    """What a board is to show. `blink_s` is how long, in seconds from now, the text blinks first; 0 for steady."""

    kind: Kind
    text: str
    blink_s: float = 0

    @property
    def steady(self) -> BoardState:
        return BoardState(self.kind, self.text)

    @property
    def dark(self) -> BoardState:
        """The other half of a blink."""
        return BoardState(self.kind, "")


class Look(BaseModel):
    """How a board shows what it shows; part of a board's configuration."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    charset: CharsetName = "ascii"
    substitute: dict[str, str] = {}
    free: str = ""
    paused: str = "--"
    closed: str = ""
    offline: str | None = None
    blink_s: Annotated[float, Field(ge=0, le=60)] = 4
    blink_ms: Annotated[int, Field(ge=200, le=5000)] = 500

    def state(self, kind: Kind, text: str, blink_s: float = 0) -> BoardState:
        return BoardState(kind, render(text, self.charset, self.substitute), blink_s)


def board_state(counter: Counter | None, look: Look, *, fresh_call: bool = False) -> BoardState:
    """The state of the board over `counter`; a counter that the hall does not have is closed.

    A ticket is shown whatever the counter's state: a clerk who pauses still has that citizen at the window.
    """
    if counter is None:
        return look.state(Kind.CLOSED, look.closed)
    if counter.ticket is not None:
        return look.state(Kind.NUMBER, counter.ticket.number, look.blink_s if fresh_call else 0)
    texts = {"open": (Kind.FREE, look.free), "paused": (Kind.PAUSED, look.paused)}
    return look.state(*texts.get(counter.state, (Kind.CLOSED, look.closed)))


def offline_state(look: Look, text: str) -> BoardState:
    """What to show when nothing has been heard from the hub for long; a board's own text goes before `text`."""
    return look.state(Kind.OFFLINE, text if look.offline is None else look.offline)


EVERY_SEGMENT: Final = "8888"


def test_state(look: Look, text: str, blink_s: float = 10) -> BoardState:  # noqa: PT028 - not a test of pytest's
    """What lights one board so that it is found in the hall."""
    return look.state(Kind.TEST, text, blink_s)


def lighting(look: Look, driver: Driver, counter: int, blink_s: float = 10) -> BoardState:
    """The test state with as many segments as the board has places, or else its counter's number."""
    for places in range(len(EVERY_SEGMENT), 0, -1):
        state = test_state(look, EVERY_SEGMENT[:places], blink_s)
        try:
            driver.frames(state)
        except CannotShow:
            continue
        return state
    return test_state(look, str(counter), blink_s)


test_state.__test__ = False  # type: ignore[attr-defined]  # pytest would take the name for a test
