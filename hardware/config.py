"""The [hardware] part of toiluot.toml: the hub to follow, and all that hangs on this machine."""

from __future__ import annotations

import os
import tomllib
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from hardware import drivers
from hardware.boards.state import BoardState, Kind, Look, board_state, offline_state
from hardware.config_errors import BadHardwareConfig, Problem, key_path, problems_of
from hardware.drivers.base import Panel
from hardware.installer.ports import same_port
from hardware.keypads.config import KeypadConfig, problems_of_keypads
from hardware.printers.config import PrinterConfig, problems_of_printers
from hardware.protocols.frames import FrameError
from hardware.scanners.config import ScannerConfig, problems_of_scanners

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from hardware.drivers.base import Driver

SCHEMES: Final = ("socket", "rfc2217", "virtual")
"""The URLs that a line may have; pyserial knows others, one of which writes into files."""

SCANNER_SCHEMES: Final = ("socket", "rfc2217")
"""There is no simulated scanner."""

Name = Annotated[str, Field(min_length=1, max_length=60)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BusConfig(_Section):
    """One line: a device path, a pyserial URL (socket://, rfc2217://) or virtual://NAME."""

    name: Name
    url: Annotated[str, Field(min_length=1)]
    baudrate: Annotated[int, Field(ge=50, le=4_000_000)] = 9600
    bytesize: Literal[5, 6, 7, 8] = 8
    parity: Literal["N", "E", "O", "M", "S"] = "N"
    stopbits: Literal[1, 2] = 1
    xonxoff: bool = False
    rtscts: bool = False
    rs485: bool = False
    """The port's driver switches the direction of RS-485 (Linux, TIOCSRS485); USB adapters do that by themselves."""
    echo: bool = False
    """The adapter hears what it sends itself: that is expected back, and no answer of a board."""
    gap_ms: Annotated[float, Field(ge=0, le=10_000)] = 20
    """Silence between two frames."""
    resend_s: Annotated[float, Field(ge=1, le=86_400)] = 60
    """Each board is told its state again after so long: one that lost its power shows the right number again."""
    write_timeout_s: Annotated[float, Field(ge=0.05, le=30)] = 1
    reopen_max_s: Annotated[float, Field(ge=0.1, le=60)] = 1.5
    """Longest pause between attempts to open the port again."""

    @model_validator(mode="after")
    def _check_that_the_port_can(self) -> Self:
        if self.rs485 and not self.is_device:
            raise ValueError(f"rs485 is for this machine's own ports; {self.url} has its direction set at its own end")
        if self.echo and self.is_virtual:
            raise ValueError("echo is for a real adapter; a simulated line has none")
        return self

    @property
    def is_device(self) -> bool:
        """A port of this machine, not a URL."""
        return "://" not in self.url

    @property
    def is_virtual(self) -> bool:
        return self.url.startswith("virtual://")

    @property
    def character_s(self) -> float:
        """Seconds that one character takes on the wire: a start bit, the data, the parity, the stop bits."""
        bits = 1 + self.bytesize + (self.parity != "N") + self.stopbits
        return bits / self.baudrate


class BoardConfig(_Section):
    name: Name
    counter: Annotated[int, Field(ge=1)]
    bus: Name
    driver: Name
    address: Annotated[int, Field(ge=0)] = 1
    width: Annotated[int, Field(ge=1, le=64)] | None = None
    align: Literal["left", "right"] | None = None
    brightness: Annotated[int, Field(ge=1, le=100)] | None = None
    look: Look = Look()
    options: dict[str, Any] = {}

    def build_driver(self) -> Driver:
        panel = Panel(self.width, self.align, self.brightness)
        return drivers.build(self.driver, self.address, self.options, panel)


class HardwareConfig(_Section):
    hub: Annotated[str, Field(pattern=r"^https?://.+")] = "http://127.0.0.1:8000"
    token: str = ""
    offline_after_s: Annotated[float, Field(ge=0, le=86_400)] = 30
    offline_text: str = "--"
    health_every_s: Annotated[float, Field(gt=0, le=20)] = 15
    buses: list[BusConfig] = []
    boards: list[BoardConfig] = []
    printers: list[PrinterConfig] = []
    keypads: list[KeypadConfig] = []
    scanners: list[ScannerConfig] = []

    def boards_of(self, bus: BusConfig) -> list[BoardConfig]:
        return [board for board in self.boards if board.bus == bus.name]

    def with_hub(self, hub: str | None, token: str | None) -> HardwareConfig:
        """The same with what the command line says; None leaves a value as it is."""
        given = {"hub": hub, "token": token}
        return self.model_copy(update={key: value for key, value in given.items() if value is not None})


def load(path: Path, environ: Mapping[str, str] = os.environ, *, may_be_empty: bool = False) -> HardwareConfig:
    """Read the file's [hardware] part; TOILUOT_AGENT_TOKEN goes before `token`. Raises BadHardwareConfig.

    `may_be_empty`: a file without that part, or none at all, is an agent to which nothing is attached yet.
    """
    section = part_of(path)
    if section is None and not may_be_empty:
        hint = "has no [hardware] part; add one with [[hardware.buses]] and [[hardware.boards]]"
        raise BadHardwareConfig(
            str(path), [Problem("", hint if path.exists() else "cannot be read: there is no such file")]
        )
    return check(section or {}, str(path)).with_hub(None, environ.get("TOILUOT_AGENT_TOKEN") or None)


def part_of(path: Path) -> dict[str, Any] | None:
    """The [hardware] part as it stands in the file; None where there is none, or no file. Raises BadHardwareConfig."""
    try:
        section = tomllib.loads(path.read_text(encoding="utf-8")).get("hardware")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadHardwareConfig(str(path), [Problem("", f"cannot be read: {error.strerror}")]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadHardwareConfig(str(path), [Problem("", f"is not valid TOML: {error}")]) from error
    if section is not None and not isinstance(section, dict):
        raise BadHardwareConfig(str(path), [Problem("hardware", "is no table; write it as [hardware]")])
    return section


def check(section: Mapping[str, Any], source: str = "toiluot.toml") -> HardwareConfig:
    """The checked configuration, or BadHardwareConfig with every problem found."""
    try:
        config = HardwareConfig.model_validate(section)
    except ValidationError as error:
        raise BadHardwareConfig(source, problems_of(error, HardwareConfig, ("hardware",))) from None
    problems = [
        *_problems_of_buses(config),
        *_problems_of_boards(config),
        *problems_of_printers(config.printers),
        *problems_of_keypads(
            config.keypads, [bus.name for bus in config.buses], [board.name for board in config.boards]
        ),
        *_problems_of_scanner_urls(config),
        *problems_of_scanners(config.scanners),
        *_problems_of_ports(config),
    ]
    if problems:
        raise BadHardwareConfig(source, problems)
    return config


def _problems_of_scanner_urls(config: HardwareConfig) -> Iterator[Problem]:
    for index, scanner in enumerate(config.scanners):
        if unknown := unknown_scheme(scanner.url or "", "a scanner", SCANNER_SCHEMES):
            yield Problem(key_path(("hardware", "scanners", index, "url")), unknown)


def _problems_of_ports(config: HardwareConfig) -> Iterator[Problem]:
    """Two things at one port, by whatever of its names; that two of a kind have the very same one is told elsewhere."""
    taken: list[tuple[str, str, str]] = []
    for kind, index, name, port in _ports_of(config):
        for other_kind, other_name, other_port in taken:
            is_told = kind == other_kind and port == other_port
            if not is_told and same_port(_plain_port(kind, port), _plain_port(other_kind, other_port)):
                what = f"{port} is already the port of {other_name!r} ({other_kind}); each needs a port of its own"
                yield Problem(key_path(("hardware", kind, index)), what)
                break
        taken.append((kind, name, port))


def _ports_of(config: HardwareConfig) -> Iterator[tuple[str, int, str, str]]:
    for kind, ports in (
        ("buses", [(bus.name, bus.url) for bus in config.buses]),
        ("keypads", [(pad.name, pad.device or "") for pad in config.keypads]),
        ("printers", [(printer.name, printer.url) for printer in config.printers]),
        ("scanners", [(scanner.name, scanner.port) for scanner in config.scanners]),
    ):
        yield from ((kind, index, name, port) for index, (name, port) in enumerate(ports) if port)


def _plain_port(kind: str, port: str) -> str:
    """A simulated printer and a simulated line of one name have nothing in common; tcp:// is a printer's socket://."""
    scheme, is_url, place = port.partition("://")
    if scheme == "virtual":
        return f"{kind} {port}"
    return f"socket://{place}" if is_url and scheme == "tcp" else port


def _problems_of_buses(config: HardwareConfig) -> Iterator[Problem]:
    names, urls = set[str](), set[str]()
    for index, bus in enumerate(config.buses):
        where = key_path(("hardware", "buses", index))
        if bus.name in names:
            yield Problem(where, f"the name {bus.name!r} is already another bus's; give each its own")
        if bus.url in urls:
            yield Problem(where, f"{bus.url} is already another bus's port; put both buses' boards on one")
        names.add(bus.name)
        urls.add(bus.url)
        if unknown := unknown_scheme(bus.url):
            yield Problem(f"{where}.url", unknown)


def unknown_scheme(url: str, end: str = "a line", schemes: Sequence[str] = SCHEMES) -> str:
    """What is wrong with the beginning of a URL that leads to `end`; empty where it is one of ours, or a device."""
    scheme, is_url, _ = url.partition("://")
    if not is_url or scheme in schemes:
        return ""
    known = ", ".join(f"{each}://" for each in schemes)
    return f"{scheme}:// is no way to {end}; there are a device path, {known}"


def _problems_of_boards(config: HardwareConfig) -> Iterator[Problem]:
    buses, names = {bus.name for bus in config.buses}, set[str]()
    for index, board in enumerate(config.boards):
        where = key_path(("hardware", "boards", index))
        if board.name in names:
            yield Problem(where, f"the name {board.name!r} is already another board's; give each its own")
        names.add(board.name)
        if board.bus not in buses:
            known = ", ".join(sorted(buses)) or "none yet"
            yield Problem(where, f"there is no bus {board.bus!r}; the buses are: {known}")
        yield from _problems_of_driver(board, config.offline_text, ("hardware", "boards", index))


def _problems_of_driver(board: BoardConfig, offline_text: str, at: tuple[str | int, ...]) -> Iterator[Problem]:
    families = drivers.families()
    if board.driver not in families:
        known = ", ".join(sorted(families))
        yield Problem(key_path(at), f"there is no driver {board.driver!r}; the drivers are: {known}")
        return
    try:
        driver = board.build_driver()
    except ValidationError as error:
        yield from problems_of(error, families[board.driver].options, (*at, "options"))
        return
    except ValueError as error:
        yield Problem(key_path(at), str(error))
        return
    for state in _set_states(board.look, offline_text):
        try:
            driver.frames(state)
        except FrameError as error:
            yield Problem(key_path((*at, "look", state.kind)), str(error))


def _set_states(look: Look, offline_text: str) -> list[BoardState]:
    """The states whose text is set, so that one that cannot be shown is told at the start and not at noon."""
    texts = {Kind.FREE: look.free, Kind.PAUSED: look.paused}
    states = [look.state(kind, text) for kind, text in texts.items()]
    return [*states, board_state(None, look), offline_state(look, offline_text)]
