"""`toiluot hardware send`: one text or a few bytes, explained."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from hardware.boards.state import Kind
from hardware.config_errors import BadHardwareConfig
from hardware.installer.commands.common import (
    CONFIG,
    DRIVER,
    PRESET,
    board_named,
    bytes_of,
    fail,
    line_of,
    line_options,
    load_config,
    print_exchange,
)
from hardware.installer.questions import SendQuestion, board_of
from hardware.installer.wire import LINE_FAULTS, Exchange, opened, send_bytes, send_frames
from hardware.protocols.errors import FrameError

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.config import BoardConfig, BusConfig
    from hardware.drivers.base import Driver, Frame


@click.command()
@CONFIG
@click.argument("words", nargs=-1, metavar="[BOARD] TEXT")
@line_options
@click.option("--hex", "raw", help="Bytes as they are, such as '24 30 30 31 2C 41 30 31 32 23'; needs --port.")
@DRIVER
@PRESET
@click.option("--address", type=click.IntRange(0, 65_535), default=1, show_default=True, help="For --driver.")
@click.option("--options", "more", default="{}", help="Other options of the driver, as JSON.")
@click.option(
    "--setup", "with_setup", is_flag=True, help="First lay out the board's memory, which erases what is in it."
)
@click.option("--listen-ms", type=click.IntRange(0, 10_000), default=500, show_default=True, help="For --hex.")
def send(
    *,
    config_file: Path,
    words: tuple[str, ...],
    raw: str | None,
    driver: str | None,
    preset: str | None,
    address: int,
    more: str,
    with_setup: bool,
    listen_ms: int,
    **settings: Any,
) -> None:
    """Show TEXT on BOARD of the configuration, or with --driver on a board that stands in no file.

    Prints what went over the wire, what each part of it is, and what came back.
    """
    try:
        if raw is not None:
            data = bytes_of(raw, "--hex")
            with opened(line_of(settings)) as talk:
                exchange = send_bytes(talk, data, listen_ms)
            print_exchange(exchange, _what_came(exchange.reply, listen_ms))
            return
        if driver is not None and len(words) == 1:
            line = line_of(settings)
            exchanges = _send_text(
                line, _board(settings, driver, address, _options(preset, more)), words[0], with_setup
            )
        elif driver is None and len(words) == 2:  # noqa: PLR2004 - BOARD and TEXT
            config = load_config(config_file)
            board = board_named(config, words[0])
            line = next(bus for bus in config.buses if bus.name == board.bus)
            exchanges = _send_text(line, board, words[1], with_setup)
        else:
            raise click.UsageError("name a BOARD and a TEXT, or give --port, --driver and a TEXT, or --port and --hex")
    except (*LINE_FAULTS, FrameError, BadHardwareConfig) as error:
        fail(error)
    for exchange in exchanges:
        print_exchange(exchange)
    if not all(exchange.result.good for exchange in exchanges):
        raise click.exceptions.Exit(1)


def _send_text(line: BusConfig, board: BoardConfig, text: str, with_setup: bool) -> list[Exchange]:
    driver = board.build_driver()
    frames = driver.frames(board.look.state(Kind.NUMBER, text))
    setup = driver.setup()
    if any(frame.once for frame in setup) and not with_setup:
        setup = []
        click.echo(
            "The agent lays out this board's memory once. If nothing is seen: --setup (it erases what is stored)."
        )
    shown = _read_on(driver, frames)
    if shown != text.strip():
        click.echo(f"Not all of {text!r} fits or can be shown: the board is to show {shown!r}.")
    with opened(line, {board.name: driver}) as talk:
        return send_frames(talk, driver, [*setup, *frames])


def _read_on(driver: Driver, frames: list[Frame]) -> str:
    """What a person reads on a board that takes the frames."""
    board = driver.simulate()
    for frame in [*driver.setup(), *frames]:
        board.receive(frame.data)
    return board.shown.strip()


def _what_came(reply: bytes, listen_ms: int) -> str:
    """Bytes as they are have no driver that could judge."""
    if not listen_ms:
        return "Sent; nobody listened for an answer."
    return "Answered; what it means is not known." if reply else f"No answer within {listen_ms} ms."


def _board(settings: dict[str, Any], driver: str, address: int, options: dict[str, Any]) -> BoardConfig:
    board = {"driver": driver, "address": address, "options": options, "text": ""}
    return board_of(SendQuestion.model_validate({"line": settings, **board}))


def _options(preset: str | None, more: str) -> dict[str, Any]:
    try:
        options = json.loads(more)
    except ValueError as error:
        raise click.BadParameter(f"{more!r} is not JSON: {error}", param_hint="--options") from None
    if not isinstance(options, dict):
        raise click.BadParameter('a JSON object is wanted, such as {"timeout_ms": 500}', param_hint="--options")
    return {"preset": preset} | options if preset else options
