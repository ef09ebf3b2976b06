"""From what was found on a line to the [hardware] part that drives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import tomlkit

from hardware.config import BusConfig
from hardware.config_errors import BadHardwareConfig, Problem
from hardware.installer.ports import found_ports, same_port
from hardware.installer.settings_file import as_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_BUS = "line-1"


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


def with_board(part: Mapping[str, Any], line: BusConfig, board: NewBoard, source: str) -> dict[str, Any]:
    """The [hardware] part with one more board, on the bus that has that port already or on a new one.

    Raises BadHardwareConfig where other boards on the port need another speed.
    """
    buses = [dict(bus) for bus in part.get("buses", [])]
    boards = list(part.get("boards", []))
    here = next((bus for bus in buses if same_port(str(bus.get("url")), line.url)), None)
    if here is None:
        here = _line_entry(line, _free_name({str(bus.get("name")) for bus in buses}))
        buses.append(here)
    elif _settings(here) != _settings(_line_entry(line, "")):
        if any(other.get("bus") == here["name"] for other in boards):
            problem = f"its other boards are spoken to at another speed than this one ({speed(line)}); set all to one"
            raise BadHardwareConfig(source, [Problem(f"bus {here['name']!r}", problem)])
        here |= {key: value for key, value in _line_entry(line, "").items() if key not in ("name", "url")}
    return {**part, "buses": buses, "boards": [*boards, board.entry(here["name"])]}


def lasting(line: BusConfig) -> BusConfig:
    """The same line by the name that its port keeps."""
    name = next((port.lasting for port in found_ports() if same_port(port.device, line.url)), line.url)
    return line.model_copy(update={"url": name})


def speed(line: BusConfig) -> str:
    return f"{line.baudrate} {line.bytesize}{line.parity}{line.stopbits}"


def _line_entry(line: BusConfig, name: str) -> dict[str, Any]:
    always = {"name": name, "url": line.url, "baudrate": line.baudrate}
    return always | line.model_dump(exclude_defaults=True, exclude={"name", "url", "baudrate"})


def _settings(entry: Mapping[str, Any]) -> str:
    return speed(BusConfig.model_validate({**entry, "name": "any"}))


def _free_name(taken: set[str]) -> str:
    number = 1
    while f"line-{number}" in taken:
        number += 1
    return f"line-{number}"
