"""The register maps of digit displays that were found in makers' sources and tested by their users, as options.

Not expressible, and left out: DM56A04's registers 6 and 7 together (sign, decimals and a 24-bit value in one, whose
bits were not seen); a queue's numbers need neither. The float at 90h of the newer LED-485 boxes did not work for the
one who tried.
"""

from __future__ import annotations

from typing import Any, Final

_ARMFLY_BRIGHTNESS: Final = {"at_register": 0x24, "lowest": 0, "highest": 7}

PRESETS: Final[dict[str, dict[str, Any]]] = {
    # LED-485-xxx with the maker's first firmware: always six registers, filled up with 00
    "led-485": {
        "first_register": 0x70,
        "encoding": "ascii_packed",
        "width": 12,
        "fixed": True,
        "pad": "\0",
        "align": "left",
        "dimmer": _ARMFLY_BRIGHTNESS,
    },
    "led-485-number": {"first_register": 0x88, "encoding": "int16", "dimmer": _ARMFLY_BRIGHTNESS},
    # sign, places behind the point, value: 4.90 is 0002 01EA
    "led-485-decimal": {"first_register": 0x90, "encoding": "decimal", "dimmer": _ARMFLY_BRIGHTNESS},
    # LED-485-046 and LED-046, newer firmware, as their tester set them right on six digits
    "led-046": {"first_register": 0x70, "encoding": "ascii_packed", "width": 6},
    "led-046-number": {"first_register": 0x00, "encoding": "int16"},
    "led-046-segments": {"first_register": 0x80, "encoding": "segments", "width": 6},
    # DM56A04 (4 digits) and DM36B06 (6 digits): one register a digit, or one number
    "dm56a04": {"first_register": 0x00, "encoding": "ascii_per_register", "width": 4},
    "dm56a04-number": {"first_register": 0x07, "encoding": "int16"},
    "dm36b06": {"first_register": 0x00, "encoding": "ascii_per_register", "width": 6},
    "dm36b06-number": {"first_register": 0x07, "encoding": "int16"},
    # EmbeddedArt's control card. That two characters share a register is likely, not stated. Its brightness is in
    # register 36, whose range was not seen: add dimmer = {at_register = 36, highest = …} from its manual
    "embeddedart": {"first_register": 1000, "encoding": "ascii_packed", "width": 4, "align": "left"},
    "embeddedart-line-2": {"first_register": 2000, "encoding": "ascii_packed", "width": 4, "align": "left"},
    # a clone of LED-485-046 that its owner did not get to react: nothing is known to work better
    "clone-056-number": {"first_register": 0x00, "encoding": "int16"},
}
