"""Telling a printer something and asking how it is: loops over a port, each with an end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from hardware.lines.port_errors import PortError
from hardware.printers import status
from hardware.printers.status import Status, judge, question

if TYPE_CHECKING:
    import threading

    from hardware.printers.config import PrinterConfig
    from hardware.printers.ports import Port

ANSWER_MOST: Final = 16
"""A right answer is one byte; some more are read to show what a wrong one looks like."""


class Stuck(PortError):
    """The port is there, but takes not one more byte."""


class Stopped(PortError):
    """The agent ends."""


class Exchange:
    """One port in use; every method raises PortError."""

    def __init__(self, port: Port, printer: PrinterConfig, stopping: threading.Event) -> None:
        self._port = port
        self._printer = printer
        self._stopping = stopping
        self._on_the_wire_until = 0.0
        self.has_begun = False
        """Whether a ticket was begun, so that it cannot simply be tried again."""

    def send(self, data: bytes) -> None:
        """Hand over all of it, however slowly, as long as some is taken every `write_timeout_s`."""
        taken_at = time.monotonic()
        while data:
            self._check_stopping()
            count = self._port.write_some(data)
            now = time.monotonic()
            if count:
                taken_at = now
            elif now - taken_at >= self._printer.write_timeout_s:
                raise Stuck(self._printer.url, "it takes no more bytes: look at its paper, its cover and its cable")
            data = data[count:]
            # the system takes bytes faster than a serial wire carries them away
            self._on_the_wire_until = max(self._on_the_wire_until, now) + count * self._printer.character_s

    def status(self) -> Status:
        """Ask everything, until one question is not answered."""
        heard: dict[int, bytes] = {}
        for n in status.QUESTIONS:
            heard[n] = self._ask(n)
            if not status.is_answer(heard[n]):
                break
        return judge(heard)

    def is_offline(self) -> bool | None:
        """The one question that is worth its time within a ticket; None where it is not answered."""
        answer = self._ask(status.PRINTER)
        return bool(answer[0] & status.IS_OFFLINE) if status.is_answer(answer) else None

    def wait(self, seconds: float) -> None:
        if self._stopping.wait(max(0, seconds)):
            raise Stopped(self._printer.url, "the agent ends")

    @property
    def wire_s(self) -> float:
        """How long the wire still needs for what was handed over."""
        return max(0, self._on_the_wire_until - time.monotonic())

    def _ask(self, n: int) -> bytes:
        self._port.discard_input()
        self.send(question(n))
        ends = time.monotonic() + self.wire_s + self._printer.status_timeout_s
        while time.monotonic() < ends:
            self._check_stopping()
            if heard := self._port.read_some(ANSWER_MOST):
                return heard
        return b""

    def _check_stopping(self) -> None:
        if self._stopping.is_set():
            raise Stopped(self._printer.url, "the agent ends")
