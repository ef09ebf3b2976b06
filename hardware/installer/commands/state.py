"""`toiluot hardware list` and `light`: what is configured, and how it is now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from rich.console import Console
from rich.table import Table

from hardware.boards.state import lighting
from hardware.health import Code
from hardware.installer import running_hub
from hardware.installer.commands.common import CONFIG, board_named, fail, load_config, print_exchange
from hardware.installer.reachable import Piece, has_port, why_not
from hardware.installer.running_hub import KINDS, HubSaysNo, RunningHub
from hardware.installer.snippet import speed
from hardware.installer.wire import LINE_FAULTS, opened, send_frames
from hardware.protocols.errors import FrameError

if TYPE_CHECKING:
    from hardware.config import BusConfig, HardwareConfig

DB = click.option("--db", type=click.Path(dir_okay=False, path_type=Path), help="The database of this PC's hub.")
HUB = click.option("--hub", "hub_url", help="The hub's address, on another PC; with the agent's TOILUOT_AGENT_TOKEN.")

PLACE: Final = ("name", "counter", "kiosk", "bus", "url", "device", "driver", "address")


@click.command("list")
@CONFIG
@DB
@HUB
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def list_(config_file: Path, db: Path | None, hub_url: str | None, as_json: bool) -> None:
    """The lines and what hangs on them, and how each is: as the running agent says, or else whether its port opens."""
    config = load_config(config_file)
    _, agent, no_agent = _running(config_file, config, db, hub_url)
    # where there is an agent it holds the ports: they are not for us to open
    tables = {
        "buses": [_bus_row(bus) | ({} if agent else _reachable(bus)) for bus in config.buses],
        **{kind: _rows(kind, config, agent) for kind in KINDS},
    }
    if as_json:
        about = {"agent": agent["name"] if agent else None, "why_not": no_agent}
        click.echo(json.dumps(about | tables, ensure_ascii=False))
        return
    here = f"{no_agent}; so the ports are tried here."
    click.echo(f"As the running agent {agent['name']!r} says:" if agent else here)
    for kind, rows in tables.items():
        _print_table(kind.capitalize(), rows)


@click.command()
@CONFIG
@DB
@HUB
@click.argument("board")
def light(config_file: Path, db: Path | None, hub_url: str | None, board: str) -> None:
    """Light every segment of BOARD for some seconds, to see which it is."""
    config = load_config(config_file)
    hub, agent, no_agent = _running(config_file, config, db, hub_url)
    if hub is not None and agent is not None:
        try:
            told = hub.light(agent["name"], board)
        except HubSaysNo as error:
            fail(error)
        click.echo(f"{board} shows {told['text']} for {told['seconds']} s ({told['state']}).")
        return
    click.echo(f"{no_agent}; so the port is used from here.")
    _light_here(config, board)


def _light_here(config: HardwareConfig, name: str) -> None:
    board = board_named(config, name)
    line = next(bus for bus in config.buses if bus.name == board.bus)
    driver = board.build_driver()
    try:
        frames = driver.frames(lighting(board.look, driver, board.counter).steady)
        with opened(line, {name: driver}) as talk:
            exchanges = send_frames(talk, driver, frames)
    except (*LINE_FAULTS, FrameError) as error:
        fail(error)
    for exchange in exchanges:
        print_exchange(exchange)
    if not all(exchange.result.good for exchange in exchanges):
        raise click.exceptions.Exit(1)


def _running(
    config_file: Path, config: HardwareConfig, db: Path | None, hub_url: str | None
) -> tuple[RunningHub | None, dict[str, Any] | None, str]:
    """The hub and the agent that has these boards, or why there is none."""
    if hub_url is not None:
        config = config.with_hub(hub_url, None)
        if not config.token:
            raise click.UsageError("--hub needs TOILUOT_AGENT_TOKEN, the agent's token; on the hub's own PC give --db")
        hub: RunningHub | None = RunningHub(config.hub, config.token)
    else:
        hub = running_hub.find(config_file, config, db=db)
    if hub is None:
        database = running_hub.database(config_file, db=db)
        advice = "" if db else " (started with --db? give it here too)"
        return None, None, f"No running hub has the database {database}{advice}, and there is no token for another"
    try:
        agent = running_hub.agent_of(config, hub.agents())
    except HubSaysNo as error:
        return None, None, f"Nothing is known of a running agent: {error}"
    return hub, agent, "" if agent else f"No running agent tells the hub at {hub.url} of what is configured here"


def _bus_row(bus: BusConfig) -> dict[str, Any]:
    return {"name": bus.name, "url": bus.url, "line": speed(bus)}


def _reachable(piece: Piece) -> dict[str, Any]:
    """What hangs on a bus has no port of its own, and nothing is known of it: its bus's row says what is."""
    if not has_port(piece):
        return {}
    why = why_not(piece)
    busy = ", perhaps the agent of a running hub" if why is not None and why.code is Code.PORT_BUSY else ""
    return {"reachable": why is None, "detail": f"{why.reason}{busy}" if why else ""}


def _rows(kind: str, config: HardwareConfig, agent: dict[str, Any] | None) -> list[dict[str, Any]]:
    """What is configured with what is reported; what is reported and not in the file is shown too."""
    reported = {each["name"]: each for each in agent.get(kind, [])} if agent else {}
    rows = []
    for piece in getattr(config, kind):
        fields = piece.model_dump(include=set(PLACE))
        row = {key: fields[key] for key in PLACE if fields.get(key) not in (None, "")}
        known = _health(reported.pop(piece.name, None)) if agent else _reachable(piece)
        rows.append(row | known)
    return rows + [{"name": name} | _health(health) for name, health in reported.items()]


def _health(health: dict[str, Any] | None) -> dict[str, Any]:
    if health is None:
        return {"state": "not reported: the agent was started before this was written"}
    return {key: health.get(key) for key in ("state", "shown", "since", "detail", "next_attempt")}


def _print_table(title: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    rows = [_in_words(row) for row in rows]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row.get(column)) for column in columns))
    Console().print(table)


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    """The state as a sentence: down since 09:05:12 because …; next attempt 09:05:14."""
    if "state" not in row or "since" not in row:
        return row
    state = {"shown": f"shows {row['shown']!r}", "sent": f"sent {row['shown']!r}"}.get(row["state"], row["state"])
    words = f"{state} since {_time(row['since'])}" if row["since"] else state
    because = str(row["detail"] or "").partition("; next attempt in")[
        0
    ]  # in seconds from then; the time says it better
    words += f" because {because}" if because else ""
    words += f"; next attempt {_time(row['next_attempt'])}" if row["next_attempt"] else ""
    return {key: value for key, value in row.items() if key in PLACE} | {"state": words}


def _time(at: str) -> str:
    """HH:MM:SS of an RFC 3339 time: the centre's own, as its clock on the wall."""
    return at.partition("T")[2][:8]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
