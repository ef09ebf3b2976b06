"""One printer: a thread that owns its port, a short queue of tickets, and what is known of its health.

Nothing that a printer does, or does not, reaches the caller of `print`: it never waits.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hardware.backoff import Backoff
from hardware.lines.ports import PortError
from hardware.printers.exchange import Exchange, Stopped, Stuck
from hardware.printers.health import unknown
from hardware.printers.jobs import Done, Refused
from hardware.printers.ports import check_is_there, open_port
from hardware.printers.simulated import SimulatedPrinter, VirtualPort
from hardware.printers.status import CLEAR_BUFFER, Condition, Status
from hardware.printers.ticket import NumberTooLong, ticket

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.printers.config import PrinterConfig
    from hardware.printers.document import Document
    from hardware.printers.health import PrinterHealth
    from hardware.printers.jobs import Outcome
    from hardware.printers.ports import Port
    from hardware.printers.ticket import Ticket

log = logging.getLogger(__name__)

MOST_WAITING: Final = 5
"""Tickets that wait for one printer: with more, a citizen is better told at once to take the number from the screen."""

STALE_S: Final = 30
"""A ticket that waited so long is not printed: its citizen was told to go without, and paper now would be another's."""

REOPEN_FIRST_S: Final = 0.5
REOPEN_MOST_S: Final = 2.0

ASK_EVERY_BYTES: Final = 2_048
"""Within a ticket a printer is asked about so often, to learn that it stopped before its memory is full of the rest."""

SLOW_ANSWER_S: Final = 1.0
"""A printer that is still printing may be slow to answer: it is asked once more after so long."""


@dataclass(frozen=True, slots=True)
class Job:
    id: str
    document: Document
    asked_at: float


class Printer:
    """`on_health` and `on_end` are called from the printer's thread."""

    def __init__(
        self, config: PrinterConfig, on_health: Callable[[], None], on_end: Callable[[str, Outcome], None]
    ) -> None:
        now = time.monotonic()
        self.config = config
        self.health: PrinterHealth = unknown(config.name, config.kiosk, now)
        self.simulated = SimulatedPrinter(config.width) if config.scheme == "virtual" else None
        self._on_health = on_health
        self._on_end = on_end
        self._jobs: queue.Queue[Job] = queue.Queue(MOST_WAITING)
        self._news = threading.Event()
        self._stopping = threading.Event()
        self._port: Port | None = None
        self._backoff = Backoff(REOPEN_FIRST_S, REOPEN_MOST_S)
        self._look_at = now
        self._thread = threading.Thread(target=self._run, name=f"printer {config.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 5) -> None:
        """Ask the thread to end and wait for it; tickets that wait are refused."""
        self._stopping.set()
        self._news.set()
        self._thread.join(timeout_s)

    def print(self, job: str, document: Document) -> bool:
        """Put it in the queue; False where that is full."""
        try:
            self._jobs.put_nowait(Job(job, document, time.monotonic()))
        except queue.Full:
            return False
        self._news.set()
        return True

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._news.wait(max(0, self._look_at - time.monotonic()))
                self._news.clear()
                self._print_all()
                if time.monotonic() >= self._look_at and not self._stopping.is_set():
                    self._visit(self._look)
            self._print_all()
        except BaseException as fault:
            self._turn(Status(Condition.DOWN, f"the agent's thread for this printer ended: {fault!r}"))
            raise
        finally:
            self._close()

    def _print_all(self) -> None:
        while not self._jobs.empty():
            job = self._jobs.get_nowait()
            outcome = self._print(job)
            log.info("printer %s: job %s: %s", self.config.name, job.id, outcome)
            self._on_end(job.id, outcome)

    def _print(self, job: Job) -> Outcome:
        waited_s = time.monotonic() - job.asked_at
        if self._stopping.is_set():
            return Refused(Condition.DOWN.code, "the agent ends")
        if waited_s > STALE_S:
            return Refused("busy", f"it waited {waited_s:.0f} s behind others, and was not printed")
        try:
            made = ticket(job.document, self.config)
        except NumberTooLong as error:
            return Refused("bad_document", str(error))
        status = self._visit(lambda exchange: self._put_on_paper(exchange, made))
        if status.condition.code:
            return Refused(status.condition.code, status.detail)
        return Done("sent" if status.condition is Condition.SENT else "printed")

    def _visit(self, do: Callable[[Exchange], Status]) -> Status:
        """Do something at the port, which is opened for it if need be; what comes of it is the printer's health."""
        next_attempt = None
        try:
            status = self._do_at_port(do)
            self._backoff.reset()
            self._look_at = time.monotonic() + self.config.status_every_s
        except Stopped as stopped:
            return Status(Condition.DOWN, stopped.reason)
        except PortError as error:
            condition = Condition.NO_ANSWER if isinstance(error, Stuck) else Condition.DOWN
            status = Status(condition, error.reason)
            self._look_at = next_attempt = time.monotonic() + self._backoff.next()
        self._turn(status, next_attempt)
        return status

    def _do_at_port(self, do: Callable[[Exchange], Status]) -> Status:
        was_open = self._port is not None
        port = self._port = self._port or self._open()
        exchange = Exchange(port, self.config, self._stopping)
        try:
            status = do(exchange)
        except PortError as error:
            self._close(abort=True)
            if was_open and not exchange.has_begun and not isinstance(error, (Stopped, Stuck)):
                # unplugged and plugged in again since the last visit, which does not concern this one
                return self._do_at_port(do)
            raise
        if self.config.is_network:
            self._close()
        return status

    def _look(self, exchange: Exchange) -> Status:
        if not self.config.status:
            check_is_there(self.config)
            return Status(Condition.SENT, "it is not asked how it is")
        return self._praise(exchange.status())

    def _put_on_paper(self, exchange: Exchange, made: Ticket) -> Status:
        """Nothing is sent to a printer that is not well: it would come out when somebody puts paper in."""
        before = self._look(exchange)
        if before.condition.code:
            return before
        exchange.has_begun = True
        started = time.monotonic()
        if trouble := self._send(exchange, made):
            self._clear(exchange)
            return trouble
        moving_s = made.millimetres / self.config.print_mm_s
        exchange.wait(max(exchange.wire_s, started + moving_s - time.monotonic()))
        return self._after(exchange)

    def _send(self, exchange: Exchange, made: Ticket) -> Status | None:
        """What stopped the printer within the ticket, if anything did."""
        asks, unasked = self.config.status, 0
        for piece in made.pieces:
            if asks and unasked + len(piece) > ASK_EVERY_BYTES:
                offline, unasked = exchange.is_offline(), 0
                if offline and (status := exchange.status()).condition.code:
                    return status
                # one that is silent while it prints is not asked again: a late answer would be taken for another's
                asks = offline is not None
            exchange.send(piece)
            unasked += len(piece)
        return None

    def _after(self, exchange: Exchange) -> Status:
        status = self._look(exchange)
        if status.condition is Condition.NO_ANSWER:
            exchange.wait(SLOW_ANSWER_S)
            status = self._look(exchange)
        if status.condition is Condition.NO_ANSWER:
            return Status(
                status.condition, f"it took the ticket, of which it may have printed some; now {status.detail}"
            )
        if status.condition.code:
            self._clear(exchange)
        return status

    def _clear(self, exchange: Exchange) -> None:
        """Else the rest of a ticket would come out, by surprise, with the next roll."""
        try:
            exchange.send(CLEAR_BUFFER)
        except PortError as error:
            log.warning("printer %s: the rest of the ticket could not be taken back: %s", self.config.name, error)
            self._close(abort=True)

    def _praise(self, status: Status) -> Status:
        if self.simulated and status.condition is Condition.READY:
            return Status(status.condition, f"simulated; printed {self.simulated.printed}")
        return status

    def _open(self) -> Port:
        return VirtualPort(self.simulated) if self.simulated else open_port(self.config)

    def _close(self, *, abort: bool = False) -> None:
        port, self._port = self._port, None
        if port is not None:
            (port.abort if abort else port.close)()

    def _turn(self, status: Status, next_attempt: float | None = None) -> None:
        before = self.health
        self.health = before.turned(status, time.monotonic(), next_attempt)
        if self.health.differs(before):
            level = logging.WARNING if status.condition.code else logging.INFO
            log.log(level, "printer %s: %s %s", self.config.name, status.condition.value, status.detail)
            self._on_health()
