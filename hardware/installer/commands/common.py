"""What the commands share: options, the file, how bytes are printed."""

from __future__ import annotations

from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from pydantic import ValidationError

from hardware import drivers
from hardware.config import BusConfig, HardwareConfig, load, unknown_scheme
from hardware.config_errors import BadHardwareConfig
from hardware.installer.questions import sentence
from hardware.lines.ports import PortError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.config import BoardConfig
    from hardware.installer.wire import Exchange

PRINTABLE = range(0x20, 0x7F)

CONFIG = click.option(
    "--config",
    "config_file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("toiluot.toml"),
    envvar="TOILUOT_CONFIG",
    show_default=True,
    help="The file with the [hardware] part.",
)

LINE_OPTIONS = (
    click.option("--port", "url", help="A device such as /dev/ttyUSB0, or socket://HOST:PORT."),
    click.option("--baudrate", type=int, default=9600, show_default=True),
    click.option("--bytesize", type=click.IntRange(5, 8), default=8, show_default=True),
    click.option("--parity", type=click.Choice(["N", "E", "O"]), default="N", show_default=True),
    click.option("--stopbits", type=click.IntRange(1, 2), default=1, show_default=True),
    click.option("--echo", is_flag=True, help="The adapter hears what it sends itself."),
)


def line_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Hands the command the settings of a line, for `line_of`."""
    return reduce(lambda decorated, option: option(decorated), reversed(LINE_OPTIONS), command)


DRIVER = click.option("--driver", help="A board family: " + ", ".join(sorted(drivers.families())) + ".")
PRESET = click.option("--preset", help="One of the family's presets, such as led-485.")


def line_of(settings: dict[str, Any], **more: Any) -> BusConfig:
    """The line that the options describe; needs --port."""
    if settings["url"] is None:
        raise click.UsageError("--port is missing; 'toiluot hardware scan' lists the ports")
    try:
        line = BusConfig.model_validate({"name": "installer", **settings, **more})
    except ValidationError as error:
        raise click.UsageError(sentence(error)) from None
    if unknown := unknown_scheme(line.url):
        raise click.UsageError(unknown)
    return line


def load_config(path: Path) -> HardwareConfig:
    try:
        return load(path)
    except BadHardwareConfig as error:
        fail(error)


def board_named(config: HardwareConfig, name: str) -> BoardConfig:
    board = next((board for board in config.boards if board.name == name), None)
    if board is None:
        fail(f"there is no board {name!r}; the boards are: {', '.join(b.name for b in config.boards) or 'none'}")
    return board


def bytes_of(text: str, hint: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not pairs of hex digits", param_hint=hint) from None


def print_exchange(exchange: Exchange, verdict: str | None = None) -> None:
    """The frame, each of its pieces, the reply, and the verdict, which is the driver's if none is given."""
    click.echo(f"sent    {in_hex(exchange.sent)}   {printable(exchange.sent)}")
    for piece in exchange.pieces:
        click.echo(f"          {in_hex(piece.data):<30} {piece.meaning}")
    click.echo(f"answer  {in_hex(exchange.reply) or 'none'}   {printable(exchange.reply)}".rstrip())
    judged = f"{VERDICTS[exchange.result.verdict.value]} {exchange.result.detail}".rstrip()
    click.echo(f"        {judged if verdict is None else verdict}")


VERDICTS = {
    "shown": "The board answered that it has it.",
    "sent": "Sent. This kind of board does not answer: look at it.",
    "unanswered": "The board should answer and did not:",
    "garbled": "An answer that is not understood:",
    "refused": "The board refused:",
}


def fail(why: object) -> NoReturn:
    raise click.ClickException(words_of(why))


def words_of(why: object) -> str:
    if isinstance(why, PortError) and why.code.value == "port_denied":
        return f"{why}; on Linux: sudo usermod -a -G dialout $USER, then sign in anew"
    if isinstance(why, PortError) and why.code.value == "port_busy":
        return f"{why}; if that is the running agent, ask it: 'toiluot hardware light BOARD --db FILE', or its page"
    return str(why)


def in_hex(data: bytes) -> str:
    return data.hex(" ").upper()


def printable(data: bytes) -> str:
    return "".join(chr(byte) if byte in PRINTABLE else "." for byte in data)
