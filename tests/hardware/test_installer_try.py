"""A person before a board of an unknown make, answering with one key."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from lines import Line
from wall import Wall

from hardware import drivers
from hardware.cli import hardware
from hardware.config import BusConfig, load
from hardware.installer.candidates import candidates
from hardware.installer.snippet import NewBoard, name_for, with_board
from hardware.installer.trying import TEXT, attempts

FAST = ("--driver", "frame")

_LINE = BusConfig(name="x", url="x")


def typed(*words: object) -> Result:
    return CliRunner().invoke(hardware, ["try", *(str(word) for word in words)])


@pytest.fixture(autouse=True)
def _at_a_place_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found may be written to ./toiluot.toml."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], str]], None]:
    """Have a function press the keys."""
    return lambda press: monkeypatch.setattr(click, "getchar", press)


Keys = Callable[[Callable[[], str]], None]


def test_the_preset_that_shows_8888_is_found_and_written(line: Line, tmp_path: Path, keys: Keys):
    file = tmp_path / "toiluot.toml"
    file.write_text('db = "x.db"  # ours\n', encoding="utf-8")
    board = drivers.build("frame", 3, {"preset": "edi-ed400"}).simulate()
    with Wall(line, it=board) as wall:
        keys(lambda: "y" if wall.look("it") == TEXT else "n")
        result = typed("--config", file, "--port", line.path, "--address", 3, "--counter", 12, *FAST, "--write")
    assert result.exit_code == 0, result.output
    assert "Bạn có thấy 8888 không? / Do you see 8888?" in result.output
    config = load(file)
    assert config.buses[0].model_dump(exclude_defaults=True) == {"name": "line-1", "url": str(line.path)}
    written = config.boards[0]
    assert (written.counter, written.address, written.options) == (12, 3, {"preset": "edi-ed400"})
    assert file.read_text(encoding="utf-8").startswith('db = "x.db"  # ours\n')


def test_whoever_saw_it_too_late_goes_back(line: Line, keys: Keys):
    pressed = iter("nbyn")
    keys(lambda: next(pressed))
    result = typed("--port", line.path, *FAST)
    first = result.output.splitlines()[0].removeprefix("1/")
    assert result.output.count(first) == 2
    assert "[[hardware.boards]]" in result.output
    assert "Written" not in result.output


def test_an_unknown_key_is_no_answer_and_q_ends(line: Line, tmp_path: Path, keys: Keys):
    pressed = iter("?xq")
    keys(lambda: next(pressed))
    result = typed("--config", tmp_path / "none.toml", "--port", line.path, *FAST)
    assert result.exit_code == 0
    assert "2/" not in result.output


def test_a_sign_is_not_erased_unless_somebody_says_so(line: Line, keys: Keys):
    keys(lambda: "n")
    with Wall(line, it=drivers.build("alpha", 1, {"preset": "alpha"}).simulate()) as wall:
        result = typed("--port", line.path, "--driver", "alpha")
        assert wall.heard == b""
    assert result.output.count("Erase and try?") == 1
    assert "left out" in result.output


def test_nothing_that_erases_comes_before_what_does_not():
    every = attempts([_LINE], candidates(), 1)
    erasing = [attempt.erases for attempt in every]
    assert erasing == sorted(erasing)
    assert any(erasing)
    assert {attempt.candidate.family for attempt in every} == set(drivers.families())
    # the maker's own setting of an Alpha sign is tried too
    assert {attempt.line.parity for attempt in every if attempt.candidate.family == "alpha"} == {"N", "E"}


def test_a_board_that_answers_is_heard(line: Line, keys: Keys):
    with Wall(line, it=drivers.build("modbus", 1, {"preset": "dm56a04"}).simulate()) as wall:
        keys(lambda: "c" if wall.look("it") == TEXT else "k")
        result = typed("--port", line.path, "--driver", "modbus", "--preset", "dm56a04")
    assert "the line answers: 01 10" in result.output
    assert "(shown)" in result.output


def test_a_second_board_joins_the_bus_that_has_the_port(line: Line, tmp_path: Path, keys: Keys):
    file = tmp_path / "toiluot.toml"
    file.write_text(
        f'[[hardware.buses]]\nname = "hall"\nurl = "{line.path}"\n'
        '[[hardware.boards]]\nname = "one"\ncounter = 1\nbus = "hall"\ndriver = "frame"\noptions.preset = "led-485"\n',
        encoding="utf-8",
    )
    keys(lambda: "y")
    words = ("--config", file, "--port", line.path, "--driver", "frame", "--preset", "led-485", "--write")
    assert typed(*words, "--address", 2, "--counter", 2).exit_code == 0
    part = tomllib.loads(file.read_text(encoding="utf-8"))["hardware"]
    assert [(board["address"], board["bus"]) for board in part["boards"][1:]] == [(2, "hall")]
    # at another speed it would silence the first one
    refused = typed(*words, "--address", 3, "--counter", 3, "--baudrate", 19200)
    assert "another speed" in refused.output
    # a second board over that counter, the same board once more, and another counter's by mistake
    assert 'name = "counter 2 b"' in typed(*words, "--address", 4, "--counter", 2).output
    again = typed(*words[:-2], "sunpn", "--write", "--address", 4, "--counter", 2)
    assert "on yes it is replaced" in again.output
    keys(lambda: pytest.fail("it is refused before the first question"))
    assert "it has address 4 of this port" in typed(*words, "--address", 4, "--counter", 5).output
    boards = load(file).boards
    assert [(board.name, board.options["preset"]) for board in boards] == [
        ("one", "led-485"),
        ("counter 2", "led-485"),
        ("counter 2 b", "sunpn"),
    ]


def test_what_somebody_wrote_while_the_questions_were_answered_is_kept(line: Line, tmp_path: Path, keys: Keys):
    file = tmp_path / "toiluot.toml"

    def press() -> str:
        file.write_text('[hardware]\noffline_text = "??"\n', encoding="utf-8")
        return "y"

    keys(press)
    assert typed("--config", file, "--port", line.path, *FAST, "--preset", "led-485", "--write").exit_code == 0
    config = load(file)
    assert (config.offline_text, config.boards[0].name) == ("??", "counter 1")


def test_a_board_that_is_replaced_keeps_its_look_and_loses_its_familys_options():
    here = {"name": "one", "counter": 1, "bus": "hall", "driver": "frame", "address": 2}
    old = here | {"look": {"charset": "seg7"}, "options": {"preset": "sunpn"}}
    part = {"buses": [{"name": "hall", "url": "x"}], "boards": [old]}
    assert name_for(part, _LINE, 1, 2, "toiluot.toml") == "one"
    after = with_board(part, _LINE, NewBoard("one", 1, "cd5220", 2, {}), "toiluot.toml")
    assert after["boards"] == [here | {"driver": "cd5220", "look": {"charset": "seg7"}}]


def test_what_is_printed_is_what_is_written(line: Line, tmp_path: Path, keys: Keys):
    file = tmp_path / "toiluot.toml"
    file.write_text(f'[[hardware.buses]]\nname = "hall"\nurl = "{line.path}"\n', encoding="utf-8")
    keys(lambda: "y")
    result = typed("--config", file, "--port", line.path, *FAST, "--preset", "led-485", "--write")
    printed = tomllib.loads(result.output.partition("yes\n")[2].partition("Written")[0])["hardware"]
    assert printed == {"boards": tomllib.loads(file.read_text(encoding="utf-8"))["hardware"]["boards"]}
    assert printed["boards"][0]["bus"] == "hall"


def test_a_file_with_a_mistake_is_told_before_the_first_question(line: Line, tmp_path: Path, keys: Keys):
    file = tmp_path / "toiluot.toml"
    file.write_text('[[hardware.buses]]\nname = "hall"\n', encoding="utf-8")
    keys(lambda: pytest.fail("it is refused before the first question"))
    result = typed("--config", file, "--port", line.path, *FAST, "--write")
    assert result.exit_code == 1
    assert "url" in result.output


def test_the_likeliest_family_is_tried_first():
    families = list(dict.fromkeys(attempt.candidate.family for attempt in attempts([_LINE], candidates(), 1)))
    assert families == ["frame", "modbus", "am03127", "dm-d", "cd5220", "alpha"]


def test_without_a_terminal_nobody_can_answer(line: Line, keys: Keys):
    def no_terminal() -> str:
        raise OSError("/dev/tty")

    keys(no_terminal)
    result = typed("--port", line.path, *FAST)
    assert result.exit_code == 1
    assert "needs a terminal" in result.output


def test_when_nothing_is_seen_the_next_things_to_try_are_named(line: Line, keys: Keys):
    keys(lambda: "\r")
    result = typed("--port", line.path, "--driver", "frame", "--preset", "led-485")
    assert "--bauds" in result.output
    assert "swap A and B" in result.output
