"""Pads without a lamp: the board over the counter answers a press that was refused."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from lines import Line, a_board, a_bus, configured
from test_keypad_part import (
    EV_KEY,
    EV_SYN,
    KEY_KPENTER,
    QSYSTEM,
    USB,
    NumberPad,
    Outbox,
    Start,
    an_agents_pads,
    told,
    until,
)
from test_keypad_presses import FREE, Hub

from hardware.boards.part import Boards
from hardware.hall import Counter, Hall, HubClock, Ticket
from hardware.keypads import mark as mark_module
from hardware.keypads.part import Keypads
from hardware.keypads.qsystem import Code

ENTER = ((EV_KEY, KEY_KPENTER, 1), (EV_KEY, KEY_KPENTER, 0), (EV_SYN, 0, 0))
LED = a_board("board 1", "desks")
NUMBER, REFUSED = b"$001,A012#", b"$001,  --#"
CALLED = Counter(number=1, state="open", ticket=Ticket(id="t", number="A012", state="called"))
HALL = Hall(1, HubClock(datetime(2026, 11, 21, 9, tzinfo=UTC), 0, 1), {1: CALLED})
USB_1 = USB | {"name": "pad 1", "counter": 1}
RECEIVER = {"name": "pad 1", "counter": 1, "driver": "bytes", "bus": "desks", "pattern": "AA 55 01"}


@pytest.fixture
def number_pad() -> Iterator[NumberPad]:
    made = NumberPad()
    yield made
    made.throw_away()


@pytest.fixture
def start() -> Iterator[Start]:
    with an_agents_pads() as run:
        yield run


@pytest.fixture
def _short_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mark_module, "MARK_S", 0.3)


def shown(keypads: Keypads, line: Line) -> None:
    """The board shows whom the counter has called; from here on the line has heard nothing."""
    assert keypads._boards
    keypads._boards.show(HALL, None, None)
    keypads.show(HALL, None, None)
    line.hear(NUMBER)
    line.heard = b""


@pytest.mark.usefixtures("_short_marks")
def test_a_usb_pad_that_is_pressed_while_the_hub_is_away_is_refused_on_the_board(
    line: Line, number_pad: NumberPad, start: Start
):
    keypads = start(USB_1, line=line, number_pad=number_pad, board=LED)
    shown(keypads, line)
    number_pad.sends(*ENTER)
    assert line.hear(NUMBER) == REFUSED + NUMBER
    assert told(keypads)["code"] == "no_line"
    assert "nowhere" not in told(keypads)["detail"]


@pytest.mark.usefixtures("_short_marks")
def test_a_byte_pads_press_that_does_not_reach_the_hub_is_refused_on_the_board(line: Line, start: Start):
    keypads = start(RECEIVER | {"refused_text": "Er"}, line=line, board=LED)
    keypads.line(is_up=True)
    shown(keypads, line)
    line.say(bytes.fromhex("AA 55 01"))
    assert line.hear(NUMBER) == b"$001,  Er#" + NUMBER


@pytest.mark.usefixtures("_short_marks")
def test_a_call_of_nobody_is_refused_on_the_board(line: Line, number_pad: NumberPad, start: Start):
    hub = Hub()
    hub.answers = [(200, {"ticket": None, "counter": FREE.model_dump()})]
    try:
        keypads = start(USB_1, line=line, number_pad=number_pad, board=LED, hub=hub.url)
        keypads.line(is_up=True)
        shown(keypads, line)
        number_pad.sends(*ENTER)
        assert line.hear(NUMBER) == REFUSED + NUMBER
        assert told(keypads)["code"] == "nobody_waits"
    finally:
        hub.close()


def test_a_call_goes_before_the_mark_of_a_refused_press(line: Line, number_pad: NumberPad, start: Start):
    keypads = start(USB_1, line=line, number_pad=number_pad, board=LED)
    shown(keypads, line)
    number_pad.sends(*ENTER)
    line.hear(REFUSED)
    later = CALLED.model_copy(update={"ticket": Ticket(id="u", number="A013", state="called")})
    assert keypads._boards
    keypads._boards.show(Hall(2, HALL.clock, {1: later}), {1}, None)
    assert line.hear(b"$001,A013#") == REFUSED + b"$001,A013#"


def test_a_pad_with_a_lamp_leaves_the_board_alone(line: Line, start: Start, monkeypatch: pytest.MonkeyPatch):
    keypads = start(QSYSTEM, line=line, board=LED)
    shown(keypads, line)
    lent: list[object] = []
    assert keypads._boards
    monkeypatch.setattr(keypads._boards.buses["desks"], "light", lambda *what: lent.append(what))
    line.say(b"\x01\x25\x31\x07")
    line.hear(bytes([1, 0x25, Code.RED_BLINK_200_BEEP, 7]))
    assert lent == []


def test_a_pad_that_can_show_nothing_says_so_before_anybody_presses_it(number_pad: NumberPad, start: Start):
    keypads = start(USB_1, number_pad=number_pad)
    until(lambda: told(keypads)["state"] == "silent")
    assert told(keypads)["code"] == "unseen"
    assert "no board over its counter" in told(keypads)["detail"]
    number_pad.sends(*ENTER)
    until(lambda: told(keypads)["code"] == "no_line")
    assert "no board over its counter" in told(keypads)["detail"]


def test_a_board_over_another_counter_says_nothing_of_a_refused_press(line: Line, start: Start):
    keypads = start(RECEIVER, line=line, board=LED | {"counter": 2})
    until(lambda: told(keypads)["state"] == "silent")
    assert told(keypads)["code"] == "unseen"


def test_a_mark_that_the_board_has_no_form_for_is_told(line: Line, number_pad: NumberPad, start: Start):
    keypads = start(USB_1 | {"refused_text": "------"}, line=line, number_pad=number_pad, board=LED)
    shown(keypads, line)
    number_pad.sends(*ENTER)
    until(lambda: "the last refused press showed nowhere (board 1:" in told(keypads)["detail"])


@pytest.mark.usefixtures("_short_marks")
def test_boards_that_became_others_are_marked_as_they_are_now(line: Line, number_pad: NumberPad, start: Start):
    keypads = start(USB_1, number_pad=number_pad)
    until(lambda: told(keypads)["code"] == "unseen")
    boards = Boards(configured([a_bus("desks", line.path)], [LED]), Outbox())
    keypads.live_with(boards)
    boards.start()
    try:
        shown(keypads, line)
        number_pad.sends(*ENTER)
        assert line.hear(NUMBER) == REFUSED + NUMBER
        assert "nowhere" not in told(keypads)["detail"]
    finally:
        boards.stop()


def test_a_refused_press_that_the_board_could_not_show_is_told(line: Line, number_pad: NumberPad, start: Start):
    keypads = start(USB_1, line=line, number_pad=number_pad, board=LED)
    shown(keypads, line)
    line.unplug()
    until(lambda: bool(keypads._boards and keypads._boards.buses["desks"].health_of("board 1").reason.detail))
    number_pad.sends(*ENTER)
    until(lambda: "the last refused press showed nowhere (board 1:" in told(keypads)["detail"])
    assert told(keypads)["code"] == "no_line"
