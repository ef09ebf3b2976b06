"""The installer uses the port of a line that runs, between two of its frames."""

import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from lines import Line, Running, a_board, a_bus, configured
from scripted import Pad

from hardware.config import BusConfig, HardwareConfig
from hardware.drivers.base import Reply
from hardware.health import Condition
from hardware.lines.borrowing import LineBusyError, LineClosedError
from hardware.lines.ports import Port

Start = Callable[[HardwareConfig], Running]


def running_line(line: Line, start: Start) -> Running:
    running = start(configured([a_bus("hall", line.path)], [a_board("one", "hall")]))
    running.show("hall", "one", "A001")
    line.hear(b"A001#")
    running.wait("one", Condition.SENT)
    return running


def test_a_question_is_asked_on_the_port_that_the_line_holds(line: Line, start: Start):
    running = running_line(line, start)

    def question(port: Port, config: BusConfig) -> bytes:
        assert config.name == "hall"
        port.write(b"who?")
        line.say(b"me")
        return port.read_reply(Reply(re.compile(b"me"), 5000), 0)

    assert running.buses["hall"].run(question, timeout_s=10) == b"me"
    running.show("hall", "one", "A002")
    assert line.hear(b"A002#") == b"$001,A001#who?$001,A002#"


def test_a_key_pressed_amid_a_question_is_heard(line: Line):
    pad = Pad("pad")

    def question(port: Port, _config: BusConfig) -> bytes:
        line.say(b"key,me")
        return port.read_reply(Reply(re.compile(b"me"), 5000), 0)

    with Running(configured([a_bus("hall", line.path)], []), {"hall": [pad]}) as running:
        running.show("hall", "pad", "green")
        line.hear(b"<green>")
        assert running.buses["hall"].run(question, timeout_s=10).endswith(b"me")
        assert pad.wait(b"me") == b"key,me"


def test_after_a_trial_every_board_shows_its_number_again(line: Line, start: Start):
    running = running_line(line, start)
    running.buses["hall"].run(lambda port, _: port.write(b"$001,8888#"), timeout_s=10)
    running.buses["hall"].show_again()
    line.hear_until(lambda: line.heard.endswith(b"$001,8888#$001,A001#"))


def test_what_goes_wrong_in_a_question_is_the_askers_and_not_the_lines(line: Line, start: Start):
    running = running_line(line, start)

    def question(_port: Port, _config: BusConfig) -> None:
        raise ValueError("no such address")

    with pytest.raises(ValueError, match="no such address"):
        running.buses["hall"].run(question, timeout_s=10)
    running.show("hall", "one", "A002")
    line.hear(b"A002#")


def test_a_line_that_is_down_lends_nothing(tmp_path: Path, start: Start):
    running = start(configured([a_bus("hall", tmp_path / "nothing")], [a_board("one", "hall")]))
    running.wait_for_reason("one", "No such file")
    with pytest.raises(LineClosedError):
        running.buses["hall"].run(lambda port, _: port.write(b"x"), timeout_s=10)


def test_a_line_that_is_busy_for_too_long_is_not_waited_for_and_the_question_is_dropped(line: Line, start: Start):
    running = running_line(line, start)
    begun, enough = threading.Event(), threading.Event()

    def long_question(_port: Port, _config: BusConfig) -> bool:
        begun.set()
        return enough.wait(10)

    asker = threading.Thread(target=running.buses["hall"].run, args=(long_question, 10))
    asker.start()
    assert begun.wait(10)
    with pytest.raises(LineBusyError):
        running.buses["hall"].run(lambda port, _: port.write(b"too late"), timeout_s=0.05)
    enough.set()
    asker.join()
    running.show("hall", "one", "A002")
    assert line.hear(b"A002#") == b"$001,A001#$001,A002#"


def test_a_port_that_fails_in_the_askers_hands_is_opened_anew(line: Line, start: Start):
    running = running_line(line, start)

    def pull(port: Port, _config: BusConfig) -> None:
        line.unplug()
        port.take_input()

    with pytest.raises(Exception, match="line"):
        running.buses["hall"].run(pull, timeout_s=10)
    running.wait("one", Condition.DOWN)
    with pytest.raises(LineClosedError):
        running.buses["hall"].run(pull, timeout_s=10)
    line.plug_in()
    line.hear(b"$001,A001#")
