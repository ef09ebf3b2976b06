"""`toiluot hardware …`: run the agent, and the installer's tools."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any, NoReturn

import click
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from hardware import agent, drivers
from hardware.boards.state import Kind
from hardware.config import BoardConfig, BusConfig, HardwareConfig, load
from hardware.config_errors import BadHardwareConfig
from hardware.installer import tools
from hardware.lines.ports import PortError
from hardware.protocols.frames import FrameError

CONFIG = click.option(
    "--config",
    "config_file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("toiluot.toml"),
    envvar="TOILUOT_CONFIG",
    show_default=True,
    help="The file with the [hardware] part.",
)


@click.group()
def hardware() -> None:
    """Boards over the counters: the agent, and tools for whoever installs them."""


@hardware.command()
@CONFIG
@click.option("--hub", help="The hub's address, such as http://192.168.1.10:8000.")
@click.option("--token", help="The agent's token; better in TOILUOT_AGENT_TOKEN, where nobody else sees it.")
@click.option("--until-stdin-closes", is_flag=True, help="End when standard input does, as a hub's child should.")
def run(config_file: Path, hub: str | None, token: str | None, until_stdin_closes: bool) -> None:
    """Run the agent until it is stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    agent.main(_load(config_file).with_hub(hub, token), config_file, until_stdin_closes=until_stdin_closes)


@hardware.command("list")
@CONFIG
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def list_(config_file: Path, as_json: bool) -> None:
    """The lines and boards that are configured, and whether each line can be opened now."""
    config = _load(config_file)
    buses = [_bus_row(bus) for bus in config.buses]
    boards = [board.model_dump(include={"name", "counter", "bus", "driver", "address"}) for board in config.boards]
    if as_json:
        click.echo(json.dumps({"buses": buses, "boards": boards}, ensure_ascii=False))
        return
    _print_table("Buses", buses)
    _print_table("Boards", boards)


@hardware.command()
@CONFIG
@click.argument("board", required=False)
@click.argument("text", required=False)
@click.option("--hex", "raw", help="Bytes as they are, such as '24 30 30 31 2C 41 30 31 32 23'; needs --port.")
@click.option("--port", help="A device or pyserial URL, for --hex.")
@click.option("--baudrate", type=int, default=9600, show_default=True, help="For --hex.")
@click.option("--listen-ms", type=click.IntRange(0, 10_000), default=500, show_default=True, help="For --hex.")
def send(
    *,
    config_file: Path,
    board: str | None,
    text: str | None,
    raw: str | None,
    port: str | None,
    baudrate: int,
    listen_ms: int,
) -> None:
    """Show TEXT on BOARD, or send bytes with --hex, and print what went over the wire."""
    if raw is not None:
        exchanges = _send_raw(raw, port, baudrate, listen_ms)
    elif board is not None and text is not None:
        exchanges = _send_text(_load(config_file), board, text)
    else:
        raise click.UsageError("name a BOARD and a TEXT, or give --hex and --port")
    for exchange in exchanges:
        click.echo(f"sent    {_hex(exchange.sent)}   {_printable(exchange.sent)}")
        click.echo(f"answer  {_hex(exchange.reply) or 'none'}   {_printable(exchange.reply)}")
        click.echo(f"        {exchange.result.verdict.value} {exchange.result.detail}".rstrip())
    if not all(exchange.result.good for exchange in exchanges):
        raise click.exceptions.Exit(1)


@hardware.command()
@click.option("--port", help="Ask the addresses on this device or URL; without it, the ports are listed.")
@click.option("--driver", type=click.Choice(sorted(drivers.families())), default="modbus", show_default=True)
@click.option("--preset", default="led-485", show_default=True, help="The driver's preset to ask with.")
@click.option("--addresses", default="1-32", show_default=True, help="First and last.")
@click.option("--baudrate", type=int, default=9600, show_default=True)
@click.option("--parity", type=click.Choice(["N", "E", "O"]), default="N", show_default=True)
def scan(*, port: str | None, driver: str, preset: str, addresses: str, baudrate: int, parity: str) -> None:
    """The serial ports of this machine, or with --port the boards that answer on one."""
    if port is None:
        found = tools.ports()
        for device, description in found:
            click.echo(f"{device}  {description}")
        if not found:
            click.echo("No serial port found; a device may also be named by hand, as may socket://HOST:PORT.")
        return
    try:
        bus = BusConfig.model_validate({"name": "scan", "url": port, "baudrate": baudrate, "parity": parity})
        _scan_addresses(bus, driver, preset, _address_range(addresses))
    except (PortError, LookupError) as error:
        _fail(error)
    except ValidationError as error:
        _fail(error.errors()[0]["msg"])


def _scan_addresses(bus: BusConfig, driver: str, preset: str, addresses: range) -> None:
    count = 0
    for board in tools.scan(bus, driver, addresses, {"preset": preset}):
        count += 1
        click.echo(f"address {board.address} answers {_hex(board.reply)}")
    click.echo(f"{count} of {len(addresses)} addresses answered on {bus.url} at {bus.baudrate} baud.")


def _address_range(text: str) -> range:
    first, _, last = text.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal() and int(first) <= int(last or first)):
        raise click.BadParameter(f"{text!r} is not like 1-32", param_hint="--addresses")
    return range(int(first), int(last or first) + 1)


def _send_raw(raw: str, port: str | None, baudrate: int, listen_ms: int) -> list[tools.Exchange]:
    if port is None:
        raise click.UsageError("--hex needs --port")
    try:
        data = bytes.fromhex(raw)
    except ValueError:
        raise click.BadParameter(f"{raw!r} is not pairs of hex digits", param_hint="--hex") from None
    try:
        bus = BusConfig(name="send", url=port, baudrate=baudrate)
        return [tools.send_raw(bus, data, listen_ms)]
    except PortError as error:
        _fail(error)


def _send_text(config: HardwareConfig, name: str, text: str) -> list[tools.Exchange]:
    board = _board(config, name)
    bus = next(bus for bus in config.buses if bus.name == board.bus)
    try:
        return tools.send_state(bus, board, board.look.state(Kind.NUMBER, text))
    except (PortError, FrameError) as error:
        _fail(error)


def _board(config: HardwareConfig, name: str) -> BoardConfig:
    board = next((board for board in config.boards if board.name == name), None)
    if board is None:
        _fail(f"there is no board {name!r}; the boards are: {', '.join(b.name for b in config.boards) or 'none'}")
    return board


def _bus_row(bus: BusConfig) -> dict[str, Any]:
    why = tools.reachable(bus)
    line = f"{bus.baudrate} {bus.bytesize}{bus.parity}{bus.stopbits}"
    return {"name": bus.name, "url": bus.url, "line": line, "reachable": not why, "detail": why}


def _print_table(title: str, rows: list[dict[str, Any]]) -> None:
    table = Table(title=title, title_justify="left")
    for column in rows[0] if rows else ():
        table.add_column(column)
    for row in rows:
        table.add_row(
            *(("yes" if value else "no") if isinstance(value, bool) else str(value) for value in row.values())
        )
    if rows:
        Console().print(table)


def _load(path: Path) -> HardwareConfig:
    try:
        return load(path)
    except BadHardwareConfig as error:
        _fail(error)


def _fail(why: object) -> NoReturn:
    raise click.ClickException(str(why))


def _hex(data: bytes) -> str:
    return data.hex(" ").upper()


def _printable(data: bytes) -> str:
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in data)  # noqa: PLR2004
