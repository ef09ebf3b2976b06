"""What a bus writes to: pyserial's ports behind a narrow door, and the simulated line."""

from __future__ import annotations

import os
import select
import socket
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Protocol

import serial
from serial.rs485 import RS485Settings
from serial.urlhandler import protocol_socket

from hardware.lines.port_errors import PortError, when_opening, when_using
from hardware.lines.virtual import VirtualPort

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hardware.config import BusConfig
    from hardware.drivers.base import Reply
    from hardware.lines.occupants import Talker

__all__ = ["Port", "PortError", "open_port"]

POLL_S: Final = 0.015
"""Longest single wait of a read: as much later a lamp may be told something.

Fixed at opening: changing pyserial's timeout sets the whole port up again.
"""

POLL_RFC2217_S: Final = 0.005
"""The same where only a read that waits notices that the connection is gone."""

CONNECT_S: Final = 1.0
"""A serial server that does not answer is tried again so soon that it is found within 2 s of its return."""

SILENT_PEER_S: Final = 5
"""A connection whose other side confirms nothing for so long is gone: its cable was pulled."""

STALE_BYTES: Final = 65_536
"""Most that is taken in at once, so that a port which never falls silent cannot hold the bus."""

# SerialException is an OSError, but in_waiting raises a plain one; ValueError is pyserial's word for settings or a URL
# that it cannot use; flushing a port that has vanished raises termios.error, which is neither
if sys.platform == "win32":
    _FAULTS: tuple[type[Exception], ...] = (OSError, ValueError)
else:
    import termios

    _FAULTS = (OSError, ValueError, termios.error)


class Port(Protocol):
    def write(self, data: bytes) -> None:
        """Hand all of `data` to the line; raises PortError, after the write timeout at the latest."""
        ...

    def read_reply(
        self,
        reply: Reply,
        sending_s: float,
        hear: Callable[[bytes], None] | None = None,
        given_up: Callable[[], bool] | None = None,
    ) -> bytes:
        """What is heard until `reply` is complete or its time, counted from the end of sending, is over.

        `hear` is given every piece as it comes. Whenever nothing comes, `given_up` may end the waiting.
        """
        ...

    def take_input(self) -> bytes:
        """What has come in. Also how a port that has gone is noticed: raises PortError."""
        ...

    def shown(self, board: str) -> str | None:
        """What the board shows, where that can be looked up (a simulated line); else None."""
        ...

    def close(self) -> None: ...


def open_port(bus: BusConfig, occupants: Mapping[str, Talker]) -> Port:
    """Raises PortError."""
    if bus.is_virtual:
        return VirtualPort({name: talker.simulate() for name, talker in occupants.items()})
    return SerialPort(bus)


class SerialPort:
    """A pyserial port (device path or URL) whose reads and writes are all bounded in time and size."""

    def __init__(self, bus: BusConfig) -> None:
        self._url = bus.url
        self._write_timeout_s = bus.write_timeout_s
        self._is_device = bus.is_device
        self._is_rfc2217 = bus.url.startswith("rfc2217://")
        self._selectable = os.name == "posix" and not self._is_rfc2217
        try:
            self._serial = self._opened(bus)
        except _FAULTS as error:
            raise when_opening(self._url, error) from error
        try:
            self._set_up(bus)
        except PortError:
            self.close()
            raise

    def write(self, data: bytes) -> None:
        try:
            self._wait_for_room()
            written = self._serial.write(data)
        except _FAULTS as error:
            raise when_using(self._url, error) from error
        if written is not None and written != len(data):
            raise when_using(self._url, OSError(f"took {written} of {len(data)} bytes"))

    def read_reply(
        self,
        reply: Reply,
        sending_s: float,
        hear: Callable[[bytes], None] | None = None,
        given_up: Callable[[], bool] | None = None,
    ) -> bytes:
        heard = bytearray()
        ends = time.monotonic() + sending_s + reply.timeout_ms / 1000
        while len(heard) < reply.max_bytes and time.monotonic() < ends:
            piece = self._read(min(self._waiting() or 1, reply.max_bytes - len(heard)))
            heard += piece
            if piece and hear:
                hear(piece)
            if reply.pattern.search(heard) or (not piece and given_up and given_up()):
                break
        return bytes(heard)

    def take_input(self) -> bytes:
        taken = bytearray()
        while len(taken) < STALE_BYTES and (waiting := self._waiting()):
            taken += self._read(min(waiting, STALE_BYTES))
        if self._is_rfc2217 and not taken:
            taken += self._read(1)
        return bytes(taken)

    def shown(self, board: str) -> str | None:  # noqa: ARG002 - nobody can look at a real board from here
        return None

    def close(self) -> None:
        # Linux drains a serial port for up to 30 s on closing; a line that takes nothing would hold the bus that long
        if self._is_device:
            with suppress(*_FAULTS):
                self._serial.reset_output_buffer()
        with suppress(*_FAULTS):
            self._serial.close()

    def _opened(self, bus: BusConfig) -> Any:
        settings = bus.model_dump(include={"baudrate", "bytesize", "parity", "stopbits", "xonxoff", "rtscts"})
        # pyserial gives no other way to say how long a connection may take
        protocol_socket.POLL_TIMEOUT = CONNECT_S
        return serial.serial_for_url(
            bus.url,
            timeout=POLL_RFC2217_S if self._is_rfc2217 else POLL_S,
            write_timeout=None if self._is_rfc2217 else bus.write_timeout_s,  # refused there as not implemented
            exclusive=True if self._is_device and os.name == "posix" else None,
            **settings,
        )

    def _set_up(self, bus: BusConfig) -> None:
        try:
            if bus.rs485:
                self._serial.rs485_mode = RS485Settings()
            if isinstance(connection := getattr(self._serial, "_socket", None), socket.socket):
                _notice_a_silent_peer(connection)
        except _FAULTS as error:
            raise when_opening(self._url, error) from error

    def _wait_for_room(self) -> None:
        """Wait asleep while the buffer is full: pyserial's own write spins, taking the processor from other buses."""
        if self._selectable:
            _, ready, _ = select.select([], [self._serial.fileno()], [], self._write_timeout_s)
            if not ready:
                raise serial.SerialTimeoutException("Write timeout")

    def _waiting(self) -> int:
        try:
            return int(self._serial.in_waiting)
        except _FAULTS as error:
            raise when_using(self._url, error) from error

    def _read(self, size: int) -> bytes:
        try:
            return bytes(self._serial.read(size))
        except _FAULTS as error:
            raise when_using(self._url, error) from error


def _notice_a_silent_peer(connection: socket.socket) -> None:
    """Without this a pulled cable is noticed after a quarter of an hour, and until then all counts as sent."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if sys.platform == "linux":
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 2)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, SILENT_PEER_S - 2)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENT_PEER_S * 1000)
