"""From what was found on a line to the [hardware] part that drives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import tomlkit

from hardware.config import BusConfig
from hardware.config_errors import BadHardwareConfig, Problem
from hardware.installer.ports import found_ports, same_port
from hardware.installer.settings_file import as_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_BUS = "line-1"

LETTERS: Final = "bcdefghijklmnopqrstuvwxyz"
"""For more boards over one counter."""


@dataclass(frozen=True, slots=True)
class NewBoard:
    """A board as it is to stand in the configuration; `note` is written behind its counter."""

    name: str
    counter: int
    family: str
    address: int
    options: Mapping[str, Any]
    note: str = ""

    def entry(self, bus: str) -> dict[str, Any]:
        entry: dict[str, Any] = {"name": self.name, "counter": self.counter, "bus": bus, "driver": self.family}
        return entry | {"address": self.address} | ({"options": dict(self.options)} if self.options else {})


def toml_of(line: BusConfig, boards: list[NewBoard], bus: str = DEFAULT_BUS) -> str:
    """What to paste into toiluot.toml."""
    document = tomlkit.document()
    buses = as_tables([_line_entry(line, bus)])
    tables = as_tables([board.entry(bus) for board in boards])
    for table, board in zip(tables, boards, strict=True):
        if board.note:
            table["counter"].comment(board.note)
    document["hardware"] = tomlkit.table(is_super_table=True)
    document["hardware"].append("buses", buses)
    document["hardware"].append("boards", tables)
    return tomlkit.dumps(document).strip()


def toml_of_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The buses and boards of `after` that are not so in `before`."""
    tables = tomlkit.table(is_super_table=True)
    for kind in ("buses", "boards"):
        if new := [entry for entry in after[kind] if entry not in before.get(kind, [])]:
            tables.append(kind, as_tables(new))
    document = tomlkit.document()
    document["hardware"] = tables
    return tomlkit.dumps(document).strip()


def name_for(part: Mapping[str, Any], line: BusConfig, counter: int, address: int, source: str) -> str:
    """A name for the counter's board that is free, or that of the board which it replaces: same counter, same place.

    Raises BadHardwareConfig where that address of the port is another counter's board.
    """
    boards = part.get("boards", [])
    here = _bus_on(part, line)
    at = next((b for b in boards if here and b.get("bus") == here["name"] and b.get("address", 1) == address), None)
    if at is None:
        return _free_board_name(f"counter {counter}", {str(board.get("name")) for board in boards})
    if at.get("counter") != counter:
        problem = f"it has address {address} of this port; give this board's own --address, or its own --port"
        raise BadHardwareConfig(source, [Problem(f"board {at['name']!r} of counter {at.get('counter')}", problem)])
    return str(at["name"])


def with_board(part: Mapping[str, Any], line: BusConfig, board: NewBoard, source: str) -> dict[str, Any]:
    """The [hardware] part with the board, on the bus that has that port already or on a new one.

    A board of that name becomes this one, and keeps what is not of its family. Raises BadHardwareConfig where other
    boards on the port need another speed.
    """
    buses = [dict(bus) for bus in part.get("buses", [])]
    boards = list(part.get("boards", []))
    here = _bus_on({"buses": buses}, line)
    if here is None:
        here = _line_entry(line, _free_name({str(bus.get("name")) for bus in buses}))
        buses.append(here)
    elif _settings(here) != _settings(_line_entry(line, "")):
        if any(other.get("bus") == here["name"] and other.get("name") != board.name for other in boards):
            problem = f"its other boards are spoken to at another speed than this one ({speed(line)}); set all to one"
            raise BadHardwareConfig(source, [Problem(f"bus {here['name']!r}", problem)])
        here |= {key: value for key, value in _line_entry(line, "").items() if key not in ("name", "url")}
    return {**part, "buses": buses, "boards": _with_entry(boards, board.entry(here["name"]))}


def lasting(line: BusConfig) -> BusConfig:
    """The same line by the name that its port keeps."""
    name = next((port.lasting for port in found_ports() if same_port(port.device, line.url)), line.url)
    return line.model_copy(update={"url": name})


def speed(line: BusConfig) -> str:
    return f"{line.baudrate} {line.bytesize}{line.parity}{line.stopbits}"


def _bus_on(part: Mapping[str, Any], line: BusConfig) -> dict[str, Any] | None:
    return next((bus for bus in part.get("buses", []) if same_port(str(bus.get("url")), line.url)), None)


def _with_entry(boards: list[dict[str, Any]], entry: dict[str, Any]) -> list[dict[str, Any]]:
    names = [board.get("name") for board in boards]
    if entry["name"] not in names:
        return [*boards, entry]
    at = names.index(entry["name"])
    kept = {key: value for key, value in boards[at].items() if key != "options"}
    return [*boards[:at], kept | entry, *boards[at + 1 :]]


def _line_entry(line: BusConfig, name: str) -> dict[str, Any]:
    always = {"name": name, "url": line.url, "baudrate": line.baudrate}
    return always | line.model_dump(exclude_defaults=True, exclude={"name", "url", "baudrate"})


def _settings(entry: Mapping[str, Any]) -> str:
    return speed(BusConfig.model_validate({**entry, "name": "any"}))


def _free_board_name(name: str, taken: set[str]) -> str:
    """Counter 1, counter 1 b, counter 1 c, … counter 1 z, and then the check of the whole says that it is taken."""
    return next((each for each in (name, *(f"{name} {letter}" for letter in LETTERS)) if each not in taken), name)


def _free_name(taken: set[str]) -> str:
    number = 1
    while f"line-{number}" in taken:
        number += 1
    return f"line-{number}"
