"""`toiluot hardware try`: shows 8888 in every way that is known, until somebody sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import click

from hardware.config import check
from hardware.config_errors import BadHardwareConfig
from hardware.installer.candidates import candidates
from hardware.installer.commands.common import CONFIG, DRIVER, PRESET, fail, line_of, line_options
from hardware.installer.scan import BAUDS
from hardware.installer.settings_file import SettingsNotWritten, read_part, write_part
from hardware.installer.snippet import NewBoard, lasting, speed, toml_of, with_board
from hardware.installer.trying import TEXT, Attempt, attempts
from hardware.installer.wire import LINE_FAULTS

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.config import BusConfig

Answer = Literal["yes", "no", "back", "quit"]

KEYS: Final[dict[str, Answer]] = {
    **dict.fromkeys("yYcC", "yes"),  # có
    **dict.fromkeys("nNkK\r\n", "no"),  # không
    **dict.fromkeys("bB", "back"),
    **dict.fromkeys(("q", "Q", "\x1b", "\x03", "\x04", ""), "quit"),
}


@click.command("try")
@CONFIG
@line_options
@DRIVER
@PRESET
@click.option("--address", type=click.IntRange(0, 65_535), default=1, show_default=True)
@click.option("--bauds", is_flag=True, help=f"Try the usual speeds: {', '.join(map(str, BAUDS))}.")
@click.option("--counter", type=click.IntRange(min=1), default=1, show_default=True, help="Over which the board hangs.")
@click.option("--write", is_flag=True, help="Write the board into the file without asking.")
def try_(
    *,
    config_file: Path,
    driver: str | None,
    preset: str | None,
    address: int,
    bauds: bool,
    counter: int,
    write: bool,
    **settings: Any,
) -> None:
    """Show 8888 on the board at --port in every way that is known, until you see it.

    Answer with one key: y yes, n or Enter no, b one back (you saw it too late), q quit.
    """
    lines = [line_of(settings, baudrate=baud) for baud in (BAUDS if bauds else (settings["baudrate"],))]
    try:
        seen = _go_through(attempts(lines, candidates(driver, preset), address))
        if seen is not None:
            _keep(seen, address, counter, config_file, write=write)
    except LookupError as error:
        fail(error.args[0])
    except (*LINE_FAULTS, BadHardwareConfig, SettingsNotWritten) as error:
        fail(error)


def _go_through(every: list[Attempt]) -> Attempt | None:
    at = 0
    may_erase: dict[str, bool] = {}
    while at < len(every):
        answer = _try(every[at], f"{at + 1}/{len(every)}", may_erase)
        if answer == "yes":
            return every[at]
        if answer == "quit":
            return None
        at = max(0, at - 1) if answer == "back" else at + 1
    click.echo("Nothing of all this was seen. Try other speeds (--bauds) or another --address; swap A and B.")
    return None


def _try(attempt: Attempt, place: str, may_erase: dict[str, bool]) -> Answer:
    """`may_erase` is what was answered for each family before."""
    click.echo(f"{place}  {attempt.candidate} at {speed(attempt.line)}")
    family = attempt.candidate.family
    if attempt.erases and not _decided(family, may_erase):
        click.echo("      left out")
        return "no"
    for exchange in attempt.show():
        if exchange.reply:
            click.echo(f"      the line answers: {exchange.reply.hex(' ').upper()} ({exchange.result.verdict.value})")
    return _ask(f"      Bạn có thấy {TEXT} không? / Do you see {TEXT}? [y/N/q/back] ")


def _decided(family: str, may_erase: dict[str, bool]) -> bool:
    if family not in may_erase:
        may_erase[family] = _may_erase()
    return may_erase[family]


def _may_erase() -> bool:
    """The one thing here that cannot be taken back."""
    click.echo(
        "      This kind is laid out anew first: all that is stored on the sign is erased, and it takes some seconds."
    )
    return _ask("      Xóa và thử? / Erase and try? [y/N] ") == "yes"


def _ask(question: str) -> Answer:
    click.echo(question, nl=False)
    answer: Answer | None = None
    while answer is None:
        try:
            answer = KEYS.get(click.getchar())
        except (KeyboardInterrupt, EOFError):
            answer = "quit"
        except OSError:
            fail("the questions are answered by key, so this needs a terminal")
    click.echo(answer)
    return answer


def _keep(seen: Attempt, address: int, counter: int, config_file: Path, *, write: bool) -> None:
    line = lasting(seen.line)
    board = NewBoard(f"counter {counter}", counter, seen.candidate.family, address, seen.candidate.options)
    others = ", ".join(str(each) for each in seen.same)
    click.echo(f"\n{toml_of(line, [board])}\n")
    if others:
        click.echo(f"For {TEXT} these are no different: {others}. Try a number with a letter with each.")
    if write or _ask(f"Ghi vào {config_file}? / Write it to {config_file}? [y/N] ") == "yes":
        _write(config_file, line, board)


def _write(config_file: Path, line: BusConfig, board: NewBoard) -> None:
    part = with_board(read_part(config_file), line, board, str(config_file))
    check(part, str(config_file))
    write_part(config_file, part)
    click.echo(f"Written to {config_file}. Start the agent again (or 'toiluot run'), and the board shows its counter.")
