"""Listening to a line that nobody knows, and speaking to it."""

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner
from lines import Line

from hardware.cli import hardware
from hardware.installer.commands.watch import _Reader
from hardware.installer.watching import Utterances

Watch = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def watch(line: Line) -> Iterator[Watch]:
    """The tool as a process, with a terminal's two ends."""
    started: list[subprocess.Popen[str]] = []

    def start(*words: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-u", "-m", "hardware", "watch", "--port", str(line.path), *map(str, words)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        started.append(process)
        assert process.stdout is not None
        assert "at 9600 8N1" in process.stdout.readline()
        process.stdout.readline()
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def type_in(process: "subprocess.Popen[str]", typed: str) -> None:
    assert process.stdin is not None
    process.stdin.write(typed + "\n")
    process.stdin.flush()


def next_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_what_is_heard_and_what_is_typed_is_printed_with_its_time(watch: Watch, line: Line):
    process = watch()
    line.say(b"\x01%1\x07")
    assert re.match(r" +\d+ +\+\d+ <- 01 25 31 07 +\.%1\.$", next_line(process))
    type_in(process, "24 30 30 31 2C")
    assert line.hear(b",") == b"$001,"
    assert re.match(r" +\d+ +\+\d+ -> 24 30 30 31 2C +\$001,$", next_line(process))
    type_in(process, '"A012"')
    assert line.hear(b"A012") == b"$001,A012"
    next_line(process)
    type_in(process, "hello")
    assert "not sent: 'hello' is not pairs of hex digits; text goes in quotes" in next_line(process)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0


def test_with_a_driver_what_is_typed_is_shown_on_the_board(watch: Watch, line: Line):
    process = watch("--driver", "frame", "--preset", "led-485", "--address", 7)
    type_in(process, "A012")
    assert line.hear(b"#") == b"$007,A012#"
    assert "-> 24 30 30 37" in next_line(process)
    type_in(process, "ABCDEF")
    assert "not sent: cannot show 'ABCDEF'" in next_line(process)


def test_it_ends_by_itself_when_told_how_long(line: Line):
    result = CliRunner().invoke(hardware, ["watch", "--port", str(line.path), "--seconds", "0"])
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "--port is missing"),
        (("--port", "/nowhere"), "No such file"),
        (("--port", "/nowhere", "--driver", "x"), "there is no driver 'x'"),
        (("--port", "/nowhere", "--driver", "modbus", "--address", 300), "have no address 300"),
    ],
)
def test_what_cannot_be_watched_is_said(words: tuple[object, ...], told: str):
    result = CliRunner().invoke(hardware, ["watch", *(str(word) for word in words)])
    assert result.exit_code != 0
    assert told in result.output


def test_bytes_that_come_together_are_one_line_and_a_silence_begins_another():
    heard = Utterances(started=100.0, gap_s=0.02)
    assert heard.heard(b"\x01\x25", 100.5) is None
    assert heard.heard(b"\x31\x07", 100.51) is None
    assert heard.heard(b"", 100.52) is None
    first = heard.heard(b"", 100.54)
    assert first is not None
    assert (first.at_ms, first.after_ms, first.data) == (pytest.approx(500), pytest.approx(500), b"\x01\x25\x31\x07")
    assert heard.heard(b"\x01", 101.0) is None
    second = heard.heard(b"\x02", 101.5)
    assert second is not None
    assert (second.data, second.after_ms) == (b"\x01", pytest.approx(500))
    rest = heard.flush()
    assert rest is not None
    assert rest.data == b"\x02"
    assert heard.flush() is None


def test_typed_text_may_hold_what_looks_like_hex():
    assert _Reader(None).bytes_of("24") == [b"$"]
    assert _Reader(None).bytes_of('"24"') == [b"24"]
    assert _Reader(None).bytes_of("") == []
    with pytest.raises(ValueError, match="No closing quotation"):
        _Reader(None).bytes_of('"24')
