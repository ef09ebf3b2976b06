"""The equipment page tells the agent's problems in Vietnamese: it knows the agent's sentences by heart."""

import re
from pathlib import Path
from typing import Any

import pytest

from hardware.config import check
from hardware.config_errors import BadHardwareConfig

WORDS = Path(__file__).parents[1] / "app" / "admin" / "static" / "hardware" / "words.js"
TABLE = re.compile(r"const PROBLEMS = \[\n(.*?)\n\];", re.DOTALL)
PATTERN = re.compile(r"\[/((?:[^/\\]|\\.)+)/(i?), ")

LINE = {"name": "hall", "url": "/dev/ttyUSB0"}
BOARD = {"name": "board", "counter": 1, "bus": "hall", "driver": "modbus", "options": {"preset": "led-485"}}
FRAME = BOARD | {"driver": "frame"}
PRINTER = {"name": "printer", "url": "/dev/usb/lp0"}
PAD = {"name": "pad", "counter": 1, "driver": "usb", "device": "/dev/input/by-path/pad-event-kbd"}
WIRED = {"name": "wired", "counter": 1, "driver": "qsystem", "bus": "hall", "address": 32}
BYTES = {
    "name": "bytes",
    "counter": 1,
    "driver": "bytes",
    "bus": "hall",
    "pattern": "EE A4 nn sum8",
    "keys": {"31": "next"},
}
SCANNER = {"name": "scanner", "url": "/dev/ttyACM0", "counter": 1}
OTHER = {"name": "other"}

# What somebody before the page can do wrong, by what it is.
MISTAKES: dict[str, dict[str, list[dict[str, Any]]]] = {
    "two lines of one name": {"buses": [LINE, LINE | {"url": "/dev/ttyUSB1"}]},
    "two lines at one port": {"buses": [LINE, LINE | OTHER]},
    "a scheme for no line": {"buses": [LINE | {"url": "ftp://hall"}]},
    "RS-485 of a port that is elsewhere": {"buses": [LINE | {"url": "socket://192.168.1.60:4001", "rs485": True}]},
    "an echo of a simulated line": {"buses": [LINE | {"url": "virtual://hall", "echo": True}]},
    "too long a silence": {"buses": [LINE | {"gap_ms": 20_000}]},
    "a name that is empty": {"buses": [LINE], "boards": [BOARD | {"name": ""}]},
    "two boards of one name": {"buses": [LINE], "boards": [BOARD, BOARD | {"address": 2}]},
    "a counter without a number": {"buses": [LINE], "boards": [BOARD | {"counter": 0}]},
    "a Modbus address that there is not": {"buses": [LINE], "boards": [BOARD | {"address": 300}]},
    "an address beyond the frame's": {
        "buses": [LINE],
        "boards": [FRAME | {"options": {"preset": "led-485"}, "address": 5000}],
    },
    "a text too long for the board": {"buses": [LINE], "boards": [BOARD | {"width": 2, "look": {"paused": "nghi"}}]},
    "a width that there is not": {"buses": [LINE], "boards": [BOARD | {"width": 60}]},
    "an alignment without a width": {"buses": [LINE], "boards": [BOARD | {"align": "right"}]},
    "too large a number": {
        "buses": [LINE],
        "boards": [BOARD | {"options": {"preset": "led-485-number"}, "look": {"paused": "99999999"}}],
    },
    "no whole number on a board of digits": {
        "buses": [LINE],
        "boards": [FRAME | {"options": {"preset": "numeric-4byte"}, "look": {"paused": "9.5"}}],
    },
    "more digits than the board has": {
        "buses": [LINE],
        "boards": [FRAME | {"options": {"preset": "numeric-4byte"}, "width": 2, "look": {"paused": "9999"}}],
    },
    "more than the frame has room for": {
        "buses": [LINE],
        "boards": [FRAME | {"options": {"preset": "numeric-4byte"}, "look": {"paused": "99999999999"}}],
    },
    "the end of a frame within the text": {
        "buses": [LINE],
        "boards": [FRAME | {"options": {"template": {"start": "24", "end": "23"}}, "look": {"paused": "#"}}],
    },
    "an address of no Alpha sign": {
        "buses": [LINE],
        "boards": [BOARD | {"driver": "alpha", "options": {}, "address": 300}],
    },
    "a brightness that cannot be set": {
        "buses": [LINE],
        "boards": [FRAME | {"options": {"preset": "qsystem"}, "brightness": 50}],
    },
    "a frame of one's own without a template": {"buses": [LINE], "boards": [FRAME | {"options": {}}]},
    "a frame of one's own with an unknown key": {
        "buses": [LINE],
        "boards": [FRAME | {"options": {"template": {"strat": "02"}}}],
    },
    "bytes that are no hex": {"buses": [LINE], "boards": [FRAME | {"options": {"template": {"start": "0x"}}}]},
    "a checksum that nobody knows": {
        "buses": [LINE],
        "boards": [FRAME | {"options": {"template": {"checksum": {"kind": "md5"}}}}],
    },
    "two printers of one name": {"printers": [PRINTER, PRINTER | {"url": "/dev/usb/lp1"}]},
    "two printers at one port": {"printers": [PRINTER, PRINTER | OTHER]},
    "a scheme for no printer": {"printers": [PRINTER | {"url": "ftp://hall"}]},
    "a printer in the network without a host": {"printers": [PRINTER | {"url": "tcp://"}]},
    "a printer in the network without its scheme": {"printers": [PRINTER | {"url": "192.168.1.50"}]},
    "two pads of one name": {"keypads": [PAD, PAD | {"device": "/dev/input/by-path/other-event-kbd"}]},
    "two pads at one device": {"keypads": [PAD, PAD | OTHER]},
    "a USB pad without a device": {"keypads": [PAD | {"device": None}]},
    "a wired pad without a line": {"keypads": [WIRED | {"bus": None}]},
    "a wired pad's address": {"buses": [LINE], "keypads": [WIRED | {"address": 3}]},
    "a pad by its bytes without them": {"buses": [LINE], "keypads": [BYTES | {"pattern": None}]},
    "a pattern without the address": {"buses": [LINE], "keypads": [BYTES | {"address": 3}]},
    "an address too large for the pattern": {
        "buses": [LINE],
        "keypads": [BYTES | {"pattern": "EE ii nn sum8", "address": 300}],
    },
    "a pattern that is none": {"buses": [LINE], "keypads": [BYTES | {"pattern": "EE A4 what"}]},
    "a pad whose keys do nothing": {"buses": [LINE], "keypads": [BYTES | {"keys": {}}]},
    "an action that there is not": {"keypads": [PAD | {"keys": {"KP_7": "nxt"}}]},
    "a transfer to nowhere": {"keypads": [PAD | {"keys": {"KP_7": "transfer:"}}]},
    "a key that there is not": {"keypads": [PAD | {"keys": {"KP_SEVEN": "next"}}]},
    "a wired pad's key that there is not": {"buses": [LINE], "keypads": [WIRED | {"keys": {"seven": "next"}}]},
    "two scanners of one name": {"scanners": [SCANNER, SCANNER | {"url": "/dev/ttyACM1"}]},
    "a scanner at a line's port": {"buses": [LINE], "scanners": [SCANNER | {"url": LINE["url"]}]},
    "a scheme for no scanner": {"scanners": [SCANNER | {"url": "ftp://hall"}]},
    "a scanner without a port": {"scanners": [SCANNER | {"url": None}]},
    "a scanner of a counter and a kiosk": {"scanners": [SCANNER | {"kiosk": "may-1"}]},
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_page_has_words_for(mistake: str) -> None:
    with pytest.raises(BadHardwareConfig) as refused:
        check(MISTAKES[mistake])
    for problem in refused.value.problems:
        said = _bare(problem.what)
        assert any(known.search(said) for known in _known()), f"words.js has no words for: {said}"


def test_the_page_knows_no_sentence_that_the_agent_does_not_say() -> None:
    said = [_bare(problem.what) for mistake in MISTAKES.values() for problem in _problems(mistake)]
    assert [known.pattern for known in _known() if not any(known.search(each) for each in said)] == []


def _problems(section: dict[str, Any]) -> list[Any]:
    try:
        check(section)
    except BadHardwareConfig as error:
        return error.problems
    return []


def _bare(what: str) -> str:
    """As `bare` in words.js."""
    return re.sub(r" \(it is .*\)$", "", what.removeprefix("Value error, "), flags=re.DOTALL)


def _known() -> list[re.Pattern[str]]:
    (table,) = TABLE.findall(WORDS.read_text("utf-8"))
    return [re.compile(pattern, re.IGNORECASE if flag else 0) for pattern, flag in PATTERN.findall(table)]
