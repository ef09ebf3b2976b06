"""The checksums met on counter boards. Pure."""

from __future__ import annotations

from functools import reduce
from operator import xor
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

ChecksumKind = Literal["none", "sum8", "xor8", "sum16", "crc16"]


def sum8(data: bytes) -> int:
    return sum(data) & 0xFF


def xor8(data: bytes) -> int:
    return reduce(xor, data, 0)


def sum16(data: bytes) -> int:
    return sum(data) & 0xFFFF


def crc16(data: bytes) -> int:
    """CRC-16/MODBUS: starts at FFFF, polynomial 8005 reflected (A001), no final xor.

    Source: "MODBUS over Serial Line Specification and Implementation Guide" V1.02, 6.2.2.
    """
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


ALGORITHMS: dict[str, tuple[Callable[[bytes], int], int]] = {
    "sum8": (sum8, 1),
    "xor8": (xor8, 1),
    "sum16": (sum16, 2),
    "crc16": (crc16, 2),
}
"""Kind -> (the function, how many bytes its value has)."""
