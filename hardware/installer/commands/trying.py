"""`toiluot hardware try`: shows 8888 in every way that is known, until somebody sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

import click

from hardware.config import check
from hardware.config_errors import BadHardwareConfig
from hardware.installer.candidates import candidates
from hardware.installer.commands.common import CONFIG, DRIVER, PRESET, fail, line_of, line_options
from hardware.installer.scan import BAUDS
from hardware.installer.settings_file import SettingsNotWritten, read_part, write_part
from hardware.installer.snippet import NewBoard, lasting, name_for, speed, toml_of, toml_of_changes, with_board
from hardware.installer.trying import TEXT, Attempt, attempts
from hardware.installer.wire import LINE_FAULTS

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.config import BusConfig
    from hardware.installer.candidates import Candidate

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
        wanted = candidates(driver, preset)
        file = _File(config_file, read_part(config_file), address, counter)
        if write:
            file.check_before(lines)
        seen = _go_through(attempts(lines, wanted, address))
        if seen is not None:
            _keep(seen, file, write=write)
    except LookupError as error:
        fail(error.args[0])
    except (*LINE_FAULTS, BadHardwareConfig, SettingsNotWritten) as error:
        fail(error)


@dataclass(frozen=True, slots=True)
class _File:
    """Where the board is to stand, and as what."""

    path: Path
    part: dict[str, Any]
    address: int
    counter: int

    def check_before(self, lines: list[BusConfig]) -> None:
        """Nobody should answer all the questions only to hear that it cannot be written. Raises BadHardwareConfig."""
        check(self.part, str(self.path))
        line = lasting(lines[0])
        name = self._name(line)
        if any(board["name"] == name for board in self.part.get("boards", [])):
            click.echo(f"{self.path} has {name!r} at this address: on yes it is replaced.")
        if len(lines) == 1:
            with_board(self.part, line, NewBoard(name, self.counter, "", self.address, {}), str(self.path))

    def with_board(self, line: BusConfig, candidate: Candidate) -> dict[str, Any]:
        """The file's [hardware] part with the board. Raises BadHardwareConfig."""
        board = self.board(self._name(line), candidate)
        part = with_board(self.part, line, board, str(self.path))
        check(part, str(self.path))
        return part

    def board(self, name: str, candidate: Candidate) -> NewBoard:
        return NewBoard(name, self.counter, candidate.family, self.address, candidate.options)

    def read_again(self) -> _File:
        """Somebody may have changed it while the questions were answered."""
        return replace(self, part=read_part(self.path))

    def _name(self, line: BusConfig) -> str:
        return name_for(self.part, line, self.counter, self.address, str(self.path))


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
    return _ask(f"      Bạn có thấy {TEXT} không? / Do you see {TEXT}? [y/N, b back, q quit] ")


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


def _keep(seen: Attempt, file: _File, *, write: bool) -> None:
    line = lasting(seen.line)
    now = file.read_again()
    try:
        after = now.with_board(line, seen.candidate)
    except BadHardwareConfig:
        click.echo(f"\n{toml_of(line, [now.board(f'counter {file.counter}', seen.candidate)])}\n")
        raise
    click.echo(f"\n{toml_of_changes(now.part, after)}\n")
    if seen.same:
        others = ", ".join(str(each) for each in seen.same)
        click.echo(f"For {TEXT} these are no different: {others}. Try a number with a letter with each.")
    if write or _ask(f"Ghi vào {file.path}? / Write it to {file.path}? [y/N] ") == "yes":
        write_part(file.path, after)
        click.echo(f"Written to {file.path}.")
        click.echo("Start the agent again (or 'toiluot run'), and the board shows its counter.")
