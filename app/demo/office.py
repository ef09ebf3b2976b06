"""What everybody in the simulated office shares: the time of the day, a look at the hall, whose counter is whose."""

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from app.demo.sight import LOOK_AGAIN_S, Sight
from app.demo.stage import MINUTE_MS, HubTime, Stage, Story
from app.demo.voice import Asks, Voice
from app.planning.scenario import Scenario

IDLE_MIN = 10 / 60


@dataclass
class Office:
    """One day of one centre. `begin_ms` is the opening, in the hub's time."""

    scenario: Scenario
    door: Asks
    sight: Sight
    rng: Random
    stage: Stage
    begin_ms: float
    left_alone: set[int]
    say: Callable[[str], None]
    tally: Tally[str] = field(default_factory=Tally)
    at_work: set[int] = field(default_factory=set)
    """Counters whose simulated clerk has not gone yet."""
    form: str | None = None
    """The service of filling in a form at a PC, where there is one."""
    back: Tally[int] = field(default_factory=Tally)
    """Parked citizens who are back, by counter."""
    _said: set[str] = field(default_factory=set)

    def minute(self) -> float:
        """Minutes since the opening."""
        return (self.stage.time.now_ms() - self.begin_ms) / MINUTE_MS

    def clock(self, minute: float) -> str:
        """A minute of the day as 13:00."""
        return self.stage.time.local(self.begin_ms + minute * MINUTE_MS).strftime("%H:%M")

    def begin(self, story: Story) -> None:
        self.stage.begin(story)

    def is_over(self) -> bool:
        """No further numbers are given out."""
        return self.minute() >= self.scenario.open_min

    def idle_min(self) -> float:
        """How long somebody with nothing to do waits before looking up again."""
        return max(IDLE_MIN, LOOK_AGAIN_S * self.stage.time.rate / 60)

    def look(self) -> None:
        """See the hall as it is now."""
        self.sight.look()

    def counter(self, number: int) -> Mapping[str, Any] | None:
        return self.sight.counter(number)

    def waiting(self, services: Iterable[str]) -> int:
        return self.sight.waiting(frozenset(services))

    def away_until(self, number: int) -> float | None:
        """The minute in which the present break of a counter ends, None where it has none now."""
        end = self.sight.away_until(number, self.stage.time.now_ms())
        return None if end is None else (end - self.begin_ms) / MINUTE_MS

    def say_once(self, key: str, what: str) -> None:
        """For what may happen to many."""
        if key not in self._said:
            self._said.add(key)
            self.say(what)

    def leave_alone(self, counter: int, why: str) -> None:
        """From now on somebody else works at this counter. May be called from any thread."""
        if counter not in self.left_alone:
            self.left_alone.add(counter)
            self.say(f"Counter {counter} is left to you ({why}).")

    def give_back(self, counter: int) -> None:
        """Nobody works at this counter any more."""
        self.left_alone.discard(counter)
        self.say(f"Counter {counter} goes back to its simulated clerk: nobody pressed there while people waited.")


def hub_time(door: Asks) -> HubTime:
    return HubTime.of(door.ask("GET", "/hall"))


@dataclass(frozen=True, slots=True)
class Cast:
    """Who speaks: the machine at the door for the citizens, each counter's clerk, and the supervisor."""

    door: Voice
    clerks: Mapping[int, Voice]
    supervisor: Voice
    supervisor_called: str
