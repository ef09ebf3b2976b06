"""Small made-up days, and halls in the middle of one, for the tests of this room."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from app.core import commands as cmd
from app.core.advice import Answered
from app.core.change import Change
from app.core.events import TicketCalled
from app.core.hall import Hall, Ticket
from app.planning.course import MINUTE_MS
from app.planning.learnt import Learnt, Visited
from app.planning.policies import POLICIES
from app.planning.scenario import Scenario
from app.planning.simulate import furnished, opening

MONDAY = 0
DAY: dict[str, Any] = {
    "name": "A small day",
    "open_min": 120,
    "priority_share": 0.2,
    "miss_share": 0.1,
    "help_factor": 1.1,
    "arrivals": {"per_day": 70, "profile": [[0, 2], [120, 1]]},
    "services": [
        {"code": "HT", "share": 0.6, "handle_min": 5, "handle_cv": 0.6},
        {"code": "DD", "share": 0.4, "handle_min": 4, "handle_cv": 0.6},
    ],
    "counters": [
        {"number": 1, "own": ["HT"], "help": ["DD"], "breaks": [[40, 55]]},
        {"number": 2, "own": ["HT"], "help": [], "skills": ["HT", "DD"]},
        {"number": 3, "own": ["DD"], "help": [], "skills": ["DD", "HT"], "breaks": [[55, 70], [90, 95]]},
    ],
}


def scenario(**changes: Any) -> Scenario:
    return Scenario.model_validate({**DAY, **changes})


def certain(**changes: Any) -> Scenario:
    """Without chance, but for who comes when."""
    services = [{**service, "handle_cv": 0} for service in DAY["services"]]
    return scenario(miss_share=0, services=services, **changes)


class Morning:
    """The hall of a scenario before the doors open; minutes are counted from the opening."""

    def __init__(self, plan: Scenario, policy: str = "toiluot") -> None:
        self.office = furnished(plan, POLICIES[policy])
        self.start = opening(plan)
        self.minute = 0.0
        self._given = 0

    @property
    def hall(self) -> Hall:
        return self.office.hall

    @property
    def now(self) -> int:
        return self.start + round(self.minute * MINUTE_MS)

    def do(self, command: cmd.Command) -> None:
        self.office.do(command, self.now)

    def come(self, service: str, count: int = 1, every: float = 0.0, *, priority: bool = False) -> list[Ticket]:
        """Citizens, one every so many minutes."""
        came = []
        for _ in range(count):
            self._given += 1
            self.do(cmd.IssueTicket(f"t{self._given}", service, priority="priority" if priority else None))
            came.append(self.hall.tickets[f"t{self._given}"])
            self.minute += every
        return came

    def call(self, *counters: int) -> None:
        for counter in counters:
            self.do(cmd.CallNext(counter, deliberate=True))

    def accepted_before(self, count: int, minutes_ago: float) -> Hall:
        """The hall with so many advices accepted today, the last one so long ago."""
        at = self.now - round(minutes_ago * MINUTE_MS)
        answered = {f"a{n}": Answered(at, "accepted", 1, "give", ("DD",)) for n in range(count)}
        return replace(self.hall, answered=answered)


def known(handle_s: float = 300, visits: int = 200, services: Iterable[str] = ("HT", "DD")) -> Learnt:
    """A centre that has seen each service so often, always as long, and had the same few people every day."""
    learnt = Learnt()
    for service in services:
        for _ in range(visits):
            learnt.learn(Visited(service, MONDAY, None, handle_s))
    learnt.arrivals.learn_day(MONDAY, [("HT", 8 * 3_600_000)])
    return learnt


def calls(changes: Iterable[Change]) -> list[tuple[Ticket, int, int]]:
    """(ticket, counter, when) of each call, in order."""
    return [
        (step.hall.tickets[event.ticket], event.counter, step.recorded.at)
        for step in changes
        if isinstance(event := step.recorded.event, TicketCalled)
    ]
