"""The installer's tools for the administrator's page: what the hub asks of this machine (docs/feed.md, Equipment)."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

from hardware import drivers
from hardware.boards.state import Kind
from hardware.config import HardwareConfig, check
from hardware.config_errors import BadHardwareConfig
from hardware.installer.candidates import candidates, erases
from hardware.installer.ports import FoundPort, found_ports, found_printers, found_typists, same_port
from hardware.installer.questions import ScanQuestion, SendQuestion, board_of, line_of
from hardware.installer.scan import Scan
from hardware.installer.settings_file import SettingsNotWritten, read_part, without_nulls, write_part
from hardware.installer.snippet import speed
from hardware.installer.wire import Exchange, HeldLine, Talk, opened, send_bytes, send_frames
from hardware.installer.worker import Refusal, Worker
from hardware.part import Ask, Outbox, Part
from hardware.protocols.errors import FrameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from hardware.config import BusConfig
    from hardware.drivers.base import Family
    from hardware.installer.worker import About
    from hardware.lines.bus import Bus

log = logging.getLogger(__name__)

LOOKED_AT_S: Final = 10
"""How long what was sent by hand stays on a running bus's boards before they show the hall again."""


class Host(Outbox, Protocol):
    """The agent, as far as its installer's tools need it."""

    @property
    def config_file(self) -> Path | None: ...

    def reconfigure(self, config: HardwareConfig) -> None:
        """Work with `config` from now on; may be called from any thread."""
        ...


class Installer(Part):
    """Ports may be slow: their questions wait for one another in one thread, and hold neither the agent nor the file.

    The other thread has what is asked and written without using a line.
    """

    def __init__(self, host: Host, buses: Mapping[str, Bus]) -> None:
        self._host = host
        self._buses = buses
        self._stopping = threading.Event()
        self._on_lines = Worker("installer's lines", self._stopping)
        self._on_files = Worker("installer's files", self._stopping)
        self._looks: dict[str, threading.Timer] = {}
        """By the bus whose boards show what was sent by hand."""
        self._last_sent: tuple[str, dict[str, Any]] = ("", {})
        """The job and its answer: a request that is tried again puts nothing on the line again."""

    def start(self) -> None:
        self._on_lines.start()
        self._on_files.start()

    def stop(self) -> None:
        self._stopping.set()
        self._on_lines.stop()
        self._on_files.stop()
        for look in list(self._looks.values()):
            look.cancel()

    def questions(self) -> Mapping[str, Callable[[Ask], None]]:
        files = {"setup": self._setup, "ports": self._ports, "save": self._save}
        lines = {"scan": self._scan, "send": self._send}
        return {what: self._on_files.later(answering) for what, answering in files.items()} | {
            what: self._on_lines.later(answering) for what, answering in lines.items()
        }

    def _setup(self, _data: Mapping[str, Any], _about: About) -> dict[str, Any]:
        path = self._path()
        part = read_part(path)
        known = {name: {"presets": list(family.presets), "erases": erases(name)} for name, family in _families()}
        about = {"families": known, "schema": HardwareConfig.model_json_schema()}
        return {"file": str(path), "config": part, "problems": _problems(part, path)} | about

    def _ports(self, _data: Mapping[str, Any], _about: About) -> dict[str, Any]:
        ports = [self._port(port) for port in found_ports()]
        return {"ports": ports, "printers": found_printers(), "typists": found_typists()}

    def _port(self, port: FoundPort) -> dict[str, str]:
        bus = self._bus_on(port.device)
        also = f" ({port.device})" if port.lasting != port.device else ""
        return {"device": port.lasting, "description": port.description + also, "bus": bus.config.name if bus else ""}

    def _scan(self, data: Mapping[str, Any], about: About) -> dict[str, Any]:
        wanted = ScanQuestion.model_validate(data)
        try:
            scan = Scan(candidates(wanted.driver or None, wanted.preset or None))
        except LookupError as error:
            raise Refusal("unknown_driver", str(error.args[0])) from None
        if not any(scan.questions_of(address) for address in wanted.addresses):
            raise Refusal("no_question", "boards of this kind answer no question; try them with send")
        line = line_of(wanted.line)
        log.info("%s asks addresses %d to %d on %s", about.by or "the hub", wanted.first, wanted.last, line.url)
        with self._line(line) as talk:
            found = list(scan.run(talk, wanted.addresses, self._go_on))
        boards = [
            {
                "address": board.address,
                "reply": board.reply.hex(" "),
                "driver": board.family,
                "presets": list(board.presets),
                "detail": board.detail,
            }
            for board in found
        ]
        return {"found": boards, "garbled": scan.garbled.hex(" ")}

    def _send(self, data: Mapping[str, Any], about: About) -> dict[str, Any]:
        job, told = self._last_sent
        if about.job and about.job == job:
            return told
        told = self._sent(SendQuestion.model_validate(data), about)
        self._last_sent = (about.job, told)
        return told

    def _sent(self, wanted: SendQuestion, about: About) -> dict[str, Any]:
        line = line_of(wanted.line)
        if wanted.hex is not None:
            sent = wanted.hex
            return self._exchanged(line, len(sent), about, lambda talk: [send_bytes(talk, sent, wanted.listen_ms)])
        board = board_of(wanted)
        driver = board.build_driver()
        try:
            frames = driver.frames(board.look.state(Kind.NUMBER, wanted.text))
        except FrameError as error:
            raise Refusal("cannot_show", str(error)) from None
        frames = [*driver.setup(), *frames] if wanted.setup else frames
        size = sum(len(frame.data) for frame in frames)
        return self._exchanged(line, size, about, lambda talk: send_frames(talk, driver, frames))

    def _exchanged(
        self, line: BusConfig, size: int, about: About, send: Callable[[Talk], list[Exchange]]
    ) -> dict[str, Any]:
        log.info("%s sends %d bytes to %s", about.by or "the hub", size, line.url)
        with self._line(line) as talk:
            exchanges = send(talk)
        if isinstance(talk, HeldLine):
            self._show_the_hall_again_later(talk.bus)
        return {"exchanges": [_told(exchange) for exchange in exchanges]}

    def _save(self, data: Mapping[str, Any], about: About) -> dict[str, Any]:
        path = self._path()
        part = without_nulls(data.get("config"))
        if not isinstance(part, dict):
            raise Refusal("bad_question", "config: a table is wanted")
        try:
            config = check(part, str(path))
            write_part(path, part)
        except SettingsNotWritten as error:
            raise Refusal("not_written", str(error)) from None
        log.info("%s wrote a new configuration into %s", about.by or "the hub", path)
        self._host.reconfigure(config)
        return {"file": str(path)}

    @contextmanager
    def _line(self, line: BusConfig) -> Iterator[Talk]:
        """The running bus's port, if it is that one, else the port for this moment."""
        bus = self._bus_on(line.url)
        if bus is None:
            with opened(line, stopping=self._stopping) as talk:
                yield talk
            return
        if speed(bus.config) != speed(line):
            detail = (
                f"bus {bus.config.name!r} uses this port at {speed(bus.config)}; change its settings, then try again"
            )
            raise Refusal("other_speed", detail)
        yield HeldLine(bus, self._stopping)

    def _bus_on(self, url: str) -> Bus | None:
        return next((bus for bus in self._buses.values() if same_port(bus.config.url, url)), None)

    def _go_on(self, _address: int) -> None:
        if self._stopping.is_set():
            raise Refusal("stopping", "the agent is taking up a new configuration; ask again")

    def _show_the_hall_again_later(self, bus: Bus) -> None:
        if (former := self._looks.get(bus.config.name)) is not None:
            former.cancel()
        look = threading.Timer(LOOKED_AT_S, bus.show_again)
        look.daemon = True
        look.start()
        self._looks[bus.config.name] = look

    def _path(self) -> Path:
        if self._host.config_file is None:
            raise Refusal("no_file", "this agent was started without a configuration file")
        return self._host.config_file


def _families() -> list[tuple[str, Family]]:
    return sorted(drivers.families().items())


def _problems(part: Mapping[str, Any], path: Path) -> list[str]:
    """What is wrong with the file as it stands: somebody may have edited it since the agent began."""
    try:
        check(part, str(path))
    except BadHardwareConfig as error:
        return str(error).splitlines()
    return []


def _told(exchange: Exchange) -> dict[str, Any]:
    return {
        "sent": exchange.sent.hex(" "),
        "pieces": [{"hex": piece.data.hex(" "), "meaning": piece.meaning} for piece in exchange.pieces],
        "reply": exchange.reply.hex(" "),
        "verdict": exchange.result.verdict.value,
        "detail": exchange.result.detail,
    }
