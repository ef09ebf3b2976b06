"""Waits over the day as a drawing (SVG): one line for each policy, the target dashed. For screens and for paper."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader

from app.planning.course import MINUTE_MS
from app.planning.runs import Day
from app.planning.scenario import Scenario
from app.planning.simulate import opening, waited_min

BIN_MIN = 15
LEFT, TOP, WIDTH, HEIGHT = 56, 84, 640, 330  # of the plotting area, in px
NAME_WIDTH, NAME_HEIGHT = 76, 18
NAMES_APART = 26  # from one name down to the next
LIFTS = (0, 14, 28)
TICKS = 6  # at most about so many steps on the axis of waits
NICE = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 960)
MOST_HOURS = 12


class Style(NamedTuple):
    """A colour that colour-blind people tell from the others, and a dash for a printer without colours."""

    colour: str
    dash: str
    width: float = 1.8


STYLES = {
    "own": Style("#6b6f76", "2 3"),
    "oldest": Style("#b35900", "9 4"),
    "skills": Style("#7b3f98", "6 3 2 3"),
    "full": Style("#8a8f00", "1 4"),
    "toiluot": Style("#1f4b99", "", 2.6),
    "advised": Style("#00776b", "14 3", 2.6),
}
PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """A policy's line, with what the legend says of it at `legend_y`; `name_at`: its name beside the line."""

    name: str
    said: str
    style: Style
    points: tuple[Point, ...]
    legend_y: float
    name_at: Point | None

    @property
    def path(self) -> str:
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self.points)


class Tick(NamedTuple):
    at: float
    text: str


def plot(scenario: Scenario, days: Mapping[str, Sequence[Day]]) -> str:
    """The mean wait of those who took their number in each quarter of an hour, by policy: an SVG document."""
    means = {name: mean_waits(scenario, of) for name, of in days.items()}
    highest = max((wait for waits in means.values() for _, wait in waits), default=0.0)
    step = _step(max(highest, scenario.target_min * 1.2))
    top = step * -(-max(highest, scenario.target_min * 1.2) // step)
    lines = {name: tuple((_x(minute, scenario), _y(wait, top)) for minute, wait in of) for name, of in means.items()}
    curves = _curves(scenario, days, {name: line for name, line in lines.items() if line})
    return PAGES.get_template("waits.svg").render(
        name=scenario.name,
        days=max((len(of) for of in days.values()), default=0),
        area={"left": LEFT, "top": TOP, "width": WIDTH, "height": HEIGHT},
        curves=curves,
        waits=[Tick(_y(at, top), f"{at:g}") for at in _steps(top, step)],
        hours=list(_hours(scenario)),
        target=Tick(_y(scenario.target_min, top), f"{scenario.target_min:g}"),
    )


def mean_waits(scenario: Scenario, days: Iterable[Day]) -> list[tuple[float, float]]:
    """(minute after the opening, mean wait in minutes), at the middle of each quarter in which anybody came."""
    start = opening(scenario)
    waits = sorted(
        (int((ticket.issued_at - start) / MINUTE_MS // BIN_MIN), waited_min(ticket))
        for day in days
        for ticket in day.played.tickets()
    )
    quarters = groupby(waits, key=lambda each: each[0])
    return [((quarter + 0.5) * BIN_MIN, fmean(wait for _, wait in of)) for quarter, of in quarters]


def _curves(
    scenario: Scenario, days: Mapping[str, Sequence[Day]], lines: Mapping[str, tuple[Point, ...]]
) -> list[Curve]:
    """The one with the longest waits first."""
    waits = {name: [waited_min(t) for day in days[name] for t in day.played.tickets()] for name in lines}
    ordered = sorted(lines, key=lambda name: -fmean(waits[name]))
    names = _beside(lines)
    return [
        Curve(
            name, _said(waits[name], scenario.target_min), STYLES[name], lines[name], TOP + 20 + 40 * row, names[name]
        )
        for row, name in enumerate(ordered)
    ]


def _said(waits: Sequence[float], target_min: float) -> str:
    in_time = sum(wait <= target_min for wait in waits) / len(waits)
    return f"mean {fmean(waits):.1f} min, {in_time:.0%} in time"


def _beside(lines: Mapping[str, tuple[Point, ...]]) -> dict[str, Point | None]:
    """Above each line where it is farthest from the others, if there is room for its name; None if there is none.

    A name that would touch another is lifted.
    """
    placed: dict[str, Point | None] = {}
    for name, points in lines.items():
        others = [dict(line) for other, line in lines.items() if other != name]
        taken = [point for point in placed.values() if point]
        free = [
            (room - lift, (x, y - 6 - lift))
            for x, y in points
            for lift in LIFTS
            if (room := _room(x, y, others)) > NAME_HEIGHT + lift
        ]
        clear = [each for each in free if all(_clear(each[1], other) for other in taken)]
        placed[name] = max(clear)[1] if clear else None
    return placed


def _room(x: float, y: float, others: Iterable[Mapping[float, float]]) -> float:
    """How far above a point the next line is, within the drawing and at most so far below."""
    ys = [line[x] for line in others if x in line]
    above = min([y - other for other in ys if other <= y], default=y - TOP + NAME_HEIGHT)
    below = min([other - y for other in ys if other > y], default=HEIGHT)
    return min(above, NAME_HEIGHT + below)


def _clear(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) > NAME_WIDTH or abs(one[1] - other[1]) > NAMES_APART


def _hours(scenario: Scenario) -> Iterable[Tick]:
    """The full hours of the clock while the doors are open."""
    first = -(-scenario.opens_min // 60)
    last = int((scenario.opens_min + scenario.open_min) // 60)
    every = 1 + max(0, last - first) // MOST_HOURS
    for hour in range(first, last + 1, every):
        yield Tick(_x(hour * 60 - scenario.opens_min, scenario), f"{hour:02}:00")


def _step(highest: float) -> float:
    return next((step for step in NICE if highest / step <= TICKS), highest / TICKS)


def _steps(top: float, step: float) -> list[float]:
    return [step * n for n in range(round(top / step) + 1)]


def _x(minute: float, scenario: Scenario) -> float:
    return LEFT + WIDTH * min(minute, scenario.open_min) / scenario.open_min


def _y(wait: float, top: float) -> float:
    return TOP + HEIGHT * (1 - wait / top)
