"""`toiluot hardware watch`: what is said on a line, and saying something to it."""

from __future__ import annotations

import queue
import shlex
import sys
import threading
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import click

from hardware.boards.state import BoardState, Kind
from hardware.installer.candidates import candidates
from hardware.installer.commands.common import (
    DRIVER,
    PRESET,
    fail,
    in_hex,
    line_of,
    line_options,
    printable,
)
from hardware.installer.snippet import speed
from hardware.installer.watching import Utterance, watch
from hardware.lines.ports import PortError, open_port

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hardware.drivers.base import Driver

BYTES_A_ROW: Final = 16


@click.command("watch")
@line_options
@click.option("--seconds", type=click.FloatRange(min=0), default=float("inf"), help="End by itself; else Ctrl-C ends.")
@DRIVER
@PRESET
@click.option("--address", type=click.IntRange(0, 65_535), default=1, show_default=True, help="For --driver.")
def watch_(*, seconds: float, driver: str | None, preset: str | None, address: int, **settings: Any) -> None:
    """Print the bytes on a line, both ways, with the time in milliseconds; lines typed here are sent.

    What is typed is bytes in hex (24 30 30 31), or text in quotes ("A012" sends those four bytes). With --driver a bare
    word is shown on that board: A012.
    """
    line = line_of(settings)
    try:
        reader = _Reader(_driver(driver, preset, address))
        with closing(open_port(line, {})) as port:
            click.echo(f"{line.url} at {speed(line)}; <- is heard, -> is sent by us")
            click.echo("      ms    after")
            threading.Thread(target=reader.read, args=(sys.stdin,), daemon=True).start()
            watch(port, line, reader.to_send, _print, seconds)
    except KeyboardInterrupt:
        click.echo()
    except PortError as error:
        fail(error)
    except LookupError as error:
        fail(error.args[0])


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns typed lines into bytes, in a thread of its own."""

    driver: Driver | None
    to_send: queue.SimpleQueue[bytes] = field(default_factory=queue.SimpleQueue)

    def read(self, typed: Iterable[str]) -> None:
        for line in typed:
            try:
                for data in self.bytes_of(line.strip()):
                    self.to_send.put(data)
            except ValueError as error:
                click.echo(f"not sent: {error}")

    def bytes_of(self, typed: str) -> list[bytes]:
        """Raises ValueError, in a sentence."""
        if not typed:
            return []
        if typed[0] in "\"'":
            return ["".join(shlex.split(typed)).encode("latin-1")]
        if self.driver is not None:
            return [frame.data for frame in self.driver.frames(BoardState(Kind.NUMBER, typed))]
        try:
            return [bytes.fromhex(typed)]
        except ValueError:
            raise ValueError(f"{typed!r} is not pairs of hex digits; text goes in quotes") from None


def _driver(family: str | None, preset: str | None, address: int) -> Driver | None:
    if family is None:
        return None
    found = candidates(family, preset)[0].driver(address)
    if found is None:
        raise LookupError(f"boards of driver {family!r} have no address {address}")
    return found


def _print(utterance: Utterance) -> None:
    arrow = "->" if utterance.ours else "<-"
    head = f"{utterance.at_ms:8.0f} {'+' + format(utterance.after_ms, '.0f'):>8} {arrow} "
    for at in range(0, len(utterance.data), BYTES_A_ROW):
        row = utterance.data[at : at + BYTES_A_ROW]
        click.echo(f"{head}{in_hex(row):<{3 * BYTES_A_ROW}} {printable(row)}")
        head = " " * len(head)
