"""The delimited frames that were found in makers' documents and in other people's software, as options.

Not expressible, and left out on purpose: the full-colour window cards (Ugreat and others like CP5200: `FE FF length id
… sum8 AE`; Onbon BX: `A5 … CRC16 5A`). Their frames carry a length, windows, fonts and packet numbers, what the length
covers is nowhere stated, and the one printed example's checksum could not be reproduced.
"""

from __future__ import annotations

from typing import Any, Final

DIGITS: Final = "0123456789 -."
SUM8: Final = {"kind": "sum8", "rendering": "raw"}

PRESETS: Final[dict[str, dict[str, Any]]] = {
    # the ASCII line protocol of LED-485-xxx boxes: $001,A012#; its brightness is likely that of the box's register
    "led-485": {
        "template": {"start": "24", "address": "dec3", "separator": "2C", "text": {"width": 4}, "end": "23"},
        "probe": {"text": "01", "end": "26", "expect": "4F4B"},
        "dimmer": {"levels": ["30", "31", "32", "33", "34", "35", "36", "37"], "end": "25"},
    },
    # the operator board of QSystem: 01 05 "A012" 07; its own software waits 300 ms after each frame, whomever it is
    # for: set the bus's gap_ms to 300 as well where several share a line
    "qsystem": {
        "template": {"start": "01", "address": "raw", "text": {"width": 4, "align": "left"}, "end": "07"},
        "gap_ms": 300,
    },
    # id, high byte, low byte, sum of these three
    "numeric-4byte": {
        "template": {"address": "raw", "text": {"encoding": "int-be", "width": 2}, "checksum": SUM8},
    },
    # SUNPN: one board a line; it answers with the same frame, begun with 2A
    "sunpn": {
        "template": {
            "start": "3A",
            "text": {"encoding": "int-le", "width": 2},
            "trailer": "01",
            "checksum": SUM8 | {"covers": "all"},
            "end": "0A",
        },
        "colours": {"green": "00", "yellow": "01", "red": "02"},
        "colour": "red",
        "reply": {"start": "2A"},
    },
    "edi-ed400": {
        "template": {
            "start": "02",
            "address": "dec2",
            "text": {"width": 4, "characters": DIGITS},
            "end": "03",
        },
    },
    # London Electronics: address 0 is all of them; the hexadecimal digits A to F are sent as 3A to 3F
    "london-er4s": {
        "template": {
            "start": "03 02",
            "address": "dec",
            "addresses": [0, 99],
            "text": {"width": 4, "encoding": "hex", "characters": DIGITS + "ABCDEF"},
            "end": "03",
        },
    },
    # FDS MLED, TAG Heuer: the address is the line of the board; that 3 is the brightest is likely, not stated
    "mled": {
        "template": {"start": "02", "address": "line", "text": {"align": "left", "reserved": "^"}, "end": "0A"},
        "dimmer": {"levels": ["31", "32", "33"]},
    },
    # Rice Lake Laser LT and LaserLight: says what it displays when asked
    "rice-lake": {
        "template": {
            "start": "7C",
            "address": "dec2",
            "addresses": [0, 31],
            "separator": "44 4D 7C",
            "text": {"width": 6, "reserved": "|!"},
            "end": "21",
        },
        "read_back": {"ask": "51 44 21", "until": "2C", "end": "0D"},
    },
    # LEDmsg by DABIT: ![000text!]; of its colours only these two were seen
    "ledmsg": {
        "template": {
            "start": "21 5B",
            "address": "dec3",
            "text": {"align": "left", "reserved": "/!"},
            "end": "21 5D",
        },
        "colours": {"1": "2F 43 31", "7": "2F 43 37"},
    },
    # Strašil's controller: the framing only. The commands (separated by 17h) are in the box's own manual; put the one
    # that shows a text into template.separator
    "strasil": {
        "template": {
            "start": "02",
            "address": "raw",
            "addresses": [1, 255],
            "text": {"align": "left"},
            "end": "03",
        },
    },
    # the text line of a student's board: Q1-025 is number 25 at counter 1. The address is the counter's number; how
    # the line ends was not stated
    "student-q": {
        "template": {
            "start": "51",
            "address": "dec",
            "separator": "2D",
            "text": {"width": 3, "pad": "0", "characters": "0123456789"},
            "end": "0A",
        },
    },
}
