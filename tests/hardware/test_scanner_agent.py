"""Scanners at an agent: real bytes on a line or keys of a device that types, a hub that hears what they were."""

import logging
import os
import re
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from agents import at_work
from fake_hub import TOKEN, FakeHub
from lines import PATIENCE_S, Line, configured
from pydantic import ValidationError
from test_scanner_codes import CARD, DOSSIER, TICKET, URL, presses

from hardware import hid
from hardware.agent import Agent
from hardware.health import Code
from hardware.lines.port_errors import PortError
from hardware.scanners import sources
from hardware.scanners.config import ScannerConfig, problems_of_scanners
from hardware.scanners.part import Scanners
from hardware.scanners.sources import TypedSource


@dataclass
class Heard:
    """What the hub hears of scanners: the scans in order, and how each scanner is."""

    scans: list[dict[str, Any]]
    health: dict[str, dict[str, Any]]
    news: threading.Condition

    def wait(self, reached: Callable[[], bool]) -> None:
        with self.news:
            assert self.news.wait_for(reached, PATIENCE_S), (self.scans, self.health)

    def wait_for_state(self, name: str, state: str, words: str = "") -> dict[str, Any]:
        def reached() -> bool:
            health = self.health.get(name, {})
            return health.get("state") == state and words in health["detail"]

        self.wait(reached)
        return self.health[name]

    def wait_for_scans(self, count: int) -> list[dict[str, Any]]:
        self.wait(lambda: len(self.scans) >= count)
        return self.scans


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    made = FakeHub()
    yield made
    made.stop()


@pytest.fixture
def heard(hub: FakeHub) -> Heard:
    made = Heard([], {}, threading.Condition())
    attend(hub, made)
    return made


def attend(hub: FakeHub, made: Heard) -> None:
    """Again after each start of the hub."""

    def scan(_sid: str, data: dict[str, Any]) -> None:
        with made.news:
            made.scans.append(data)
            made.news.notify_all()

    def health(_sid: str, data: dict[str, Any]) -> None:
        with made.news:
            made.health |= {each["name"]: each for each in data["scanners"]}
            made.news.notify_all()

    hub._sio.on("scan", scan)
    hub._sio.on("health", health)


Work = Callable[..., Scanners]


@pytest.fixture
def work(hub: FakeHub) -> Iterator[Work]:
    """Start an agent that looks after these scanners and nothing else; it tells how they are all the time."""
    with ExitStack() as agents:

        def start(*scanners: dict[str, Any]) -> Scanners:
            agent = Agent(configured([], [], hub=hub.url, token=TOKEN, health_every_s=0.1))
            part = Scanners([ScannerConfig.model_validate(each) for each in scanners], agent)
            agent.parts = [part]
            agents.enter_context(at_work(agent))
            return part

        yield start


def at_counter(line: Line, **settings: Any) -> dict[str, Any]:
    return {"name": "desk 3", "url": str(line.path), "counter": 3} | settings


# Serial lines and USB-CDC


def test_a_paper_ticket_that_a_clerk_scans_is_told_to_the_hub(work: Work, heard: Heard, line: Line) -> None:
    work(at_counter(line))
    heard.wait_for_state("desk 3", "silent")
    line.say(URL[:20].encode())
    line.say(URL[20:].encode() + b"\r")
    told = {"scanner": "desk 3", "counter": 3, "kiosk": "", "kind": "ticket", "ticket": TICKET}
    assert heard.wait_for_scans(1) == [told]
    health = heard.wait_for_state("desk 3", "heard")
    assert set(health) == {"name", "counter", "kiosk", "state", "code", "detail", "since", "next_attempt"}
    assert (health["code"], health["detail"]) == ("", "1 read, 0 unreadable")


def test_of_a_citizen_card_the_hub_and_the_log_get_the_age_and_nothing_else(
    work: Work, heard: Heard, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    part = work({"name": "door", "url": str(line.path), "kiosk": "kiosk-1"})
    heard.wait_for_state("door", "silent")
    line.say(CARD.encode() + b"\r")
    assert heard.wait_for_scans(1) == [
        {"scanner": "door", "counter": None, "kiosk": "kiosk-1", "kind": "citizen_card", "age": 78}
    ]
    scanner = part.scanners[0]
    kept = f"{caplog.text} {heard.wait_for_state('door', 'heard')} {vars(scanner)} {vars(part)}"
    assert [secret for secret in CARD.split("|") if secret in kept] == []
    assert scanner._assembler._begun == b""


def test_noise_and_half_codes_are_counted_and_told_to_nobody(work: Work, heard: Heard, line: Line) -> None:
    work(at_counter(line, timeout_ms=50))
    heard.wait_for_state("desk 3", "silent")
    line.say(b"\x00\xff\x1b\r8934567890123\r")
    assert heard.wait_for_state("desk 3", "silent", "2 unreadable")["code"] == "unreadable"
    line.say(URL.encode())
    heard.wait_for_state("desk 3", "silent", "3 unreadable")
    line.say(DOSSIER.encode() + b"\r")
    assert [scan["code"] for scan in heard.wait_for_scans(1)] == [DOSSIER]
    assert heard.wait_for_state("desk 3", "heard", "1 read, 3 unreadable")["code"] == ""


def test_a_ticket_under_the_scanner_for_two_readings_is_one_scan(work: Work, heard: Heard, line: Line) -> None:
    work(at_counter(line))
    heard.wait_for_state("desk 3", "silent")
    line.say(URL.encode() + b"\r" + URL.encode() + b"\r" + DOSSIER.encode() + b"\r")
    assert [scan["kind"] for scan in heard.wait_for_scans(2)] == ["ticket", "dossier"]


def test_a_scanner_that_is_unplugged_says_so_and_works_when_it_is_back(work: Work, heard: Heard, line: Line) -> None:
    work(at_counter(line))
    heard.wait_for_state("desk 3", "silent")
    line.say(URL.encode() + b"\r" + DOSSIER[:9].encode())
    heard.wait_for_scans(1)
    line.unplug()
    down = heard.wait_for_state("desk 3", "down", "1 unreadable")
    assert down["code"] in (Code.PORT_LOST, Code.PORT_MISSING)
    assert down["next_attempt"] is not None
    line.plug_in()
    heard.wait_for_state("desk 3", "silent", "1 read")
    line.say(DOSSIER[9:].encode() + b"\r" + DOSSIER.encode() + b"\r")
    assert heard.wait_for_scans(2)[1]["code"] == DOSSIER
    assert heard.wait_for_state("desk 3", "heard", "2 read, 2 unreadable")["next_attempt"] is None


def test_a_scanner_that_is_not_there_is_down_and_the_other_one_works(work: Work, heard: Heard, line: Line) -> None:
    work(at_counter(line), {"name": "gone", "url": str(line.path) + "-x", "counter": 4})
    assert heard.wait_for_state("gone", "down")["code"] == Code.PORT_MISSING
    heard.wait_for_state("desk 3", "silent")
    line.say(URL.encode() + b"\r")
    heard.wait_for_scans(1)


def test_a_code_that_is_read_while_the_hub_is_away_is_lost_and_counted_as_lost(
    work: Work, hub: FakeHub, heard: Heard, line: Line
) -> None:
    part = work(at_counter(line))
    heard.wait_for_state("desk 3", "silent")
    hub.stop()
    until(lambda: not part._is_up)
    line.say(URL.encode() + b"\r")
    until(lambda: part.scanners[0].health.lost == 1)
    hub.start()
    attend(hub, heard)
    lost = heard.wait_for_state("desk 3", "heard", "0 read, 0 unreadable, 1 lost while the hub was away")
    assert lost["code"] == "no_line"
    line.say(DOSSIER.encode() + b"\r")
    assert [scan["kind"] for scan in heard.wait_for_scans(1)] == ["dossier"]
    assert heard.wait_for_state("desk 3", "heard", "1 read, 0 unreadable, 1 lost")["code"] == ""


def until(reached: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not reached():
        assert time.monotonic() < ends
        time.sleep(0.01)


# Devices that type


class Usb:
    """An input device as evdev has it, with a pipe in the place of the kernel."""

    EVENT = struct.Struct("=HHi")

    def __init__(self) -> None:
        self.plug_in()

    def plug_in(self) -> None:
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._reading, False)
        self.grabbed = False
        self.is_in = True

    def unplug(self) -> None:
        os.close(self._writing)
        self.is_in = False

    def open(self, _path: str) -> "Usb":
        if not self.is_in:
            raise FileNotFoundError(2, "No such file or directory")
        return self

    def type(self, text: str) -> None:
        """Press and let go of each key, as a fast scanner does: shift, the key, its repetition, up again."""
        for press in presses(text):
            shift = [(1, 42, 1)] if press.shift else []
            up = [(1, 42, 0)] if press.shift else []
            self.put(*shift, (4, 4, 7), (1, press.code, 1), (1, press.code, 2), (1, press.code, 0), *up, (0, 0, 0))

    def put(self, *events: tuple[int, int, int]) -> None:
        os.write(self._writing, b"".join(self.EVENT.pack(*event) for event in events))

    def enter(self) -> None:
        self.put((1, 28, 1), (1, 28, 0), (0, 0, 0))

    # As evdev.InputDevice

    def fileno(self) -> int:
        return self._reading

    def grab(self) -> None:
        self.grabbed = True

    def read(self) -> Iterator[Any]:
        data = os.read(self._reading, self.EVENT.size * 64)
        if not data:
            raise OSError(19, "No such device")
        for type_, code, value in self.EVENT.iter_unpack(data):
            yield SimpleNamespace(type=type_, code=code, value=value)

    def close(self) -> None:
        os.close(self._reading)


@pytest.fixture
def usb(monkeypatch: pytest.MonkeyPatch) -> Usb:
    made = Usb()
    monkeypatch.setattr(sources, "TypedSource", lambda config: TypedSource(config, made.open))
    return made


TYPING = {"name": "wedge", "device": "/dev/input/by-path/usb-0:1-event-kbd", "counter": 2}


@pytest.mark.parametrize("suffix", ["CR", "CRLF"])
def test_a_scanner_that_types_is_grabbed_and_heard(work: Work, heard: Heard, usb: Usb, suffix: str) -> None:
    work(TYPING | {"suffix": suffix})
    heard.wait_for_state("wedge", "silent")
    assert usb.grabbed
    for text in (URL, DOSSIER, CARD):
        usb.type(text)
        usb.enter()
    assert [{**scan, "scanner": ""} for scan in heard.wait_for_scans(3)] == [
        {"scanner": "", "counter": 2, "kiosk": "", "kind": "ticket", "ticket": TICKET},
        {"scanner": "", "counter": 2, "kiosk": "", "kind": "dossier", "code": DOSSIER},
        {"scanner": "", "counter": 2, "kiosk": "", "kind": "citizen_card", "age": 78},
    ]


def test_keys_that_came_faster_than_they_were_read_spoil_the_code(work: Work, heard: Heard, usb: Usb) -> None:
    work(TYPING)
    heard.wait_for_state("wedge", "silent")
    usb.type(URL[:10])
    usb.put((0, 3, 0))
    usb.type(URL[10:])
    usb.enter()
    heard.wait_for_state("wedge", "silent", "1 unreadable")
    usb.type(URL)
    usb.enter()
    heard.wait_for_scans(1)


def test_a_scanner_that_types_is_heard_again_when_it_is_back(work: Work, heard: Heard, usb: Usb) -> None:
    work(TYPING)
    heard.wait_for_state("wedge", "silent")
    usb.unplug()
    assert heard.wait_for_state("wedge", "down")["code"] in (Code.PORT_LOST, Code.PORT_MISSING)
    usb.plug_in()
    heard.wait_for_state("wedge", "silent")
    usb.type(URL)
    usb.enter()
    heard.wait_for_scans(1)


def test_a_device_that_cannot_be_had_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(number: int) -> Callable[[str], Any]:
        def open_input(_path: str) -> Any:
            raise OSError(number, "no")

        return open_input

    for number, words in ((16, "another program has grabbed it"), (13, "group 'input'"), (2, "No such file")):
        with pytest.raises(PortError, match=words):
            hid.HidDevice("/dev/input/by-path/x", refusing(number))
    monkeypatch.setitem(sys.modules, "evdev", None)
    with pytest.raises(PortError, match=re.escape("pip install 'toiluot[usb-keypads]'")):
        hid.HidDevice("/dev/input/by-path/x")


@pytest.mark.skipif(sys.platform != "linux", reason="evdev is Linux's")
def test_a_path_that_is_no_input_device_is_told_in_a_sentence(tmp_path: Path) -> None:
    pytest.importorskip("evdev")
    (tmp_path / "file").write_text("x", encoding="ascii")
    with pytest.raises(PortError, match="it is not an input device"):
        hid.HidDevice(str(tmp_path / "file"))


def test_the_keys_of_a_usb_device_are_read_for_as_long_as_somebody_listens(usb: Usb) -> None:
    stopping = threading.Event()
    told: list[str] = []
    watcher = SimpleNamespace(opened=lambda: told.append("opened"), lost=lambda error, _at: told.append(error.reason))
    usb.put((1, 82, 1), (1, 82, 0))
    pressed = []
    for presses_ in hid.presses("pad", stopping, watcher, usb.open):
        pressed += presses_
        stopping.set()
    assert pressed == [hid.KeyPress(82)]
    assert told == ["opened"]
    with pytest.raises(BrokenPipeError):  # the device is let go of
        usb.put((1, 82, 1))


# Configuration


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "a", "counter": 1},
        {"name": "a", "url": "/dev/ttyACM0", "device": "/dev/input/event3", "counter": 1},
        {"name": "a", "url": "/dev/ttyACM0"},
        {"name": "a", "url": "/dev/ttyACM0", "counter": 1, "kiosk": "kiosk-1"},
        {"name": "a", "url": "/dev/ttyACM0", "counter": 1, "suffix": "none"},
        {"name": "a", "url": "/dev/ttyACM0", "counter": 1, "dossier_pattern": "H(12"},
    ],
)
def test_a_scanner_has_one_port_and_one_place(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ScannerConfig.model_validate(wrong)


def test_two_scanners_share_neither_a_name_nor_a_port_nor_somebody_elses_port() -> None:
    one = ScannerConfig(name="a", url="/dev/ttyACM0", counter=1)
    other = ScannerConfig(name="a", url="/dev/ttyACM1", counter=2)
    assert [str(problem) for problem in problems_of_scanners([one, one], ["/dev/ttyS0"])] == [
        "hardware.scanners[1]: the name 'a' is already another scanner's; give each its own",
        "hardware.scanners[1]: /dev/ttyACM0 is already used by something else; a scanner needs a port of its own",
    ]
    assert len(list(problems_of_scanners([other], ["/dev/ttyACM1"]))) == 1
