"""Scenario files: a made-up day at a centre. Times in the file are minutes, counted from the opening."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

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


class Handled(_Part):
    """One service: its share of the citizens, and its handling time (lognormal: mean and coefficient of variation)."""

    code: str
    share: Minutes
    handle_min: Annotated[float, Field(gt=0)]
    handle_cv: Minutes


class CounterPlan(_Part):
    number: int
    own: tuple[str, ...]
    help: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    breaks: tuple[tuple[Minutes, Minutes], ...] = ()


class Scenario(_Part):
    name: str
    note: str = ""
    target_min: Minutes = 15
    open_min: Annotated[float, Field(gt=0)]
    arrivals: Arrivals
    services: Annotated[tuple[Handled, ...], Field(min_length=1)]
    counters: Annotated[tuple[CounterPlan, ...], Field(min_length=1)]
    priority_share: Share = 0
    miss_share: Share = 0
    miss_cost_min: Minutes = 1
    walk_min: Minutes = 0.5
    help_factor: Annotated[float, Field(ge=1)] = 1

    def service(self, code: str) -> Handled:
        """The service's figures; a citizen who was sent to one that the file lacks is handled like the first."""
        return next((service for service in self.services if service.code == code), self.services[0])


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
