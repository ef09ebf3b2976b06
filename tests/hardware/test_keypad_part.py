"""The keypads of an agent: on their lines and on USB, with what is claimed of each."""

import errno
import os
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from lines import Line, a_board, a_bus, configured

from hardware.boards.part import Boards
from hardware.hall import Counter, Hall, HubClock, Ticket
from hardware.keypads.lamps import AWAY, CODES, Lamp, Light, QSystemLamp, lamp_of
from hardware.keypads.part import Keypads
from hardware.keypads.qsystem import Code

PATIENCE_S = 10
EV_SYN, EV_KEY, KEY_KPENTER, KEY_NUMLOCK = 0, 1, 96, 69
DEVICE = "/dev/input/by-path/usb-1-event-kbd"
QSYSTEM = {"name": "pad 1", "counter": 1, "driver": "qsystem", "bus": "desks", "address": 0x25}
USB = {"name": "pad 2", "counter": 2, "driver": "usb", "device": DEVICE}
A_BOARD = a_board("board 1", "desks", options={"preset": "qsystem"}, address=5)
NOBODY = "http://127.0.0.1:9"
FIELDS = {"name", "counter", "state", "detail", "code", "since", "next_attempt", "presses", "noise"}


class Outbox:
    def send(self, message: str, data: Any) -> None:
        """The pads tell the hub nothing but by HTTP."""

    def health_changed(self) -> None:
        pass


class NumberPad:
    """A USB pad: its events are Linux's own, read by evdev's own reader."""

    def __init__(self) -> None:
        self.eventio = pytest.importorskip("evdev").eventio
        self.grabbed = 0
        self.is_plugged = True
        self._pipe = os.pipe2(os.O_NONBLOCK)
        self.closed = threading.Event()

    def open(self, path: str) -> "NumberPad":
        assert path == DEVICE
        if not self.is_plugged:
            raise OSError(errno.ENOENT, "No such file or directory")
        return self

    def grab(self) -> None:
        self.grabbed += 1

    def fileno(self) -> int:
        return self._pipe[0]

    def read(self) -> Any:
        if not self.is_plugged:
            raise OSError(errno.ENODEV, "No such device")
        reader = self.eventio.EventIO()
        reader.fd = self._pipe[0]
        return reader.read()

    def close(self) -> None:
        self.closed.set()

    def sends(self, *events: tuple[int, int, int]) -> None:
        os.write(self._pipe[1], b"".join(struct.pack("@llHHi", 0, 0, *event) for event in events))

    def unplug(self) -> None:
        self.closed.clear()
        self.is_plugged = False
        self.sends((EV_SYN, 0, 0))
        assert self.closed.wait(PATIENCE_S)

    def throw_away(self) -> None:
        for end in self._pipe:
            os.close(end)


@pytest.fixture
def number_pad() -> Iterator[NumberPad]:
    made = NumberPad()
    yield made
    made.throw_away()


Start = Callable[..., Keypads]


@contextmanager
def an_agents_pads() -> Iterator[Start]:
    """A part with these pads, beside a board on the line if there is one; nobody at the hub's end."""
    started: list[Boards | Keypads] = []

    def run(
        *pads: dict[str, Any],
        line: Line | None = None,
        number_pad: NumberPad | None = None,
        board: dict[str, object] | None = None,
        hub: str = NOBODY,
    ) -> Keypads:
        buses = [a_bus("desks", line.path)] if line else []
        boards_there = [board or A_BOARD] if line else []
        config = configured(buses, boards_there, hub=hub, keypads=list(pads))
        keypads = Keypads(config, Outbox(), *([number_pad.open] if number_pad else []))
        boards = Boards(config, Outbox(), keypads.companions())
        keypads.live_with(boards)
        for part in (boards, keypads):
            part.start()
            started.append(part)
        return keypads

    try:
        yield run
    finally:
        for part in started:
            part.stop()


@pytest.fixture
def start() -> Iterator[Start]:
    with an_agents_pads() as run:
        yield run


def told(keypads: Keypads, name: str = "pad 1") -> dict[str, Any]:
    clock = HubClock(datetime(2026, 11, 21, 9, tzinfo=UTC), time.monotonic(), 1)
    return next(pad for pad in keypads.report(0, clock)["keypads"] if pad["name"] == name)


def until(reached: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not reached():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_a_pad_that_never_spoke_is_silent_and_not_well(line: Line, start: Start):
    keypads = start(QSYSTEM, line=line)
    until(lambda: told(keypads)["state"] == "silent")
    assert set(told(keypads)) == FIELDS
    line.say(b"\x01\x25\x31")
    line.say(b"\x07\xff\xff")
    until(lambda: told(keypads)["state"] == "heard")
    assert told(keypads).items() >= {("presses", 1), ("noise", 2), ("code", "no_line")}


def test_a_pad_whose_line_is_unplugged_is_down_and_after_that_nothing_is_known_of_it(line: Line, start: Start):
    keypads = start(QSYSTEM, line=line)
    until(lambda: told(keypads)["state"] == "silent")
    line.say(b"\x01\x25\x31\x07")
    until(lambda: told(keypads)["state"] == "heard")
    line.unplug()
    until(lambda: told(keypads)["state"] == "down")
    assert str(line.path) in told(keypads)["detail"]
    assert told(keypads)["next_attempt"]
    line.plug_in()
    until(lambda: told(keypads)["state"] == "silent")


def test_a_key_without_an_action_is_refused_on_the_pad_and_named_to_the_installer(line: Line, start: Start):
    keypads = start(QSYSTEM, line=line)
    line.hear(bytes([1, 0x25, CODES[Light.AWAY], 7]))
    line.say(b"\x01\x25\x41\x07")
    line.hear(bytes([1, 0x25, Code.RED_BLINK_200_BEEP, 7]))
    assert told(keypads)["code"] == "key_without_action"
    assert "key 41 does nothing" in told(keypads)["detail"]


def test_the_lamp_stands_on_what_the_counter_is(line: Line, start: Start):
    keypads = start(QSYSTEM | {"has_digits": True}, line=line)
    line.hear(bytes.fromhex("01 25 35 07 01 25 20 2D 2D 2D 07"))
    called = Counter(number=1, state="open", ticket=Ticket(id="t", number="A012", state="called"))
    hall = Hall(1, HubClock(datetime(2026, 11, 21, 9, tzinfo=UTC), 0, 1), {1: called})
    keypads.line(is_up=True)
    keypads.show(hall, None, None)
    line.hear(bytes.fromhex("01 25 32 07 01 25 20 30 31 32 07"))
    hall.counters[1] = called.model_copy(update={"ticket": None})
    keypads.show(hall, {2}, None)
    keypads.show(hall, {1}, None)
    line.hear(bytes.fromhex("01 25 30 07 01 25 20 20 20 20 07"))


def test_no_code_that_a_lamp_is_told_could_come_back_as_a_call():
    """From an adapter that hears itself and is not configured so."""
    assert Code.RED not in CODES.values()


def test_an_adapter_that_hears_itself_presses_no_key_and_is_told_of(line: Line, start: Start):
    keypads = start(QSYSTEM, line=line)
    keypads.line(is_up=True)
    away, serving = (bytes([1, 0x25, CODES[light], 7]) for light in (Light.AWAY, Light.SERVING))
    line.hear(away)
    line.say(away + serving)
    until(lambda: told(keypads)["code"] == "echo")
    assert told(keypads).items() >= {("presses", 0), ("state", "silent")}
    line.say(b"\x01\x25\x31\x07")
    until(lambda: told(keypads)["presses"] == 1)


def test_a_key_that_only_looks_like_a_lamps_frame_is_a_key(line: Line, start: Start):
    keypads = start(QSYSTEM, line=line)
    line.hear(bytes([1, 0x25, CODES[Light.AWAY], 7]))
    line.say(bytes([1, 0x25, CODES[Light.SERVING], 7]))
    until(lambda: told(keypads)["presses"] == 1)


def test_a_lamp_that_is_repeated_does_not_beep_again():
    lamp = QSystemLamp(0x25)
    beeping = Lamp(Light.SERVING, "A001", AWAY.flash)
    assert lamp.again(beeping) == lamp.frames(beeping.steady)
    assert lamp_of(None) == Lamp(Light.OFF)


def test_a_simulated_lamp_shows_what_it_was_told():
    driver = QSystemLamp(0x25, has_digits=True)
    simulated = driver.simulate()
    for frame in driver.frames(Lamp(Light.SERVING, "A012")):
        assert simulated.receive(frame.data) == b""
    assert simulated.shown == "green 012"
    simulated.receive(b"\x01\x26\x30\x07")
    simulated.receive(b"\x01\x25\x99\x07")
    assert simulated.shown == "green 012"


def test_no_thread_is_left_of_a_press_when_the_part_stops(line: Line, number_pad: NumberPad):
    before = set(threading.enumerate())
    config = configured([a_bus("desks", line.path)], [], hub="http://127.0.0.1:9", keypads=[QSYSTEM, USB])
    keypads = Keypads(config, Outbox(), number_pad.open)
    boards = Boards(config, Outbox(), keypads.companions())
    keypads.live_with(boards)
    boards.start()
    keypads.start()
    line.hear(bytes([1, 0x25, CODES[Light.AWAY], 7]))
    line.say(b"\x01\x25\x31\x07")
    line.hear(bytes([1, 0x25, Code.RED_BLINK_200_BEEP, 7]))
    boards.stop()
    keypads.stop()
    assert set(threading.enumerate()) <= before


def test_a_usb_pads_key_counts_when_it_goes_down_and_not_while_it_is_held(number_pad: NumberPad, start: Start):
    keypads = start(USB, number_pad=number_pad)
    until(lambda: told(keypads, "pad 2")["state"] == "silent")
    assert number_pad.grabbed == 1
    number_pad.sends((EV_KEY, KEY_NUMLOCK, 1), (EV_KEY, KEY_NUMLOCK, 0), (EV_KEY, KEY_KPENTER, 1), (EV_SYN, 0, 0))
    number_pad.sends(*[(EV_KEY, KEY_KPENTER, 2)] * 30, (EV_KEY, KEY_KPENTER, 0), (EV_SYN, 0, 0))
    number_pad.sends((EV_KEY, 100, 1), (EV_SYN, 0, 0))
    until(lambda: told(keypads, "pad 2")["presses"] == 2)
    assert "key code:100 does nothing" in told(keypads, "pad 2")["detail"]


def test_a_usb_pad_that_is_plugged_in_again_is_grabbed_again(number_pad: NumberPad, start: Start):
    keypads = start(USB, number_pad=number_pad)
    until(lambda: told(keypads, "pad 2")["state"] == "silent")
    number_pad.unplug()
    until(lambda: told(keypads, "pad 2")["state"] == "down")
    assert DEVICE in told(keypads, "pad 2")["detail"]
    assert told(keypads, "pad 2")["next_attempt"]
    number_pad.is_plugged = True
    until(lambda: told(keypads, "pad 2")["state"] == "silent")
    assert number_pad.grabbed == 2
