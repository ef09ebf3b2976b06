"""What every command shares: where the database is, and how an error is told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from app.config import BadConfig, Config, load
from app.control import HubSaysNo
from app.core.errors import Refused
from app.desk import Desk, desk
from app.store.database import StoreError

T = TypeVar("T")
CONFIG = click.option(
    "--config", type=click.Path(dir_okay=False, path_type=Path), help="Default: toiluot.toml, if any."
)
DB = click.option("--db", type=click.Path(dir_okay=False, path_type=Path), help="The centre's database.")


class Plain(click.ClickException):
    """An error told in one line, exit code 1."""

    def show(self, file: Any = None) -> None:
        click.echo(f"toiluot: {self.format_message()}", file=file, err=True)


def open_desk(config: Path | None, db: Path | None) -> Desk:
    return desk(configured(config, db=db))


def configured(config: Path | None, **options: object) -> Config:
    try:
        return load(config, options=options)
    except BadConfig as error:
        raise Plain(str(error)) from None


def existing(path: Path) -> Path:
    if not path.exists():
        message = f"{path}: there is no such database. Give --db, or start a hub first with `toiluot run`."
        raise Plain(message)
    return path


def told(work: Callable[[], T]) -> T:
    """Carry out a piece of work; what goes wrong is told in one line."""
    try:
        return work()
    except (Refused, HubSaysNo, StoreError, OSError) as error:
        raise Plain(str(error)) from None
