"""The [hardware] part of toiluot.toml, and what is said of mistakes in it."""

from pathlib import Path
from typing import Any

import pytest
from lines import a_board, a_bus, configured

from hardware.config import check, load
from hardware.config_errors import BadHardwareConfig

FILE = """
db = "toiluot.db"

[hardware]
hub = "http://10.0.0.5:8000"

[[hardware.buses]]
name = "hall"
url = "/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0"
baudrate = 19200
parity = "E"

[[hardware.boards]]
name = "counter 1"
counter = 1
bus = "hall"
driver = "frame"
address = 1
[hardware.boards.look]
charset = "seg7"
paused = "--"
[hardware.boards.options.template]
start = "24"
address = "dec3"
separator = "2C"
text = { width = 4 }
end = "23"
"""


def test_the_file_of_the_guide_is_read_and_the_token_comes_from_the_environment(tmp_path: Path):
    path = tmp_path / "toiluot.toml"
    path.write_text(FILE, encoding="utf-8")
    config = load(path, {"TOILUOT_AGENT_TOKEN": "from-the-hub"})
    assert (config.hub, config.token) == ("http://10.0.0.5:8000", "from-the-hub")
    assert config.buses[0].character_s == pytest.approx(11 / 19200)
    assert config.boards_of(config.buses[0]) == config.boards


def mistake(bus: dict[str, Any] | None = None, board: dict[str, Any] | None = None, **top: Any) -> str:
    with pytest.raises(BadHardwareConfig) as caught:
        configured([a_bus("hall", "virtual://hall") | (bus or {})], [a_board("one", "hall") | (board or {})], **top)
    return str(caught.value)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ({"bus": {"baudrat": 9600}}, "unknown key 'baudrat' in hardware.buses[0]; did you mean 'baudrate'?"),
        ({"board": {"addres": 1}}, "unknown key 'addres' in hardware.boards[0]; did you mean 'address'?"),
        (
            {"board": {"look": {"blnk_s": 1}}},
            "unknown key 'blnk_s' in hardware.boards[0].look; did you mean 'blink_s'?",
        ),
        (
            {"board": {"options": {"preset": "led-485", "template": {"text": {"widht": 4}}}}},
            "unknown key 'widht' in hardware.boards[0].options.template.text; did you mean 'width'?",
        ),
        ({"hubb": "x"}, "unknown key 'hubb' in hardware; did you mean 'hub'?"),
        (
            {"bus": {"url": "spy:///dev/x?file=y"}},
            "hardware.buses[0].url: spy:// is no way to a line; there are a device",
        ),
        ({"bus": {"parity": "X"}}, "hardware.buses[0].parity"),
        ({"board": {"bus": "hal"}}, "there is no bus 'hal'; the buses are: hall"),
        ({"board": {"driver": "fram"}}, "there is no driver 'fram'; the drivers are: alpha, am03127"),
        ({"board": {"options": {"preset": "led"}}}, "no preset 'led'; there are led-485"),
        ({"board": {"options": {}}}, "hardware.boards[0].options: the key 'template' is missing; add it"),
        ({"board": {"address": 1000}}, "address 1000 does not fit the address format 'dec3' (0 to 999)"),
        ({"board": {"driver": "modbus", "address": 300}}, "address 300 is no Modbus unit"),
        ({"board": {"look": {"paused": "CLOSED"}}}, "hardware.boards[0].look.paused: cannot show 'CLOSED'"),
        ({"board": {"options": {"preset": "led-485", "template": {"start": "2"}}}}, "template.start"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_to_do(made: dict[str, Any], told: str):
    assert told in mistake(**made)


@pytest.mark.parametrize("scheme", ["spy", "virtual", "loop"])
def test_a_scanner_reads_from_a_port_and_from_nothing_else(scheme: str):
    scanner = {"name": "s", "url": f"{scheme}://x", "counter": 1}
    told = (
        f"hardware.scanners[0].url: {scheme}:// is no way to a scanner; there are a device path, socket://, rfc2217://"
    )
    assert told in mistake(scanners=[scanner])


def test_a_line_that_nobody_can_open_is_none():
    assert "loop:// is no way to a line" in mistake(bus={"url": "loop://"})


def test_one_port_serves_one_thing_by_whatever_of_its_names(tmp_path: Path):
    device, lasting = tmp_path / "ttyUSB0", tmp_path / "usb-FTDI_A5"
    device.touch()
    lasting.symlink_to(device)
    told = mistake(
        bus={"url": str(device)},
        printers=[{"name": "p", "url": str(lasting)}],
        scanners=[{"name": "s", "url": str(lasting), "counter": 1}],
        keypads=[{"name": "k", "counter": 1, "driver": "usb", "device": str(tmp_path / "kbd")}],
    )
    assert f"hardware.printers[0]: {lasting} is already the port of 'hall' (buses)" in told
    assert f"hardware.scanners[0]: {lasting} is already the port of 'hall' (buses)" in told
    assert len(told.splitlines()) == 2
    with pytest.raises(BadHardwareConfig, match=r"hardware\.buses\[1\]: .* is already the port of 'one' \(buses\)"):
        configured([a_bus("one", device), a_bus("two", lasting)], [])


def test_a_network_printer_is_no_serial_server():
    told = mistake(bus={"url": "socket://10.0.0.9:9100"}, printers=[{"name": "p", "url": "tcp://10.0.0.9:9100"}])
    assert "hardware.printers[0]: tcp://10.0.0.9:9100 is already the port of 'hall' (buses)" in told


def test_a_simulated_printer_may_be_called_like_a_simulated_line():
    configured([a_bus("hall", "virtual://hall")], [], printers=[{"name": "p", "url": "virtual://hall"}])


def test_all_mistakes_are_told_at_once():
    assert len(mistake(bus={"baudrat": 1}, board={"addres": 1}).splitlines()) == 2


def test_two_boards_of_one_name_and_two_buses_on_one_port_are_refused():
    with pytest.raises(BadHardwareConfig, match=r"already another bus's port") as caught:
        configured(
            [a_bus("one", "virtual://x"), a_bus("two", "virtual://x")], [a_board("b", "one"), a_board("b", "two")]
        )
    assert "already another board's" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"), [("x = ", "not valid TOML"), ("db = 'x'", "no [hardware] part"), (None, "cannot be read")]
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, text: str | None, told: str):
    path = tmp_path / "toiluot.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(BadHardwareConfig) as caught:
        load(path, {})
    assert str(caught.value).startswith(f"{path}: ")
    assert told in str(caught.value)


def test_an_empty_part_is_an_agent_without_boards():
    assert check({}).boards == []
