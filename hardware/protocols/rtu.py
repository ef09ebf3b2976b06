"""Modbus RTU as a master needs it for boards: functions 03, 06 and 10h. Pure.

Source: "MODBUS Application Protocol Specification" V1.1b3 and "MODBUS over Serial Line" V1.02: high byte first in
the body, the CRC low byte first, unit 0 is broadcast and never answered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hardware.protocols.checksums import crc16

if TYPE_CHECKING:
    from collections.abc import Sequence

READ_REGISTERS: Final = 0x03
WRITE_REGISTER: Final = 0x06
WRITE_REGISTERS: Final = 0x10
EXCEPTION_BIT: Final = 0x80
BROADCAST: Final = 0
SILENT_CHARACTERS: Final = 3.5
"""Silence before and after a frame, in character times; it is what tells a slave that a frame has ended."""

MAX_REGISTERS: Final = 123
"""Most registers that one function 10h may write."""

EXCEPTIONS: Final[dict[int, str]] = {
    1: "illegal function",
    2: "illegal data address",
    3: "illegal data value",
    4: "slave device failure",
    5: "acknowledge",
    6: "slave device busy",
    8: "memory parity error",
    10: "gateway path unavailable",
    11: "gateway target failed to respond",
}


class RtuReplyError(Exception):
    """A reply that does not say that the registers were written; `reply` is what came."""

    def __init__(self, reply: bytes, reason: str) -> None:
        super().__init__(reason)
        self.reply = reply


class ModbusExceptionReplyError(RtuReplyError):
    """The slave understood and refused."""

    def __init__(self, reply: bytes, code: int) -> None:
        super().__init__(reply, f"Modbus exception {code} ({EXCEPTIONS.get(code, 'unknown')})")
        self.code = code


def write_register(unit: int, register: int, value: int) -> bytes:
    return with_crc(bytes([unit, WRITE_REGISTER]) + _words([register, value]))


def write_registers(unit: int, register: int, values: Sequence[int]) -> bytes:
    head = bytes([unit, WRITE_REGISTERS]) + _words([register, len(values)])
    return with_crc(head + bytes([2 * len(values)]) + _words(values))


def read_registers(unit: int, register: int, count: int) -> bytes:
    return with_crc(bytes([unit, READ_REGISTERS]) + _words([register, count]))


def with_crc(body: bytes) -> bytes:
    return body + crc16(body).to_bytes(2, "little")


def crc_is_right(frame: bytes) -> bool:
    return len(frame) >= 4 and with_crc(frame[:-2]) == frame  # noqa: PLR2004 - unit, function, CRC


def expected_reply(request: bytes) -> bytes:
    """The one right answer to a write: an echo (06), or the address and count (10h)."""
    return request if request[1] == WRITE_REGISTER else with_crc(request[:6])


def reply_pattern(request: bytes) -> re.Pattern[bytes]:
    """Matches a whole answer, right or refusing, so that the reader knows when to stop."""
    unit, function = request[0], request[1]
    refusal = re.escape(bytes([unit, function | EXCEPTION_BIT])) + rb".{3}"
    if function == READ_REGISTERS:
        size = 2 * int.from_bytes(request[4:6], "big")
        right = re.escape(bytes([unit, function, size])) + b".{%d}" % (size + 2)
    else:
        right = re.escape(expected_reply(request))
    return re.compile(rb"(?s)" + right + rb"|" + refusal)


def check_reply(request: bytes, reply: bytes) -> None:
    """Return quietly if the slave did what was asked.

    Raises:
        ModbusExceptionReplyError: it refused.
        RtuReplyError: anything else, noise and a wrong CRC included.
    """
    found = reply_pattern(request).search(reply)
    if found is None:
        raise RtuReplyError(reply, "not an answer to what was asked")
    answer = found.group()
    if not crc_is_right(answer):
        raise RtuReplyError(reply, "wrong CRC")
    if answer[1] & EXCEPTION_BIT:
        raise ModbusExceptionReplyError(reply, answer[2])


def _words(values: Sequence[int]) -> bytes:
    return b"".join(value.to_bytes(2, "big") for value in values)
