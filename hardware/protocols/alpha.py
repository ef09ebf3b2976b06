"""Packets of the Alpha sign protocol ("EZ KEY II", "M-Protocol"), as Alpha and BetaBrite signs take them. Pure.

Source: "Alpha Sign Communications Protocol", form 9708-8061F, 10 March 2006. Only what version 1.0 has is used, but for
ACK/NAK, which newer signs have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from hardware.protocols.checksums import sum16

WAKE: Final = bytes(5)
"""The sign finds the line's speed by them."""

SOH, STX, ETX, EOT = b"\x01", b"\x02", b"\x03", b"\x04"
START_OF_MODE: Final = b"\x1b"
CALL_STRING: Final = b"\x10"
COLOUR: Final = b"\x1c"
ACK, NAK = b"\x06", b"\x15"

HOLD: Final = b"b"
POSITIONS: Final = {"middle": b"\x20", "top": b"\x22", "bottom": b"\x26", "fill": b"\x30"}
COLOURS: Final = {"red": b"1", "green": b"2", "amber": b"3"}

CLEAR_MEMORY: Final = b"E$"
ACK_ON: Final = b"Es1"
ASK_GENERAL: Final = b'F"'
GENERAL: Final = b'E"'
"""A sign answers a question with the command that would write the same."""

LONGEST_STRING: Final = 125

_PACKET: Final = re.compile(
    rb"(?s)\x00*\x01(?P<type>[!-~])(?P<address>[0-9A-F?]{2})\x02(?P<payload>[^\x01\x03\x04]*)"
    rb"(?:\x03(?P<sum>[0-9A-F]{4})?)?\x04"
)


@dataclass(frozen=True, slots=True)
class Packet:
    """One command to one sign. `address` is two hexadecimal digits, "00" for all; `with_sum` adds a checksum."""

    sign_type: str
    address: str
    payload: bytes
    with_sum: bool = False

    def encode(self) -> bytes:
        return b"".join(data for data, _ in self.parts())

    def parts(self) -> list[tuple[bytes, str]]:
        """The bytes, and what they are."""
        checksum = _checksum(self.payload) if self.with_sum else b""
        return [
            (WAKE, "wakes the sign"),
            (SOH, "start of header"),
            (self.sign_type.encode("ascii"), f"sign type {self.sign_type}"),
            (self.address.encode("ascii"), f"address {self.address}"),
            (STX, "start of text"),
            (self.payload[:2], _meaning(self.payload)),
            (self.payload[2:], "data"),
            (ETX if checksum else b"", "end of text"),
            (checksum, "checksum (sum16)"),
            (EOT, "end of transmission"),
        ]


def find(data: bytes) -> tuple[Packet, int, bool] | None:
    """The first whole packet in `data`, where it ends, and whether its checksum, if it has one, is right."""
    found = _PACKET.search(data)
    if found is None:
        return None
    payload, given = found["payload"], found["sum"]
    packet = Packet(found["type"].decode("ascii"), found["address"].decode("ascii"), payload, given is not None)
    return packet, found.end(), given in (None, _checksum(payload))


def text_entry(label: str, size: int) -> bytes:
    """A TEXT file in a memory configuration: locked, shown at all times; `size` in bytes."""
    return f"{label}AL{size:04X}FF00".encode("ascii")


def string_entry(label: str, size: int) -> bytes:
    """A STRING file in a memory configuration; `size` in bytes."""
    return f"{label}BL{size:04X}0000".encode("ascii")


def write_text(label: str, position: bytes, mode: bytes, body: bytes) -> bytes:
    return b"A" + label.encode("ascii") + START_OF_MODE + position + mode + body


def write_string(label: str, data: bytes) -> bytes:
    return b"G" + label.encode("ascii") + data


def _checksum(payload: bytes) -> bytes:
    return f"{sum16(STX + payload + ETX):04X}".encode("ascii")


def _meaning(payload: bytes) -> str:
    label = payload[1:2].decode("ascii", "replace")
    special = {b"E$": "set the memory up", b"Es": "answer with ACK or NAK", b'F"': "ask what the sign is"}
    commands = {b"A": f"write TEXT file {label}", b"G": f"write STRING file {label}"}
    return special.get(payload[:2]) or commands.get(payload[:1], "command")
