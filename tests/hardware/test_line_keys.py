"""Keypads on the boards' own line: every byte is heard, whatever the line is doing, and a lamp answers first."""

from time import monotonic

from lines import Babble, Line, Running, a_board, a_bus, configured
from scripted import Pad

from hardware.health import Code, Condition
from hardware.protocols import rtu

PRESS = bytes.fromhex("01 25 31 07")


def test_a_key_on_a_quiet_line_is_heard(line: Line):
    pad = Pad("pad")
    with Running(configured([a_bus("hall", line.path)], []), {"hall": [pad]}) as running:
        running.show("hall", "pad", "green")
        line.hear(b"<green>")
        line.say(PRESS)
        assert pad.wait(PRESS) == PRESS


def test_a_key_between_a_question_and_its_answer_is_heard_and_the_answer_too(line: Line):
    pad = Pad("pad")
    board = a_board("digits", "hall", "modbus", address=2)
    with Running(configured([a_bus("hall", line.path)], [board]), {"hall": [pad]}) as running:
        running.show("hall", "digits", "B007")
        request = line.hear_until(lambda: len(line.heard) == 21)
        answer = rtu.expected_reply(request)
        line.say(PRESS)
        pad.wait(PRESS)
        line.say(answer)
        assert pad.wait(answer) == PRESS + answer


def test_a_key_in_the_silence_after_a_frame_is_heard_before_the_silence_ends(line: Line):
    pad = Pad("pad")
    config = configured([a_bus("hall", line.path, gap_ms=1500)], [a_board("plain", "hall")])
    with Running(config, {"hall": [pad]}) as running:
        running.show("hall", "plain", "A001")
        line.hear(b"A001#")
        running.show("hall", "plain", "A002")
        line.say(PRESS)
        pad.wait(PRESS)
        line.hear(b"A002#")
        assert pad.heard_at < monotonic() - 0.3


def test_endless_noise_is_heard_and_does_not_keep_the_line_from_its_numbers(line: Line):
    pad = Pad("pad")
    config = configured([a_bus("hall", line.path)], [a_board("plain", "hall")])
    with Running(config, {"hall": [pad]}) as running, Babble(line):
        pad.wait(b"U" * 100)
        for number in ("A001", "A002"):
            running.show("hall", "plain", number)
            line.hear(f"{number}#".encode())


def test_the_lamp_goes_before_the_numbers_that_wait(line: Line):
    boards = [a_board(f"board {n}", "hall", address=n) for n in range(1, 6)]
    with Running(configured([a_bus("hall", line.path, gap_ms=300)], boards), {"hall": [Pad("pad")]}) as running:
        for board in boards:
            running.show("hall", str(board["name"]), "A001")
        line.hear(b"#")
        running.show("hall", "pad", "red")
        line.hear(b"<red>")
        assert line.heard.count(b"#") < 4
        line.hear_until(lambda: line.heard.count(b"#") == 5)


def test_the_lamp_does_not_wait_for_a_board_that_is_silent_and_that_board_is_asked_again(line: Line):
    board = a_board("digits", "hall", "modbus", address=2, options={"preset": "led-485", "timeout_ms": 5000})
    with Running(configured([a_bus("hall", line.path)], [board]), {"hall": [Pad("pad")]}) as running:
        running.show("hall", "digits", "B007")
        request = line.hear_until(lambda: len(line.heard) == 21)
        line.say(PRESS)
        running.show("hall", "pad", "red")
        assert line.hear(b"<red>") == request + b"<red>"
        assert running.health("digits").reason.code is Code.NOTHING_SENT, "whether it is there is not known yet"
        line.hear_until(lambda: line.heard.count(request) == 2)
        line.say(rtu.expected_reply(request))
        running.wait("digits", Condition.SHOWN, "B007")


def test_a_key_is_heard_after_the_line_came_back(line: Line):
    pad = Pad("pad")
    with Running(configured([a_bus("hall", line.path)], []), {"hall": [pad]}) as running:
        running.show("hall", "pad", "green")
        line.hear(b"<green>")
        line.unplug()
        running.wait("pad", Condition.DOWN)
        line.plug_in()
        line.hear(b"<green>")
        line.say(PRESS)
        pad.wait(PRESS)
