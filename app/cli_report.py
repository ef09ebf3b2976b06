"""`toiluot report …` and `toiluot dossiers …`."""

from pathlib import Path
from typing import Any

import click

from app.cli_common import CONFIG, DB, Plain, configured, existing, open_desk, told
from app.i18n import languages
from app.reporting.briefing import briefing
from app.reporting.sheet import as_csv
from app.reporting.text import as_json, as_text
from app.store.database import snapshot
from app.store.load import load_hall
from app.store.reports import is_a_day, of_day, of_range

FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv", "xlsx"]), default="text", show_default=True
)
OUT = click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
LANGUAGE = click.option(
    "--language",
    type=click.Choice(languages()),
    help="Of the titles in a file. Default: Vietnamese; CSV without a file has names for programs.",
)
FROM = click.option("--from", "first", required=True, help="YYYY-MM-DD, the first day.")
TO = click.option("--to", "last", required=True, help="YYYY-MM-DD, the last day.")


@click.group()
def report() -> None:
    """What a day or a span of days was."""


@report.command("day")
@click.option("--date", help="YYYY-MM-DD; default: the last day in the log.")
@FORMAT
@OUT
@LANGUAGE
@DB
@CONFIG
def report_day(
    *, date: str | None, form: str, output: Path | None, language: str | None, db: Path | None, config: Path | None
) -> None:
    """Tickets by state, waits and handling times, per service, counter, clerk and hour."""
    path = existing(configured(config, db=db).db)
    _check_date("--date", date)
    with snapshot(path) as reads:
        hall = load_hall(reads)
        found = of_day(reads, date or hall.day, hall) if date or hall.day else None
    if found is None:
        message = f"{path}: no day has begun there yet."
        raise Plain(message)
    _write(found, form, output, language)


@report.command("range")
@FROM
@TO
@FORMAT
@OUT
@LANGUAGE
@DB
@CONFIG
def report_range(
    *, first: str, last: str, form: str, output: Path | None, language: str | None, db: Path | None, config: Path | None
) -> None:
    """The same of the days from one to another, both included."""
    _write(_period(first, last, db, config), form, output, language)


@report.command("briefing")
@FROM
@TO
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--language", type=click.Choice(("vi", "en")), default="vi", show_default=True)
@DB
@CONFIG
def report_briefing(*, first: str, last: str, form: str, language: str, db: Path | None, config: Path | None) -> None:
    """The sentence that a visiting leader is told: dossiers received, resolved and open."""
    path = existing(configured(config, db=db).db)
    found = _period(first, last, db, config)
    with snapshot(path) as reads:
        told_so = briefing(found, load_hall(reads).settings.name)
    click.echo(as_json(told_so) if form == "json" else told_so[f"sentence_{language}"])


@click.group()
def dossiers() -> None:
    """Dossiers from the dossier system."""


@dossiers.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@DB
@CONFIG
def dossiers_import(*, file: Path, dry_run: bool, db: Path | None, config: Path | None) -> None:
    """Take over a CSV FILE of dossiers, or nothing where it has a mistake; known ones are brought up to date."""
    counts = told(lambda: open_desk(config, db).import_dossiers(file, dry_run=dry_run))
    would = "would be " if dry_run else ""
    click.echo(f"{file}: {counts['new']} {would}new, {counts['changed']} {would}changed, {counts['same']} the same")


def _period(first: str, last: str, db: Path | None, config: Path | None) -> dict[str, Any]:
    path = existing(configured(config, db=db).db)
    _check_date("--from", first)
    _check_date("--to", last)
    with snapshot(path) as reads:
        return told(lambda: of_range(reads, first, last, load_hall(reads)))


def _check_date(option: str, date: str | None) -> None:
    if date is not None and not is_a_day(date):
        message = f"{option}: {date!r} is not a day such as 2026-11-21 (YYYY-MM-DD)."
        raise Plain(message)


def _write(found: dict[str, Any], form: str, output: Path | None, language: str | None) -> None:
    if form == "xlsx" and output is None:
        message = "A workbook needs a file: add -o FILE.xlsx"
        raise Plain(message)
    body = _made(found, form, language or ("vi" if output else None))
    if output is None:
        click.echo(body.rstrip())
        return
    data = body if isinstance(body, bytes) else body.encode()
    told(lambda: output.write_bytes(data))
    click.echo(f"{output}: written")


def _made(found: dict[str, Any], form: str, language: str | None) -> str | bytes:
    if form == "xlsx":
        from app.reporting.workbook import as_xlsx  # noqa: PLC0415 - the other formats do without

        return as_xlsx(found, language or "vi")
    if form == "csv":
        return as_csv(found, language)
    return as_json(found) if form == "json" else as_text(found)
