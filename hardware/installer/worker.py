"""Works off the hub's questions in a thread of its own, and drops those that the hub has given up."""

from __future__ import annotations

import logging
import queue
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hardware.config_errors import BadHardwareConfig
from hardware.installer.questions import sentence
from hardware.installer.wire import LINE_FAULTS
from hardware.lines.ports import PortError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hardware.part import Ask

    Answering = Callable[[Mapping[str, Any], "About"], dict[str, Any]]

log = logging.getLogger(__name__)

SPARE_S: Final = 1.0
"""A question that is begun later than this before the hub gives it up is not begun: it would be done unknown to it."""


class Refusal(Exception):
    """`code` and a sentence for whoever asked."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class About(BaseModel):
    """What stands in a question beside what is wanted: how long the hub waits, who asks it, and in which try."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    within_s: float | None = None
    by: str = ""
    job: str = Field(default="", max_length=100)
    """The same for each try of one request."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    answering: Answering
    ask: Ask
    came: float


class Worker:
    """One question after another; once `stopping` is set, what is still to do is refused."""

    def __init__(self, name: str, stopping: threading.Event) -> None:
        self._wanted: queue.SimpleQueue[_Wanted | None] = queue.SimpleQueue()
        self._stopping = stopping
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 5) -> None:
        """Once `stopping` is set: end, and wait for it."""
        self._wanted.put(None)
        self._thread.join(timeout_s)

    def later(self, answering: Answering) -> Callable[[Ask], None]:
        return lambda ask: self._wanted.put(_Wanted(answering, ask, time.monotonic()))

    def _run(self) -> None:
        while (wanted := self._wanted.get()) is not None:
            if self._stopping.is_set():
                wanted.ask.refuse("stopping", "the agent is taking up a new configuration; ask again")
            else:
                _answer(wanted)


def _answer(wanted: _Wanted) -> None:
    ask = wanted.ask
    try:
        ask.answer(_done(wanted))
    except Refusal as refusal:
        ask.refuse(refusal.code, str(refusal))
    except BadHardwareConfig as error:
        ask.refuse("bad_config", str(error))
    except PortError as error:
        ask.refuse(error.code.value, str(error))
    except LINE_FAULTS as error:
        ask.refuse("line", str(error))
    except ValidationError as error:
        ask.refuse("bad_question", sentence(error))
    except Exception as fault:
        # a driver of somebody else's may do anything; the next question is to be answered all the same
        log.exception("a question of the installer's page went wrong")
        ask.refuse("crashed", repr(fault))


def _done(wanted: _Wanted) -> dict[str, Any]:
    about = About.model_validate(wanted.ask.data)
    waited_s = time.monotonic() - wanted.came
    if about.within_s is not None and waited_s > max(0, about.within_s - SPARE_S):
        raise Refusal("late", f"it was not come to within {waited_s:.1f} s, so it is left undone; ask again")
    plain = {key: value for key, value in wanted.ask.data.items() if key not in About.model_fields}
    return wanted.answering(plain, about)
