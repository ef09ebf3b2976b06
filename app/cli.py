"""The commands of the command line."""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import click

from app import centre_file
from app.cli_common import CONFIG, DB, Plain, configured, existing, open_desk, told
from app.config import BadConfig
from app.core.permissions import Role
from app.planning.scenario import WARD_DAY
from app.running import run_hub
from app.store import backup as copies
from app.store.check import differences
from app.store.database import StoreError, snapshot
from app.store.load import load_hall

LATER = {
    "hardware": "hardware.cli",
    "report": "app.cli_report",
    "dossiers": "app.cli_report",
    "procedures": "app.cli_procedures",
    "simulate": "app.cli_simulate",
    "webhook": "app.cli_webhook",
}


class Commands(click.Group):
    """Those of LATER are loaded when they are asked for: a hub starts without them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *LATER])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in LATER:
            return super().get_command(ctx, cmd_name)
        found: click.Command = getattr(importlib.import_module(LATER[cmd_name]), cmd_name)
        return found


@click.group(cls=Commands)
@click.version_option(package_name="toiluot")
def cli() -> None:
    """Tới Lượt: queue management for ward service centres."""


@cli.command()
@CONFIG
@DB
@click.option("--host", help="The address to listen on; 0.0.0.0 is all of this machine's.")
@click.option("--port", type=int, help="The port to listen on; 0 picks a free one.")
def run(config: Path | None, db: Path | None, host: str | None, port: int | None) -> None:
    """Run the hub, and the hardware agent if one is configured."""
    run_hub(configured(config, db=db, host=host, port=port), config_file=config)


@cli.command()
@click.option("--speed", type=click.FloatRange(0.1, 1000), default=5, show_default=True, help="Times as fast as life.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The hub's; 0 picks one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 shows the hub to the whole network.")
@click.option("--db", type=click.Path(dir_okay=False, path_type=Path), help="Keep the demo's database in this file.")
@click.option(
    "--scenario", type=click.Path(dir_okay=False, path_type=Path), default=WARD_DAY, help="Another made-up day."
)
@click.option("--play", type=int, multiple=True, help="Leave this counter to you; may be given again.")
@click.option("--seed", type=int, help="Of the random numbers.")
@click.option("--past/--no-past", default=True, help="Does a new centre have some weeks behind it, for the reports?")
def demo(**options: Any) -> None:
    """Run a made-up centre with citizens, clerks and virtual boards."""
    from app.demo.run import DemoEnded, Options, run_demo  # noqa: PLC0415 - a hub starts without it

    try:
        run_demo(Options(**options), click.echo)
    except (DemoEnded, StoreError) as error:
        raise Plain(str(error)) from None


@cli.command()
@DB
@CONFIG
def check(db: Path | None, config: Path | None) -> None:
    """Are the rows what the event log says? Exit code 1 and the differences if not."""
    path = existing(configured(config, db=db).db)
    with snapshot(path) as reads:
        found = differences(reads)
    for difference in found:
        click.echo(difference)
    click.echo("The rows and the event log differ." if found else "The rows are what the event log says.")
    sys.exit(1 if found else 0)


@cli.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@DB
@CONFIG
def backup(file: Path, db: Path | None, config: Path | None) -> None:
    """Copy the whole database to FILE, also while the hub runs."""
    told(lambda: copies.backup(existing(configured(config, db=db).db), file))
    click.echo(f"{file}: written")


@cli.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@DB
@CONFIG
def restore(file: Path, db: Path | None, config: Path | None) -> None:
    """Put FILE in the database's place; the present one is kept beside it. The hub must be stopped."""
    path = configured(config, db=db).db
    kept = told(lambda: copies.restore(file, path))
    click.echo(f"{path}: restored from {file}" + (f"; the former one is {kept}" if kept else ""))


@cli.group()
def user() -> None:
    """People who sign in."""


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(["clerk", "supervisor", "admin"]), required=True)
@click.option("--full-name", help="As the board shows it. Default: as it was, or NAME for a new person.")
@DB
@CONFIG
def user_add(name: str, role: str, full_name: str | None, db: Path | None, config: Path | None) -> None:
    """Add a person, or give one a new role and password. The password is read from standard input.

    Somebody who may not sign in at present still may not: that is changed in the administration pages.
    """
    password = sys.stdin.readline().rstrip("\r\n")
    told(lambda: open_desk(config, db).save_person(name, Role(role), full_name, password))
    click.echo(f"{name}: {role}")


@cli.group()
def device() -> None:
    """Screens, kiosks, agents and programs."""


@device.command("add")
@click.argument("name")
@click.option("--kind", type=click.Choice(["kiosk", "display", "agent", "robot"]), required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@DB
@CONFIG
def device_add(name: str, kind: str, as_json: bool, db: Path | None, config: Path | None) -> None:
    """Add a device and print its token, this once."""
    made = told(lambda: open_desk(config, db).add_device(name, kind))
    click.echo(json.dumps(made) if as_json else made["token"])


@cli.group()
def centre() -> None:
    """The centre file: settings, services and counters as TOML."""


@centre.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@DB
@CONFIG
def centre_import(file: Path, db: Path | None, config: Path | None) -> None:
    """Make the centre what FILE says, all of it or nothing."""
    for line in told(lambda: open_desk(config, db).import_centre(file)):
        click.echo(line)


@centre.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@DB
@CONFIG
def centre_export(file: Path, db: Path | None, config: Path | None) -> None:
    """Write the centre to FILE."""
    path = existing(configured(config, db=db).db)
    with snapshot(path) as reads:
        hall = load_hall(reads)
    file.write_text(centre_file.dumps(centre_file.from_hall(hall)), encoding="utf-8")
    click.echo(f"{file}: written")


def run_command_line() -> None:
    """Carry out the command; what is wrong with the database or a setting is told in one line."""
    try:
        cli()
    except (BadConfig, StoreError) as error:
        raise SystemExit(f"toiluot: {error}") from None
