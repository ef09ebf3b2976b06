"""A self-service PC in the hall of the demo: citizens fill in a form there, and go on with their age kept."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

from app.demo.office import Office
from app.demo.stage import Story
from app.demo.voice import Asks, Refused

FORM = "TK"
NAMES = {"name": "Điền tờ khai tại máy", "name_en": "Fill in a form at a PC", "icon": "document"}
WITH_HELP = {"hint": "Có người giúp khi cần", "hint_en": "With help where it is needed", "letter": "P"}
POSITION = 100  # behind what people come for
FILLS_IN_MIN = (3.0, 9.0)
WALK_MIN = 0.5
NEEDS_A_HELPER = 0.25
HELPER_COMES_MIN = (0.5, 2.0)
ALREADY_SO = ("counter_already", "counter_changed", "wrong_state", "counter_not_open")


def furnish(desk: Asks, number: int) -> None:
    """A service of its own, at one PC."""
    desk.ask("PUT", f"/services/{FORM}", NAMES | WITH_HELP | {"position": POSITION})
    desk.ask("PUT", f"/counters/{number}", {"name": f"Máy {number}", "own": [FORM], "kind": "station"})


def station_of(hall: Mapping[str, Any]) -> int | None:
    """The number of the hall's PC; None where it has none."""
    return next((each["number"] for each in hall["counters"] if each.get("kind") == "station"), None)


@dataclass(frozen=True, slots=True)
class Station:
    """The PC with whoever sits there, and the helper who comes. A visitor who opens its page presses there too."""

    office: Office
    number: int
    supervisor: Asks

    def day(self) -> Story:
        self._press(self.supervisor, "open", {})
        while not self.office.is_over():
            if self.office.waiting((FORM,)) and self.number not in self.office.left_alone:
                yield from self._one_citizen()
            yield self.office.idle_min()

    def _one_citizen(self) -> Generator[float, None, None]:
        called = self._press(self.office.door, "next", {"seen": ""})
        if called is None or called["ticket"] is None:
            return
        seen = {"seen": called["ticket"]["id"]}
        yield WALK_MIN
        self._press(self.office.door, "arrive", seen)
        if self.office.rng.random() < NEEDS_A_HELPER:
            self.office.door.ask("POST", "/assistance", {"counter": self.number})
            yield self.office.rng.uniform(*HELPER_COMES_MIN)
            self.supervisor.ask("DELETE", f"/assistance/counter:{self.number}")
        yield self.office.rng.uniform(*FILLS_IN_MIN)
        self._press(self.office.door, "finish", seen)
        self.office.tally["forms"] += 1

    def _press(self, voice: Asks, verb: str, body: dict[str, Any]) -> Any:
        try:
            return voice.ask("POST", f"/counters/{self.number}/{verb}", body)
        except Refused as refusal:
            if refusal.code not in ALREADY_SO:
                raise
            return None
