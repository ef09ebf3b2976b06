"""The [hardware] part of toiluot.toml: the hub to follow, the lines and the boards on them."""

from __future__ import annotations

import os
import tomllib
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hardware import drivers
from hardware.boards.state import BoardState, Kind, Look, board_state, offline_state
from hardware.config_errors import BadHardwareConfig, Problem, key_path, problems_of
from hardware.drivers.base import Panel
from hardware.protocols.frames import FrameError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from hardware.drivers.base import Driver

Name = Annotated[str, Field(min_length=1, max_length=60)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BusConfig(_Section):
    """One line: a device path, a pyserial URL (socket://, rfc2217://, loop://) or virtual://NAME."""

    name: Name
    url: Annotated[str, Field(min_length=1)]
    baudrate: Annotated[int, Field(ge=50, le=4_000_000)] = 9600
    bytesize: Literal[5, 6, 7, 8] = 8
    parity: Literal["N", "E", "O", "M", "S"] = "N"
    stopbits: Literal[1, 2] = 1
    xonxoff: bool = False
    rtscts: bool = False
    gap_ms: Annotated[float, Field(ge=0, le=10_000)] = 20
    """Silence between two frames."""
    resend_s: Annotated[float, Field(ge=1, le=86_400)] = 60
    """Each board is told its state again after so long: one that lost its power shows the right number again."""
    write_timeout_s: Annotated[float, Field(ge=0.05, le=30)] = 1
    reopen_max_s: Annotated[float, Field(ge=0.1, le=60)] = 1.5
    """Longest pause between attempts to open the port again."""

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

    def boards_of(self, bus: BusConfig) -> list[BoardConfig]:
        return [board for board in self.boards if board.bus == bus.name]

    def with_hub(self, hub: str | None, token: str | None) -> HardwareConfig:
        """The same with what the command line says; None leaves a value as it is."""
        given = {"hub": hub, "token": token}
        return self.model_copy(update={key: value for key, value in given.items() if value is not None})


def load(path: Path, environ: Mapping[str, str] = os.environ) -> HardwareConfig:
    """Read the file's [hardware] part; TOILUOT_AGENT_TOKEN goes before `token`. Raises BadHardwareConfig."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadHardwareConfig(str(path), [Problem("", f"cannot be read: {error.strerror}")]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadHardwareConfig(str(path), [Problem("", f"is not valid TOML: {error}")]) from error
    section = document.get("hardware")
    if not isinstance(section, dict):
        hint = "has no [hardware] part; add one with [[hardware.buses]] and [[hardware.boards]]"
        raise BadHardwareConfig(str(path), [Problem("", hint)])
    return check(section, str(path)).with_hub(None, environ.get("TOILUOT_AGENT_TOKEN") or None)


def check(section: Mapping[str, Any], source: str = "toiluot.toml") -> HardwareConfig:
    """The checked configuration, or BadHardwareConfig with every problem found."""
    try:
        config = HardwareConfig.model_validate(section)
    except ValidationError as error:
        raise BadHardwareConfig(source, problems_of(error, HardwareConfig, ("hardware",))) from None
    problems = [*_problems_of_buses(config), *_problems_of_boards(config)]
    if problems:
        raise BadHardwareConfig(source, problems)
    return config


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
