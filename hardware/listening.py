"""Hearing a device (a serial port, a USB device that types) for as long as the agent runs, unplugged or not."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from hardware.backoff import Backoff
from hardware.lines.port_errors import PortError

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

REOPEN_FIRST_S: Final = 0.25
REOPEN_MOST_S: Final = 1.5
"""A device that is plugged in again is heard within two seconds."""

Heard_co = TypeVar("Heard_co", covariant=True)


class Source(Protocol[Heard_co]):
    """An open device."""

    def read(self, timeout_s: float) -> Heard_co:
        """What has come, waiting `timeout_s` at most for the first of it; empty if nothing came. Raises PortError."""
        ...

    def close(self) -> None: ...


class Watcher(Protocol):
    """Told, from the thread that listens, how the device is."""

    def opened(self) -> None: ...

    def lost(self, error: PortError, next_attempt: float) -> None:
        """It could not be opened, or failed in use; `next_attempt` is in monotonic seconds."""
        ...


def listen(
    open_source: Callable[[], Source[Heard_co]], stopping: threading.Event, watcher: Watcher, timeout_s: float = 0.25
) -> Iterator[Heard_co]:
    """What the device says until `stopping` is set, opening it again and again; something empty after `timeout_s`."""
    backoff = Backoff(REOPEN_FIRST_S, REOPEN_MOST_S)
    while not stopping.is_set():
        try:
            with closing(open_source()) as source:
                watcher.opened()
                while not stopping.is_set():
                    heard = source.read(timeout_s)
                    backoff.reset()
                    yield heard
        except PortError as error:
            delay = backoff.next()
            watcher.lost(error, time.monotonic() + delay)
            stopping.wait(delay)
