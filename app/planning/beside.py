"""The program of the process beside the hub: foresees waits and weighs moves, so that no press ever waits for it.

    python -m app.planning.beside DATABASE

Each question is a line of JSON on the standard input, each answer one on the standard output (app/planning/wire.py).
It follows the hub's log in the database with the hub's own rules, so the hub sends no hall. All it writes is a file of
what it told (app/planning/remembered.py). It is nice to everybody else on the machine, and ends with its standard
input: also when the hub was killed.
"""

import os
import signal
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TextIO

from app.core.change import change
from app.core.events import DayStarted, Recorded
from app.core.hall import Hall
from app.planning import remembered, wire
from app.planning.adviser import Adviser
from app.planning.calibration import Range
from app.planning.foresee import Newcomer, foresee_all
from app.planning.learning import learn_day, learn_visit, learnt_from
from app.planning.learnt import Learnt
from app.planning.moves import Advice
from app.planning.telling import Telling
from app.store import history
from app.store.database import snapshot
from app.store.load import load_hall
from app.store.log import events

NICE = 10
CONSIDERS_MS = 60_000  # of the hub's time
REMEMBERS_MS = 60_000


def main(database: str, questions: TextIO, answers: TextIO) -> None:
    """Answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C at a desk is for the hub, which closes our standard input
    _give_way()
    beside: Beside | None = None
    for line in questions:
        question = wire.question_from(line)
        beside = beside or Beside.of(Path(database), Random())  # noqa: S311 - no secret is drawn
        try:
            answers.write(wire.line(beside.answer(question)))
            answers.flush()
        except BrokenPipeError:
            return


def _give_way() -> None:
    """To everybody else on this machine: where the system knows how, work only while a core has nothing else to do."""
    os.nice(NICE)
    if hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


@dataclass
class Beside:
    """The hall as the log tells it so far, what was learnt, and what was advised and told."""

    path: Path
    rng: Random
    hall: Hall
    learnt: Learnt
    adviser: Adviser
    telling: Telling = field(default_factory=Telling)
    _considered: tuple[int, object] | None = None
    _remembered_at: int = 0

    @classmethod
    def of(cls, path: Path, rng: Random) -> "Beside":
        """As the database has it now, with the last weeks learnt. Raises Unusable."""
        with snapshot(path) as db:
            hall = load_hall(db)
            learnt = learnt_from(history.past(db, hall.day), hall.settings.timezone)
        # An advice that the process before this one gave may still be on a screen: its number is not given again.
        return cls(path, rng, hall, learnt, Adviser(rng, numbers={hall.day: hall.seq}), remembered.recall(path, hall))

    def answer(self, question: wire.Question) -> wire.Answer:
        """Follow the log up to the moment of the question and look ahead from there."""
        with snapshot(self.path) as db:
            self.follow(each for each in events(db, self.hall.seq) if each.seq <= question.seq)
        now = max(question.now, self.hall.at)
        foreseen, tickets = foresee_all(self.hall, self.learnt, now, self.rng)
        newcomers, waiting = self.telling.tell(self.hall, foreseen, tickets, now)
        self._remember(now)
        ordinary, priority = _by_service(newcomers, priority=False), _by_service(newcomers, priority=True)
        return wire.Answer(question.now, ordinary, priority, waiting, self._advice(now))

    def follow(self, log: Iterable[Recorded]) -> None:
        """Fold these events, and learn from what they end."""
        for recorded in log:
            if isinstance(recorded.event, DayStarted):
                learn_day(self.learnt, self.hall)
            step = change(self.hall, recorded)
            self.hall = step.hall
            self.telling.hear(step)
            if step.touched.visit:
                learn_visit(self.learnt, step.touched.visit)

    def _remember(self, now: int) -> None:
        if abs(now - self._remembered_at) >= REMEMBERS_MS:
            self._remembered_at = now
            remembered.keep(self.path, self.telling)

    def _advice(self, now: int) -> tuple[Advice, ...] | None:
        """Anew each minute, and at once where somebody answered or the centre wants none; None in between."""
        cause = (self.hall.day, self.hall.settings.advice, len(self.hall.answered))
        if self._considered and self._considered[1] == cause and 0 <= now - self._considered[0] < CONSIDERS_MS:
            return None
        self._considered = (now, cause)
        return self.adviser.consider(self.hall, self.learnt, now)


def _by_service(newcomers: Mapping[Newcomer, Range], *, priority: bool) -> dict[str, Range]:
    return {who.service: told for who, told in newcomers.items() if who.priority == priority}


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin, sys.stdout)
