"""The figures of played days, as a table for people."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from app.planning.figures import Figures
from app.planning.scenario import Scenario

WIDTH_OF_A_FILE = 120
NONE = "-"
WAITS = {"mean_wait": "mean", "p50_wait": "median", "p90_wait": "90 %", "p99_wait": "99 %", "max_wait": "longest"}


def show(scenario: Scenario, figures: Sequence[Figures]) -> None:
    """Print a line for each policy; with a single one, a line for each service too."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDTH_OF_A_FILE)
    console.print(f"[bold]{escape(scenario.name)}[/bold]")
    seeds, citizens = figures[0]["seeds"], figures[0]["citizens"]
    console.print(
        f"{_counted(seeds, 'day')}, {_counted(citizens, 'citizen')}; waits in minutes, target {scenario.target_min:g}"
    )
    titles = ("in time", *WAITS.values(), "handled in time", "moves a day")
    table = Table("policy", *(Column(title, justify="right") for title in titles))
    for each in figures:
        table.add_row(each["policy"], *_waits(each), _percent(each["handled_within_target"]), _moves(each))
        if len(figures) == 1:
            for code, of in each["by_service"].items():
                table.add_row(f"  {code}", *_waits(of), "", "")
    console.print(table)
    console.print(_forecasts(figures))


def _waits(of: Mapping[str, Any]) -> list[str]:
    return [_percent(of["within_target"]), *(_minutes(of[key]) for key in WAITS)]


def _moves(of: Figures) -> str:
    return f"{of['moves']:g} (most {of['most_moves']})" if of["most_moves"] else "0"


def _forecasts(figures: Sequence[Figures]) -> Table:
    """How the waits foreseen with the number went; those called at once were told no range."""
    titles = ("off by, on average", "range held", "range wide", "called at once")
    table = Table("foreseen", *(Column(title, justify="right") for title in titles))
    for each in figures:
        told = each["forecast"]
        shares = [_percent(told["coverage80"]), _minutes(told["width"]), _percent(told["at_once"])]
        table.add_row(each["policy"], _minutes(told["mae"]), *shares)
    return table


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _percent(share: float | None) -> str:
    return NONE if share is None else f"{share * 100:.1f} %"


def _minutes(minutes: float | None) -> str:
    return NONE if minutes is None else f"{minutes:.1f}"
