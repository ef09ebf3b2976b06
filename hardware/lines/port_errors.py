"""Why a port cannot be used, in a code for pages and in words for the person who looks after it."""

from __future__ import annotations

import errno
import os
from typing import Final

import serial

from hardware.health import Code, Reason

_CODES: Final = {
    errno.ENOENT: Code.PORT_MISSING,
    errno.ENODEV: Code.PORT_MISSING,
    errno.ENXIO: Code.PORT_MISSING,
    errno.ENOTDIR: Code.PORT_MISSING,
    errno.EACCES: Code.PORT_DENIED,
    errno.EPERM: Code.PORT_DENIED,
    errno.EAGAIN: Code.PORT_BUSY,
    errno.EBUSY: Code.PORT_BUSY,
    errno.EINVAL: Code.PORT_UNSUITABLE,
    errno.ENOTTY: Code.PORT_UNSUITABLE,
}


class PortError(Exception):
    """A port that cannot be opened, or failed in use; `reason` is for the person who looks after it."""

    def __init__(self, url: str, reason: str, code: Code = Code.PORT_LOST) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.code = code

    @property
    def why(self) -> Reason:
        return Reason(self.code, str(self))


def when_opening(url: str, error: Exception) -> PortError:
    if isinstance(error, ValueError):
        return PortError(url, _unsuitable(error), Code.PORT_UNSUITABLE)
    number = _number(error)
    if number in (errno.EAGAIN, errno.EBUSY):
        return PortError(url, "another program is using it", Code.PORT_BUSY)
    code = _CODES.get(number, Code.PORT_MISSING)
    advice = "; the agent's user must be in the group that owns it, often dialout" if code is Code.PORT_DENIED else ""
    return PortError(url, _words(error, number) + advice, code)


def when_using(url: str, error: Exception) -> PortError:
    if isinstance(error, serial.SerialTimeoutException):
        return PortError(url, "it takes no bytes (write timed out)", Code.STUCK)
    return PortError(url, _words(error, _number(error)), Code.PORT_LOST)


def _unsuitable(error: ValueError) -> str:
    if "RS485" in str(error):
        return "it cannot switch the direction of RS-485; take rs485 out: most adapters do that by themselves"
    return str(error)


def _number(error: Exception) -> int:
    """The system's number of the error, 0 where it has none. termios.error has one too, but is no OSError."""
    first = error.errno if isinstance(error, OSError) else (error.args or (0,))[0]
    return first if isinstance(first, int) else 0


def _words(error: Exception, number: int) -> str:
    return os.strerror(number) if number else str(error)
