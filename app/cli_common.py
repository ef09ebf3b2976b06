"""What every command shares: where the database is, and how an error is told."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from app.config import BadConfig, Config, load
from app.control import HubSaysNo
from app.core.errors import Refused
from app.csv_file import Mistake
from app.desk import Desk, desk
from app.store.database import StoreError

T = TypeVar("T")
CONFIG = click.option(
    "--config", type=click.Path(dir_okay=False, path_type=Path), help="Default: toiluot.toml, if any."
)
DB = click.option("--db", type=click.Path(dir_okay=False, path_type=Path), help="The centre's database.")


class Plain(click.ClickException):
    """An error told in one line, or of a file one line a mistake; exit code 1."""

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
    """Carry out a piece of work; what goes wrong is told in one line, of a file one line a mistake."""
    try:
        return work()
    except Mistake as mistake:
        others, more = mistake.others()
        raise _plain(mistake, list(map(str, others)), more) from None
    except HubSaysNo as error:
        raise _plain(error, error.further, error.more) from None
    except (Refused, StoreError, OSError) as error:
        raise Plain(str(error)) from None


def _plain(first: Exception, others: Sequence[str], more: int) -> Plain:
    if not others:
        return Plain(str(first))
    found = [str(first), *others]
    beside = f"\n  and {more} more" if more else ""
    return Plain(
        f"{len(found) + more} mistakes, so nothing was changed:" + "".join(f"\n  {each}" for each in found) + beside
    )
