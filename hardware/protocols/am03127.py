"""Packets of the AMPLUS AM03127 and AM03128 message signs. Pure.

Source: AM004-03128/03127 LED display communication board, document 2.2 of 13 August 2005.
"""

from __future__ import annotations

import re
from typing import Final

from hardware.protocols.checksums import xor8

BROADCAST: Final = 0
END: Final = b"<E>"
ANSWER: Final = re.compile(rb"N?ACK")
PACKET: Final = re.compile(rb"(?s)<ID([0-9A-F]{2})>((?:(?!<ID[0-9A-F]{2}>).)*?)([0-9A-F]{2})<E>")

_ESCAPED: Final = str.maketrans({"<": "<UBC>", ">": "<UBE>"})


def packet(sign: int, data: bytes) -> bytes:
    """`data` for one sign (1 to 255), or for all (0), which none answers."""
    return _head(sign) + data + checksum(data) + END


def spoilt(sign: int, data: bytes) -> bytes:
    """The same with a wrong checksum: the sign answers NACK, and does nothing."""
    wrong = f"{xor8(data) ^ 0xFF:02X}".encode("ascii")
    return _head(sign) + data + wrong + END


def checksum(data: bytes) -> bytes:
    return f"{xor8(data):02X}".encode("ascii")


def escaped(text: str) -> str:
    """A text as it stands on a page, where < begins a command."""
    return text.translate(_ESCAPED)


def _head(sign: int) -> bytes:
    return f"<ID{sign:02X}>".encode("ascii")
