"""Digit displays that are Modbus RTU slaves. There is no common register map: it is configuration, with presets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from hardware.boards.charset import SEVEN_SEGMENT, fit, numeric
from hardware.drivers.base import (
    Driver,
    Family,
    Frame,
    Panel,
    Piece,
    PresetOptions,
    Reply,
    ShownResult,
    Verdict,
    excerpt,
    judge_nothing,
    level_of,
    pieces_of,
    refuse_brightness,
)
from hardware.drivers.modbus_presets import PRESETS
from hardware.drivers.modbus_simulated import SimulatedModbusBoard
from hardware.protocols import rtu
from hardware.protocols.register_text import NUMBERS, Encoding, RegisterText

if TYPE_CHECKING:
    from hardware.boards.state import BoardState

Register = Annotated[int, Field(ge=0, le=0xFFFF)]


class Dimmer(BaseModel):
    """The register of the brightness, and its values from the darkest to the brightest."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at_register: Register
    lowest: Register = 0
    highest: Register

    def level(self, percent: int) -> int:
        return level_of(percent, range(self.lowest, self.highest + 1))


class ModbusOptions(PresetOptions):
    """`[hardware.boards.options]` of driver "modbus"; a preset fills what is not set. `width` is in characters.

    `fixed`: the board wants all `width` characters, however few its face has. A number board cannot be dark: where
    nothing is to be shown it shows `empty_number`.
    """

    presets: ClassVar[dict[str, dict[str, Any]]] = PRESETS

    first_register: Register
    encoding: Encoding
    width: Annotated[int, Field(ge=1, le=rtu.MAX_REGISTERS)] = 4
    fixed: bool = False
    pad: Annotated[str, Field(min_length=1, max_length=1)] = " "
    align: Literal["left", "right"] = "right"
    empty_number: Annotated[int, Field(ge=0, le=0x7FFF)] = 0
    dimmer: Dimmer | None = None
    timeout_ms: Annotated[int, Field(ge=10, le=5000)] = 300

    @property
    def is_number(self) -> bool:
        return self.encoding in NUMBERS


@dataclass(frozen=True, slots=True)
class ModbusDriver(Driver):
    """`level` is the brightness as the board's own value; None: leave it as it is."""

    unit: int
    options: ModbusOptions
    text: RegisterText
    level: int | None = None

    @property
    def blinks_by_itself(self) -> bool:
        return self.options.is_number

    def setup(self) -> list[Frame]:
        if self.options.dimmer is None or self.level is None:
            return []
        return [self._frame(rtu.write_register(self.unit, self.options.dimmer.at_register, self.level))]

    def frames(self, state: BoardState) -> list[Frame]:
        values, first = self.text.values(self._readable(state.text)), self.options.first_register
        if self.options.encoding == "int16":
            return [self._frame(rtu.write_register(self.unit, first, values[0]))]
        return [self._frame(rtu.write_registers(self.unit, first, values))]

    def judge(self, frame: Frame, reply: bytes) -> ShownResult:
        if frame.reply is None or not reply:
            return judge_nothing(frame)
        try:
            rtu.check_reply(frame.data, reply)
        except rtu.ModbusExceptionReplyError as refusal:
            return ShownResult(Verdict.REFUSED, str(refusal))
        except rtu.RtuReplyError as error:
            return ShownResult(Verdict.GARBLED, f"{error}: {excerpt(reply)}")
        return ShownResult(Verdict.SHOWN)

    def probe(self) -> Frame | None:
        if self.unit == rtu.BROADCAST:
            return None
        return self._frame(rtu.read_registers(self.unit, self.options.first_register, 1))

    def explain(self, frame: Frame) -> list[Piece]:
        if not rtu.crc_is_right(frame.data):
            return [Piece(frame.data, "not a Modbus frame")]
        return pieces_of(*rtu.parts(frame.data))

    def simulate(self) -> SimulatedModbusBoard:
        return SimulatedModbusBoard(self)

    def _readable(self, text: str) -> str:
        if self.options.is_number:
            return numeric(text).strip("-. ") or str(self.options.empty_number)
        if self.options.encoding == "segments" and not SEVEN_SEGMENT.issuperset(text):
            text = numeric(text)
        return fit(text, self.text.face)

    def _frame(self, request: bytes) -> Frame:
        reply = Reply(rtu.reply_pattern(request), self.options.timeout_ms) if self.unit != rtu.BROADCAST else None
        return Frame(request, reply, rtu.SILENT_CHARACTERS)


def build(address: int, options: ModbusOptions, panel: Panel) -> ModbusDriver:
    if not 0 <= address <= rtu.LAST_UNIT:
        raise ValueError(f"address {address} is no Modbus unit (1 to {rtu.LAST_UNIT}, or 0 for all)")
    if options.dimmer is None:
        refuse_brightness(panel, "a board with these registers")
    level = options.dimmer.level(panel.brightness) if options.dimmer and panel.brightness is not None else None
    return ModbusDriver(address, options, _register_text(options, panel), level)


def _register_text(options: ModbusOptions, panel: Panel) -> RegisterText:
    """The text's registers on this face; raises ValueError where the registers hold less than the face has."""
    width, align = options.width, panel.align or options.align
    if options.is_number:
        return RegisterText(options.encoding, width, panel.width or 0, options.pad, align)
    if panel.width and options.fixed and panel.width > width:
        raise ValueError(f"width {panel.width} is more than the {width} characters that this board's registers hold")
    if options.fixed and align == "right" and panel.width is None:
        raise ValueError("say the width of this board's face, so that a text can be aligned to its right")
    face = panel.width or width
    return RegisterText(options.encoding, width if options.fixed else face, face, options.pad, align)


FAMILY = Family(ModbusOptions, build, PRESETS)
