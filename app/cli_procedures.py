"""`toiluot procedures`: the catalogue as a file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from app import procedure_file
from app.cli_common import CONFIG, DB, configured, existing, open_desk, told
from app.store import catalogue
from app.store.database import snapshot


@click.group()
def procedures() -> None:
    """The catalogue of procedures."""


@procedures.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@DB
@CONFIG
def procedures_import(*, file: Path, dry_run: bool, db: Path | None, config: Path | None) -> None:
    """Make the catalogue what the CSV FILE says, or nothing where it has a mistake."""
    changes = told(lambda: open_desk(config, db).import_procedures(file, dry_run=dry_run))
    for line in _lines(changes):
        click.echo(line)
    numbers = ", ".join(f"{len(changes[what])} {what}" for what in ("added", "changed", "removed"))
    click.echo(f"{file}: {'would be ' if dry_run else ''}{numbers}, {changes['unchanged']} unchanged")


@procedures.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@DB
@CONFIG
def procedures_export(file: Path, db: Path | None, config: Path | None) -> None:
    """Write the catalogue to FILE."""
    with snapshot(existing(configured(config, db=db).db)) as reads:
        text = procedure_file.write(catalogue.every(reads))
    told(lambda: file.write_bytes(text.encode()))
    click.echo(f"{file}: written")


def _lines(changes: dict[str, Any]) -> Iterator[str]:
    for sign, what in (("+", "added"), ("-", "removed")):
        yield from (f"{sign} {each['code']} {each['name']}" for each in changes[what])
    for each in changes["changed"]:
        yield f"~ {each['code']} {each['name']}: {', '.join(change['field'] for change in each['fields'])}"
