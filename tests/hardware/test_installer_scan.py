"""Finding out who lives on a line that nobody has papers of."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result
from lines import Line
from wall import Wall

from hardware import drivers
from hardware.cli import hardware
from hardware.config import check
from hardware.drivers.base import SimulatedBoard
from hardware.installer import keypad_scan, ports
from hardware.installer.commands import scan as scan_command
from hardware.installer.ports import found_ports, found_printers, found_typists, same_port


def board(driver: str, address: int, preset: str) -> SimulatedBoard:
    return drivers.build(driver, address, {"preset": preset}).simulate()


def typed(*words: object) -> Result:
    return CliRunner().invoke(hardware, ["scan", *(str(word) for word in words)])


def snippet_in(output: str) -> str:
    start = output.index("[[hardware.buses]]")
    return output[start : output.index(" addresses answered")].rpartition("\n")[0]


def test_every_family_that_answers_is_found_at_its_address(line: Line):
    boards = {
        "modbus": board("modbus", 2, "dm56a04"),
        "text": board("frame", 3, "led-485"),
        "scale": board("frame", 4, "rice-lake"),
        "sign": board("am03127", 5, "am03127"),
    }
    with Wall(line, **boards):
        result = typed("--port", line.path, "--addresses", "1-5", "--timeout-ms", 50)
    assert result.exit_code == 0
    assert "4 of 5 addresses answered at 9600 8N1" in result.output
    part = tomllib.loads(snippet_in(result.output))["hardware"]
    found = {each["address"]: (each["driver"], each["options"]["preset"]) for each in part["boards"]}
    assert found[3] == ("frame", "led-485")
    assert found[4] == ("frame", "rice-lake")
    assert found[5][0] == "am03127"
    assert found[2][0] == "modbus"
    assert "dm56a04" in result.output


def test_what_is_printed_can_be_pasted_and_used(line: Line):
    with Wall(line, one=board("frame", 1, "led-485")):
        result = typed("--port", line.path, "--addresses", 1, "--driver", "frame")
    config = check(tomllib.loads(snippet_in(result.output))["hardware"])
    assert (config.buses[0].url, config.boards[0].address) == (str(line.path), 1)
    assert "# the number of its counter" in result.output


def test_a_modbus_board_of_an_unknown_map_is_found_and_said_to_be_so(line: Line):
    odd = drivers.build("modbus", 7, {"first_register": 0x1234, "encoding": "int16"}).simulate()
    with Wall(line, odd=odd):
        result = typed("--port", line.path, "--addresses", 7, "--driver", "modbus", "--timeout-ms", 50)
    assert "none of the presets fits" in result.output
    assert "its registers fit no preset" in result.output


def test_a_silent_line_is_said_to_be_silent_and_what_to_do(line: Line):
    result = typed("--port", line.path, "--addresses", "1-2", "--timeout-ms", 10)
    assert result.exit_code == 0
    assert "0 of 2 addresses answered" in result.output
    assert "toiluot hardware try" in result.output


class Parrot:
    """An adapter that hears itself, or a board that says one thing only."""

    def __init__(self, says: bytes | None = None) -> None:
        self.shown = ""
        self._says = says

    def receive(self, data: bytes) -> bytes:
        return data if self._says is None else self._says


def test_an_adapter_that_hears_itself_is_noticed(line: Line):
    with Wall(line, adapter=Parrot()):
        result = typed("--port", line.path, "--addresses", 1, "--driver", "modbus", "--timeout-ms", 30)
    assert "give --echo" in result.output


def test_bytes_that_nobody_understands_are_told_with_likely_causes(line: Line):
    with Wall(line, noise=Parrot(b"\xfe\x01")):
        result = typed("--port", line.path, "--addresses", 1, "--driver", "modbus", "--timeout-ms", 30)
    assert "FE 01" in result.output
    assert "a wrong speed or parity" in result.output


class Pad:
    """A keypad of the kind QSystem, which says its question back."""

    shown = ""

    def __init__(self, *addresses: int) -> None:
        self._addresses = addresses

    def receive(self, data: bytes) -> bytes:
        return data if any(data == bytes([0x04, address, 0x07]) for address in self._addresses) else b""


def test_keypads_are_found_when_they_are_asked_for(line: Line, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keypad_scan, "SCAN_GAP_MS", 30)
    monkeypatch.setattr(keypad_scan, "ADDRESSES", range(0x24, 0x28))
    with Wall(line, pad=Pad(0x25)):
        result = typed("--port", line.path, "--baudrate", 57600, "--keypads")
    assert result.exit_code == 0
    assert 'a keypad answers at 57600 8N1: driver = "qsystem", address = 37' in result.output
    assert "1 keypads answered" in result.output


def test_an_adapter_that_hears_itself_is_no_line_full_of_keypads(line: Line, monkeypatch: pytest.MonkeyPatch):
    for module in (keypad_scan, scan_command):
        monkeypatch.setattr(module, "ADDRESSES", range(0x20, 0x22))
    with Wall(line, adapter=Parrot()):
        assert "give --echo" in typed("--port", line.path, "--keypads").output


def test_the_usual_speeds_are_tried_when_asked_for(line: Line, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scan_command, "BAUDS", (9600, 19200))
    result = typed("--port", line.path, "--addresses", 1, "--driver", "modbus", "--bauds", "--timeout-ms", 10)
    assert "at 9600 8N1" in result.output
    assert "at 19200 8N1" in result.output


def test_ctrl_c_keeps_what_was_found(line: Line, monkeypatch: pytest.MonkeyPatch):
    told = scan_command._told

    def interrupted(*_: object) -> str:
        monkeypatch.setattr(scan_command, "_told", told)
        raise KeyboardInterrupt

    monkeypatch.setattr(scan_command, "_told", interrupted)
    with Wall(line, one=board("frame", 1, "led-485")):
        result = typed("--port", line.path, "--addresses", "1-30", "--driver", "frame", "--preset", "led-485")
    assert result.exit_code == 130
    assert "[[hardware.boards]]" in result.output
    assert "Stopped" in result.output


def test_a_scan_of_nonsense_is_refused(line: Line):
    assert "is not like 1-32" in typed("--port", line.path, "--addresses", "5-1").output
    assert "no preset 'x'" in typed("--port", line.path, "--driver", "modbus", "--preset", "x").output
    assert "no driver 'x'" in typed("--port", line.path, "--driver", "x").output
    assert "answer no question" in typed("--port", line.path, "--driver", "cd5220").output
    assert "loop:// is no way to a line" in typed("--port", "loop://").output
    assert "No such file" in typed("--port", f"{line.path}-gone").output


def test_a_port_is_named_as_it_will_still_be_called_tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    device, other = tmp_path / "ttyUSB0", tmp_path / "ttyUSB1"
    for each in (device, other):
        each.touch()
    for name, target in (
        ("serial/by-id/usb-FTDI_A5", device),
        ("serial/by-path/pci-1", device),
        ("serial/by-id/usb-1a86_CH340", other),
        ("serial/by-path/pci-2", other),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).symlink_to(target)
    usb = {"description": "USB Serial", "vid": 0x1A86, "pid": 0x7523}
    listed = [
        SimpleNamespace(device=str(device), serial_number="A5", **usb),
        SimpleNamespace(device=str(other), serial_number=None, **usb),
    ]
    monkeypatch.setattr(ports.list_ports, "comports", lambda: listed)
    found = found_ports(tmp_path)
    # without a serial number, by-id is the same for two of a kind
    serial = tmp_path / "serial"
    assert [port.lasting for port in found] == [str(serial / "by-id/usb-FTDI_A5"), str(serial / "by-path/pci-2")]
    assert found[0].description == "USB Serial, USB 1a86:7523"
    assert same_port(found[0].lasting, found[0].device)
    assert not same_port(found[0].lasting, found[1].device)


def test_what_is_no_serial_port_is_found_too(tmp_path: Path):
    for name in ("usb/lp0", "usb/hiddev0", "input/by-path/pci-1-event-kbd", "input/by-path/pci-1-event-mouse"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert found_printers(tmp_path) == [str(tmp_path / "usb/lp0")]
    assert found_typists(tmp_path) == [str(tmp_path / "input/by-path/pci-1-event-kbd")]


def test_scan_without_a_port_lists_the_ports(monkeypatch: pytest.MonkeyPatch):
    port = SimpleNamespace(device="/dev/ttyX9", serial_number=None, description="n/a", vid=None, pid=None)
    monkeypatch.setattr(ports.list_ports, "comports", lambda: [port])
    assert "/dev/ttyX9  serial port" in typed().output
    monkeypatch.setattr(ports.list_ports, "comports", list)
    assert "No serial port found" in typed().output
