"""The file on the machine is somebody's own: what they wrote in it stays."""

import tomllib
from pathlib import Path

import pytest

from hardware.config_errors import BadHardwareConfig
from hardware.installer import settings_file
from hardware.installer.settings_file import SettingsNotWritten, read_part, with_part, without_nulls, write_part

FILE = """\
# the hub of the ward
db = "toiluot.db"   # on the big disk

[hardware]
token = "secret"    # from 'toiluot device add'
offline_text = "--"

[[hardware.buses]]
name = "hall"       # the grey cable
url = "/dev/ttyUSB0"
baudrate = 9600

[[hardware.buses]]
name = "old"
url = "/dev/ttyUSB1"

# over the window
[[hardware.boards]]
name = "one"
counter = 1         # by the door
bus = "hall"
driver = "frame"
options = { preset = "led-485" }  # as on its back
"""

PART = tomllib.loads(FILE)["hardware"]
HALL, OLD = PART["buses"]
(ONE,) = PART["boards"]
TWO = {"name": "two", "counter": 2, "bus": "hall", "driver": "modbus", "options": {"preset": "dm56a04", "width": 4}}


def saved(**part: object) -> tuple[str, dict[str, object]]:
    text = with_part(FILE, part)
    return text, tomllib.loads(text)["hardware"]


def test_a_part_that_is_saved_as_it_was_changes_no_byte():
    assert with_part(FILE, PART) == FILE


def test_a_change_keeps_every_comment_around_it():
    text, part = saved(offline_text="-", buses=[HALL | {"baudrate": 19200}], boards=[ONE | {"counter": 3}, TWO])
    assert part == {
        "token": "secret",
        "offline_text": "-",
        "buses": [HALL | {"baudrate": 19200}],
        "boards": [ONE | {"counter": 3}, TWO],
    }
    for comment in (
        "# the hub of the ward",
        "# on the big disk",
        "# from 'toiluot",
        "# the grey cable",
        "# by the door",
        "# as on its back",
    ):
        assert comment in text
    assert tomllib.loads(text)["db"] == "toiluot.db"


def test_the_token_stays_whatever_is_saved():
    assert saved()[1] == {"token": "secret"}
    assert saved(token="another")[1] == {"token": "secret"}


def test_boards_take_the_order_that_is_wanted():
    text = with_part(FILE, {"boards": [ONE, TWO]})
    assert tomllib.loads(with_part(text, {"boards": [TWO, ONE]}))["hardware"]["boards"] == [TWO, ONE]


def test_kinds_that_this_version_does_not_know_pass_through():
    pads = [{"name": "pad", "keys": {"1": "next"}}]
    assert saved(keypads=pads, printers=[], later={"deep": {"list": [1, {"a": 2}]}})[1] == {
        "token": "secret",
        "keypads": pads,
        "printers": [],
        "later": {"deep": {"list": [1, {"a": 2}]}},
    }


def test_the_hub_that_is_followed_stays_whatever_is_saved():
    ours = FILE.replace("[hardware]", '[hardware]\nhub = "http://10.0.0.5:8000"')
    there = tomllib.loads(with_part(ours, {"hub": "http://elsewhere"}))["hardware"]
    assert there == {"hub": "http://10.0.0.5:8000", "token": "secret"}
    assert "hub" not in saved(hub="http://elsewhere")[1]


INLINE = 'hardware = {token = "secret", hub = "http://a", buses = [{name = "x", url = "/dev/x"}]}\n'
DOTTED = 'hardware.token = "secret"\nhardware.hub = "http://a"\nhardware.offline_text = "-"\n'


@pytest.mark.parametrize("form", [INLINE, DOTTED, INLINE.replace('hub = "http://a", ', "")])
def test_a_part_in_another_form_stays_readable_save_after_save(form: str):
    """Inline it cannot take tables, dotted it would give the keys behind it to the last board."""
    text = f'# ours\n{form}db = "toiluot.db"  # on the big disk\n[other]\nlist = [1]\n'
    kept = {key: value for key, value in tomllib.loads(form)["hardware"].items() if key in ("token", "hub")}
    for part in ({"buses": [HALL], "boards": [ONE, TWO]}, {"offline_text": "x", "boards": [TWO]}, {}):
        text = with_part(text, part)
        assert tomllib.loads(text) == {"hardware": kept | part, "db": "toiluot.db", "other": {"list": [1]}}
    for comment in ("# ours", "# on the big disk"):
        assert comment in text


def test_a_part_that_stands_in_pieces_is_put_together():
    text = (
        "[hardware.later]\na = 1\n[other]\nb = 2  # theirs\n[[hardware.buses]]\nname = 'x'\n[more]\n[hardware.last]\n"
    )
    written = with_part(text, {"buses": [HALL], "boards": [ONE]})
    assert tomllib.loads(written) == {"hardware": {"buses": [HALL], "boards": [ONE]}, "other": {"b": 2}, "more": {}}
    assert "# theirs" in written


def test_a_file_that_would_not_read_as_it_should_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "toiluot.toml"
    file.write_text(FILE, encoding="utf-8")
    monkeypatch.setattr(settings_file.tomlkit, "dumps", lambda _document: "[hardware]\nrubbish = 1\n")
    with pytest.raises(SettingsNotWritten, match=r"cannot be changed in the form that it has"):
        write_part(file, {"boards": [ONE]})
    assert file.read_text(encoding="utf-8") == FILE
    assert [path.name for path in tmp_path.iterdir()] == ["toiluot.toml"]


@pytest.mark.parametrize(
    "text", ["", 'db = "x"\n', "[[hardware.buses]]\nname = 'a'\n[other]\nb = 1\n[[hardware.boards]]\nname = 'c'\n"]
)
def test_any_file_takes_the_part(text: str):
    before = tomllib.loads(text)
    written = tomllib.loads(with_part(text, {"buses": [HALL], "boards": [ONE, TWO], "offline_text": "x"}))
    assert written.pop("hardware") == {"buses": [HALL], "boards": [ONE, TWO], "offline_text": "x"}
    before.pop("hardware", None)
    assert written == before


def test_the_file_is_replaced_whole_and_the_former_one_kept(tmp_path: Path):
    file, link = tmp_path / "real.toml", tmp_path / "toiluot.toml"
    file.write_text(FILE, encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    assert read_part(link) == {key: value for key, value in PART.items() if key != "token"}
    write_part(link, {"boards": [ONE]})
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "real.toml.bak").read_text(encoding="utf-8") == FILE
    assert read_part(link) == {"boards": [ONE]}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["real.toml", "real.toml.bak", "toiluot.toml"]


def test_a_file_that_is_not_there_is_made_for_its_owner_alone(tmp_path: Path):
    file = tmp_path / "toiluot.toml"
    assert read_part(file) == {}
    write_part(file, {"boards": [ONE]})
    assert read_part(file) == {"boards": [ONE]}
    assert file.stat().st_mode & 0o077 == 0


def test_what_cannot_be_written_is_said_and_nothing_is_lost(tmp_path: Path):
    with pytest.raises(SettingsNotWritten, match="cannot be written: No such file"):
        write_part(tmp_path / "gone" / "toiluot.toml", {})
    file = tmp_path / "toiluot.toml"
    file.write_bytes(b"\xff")
    with pytest.raises(BadHardwareConfig, match="not valid TOML"):
        write_part(file, {})
    assert file.read_bytes() == b"\xff"


def test_what_is_null_is_left_out():
    assert without_nulls({"a": None, "b": [{"c": None, "d": 1}], "e": {"f": None}}) == {"b": [{"d": 1}], "e": {}}
