"""The installer's tools for the administrator's page: what the hub asks of this machine (docs/feed.md, Equipment)."""

from __future__ import annotations

import logging
import queue
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

from pydantic import ValidationError

from hardware import drivers
from hardware.boards.state import Kind
from hardware.config import HardwareConfig, check
from hardware.config_errors import BadHardwareConfig
from hardware.installer.candidates import candidates, erases
from hardware.installer.ports import FoundPort, found_ports, found_printers, found_typists, same_port
from hardware.installer.questions import ScanQuestion, SendQuestion, board_of, line_of, sentence
from hardware.installer.scan import Scan
from hardware.installer.settings_file import SettingsNotWritten, read_part, without_nulls, write_part
from hardware.installer.snippet import speed
from hardware.installer.wire import LINE_FAULTS, Exchange, HeldLine, Talk, opened, send_bytes, send_frames
from hardware.lines.ports import PortError
from hardware.part import Ask, Outbox, Part
from hardware.protocols.errors import FrameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from hardware.config import BusConfig
    from hardware.drivers.base import Family
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


class Refusal(Exception):
    """`code` and a sentence for whoever asked."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Installer(Part):
    """Works off one question after another in its own thread: ports may be slow, the agent must not be."""

    def __init__(self, host: Host, buses: Mapping[str, Bus]) -> None:
        self._host = host
        self._buses = buses
        self._asks: queue.SimpleQueue[tuple[Callable[[Mapping[str, Any]], dict[str, Any]], Ask] | None]
        self._asks = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._look_is_over: threading.Timer | None = None
        self._thread = threading.Thread(target=self._run, name="installer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._asks.put(None)
        if self._look_is_over is not None:
            self._look_is_over.cancel()
        self._thread.join(5)

    def questions(self) -> Mapping[str, Callable[[Ask], None]]:
        work = {"setup": self._setup, "ports": self._ports, "scan": self._scan, "send": self._send, "save": self._save}
        return {what: self._later(answer) for what, answer in work.items()}

    def _later(self, answer: Callable[[Mapping[str, Any]], dict[str, Any]]) -> Callable[[Ask], None]:
        return lambda ask: self._asks.put((answer, ask))

    def _run(self) -> None:
        while (wanted := self._asks.get()) is not None:
            if self._stopping.is_set():
                wanted[1].refuse("stopping", "the agent is taking up a new configuration; ask again")
            else:
                self._answer(*wanted)

    def _answer(self, answer: Callable[[Mapping[str, Any]], dict[str, Any]], ask: Ask) -> None:
        try:
            ask.answer(answer(ask.data))
        except Refusal as refusal:
            ask.refuse(refusal.code, str(refusal))
        except BadHardwareConfig as error:
            ask.refuse("bad_config", str(error))
        except PortError as error:
            ask.refuse(error.code.value, str(error))
        except LINE_FAULTS as error:
            ask.refuse("line", str(error))
        except ValidationError as error:
            ask.refuse("bad_question", sentence(error))
        except Exception as fault:
            # a driver of somebody else's may do anything; the next question is to be answered all the same
            log.exception("a question of the installer's page went wrong")
            ask.refuse("crashed", repr(fault))

    def _setup(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        path = self._path()
        part = read_part(path)
        known = {name: {"presets": list(family.presets), "erases": erases(name)} for name, family in _families()}
        about = {"families": known, "schema": HardwareConfig.model_json_schema()}
        return {"file": str(path), "config": part, "problems": _problems(part, path)} | about

    def _ports(self, _data: Mapping[str, Any]) -> dict[str, Any]:
        ports = [self._port(port) for port in found_ports()]
        return {"ports": ports, "printers": found_printers(), "typists": found_typists()}

    def _port(self, port: FoundPort) -> dict[str, str]:
        bus = self._bus_on(port.device)
        also = f" ({port.device})" if port.lasting != port.device else ""
        return {"device": port.lasting, "description": port.description + also, "bus": bus.config.name if bus else ""}

    def _scan(self, data: Mapping[str, Any]) -> dict[str, Any]:
        wanted = ScanQuestion.model_validate(data)
        try:
            scan = Scan(candidates(wanted.driver or None, wanted.preset or None))
        except LookupError as error:
            raise Refusal("unknown_driver", str(error.args[0])) from None
        if not any(scan.questions_of(address) for address in wanted.addresses):
            raise Refusal("no_question", "boards of this kind answer no question; try them with send")
        with self._line(line_of(wanted.line)) as talk:
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

    def _send(self, data: Mapping[str, Any]) -> dict[str, Any]:
        wanted = SendQuestion.model_validate(data)
        line = line_of(wanted.line)
        if wanted.hex is not None:
            sent = wanted.hex
            return self._exchanged(line, lambda talk: [send_bytes(talk, sent, wanted.listen_ms)])
        board = board_of(wanted)
        driver = board.build_driver()
        try:
            frames = driver.frames(board.look.state(Kind.NUMBER, wanted.text))
        except FrameError as error:
            raise Refusal("cannot_show", str(error)) from None
        return self._exchanged(line, lambda talk: send_frames(talk, driver, frames))

    def _exchanged(self, line: BusConfig, send: Callable[[Talk], list[Exchange]]) -> dict[str, Any]:
        with self._line(line) as talk:
            exchanges = send(talk)
        if isinstance(talk, HeldLine):
            self._show_the_hall_again_later(talk.bus)
        return {"exchanges": [_told(exchange) for exchange in exchanges]}

    def _save(self, data: Mapping[str, Any]) -> dict[str, Any]:
        path = self._path()
        part = without_nulls(data.get("config"))
        if not isinstance(part, dict):
            raise Refusal("bad_question", "config: a table is wanted")
        try:
            config = check(part, str(path))
            write_part(path, part)
        except SettingsNotWritten as error:
            raise Refusal("not_written", str(error)) from None
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
        yield HeldLine(bus)

    def _bus_on(self, url: str) -> Bus | None:
        return next((bus for bus in self._buses.values() if same_port(bus.config.url, url)), None)

    def _go_on(self, _address: int) -> None:
        if self._stopping.is_set():
            raise Refusal("stopping", "the agent is taking up a new configuration; ask again")

    def _show_the_hall_again_later(self, bus: Bus) -> None:
        if self._look_is_over is not None:
            self._look_is_over.cancel()
        self._look_is_over = threading.Timer(LOOKED_AT_S, bus.show_again)
        self._look_is_over.daemon = True
        self._look_is_over.start()

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
