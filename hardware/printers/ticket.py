"""A document as ESC/POS bytes. Pure; python-escpos builds them.

The bytes come in pieces, a command or a few in each: between two of them a printer may be asked how it is, which within
a picture would become part of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PIL import Image

from hardware.printers.config import DOTS_PER_MM
from hardware.printers.document import Document, Number, Qr, Rule, Space, Text
from hardware.printers.escpos_library import builder
from hardware.printers.raster import (
    QR_MARGIN,
    qr_image,
    qr_modules,
    qr_scale,
    rule_image,
    text_lines,
    white_above_and_below,
)

if TYPE_CHECKING:
    from hardware.printers.config import PrinterConfig
    from hardware.printers.document import Block

LETTER_DOTS: Final = (12, 24)
"""Width and height of a letter of font A."""

MOST_TIMES: Final = 8
"""The largest letters are eight times as wide and as high."""

TEXT_MARGIN_DOTS: Final = 6
SPACE_DOTS: Final = 24
RULE_MARGIN_DOTS: Final = 12
NUMBER_MARGIN_DOTS: Final = 16
FEED_DOTS: Final = 6 * 30
"""Six lines before the cut, for the knife stands above the head."""

EC_M: Final = 1

HARMLESS: Final = {b"\x10\x04": b"\x10\x0c", b"\x10\x05": b"\x10\x0d", b"\x10\x14": b"\x10\x1c"}
"""DLE EOT, DLE ENQ and DLE DC4 are obeyed at once wherever they stand: one in a picture is given a dot more."""


class NumberTooLong(ValueError):
    """A number that the paper is too narrow for, even in the smallest letters."""

    def __init__(self, number: str, width: int) -> None:
        super().__init__(f"the number {number!r} needs {len(number) * LETTER_DOTS[0]} dots, the paper has {width}")
        self.number = number
        self.width = width


@dataclass(frozen=True, slots=True)
class Ticket:
    """`dots` is how long a paper is moved, at 8 to the millimetre."""

    pieces: tuple[bytes, ...]
    dots: int

    @property
    def data(self) -> bytes:
        return b"".join(self.pieces)

    @property
    def millimetres(self) -> float:
        return self.dots / DOTS_PER_MM


def ticket(document: Document, printer: PrinterConfig) -> Ticket:
    """Raises NumberTooLong."""
    writer = _Builder(printer)
    writer.begin()
    for block in document.blocks:
        writer.add(block)
    writer.end()
    return Ticket(tuple(writer.pieces), writer.dots)


def without_commands(image: Image.Image) -> Image.Image:
    """The same picture without what a printer would take for a command to be obeyed at once; see HARMLESS."""
    black = _complement(image.tobytes())
    for command, harmless in HARMLESS.items():
        black = black.replace(command, harmless)
    return Image.frombytes("1", image.size, _complement(black))


def _complement(dots: bytes) -> bytes:
    return bytes(byte ^ 0xFF for byte in dots)


class _Builder:
    def __init__(self, printer: PrinterConfig) -> None:
        self._printer = printer
        self._escpos = builder(printer.width)
        self.pieces: list[bytes] = []
        self.dots = 0

    def begin(self) -> None:
        self._escpos.hw("INIT")
        self._done(0)

    def add(self, block: Block) -> None:
        match block:
            case Text():
                self._text(block)
            case Number():
                self._number(block.text)
            case Qr():
                self._qr(block.data)
            case Rule():
                self._feed(RULE_MARGIN_DOTS)
                self._image(rule_image(self._printer.width))
                self._feed(RULE_MARGIN_DOTS)
            case Space():
                self._feed(SPACE_DOTS)

    def end(self) -> None:
        if self._printer.cut == "none":
            self._escpos.print_and_feed(6)
        else:
            self._escpos.cut("FULL" if self._printer.cut == "full" else "PART")
        if self._printer.buzzer:
            self._escpos.buzzer(times=2, duration=2)
        self._done(FEED_DOTS)

    def _text(self, text: Text) -> None:
        slow = self._printer.is_slow
        for line in text_lines(text, self._printer.width, compact=slow):
            # moving paper costs a line three bytes, white rows cost it thousands
            above, below = white_above_and_below(line) if slow else (0, 0)
            self._feed(above)
            self._image(line.crop((0, above, line.width, line.height - below)))
            self._feed(below)
        self._feed(TEXT_MARGIN_DOTS)

    def _image(self, image: Image.Image) -> None:
        self._escpos.image(without_commands(image))
        self._done(image.height)

    def _number(self, number: str) -> None:
        times = min(MOST_TIMES, self._printer.width // (len(number) * LETTER_DOTS[0]))
        if times < 1:
            raise NumberTooLong(number, self._printer.width)
        self._feed(NUMBER_MARGIN_DOTS)
        self._escpos.set(align="center", bold=True, custom_size=True, width=times, height=times)
        self._escpos.text(f"{number}\n")
        self._escpos.set(align="left", bold=False, custom_size=True, width=1, height=1)
        self._done(times * LETTER_DOTS[1])
        self._feed(NUMBER_MARGIN_DOTS)

    def _qr(self, data: str) -> None:
        if self._printer.qr == "raster":
            self._image(qr_image(data, self._printer.width))
            return
        scale = qr_scale(data, self._printer.width)
        self._feed(QR_MARGIN * scale)
        # `center=` is refused for a native code; the printer's own alignment holds for it nevertheless
        self._escpos.set(align="center")
        self._escpos.qr(data, ec=EC_M, size=scale, native=True)
        self._escpos.set(align="left")
        self._done(qr_modules(data) * scale)
        self._feed(QR_MARGIN * scale)

    def _feed(self, dots: int) -> None:
        """Paper moves by vertical motion units, which are dots in most printers (ESC J)."""
        if dots:
            self._escpos._raw(b"\x1bJ" + bytes([dots]))  # noqa: SLF001 - the library has no name for ESC J
            self._done(dots)

    def _done(self, dots: int) -> None:
        self.pieces.append(self._take())
        self.dots += dots

    def _take(self) -> bytes:
        data: bytes = self._escpos.output
        self._escpos.clear()
        return data
