"""A simulated Modbus digit display."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hardware.protocols import rtu

if TYPE_CHECKING:
    from hardware.drivers.modbus import ModbusDriver

_LONGEST_FRAME: Final = 256
ILLEGAL_FUNCTION: Final = 1
ILLEGAL_ADDRESS: Final = 2


@dataclass(slots=True)
class SimulatedModbusBoard:
    """A slave with this board's registers and no others.

    A real slave knows a frame by the silence around it; here it is whatever has a right CRC, so that frames may come
    in pieces.
    """

    driver: ModbusDriver
    registers: dict[int, int] = field(init=False)
    _heard: bytearray = field(default_factory=bytearray)
    _written: bool = False

    def __post_init__(self) -> None:
        first, dimmer = self.driver.options.first_register, self.driver.options.dimmer
        self.registers = dict.fromkeys(range(first, first + self.driver.text.count), 0)
        if dimmer:
            self.registers[dimmer.at_register] = dimmer.highest

    @property
    def shown(self) -> str:
        first, text = self.driver.options.first_register, self.driver.text
        values = [self.registers[register] for register in range(first, first + text.count)]
        return text.text(values) if self._written else ""

    def receive(self, data: bytes) -> bytes:
        self._heard += data
        answer = b""
        while (request := self._next_request()) is not None:
            answer += self._answer(request) if request[0] == self.driver.unit else self._listen(request)
        del self._heard[:-_LONGEST_FRAME]
        return answer

    def _next_request(self) -> bytes | None:
        """Take the next request for this unit, or for all, out of what was heard."""
        for start, unit in enumerate(self._heard):
            if unit not in (self.driver.unit, rtu.BROADCAST):
                continue
            rest = bytes(self._heard[start:])
            request = rest[: rtu.request_size(rest) or len(rest)]
            if rtu.crc_is_right(request):
                del self._heard[: start + len(request)]
                return request
        return None

    def _listen(self, request: bytes) -> bytes:
        """Nobody answers what is meant for all."""
        self._answer(request)
        return b""

    def _answer(self, request: bytes) -> bytes:
        register = int.from_bytes(request[2:4], "big")
        if request[1] == rtu.WRITE_REGISTER:
            return self._write(request, register, request[4:6])
        if request[1] == rtu.WRITE_REGISTERS and len(request) == 9 + 2 * int.from_bytes(request[4:6], "big"):
            return self._write(request, register, request[7:-2])
        if request[1] == rtu.READ_REGISTERS:
            return self._read(request, range(register, register + int.from_bytes(request[4:6], "big")))
        return self._refuse(request, ILLEGAL_FUNCTION)

    def _write(self, request: bytes, register: int, data: bytes) -> bytes:
        words = [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]
        asked = range(register, register + len(words))
        if not self._has(asked):
            return self._refuse(request, ILLEGAL_ADDRESS)
        self.registers.update(zip(asked, words, strict=True))
        self._written = self._written or register != (d.at_register if (d := self.driver.options.dimmer) else None)
        return rtu.expected_reply(request)

    def _read(self, request: bytes, asked: range) -> bytes:
        if not self._has(asked):
            return self._refuse(request, ILLEGAL_ADDRESS)
        data = b"".join(self.registers[register].to_bytes(2, "big") for register in asked)
        return rtu.with_crc(bytes([request[0], request[1], len(data)]) + data)

    def _has(self, asked: range) -> bool:
        return 0 < len(asked) <= rtu.MAX_REGISTERS and all(register in self.registers for register in asked)

    def _refuse(self, request: bytes, code: int) -> bytes:
        return rtu.with_crc(bytes([request[0], request[1] | rtu.EXCEPTION_BIT, code]))
