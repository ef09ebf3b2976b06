"""What a board family may ask of its line: to be set up, spared, left in peace for a while, to blink by itself."""

import re
from pathlib import Path

from lines import Line, Running, a_board, a_bus, configured
from scripted import Pad, Script

from hardware.config import HardwareConfig
from hardware.drivers.base import Frame, Reply
from hardware.health import Code, Condition

OK = Reply(re.compile(b"ok"), timeout_ms=100)


def on_a_line(path: Path, **settings: object) -> HardwareConfig:
    """A bus with one board of the LED-485 kind; the scripted ones come as companions."""
    return configured([a_bus("hall", path, **settings)], [a_board("plain", "hall")])


def test_at_every_opening_a_board_is_set_up_but_its_memory_is_erased_once_only(line: Line):
    sign = Pad("sign", Script(first=(Frame(b"<memory>", once=True), Frame(b"<bright>"))))
    with Running(on_a_line(line.path), {"hall": [sign]}) as running:
        running.show("hall", "sign", "A001")
        assert line.hear(b"<A001>") == b"<memory><bright><A001>"
        running.show("hall", "sign", "A002")
        assert line.hear(b"<A002>") == b"<memory><bright><A001><A002>"
        line.unplug()
        running.wait("sign", Condition.DOWN)
        line.plug_in()
        assert line.hear(b"A002>") == b"<bright><A002>"


def test_a_call_that_came_while_the_line_was_away_is_written_whole(line: Line):
    with Running(on_a_line(line.path), {"hall": [Pad("sign")]}) as running:
        running.show("hall", "sign", "A001")
        line.hear(b"<A001>")
        line.unplug()
        running.wait("sign", Condition.DOWN)
        running.show("hall", "sign", "A002")
        line.plug_in()
        assert line.hear(b"A002>").startswith(b"<A002>")


def test_a_board_that_cannot_be_set_up_is_down_alone(line: Line):
    sign = Pad("sign", Script(first=(Frame(b"<memory>", OK),)))
    with Running(on_a_line(line.path), {"hall": [sign]}) as running:
        running.show("hall", "sign", "A001")
        assert running.wait_for_reason("sign", "no answer").reason.code is Code.NO_ANSWER
        running.show("hall", "plain", "B001")
        line.hear(b"$001,B001#")
        line.hear_until(lambda: line.heard.count(b"<memory>") == 2)
        line.say(b"ok")
        line.hear(b"<A001>")
        running.wait("sign", Condition.SENT, "A001")


def test_at_the_interval_a_board_is_told_only_what_its_family_repeats(line: Line):
    with Running(on_a_line(line.path, resend_s=1), {"hall": [Pad("sign")]}) as running:
        running.show("hall", "sign", "A001")
        assert line.hear(b"<again A001>") == b"<A001><again A001>"


def test_a_board_that_blinks_by_itself_gets_two_frames_a_call(line: Line):
    with Running(on_a_line(line.path), {"hall": [Pad("sign", Script(blinks=True))]}) as running:
        running.show("hall", "sign", "A001", blink_s=0.5)
        assert line.hear(b"<A001>") == b"<*A001><A001>"


def test_while_one_board_is_deaf_the_others_are_served(line: Line):
    sign = Pad("sign", Script(deaf_ms=400), urgent=False)
    with Running(on_a_line(line.path), {"hall": [sign]}) as running:
        running.show("hall", "sign", "A 001")
        line.hear(b"<A>")
        running.show("hall", "plain", "B001")
        assert line.hear(b"<001>") == b"<A>$001,B001#<001>"
        running.wait("sign", Condition.SENT, "A 001")


def test_a_number_that_came_while_the_board_was_deaf_is_not_preceded_by_the_rest_of_the_old(line: Line):
    with Running(on_a_line(line.path), {"hall": [Pad("sign", Script(deaf_ms=300))]}) as running:
        running.show("hall", "sign", "A 001")
        line.hear(b"<A>")
        running.show("hall", "sign", "B 002")
        assert line.hear(b"<002>") == b"<A><B><002>"


def test_a_deaf_setup_goes_on_where_it_was(line: Line):
    sign = Pad("sign", Script(first=(Frame(b"<reset>", deaf_ms=200), Frame(b"<memory>", deaf_ms=200))))
    with Running(on_a_line(line.path), {"hall": [sign]}) as running:
        running.show("hall", "sign", "A001")
        line.hear(b"<reset>")
        running.show("hall", "sign", "A002")
        assert line.hear(b"<A002>") == b"<reset><memory><A002>"
