"""Real bytes on pseudo-terminals: what a line may do to a bus, and what it must not do to another."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

from lines import Babble, Line, Running, a_board, a_bus, configured

from hardware.config import HardwareConfig
from hardware.health import Code, Condition, Reason
from hardware.protocols import rtu

Start = Callable[[HardwareConfig], Running]


def test_a_number_reaches_the_wire_and_is_claimed_as_sent_only(line: Line, start: Start):
    running = start(configured([a_bus("hall", line.path)], [a_board("one", "hall")]))
    running.show("hall", "one", "A012")
    assert line.hear(b"#") == b"$001,A012#"
    assert running.wait("one", Condition.SENT).shown == "A012"


def test_a_slow_line_gets_only_the_newest_of_ten_numbers(line: Line, other_line: Line, start: Start):
    buses = [a_bus("slow", line.path, gap_ms=1500), a_bus("quick", other_line.path)]
    running = start(configured(buses, [a_board("one", "slow"), a_board("two", "quick")]))
    running.show("slow", "one", "A000")
    line.hear(b"$001,A000#")
    for n in range(1, 11):
        running.show("slow", "one", f"A{n:03}")
        # the quick line goes once there and back, so that the slow one has had the time to take what it should not
        running.show("quick", "two", f"B{n:03}")
        other_line.hear(f"B{n:03}#".encode())
    assert line.hear(b"A010#") == b"$001,A000#$001,A010#"


def test_a_fresh_call_blinks_and_ends_lit(line: Line, start: Start):
    look = {"blink_ms": 500}
    running = start(configured([a_bus("hall", line.path)], [a_board("one", "hall", look=look)]))
    running.show("hall", "one", "A012", blink_s=0.9)
    heard = line.hear_until(lambda: line.heard.count(b"#") == 3)
    assert heard == b"$001,A012#$001,    #$001,A012#"


def test_boards_of_two_families_share_one_line(line: Line, start: Start):
    boards = [a_board("text", "hall"), a_board("digits", "hall", "modbus", address=2)]
    running = start(configured([a_bus("hall", line.path)], boards))
    running.show("hall", "digits", "B007")
    request = line.hear_until(lambda: len(line.heard) == 21)
    line.say(rtu.expected_reply(request))
    running.wait("digits", Condition.SHOWN, "B007")
    running.show("hall", "text", "A012")
    line.hear(b"$001,A012#")
    running.wait("text", Condition.SENT, "A012")


def test_a_board_that_does_not_answer_is_down_and_is_tried_again(line: Line, start: Start):
    options = {"preset": "led-485", "reply": {"expect": "06", "timeout_ms": 500}}
    running = start(configured([a_bus("hall", line.path)], [a_board("one", "hall", options=options)]))
    running.show("hall", "one", "A012")
    reason = running.wait_for_reason("one", "no answer").reason
    assert reason == Reason(Code.NO_ANSWER, "no answer within 500 ms")
    line.hear(b"A012#$001,A012#")
    line.say(b"\x06")
    running.wait("one", Condition.SHOWN, "A012")


def test_a_late_answer_of_one_board_is_not_taken_for_the_next_ones(line: Line, start: Start):
    options = {"preset": "led-485", "reply": {"expect": "06", "timeout_ms": 50}}
    boards = [a_board("late", "hall", options=options), a_board("silent", "hall", address=2, options=options)]
    running = start(configured([a_bus("hall", line.path, gap_ms=500)], boards))
    running.show("hall", "late", "A001")
    running.show("hall", "silent", "A002")
    line.hear(b"$001,A001#")
    running.wait_for_reason("late", "no answer")
    line.say(b"\x06")
    line.hear(b"$002,A002#")
    running.wait_for_reason("silent", "no answer")


def test_a_clogged_line_is_told_and_recovers_while_another_goes_on(line: Line, other_line: Line, start: Start):
    buses = [a_bus("stuck", line.path, write_timeout_s=0.2), a_bus("well", other_line.path)]
    line.clog()
    running = start(configured(buses, [a_board("one", "stuck"), a_board("two", "well")]))
    running.show("stuck", "one", "A001")
    down = running.wait_for_reason("one", "takes no bytes")
    assert (down.condition, down.reason.code) == (Condition.DOWN, Code.STUCK)
    assert "next attempt in" in down.detail(down.since)
    running.show("well", "two", "A002")
    other_line.hear(b"$001,A002#")
    running.show("stuck", "one", "A003")
    line.unclog()
    assert line.hear(b"#") == b"$001,A003#"
    running.wait("one", Condition.SENT, "A003")


def test_a_full_buffer_is_no_better(line: Line, start: Start):
    os.set_blocking(line._slave, False)
    try:
        while os.write(line._slave, b"x" * 1024):
            pass
    except BlockingIOError:
        pass
    running = start(configured([a_bus("stuck", line.path, write_timeout_s=0.1)], [a_board("one", "stuck")]))
    running.show("stuck", "one", "A001")
    running.wait_for_reason("one", "takes no bytes")


def test_a_line_that_was_unplugged_shows_the_present_number_on_its_return(line: Line, other_line: Line, start: Start):
    buses = [a_bus("pulled", line.path), a_bus("well", other_line.path)]
    running = start(configured(buses, [a_board("one", "pulled"), a_board("two", "well")]))
    running.show("pulled", "one", "A001")
    running.wait("one", Condition.SENT, "A001")
    line.unplug()
    running.wait("one", Condition.DOWN)
    running.show("pulled", "one", "A002")
    running.show("well", "two", "B001")
    other_line.hear(b"B001#")
    line.plug_in()
    assert line.hear(b"#") == b"$001,A002#"
    running.wait("one", Condition.SENT, "A002")


def test_a_line_that_comes_back_is_told_its_number_again_though_nothing_changed(line: Line, start: Start):
    running = start(configured([a_bus("pulled", line.path)], [a_board("one", "pulled")]))
    running.show("pulled", "one", "A001")
    line.hear(b"A001#")
    line.unplug()
    line.plug_in()
    assert line.hear(b"#") == b"$001,A001#"


def test_a_port_that_was_never_there_is_named(tmp_path: Path, start: Start):
    running = start(configured([a_bus("hall", tmp_path / "nothing")], [a_board("one", "hall")]))
    health = running.wait_for_reason("one", "nothing: No such file")
    assert (health.condition, health.reason.code) == (Condition.DOWN, Code.PORT_MISSING)


def test_a_babbling_line_still_gets_its_numbers_and_disturbs_nobody(line: Line, other_line: Line, start: Start):
    buses = [a_bus("noisy", line.path), a_bus("well", other_line.path)]
    answering = a_board("answering", "noisy", "modbus", address=3)
    running = start(configured(buses, [a_board("one", "noisy"), answering, a_board("two", "well")]))
    with Babble(line):
        running.show("noisy", "answering", "A001")
        assert "not an answer" in running.wait_for_reason("answering", "55 55").reason.detail
        running.show("noisy", "one", "A002")
        line.hear(b"$001,A002#")
        running.show("well", "two", "B001")
        other_line.hear(b"B001#")


def test_a_number_that_does_not_fit_darkens_the_board_and_is_told(line: Line, start: Start):
    options = {"preset": "led-485", "template": {"text": {"width": 2}}}
    board = a_board("one", "hall", options=options, look={"paused": "-"})
    running = start(configured([a_bus("hall", line.path)], [board]))
    running.show("hall", "one", "A123")
    assert "2 places" in running.wait_for_reason("one", "cannot show").reason.detail
    assert line.hear(b"#") == b"$001,  #"


def test_a_serial_server_on_the_network_is_a_line_like_any_other(start: Start):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        running = start(configured([a_bus("far", f"socket://127.0.0.1:{port}")], [a_board("one", "far")]))
        running.show("far", "one", "A012")
        connection, _ = server.accept()
        with connection:
            assert connection.recv(64) == b"$001,A012#"
        running.wait("one", Condition.DOWN)
        again, _ = server.accept()
        with again:
            assert again.recv(64) == b"$001,A012#"


def test_a_virtual_board_shows_what_the_bytes_say(start: Start):
    boards = [a_board("text", "air"), a_board("digits", "air", "modbus", address=2)]
    running = start(configured([a_bus("air", "virtual://hall")], boards))
    running.show("air", "text", "A012")
    running.show("air", "digits", "B007")
    running.wait("text", Condition.SENT, "A012")
    running.wait("digits", Condition.SHOWN, "B007")
