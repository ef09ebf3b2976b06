"""The simulated supervisor: takes the hub's advice, unless a visitor was quicker; puts the counters back at night."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.demo.office import Office
from app.demo.stage import Story
from app.demo.voice import Asks, Refused

LOOK_S = 2.0
THINKS_MIN = 2.0
TIME_TO_SEE_S = 25.0
"""Where the centre's time runs fast, two minutes are too short for a visitor."""

LONGEST_MIN = 8.0
"""Then the advice would soon be withdrawn."""

TOO_LATE = ("unknown_advice", "advice_stale", "advice_answered", "not_able", "counter_already")


@dataclass
class Supervisor:
    """`called`: how a colleague speaks of them; `leaves_s`: real seconds in which a visitor may answer first.

    `since`: when (minute) each advice was first seen; `before`: the counters as they were.
    """

    office: Office
    voice: Asks
    called: str
    leaves_s: float = TIME_TO_SEE_S
    since: dict[str, float] = field(default_factory=dict)
    before: dict[int, Mapping[str, Any]] = field(default_factory=dict)

    def day(self) -> Story:
        """Until the doors close."""
        while not self.office.is_over():
            self._look_at_the_board()
            yield LOOK_S * self.office.stage.time.rate / 60
        self._put_back()

    def _look_at_the_board(self) -> None:
        now = self.office.minute()
        for advice in self.voice.ask("GET", "/advice")["advice"][:1]:
            if now - self.since.setdefault(advice["id"], now) >= self._patience_min():
                self._accept(advice)

    def _patience_min(self) -> float:
        return min(max(THINKS_MIN, self.leaves_s * self.office.stage.time.rate / 60), LONGEST_MIN)

    def _accept(self, advice: Mapping[str, Any]) -> None:
        number = int(advice["counter"])
        was = self.office.counter(number)
        try:
            self.voice.ask("POST", f"/advice/{advice['id']}/accept")
        except Refused as refusal:
            if refusal.code not in TOO_LATE:
                raise
            return
        if was and advice["kind"] in ("give", "take"):
            self.before.setdefault(number, {"own": was["own"], "help": was["help"]})
        self.office.tally["advice taken"] += 1
        self.office.say(f"{self.office.clock(self.office.minute())}: {self.called} takes the advice: {_said(advice)}.")

    def _put_back(self) -> None:
        """Tomorrow begins as the centre has set its counters up."""
        for number, services in self.before.items():
            self.voice.ask("PUT", f"/counters/{number}/services", dict(services))


def _said(advice: Mapping[str, Any]) -> str:
    number, services = advice["counter"], ", ".join(advice["services"])
    match advice["kind"]:
        case "give":
            return f"counter {number} serves {services} too"
        case "take":
            return f"counter {number} serves {services} no longer"
        case "open":
            return f"counter {number} opens"
        case _:
            return f"counter {number} has its break at another time"
