"""The installer's tools: is the port there, send one thing, who answers. A port is open only while it is used."""

from __future__ import annotations

import re
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from serial.tools import list_ports

from hardware import drivers
from hardware.drivers.base import Frame, Reply, ShownResult, Verdict
from hardware.lines.ports import Port, PortError, open_port

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hardware.boards.state import BoardState
    from hardware.config import BoardConfig, BusConfig


NEVER: Final = re.compile(rb"(?!)")
"""Matches nothing: listen for the whole time."""

LEAVES_S: Final = 0.1
"""Beyond the time on the wire, until the last byte has left the adapter's own buffer."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One frame on the wire, what came back, and what that means."""

    sent: bytes
    reply: bytes
    result: ShownResult


@dataclass(frozen=True, slots=True)
class Found:
    address: int
    reply: bytes


def reachable(bus: BusConfig) -> str:
    """Why the port cannot be opened now; empty if it can. A line that the agent holds is busy, and so in good hands."""
    try:
        open_port(bus, {}).close()
    except PortError as error:
        return error.reason
    return ""


def send_state(bus: BusConfig, board: BoardConfig, state: BoardState) -> list[Exchange]:
    """Show `state` on one board; raises PortError, CannotShow."""
    driver = board.build_driver()
    frames = driver.frames(state)
    with closing(open_port(bus, {board.name: driver})) as port:
        exchanges = []
        for frame in frames:
            reply = _exchange(port, bus, frame)
            exchanges.append(Exchange(frame.data, reply, driver.judge(frame, reply)))
        return exchanges


def send_raw(bus: BusConfig, data: bytes, listen_ms: int) -> Exchange:
    """Write `data` as it is and say what comes back within `listen_ms`; raises PortError."""
    with closing(open_port(bus, {})) as port:
        reply = _exchange(port, bus, Frame(data, Reply(NEVER, listen_ms)))
    return Exchange(data, reply, ShownResult(Verdict.SENT))


def ports() -> list[tuple[str, str]]:
    """The serial ports of this machine: the device, and what it says it is."""
    return sorted((port.device, port.description) for port in list_ports.comports(include_links=True))


def scan(bus: BusConfig, family: str, addresses: Iterable[int], options: dict[str, Any]) -> Iterator[Found]:
    """The addresses that answer a harmless question.

    Raises PortError, and LookupError where the family has no such question.
    """
    with closing(open_port(bus, {})) as port:
        for address in addresses:
            driver = drivers.build(family, address, options)
            frame = driver.probe()
            if frame is None or frame.reply is None:
                raise LookupError(f"boards of driver {family!r} with these options answer no question")
            reply = _exchange(port, bus, frame)
            # a refusal is an answer too: somebody lives there
            if driver.judge(frame, reply).verdict in (Verdict.SHOWN, Verdict.REFUSED):
                yield Found(address, reply)


def _exchange(port: Port, bus: BusConfig, frame: Frame) -> bytes:
    port.discard_input()
    port.write(frame.data)
    sending_s = len(frame.data) * bus.character_s
    if frame.reply:
        return port.read_reply(frame.reply, sending_s)
    time.sleep(sending_s + LEAVES_S)  # a port that is closed throws away what it has not sent yet
    return b""
