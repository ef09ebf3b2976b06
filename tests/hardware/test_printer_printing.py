"""A ticket from the hub's question to the paper, over real ports, and everything that goes wrong on the way."""

import errno
import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fake_printer import (
    MORNING,
    PAGE,
    SHORT,
    TICKET,
    NetworkPrinter,
    Office,
    SerialPrinter,
    a_printer,
)
from lines import Babble, Line

from app.printing import PRINT_S
from hardware.hall import HubClock
from hardware.part import Ask
from hardware.printers import jobs, ports, printer
from hardware.printers.config import PrinterConfig
from hardware.printers.document import Document
from hardware.printers.jobs import Refused
from hardware.printers.part import Printers
from hardware.printers.printer import Job, Late, Printer
from hardware.printers.simulated import SimulatedPrinter
from hardware.printers.status import Condition
from hardware.printers.ticket import ticket


@pytest.fixture
def devices() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def office() -> Iterator[Callable[..., Office]]:
    with ExitStack() as stack:

        def open_office(*printers: PrinterConfig) -> Office:
            made = Office(*printers)
            stack.callback(made.stop)
            return made

        yield open_office


@pytest.fixture
def serial(line: Line) -> Iterator[SerialPrinter]:
    with SerialPrinter(line, SimulatedPrinter(576)) as device:
        yield device


@pytest.fixture
def network(devices: ExitStack) -> NetworkPrinter:
    return devices.enter_context(NetworkPrinter(SimulatedPrinter(576)))


@pytest.fixture
def usb_line(line: Line, monkeypatch: pytest.MonkeyPatch) -> Line:
    """A pseudo-terminal that is taken for a USB printer's device file: no serial line is set up on it."""
    monkeypatch.setattr(ports, "PRINTER_MAJORS", (os.major(line.path.stat().st_rdev),))
    return line


def on_serial(line: Line, **settings: Any) -> PrinterConfig:
    return a_printer(line.path, baudrate=921_600, **settings)


def result(answer: dict[str, Any]) -> str:
    return str(answer["data"]["result"] if answer["ok"] else answer["code"])


# a ticket that is printed


def test_a_ticket_comes_out_of_a_serial_printer(office: Callable[..., Office], serial: SerialPrinter, line: Line):
    assert result(office(on_serial(line)).print("hall", "j1", TICKET)) == "printed"
    (ticket,) = serial.printer.tickets
    assert [number.text for number in ticket.numbers] == ["A012"]
    assert [code.data for code in ticket.codes] == [PAGE]
    assert serial.printer.nonsense == b""


def test_a_ticket_comes_out_of_a_network_printer_whose_line_is_then_free(
    office: Callable[..., Office], network: NetworkPrinter
):
    here = office(a_printer(network.url))
    assert result(here.print("hall", "j1", TICKET)) == "printed"
    visits = network.visits
    network.wait(lambda: network.printer.printed == 1)
    assert result(here.print("hall", "j2", TICKET)) == "printed"
    assert network.visits > visits


def test_a_printer_that_cannot_answer_is_only_said_to_have_been_sent_a_ticket(
    office: Callable[..., Office], usb_line: Line
):
    with SerialPrinter(usb_line, SimulatedPrinter(384)) as device:
        here = office(on_serial(usb_line, paper_mm=58, status=False))
        assert result(here.print("hall", "j1", TICKET)) == "sent"
        assert here.wait("hall", Condition.SENT)["code"] == ""
        device.wait(lambda: device.printer.printed == 1)
        assert device.printer.asked == 0


def test_a_network_printer_that_is_not_asked_gets_the_whole_ticket(
    office: Callable[..., Office], network: NetworkPrinter
):
    assert result(office(a_printer(network.url, status=False)).print("hall", "j1", TICKET)) == "sent"
    network.wait(lambda: network.printer.printed == 1)


def test_a_simulated_printer_counts_its_tickets(office: Callable[..., Office]):
    here = office(a_printer("virtual://hall", kiosk="Cửa vào"))
    assert result(here.print("hall", "j1", TICKET)) == "printed"
    report = here.report("hall")
    assert (report["state"], report["detail"], report["kiosk"]) == ("ready", "simulated; printed 1", "Cửa vào")
    assert here.part.printers["hall"].simulated.tickets[0].numbers[0].text == "A012"


# a job is one piece of paper


def test_a_job_that_is_asked_for_twice_is_printed_once(office: Callable[..., Office]):
    here = office(a_printer("virtual://hall"))
    asked = [here.ask("hall", "j1", SHORT) for _ in range(3)]
    assert [result(here.answer(question)) for question in asked] == ["printed"] * 3
    assert result(here.print("hall", "j1", SHORT)) == "printed"
    assert here.part.printers["hall"].simulated.printed == 1
    assert result(here.print("hall", "again", SHORT)) == "printed"
    assert here.part.printers["hall"].simulated.printed == 2


def test_a_refused_job_stays_refused_however_often_it_is_asked_for(office: Callable[..., Office]):
    here = office(a_printer("virtual://hall"))
    simulated = here.part.printers["hall"].simulated
    simulated.cover_open = True
    assert result(here.print("hall", "j1", SHORT)) == "cover_open"
    simulated.cover_open = False
    assert result(here.print("hall", "j1", SHORT)) == "cover_open"
    assert result(here.print("hall", "j2", SHORT)) == "printed"
    assert simulated.printed == 1


def test_only_the_last_jobs_are_remembered(monkeypatch: pytest.MonkeyPatch, office: Callable[..., Office]):
    monkeypatch.setattr(jobs, "REMEMBERED", 3)
    here = office(a_printer("virtual://hall"))
    for job in ("a", "b", "c", "d", "a"):
        assert result(here.print("hall", job, SHORT)) == "printed"
    assert here.part.printers["hall"].simulated.printed == 5
    assert len(here.part._jobs._entries) == 3


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"printer": "no such", "job": "j1", "document": SHORT}, "unknown_printer"),
        ({"printer": "hall", "job": "j1", "document": {"blocks": []}}, "bad_document"),
        ({"printer": "hall", "job": "", "document": SHORT}, "bad_document"),
        ({}, "bad_document"),
    ],
)
def test_a_question_that_cannot_be_meant_is_refused(office: Callable[..., Office], data: dict[str, Any], code: str):
    here = office(a_printer("virtual://hall"))
    question = here.ask("hall", "other", SHORT)
    here.answer(question)
    here.part.questions()["print"](Ask("odd", data, here))
    assert result(here.answer("odd")) == code


# what is wrong with a printer


@pytest.mark.parametrize(
    ("trouble", "condition"),
    [
        ({}, Condition.READY),
        ({"near_end": True}, Condition.PAPER_LOW),
        ({"rows_left": 0}, Condition.PAPER_OUT),
        ({"cover_open": True}, Condition.COVER_OPEN),
        ({"cutter_stuck": True}, Condition.ERROR),
        ({"mute": True}, Condition.NO_ANSWER),
    ],
)
def test_each_trouble_is_seen_as_itself_and_nothing_is_printed_then_or_later(
    office: Callable[..., Office],
    serial: SerialPrinter,
    line: Line,
    trouble: dict[str, Any],
    condition: Condition,
):
    here = office(on_serial(line))
    here.wait("hall", Condition.READY)
    for name, value in trouble.items():
        setattr(serial.printer, name, value)
    report = here.wait("hall", condition)
    assert report["code"] == condition.code
    expected = condition.code or "printed"
    assert result(here.print("hall", "j1", SHORT)) == expected
    for name in trouble:
        setattr(serial.printer, name, None if name == "rows_left" else False)
    here.wait("hall", Condition.READY)
    assert result(here.print("hall", "j2", SHORT)) == "printed"
    assert serial.printer.printed == (1 if condition.code else 2)


@pytest.mark.parametrize("rows", [100, 600, 1_000])
def test_paper_that_ends_within_a_ticket_is_told_and_the_rest_does_not_come_out_with_the_next_roll(
    office: Callable[..., Office], serial: SerialPrinter, line: Line, rows: int
):
    here = office(on_serial(line))
    here.wait("hall", Condition.READY)
    serial.printer.rows_left = rows
    assert result(here.print("hall", "j1", TICKET)) == "paper_out"
    asked = serial.printer.asked
    serial.wait(lambda: serial.printer.asked > asked)
    out = serial.printer.half_printed.rows
    serial.printer.put_paper_in()
    here.wait("hall", Condition.READY)
    assert serial.printer.printed == 0
    assert serial.printer.half_printed.rows == out


def test_paper_that_ends_is_told_before_the_printers_memory_is_full_of_the_rest(office: Callable[..., Office]):
    """With a full memory it would hear no question, and all that could be said is that it does not answer."""
    here = office(a_printer("virtual://hall"))
    simulated = here.part.printers["hall"].simulated
    simulated.memory_bytes, simulated.rows_left = 8_192, 300
    assert result(here.print("hall", "j1", TICKET)) == "paper_out"


def test_a_printer_that_fell_silent_within_a_ticket_is_not_said_to_have_printed(
    monkeypatch: pytest.MonkeyPatch, office: Callable[..., Office]
):
    monkeypatch.setattr(printer, "SLOW_ANSWER_S", 0.01)
    here = office(a_printer("virtual://hall", status_every_s=3_600))
    simulated = here.part.printers["hall"].simulated
    here.wait("hall", Condition.READY)
    real = simulated.receive

    def falls_silent(data: bytes) -> bytes:
        simulated.mute = simulated.mute or b"\x1d" in data
        return real(data)

    monkeypatch.setattr(type(simulated), "receive", lambda _, data: falls_silent(data))
    answer = here.print("hall", "j1", TICKET)
    assert result(answer) == "no_answer"
    assert "may have printed" in answer["detail"]


def test_a_printer_that_takes_nothing_holds_up_nobody(office: Callable[..., Office], serial: SerialPrinter, line: Line):
    serial.reads = False
    line.clog()
    here = office(on_serial(line, status=False), a_printer("virtual://desk", name="desk"))
    stuck = here.ask("hall", "j1", TICKET)
    assert result(here.print("desk", "j2", TICKET)) == "printed"
    answer = here.answer(stuck)
    assert (result(answer), "no more bytes" in answer["detail"]) == ("no_answer", True)
    line.unclog()


def test_noise_is_not_health(office: Callable[..., Office], line: Line):
    with Babble(line):
        here = office(on_serial(line))
        report = here.wait("hall", Condition.NO_ANSWER)
        assert "makes no sense" in report["detail"]
        assert result(here.print("hall", "j1", SHORT)) == "no_answer"


def test_a_printer_may_be_unplugged_and_plugged_in_again(office: Callable[..., Office], line: Line, devices: ExitStack):
    first = SerialPrinter(line, SimulatedPrinter(576))
    here = office(on_serial(line))
    here.wait("hall", Condition.READY)
    first.stop()
    line.unplug()
    report = here.wait("hall", Condition.DOWN)
    assert report["code"] in {"port_lost", "port_missing"}
    assert report["detail"]
    assert report["next_attempt"] > report["since"]
    assert result(here.print("hall", "j1", SHORT)) == "port_missing"
    line.plug_in()
    again = devices.enter_context(SerialPrinter(line, SimulatedPrinter(576)))
    assert here.wait("hall", Condition.READY)["next_attempt"] is None
    assert result(here.print("hall", "j2", SHORT)) == "printed"
    assert again.printer.printed == 1


def test_a_network_printer_that_is_switched_off_is_down(office: Callable[..., Office]):
    device = NetworkPrinter(SimulatedPrinter(576))
    here = office(a_printer(device.url))
    here.wait("hall", Condition.READY)
    device.stop()
    assert here.wait("hall", Condition.DOWN)["code"] in {"network_refused", "closed"}
    assert result(here.print("hall", "j1", SHORT)) == "network_refused"


def test_a_network_printer_that_takes_a_call_and_says_nothing_is_not_well(
    office: Callable[..., Office], network: NetworkPrinter
):
    network.reads = False
    here = office(a_printer(network.url))
    assert result(here.print("hall", "j1", SHORT)) == "no_answer"
    assert here.report("hall")["state"] == "no_answer"


def test_a_printer_that_was_replugged_between_two_tickets_prints_the_next(
    office: Callable[..., Office], line: Line, devices: ExitStack
):
    here = office(on_serial(line, status_every_s=3_600))
    with SerialPrinter(line, SimulatedPrinter(576)):
        assert result(here.print("hall", "j1", SHORT)) == "printed"
    line.unplug()
    line.plug_in()
    devices.enter_context(SerialPrinter(line, SimulatedPrinter(576)))
    assert result(here.print("hall", "j2", SHORT)) == "printed"


def test_a_printer_that_is_never_asked_is_missed_when_it_is_unplugged(office: Callable[..., Office], usb_line: Line):
    here = office(on_serial(usb_line, status=False))
    here.wait("hall", Condition.SENT)
    usb_line.path.unlink()
    assert here.wait("hall", Condition.DOWN)["code"] == "port_missing"


def put_a_fault(path: Path, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands at a printer's path that is not a printer, or cannot be used; three of them are only told so."""
    if fault == "a pipe":
        os.mkfifo(path)
    elif fault == "a plain file":
        path.touch()
    elif fault == "a disk":
        path.touch()
        monkeypatch.setattr(ports, "Path", told(os.stat_result((stat.S_IFBLK | 0o660, *[0] * 9))))
    elif fault in REFUSED_BY_THE_SYSTEM:
        monkeypatch.setattr(ports, "Path", told(OSError(REFUSED_BY_THE_SYSTEM[fault], "no")))


REFUSED_BY_THE_SYSTEM = {"denied": errno.EACCES, "busy": errno.EBUSY}


def told(answer: os.stat_result | OSError) -> Callable[[str], Any]:
    """A path of which the system says `answer`."""

    class Told:
        def __init__(self, _path: str) -> None: ...

        def stat(self) -> os.stat_result:
            if isinstance(answer, OSError):
                raise answer
            return answer

    return Told


FAULTS = {
    "missing": ("port_missing", "No such file"),
    "denied": ("port_denied", "Permission denied"),
    "busy": ("port_busy", "another program"),
    "a plain file": ("port_unsuitable", "a plain file"),
    "a disk": ("port_unsuitable", "a disk"),
    "a pipe": ("port_unsuitable", "a pipe"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_path_that_is_no_printer_is_down_with_its_reason_and_nothing_is_written_there(
    office: Callable[..., Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
):
    path = tmp_path / "lp0"
    put_a_fault(path, fault, monkeypatch)
    here = office(a_printer(path))
    code, words = FAULTS[fault]
    assert result(here.print("hall", "j1", SHORT)) == code
    report = here.report("hall")
    assert (report["state"], report["code"]) == ("down", code)
    assert words in report["detail"]
    assert not path.is_file() or path.read_bytes() == b""


def test_before_it_is_asked_a_printer_is_not_said_to_be_broken():
    here = Printers([a_printer("virtual://hall")], NoHub())
    (report,) = here.report(0, HubClock(MORNING, 0, 1))["printers"]
    assert (report["state"], report["code"]) == ("down", "not_asked")


class NoHub:
    def send(self, message: str, data: Any) -> None:
        raise AssertionError(message, data)

    def health_changed(self) -> None: ...


# a fault of ours


def test_after_a_fault_of_ours_every_ticket_is_refused_at_once_and_the_supervisor_told(
    monkeypatch: pytest.MonkeyPatch, office: Callable[..., Office]
):
    monkeypatch.setattr(threading, "excepthook", lambda _fault: None)
    here = office(a_printer("virtual://hall", status_every_s=3_600))
    here.wait("hall", Condition.READY)
    printing, may_break = threading.Event(), threading.Event()

    def break_down(*_: object) -> None:
        printing.set()
        may_break.wait(10)
        raise RuntimeError("a bug")

    monkeypatch.setattr(printer, "ticket", break_down)
    asked = [here.ask("hall", "j0", SHORT)]
    assert printing.wait(10)
    asked += [here.ask("hall", f"j{n}", SHORT) for n in (1, 2)]
    may_break.set()
    assert [result(here.answer(question)) for question in asked] == ["crashed"] * 3
    assert result(here.print("hall", "j3", SHORT)) == "crashed"
    assert here.report("hall")["code"] == "crashed"
    assert "a bug" in here.report("hall")["detail"]


# many at once


def test_more_tickets_than_a_printer_can_keep_up_with_are_refused_at_once(
    office: Callable[..., Office], serial: SerialPrinter, line: Line
):
    serial.printer.mute = True
    here = office(on_serial(line))
    asked = [here.ask("hall", f"j{n}", SHORT) for n in range(10)]
    results = [result(here.answer(question)) for question in asked]
    assert set(results) == {"busy", "no_answer"}
    assert results[:5] == ["no_answer"] * 5


def test_a_ticket_that_cannot_be_out_while_the_hub_waits_is_not_begun(office: Callable[..., Office]):
    here = office(a_printer("virtual://hall", status_every_s=3_600))
    here.wait("hall", Condition.READY)
    simulated = here.part.printers["hall"].simulated
    now = time.monotonic()
    held = Job("held", Document.model_validate(SHORT), asked_at=now - 18, until=now + 2)
    outcome = here.part.printers["hall"]._print(held)
    assert isinstance(outcome, Refused)
    assert (outcome.code, "waited 18 s" in outcome.detail) == ("busy", True)
    assert simulated.printed == 0
    assert result(here.print("hall", "j2", SHORT, within_s=20)) == "printed"


def test_a_ticket_that_was_held_up_by_its_port_is_not_begun_either(office: Callable[..., Office]):
    """The time is looked at again when the printer has said that it is well, before the first byte."""
    here = office(a_printer("virtual://hall", status_every_s=3_600))
    here.wait("hall", Condition.READY)
    hall = here.part.printers["hall"]
    made = ticket(Document.model_validate(SHORT), hall.config)
    with pytest.raises(Late):
        hall._visit(lambda exchange: hall._put_on_paper(exchange, made, time.monotonic() + printer.ANSWER_S))
    assert hall.simulated.printed == 0
    assert hall.simulated.half_printed.rows == 0


def test_a_line_too_slow_for_the_hubs_patience_is_said_to_be_that(
    office: Callable[..., Office], serial: SerialPrinter, line: Line
):
    here = office(a_printer(line.path, baudrate=1_200))
    answer = here.print("hall", "j1", TICKET, within_s=30)
    assert (result(answer), "raise the baud rate" in answer["detail"]) == ("too_slow", True)
    assert serial.printer.printed == 0


def test_a_ticket_of_usual_length_is_out_in_time_over_the_slowest_usual_line():
    hall = Printer(a_printer("/dev/ttyS0", baudrate=9_600), lambda: None, lambda _job, _outcome: None)
    assert hall._needs_s(ticket(Document.model_validate(TICKET), hall.config)) < PRINT_S


def test_an_agent_that_ends_leaves_no_file_open_and_no_question_unanswered(
    serial: SerialPrinter, network: NetworkPrinter, line: Line
):
    before = open_files()
    serial.printer.mute = True
    here = Office(on_serial(line, status_timeout_s=5), a_printer(network.url, name="desk"))
    asked = [here.ask("hall", f"j{n}", SHORT) for n in range(3)]
    here.stop()
    assert {result(here.answer(question)) for question in asked} == {"stopping"}
    network.stop()
    assert open_files() <= before


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
