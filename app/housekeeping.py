"""What the hub does by itself, each in a green thread of its own: work that waits for the pauses between presses."""

import logging
from collections.abc import Callable
from typing import Any

from app.adding_up import AddingUp
from app.board import BoardState
from app.bootstrap import learn_the_past
from app.foresight import FIRST_S, ROUND_S, Foresight
from app.memory import Collector
from app.outgoing import post_office
from app.parts import Parts
from app.phones import EVERY_S

log = logging.getLogger(__name__)

LONGEST_JOURNAL_S = 60  # also a hall that never pauses


class Housekeeping:
    """`run_blocking` does slow work on a real thread, so that the loop goes on serving."""

    def __init__(
        self, socketio: Any, parts: Parts, run_blocking: Callable[[Callable[[], Any]], Any], *, looks_ahead: bool
    ) -> None:
        self.socketio, self.parts, self.run_blocking = socketio, parts, run_blocking
        self.adding_up = AddingUp(parts.hub, run_blocking)
        self.foresight = Foresight(parts.hub, parts.views.board)
        self.looks_ahead = looks_ahead
        self.collector = Collector()

    def start(self) -> None:
        self.collector.start()
        for task in (self._keep_house, self._tell_phones, self._carry_out):
            self.socketio.start_background_task(task)
        if self.looks_ahead:
            self.socketio.start_background_task(self._look_ahead)
        else:
            self.parts.views.board.replace_advice((), BoardState.OFF, self.parts.hub.now())

    def stop(self) -> None:
        """Waits for what is being written."""
        self.adding_up.stop()
        self.foresight.stop()
        self.parts.post_office.stop()

    def _keep_house(self) -> None:
        """Turn the page at midnight. In a second without presses: the journal, past months, memory."""
        hub, store = self.parts.hub, self.parts.store
        _try_to("learn from the past", lambda: learn_the_past(self.parts, self.run_blocking))
        moved = seen = -1
        waited_s = 0
        while not self.adding_up.stopped:
            _try_to("keep the time", hub.keep_time)
            _try_to("tell of waits and gaps", lambda: self.parts.feed.live.tick(hub.now()))
            seq = hub.hall.seq
            waited_s += 1
            if seq != moved and (seq == seen or waited_s >= LONGEST_JOURNAL_S):
                _try_to("move the journal into the database", lambda: self.run_blocking(store.checkpoint))
                moved, waited_s = seq, 0
            if seq == seen:
                _try_to("add up the past for the reports", self.adding_up.step)
                self.collector.pause()
            seen = seq
            self.socketio.sleep(1)

    def _tell_phones(self) -> None:
        """How the queue before them moves, in the pauses between the presses."""
        phones = self.parts.feed.phones
        while True:
            self.socketio.sleep(EVERY_S)
            _try_to("tell the phones", lambda: phones.step(self.socketio.sleep))

    def _carry_out(self) -> None:
        """Pushes to phones, and the webhook."""
        office = self.parts.post_office
        while not office.stopped:
            self.socketio.sleep(post_office.EVERY_S)
            _try_to("tell the world outside", lambda: office.step(self.socketio.sleep))

    def _look_ahead(self) -> None:
        """Waits and advice, from the process beside the hub."""
        pause_s = FIRST_S
        while True:
            self.socketio.sleep(pause_s)
            try:
                pause_s = self.foresight.step()
            except Exception:  # what hears of the board's news is not the process's fault
                log.exception("could not tell what was foreseen")
                pause_s = ROUND_S


def _try_to(what: str, do: Callable[[], Any]) -> None:
    """Housekeeping goes on after a disk that was full for a second; the log has what happened."""
    try:
        do()
    except Exception:  # whatever it is, it is told and tried again
        log.exception("could not %s", what)
