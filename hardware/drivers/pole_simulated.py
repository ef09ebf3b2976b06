"""A simulated customer display of either command set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hardware.protocols import pole

if TYPE_CHECKING:
    from collections.abc import Mapping

_UPPER, _LOWER = 0, 1


def _blank() -> list[bytearray]:
    return [bytearray(b" " * pole.COLUMNS) for _ in range(2)]


@dataclass(slots=True)
class SimulatedPole:
    """`printed` is what the printer got whose display this is."""

    commands: Mapping[bytes, pole.Command]
    blinks: bool = False
    brightness: int = pole.BRIGHTNESS[-1]
    printed: bytes = b""
    _lines: list[bytearray] = field(default_factory=_blank)
    _cursor: int = 0
    _string_mode: bool = False
    _displays: bool = True
    _heard: bytes = b""

    @property
    def shown(self) -> str:
        return self._line(_UPPER)

    @property
    def second_line(self) -> str:
        return self._line(_LOWER)

    def receive(self, data: bytes) -> bytes:
        self._heard += data
        for token in list(pole.tokens(self._heard, self.commands)):
            self._heard = self._heard[len(token.code) + len(token.data) :]
            self._take(token)
        return b""

    def _take(self, token: pole.Token) -> None:
        if token.code == b"\x1b=":
            self._displays = token.data == pole.TO_DISPLAY[-1:]
        elif not self._displays:
            self.printed += token.code + token.data
        elif token.code in (pole.CD5220_UPPER, pole.CD5220_LOWER):
            self._string_mode = True
            self._write_line(_UPPER if token.code == pole.CD5220_UPPER else _LOWER, token.data[:-1])
        elif token.code == pole.CLEAR:
            self._lines, self._cursor, self._string_mode = _blank(), 0, False
        elif not self._string_mode:
            self._take_outside_strings(token)

    def _take_outside_strings(self, token: pole.Token) -> None:
        if token.code == pole.INITIALIZE:
            self._lines, self._cursor, self.blinks = _blank(), 0, False
        elif token.code == b"\x1f$" and 1 <= token.data[0] <= pole.COLUMNS and token.data[1] in (1, 2):
            self._cursor = token.data[0] - 1 + pole.COLUMNS * (token.data[1] - 1)
        elif token.code == pole.BLINK:
            self.blinks = token.data != b"\0"
        elif token.code in (pole.DM_D_BRIGHTNESS, pole.CD5220_BRIGHTNESS):
            self.brightness = token.data[0]
        elif not token.code:
            self._write(token.data)

    def _write(self, text: bytes) -> None:
        for byte in text:
            if 0x20 <= byte < 0x7F:  # noqa: PLR2004 - what can be seen
                line, column = divmod(self._cursor, pole.COLUMNS)
                self._lines[line][column] = byte
                self._cursor = (self._cursor + 1) % (2 * pole.COLUMNS)

    def _write_line(self, line: int, text: bytes) -> None:
        self._lines[line] = bytearray(text[: pole.COLUMNS].ljust(pole.COLUMNS))

    def _line(self, line: int) -> str:
        return self._lines[line].decode("ascii", "replace").strip()
