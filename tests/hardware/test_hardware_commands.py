"""The installer's tools, as typed."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lines import Line

from hardware.cli import hardware
from hardware.protocols import rtu


@pytest.fixture
def config(tmp_path: Path, line: Line) -> Path:
    path = tmp_path / "toiluot.toml"
    path.write_text(
        f"""
        [[hardware.buses]]
        name = "hall"
        url = "{line.path}"
        [[hardware.buses]]
        name = "gone"
        url = "{tmp_path / "nothing"}"
        [[hardware.boards]]
        name = "one"
        counter = 1
        bus = "hall"
        driver = "frame"
        options = {{ preset = "led-485" }}
        [[hardware.boards]]
        name = "far"
        counter = 2
        bus = "gone"
        driver = "modbus"
        options = {{ preset = "led-485" }}
        """,
        encoding="utf-8",
    )
    return path


@pytest.fixture
def answering_unit_3(line: Line) -> Iterator[None]:
    """A slave that answers the scan's question of unit 3 only."""
    question = rtu.read_registers(3, 0x70, 1)

    def answer() -> None:
        line.hear(question)
        line.say(rtu.with_crc(bytes([3, 3, 2, 0x41, 0x30])))

    thread = threading.Thread(target=answer)
    thread.start()
    yield
    thread.join()


def typed(*words: object) -> Result:
    return CliRunner().invoke(hardware, [str(word) for word in words])


def test_list_tells_which_lines_can_be_opened(config: Path):
    told = json.loads(typed("list", "--config", config, "--json").stdout)
    assert [(bus["name"], bus["reachable"]) for bus in told["buses"]] == [("hall", True), ("gone", False)]
    assert "No such file" in told["buses"][1]["detail"]
    assert [board["name"] for board in told["boards"]] == ["one", "far"]
    assert "counter" in typed("list", "--config", config).stdout


def test_send_shows_a_text_on_a_board_and_prints_the_frame(config: Path, line: Line):
    result = typed("send", "--config", config, "one", "A012")
    assert result.exit_code == 0
    assert "24 30 30 31 2C 41 30 31 32 23   $001,A012#" in result.output
    assert "sent" in result.output
    assert line.hear(b"#") == b"$001,A012#"


def test_send_writes_raw_bytes_to_any_port(line: Line):
    result = typed("send", "--hex", "24 30 31", "--port", line.path, "--listen-ms", 0)
    assert result.exit_code == 0
    assert line.hear(b"1") == b"$01"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("one", "A12345"), "cannot show 'A12345': the board has 4 places"),
        (("nobody", "A012"), "there is no board 'nobody'; the boards are: one, far"),
        (("far", "A012"), "No such file"),
        (("--hex", "2", "--port", "loop://"), "'2' is not pairs of hex digits"),
        (("--hex", "24"), "--hex needs --port"),
        (("one",), "name a BOARD and a TEXT"),
    ],
)
def test_send_says_what_is_wrong(config: Path, words: tuple[str, ...], told: str):
    result = typed("send", "--config", config, *words)
    assert result.exit_code != 0
    assert told in result.output


@pytest.mark.usefixtures("answering_unit_3")
def test_scan_finds_the_address_that_answers(line: Line):
    result = typed("scan", "--port", line.path, "--addresses", "2-4")
    assert "address 3 answers 03 03 02 41 30" in result.output
    assert "1 of 3 addresses answered" in result.output


def test_scan_without_a_port_lists_the_ports():
    assert typed("scan").exit_code == 0


def test_a_scan_of_nonsense_is_refused(line: Line):
    assert "is not like 1-32" in typed("scan", "--port", line.path, "--addresses", "5-1").output
    assert "no preset" in typed("scan", "--port", line.path, "--preset", "x").output


def test_a_mistake_in_the_file_is_told_in_one_line(tmp_path: Path):
    path = tmp_path / "toiluot.toml"
    path.write_text("[hardware]\nhubb = 'x'\n", encoding="utf-8")
    result = typed("run", "--config", path)
    assert result.exit_code == 1
    assert "unknown key 'hubb' in hardware; did you mean 'hub'?" in result.output
