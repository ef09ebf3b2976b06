"""A scenario played through the real hall with a virtual clock: one day, and what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.core import commands as cmd
from app.core.centre import PriorityClass, Service, Settings
from app.core.change import Change
from app.core.hall import Break, Hall, Ticket
from app.planning.course import MINUTE_MS, Course
from app.planning.day import citizens
from app.planning.office import Minute, SimulatedOffice
from app.planning.policies import Policy
from app.planning.scenario import Scenario

MONDAY = datetime(2026, 11, 23, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
AFTER_CLOSING_MIN = 180  # how long the board still gives advice: everybody with a number is served
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


Listener = Callable[[Change], None]


@dataclass
class Played:
    """A day that was played. `moves`: changes of counters that were advised and accepted."""

    hall: Hall
    moves: int

    def tickets(self) -> Sequence[Ticket]:
        """Of everybody who came."""
        return list(self.hall.tickets.values())


def waited_min(ticket: Ticket) -> float:
    """From the number to the call, in minutes: everybody is called in the end."""
    assert ticket.called_at is not None  # noqa: S101 - the day was played to its end
    return (ticket.called_at - ticket.issued_at) / MINUTE_MS


def opening(scenario: Scenario) -> int:
    """When the doors open on the made-up day, a Monday: ms since the epoch."""
    return int(MONDAY.timestamp() * 1000) + scenario.opens_min * MINUTE_MS


def play(
    scenario: Scenario,
    policy: Policy,
    seed: int,
    *,
    each_minute: Minute | None = None,
    listeners: Sequence[Listener] = (),
) -> Played:
    """Play the day of a seed. Raises BadScenario where the policy leaves a service without a counter."""
    office = furnished(scenario, policy)
    office.listeners += listeners
    start = opening(scenario)
    course = office.course = Course(office, {n: c.breaks for n, c in office.hall.counters.items()})
    course.come((start + each.at, each) for each in citizens(scenario, seed))
    course.staff(dict.fromkeys(office.counters, start))
    if each_minute:
        office.each_minute = each_minute
        course.tick(start, start + round((scenario.open_min + AFTER_CLOSING_MIN) * MINUTE_MS))
    course.run()
    accepted = [each for each in office.hall.answered.values() if each.answer == "accepted"]
    return Played(office.hall, len(accepted))


def furnished(scenario: Scenario, policy: Policy) -> SimulatedOffice:
    """The centre before its doors open: everybody sits at a counter, and the breaks of the day are known."""
    office = SimulatedOffice(
        policy,
        policy.counters(scenario),
        miss_ms=round(scenario.miss_cost_min * MINUTE_MS),
        walk_ms=round(scenario.walk_min * 60) * 1000,
        help_factor=scenario.help_factor,
    )
    start = opening(scenario)
    for command in _furniture(scenario, office, policy):
        office.do(command, start)  # a minute earlier may be yesterday
    return office


def _furniture(scenario: Scenario, office: SimulatedOffice, policy: Policy) -> list[cmd.Command]:
    target_s = round(scenario.target_min * 60)
    settings = Settings(
        target_s=target_s,
        amber_s=min(600, target_s),
        arrive_after_s=round(scenario.walk_min * 60),
        priority_classes=(PriorityClass("priority", "Ưu tiên"),),
        routing=policy.routing,
    )
    commands: list[cmd.Command] = [cmd.StartDay(), cmd.SaveSettings(settings)]
    for letter, service in zip(LETTERS, scenario.services, strict=False):
        commands.append(cmd.SaveService(Service(service.code, letter, service.code, target_s=target_s)))
    for counter in office.counters.values():
        clerk = f"clerk-{counter.number}"
        skills = tuple(dict.fromkeys((*counter.own, *counter.help, *counter.skills)))
        commands += [
            cmd.SaveCounter(counter.number, "", counter.own, counter.help),
            cmd.SaveSkills(clerk, skills),
            cmd.OpenCounter(counter.number, clerk),
        ]
    start = opening(scenario)
    for plan in scenario.counters:
        if plan.breaks:
            breaks = [Break(start + round(a * MINUTE_MS), start + round(b * MINUTE_MS)) for a, b in plan.breaks]
            commands.append(cmd.PlanBreaks(plan.number, tuple(breaks)))
    return commands
