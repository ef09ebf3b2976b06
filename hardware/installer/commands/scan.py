"""`toiluot hardware scan`: the ports, and who answers on one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hardware.installer.candidates import candidates
from hardware.installer.commands.common import DRIVER, PRESET, fail, in_hex, line_of, line_options, printable
from hardware.installer.keypad_scan import ADDRESSES, answering_pads
from hardware.installer.ports import found_ports, found_printers, found_typists
from hardware.installer.scan import BAUDS, QUICK_MS, Found, Scan
from hardware.installer.snippet import NewBoard, lasting, speed, toml_of
from hardware.installer.wire import LINE_FAULTS, opened

if TYPE_CHECKING:
    from hardware.config import BusConfig


@click.command()
@line_options
@DRIVER
@PRESET
@click.option("--addresses", default="1-32", show_default=True, help="First and last.")
@click.option("--bauds", is_flag=True, help=f"Try the usual speeds: {', '.join(map(str, BAUDS))}.")
@click.option("--keypads", is_flag=True, help="Ask for keypads of the kind QSystem (32 to 254) instead of boards.")
@click.option("--timeout-ms", type=click.IntRange(10, 5000), default=QUICK_MS, show_default=True, help="For an answer.")
def scan(
    *,
    driver: str | None,
    preset: str | None,
    addresses: str,
    bauds: bool,
    keypads: bool,
    timeout_ms: int,
    **settings: Any,
) -> None:
    """The serial ports of this machine, or with --port the boards that answer on one.

    Only questions that change nothing are asked. Boards that never answer are found with 'toiluot hardware try'.
    """
    if settings["url"] is None:
        _print_ports()
        return
    range_ = _address_range(addresses)
    lines = [line_of(settings, baudrate=baud) for baud in (BAUDS if bauds else (settings["baudrate"],))]
    count = 0
    try:
        for line in lines:
            count += (
                _scan_pads(line) if keypads else _scan_line(line, Scan(candidates(driver, preset), timeout_ms), range_)
            )
    except LookupError as error:
        fail(error.args[0])
    except LINE_FAULTS as error:
        fail(error)
    except KeyboardInterrupt:
        click.echo("Stopped; what was found until then stands above.")
        raise click.exceptions.Exit(130) from None
    if not count and not keypads:
        click.echo("Nobody answered. Boards that never answer are found with 'toiluot hardware try --port …'.")


def _print_ports() -> None:
    found = found_ports()
    for port in found:
        click.echo(f"{port.device}  {port.description}")
        if port.lasting != port.device:
            click.echo(f"    write it as {port.lasting}")
    if not found:
        click.echo("No serial port found; a device may also be named by hand, as may socket://HOST:PORT.")
    for device in found_printers():
        click.echo(f"{device}  USB printer")
    for device in found_typists():
        click.echo(f"{device}  types: a number pad, a scanner, or this PC's own keyboard")


def _scan_line(line: BusConfig, scan_: Scan, addresses: range) -> int:
    if not any(scan_.questions_of(address) for address in addresses):
        fail("boards of this kind answer no question; find them with 'toiluot hardware try'")
    found: list[Found] = []
    try:
        with opened(line) as talk, _progress() as progress:
            task = progress.add_task(f"{speed(line)}", total=len(addresses))
            for board in scan_.run(talk, addresses, lambda _: progress.advance(task)):
                found.append(board)
                progress.console.print(_told(board, line), highlight=False, markup=False, soft_wrap=True)
    finally:
        if found:
            click.echo(f"\n{toml_of(lasting(line), [_new_board(board) for board in found])}\n")
    click.echo(f"{len({each.address for each in found})} of {len(addresses)} addresses answered at {speed(line)}.")
    _tell_of_garbles(scan_)
    return len(found)


def _scan_pads(line: BusConfig) -> int:
    with opened(line) as talk, _progress() as progress:
        task = progress.add_task(f"{speed(line)}", total=len(ADDRESSES))
        found = list(answering_pads(talk, lambda _: progress.advance(task)))
    if len(found) == len(ADDRESSES):
        click.echo("The adapter hears what it sends itself: give --echo, and write echo = true into the bus.")
        return 0
    for address in found:
        click.echo(f'a keypad answers at {speed(line)}: driver = "qsystem", address = {address}')
    click.echo(f"{len(found)} keypads answered at {speed(line)}; QSystem's own are set to 57600 8N1.")
    return len(found)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), MofNCompleteColumn(), TextColumn("addresses"), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _told(board: Found, line: BusConfig) -> str:
    what = ", ".join(board.presets) or "none of the presets fits"
    reply = f"{in_hex(board.reply)}   {printable(board.reply)}"
    return f"address {board.address} answers at {speed(line)}: {board.family} ({what})   {reply}"


def _tell_of_garbles(scan_: Scan) -> None:
    if scan_.echoes:
        click.echo("The adapter hears what it sends itself: give --echo, and write echo = true into the bus.")
    elif scan_.garbles:
        click.echo(
            f"{scan_.garbles} questions were answered with bytes that no family understands, the first with "
            f"{in_hex(scan_.garbled)}: a wrong speed or parity, a board that talks by itself, or noise (A and B "
            "swapped?). See them with 'toiluot hardware watch'."
        )


def _new_board(board: Found) -> NewBoard:
    options = {"preset": board.presets[0]} if board.presets and board.presets[0] else {}
    others = ", or ".join(board.presets[1:])
    note = "the number of its counter" + (f"; the preset may also be {others}" if others else "")
    if not board.presets:
        note += "; its registers fit no preset: see the options in docs/hardware.md"
    return NewBoard(f"board {board.address}", max(1, board.address), board.family, board.address, options, note)


def _address_range(text: str) -> range:
    first, _, last = text.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal() and int(first) <= int(last or first)):
        raise click.BadParameter(f"{text!r} is not like 1-32", param_hint="--addresses")
    return range(int(first), int(last or first) + 1)
