"""Scenario files: a made-up day at a centre. Times in the file are minutes, counted from the opening."""

from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

WARD_DAY = Path(__file__).parents[1] / "data" / "demo" / "ward-day.json"

Share = Annotated[float, Field(ge=0, le=1)]
Minutes = Annotated[float, Field(ge=0)]


class BadScenario(Exception):
    """A scenario that cannot be played; names the file, the key and what is wrong."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Arrivals(_Part):
    """`profile` is (minute, weight) pairs joined by straight lines: the shape of the arrival rate."""

    per_day: Minutes
    profile: Annotated[tuple[tuple[Minutes, Minutes], ...], Field(min_length=2)]
    service_noise: Minutes = 0

    @field_validator("profile")
    @classmethod
    def _goes_on(cls, profile: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
        for (minute, _), (later, _) in pairwise(profile):
            if later < minute:
                raise ValueError(f"minute {later:g} stands after minute {minute:g}")
        return profile


class Handled(_Part):
    """One service: its share of the citizens, and its handling time (lognormal: mean and coefficient of variation)."""

    code: str
    share: Minutes
    handle_min: Annotated[float, Field(gt=0)]
    handle_cv: Minutes


class CounterPlan(_Part):
    """`skills`, where the file has them: all that rebalancing may give it. Breaks are (from, to)."""

    number: Annotated[int, Field(ge=1, le=99)]
    own: Annotated[tuple[str, ...], Field(min_length=1)]
    help: tuple[str, ...] = ()
    skills: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    breaks: tuple[tuple[Minutes, Minutes], ...] = ()

    @property
    def able(self) -> tuple[str, ...]:
        """What rebalancing may give it: the skills, or what it serves already where the file has none."""
        return tuple(dict.fromkeys(self.own + self.help if self.skills is None else self.skills))

    @field_validator("breaks")
    @classmethod
    def _breaks_end(cls, breaks: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
        for start, end in breaks:
            if end <= start:
                raise ValueError(f"the break [{start:g}, {end:g}] ends before it begins")
        if any(later[0] < earlier[1] for earlier, later in pairwise(sorted(breaks))):
            raise ValueError("two breaks overlap")
        return tuple(sorted(breaks))


class Scenario(_Part):
    name: str
    note: str = ""
    target_min: Annotated[float, Field(ge=1, le=240)] = 15
    open_min: Annotated[float, Field(gt=0, le=1440)]
    arrivals: Arrivals
    services: Annotated[tuple[Handled, ...], Field(min_length=1, max_length=26)]
    counters: Annotated[tuple[CounterPlan, ...], Field(min_length=1)]
    priority_share: Share = 0
    miss_share: Share = 0
    miss_cost_min: Minutes = 1
    walk_min: Annotated[float, Field(ge=0, le=10)] = 0.5
    help_factor: Annotated[float, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _belongs_together(self) -> "Scenario":
        codes = [service.code for service in self.services]
        numbers = [counter.number for counter in self.counters]
        for what, given in (("service", codes), ("counter", numbers)):
            if twice := next((each for each in given if given.count(each) > 1), None):
                raise ValueError(f"{what} {twice} is there twice")
        for counter in self.counters:
            _check_counter(counter, codes)
        for code in codes:
            if not any(code in counter.own + counter.help for counter in self.counters):
                raise ValueError(f"no counter serves {code}: give it to one, as own or help")
        if not any(service.share > 0 for service in self.services):
            raise ValueError("every service has the share 0: nobody knows what people come for")
        return self

    def service(self, code: str) -> Handled:
        """The service's figures; a citizen who was sent to one that the file lacks is handled like the first."""
        return next((service for service in self.services if service.code == code), self.services[0])


def _check_counter(counter: CounterPlan, codes: list[str]) -> None:
    served = counter.own + counter.help
    for code in (*served, *counter.able):
        if code not in codes:
            raise ValueError(f"counter {counter.number}: {code} is none of the services {', '.join(codes)}")
    for code in served:
        if served.count(code) > 1:
            raise ValueError(f"counter {counter.number}: {code} is there twice")


def load(path: Path = WARD_DAY) -> Scenario:
    """Read a scenario. Raises BadScenario."""
    try:
        return Scenario.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadScenario(f"{path}: cannot be read ({error})") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise BadScenario(f"{path}: {where}: {first['msg']}") from None
