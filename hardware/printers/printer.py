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
from hardware.lines.port_errors import PortError
from hardware.printers.exchange import Exchange, Stopped, Stuck
from hardware.printers.health import unknown
from hardware.printers.jobs import Done, Refused
from hardware.printers.ports import NetworkError, check_is_there, open_port
from hardware.printers.simulated import SimulatedPrinter, VirtualPort
from hardware.printers.status import BUSY, CLEAR_BUFFER, CRASHED, STOPPING, TOO_SLOW, Condition, Status
from hardware.printers.ticket import NumberTooLong, ticket

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.printers.config import PrinterConfig
    from hardware.printers.document import Document, PrintRequest
    from hardware.printers.health import PrinterHealth
    from hardware.printers.jobs import Outcome
    from hardware.printers.ports import Port
    from hardware.printers.ticket import Ticket

log = logging.getLogger(__name__)

MOST_WAITING: Final = 5
"""Tickets that wait for one printer: with more, a citizen is better told at once to take the number from the screen."""

ANSWER_S: Final = 3.0
"""Kept of the time that the hub waits, for the printer to say how it is and for the answer's way."""

REOPEN_FIRST_S: Final = 0.5
REOPEN_MOST_S: Final = 2.0

ASK_EVERY_BYTES: Final = 2_048
"""Within a ticket a printer is asked about so often, to learn that it stopped before its memory is full of the rest."""

SLOW_ANSWER_S: Final = 1.0
"""A printer that is still printing may be slow to answer: it is asked once more after so long."""


ENDS: Final = Refused(STOPPING, "the agent ends")
BROKEN: Final = Refused(CRASHED, "the agent's thread for this printer ended")


@dataclass(frozen=True, slots=True)
class Job:
    """`asked_at` and `until` are monotonic seconds; by `until` the hub must have its answer."""

    id: str
    document: Document
    asked_at: float
    until: float


class Late(Exception):
    """A ticket that cannot be out in time: its citizen is told to go without, and paper then would be another's."""


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
        self._ended = threading.Event()
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

    def print(self, request: PrintRequest) -> bool:
        """Put it in the queue; False where that is full."""
        now = time.monotonic()
        try:
            self._jobs.put_nowait(Job(request.job, request.document, now, now + request.within_s))
        except queue.Full:
            return False
        self._news.set()
        if self._ended.is_set():
            self._refuse_all()
        return True

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._news.wait(max(0, self._look_at - time.monotonic()))
                self._news.clear()
                self._print_all()
                if time.monotonic() >= self._look_at and not self._stopping.is_set():
                    self._visit(self._look)
        except BaseException as fault:
            self._turn(Status(Condition.DOWN, f"{BROKEN.detail}: {fault!r}", CRASHED))
            raise
        finally:
            self._ended.set()
            self._refuse_all()
            self._close()

    def _print_all(self) -> None:
        while job := self._next():
            outcome: Outcome = BROKEN
            try:
                outcome = self._print(job)
            finally:
                log.info("printer %s: job %s: %s", self.config.name, job.id, outcome)
                self._on_end(job.id, outcome)

    def _refuse_all(self) -> None:
        """Nobody would print them any more; from whichever thread finds them first."""
        while job := self._next():
            self._on_end(job.id, ENDS if self._stopping.is_set() else BROKEN)

    def _next(self) -> Job | None:
        try:
            return self._jobs.get_nowait()
        except queue.Empty:
            return None

    def _print(self, job: Job) -> Outcome:
        if self._stopping.is_set():
            return ENDS
        try:
            made = ticket(job.document, self.config)
            self._check_in_time(made, job.until)
            status = self._visit(lambda exchange: self._put_on_paper(exchange, made, job.until))
        except NumberTooLong as error:
            return Refused("bad_document", str(error))
        except Late:
            return self._too_late(job, made)
        if status.code:
            return Refused(status.code, status.detail)
        return Done("sent" if status.condition is Condition.SENT else "printed")

    def _too_late(self, job: Job, made: Ticket) -> Refused:
        needs_s, within_s = self._needs_s(made), job.until - job.asked_at
        if needs_s > within_s:
            return Refused(
                TOO_SLOW, f"this ticket needs {needs_s:.0f} s, the hub waits {within_s:.0f} s: raise the baud rate"
            )
        waited_s = time.monotonic() - job.asked_at
        return Refused(BUSY, f"it waited {waited_s:.0f} s behind others or for its port, and was not printed")

    def _check_in_time(self, made: Ticket, until: float) -> None:
        """Raises Late."""
        if time.monotonic() + self._needs_s(made) > until:
            raise Late

    def _needs_s(self, made: Ticket) -> float:
        on_the_wire_s = len(made.data) * self.config.character_s
        return max(on_the_wire_s, made.millimetres / self.config.print_mm_s) + ANSWER_S

    def _visit(self, do: Callable[[Exchange], Status]) -> Status:
        """Do something at the port, which is opened for it if need be; what comes of it is the printer's health."""
        next_attempt = None
        try:
            status = self._do_at_port(do)
            self._backoff.reset()
            self._look_at = time.monotonic() + self.config.status_every_s
        except Stopped as stopped:
            return Status(Condition.DOWN, stopped.reason, STOPPING)
        except PortError as error:
            is_stuck = isinstance(error, Stuck)
            status = Status(Condition.NO_ANSWER, error.reason) if is_stuck else _down(error)
            self._look_at = next_attempt = time.monotonic() + self._backoff.next()
        self._turn(status, next_attempt)
        return status

    def _do_at_port(self, do: Callable[[Exchange], Status]) -> Status:
        was_open = self._port is not None
        port = self._port = self._port or self._open()
        exchange = Exchange(port, self.config, self._stopping)
        try:
            return do(exchange)
        except PortError as error:
            self._close(abort=True)
            if was_open and not exchange.has_begun and not isinstance(error, (Stopped, Stuck)):
                # unplugged and plugged in again since the last visit, which does not concern this one
                return self._do_at_port(do)
            raise
        finally:
            if self.config.is_network:
                self._close()

    def _look(self, exchange: Exchange) -> Status:
        if not self.config.status:
            check_is_there(self.config)
            return Status(Condition.SENT, "it is not asked how it is")
        return self._praise(exchange.status())

    def _put_on_paper(self, exchange: Exchange, made: Ticket, until: float) -> Status:
        """Nothing is sent to a printer that is not well: it would come out when somebody puts paper in."""
        before = self._look(exchange)
        if before.code:
            return before
        self._check_in_time(made, until)
        started = time.monotonic()
        exchange.has_begun = True
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
                if offline and (status := exchange.status()).code:
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
        if status.code:
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
            level = logging.WARNING if status.code else logging.INFO
            log.log(level, "printer %s: %s %s", self.config.name, status.condition.value, status.detail)
            self._on_health()


def _down(error: PortError) -> Status:
    code = error.nearer if isinstance(error, NetworkError) else error.code.value
    return Status(Condition.DOWN, error.reason, code)
