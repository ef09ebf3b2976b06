"""Which family is this board of? Every one with every preset, one after another, for a person to watch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from hardware.boards.state import BoardState, Kind
from hardware.installer.wire import opened, send_frames
from hardware.protocols.errors import FrameError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hardware.config import BusConfig
    from hardware.drivers.base import Driver, Frame
    from hardware.installer.candidates import Candidate
    from hardware.installer.wire import Exchange

TEXT: Final = "8888"
"""Every segment of four digits, and nothing that a board is likely to show by itself."""

ALSO: Final[dict[str, dict[str, Any]]] = {"alpha": {"bytesize": 7, "parity": "E"}}
"""How a family is set up by its maker, where that is not 8N1."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """`same` are other candidates whose bytes are no different here."""

    line: BusConfig
    candidate: Candidate
    driver: Driver
    frames: list[Frame]
    same: list[Candidate] = field(default_factory=list)

    @property
    def erases(self) -> bool:
        """Whether it begins with laying out the board's memory, which erases what is stored there."""
        return any(frame.once for frame in self.driver.setup())

    def show(self) -> list[Exchange]:
        """Raises LINE_FAULTS."""
        with opened(self.line) as talk:
            return send_frames(talk, self.driver, [*self.driver.setup(), *self.frames])


def attempts(lines: Iterable[BusConfig], candidates: Iterable[Candidate], address: int) -> list[Attempt]:
    """All that is worth trying, the same bytes once a line; what erases something comes last."""
    found: dict[tuple[str, bytes], Attempt] = {}
    known = list(candidates)
    for line in lines:
        for candidate in known:
            for settings in ({}, ALSO.get(candidate.family)):
                if settings is not None:
                    _add(found, line.model_copy(update=settings), candidate, address)
    return sorted(found.values(), key=lambda attempt: attempt.erases)


def _add(found: dict[tuple[str, bytes], Attempt], line: BusConfig, candidate: Candidate, address: int) -> None:
    driver = candidate.driver(address)
    if driver is None:
        return
    try:
        frames = driver.frames(BoardState(Kind.NUMBER, TEXT))
    except FrameError:  # a board that has no four digits cannot be known by them
        return
    key = (repr(line), b"".join(frame.data for frame in [*driver.setup(), *frames]))
    if key in found:
        found[key].same.append(candidate)
    else:
        found[key] = Attempt(line, candidate, driver, frames)
