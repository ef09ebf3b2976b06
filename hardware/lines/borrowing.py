"""Using the port of a bus that runs: the installer's tools ask its thread to do something between two frames."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Generic, TypeVar

from hardware.health import Code
from hardware.lines.ports import Port, PortError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.config import BusConfig

T = TypeVar("T")


class LineClosedError(PortError):
    """The line is down, so there is nothing to use."""

    def __init__(self, url: str) -> None:
        super().__init__(url, "the line is down", Code.PORT_LOST)


class LineBusyError(Exception):
    """The line's thread did not come to it, or was not done with it, in time."""

    def __init__(self, bus: str, waited_s: float) -> None:
        super().__init__(f"bus {bus} was not done after {waited_s:g} s")
        self.bus = bus
        self.waited_s = waited_s


class Job(Generic[T]):
    def __init__(self, work: Callable[[Port, BusConfig], T]) -> None:
        self._work = work
        self._future: Future[T] = Future()

    def do(self, port: Port, config: BusConfig) -> None:
        """Called by the bus's thread; a PortError is raised to it too, for then its port has failed."""
        if not self._future.set_running_or_notify_cancel():
            return
        try:
            result = self._work(port, config)
        except PortError as error:
            self._future.set_exception(error)
            raise
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is raised again where the job came from
            self._future.set_exception(error)
        else:
            self._future.set_result(result)

    def give_up(self, error: Exception) -> None:
        if self._future.set_running_or_notify_cancel():
            self._future.set_exception(error)

    def result(self, bus: str, timeout_s: float) -> T:
        try:
            return self._future.result(timeout_s)
        except TimeoutError:
            if self._future.done() and not self._future.cancelled():
                raise  # the work's own TimeoutError
            self._future.cancel()
            raise LineBusyError(bus, timeout_s) from None
