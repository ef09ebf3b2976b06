"""Waits and advice for the planning board, worked out by a process beside the hub (docs/decisions/0012).

The hub only asks a line and reads a line, in a green thread of its own; the work is another core's, or waits its turn.
"""

import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.board import Board, BoardState
from app.hub import Hub
from app.planning import wire
from hardware.backoff import Backoff

log = logging.getLogger(__name__)

FIRST_S = 1.0  # after the hub is ready, so that it is not the process that makes people wait for it
ROUND_S = 2.0  # a round takes the process some 20 ms
SHORTEST_S = 1.0  # where the hub's clock is made to run faster
ROUND_MS = 20_000  # of the hub's time: also a hall in which nobody presses has a future
PATIENCE_S = 30.0
LAST_BREATH_S = 1.0
AGAIN_FIRST_S, AGAIN_MOST_S = 1.0, 60.0
STEADY_ROUNDS = 30  # after so many its end is a new mishap, not the last one again
ROOT = Path(__file__).parents[1]
MOST_BYTES = 65536


class Lost(Exception):
    """The process ended or did not answer; says which."""


class Beside:
    """The process, and our end of its standard input and output. Raises OSError where it cannot be started."""

    def __init__(self, database: Path) -> None:
        self.line, theirs = socket.socketpair()
        command = [sys.executable, "-m", "app.planning.beside", str(database.resolve())]
        with theirs:
            os.set_blocking(theirs.fileno(), True)  # a green server's sockets are not, and it reads as from a file
            self.process = subprocess.Popen(command, cwd=ROOT, stdin=theirs.fileno(), stdout=theirs.fileno())
        self._heard = b""

    def ask(self, question: wire.Question) -> wire.Answer:
        """Its answer; other green threads run meanwhile. Raises Lost."""
        try:
            self.line.settimeout(PATIENCE_S)
            self.line.sendall(wire.line(question).encode())
            return wire.answer_from(self._next_line())
        except TimeoutError:
            message = f"did not answer within {PATIENCE_S:.0f} s"
            raise Lost(message) from None
        except OSError as error:
            raise Lost(self._end()) from error
        except (ValueError, KeyError, TypeError) as error:
            message = f"said something else than an answer ({error!r})"
            raise Lost(message) from error

    def end(self) -> None:
        """It has nothing to lose, so it is not asked."""
        self.line.close()
        self.process.kill()
        self.process.wait()

    def _next_line(self) -> bytes:
        while b"\n" not in self._heard:
            more = self.line.recv(MOST_BYTES)
            if not more:
                raise Lost(self._end())
            self._heard += more
        line, _, self._heard = self._heard.partition(b"\n")
        return line

    def _end(self) -> str:
        """Its last words are in the log already."""
        try:
            return f"ended with exit code {self.process.wait(LAST_BREATH_S)}"
        except subprocess.TimeoutExpired:
            return "speaks no more"


@dataclass
class Foresight:
    """Keeps the process and the planning board. `start` gives a new process for a database."""

    hub: Hub
    board: Board
    start: Callable[[Path], Beside] = Beside
    _beside: Beside | None = field(default=None, init=False)
    _backoff: Backoff = field(default_factory=lambda: Backoff(AGAIN_FIRST_S, AGAIN_MOST_S), init=False)
    _asked: wire.Question | None = field(default=None, init=False)
    _rounds: int = field(default=0, init=False)
    _stopped: bool = field(default=False, init=False)

    def step(self) -> float:
        """Ask once, if there is something new; gives how many seconds to leave it alone."""
        try:
            self._ask_if_due()
        except (Lost, OSError) as error:
            if not self._stopped:
                return self._failed(error)
        return max(SHORTEST_S, ROUND_S / self.hub.clock.rate)

    def stop(self) -> None:
        """End the process for good."""
        self._stopped = True
        if self._beside:
            self._beside.end()
            self._beside = None

    def _ask_if_due(self) -> None:
        question = wire.Question(self.hub.now(), self.hub.hall.seq)
        if self._stopped or not self._is_due(question):
            return
        self._beside = self._beside or self.start(self.hub.store.path)
        answer = self._beside.ask(question)
        self._asked = question
        self._rounds += 1
        if self._rounds == STEADY_ROUNDS:
            self._backoff.reset()
        self._put(answer)

    def _is_due(self, question: wire.Question) -> bool:
        last = self._asked
        return last is None or question.seq != last.seq or abs(question.now - last.now) >= ROUND_MS

    def _put(self, answer: wire.Answer) -> None:
        """On the board. Advice that was answered while it was weighed again is not shown again."""
        hall = self.hub.hall
        self.board.replace_forecasts(answer.services, answer.tickets, answer.at, answer.priority)
        if not hall.settings.advice:
            self.board.replace_advice((), BoardState.OFF, answer.at)
        elif answer.advice is not None:
            advice = tuple(each for each in answer.advice if each.id not in hall.answered)
            self.board.replace_advice(advice, BoardState.READY, answer.at)

    def _failed(self, error: Exception) -> float:
        delay = self._backoff.next()
        log.error("the process that looks ahead %s; it is started again in %g s", error, delay)
        if self._beside:
            self._beside.end()
        self._beside, self._asked, self._rounds = None, None, 0
        self.board.replace_advice((), BoardState.FAILED, self.hub.now())
        return delay
