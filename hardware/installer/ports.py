"""The serial ports of this machine, and the names that they keep when something else is plugged in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from serial.tools import list_ports

if TYPE_CHECKING:
    from serial.tools.list_ports_common import ListPortInfo

DEVICES: Final = Path("/dev")
"""Linux (udev) keeps names that last in serial/by-id, serial/by-path and input/by-path of it."""


@dataclass(frozen=True, slots=True)
class FoundPort:
    """`lasting` is the name to write into a configuration: /dev/ttyUSB0 is another adapter after the next start."""

    device: str
    lasting: str
    description: str


def found_ports(devices: Path = DEVICES) -> list[FoundPort]:
    return sorted((_found(port, devices / "serial") for port in list_ports.comports()), key=lambda port: port.device)


def found_printers(devices: Path = DEVICES) -> list[str]:
    """Printers on a USB cable, which are no serial ports."""
    return sorted(str(path) for path in (devices / "usb").glob("lp*"))


def found_typists(devices: Path = DEVICES) -> list[str]:
    """USB devices that type, by the names that last: number pads, scanners, and the PC's own keyboard."""
    return sorted(str(path) for path in (devices / "input" / "by-path").glob("*-event-kbd"))


def same_port(one: str, other: str) -> bool:
    """Whether two configured addresses mean the same device, by whatever of its names."""
    return one == other or ("://" not in one + other and os.path.realpath(one) == os.path.realpath(other))


def _found(port: ListPortInfo, links: Path) -> FoundPort:
    return FoundPort(port.device, _lasting_name(port, links), _description(port))


def _lasting_name(port: ListPortInfo, links: Path) -> str:
    # a by-id name without a serial number is the same for every adapter of that make
    folders = ("by-id", "by-path") if port.serial_number else ("by-path",)
    for folder in folders:
        for link in sorted((links / folder).glob("*")):
            if os.path.realpath(link) == os.path.realpath(port.device):
                return str(link)
    return port.device


def _description(port: ListPortInfo) -> str:
    said = port.description if port.description not in (None, "n/a") else "serial port"
    usb = f"USB {port.vid:04x}:{port.pid:04x}" if port.vid is not None and port.pid is not None else ""
    return ", ".join(filter(None, (said, usb)))
