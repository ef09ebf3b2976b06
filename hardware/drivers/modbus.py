"""Digit displays that are Modbus RTU slaves. There is no common register map: it is configuration, with presets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hardware.boards.charset import fit, numeric
from hardware.drivers.base import (
    Driver,
    Family,
    Frame,
    Panel,
    Reply,
    ShownResult,
    Verdict,
    excerpt,
    filled_from_preset,
    judge_nothing,
)
from hardware.protocols import rtu
from hardware.protocols.frames import CannotShow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hardware.boards.state import BoardState

Encoding = Literal["int16", "ascii_packed", "ascii_per_register"]

PRESETS: Final[dict[str, dict[str, Any]]] = {
    # LED-485-xxx with the maker's first firmware: always six registers, filled up with 00
    "led-485": {"first_register": 0x70, "encoding": "ascii_packed", "width": 12, "pad": "\0", "align": "left"},
    "led-485-number": {"first_register": 0x88, "encoding": "int16"},
    # LED-485-046 and LED-046, newer firmware, as their tester set them right on six digits
    "led-046": {"first_register": 0x70, "encoding": "ascii_packed", "width": 6},
    "led-046-number": {"first_register": 0x00, "encoding": "int16"},
    # DM56A04 (4 digits) and DM36B06 (6 digits): one register a digit
    "dm56a04": {"first_register": 0x00, "encoding": "ascii_per_register", "width": 4},
    "dm36b06": {"first_register": 0x00, "encoding": "ascii_per_register", "width": 6},
    "dm56a04-number": {"first_register": 0x07, "encoding": "int16"},
}


class ModbusOptions(BaseModel):
    """`[hardware.boards.options]` of driver "modbus"; a preset fills what is not set. `width` is in characters.

    An int16 board cannot be dark: where nothing is to be shown it shows `empty_number`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    first_register: Annotated[int, Field(ge=0, le=0xFFFF)]
    encoding: Encoding
    width: Annotated[int, Field(ge=1, le=rtu.MAX_REGISTERS)] = 4
    pad: Annotated[str, Field(min_length=1, max_length=1)] = " "
    align: Literal["left", "right"] = "right"
    empty_number: Annotated[int, Field(ge=0, le=0xFFFF)] = 0
    timeout_ms: Annotated[int, Field(ge=10, le=5000)] = 300

    @model_validator(mode="before")
    @classmethod
    def _fill_from_preset(cls, given: Any) -> Any:
        return filled_from_preset(given, PRESETS)

    def values(self, text: str) -> list[int]:
        """The registers' values for `text`; raises CannotShow."""
        if self.encoding == "int16":
            return [self._number(text)]
        codes = self._padded(fit(text, self.width)).encode("latin-1")
        if self.encoding == "ascii_per_register":
            return list(codes)
        pairs = codes + b"\0" * (len(codes) % 2)
        return [int.from_bytes(pairs[at : at + 2], "big") for at in range(0, len(pairs), 2)]

    def text(self, values: Iterable[int]) -> str:
        """What a board of this map shows with these register values."""
        words = list(values)
        if self.encoding == "int16":
            return str(words[0])
        size = 1 if self.encoding == "ascii_per_register" else 2
        codes = b"".join((word & (1 << 8 * size) - 1).to_bytes(size, "big") for word in words)
        return codes.decode("ascii", "replace").replace("\0", " ").strip()

    @property
    def count(self) -> int:
        """How many registers the text takes."""
        if self.encoding == "int16":
            return 1
        return self.width if self.encoding == "ascii_per_register" else (self.width + 1) // 2

    def _number(self, text: str) -> int:
        digits = numeric(text).strip("-. ")
        if not digits:
            return self.empty_number
        if not digits.isdigit() or int(digits) > 0x7FFF:  # noqa: PLR2004 - the largest signed 16-bit number
            raise CannotShow(text, "the board takes a whole number up to 32767 only")
        return int(digits)

    def _padded(self, text: str) -> str:
        if len(text) > self.width or not text.isascii():
            raise CannotShow(text, f"the board has {self.width} ASCII places")
        return text.ljust(self.width, self.pad) if self.align == "left" else text.rjust(self.width, self.pad)


@dataclass(frozen=True, slots=True)
class ModbusDriver(Driver):
    unit: int
    options: ModbusOptions

    def frames(self, state: BoardState) -> list[Frame]:
        values = self.options.values(state.text)
        if self.options.encoding == "int16":
            return [self._frame(rtu.write_register(self.unit, self.options.first_register, values[0]))]
        return [self._frame(rtu.write_registers(self.unit, self.options.first_register, values))]

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

    def simulate(self) -> SimulatedModbusBoard:
        return SimulatedModbusBoard(self.unit, self.options)

    def _frame(self, request: bytes) -> Frame:
        reply = Reply(rtu.reply_pattern(request), self.options.timeout_ms) if self.unit != rtu.BROADCAST else None
        return Frame(request, reply, rtu.SILENT_CHARACTERS)


@dataclass(slots=True)
class SimulatedModbusBoard:
    """A slave with this board's registers and no others. One write to the line is one frame: silence ends it."""

    unit: int
    options: ModbusOptions
    _values: list[int] = field(init=False)
    _written: bool = False

    def __post_init__(self) -> None:
        self._values = [0] * self.options.count

    @property
    def shown(self) -> str:
        return self.options.text(self._values) if self._written else ""

    def receive(self, data: bytes) -> bytes:
        if not rtu.crc_is_right(data) or data[0] not in (self.unit, rtu.BROADCAST):
            return b""
        answer = self._answer(data)
        return answer if data[0] != rtu.BROADCAST else b""

    def _answer(self, request: bytes) -> bytes:
        register = int.from_bytes(request[2:4], "big")
        if request[1] == rtu.WRITE_REGISTER and len(request) == 8:  # noqa: PLR2004
            return self._write(request, register, request[4:6])
        if request[1] == rtu.WRITE_REGISTERS and len(request) == 9 + 2 * int.from_bytes(request[4:6], "big"):
            return self._write(request, register, request[7:-2])
        if request[1] == rtu.READ_REGISTERS and len(request) == 8:  # noqa: PLR2004
            return self._read(request, register, int.from_bytes(request[4:6], "big"))
        return self._refuse(request, 1)

    def _write(self, request: bytes, register: int, data: bytes) -> bytes:
        at = register - self.options.first_register
        words = [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]
        if at < 0 or at + len(words) > len(self._values):
            return self._refuse(request, 2)
        self._values[at : at + len(words)] = words
        self._written = True
        return rtu.expected_reply(request)

    def _read(self, request: bytes, register: int, count: int) -> bytes:
        at = register - self.options.first_register
        if at < 0 or at + count > len(self._values):
            return self._refuse(request, 2)
        data = b"".join(word.to_bytes(2, "big") for word in self._values[at : at + count])
        return rtu.with_crc(bytes([request[0], request[1], len(data)]) + data)

    def _refuse(self, request: bytes, code: int) -> bytes:
        return rtu.with_crc(bytes([request[0], request[1] | rtu.EXCEPTION_BIT, code]))


def build(address: int, options: ModbusOptions, panel: Panel) -> ModbusDriver:
    if not 0 <= address <= 247:  # noqa: PLR2004 - Modbus units are 1 to 247, 0 is all of them
        raise ValueError(f"address {address} is no Modbus unit (1 to 247, or 0 for all)")
    return ModbusDriver(address, options)


FAMILY = Family(ModbusOptions, build, PRESETS)
