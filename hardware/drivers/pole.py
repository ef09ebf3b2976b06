"""Customer displays of two lines of twenty characters, as cheap counter boards (see hardware/protocols/pole.py).

One display a port: they have no address, and answer nothing. The number is on the upper line; the lower one has a
fixed text, if any. A DM-D blinks by itself; a CD5220 in string mode takes no blink command, so that it gets the number
and spaces in turn.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final

from pydantic import Field

from hardware.boards.charset import fit, strip_to_ascii
from hardware.drivers.base import (
    Driver,
    Family,
    Frame,
    Panel,
    Piece,
    PresetOptions,
    ShownResult,
    judge_nothing,
    level_of,
)
from hardware.drivers.pole_simulated import SimulatedPole
from hardware.protocols import pole
from hardware.protocols.errors import CannotShow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hardware.boards.state import BoardState

DM_D_PRESETS: Final[dict[str, dict[str, Any]]] = {"dm-d": {}, "dm-d-behind-printer": {"behind_printer": True}}
CD5220_PRESETS: Final[dict[str, dict[str, Any]]] = {"cd5220": {}}


class PoleOptions(PresetOptions):
    """`[hardware.boards.options]` of driver "cd5220"; `second_line` is a fixed text."""

    presets: ClassVar[dict[str, dict[str, Any]]] = CD5220_PRESETS
    second_line: Annotated[str, Field(max_length=pole.COLUMNS)] = ""

    @property
    def lower(self) -> str:
        return strip_to_ascii(self.second_line)


class DmDOptions(PoleOptions):
    """`[hardware.boards.options]` of driver "dm-d"; `behind_printer`: it hangs on a receipt printer, not on the port.

    `blink_ms` is half a blink, in steps of 50.
    """

    presets: ClassVar[dict[str, dict[str, Any]]] = DM_D_PRESETS
    behind_printer: bool = False
    blink_ms: Annotated[int, Field(ge=50, le=12_000)] = 500


@dataclass(frozen=True, slots=True)
class _Pole(Driver):
    """What both command sets have in common."""

    panel: Panel

    @property
    @abstractmethod
    def commands(self) -> Mapping[bytes, pole.Command]: ...

    def judge(self, frame: Frame, reply: bytes) -> ShownResult:  # noqa: ARG002 - it never says anything
        return judge_nothing(frame)

    def explain(self, frame: Frame) -> list[Piece]:
        pieces = [Piece(t.code + t.data, t.meaning) for t in pole.tokens(frame.data, self.commands)]
        rest = frame.data[sum(len(piece.data) for piece in pieces) :]
        return pieces + ([Piece(rest, "not a command of this display")] if rest else [])

    def simulate(self) -> SimulatedPole:
        return SimulatedPole(self.commands)

    def _upper(self, text: str) -> str:
        width = self.panel.width or pole.COLUMNS
        text = fit(text, width)
        if not (text.isascii() and text.isprintable()):
            raise CannotShow(text, "it has characters outside ASCII")
        if len(text) > width:
            raise CannotShow(text, f"the board has {width} places")
        return text.rjust(width) if self.panel.align == "right" else text


@dataclass(frozen=True, slots=True)
class DmDDriver(_Pole):
    options: DmDOptions

    @property
    def commands(self) -> Mapping[bytes, pole.Command]:
        return pole.DM_D

    @property
    def blinks_by_itself(self) -> bool:
        return True

    def setup(self) -> list[Frame]:
        percent = self.panel.brightness
        level = b"" if percent is None else pole.DM_D_BRIGHTNESS + bytes([level_of(percent, pole.BRIGHTNESS)])
        return [self._frame(pole.INITIALIZE + level)]

    def frames(self, state: BoardState) -> list[Frame]:
        upper, lower = self._upper(state.text).encode("ascii"), self.options.lower.encode("ascii")
        units = self.options.blink_ms // pole.BLINK_UNIT_MS if state.blink_s else 0
        second = pole.SECOND_LINE + lower if lower else b""
        return [self._frame(pole.CLEAR + upper + second + pole.BLINK + bytes([units]))]

    def _frame(self, data: bytes) -> Frame:
        behind = self.options.behind_printer
        return Frame(pole.TO_DISPLAY + data + pole.TO_PRINTER if behind else data)


@dataclass(frozen=True, slots=True)
class Cd5220Driver(_Pole):
    options: PoleOptions

    @property
    def commands(self) -> Mapping[bytes, pole.Command]:
        return pole.CD5220

    def setup(self) -> list[Frame]:
        """Leaves the string mode that an earlier run may have left behind: no other command is taken in it."""
        percent = self.panel.brightness
        level = b"" if percent is None else pole.CD5220_BRIGHTNESS + bytes([level_of(percent, pole.BRIGHTNESS)])
        return [Frame(pole.CLEAR + pole.INITIALIZE + level)]

    def frames(self, state: BoardState) -> list[Frame]:
        data = pole.CD5220_UPPER + self._upper(state.text).ljust(pole.COLUMNS).encode("ascii") + pole.RETURN
        if self.options.lower:
            data += pole.CD5220_LOWER + self.options.lower.ljust(pole.COLUMNS).encode("ascii") + pole.RETURN
        return [Frame(data)]


def build_dm_d(address: int, options: DmDOptions, panel: Panel) -> DmDDriver:  # noqa: ARG001 - it has no address
    _check(panel)
    return DmDDriver(panel, options)


def build_cd5220(address: int, options: PoleOptions, panel: Panel) -> Cd5220Driver:  # noqa: ARG001 - as above
    _check(panel)
    return Cd5220Driver(panel, options)


def _check(panel: Panel) -> None:
    if panel.width is not None and panel.width > pole.COLUMNS:
        raise ValueError(f"width {panel.width} is more than the {pole.COLUMNS} characters of this display")


DM_D: Final = Family(DmDOptions, build_dm_d, DM_D_PRESETS)
CD5220: Final = Family(PoleOptions, build_cd5220, CD5220_PRESETS)
