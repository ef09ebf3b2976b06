"""The policies that a scenario is played with: which services each counter takes, and how it chooses among them.

None has rules of its own: each is a way to set up the same hall (counters and `Settings.routing`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.planning.scenario import BadScenario, CounterPlan, Scenario


@dataclass(frozen=True, slots=True)
class SimulatedCounter:
    """`stands_for`: the file's own services, where its clerk is quick; `skills`: all that the clerk is able to do."""

    number: int
    own: tuple[str, ...]
    help: tuple[str, ...]
    stands_for: frozenset[str]
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """`serves` gives a counter's own and help; `slower_help`: services of others take `help_factor` times as long."""

    name: str
    serves: Callable[[Scenario, CounterPlan], tuple[tuple[str, ...], tuple[str, ...]]]
    routing: str = "oldest"
    slower_help: bool = True
    advised: bool = False

    def counters(self, scenario: Scenario) -> dict[int, SimulatedCounter]:
        """The counters as this policy sets them up. Raises BadScenario where a service has nobody."""
        made = {plan.number: self._counter(scenario, plan) for plan in scenario.counters}
        served = {code for counter in made.values() for code in counter.own + counter.help}
        for service in scenario.services:
            if service.code not in served:
                raise BadScenario(f"policy {self.name}: no counter takes service {service.code}; give it to one")
        return made

    def _counter(self, scenario: Scenario, plan: CounterPlan) -> SimulatedCounter:
        own, help_ = self.serves(scenario, plan)
        return SimulatedCounter(plan.number, own, help_, frozenset(plan.own), plan.able)


def _own(_scenario: Scenario, plan: CounterPlan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return plan.own, ()


def _own_and_help(_scenario: Scenario, plan: CounterPlan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return plan.own, plan.help


def _skills(_scenario: Scenario, plan: CounterPlan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return plan.able, ()


def _everything(scenario: Scenario, _plan: CounterPlan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(service.code for service in scenario.services), ()


POLICIES = {
    policy.name: policy
    for policy in (
        Policy("own", _own),
        Policy("oldest", _own_and_help),
        Policy("skills", _skills),
        Policy("full", _everything, slower_help=False),
        Policy("toiluot", _own_and_help, routing="target"),
        Policy("advised", _own_and_help, routing="target", advised=True),
    )
}
