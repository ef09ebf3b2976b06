"""Finding a board: the supervisor has one light up, and no call waits for that."""

from collections.abc import Callable, Iterator
from queue import SimpleQueue
from typing import Any

import pytest
from lines import PATIENCE_S, Line, a_board, a_bus, configured

from hardware.boards.part import Boards
from hardware.boards.state import BoardState, Kind
from hardware.config import HardwareConfig
from hardware.health import Condition
from hardware.part import Ask

Work = Callable[[HardwareConfig], Boards]
Lights = Callable[[HardwareConfig], dict[str, Any]]


class Outbox:
    """Takes what would go to the hub."""

    def __init__(self) -> None:
        self.sent: SimpleQueue[Any] = SimpleQueue()
        self.healths: SimpleQueue[None] = SimpleQueue()

    def send(self, message: str, data: Any) -> None:
        assert message == "answer"
        self.sent.put(data)

    def health_changed(self) -> None:
        self.healths.put(None)

    def answer(self) -> Any:
        return self.sent.get(timeout=PATIENCE_S)


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def work(outbox: Outbox) -> Iterator[Work]:
    started: list[Boards] = []

    def start(config: HardwareConfig) -> Boards:
        boards = Boards(config, outbox)
        boards.start()
        started.append(boards)
        return boards

    yield start
    for boards in started:
        boards.stop()


@pytest.fixture
def lights(work: Work, outbox: Outbox) -> Lights:
    """The answer of the first board when it is looked for, showing 7."""

    def light(config: HardwareConfig) -> dict[str, Any]:
        boards, one = work(config), config.boards[0]
        boards.tell(one.bus, one.name, BoardState(Kind.NUMBER, "7"))
        wait_until(outbox, boards, one.name, Condition.SENT)
        answer: dict[str, Any] = ask(boards, outbox, board=one.name)["data"]
        return answer

    return light


def ask(boards: Boards, outbox: Outbox, **data: Any) -> Any:
    boards.questions()["light"](Ask("1", data, outbox))
    return outbox.answer()


def wait_until(outbox: Outbox, boards: Boards, name: str, condition: Condition) -> None:
    bus = next(iter(boards.buses.values()))
    while bus.health_of(name).condition is not condition:
        outbox.healths.get(timeout=PATIENCE_S)


def test_a_board_that_is_looked_for_blinks_and_then_shows_its_number_again(line: Line, work: Work, outbox: Outbox):
    look = {"blink_ms": 500}
    boards = work(configured([a_bus("hall", line.path)], [a_board("one", "hall", look=look)]))
    boards.tell("hall", "one", BoardState(Kind.NUMBER, "A001"))
    line.hear(b"A001#")
    answer = ask(boards, outbox, board="one", seconds=0.9)
    assert answer == {"id": "1", "ok": True, "data": {"sent": True, "state": "sent", "text": "8888"}}
    assert line.hear_until(lambda: line.heard.count(b"#") == 4) == b"$001,A001#$001,8888#$001,    #$001,A001#"


def test_a_call_goes_before_the_search(line: Line, work: Work, outbox: Outbox):
    boards = work(configured([a_bus("hall", line.path)], [a_board("one", "hall")]))
    boards.tell("hall", "one", BoardState(Kind.NUMBER, "A001"))
    line.hear(b"A001#")
    assert ask(boards, outbox, board="one", text="1234", seconds=60)["ok"]
    line.hear(b"1234#")
    boards.tell("hall", "one", BoardState(Kind.NUMBER, "A002"))
    line.hear(b"A002#")


def test_of_a_board_that_answers_it_is_known_that_it_lit(work: Work, outbox: Outbox):
    boards = work(configured([a_bus("air", "virtual://air")], [a_board("digits", "air", "modbus")]))
    boards.tell("air", "digits", BoardState(Kind.NUMBER, "7"))
    wait_until(outbox, boards, "digits", Condition.SHOWN)
    assert ask(boards, outbox, board="digits")["data"] == {"sent": True, "state": "shown", "text": "8888"}


def test_a_search_on_a_dead_line_says_why(line: Line, work: Work, outbox: Outbox):
    line.unplug()
    boards = work(configured([a_bus("hall", line.path)], [a_board("one", "hall")]))
    data = ask(boards, outbox, board="one")["data"]
    assert data["state"] == "down"
    assert data["sent"] is False


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"board": "two"}, "unknown_board"),
        ({}, "bad_question"),
        ({"board": "one", "seconds": 1e9}, "bad_question"),
        ({"board": "one", "seconds": True, "text": 7}, "bad_question"),
        ({"board": "one", "text": "123456"}, "cannot_show"),
    ],
)
def test_a_search_that_makes_no_sense_is_refused(
    line: Line, work: Work, outbox: Outbox, data: dict[str, Any], code: str
):
    boards = work(configured([a_bus("hall", line.path)], [a_board("one", "hall")]))
    boards.tell("hall", "one", BoardState(Kind.NUMBER, "A001"))
    line.hear(b"A001#")
    wait_until(outbox, boards, "one", Condition.SENT)
    answer = ask(boards, outbox, **data)
    assert (answer["ok"], answer["code"]) == (False, code)
    assert boards.buses["hall"].health_of("one").condition is Condition.SENT
    boards.tell("hall", "one", BoardState(Kind.NUMBER, "A002"))
    assert line.hear(b"A002#") == b"$001,A001#$001,A002#", "it went dark for a text that it cannot show"


@pytest.mark.parametrize(
    ("settings", "text", "lit"),
    [
        ({"options": {"preset": "qsystem"}, "width": 3}, "888", b"\x01\x01888\x07"),
        ({"options": {"preset": "qsystem", "template": {"text": {"width": 3}}}}, "888", b"\x01\x01888\x07"),
        ({"options": {"preset": "numeric-4byte"}}, "8888", bytes([1, 0x22, 0xB8, 0xDB])),
        ({"options": {"preset": "led-485"}, "width": 1}, "8", b"$001,8#"),
    ],
)
def test_a_board_is_lit_with_as_many_places_as_it_has(
    line: Line, lights: Lights, settings: dict[str, Any], text: str, lit: bytes
):
    look = {"paused": "", "offline": ""}
    data = lights(configured([a_bus("hall", line.path)], [a_board("one", "hall", look=look, **settings)]))
    assert data == {"sent": True, "state": "sent", "text": text}
    line.hear(lit)


def test_a_call_that_waits_for_the_line_goes_out_before_the_light(line: Line, work: Work, outbox: Outbox):
    boards = [a_board("one", "hall"), a_board("two", "hall", address=2)]
    hall = work(configured([a_bus("hall", line.path, gap_ms=400)], boards))
    hall.tell("hall", "two", BoardState(Kind.NUMBER, "B001"))
    line.hear(b"B001#")
    hall.tell("hall", "one", BoardState(Kind.NUMBER, "A001"))
    assert ask(hall, outbox, board="one", seconds=60)["data"]["text"] == "8888"
    assert line.hear(b"8888#") == b"$002,B001#$001,A001#$001,8888#"


def test_a_sign_that_was_replaced_is_given_its_memory_on_request(line: Line, work: Work, outbox: Outbox):
    sign = a_board("sign", "hall", "alpha", options={})
    boards = work(configured([a_bus("hall", line.path)], [sign]))
    boards.tell("hall", "sign", BoardState(Kind.NUMBER, "A001"))
    line.hear(b"E$")
    assert ask(boards, outbox, board="sign", setup=True)["data"]["text"] == ""
    line.hear_until(lambda: line.heard.count(b"E$") == 2)
