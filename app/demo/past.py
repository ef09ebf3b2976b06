"""The demo centre's past: some weeks of days on which simulated people worked at the real hub, in made-up time.

Nothing is written behind the hub's back: each day's events and rows come of its commands, and a whole day is committed
at once. So `toiluot check` passes, and the reports and what is learnt from the past are as after real days.
"""

import math
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from app.bootstrap import seed_if_new
from app.core import commands as cmd
from app.core.centre import Shift
from app.core.change import Change
from app.core.permissions import SYSTEM, Actor, Role
from app.demo import citizens, week
from app.demo.centre import NAME, NAME_EN, SUPERVISOR, TIMEZONE, Person, clerks_of
from app.demo.clerk import Clerk
from app.demo.insider import Insider, PastSight, PastTime
from app.demo.leader import Leader
from app.demo.office import Office
from app.demo.stage import Stage
from app.demo.supervisor import Supervisor
from app.hub import Hub
from app.overruns import Overruns
from app.planning.learning import Learner, learn_day
from app.planning.learnt import Learnt
from app.planning.scenario import OPENS_MIN, Scenario
from app.store.log import Also, Answer
from app.store.store import Store

PAST_DAYS = 24
BUSY = {0: 1.05, 1: 0.94, 2: 0.85, 3: 0.87, 4: 0.99}
"""Of the scenario's citizens, by weekday: a week begins and ends with more of them."""

DIFFERS = 0.1
"""Between two days of one weekday (standard deviation of the logarithm)."""

ADVISED_DAYS = 6
"""The last ones, on which the supervisor had advice: weighing moves takes longer than all else."""

EARLY_MIN = 5
DOOR = Actor("may-lay-so", Role.KIOSK)


class DayByDay(Store):
    """A store that is told of a day's commands one by one and writes them together."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._told: list[Change] = []

    def commit(self, changes: Sequence[Change], answer: Answer | None = None, also: Also | None = None) -> None:
        self._told += changes
        if answer or also:
            self.write(answer, also)

    def write(self, answer: Answer | None = None, also: Also | None = None) -> None:
        """All that was told so far. Raises WriteFailed."""
        super().commit(self._told, answer, also)
        self._told.clear()


def live_through(db: Path, scenario: Scenario, days: Sequence[date], rng: Random, stopping: threading.Event) -> int:
    """Make a new database in which these days have passed; returns how many citizens came. Raises a StoreError."""
    with DayByDay.opened(db) as store:
        past: _Past | None = None
        for left, day in zip(range(len(days), 0, -1), days, strict=True):
            past = past or _Past(store, scenario, day, rng, stopping)
            past.play(day, advised=left <= ADVISED_DAYS)
            if stopping.is_set():
                break
        return past.came if past else 0


class _Past:
    """`came`: citizens so far."""

    def __init__(
        self, store: DayByDay, scenario: Scenario, first: date, rng: Random, stopping: threading.Event
    ) -> None:
        self.store, self.scenario, self.rng, self.stopping = store, scenario, rng, stopping
        self.time = PastTime(0, ZoneInfo(TIMEZONE))
        self.time.at = self._opening(first)
        self.hub = Hub(store, self.time)
        self.overruns = Overruns()
        self.learnt = Learnt()
        self.clerks = clerks_of(scenario)
        self.came = 0
        seed_if_new(self.hub)
        self.hub.listeners += [self.overruns.hear, Learner(self.learnt).hear]
        self._furnish()

    def play(self, day: date, *, advised: bool) -> None:
        """One day, and write it."""
        self.time.at = self._opening(day)
        self.hub.keep_time()
        scenario = self._of_the_day(day)
        stage = Stage(self.time, self.stopping)
        door, sight = self._insider(DOOR), PastSight(self.hub)
        office = Office(scenario, door, sight, self.rng, stage, self.time.at, set(), _say_nothing)
        office.begin(citizens.coming(office, early_min=EARLY_MIN))
        for plan in scenario.counters:
            office.begin(Clerk(office, plan, self._insider(_clerk(self.clerks[plan.number]))).day())
        if advised:
            office.begin(Supervisor(office, self._leader(), SUPERVISOR.called, leaves_s=0).day())
        stage.play()
        learn_day(self.learnt, self.hub.hall)
        self.came += office.tally["issued"]
        self.store.write()

    def _furnish(self) -> None:
        """As furnish in centre.py, before there are people who sign in."""
        names = {number: person.name for number, person in self.clerks.items()}
        settings = replace(self.hub.hall.settings, name=NAME, name_en=NAME_EN)
        commands: list[cmd.Command] = [cmd.SaveSettings(settings)]
        commands += [cmd.SetCounterServices(plan.number, plan.own, plan.help) for plan in self.scenario.counters]
        commands += [cmd.SaveSkills(names[plan.number], plan.able) for plan in self.scenario.counters]
        commands.append(cmd.SaveRota(tuple(Shift(**each) for each in week.rota(self.scenario, names))))
        for command in commands:
            self.hub.handle(command, SYSTEM)

    def _of_the_day(self, day: date) -> Scenario:
        planned = week.plan_of(self.scenario, day)
        busy = BUSY.get(day.weekday(), 1.0) * math.exp(self.rng.gauss(0, DIFFERS))
        arrivals = planned.arrivals.model_copy(update={"per_day": planned.arrivals.per_day * busy})
        return planned.model_copy(update={"arrivals": arrivals})

    def _opening(self, day: date) -> float:
        opens = datetime.combine(day, datetime.min.time(), self.time.timezone).replace(
            hour=OPENS_MIN // 60, minute=OPENS_MIN % 60
        )
        return opens.timestamp() * 1000

    def _leader(self) -> Leader:
        return Leader(self.hub, self.learnt, Actor(SUPERVISOR.name, Role.SUPERVISOR), self.rng)

    def _insider(self, actor: Actor) -> Insider:
        return Insider(self.hub, actor, self.overruns, self.rng)


def _clerk(person: Person) -> Actor:
    return Actor(person.name, Role.CLERK)


def _say_nothing(_what: str) -> None:
    """Nobody listens in the past."""
