"""The ESC/POS commands that a ticket is made of, carried out on a sheet of paper that is drawn and not printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hardware.printers.paper import NativeQr, NativeText, Paper, Picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.printers.paper import Item

LINE_DOTS: Final = 30
LETTER_DOTS: Final = 12
NEWLINE: Final = 0x0A
PRINTABLE: Final = range(0x20, 0x7F)

# of GS ( k: which part of a QR code a command brings
QR_SCALE, QR_LEVEL, QR_STORE, QR_PRINT = 67, 69, 80, 81

FEED_AND_CUT: Final = 66


@dataclass(slots=True)
class Interpreter:
    """`sheets` are those that were cut off; what it does not know is kept in `nonsense`."""

    width: int
    sheets: list[Paper] = field(default_factory=list)
    nonsense: bytes = b""
    paper: Paper = field(init=False)
    align: int = 0
    bold: bool = False
    times: tuple[int, int] = (1, 1)
    line: str = ""
    _qr: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.paper = Paper(self.width)

    def step(self, data: bytes) -> int:
        """Carry out the first command of `data`; its length, or 0 where it is not complete."""
        if data[0] not in b"\x1b\x1d":
            return self._letter(data[0])
        if data[:2] not in COMMANDS:
            return self._not_known(data, 1) if len(data) > 1 else 0
        length, do = COMMANDS[data[:2]]
        return do(self, data) if len(data) >= length else 0

    def initialise(self, _data: bytes) -> int:
        self.align, self.bold, self.times = 0, False, (1, 1)
        return 2

    def set_align(self, data: bytes) -> int:
        self.align = data[2] % 48
        return 3

    def set_bold(self, data: bytes) -> int:
        self.bold = bool(data[2] & 1)
        return 3

    def set_letters(self, data: bytes) -> int:
        return 3 if data[2] == 0 else self._not_known(data, 3)

    def set_size(self, data: bytes) -> int:
        self.times = (data[2] >> 4) + 1, (data[2] & 0x0F) + 1
        return 3

    def feed(self, data: bytes) -> int:
        self.paper.content.append(data[2])
        return 3

    def feed_lines(self, data: bytes) -> int:
        self.paper.content.append(data[2] * LINE_DOTS)
        return 3

    def buzz(self, _data: bytes) -> int:
        return 4

    def raster(self, data: bytes) -> int:
        columns, rows = int.from_bytes(data[4:6], "little"), int.from_bytes(data[6:8], "little")
        end = 8 + columns * rows
        if len(data) < end:
            return 0
        if data[2:4] != b"0\0" or columns * 8 > self.width:
            return self._not_known(data, end)
        self.paper.content.append(Picture(columns * 8, rows, data[8:end]))
        return end

    def symbol(self, data: bytes) -> int:
        end = 5 + int.from_bytes(data[3:5], "little")
        if len(data) < end:
            return 0
        if data[2:3] + data[5:6] != b"k1":
            return self._not_known(data, end)
        self._qr[data[6]] = data[7:end]
        if data[6] == QR_PRINT:
            text, level = self._qr[QR_STORE][1:].decode(), self._qr[QR_LEVEL][0] - ord("0")
            self._put(NativeQr(text, self.align, self._qr[QR_SCALE][0], level))
        return end

    def cut(self, data: bytes) -> int:
        self.sheets.append(self.paper)
        self.paper = Paper(self.width)
        return 4 if data[2] == FEED_AND_CUT else 3

    def _letter(self, byte: int) -> int:
        if byte == NEWLINE:
            self._end_line()
        elif byte in PRINTABLE:
            self.line += chr(byte)
        else:
            self.nonsense += bytes([byte])
        return 1

    def _end_line(self) -> None:
        text, self.line = self.line, ""
        columns = self.width // (LETTER_DOTS * self.times[0])
        for start in range(0, len(text), columns):
            self._put(NativeText(text[start : start + columns], self.align, *self.times, self.bold))
        if not text:
            self.paper.content.append(LINE_DOTS)

    def _put(self, item: Item) -> None:
        self.paper.content.append(item)

    def _not_known(self, data: bytes, length: int) -> int:
        self.nonsense += data[:length]
        return length


COMMANDS: Final[dict[bytes, tuple[int, Callable[[Interpreter, bytes], int]]]] = {
    b"\x1b@": (2, Interpreter.initialise),
    b"\x1ba": (3, Interpreter.set_align),
    b"\x1bE": (3, Interpreter.set_bold),
    b"\x1bt": (3, Interpreter.set_letters),
    b"\x1bJ": (3, Interpreter.feed),
    b"\x1bd": (3, Interpreter.feed_lines),
    b"\x1bB": (4, Interpreter.buzz),
    b"\x1d!": (3, Interpreter.set_size),
    b"\x1dv": (8, Interpreter.raster),
    b"\x1d(": (7, Interpreter.symbol),
    b"\x1dV": (3, Interpreter.cut),
}
"""With the least that must be there before anything can be said of a command."""
