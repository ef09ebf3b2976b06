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
LAST_UNIT: Final = 247
SILENT_CHARACTERS: Final = 3.5
"""Silence before and after a frame, in character times; it is what tells a slave that a frame has ended."""

MAX_REGISTERS: Final = 123
"""Most registers that one function 10h may write."""

_BYTE_COUNT: Final = 6
_DATA: Final = 7

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


def request_size(request: bytes) -> int:
    """How long the request that begins here is, in bytes; 0 where that cannot be said (yet)."""
    if len(request) < 2:  # noqa: PLR2004 - unit, function
        return 0
    if request[1] in (READ_REGISTERS, WRITE_REGISTER):
        return 8
    is_complete = request[1] == WRITE_REGISTERS and len(request) > _BYTE_COUNT
    return _DATA + request[_BYTE_COUNT] + 2 if is_complete else 0


def parts(request: bytes) -> list[tuple[bytes, str]]:
    """A request taken apart: the bytes, and what they are."""
    register, number = (int.from_bytes(request[at : at + 2], "big") for at in (2, 4))
    names = {READ_REGISTERS: "read registers", WRITE_REGISTER: "write one register", WRITE_REGISTERS: "write registers"}
    head = [
        (request[:1], f"unit {request[0]}"),
        (request[1:2], f"function: {names.get(request[1], 'another')}"),
        (request[2:4], f"register {register} ({register:04X}h)"),
    ]
    if request[1] == WRITE_REGISTER:
        body = [(request[4:6], f"value {number}")]
    elif request[1] == WRITE_REGISTERS:
        data = request[_DATA:-2]
        body = [(request[4:6], f"{number} registers"), (request[6:7], f"{len(data)} bytes"), (data, "values")]
    elif request[1] == READ_REGISTERS:
        body = [(request[4:6], f"{number} registers")]
    else:
        body, head = [(request[2:-2], "data")], head[:2]
    return [*head, *body, (request[-2:], "CRC")]


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
