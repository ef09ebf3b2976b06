"""Printers to test with: the simulated one behind a pseudo-terminal or a TCP port."""

import os
import select
import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Self

from lines import PATIENCE_S, Line

from hardware.hall import HubClock
from hardware.part import Ask
from hardware.printers.config import PrinterConfig
from hardware.printers.part import Printers
from hardware.printers.simulated import SimulatedPrinter
from hardware.printers.status import Condition

SLICE_S = 0.02
MORNING = datetime(2026, 11, 21, 9, tzinfo=UTC)

QUICK = {"status_every_s": 0.2, "status_timeout_s": 0.15, "write_timeout_s": 0.3, "print_mm_s": 10_000}
"""Settings for a printer that needs no patience."""


class _Device:
    """A thread that carries bytes between a simulated printer and one end of a line."""

    def __init__(self, printer: SimulatedPrinter) -> None:
        self.printer = printer
        self.heard = b""
        self.reads = True
        self._news = threading.Condition()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def wait(self, reached: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(reached, PATIENCE_S), self.heard[-200:].hex(" ")

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._carry()

    def _carry(self) -> None:
        raise NotImplementedError

    def _receive(self, data: bytes) -> bytes:
        with self._news:
            self.heard += data
            answer = self.printer.receive(data)
            self._news.notify_all()
        return answer


class SerialPrinter(_Device):
    """`plugged` is a line of tests/hardware/lines.py."""

    def __init__(self, line: Line, printer: SimulatedPrinter) -> None:
        self._line = line
        super().__init__(printer)

    def _carry(self) -> None:
        if not self.reads:
            self._stopping.wait(SLICE_S)
            return
        master = self._line.far_end
        if select.select([master], [], [], SLICE_S)[0] and (answer := self._receive(os.read(master, 4096))):
            os.write(master, answer)


class NetworkPrinter(_Device):
    """One line at a time, as such printers have it."""

    def __init__(self, printer: SimulatedPrinter) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(SLICE_S)
        self.visits = 0
        self.url = f"tcp://127.0.0.1:{self._server.getsockname()[1]}"
        super().__init__(printer)

    def stop(self) -> None:
        super().stop()
        self._server.close()

    def _carry(self) -> None:
        try:
            visitor, _ = self._server.accept()
        except TimeoutError:
            return
        self.visits += 1
        with visitor:
            visitor.settimeout(SLICE_S)
            while not self._stopping.is_set() and self._serve(visitor):
                pass

    def _serve(self, visitor: socket.socket) -> bool:
        if not self.reads:
            return not self._stopping.wait(SLICE_S)
        try:
            data = visitor.recv(4096)
            if data:
                visitor.sendall(self._receive(data))
        except TimeoutError:
            return True
        except ConnectionError:
            return False
        return bool(data)


class Office:
    """Printers that run for one test, what they answered to the hub, and their health to wait for."""

    def __init__(self, *printers: PrinterConfig) -> None:
        self._news = threading.Condition()
        self._asked = 0
        self.answers: dict[str, dict[str, Any]] = {}
        self.part = Printers(printers, self)
        self.part.start()

    def stop(self) -> None:
        self.part.stop()
        assert not any(printer._thread.is_alive() for printer in self.part.printers.values())

    def send(self, message: str, data: Any) -> None:
        assert message == "answer"
        with self._news:
            assert data["id"] not in self.answers, "answered twice"
            self.answers[data["id"]] = data
            self._news.notify_all()

    def health_changed(self) -> None:
        with self._news:
            self._news.notify_all()

    def ask(self, printer: str, job: str, document: Any, **more: Any) -> str:
        """Ask as the hub does; the id of the question."""
        self._asked += 1
        ask = Ask(f"q{self._asked}", {"printer": printer, "job": job, "document": document, **more}, self)
        self.part.questions()["print"](ask)
        return ask.id

    def answer(self, question: str) -> dict[str, Any]:
        with self._news:
            assert self._news.wait_for(lambda: question in self.answers, PATIENCE_S), self.answers
        return self.answers[question]

    def print(self, printer: str, job: str, document: Any, **more: Any) -> dict[str, Any]:
        return self.answer(self.ask(printer, job, document, **more))

    def report(self, name: str) -> dict[str, Any]:
        report = self.part.report(monotonic(), HubClock(MORNING, monotonic(), 1))
        return next(printer for printer in report["printers"] if printer["name"] == name)

    def wait(self, name: str, condition: Condition) -> dict[str, Any]:
        with self._news:
            reached = self._news.wait_for(lambda: self.report(name)["state"] == condition.value, PATIENCE_S)
        assert reached, self.report(name)
        return self.report(name)


def a_printer(url: object, **settings: Any) -> PrinterConfig:
    return PrinterConfig.model_validate({"name": "hall", "url": str(url)} | QUICK | settings)


def a_text(text: str, **look: Any) -> dict[str, Any]:
    return {"kind": "text", "text": text, "align": "center"} | look


PAGE = "http://192.168.1.10:8000/t/k3J9xQ2mPa"

SHORT = {"blocks": [{"kind": "number", "text": "A012"}]}

LONG_SERVICE = "Chứng thực, hộ tịch và xác nhận tình trạng hôn nhân"

TICKET = {
    "blocks": [
        a_text("Trung tâm Phục vụ hành chính công phường Phú Nhuận", bold=True),
        {"kind": "rule"},
        a_text(LONG_SERVICE, size="large", bold=True),
        {"kind": "number", "text": "A012"},
        a_text("Cấp bản sao trích lục hộ tịch, bản sao giấy khai sinh"),
        a_text("Lấy số lúc 09:05 ngày 21/11/2026", size="small"),
        a_text("Trước bạn: 7 người", size="large", bold=True),
        {"kind": "space"},
        {"kind": "qr", "data": PAGE},
        a_text("Quét mã để xem số trên điện thoại", size="small"),
    ]
}
