"""Where a scanner's bytes come from: a serial line, or the keys of one that types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hardware import hid
from hardware.config import BusConfig
from hardware.drivers.base import Reply
from hardware.lines.ports import SerialPort
from hardware.scanners.layout import typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.listening import Source
    from hardware.scanners.config import ScannerConfig

ANYTHING: Final = re.compile(rb"(?s).")
SERIAL_SETTINGS: Final = {"name", "baudrate", "bytesize", "parity", "stopbits", "xonxoff", "rtscts"}


def open_source(config: ScannerConfig) -> Source[bytes]:
    """Raises PortError."""
    return SerialSource(config) if config.url else TypedSource(config)


class SerialSource:
    """USB-CDC, RS-232 and serial servers: the same bytes."""

    def __init__(self, config: ScannerConfig) -> None:
        self._port = SerialPort(BusConfig(url=config.port, **config.model_dump(include=SERIAL_SETTINGS)))

    def read(self, timeout_s: float) -> bytes:
        return self._port.read_reply(Reply(ANYTHING, timeout_ms=round(timeout_s * 1000)), 0)

    def close(self) -> None:
        self._port.close()


class TypedSource:
    """A scanner as a keyboard wedge; its Enter key stands for the suffix that is configured."""

    def __init__(self, config: ScannerConfig, open_input: Callable[[str], hid.InputDevice] = hid.open_device) -> None:
        self._device = hid.HidDevice(config.port, open_input)
        self._enter = "\r" if config.suffix == "Tab" else config.suffix_bytes.decode()

    def read(self, timeout_s: float) -> bytes:
        return typed(self._device.read(timeout_s), self._enter)

    def close(self) -> None:
        self._device.close()
