"""USB devices that type (number pads, scanners as keyboard wedge), read as Linux's input devices.

A device is grabbed: what is typed on it reaches nobody else, no login screen and no page that has the focus.
Name it by /dev/input/by-path/…-event-kbd: cheap ones have no serial number to tell two of them apart.
Source of the numbers: linux/input-event-codes.h.
"""

from __future__ import annotations

import errno
import select
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from hardware.health import Code
from hardware.lines.port_errors import PortError, when_opening, when_using
from hardware.listening import Watcher, listen

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator

SYN_EVENT: Final = 0
KEY_EVENT: Final = 1
SYN_DROPPED: Final = 3
SHIFTS: Final = frozenset({42, 54})
NUM_LOCK: Final = 69
"""Many pads press it around each key, some scanners around a code: it means nothing."""

DOWN: Final = 1
"""The value of a key that goes down; 0 is its way up, 2 the repeating of one that is held."""

LOST: Final = 0
"""The code of a KeyPress that stands for keys which came faster than they were read."""

_HINTS: Final = {
    errno.EBUSY: (Code.PORT_BUSY, "another program has grabbed it"),
    errno.EACCES: (Code.PORT_DENIED, "this user may not read it; add the agent's user to the group 'input'"),
    errno.ENOTTY: (Code.PORT_UNSUITABLE, "it is not an input device"),
}


@dataclass(frozen=True, slots=True)
class KeyPress:
    """A key that went down: Linux's KEY_ code, and whether a shift key was held."""

    code: int
    shift: bool = False


class InputEvent(Protocol):
    @property
    def type(self) -> int: ...
    @property
    def code(self) -> int: ...
    @property
    def value(self) -> int: ...


class InputDevice(Protocol):
    """What is used of evdev's."""

    def fileno(self) -> int: ...
    def grab(self) -> None: ...
    def read(self) -> Iterable[InputEvent]: ...
    def close(self) -> None: ...


def open_device(path: str) -> InputDevice:
    """Raises PortError where evdev is not installed, OSError."""
    try:
        import evdev  # noqa: PLC0415 - an optional part: most agents have no such device
    except ImportError as error:
        hint = "reading USB keypads and scanners needs evdev; install it with: pip install 'toiluot[usb-keypads]'"
        raise PortError(path, hint, Code.PORT_UNSUITABLE) from error
    device: InputDevice = evdev.InputDevice(path, readonly=True)
    return device


class HidDevice:
    """A grabbed device; raises PortError in opening and in reading."""

    def __init__(self, path: str, open_input: Callable[[str], InputDevice] = open_device) -> None:
        self._path = path
        self._shifts = set[int]()
        try:
            self._device = open_input(path)
        except OSError as error:
            raise _cannot_open(path, error) from error
        try:
            self._device.grab()
        except OSError as error:
            self.close()
            raise _cannot_open(path, error) from error

    def read(self, timeout_s: float) -> list[KeyPress]:
        """The keys that went down, waiting `timeout_s` at most for the first; shift is told with the others."""
        try:
            ready, _, _ = select.select([self._device.fileno()], [], [], timeout_s)
            return list(self._presses(self._device.read())) if ready else []
        except BlockingIOError:
            return []
        except OSError as error:
            raise when_using(self._path, error) from error

    def close(self) -> None:
        with suppress(OSError):
            self._device.close()

    def _presses(self, events: Iterable[InputEvent]) -> Iterator[KeyPress]:
        for event in events:
            if event.type == SYN_EVENT and event.code == SYN_DROPPED:
                self._shifts.clear()
                yield KeyPress(LOST)
            elif event.type == KEY_EVENT and event.code in SHIFTS:
                (self._shifts.add if event.value else self._shifts.discard)(event.code)
            elif event.type == KEY_EVENT and event.value == DOWN:
                yield KeyPress(event.code, bool(self._shifts))


def presses(
    path: str,
    stopping: threading.Event,
    watcher: Watcher,
    open_input: Callable[[str], InputDevice] = open_device,
) -> Iterator[list[KeyPress]]:
    """The keys pressed until `stopping` is set, whatever happens to the plug; an empty list every 0.25 s of silence."""
    return listen(lambda: HidDevice(path, open_input), stopping, watcher)


def _cannot_open(path: str, error: OSError) -> PortError:
    if error.errno not in _HINTS:
        return when_opening(path, error)
    code, hint = _HINTS[error.errno]
    return PortError(path, hint, code)
