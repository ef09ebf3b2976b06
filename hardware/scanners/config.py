"""The scanners of the [hardware] part of toiluot.toml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from hardware.config_errors import Problem, key_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DOSSIER_PATTERN: Final = r"([0-9]{3}\.[0-9]{2}\.[0-9]{2}\.)?H[0-9]{2}(\.[0-9]{1,3}){0,3}-[0-9]{6}-[0-9]{3,6}"
"""H12.34-250701-0001 and 000.00.00.H12-250701-0001: the province, its unit, the day of receipt, a running number."""

SUFFIXES: Final = {"CR": b"\r", "LF": b"\n", "CRLF": b"\r\n", "Tab": b"\t"}


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is not a regular expression: {error}") from error
    return pattern


class ScannerConfig(BaseModel):
    """One scanner: at a serial line (USB-CDC too) by `url`, or one that types, by `device`; of a counter or a kiosk."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=60)]
    url: Annotated[str, Field(min_length=1)] | None = None
    """/dev/serial/by-id/… or by-path, socket://HOST:PORT, rfc2217://HOST:PORT."""
    device: Annotated[str, Field(min_length=1)] | None = None
    """/dev/input/by-path/…-event-kbd; the scanner set to the US keyboard layout."""
    baudrate: Annotated[int, Field(ge=50, le=4_000_000)] = 9600
    bytesize: Literal[7, 8] = 8
    parity: Literal["N", "E", "O", "M", "S"] = "N"
    stopbits: Literal[1, 2] = 1
    xonxoff: bool = False
    rtscts: bool = False
    counter: Annotated[int, Field(ge=1)] | None = None
    kiosk: Annotated[str, Field(max_length=60)] = ""
    """The name of the kiosk's device."""
    suffix: Literal["CR", "LF", "CRLF", "Tab"] = "CR"
    """What the scanner sends after each code."""
    timeout_ms: Annotated[int, Field(ge=20, le=5_000)] = 250
    """The parts of one code are not further apart; longer than the line, for adapters hand bytes on in lumps."""
    dossier_pattern: Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_compiles)] = DOSSIER_PATTERN
    """What the whole of a dossier's code looks like; where it has a group `code`, that group alone is taken."""

    @model_validator(mode="after")
    def _check_place(self) -> Self:
        if (self.url is None) == (self.device is None):
            raise ValueError("give either 'url' (a serial line) or 'device' (a scanner that types)")
        if (self.counter is None) == (not self.kiosk):
            raise ValueError("give either 'counter' (its number) or 'kiosk' (the name of its device)")
        return self

    @property
    def suffix_bytes(self) -> bytes:
        return SUFFIXES[self.suffix]

    @property
    def port(self) -> str:
        return self.url or self.device or ""


def problems_of_scanners(scanners: Sequence[ScannerConfig], ports: Sequence[str] = ()) -> Iterator[Problem]:
    """What is wrong with them together; `ports` are those that other equipment uses."""
    names, taken = set[str](), set(ports)
    for index, scanner in enumerate(scanners):
        where = key_path(("hardware", "scanners", index))
        if scanner.name in names:
            yield Problem(where, f"the name {scanner.name!r} is already another scanner's; give each its own")
        if scanner.port in taken:
            yield Problem(where, f"{scanner.port} is already used by something else; a scanner needs a port of its own")
        names.add(scanner.name)
        taken.add(scanner.port)
