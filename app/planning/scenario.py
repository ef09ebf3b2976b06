"""Scenario files: a made-up day at a centre. Times in the file are minutes, counted from the opening."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

WARD_DAY = Path(__file__).parents[1] / "data" / "demo" / "ward-day.json"

OPENS_MIN = 7 * 60 + 30  # of the clock
LONGEST_FROM_THEN = 16 * 60
A_DAY = 24 * 60
SHORTEST_BREAK_MIN = 1 / 60
NEEDED = {"counters": "one counter", "services": "one service", "arrivals.profile": "two points"}

Share = Annotated[float, Field(ge=0, le=1)]
Minutes = Annotated[float, Field(ge=0)]


class BadScenario(Exception):
    """A scenario that cannot be played; names the file, the key and what is wrong."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Arrivals(_Part):
    """`profile` is (minute, weight) pairs joined by straight lines: the shape of the arrival rate."""

    per_day: Annotated[float, Field(ge=0, le=20_000)]
    profile: Annotated[tuple[tuple[Minutes, Minutes], ...], Field(min_length=2)]
    service_noise: Annotated[float, Field(ge=0, le=5)] = 0

    @field_validator("profile")
    @classmethod
    def _goes_on(cls, profile: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
        for (minute, _), (later, _) in pairwise(profile):
            if later < minute:
                raise ValueError(f"minute {later:g} stands after minute {minute:g}")
        return profile


class Handled(_Part):
    """One service: its share of the citizens, and its handling time (lognormal: mean and coefficient of variation)."""

    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,12}$")]
    share: Minutes
    handle_min: Annotated[float, Field(gt=0, le=600)]
    handle_cv: Annotated[float, Field(ge=0, le=10)]


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
            if end - start < SHORTEST_BREAK_MIN:
                raise ValueError(f"the break [{start:g}, {end:g}] ends before it begins, or at once")
        if any(later[0] < earlier[1] for earlier, later in pairwise(sorted(breaks))):
            raise ValueError("two breaks overlap")
        return tuple(sorted(breaks))


class Scenario(_Part):
    name: str
    note: str = ""
    target_min: Annotated[float, Field(ge=1, le=240)] = 15
    open_min: Annotated[float, Field(gt=0, le=A_DAY)]
    arrivals: Arrivals
    services: Annotated[tuple[Handled, ...], Field(min_length=1, max_length=26)]
    counters: Annotated[tuple[CounterPlan, ...], Field(min_length=1)]
    priority_share: Share = 0
    miss_share: Share = 0
    miss_cost_min: Annotated[float, Field(ge=0, le=60)] = 1
    walk_min: Annotated[float, Field(ge=0, le=10)] = 0.5
    help_factor: Annotated[float, Field(ge=1, le=10)] = 1

    @model_validator(mode="after")
    def _belongs_together(self) -> "Scenario":
        codes = [service.code for service in self.services]
        numbers = [counter.number for counter in self.counters]
        for what, given in (("service", codes), ("counter", [str(number) for number in numbers])):
            if twice := next((each for each in given if given.count(each) > 1), None):
                raise ValueError(f"{what} {twice} is there twice")
        for counter in self.counters:
            _check_counter(counter, codes)
            if late := next((each for each in counter.breaks if each[1] > self.midnight), None):
                message = f"counter {counter.number}: the break [{late[0]:g}, {late[1]:g}] goes on after midnight"
                raise ValueError(f"{message}, which is minute {self.midnight} of this day")
        for code in codes:
            if not any(code in counter.own + counter.help for counter in self.counters):
                raise ValueError(f"no counter serves {code}: give it to one, as own or help")
        if not any(service.share > 0 for service in self.services):
            raise ValueError("every service has the share 0: nobody knows what people come for")
        return self

    @property
    def opens_min(self) -> int:
        """When the doors open, in minutes of the clock: at half past seven, at midnight where the day is very long."""
        return OPENS_MIN if self.open_min <= LONGEST_FROM_THEN else 0

    @property
    def midnight(self) -> int:
        """The end of the day, in minutes after the opening."""
        return A_DAY - self.opens_min

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
        raise BadScenario(f"{path}: {_told(error.errors()[0])}") from None


def _told(error: Mapping[str, Any]) -> str:
    """Where in the file something is wrong, and what to do."""
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"]).lstrip(".")
    said = str(error["msg"]).removeprefix("Value error, ").replace("Input should", "should")
    kind, given = error["type"], error.get("input")
    if kind == "json_invalid":
        said = f"this is not JSON ({said.removeprefix('Invalid JSON: ')})"
    elif kind == "extra_forbidden":
        said = "there is no such key: mend its name, or take it away"
    elif kind == "missing":
        said = "is missing: add it"
    elif kind == "too_short" and where in NEEDED:
        said = f"has too few entries: give it at least {NEEDED[where]}"
    elif kind == "too_long":
        said = f"has {error['ctx']['actual_length']} entries: at most {error['ctx']['max_length']} are possible"
    elif kind == "too_short" and where.endswith((".own", ".skills")):
        out = "counter" if where.endswith(".own") else "key"
        said = f"is empty: name at least one service, or leave the {out} out"
    elif kind != "value_error" and isinstance(given, str | int | float):
        said += f"; it is {given!r}"
    return f"{where}: {said}" if where else said
