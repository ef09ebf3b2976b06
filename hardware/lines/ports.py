"""What a bus writes to: pyserial's ports behind a narrow door, and the simulated line."""

from __future__ import annotations

import errno
import os
import select
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol

import serial

from hardware.lines.virtual import VirtualPort

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hardware.config import BusConfig
    from hardware.drivers.base import Driver, Reply

POLL_S: Final = 0.05
"""Longest single wait of a read. Fixed at opening: changing pyserial's timeout sets the whole port up again."""

STALE_BYTES: Final = 65_536
"""Most that is thrown away before a request, so that a port which never falls silent cannot hold the bus."""

# SerialException is an OSError, but in_waiting raises a plain one; ValueError is pyserial's word for settings or a URL
# that it cannot use; flushing a port that has vanished raises termios.error, which is neither
if sys.platform == "win32":
    _FAULTS: tuple[type[Exception], ...] = (OSError, ValueError)
else:
    import termios

    _FAULTS = (OSError, ValueError, termios.error)


class PortError(Exception):
    """A port that cannot be opened, or failed in use; `reason` is for the person who looks after it."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason


class Port(Protocol):
    def write(self, data: bytes) -> None:
        """Hand all of `data` to the line; raises PortError, after the write timeout at the latest."""
        ...

    def read_reply(self, reply: Reply, sending_s: float) -> bytes:
        """What is heard until `reply` is complete or its time, counted from the end of sending, is over."""
        ...

    def discard_input(self) -> None:
        """Forget what has come in. Also how a port that has gone is noticed: raises PortError."""
        ...

    def shown(self, board: str) -> str | None:
        """What the board shows, where that can be looked up (a simulated line); else None."""
        ...

    def close(self) -> None: ...


def open_port(bus: BusConfig, boards: Mapping[str, Driver]) -> Port:
    """Raises PortError."""
    if bus.is_virtual:
        return VirtualPort({name: driver.simulate() for name, driver in boards.items()})
    return SerialPort(bus)


class SerialPort:
    """A pyserial port (device path or URL) whose reads and writes are all bounded in time and size."""

    def __init__(self, bus: BusConfig) -> None:
        self._url = bus.url
        self._write_timeout_s = bus.write_timeout_s
        settings = bus.model_dump(include={"baudrate", "bytesize", "parity", "stopbits", "xonxoff", "rtscts"})
        is_device = "://" not in bus.url
        try:
            self._serial = serial.serial_for_url(
                bus.url,
                timeout=POLL_S,
                write_timeout=bus.write_timeout_s,
                exclusive=True if is_device and os.name == "posix" else None,
                **settings,
            )
        except _FAULTS as error:
            raise PortError(self._url, _reason(error)) from error
        self._selectable = os.name == "posix" and (is_device or bus.url.startswith("socket://"))

    def write(self, data: bytes) -> None:
        try:
            self._wait_for_room()
            written = self._serial.write(data)
        except _FAULTS as error:
            raise PortError(self._url, _reason(error)) from error
        if written is not None and written != len(data):
            raise PortError(self._url, f"took {written} of {len(data)} bytes")

    def read_reply(self, reply: Reply, sending_s: float) -> bytes:
        heard = bytearray()
        ends = time.monotonic() + sending_s + reply.timeout_ms / 1000
        while len(heard) < reply.max_bytes and time.monotonic() < ends:
            heard += self._read(min(self._waiting() or 1, reply.max_bytes - len(heard)))
            if reply.pattern.search(heard):
                break
        return bytes(heard)

    def discard_input(self) -> None:
        discarded = 0
        while discarded < STALE_BYTES and (waiting := self._waiting()):
            discarded += len(self._read(min(waiting, STALE_BYTES)))

    def shown(self, board: str) -> str | None:  # noqa: ARG002 - nobody can look at a real board from here
        return None

    def close(self) -> None:
        # Linux drains a serial port for up to 30 s on closing; a line that takes nothing would hold the bus that long
        with suppress(*_FAULTS):
            self._serial.reset_output_buffer()
        with suppress(*_FAULTS):
            self._serial.close()

    def _wait_for_room(self) -> None:
        """Wait asleep while the buffer is full: pyserial's own write spins, taking the processor from other buses."""
        if self._selectable:
            _, ready, _ = select.select([], [self._serial.fileno()], [], self._write_timeout_s)
            if not ready:
                raise serial.SerialTimeoutException("Write timeout")

    def _waiting(self) -> int:
        try:
            return self._serial.in_waiting
        except _FAULTS as error:
            raise PortError(self._url, _reason(error)) from error

    def _read(self, size: int) -> bytes:
        try:
            return self._serial.read(size)
        except _FAULTS as error:
            raise PortError(self._url, _reason(error)) from error


def _reason(error: Exception) -> str:
    if isinstance(error, serial.SerialTimeoutException):
        return "it takes no bytes (write timed out)"
    if isinstance(error, OSError) and error.errno:
        is_locked = error.errno in (errno.EAGAIN, errno.EBUSY)
        return "another program is using it" if is_locked else os.strerror(error.errno)
    return str(error)
