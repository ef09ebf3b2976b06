"""Citizens and clerks of a scenario, on any hub: `python -m app.demo.crowd --db centre.db --days 3`.

It is the demo's play and the load of soak tests. Every request goes through the public API.
"""

import json
import logging
import signal
import sys
import threading
from collections import Counter as Tally
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import click

from app import control
from app.demo import citizens
from app.demo.centre import Person, hire, new_device, plan_the_week, set_counters
from app.demo.clerk import Clerk
from app.demo.office import Cast, Office, hub_time
from app.demo.relief import relief
from app.demo.sight import HubSight
from app.demo.stage import MINUTE_MS, HubTime, Stage
from app.demo.station import FORM, Station, station_of
from app.demo.supervisor import Supervisor
from app.demo.voice import HubSilent, Refused, Voice
from app.planning.scenario import WARD_DAY, BadScenario, CounterPlan, Scenario, load

log = logging.getLogger(__name__)
DAY_MS = 24 * 60 * MINUTE_MS
OPENS_AT_MS = 5 * MINUTE_MS
"""A day begins at a round time, a little in the past: then the first citizens are there already."""

NAP_S = 0.5


class WrongCentre(Exception):
    """The scenario does not fit the hub's centre; names what is missing."""


@dataclass
class Crowd:
    """Plays days. `left_alone` are the counters where a person works instead; those given here stay so for good.

    `early_min`: so many minutes' worth of citizens came before the doors opened, and wait.
    """

    scenario: Scenario
    cast: Cast
    rng: Random
    stopping: threading.Event
    say: Callable[[str], None] = log.info
    left_alone: set[int] = field(default_factory=set)
    early_min: float = 0
    office: Office | None = None
    stays: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self.stays = frozenset(self.left_alone)

    def leave_alone(self, counter: int) -> None:
        """Leave a counter to a person from now on. May be called from any thread."""
        if self.office is not None:
            self.office.leave_alone(counter, "you opened its console")
        self.left_alone.add(counter)

    def play_day(self) -> Tally[str]:
        """A day that has just opened; returns what happened so far when stopped. Raises HubSilent or WrongCentre."""
        stage = Stage(hub_time(self.cast.door), self.stopping)
        begin_ms = stage.time.now_ms() // OPENS_AT_MS * OPENS_AT_MS
        sight = HubSight(self.cast.door, self.cast.supervisor, stage)
        office = Office(self.scenario, self.cast.door, sight, self.rng, stage, begin_ms, self.left_alone, self.say)
        self.office = office
        self._check()
        station = station_of(self.cast.door.ask("GET", "/hall"))
        if station is not None:
            office.form = FORM
            office.begin(Station(office, station, self.cast.supervisor).day())
        office.begin(citizens.coming(office, early_min=self.early_min))
        for plan in self.scenario.counters:
            self._seat(office, plan)
        plans = {plan.number: plan for plan in self.scenario.counters}
        not_today = self.cast.clerks.keys() - plans.keys()
        office.begin(relief(office, self.stays | not_today, lambda number: self._seat(office, plans[number])))
        office.begin(Supervisor(office, self.cast.supervisor, self.cast.supervisor_called).day())
        stage.play()
        return office.tally

    def _seat(self, office: Office, plan: CounterPlan) -> None:
        office.begin(Clerk(office, plan, self.cast.clerks[plan.number]).day())

    def wait_until(self, at_ms: float) -> None:
        """Through the night, by the hub's clock (ms since the epoch)."""
        while not self.stopping.wait(NAP_S) and hub_time(self.cast.door).now_ms() < at_ms:
            pass

    def _check(self) -> None:
        hall = self.cast.door.ask("GET", "/hall")
        for kind, wanted, there in (
            ("service", {each.code for each in self.scenario.services}, {each["code"] for each in hall["services"]}),
            ("counter", {each.number for each in self.scenario.counters}, {c["number"] for c in hall["counters"]}),
        ):
            if wanted - there:
                missing = ", ".join(map(str, sorted(wanted - there)))
                raise WrongCentre(f"the scenario '{self.scenario.name}' needs {kind} {missing}, which the centre lacks")


def summary(tally: Tally[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in sorted(tally.items())) or "nobody came"


@click.command()
@click.option("--db", type=click.Path(path_type=Path), help="The database of a hub that runs on this machine.")
@click.option("--url", help="A hub elsewhere, with --token-file.")
@click.option("--token-file", type=click.Path(exists=True, path_type=Path), help="Holds an administrator's token.")
@click.option("--scenario", type=click.Path(path_type=Path), default=WARD_DAY, help="Default: ten counters.")
@click.option("--days", type=int, default=1, show_default=True, help="Each opens 24 hours after the one before.")
@click.option("--seed", type=int, help="Of the random numbers.")
def main(
    *, db: Path | None, url: str | None, token_file: Path | None, scenario: Path, days: int, seed: int | None
) -> None:
    """Play a scenario's citizens and clerks on a running hub."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    try:
        plan = load(scenario)
        cast = hired(_leader(db, url, token_file, stopping), plan)
        play(Crowd(plan, cast, Random(seed), stopping, click.echo), days)  # noqa: S311 - chance, not a secret
    except (BadScenario, WrongCentre, Refused, HubSilent) as error:
        if not stopping.is_set():
            sys.exit(f"crowd: {error}")


def hired(leader: Voice, scenario: Scenario) -> Cast:
    """People and a device of the crowd's own: the leader's token may end with this run of the hub, theirs does not."""
    set_counters(leader, scenario)
    people = {plan.number: Person(f"crowd-{plan.number}", f"Crowd {plan.number}", "") for plan in scenario.counters}
    supervisor = Person("crowd-supervisor", "Crowd", "the supervisor", "supervisor")
    password, door = hire(leader, supervisor, *people.values()), new_device(leader, "crowd", "kiosk")
    cast = cast_of(leader, door, people, supervisor, password)
    plan_the_week(leader, scenario, people, _opens_min(hub_time(cast.door)))
    return cast


def _opens_min(time: HubTime) -> int:
    """The crowd's office opens when the crowd comes: minutes of the clock."""
    began = time.local(time.now_ms() // OPENS_AT_MS * OPENS_AT_MS)
    return began.hour * 60 + began.minute


def cast_of(leader: Voice, door_token: str, people: Mapping[int, Person], supervisor: Person, password: str) -> Cast:
    """Everybody's voice at the leader's hub."""

    def voice(person: Person) -> Voice:
        return Voice(leader.base, name=person.name, password=password, stopping=leader.stopping)

    return Cast(
        Voice(leader.base, door_token, stopping=leader.stopping),
        {number: voice(person) for number, person in people.items()},
        voice(supervisor),
        supervisor.called,
    )


def play(crowd: Crowd, days: int) -> None:
    """Days in a row on one hub, by its clock."""
    opening = hub_time(crowd.cast.door).now_ms()
    for day in range(days):
        crowd.wait_until(opening + day * DAY_MS)
        if crowd.stopping.is_set():
            return
        crowd.say(f"Day {day + 1}: {summary(crowd.play_day())}.")


def _leader(db: Path | None, url: str | None, token_file: Path | None, stopping: threading.Event) -> Voice:
    if url and token_file:
        return Voice(url, _token(token_file.read_text(encoding="utf-8").strip()), stopping=stopping)
    found = control.find(db) if db else None
    if found is None:
        raise click.UsageError("no running hub: give --db of one that runs here, or --url and --token-file")
    return Voice(found.url, found.token, stopping=stopping)


def _token(text: str) -> str:
    return str(json.loads(text)["token"]) if text.startswith("{") else text


if __name__ == "__main__":
    main()
