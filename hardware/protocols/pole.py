"""The two command sets of 2 x 20 customer displays: Epson DM-D (ESC/POS) and CD5220. Pure.

Sources: Epson, "DM-D110 Specification"; CD5220 "User's Manual", 7.2 (standard mode command list), where ESC Q A and
ESC Q B set the string mode, which only CLR (or CAN) leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COLUMNS: Final = 20

INITIALIZE: Final = b"\x1b@"
CLEAR: Final = b"\x0c"
TO_DISPLAY: Final = b"\x1b=\x02"
TO_PRINTER: Final = b"\x1b=\x01"
SECOND_LINE: Final = b"\x1f$\x01\x02"
BLINK: Final = b"\x1fE"
DM_D_BRIGHTNESS: Final = b"\x1fX"
CD5220_UPPER: Final = b"\x1bQA"
CD5220_LOWER: Final = b"\x1bQB"
CD5220_BRIGHTNESS: Final = b"\x1b*"
RETURN: Final = b"\r"

BLINK_UNIT_MS: Final = 50
BRIGHTNESS: Final = (1, 2, 3, 4)
"""The steps of both command sets; makers give 20, 40, 60 and 100 % for them."""


@dataclass(frozen=True, slots=True)
class Command:
    """`arguments` is how many bytes follow; None: all up to a carriage return."""

    meaning: str
    arguments: int | None = 0


DM_D: Final[Mapping[bytes, Command]] = {
    INITIALIZE: Command("start afresh"),
    CLEAR: Command("clear the display"),
    b"\x1b=": Command("choose printer (1) or display (2)", 1),
    b"\x1f$": Command("move the cursor: column, line", 2),
    BLINK: Command("blink, in units of 50 ms; 0 is steady", 1),
    DM_D_BRIGHTNESS: Command("brightness, 1 to 4", 1),
}
CD5220: Final[Mapping[bytes, Command]] = {
    INITIALIZE: Command("start afresh"),
    CLEAR: Command("clear the display"),
    CD5220_UPPER: Command("upper line", None),
    CD5220_LOWER: Command("lower line", None),
    CD5220_BRIGHTNESS: Command("brightness, 1 to 4", 1),
}


@dataclass(frozen=True, slots=True)
class Token:
    """A command with its arguments, or (`code` empty) printable text."""

    code: bytes
    data: bytes
    meaning: str


def tokens(stream: bytes, commands: Mapping[bytes, Command]) -> Iterator[Token]:
    """The whole commands and texts at the start of `stream`; what begins at its end and is not complete is left."""
    at = 0
    while at < len(stream):
        code = next((known for known in commands if stream.startswith(known, at)), None)
        if code is None:
            end = _end_of_text(stream, at, commands)
            if end == at:
                return
            yield Token(b"", stream[at:end], "text")
        else:
            end = _end_of_command(stream, at + len(code), commands[code])
            if not end:
                return
            yield Token(code, stream[at + len(code) : end], commands[code].meaning)
        at = end


def _end_of_command(stream: bytes, at: int, command: Command) -> int:
    """0 where it is not complete."""
    if command.arguments is None:
        return stream.find(RETURN, at) + 1
    end = at + command.arguments
    return end if end <= len(stream) else 0


def _end_of_text(stream: bytes, at: int, commands: Mapping[bytes, Command]) -> int:
    """Where the next command begins, or may begin: its first bytes may be all that has come so far."""
    for end in range(at, len(stream)):
        rest = stream[end:]
        if any(rest.startswith(known) or known.startswith(rest) for known in commands):
            return end
    return len(stream)
