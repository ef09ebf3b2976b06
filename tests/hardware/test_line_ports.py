"""Ports of every kind: adapters that hear themselves, servers on the network, and what each refusal is called."""

import errno
import os
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

import pytest
import serial
from lines import PATIENCE_S, Line, Running, a_board, a_bus, configured
from scripted import Pad
from serial.rfc2217 import PortManager

from hardware.config import HardwareConfig
from hardware.config_errors import BadHardwareConfig
from hardware.health import Code, Condition
from hardware.lines.port_errors import when_opening, when_using
from hardware.protocols import rtu

Start = Callable[[HardwareConfig], Running]


class Adapter:
    """At the far end of a line: gives back what `echo` makes of every frame, and what a board answers to it."""

    def __init__(
        self, line: Line, echo: Callable[[bytes], bytes], answer: Callable[[bytes], bytes] | None = None
    ) -> None:
        self._line, self._echo, self._answer = line, echo, answer
        self.heard: list[bytes] = []
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.write(self._line._slave, b"end")
        self._thread.join()

    def _run(self) -> None:
        while not (data := os.read(self._line._master, 256)).endswith(b"end"):
            self.heard.append(data)
            if said := self._echo(data) + (self._answer(data) if self._answer else b""):
                self._line.say(said)


def a_register(bus: str) -> dict[str, object]:
    """Its answer to a write is the same bytes: a careless agent would take its own echo for it."""
    return a_board("digits", bus, "modbus", options={"preset": "led-046-number"})


def test_an_adapters_echo_is_not_taken_for_a_boards_answer(line: Line, start: Start):
    with Adapter(line, echo=bytes):
        running = start(configured([a_bus("hall", line.path, echo=True)], [a_register("hall")]))
        running.show("hall", "digits", "007")
        assert running.wait_for_reason("digits", "no answer").reason.code is Code.NO_ANSWER


def test_an_answer_behind_the_echo_is_the_boards(line: Line, start: Start):
    with Adapter(line, echo=bytes, answer=rtu.expected_reply):
        running = start(configured([a_bus("hall", line.path, echo=True)], [a_register("hall")]))
        running.show("hall", "digits", "007")
        running.wait("digits", Condition.SHOWN, "007")


def test_an_adapter_that_should_hear_itself_and_does_not_is_told(line: Line, start: Start):
    with Adapter(line, echo=lambda _: b"") as adapter:
        running = start(configured([a_bus("hall", line.path, echo=True)], [a_board("one", "hall")]))
        running.show("hall", "one", "A012")
        health = running.wait_for_reason("one", "heard nothing")
        assert (health.condition, health.reason.code) == (Condition.DOWN, Code.ECHO_MISSING)
        assert adapter.heard[:2] == [b"$001,A012#"] * 2


def test_a_key_pressed_amid_a_frame_is_heard_and_the_frame_is_sent_once_more(line: Line):
    pad = Pad("pad")
    spoilt = iter([b"\x01\x25\x31\x07" + b"$001"])
    with (
        Adapter(line, echo=lambda data: next(spoilt, data)) as adapter,
        Running(
            configured([a_bus("hall", line.path, echo=True)], [a_board("one", "hall")]), {"hall": [pad]}
        ) as running,
    ):
        running.show("hall", "one", "A012")
        pad.wait(b"\x01\x25\x31\x07")
        running.wait("one", Condition.SENT, "A012")
        assert adapter.heard == [b"$001,A012#"] * 2
        assert b"A012" not in pad.heard


def test_a_port_that_cannot_switch_the_direction_says_so_in_plain_words(line: Line, start: Start):
    running = start(configured([a_bus("hall", line.path, rs485=True)], [a_board("one", "hall")]))
    health = running.wait_for_reason("one", "take rs485 out")
    assert health.reason.code is Code.PORT_UNSUITABLE


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"url": "socket://10.0.0.9:4001", "rs485": True}, "this machine's own ports"),
        ({"url": "virtual://hall", "echo": True}, "a simulated line has none"),
    ],
)
def test_what_a_port_cannot_do_is_told_before_the_start(settings: dict[str, object], words: str):
    with pytest.raises(BadHardwareConfig, match=words):
        configured([a_bus("hall", "") | settings], [])


def test_a_port_that_another_program_holds_is_busy(line: Line, start: Start):
    with serial.Serial(str(line.path), exclusive=True):
        running = start(configured([a_bus("hall", line.path)], [a_board("one", "hall")]))
        assert running.wait_for_reason("one", "another program").reason.code is Code.PORT_BUSY


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(errno.EACCES, "no"), Code.PORT_DENIED),
        (FileNotFoundError(errno.ENOENT, "no"), Code.PORT_MISSING),
        (serial.SerialException("Could not open port socket://x:1: refused"), Code.PORT_MISSING),
        (ValueError("Failed to set custom baud rate"), Code.PORT_UNSUITABLE),
        (BlockingIOError(errno.EAGAIN, "locked"), Code.PORT_BUSY),
    ],
)
def test_every_refusal_to_open_has_its_code(error: Exception, code: Code):
    assert when_opening("/dev/x", error).code is code


def test_a_port_that_fails_in_use_is_lost_and_one_that_takes_nothing_is_stuck():
    assert when_using("/dev/x", OSError(errno.EIO, "gone")).code is Code.PORT_LOST
    assert when_using("/dev/x", serial.SerialTimeoutException("Write timeout")).code is Code.STUCK


def test_a_serial_server_that_was_switched_off_gets_the_present_number_on_its_return(start: Start):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        running = start(configured([a_bus("far", f"socket://127.0.0.1:{port}")], [a_board("one", "far")]))
        running.show("far", "one", "A001")
        connection, _ = server.accept()
        with connection:
            assert connection.recv(64) == b"$001,A001#"
    assert running.wait_for_reason("one", "refused").reason.code is Code.PORT_MISSING
    running.show("far", "one", "A002")
    with socket.create_server(("127.0.0.1", port)) as server:
        connection, _ = server.accept()
        with connection:
            assert connection.recv(64) == b"$001,A002#"


class Rfc2217Server:
    """pyserial's own server of the protocol, in front of a port that gives back what is written to it."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"rfc2217://127.0.0.1:{self._server.getsockname()[1]}"
        self._news = threading.Condition()
        self.heard = b""

    def serve_one(self, until: bytes) -> None:
        """Take one connection and drop it once `until` was heard on the wire."""
        self.heard = b""
        connection, _ = self._server.accept()
        connection.settimeout(PATIENCE_S)
        with connection, serial.serial_for_url("loop://", timeout=0) as wire:
            manager = PortManager(wire, _Sender(connection))
            while until not in self.heard:
                wire.write(b"".join(manager.filter(connection.recv(1024))))
                self.heard += wire.read(wire.in_waiting)

    def close(self) -> None:
        self._server.close()


class _Sender:
    def __init__(self, connection: socket.socket) -> None:
        self.write = connection.sendall


@pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")
def test_a_server_of_rfc_2217_is_told_the_number_and_again_when_it_returns(start: Start):
    server = Rfc2217Server()
    running = start(configured([a_bus("far", server.url)], [a_board("one", "far")]))
    running.show("far", "one", "A001")
    server.serve_one(until=b"#")
    assert server.heard == b"$001,A001#"
    assert running.wait_for_reason("one", "connection").reason.code is Code.PORT_LOST
    running.show("far", "one", "A002")
    server.serve_one(until=b"#")
    assert server.heard == b"$001,A002#"
    server.close()
