"""The ways to a printer: a serial line, a USB printer's device file, TCP. Every wait on one has an end.

python-escpos has transports of its own, which are not used: they block without a limit and take silence for health.
"""

from __future__ import annotations

import os
import select
import socket
import stat
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import serial

from hardware.health import Code
from hardware.lines.port_errors import PortError, when_opening, when_using
from hardware.printers.status import CLOSED, NETWORK_REFUSED, NETWORK_UNREACHABLE

if TYPE_CHECKING:
    from hardware.printers.config import PrinterConfig

# ValueError is pyserial's word for settings or a URL that it cannot use; flushing a port that has vanished raises
# termios.error, which is neither that nor an OSError
if sys.platform == "win32":
    FAULTS: tuple[type[Exception], ...] = (OSError, ValueError)
else:
    import termios

    FAULTS = (OSError, ValueError, termios.error)

SLICE_S: Final = 0.1
"""Longest single wait: an agent that stops is not held up by a printer."""

CHUNK: Final = 1_024

PRINTER_MAJORS: Final = (6, 180)
"""Linux' numbers of the devices /dev/lp0 and /dev/usb/lp0."""

STALE_BYTES: Final = 65_536
"""Most that is thrown away before a question, so that a line which never falls silent cannot hold the printer."""

LINGER_S: Final = 2.0
"""How long a network printer is given to take the last of a ticket before the line to it is closed."""


class NetworkError(PortError):
    """A network printer cannot be reached, or hung up: there is no port of ours to look at. `nearer` is for pages."""

    def __init__(self, url: str, reason: str, nearer: str) -> None:
        super().__init__(url, reason, Code.NO_ANSWER)
        self.nearer = nearer


class Port(Protocol):
    """Any method but the last two raises PortError."""

    def write_some(self, data: bytes) -> int:
        """Hand over what is taken at once or within SLICE_S; how much it was, 0 included."""
        ...

    def read_some(self, size: int) -> bytes:
        """What comes within SLICE_S; b"" for silence."""
        ...

    def discard_input(self) -> None:
        """Forget what has come in."""
        ...

    def close(self) -> None: ...

    def abort(self) -> None:
        """Close, and let nothing that is still on its way arrive."""
        ...


def open_port(printer: PrinterConfig) -> Port:
    """Raises PortError. `virtual://` is not for here."""
    if printer.is_network:
        return TcpPort(printer)
    if printer.scheme:
        return SerialPort(printer)
    return _open_device(printer)


def check_is_there(printer: PrinterConfig) -> None:
    """Raises PortError for a device that has gone: one that is only written to would be missed too late."""
    if not printer.scheme and sys.platform != "win32" and not Path(printer.url).exists():
        raise PortError(printer.url, "it was unplugged")


def _open_device(printer: PrinterConfig) -> Port:
    """A serial line, or a device that takes bytes as they are. Not opened to find out: some take that as a reset."""
    if sys.platform == "win32":
        return SerialPort(printer)
    way = os.O_RDWR if printer.status else os.O_WRONLY
    try:
        device = Path(printer.url).stat()
        if not stat.S_ISCHR(device.st_mode):
            raise PortError(printer.url, _no_device(device.st_mode), Code.PORT_UNSUITABLE)
        if os.major(device.st_rdev) not in PRINTER_MAJORS:
            return SerialPort(printer)
        return DevicePort(printer.url, os.open(printer.url, way | os.O_NONBLOCK))
    except OSError as error:
        raise when_opening(printer.url, error) from error


def _no_device(mode: int) -> str:
    """Bytes to any of these would be lost, or worse: a ticket on a disk is the end of what was on it."""
    kinds = {
        stat.S_IFREG: "a plain file",
        stat.S_IFBLK: "a disk",
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFDIR: "a folder",
    }
    return f"is {kinds.get(stat.S_IFMT(mode), 'no device')}, not a printer or a serial line"


class DevicePort:
    """A device file, such as /dev/usb/lp0, without a line discipline."""

    def __init__(self, url: str, fd: int) -> None:
        self._url = url
        self._fd = fd

    def write_some(self, data: bytes) -> int:
        try:
            _, ready, _ = select.select([], [self._fd], [], SLICE_S)
            return os.write(self._fd, data[:CHUNK]) if ready else 0
        except BlockingIOError:
            return 0
        except OSError as error:
            raise when_using(self._url, error) from error

    def read_some(self, size: int) -> bytes:
        try:
            ready, _, _ = select.select([self._fd], [], [], SLICE_S)
            heard = os.read(self._fd, size) if ready else b""
        except BlockingIOError:
            return b""
        except OSError as error:
            raise when_using(self._url, error) from error
        if ready and not heard:
            time.sleep(SLICE_S)  # a printer's empty packet looks like an end, and would be read again at once
        return heard

    def discard_input(self) -> None:
        _discard(self._fd, self._url)

    def close(self) -> None:
        os.close(self._fd)

    abort = close


class SerialPort:
    """A serial line (or rfc2217://), set up by pyserial."""

    def __init__(self, printer: PrinterConfig) -> None:
        self._url = printer.url
        settings = printer.model_dump(
            include={"baudrate", "bytesize", "parity", "stopbits", "xonxoff", "rtscts", "dsrdtr"}
        )
        self._selectable = os.name == "posix" and not printer.scheme
        exclusive = True if self._selectable else None
        try:
            self._serial = serial.serial_for_url(
                printer.url, timeout=SLICE_S, write_timeout=printer.write_timeout_s, exclusive=exclusive, **settings
            )
        except FAULTS as error:
            raise when_opening(self._url, error) from error

    def write_some(self, data: bytes) -> int:
        try:
            if not self._selectable:
                return self._serial.write(data[:CHUNK]) or 0
            # pyserial's own write does not say how much was taken before its time was over
            _, ready, _ = select.select([], [self._serial.fileno()], [], SLICE_S)
            return os.write(self._serial.fileno(), data[:CHUNK]) if ready else 0
        except BlockingIOError:
            return 0
        except FAULTS as error:
            raise when_using(self._url, error) from error

    def read_some(self, size: int) -> bytes:
        try:
            heard = self._serial.read(1)
            return heard + self._serial.read(min(self._serial.in_waiting, size - 1)) if heard else b""
        except FAULTS as error:
            raise when_using(self._url, error) from error

    def discard_input(self) -> None:
        if self._selectable:
            _discard(self._serial.fileno(), self._url)
            return
        try:
            self._serial.reset_input_buffer()
        except FAULTS as error:
            raise when_using(self._url, error) from error

    def close(self) -> None:
        # Linux drains a serial port for up to 30 s on closing: what is still to go has been given its time before
        with suppress(*FAULTS):
            self._serial.reset_output_buffer()
        with suppress(*FAULTS):
            self._serial.close()

    abort = close


class TcpPort:
    """Raw TCP, port 9100. Opened for each visit: such a printer has one line, and other computers may want it too."""

    def __init__(self, printer: PrinterConfig) -> None:
        self._url = printer.url
        self._is_asked = printer.status
        try:
            self._socket = socket.create_connection(printer.address, printer.connect_timeout_s)
        except OSError as error:
            raise _unreachable(self._url, error) from error
        self._socket.setblocking(False)
        # a question of three bytes would wait for the acknowledgement of what went before it
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def write_some(self, data: bytes) -> int:
        try:
            _, ready, _ = select.select([], [self._socket], [], SLICE_S)
            return self._socket.send(data[:CHUNK]) if ready else 0
        except BlockingIOError:
            return 0
        except OSError as error:
            raise _unreachable(self._url, error) from error

    def read_some(self, size: int) -> bytes:
        try:
            ready, _, _ = select.select([self._socket], [], [], SLICE_S)
            heard = self._socket.recv(size) if ready else b""
        except BlockingIOError:
            return b""
        except OSError as error:
            raise _unreachable(self._url, error) from error
        if ready and not heard:
            raise NetworkError(self._url, "the printer closed the line", CLOSED)
        return heard

    def discard_input(self) -> None:
        discarded = 0
        try:
            while discarded < STALE_BYTES and (heard := self._socket.recv(CHUNK)):
                discarded += len(heard)
        except BlockingIOError:
            return
        except OSError as error:
            raise _unreachable(self._url, error) from error

    def close(self) -> None:
        if not self._is_asked:
            self._wait_for_the_end()
        self._socket.close()

    def abort(self) -> None:
        with suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def _wait_for_the_end(self) -> None:
        """A line that is closed while something unread has come is reset, and the end of the ticket lost."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
            self._socket.settimeout(SLICE_S)
            ends = time.monotonic() + LINGER_S
            while time.monotonic() < ends:
                with suppress(TimeoutError):
                    if not self._socket.recv(CHUNK):
                        break


def _unreachable(url: str, error: OSError) -> NetworkError:
    said = "nothing answers at this address" if isinstance(error, TimeoutError) else error.strerror or str(error)
    return NetworkError(url, said, _network_code(error))


def _network_code(error: OSError) -> str:
    if isinstance(error, ConnectionRefusedError):
        return NETWORK_REFUSED
    # reset, aborted, or a broken pipe: it was reached before
    return CLOSED if isinstance(error, ConnectionError) else NETWORK_UNREACHABLE


def _discard(fd: int, url: str) -> None:
    discarded = 0
    try:
        while discarded < STALE_BYTES and select.select([fd], [], [], 0)[0]:
            heard = os.read(fd, CHUNK)
            if not heard:
                return
            discarded += len(heard)
    except BlockingIOError:
        return
    except OSError as error:
        raise when_using(url, error) from error
