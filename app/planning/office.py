"""The real hall, with a made-up day's citizens: every press goes through `decide` and `evolve`, as in the hub."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from app.core import commands as cmd
from app.core.advice import Expected, Move
from app.core.change import Change, change
from app.core.decide import decide
from app.core.decision import Decision
from app.core.events import DayStarted, Recorded
from app.core.hall import Hall, day_of
from app.planning.course import Course
from app.planning.day import Citizen
from app.planning.policies import Policy, SimulatedCounter

Minute = Callable[["SimulatedOffice", int], Sequence[int]]
SIMULATED = "simulated"


@dataclass
class SimulatedOffice:
    """An office (course.Office) on the real hall. `miss_ms`: what somebody who does not come costs the counter."""

    policy: Policy
    counters: dict[int, SimulatedCounter]
    miss_ms: int
    walk_ms: int
    help_factor: float
    hall: Hall = field(default_factory=Hall)
    listeners: list[Callable[[Change], None]] = field(default_factory=list)
    each_minute: Minute = lambda _office, _at: ()
    course: Course | None = None
    citizens: dict[str, Citizen] = field(default_factory=dict)

    def do(self, command: cmd.Command, at: int) -> Decision:
        """Judge a command and fold what it leads to. Raises a Refused."""
        decision = decide(self.hall, command, at)
        first = self.hall.seq + 1
        for seq, event in enumerate(decision.events, first):
            day = day_of(at, self.hall.settings.timezone) if isinstance(event, DayStarted) else self.hall.day
            step = change(self.hall, Recorded(seq, at, day, SIMULATED, first, event))
            self.hall = step.hall
            for listener in self.listeners:
                listener(step)
        return decision

    # What a course asks of an office

    def issue(self, who: Citizen, at: int) -> str:
        self.citizens[who.ticket] = who
        self.do(cmd.IssueTicket(who.ticket, who.service, priority="priority" if who.priority else None), at)
        return who.service

    def takers(self, service: str) -> Iterable[int]:
        serving = self.hall.counters_serving(service)
        return [c.number for c in serving if service in c.own] + [c.number for c in serving if service in c.help]

    def next(self, counter: int, at: int) -> int | None:
        self._send_away(counter, at)
        called = self.do(cmd.CallNext(counter, deliberate=True), at).ticket
        if called is None:
            return None
        citizen = self.citizens[called]
        if not citizen.comes:
            return self.miss_ms
        own = citizen.service in self.counters[counter].stands_for or not self.policy.slower_help
        return self.walk_ms + round(citizen.handle_ms * (1 if own else self.help_factor))

    def leave(self, counter: int, at: int) -> None:
        self._send_away(counter, at)
        if self.hall.counters[counter].ticket:
            self.do(cmd.Finish(counter), at)
        self.do(cmd.PauseCounter(counter), at)

    def back(self, counter: int, at: int) -> None:
        self.do(cmd.OpenCounter(counter), at)

    def minute(self, at: int) -> Sequence[int]:
        return self.each_minute(self, at)

    # What an adviser changes

    def accept(self, advice: str, move: Move, expected: Expected, at: int) -> int:
        """Carry out an advised move; gives the counter that should look again for somebody to call."""
        self.do(cmd.AcceptAdvice(advice, move, expected), at)
        if move.kind == "break" and self.course:
            self.course.shift(move.counter, self.hall.counters[move.counter].breaks)
        return move.counter

    def _send_away(self, counter: int, at: int) -> None:
        """Somebody who was called and did not come is missed."""
        present = self.hall.counters[counter].ticket
        if present and not self.citizens[present].comes:
            self.do(cmd.Miss(counter), at)
