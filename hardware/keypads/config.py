"""The keypads of the [hardware] part of toiluot.toml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hardware.config_errors import Problem, key_path
from hardware.keypads.actions import NO_ACTION, Action
from hardware.keypads.keys import HID_ACTIONS, HID_KEYS, OTHER_KEY, QSYSTEM_ACTIONS
from hardware.keypads.patterns import ONLY_KEY, Pattern
from hardware.keypads.qsystem import FIRST_ADDRESS, LAST_ADDRESS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

Name = Annotated[str, Field(min_length=1, max_length=60)]
STANDARD_ACTIONS: Final = {"qsystem": QSYSTEM_ACTIONS, "usb": HID_ACTIONS, "bytes": {}}


class KeypadConfig(BaseModel):
    """One pad: on a bus (`qsystem`, `bytes`), or a USB device that types (`usb`).

    `keys` adds to the family's standard table and goes before it; the action "none" takes a key out.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name
    counter: Annotated[int, Field(ge=1)]
    driver: Literal["qsystem", "bytes", "usb"]
    bus: Name | None = None
    address: Annotated[int, Field(ge=0)] | None = None
    device: Annotated[str, Field(min_length=1)] | None = None
    """/dev/input/by-path/…-event-kbd; by-id only where the pad has a serial number."""
    keys: dict[str, str] = {}
    pattern: str | None = None
    """Of the driver `bytes`; see patterns.py."""
    has_digits: bool = False
    """Whether the pad (`qsystem`) has a three-digit display."""
    debounce_ms: Annotated[int, Field(ge=0, le=5_000)] = 300
    between_bytes_ms: Annotated[int, Field(ge=1, le=5_000)] = 50
    """Bytes of one frame are not further apart; longer than the line, for adapters hand bytes on in lumps."""
    refused_text: Annotated[str, Field(pattern=r"^[ -~]*[!-~][ -~]*$", max_length=8)] = "--"
    """What the board over the counter shows for a moment when a press was refused, where the pad has no lamp.

    It goes out as it stands: what a board of digits shows of letters, only its maker knows.
    """

    @property
    def has_lamp(self) -> bool:
        return self.driver == "qsystem"

    def actions(self) -> dict[str, Action]:
        """What each key does, by its name; ValueError for a word that is no action."""
        standard = {ONLY_KEY: "next"} if self._is_one_key() else STANDARD_ACTIONS[self.driver]
        words = standard | {self._key_name(key): word for key, word in self.keys.items()}
        return {key: Action.of(word) for key, word in words.items() if word != NO_ACTION}

    @model_validator(mode="after")
    def _check(self) -> Self:
        self._check_place()
        if self.driver == "bytes":
            self._check_pattern()
        elif self.pattern is not None:
            raise ValueError(f"a pattern is for the driver 'bytes', and this is {self.driver!r}")
        if self.has_digits and not self.has_lamp:
            raise ValueError(f"has_digits is for the driver 'qsystem', and this is {self.driver!r}")
        if not self.actions():
            raise ValueError('no key does anything; give keys, such as keys = { 31 = "next" }')
        return self

    def _check_place(self) -> None:
        if self.driver == "usb":
            if self.device is None or self.bus is not None or self.address is not None:
                raise ValueError("a USB pad has a device, /dev/input/by-path/…-event-kbd, and no bus or address")
        elif self.bus is None or self.device is not None:
            raise ValueError(f"a pad of the driver {self.driver!r} has a bus and no device")
        if self.driver == "qsystem" and not FIRST_ADDRESS <= (self.address or 0) <= LAST_ADDRESS:
            raise ValueError(f"a pad of this family has an address of {FIRST_ADDRESS} to {LAST_ADDRESS} (0x20 to 0xFE)")

    def _check_pattern(self) -> None:
        if self.pattern is None:
            raise ValueError("the driver 'bytes' needs a pattern, such as \"EE A4 nn sum8\"")
        pattern = Pattern.of(self.pattern)
        if bool(pattern.address_bytes) != (self.address is not None):
            raise ValueError("an address and 'ii' in the pattern go together; give both or neither")
        if self.address is not None and self.address >= 256**pattern.address_bytes:
            raise ValueError(f"the address {self.address} is too large for the pattern's {pattern.address_bytes} bytes")

    def _is_one_key(self) -> bool:
        return self.driver == "bytes" and self.pattern is not None and not Pattern.of(self.pattern).has_keys

    def _key_name(self, key: str) -> str:
        """As the parsers say it; ValueError for a key that this pad cannot have."""
        if self.driver == "usb":
            return _name_of_hid_key(key)
        if self._is_one_key():
            if key != ONLY_KEY:
                raise ValueError(f"no key {key!r} on this pad; it has one, called {ONLY_KEY!r}")
            return key
        if not re.fullmatch("([0-9A-Fa-f]{2})+", key):
            raise ValueError(f"no key {key!r} on this pad; give its bytes in hex, such as 31")
        return key.upper()


def _name_of_hid_key(key: str) -> str:
    """KP_ENTER, also as KEY_KPENTER, which is what Linux's own tools call it."""
    name = re.sub("^KP(?=[^_])", "KP_", key.upper().removeprefix("KEY_"))
    if name in HID_KEYS.values():
        return name
    if not re.fullmatch(f"{OTHER_KEY}[0-9]+", key):
        raise ValueError(f"no key {key!r}; the keys are {', '.join(HID_KEYS.values())}, and {OTHER_KEY}NUMBER")
    return key


def problems_of_keypads(
    keypads: Sequence[KeypadConfig], buses: Collection[str], boards: Collection[str]
) -> Iterator[Problem]:
    """What is wrong with pads together; `buses` and `boards` are the names there are."""
    taken, places = set(boards), set[tuple[object, ...]]()
    for index, pad in enumerate(keypads):
        where = key_path(("hardware", "keypads", index))
        if pad.name in taken:
            yield Problem(where, f"the name {pad.name!r} is already another board's or pad's; give each its own")
        if pad.bus is not None and pad.bus not in buses:
            known = ", ".join(sorted(buses)) or "none yet"
            yield Problem(where, f"there is no bus {pad.bus!r}; the buses are: {known}")
        place = (pad.device, pad.bus, pad.driver, pad.pattern, pad.address)
        if place in places:
            yield Problem(where, "another pad has this very device or address; one press would count for both")
        taken.add(pad.name)
        places.add(place)
