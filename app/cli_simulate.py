"""`toiluot simulate`: a made-up day, played many times through the real routing."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from app.cli_common import Plain, told
from app.planning.learnt import Learnt
from app.planning.plot import plot
from app.planning.policies import POLICIES
from app.planning.runs import DAYS_TOLD, Day
from app.planning.scenario import BadScenario, Scenario, load
from app.planning.seeds import Outcome, Told, Workers, played, workers
from app.planning.seeds import simulate as simulate_policy
from app.planning.text import show

ALL = "all"
COMPARED = ("own", "oldest")  # what a drawing of one policy shows beside it
MOST_JOBS = 64


@click.command()
@click.argument("scenario", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--policy", type=click.Choice([*POLICIES, ALL]), default="toiluot", show_default=True)
@click.option("--seeds", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many days: 0 to N-1.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--plot", "drawing", type=click.Path(dir_okay=False, path_type=Path), help="Draw the waits (SVG).")
@click.option("--jobs", type=click.IntRange(1, MOST_JOBS), help="Processes. Default: one for each core.")
def simulate(*, scenario: Path, policy: str, seeds: int, as_json: bool, drawing: Path | None, jobs: int | None) -> None:
    """Play a made-up day N times with a policy, and tell how long people waited.

    The policies: own, oldest, skills and full to compare with; toiluot is the product's routing; advised follows its
    advice too; all plays each of them.
    """
    if drawing:
        _check_drawing(drawing)
    plan = _loaded(scenario)
    names = list(POLICIES) if policy == ALL else [policy]
    shown = dict.fromkeys([*COMPARED, *names])
    with workers(_jobs(jobs, seeds)) as play, _progress(len(names) * (seeds + DAYS_TOLD)) as step:
        outcomes = _outcomes(scenario, plan, names, seeds, play, step=step)
        days = {name: outcome.days for name, outcome in outcomes.items()}
        if drawing:
            days = _beside(plan, shown, days, seeds, play)
    if drawing:
        svg = plot(plan, days)
        told(lambda: drawing.write_text(svg, encoding="utf-8"))
    figures = [outcome.figures for outcome in outcomes.values()]
    if as_json:
        click.echo(json.dumps(figures[0] if policy != ALL else {"scenario": plan.name, "policies": figures}, indent=2))
    else:
        show(plan, figures)
        if drawing:
            click.echo(f"{drawing}: written")


def _check_drawing(file: Path) -> None:
    """Before days are played for it in vain."""
    if file.suffix.lower() != ".svg":
        raise Plain(f"{file}: the drawing is an SVG: give a file whose name ends in .svg")
    if not file.parent.is_dir():
        raise Plain(f"{file}: there is no folder {file.parent}: make it first")


def _loaded(file: Path) -> Scenario:
    try:
        return load(file)
    except BadScenario as error:
        raise Plain(str(error)) from None


def _jobs(wanted: int | None, seeds: int) -> int:
    """Another process pays only where it has a few days to play."""
    return wanted or min(os.cpu_count() or 1, MOST_JOBS, seeds + DAYS_TOLD)


def _outcomes(
    file: Path, plan: Scenario, names: list[str], seeds: int, play: Workers, *, step: Told
) -> dict[str, Outcome]:
    """Of all policies, one that this scenario cannot be played with is left out, and named."""
    outcomes = {}
    for name in names:
        try:
            outcomes[name] = simulate_policy(plan, POLICIES[name], seeds, play, step)
        except BadScenario as error:
            if len(names) == 1:
                raise Plain(f"{file}: {error}") from None
            click.echo(f"toiluot: {file}: {error}", err=True)
    return outcomes


def _beside(
    plan: Scenario, shown: Iterable[str], days: Mapping[str, tuple[Day, ...]], seeds: int, play: Workers
) -> dict[str, tuple[Day, ...]]:
    """The days to draw: those played already, and those of policies to compare with."""
    found: dict[str, tuple[Day, ...]] = {}
    for name in shown:
        if name in days:
            found[name] = days[name]
        else:
            try:
                POLICIES[name].counters(plan)
            except BadScenario as error:
                click.echo(f"toiluot: the drawing is without {name}: {error}", err=True)
                continue
            found[name] = tuple(played(plan, name, range(seeds), play, Learnt()))
    return found


@contextmanager
def _progress(days: int) -> Iterator[Told]:
    """A bar while days are played, for somebody who watches."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("days", total=days)
        yield lambda: progress.advance(task)
