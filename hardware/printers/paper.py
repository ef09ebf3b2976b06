"""What comes out of a simulated printer, drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import segno
from PIL import Image, ImageDraw, ImageFont, ImageOps

from hardware.printers.raster import FACES, FONT

LETTER_WIDTH: Final = 12
LETTER_HEIGHT: Final = 24
CENTRE: Final = 1


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster; 1 is black."""

    width: int
    rows: int
    dots: bytes
    align: int = 0

    def draw(self) -> Image.Image:
        return ImageOps.invert(Image.frombytes("1", (self.width, self.rows), self.dots).convert("L"))


@dataclass(frozen=True, slots=True)
class NativeText:
    """Letters of the printer's own, `times_wide` and `times_high` those of font A."""

    text: str
    align: int
    times_wide: int
    times_high: int
    bold: bool = False

    @property
    def width(self) -> int:
        return len(self.text) * LETTER_WIDTH * self.times_wide

    @property
    def rows(self) -> int:
        return LETTER_HEIGHT * self.times_high

    def draw(self) -> Image.Image:
        """Stretched into the printer's narrow cells."""
        image = Image.new("L", (self.width, self.rows), 255)
        cell = LETTER_WIDTH * self.times_wide
        font = ImageFont.truetype(FONT / FACES[self.bold], self.rows)
        for index, letter in enumerate(self.text):
            left, top, right, bottom = (int(edge) for edge in font.getbbox(letter, anchor="ls"))
            drawn = Image.new("L", (max(1, right - left), max(1, bottom - top)), 255)
            ImageDraw.Draw(drawn).text((-left, -top), letter, font=font, fill=0, anchor="ls")
            shape = (max(1, cell * 10 // 12), max(1, drawn.height))
            image.paste(drawn.resize(shape), (index * cell + cell // 12, self.rows * 7 // 8 + top))
        return image


@dataclass(frozen=True, slots=True)
class NativeQr:
    data: str
    align: int
    scale: int
    level: int

    @property
    def width(self) -> int:
        return int(self._code().symbol_size(border=0)[0]) * self.scale

    @property
    def rows(self) -> int:
        return self.width

    def draw(self) -> Image.Image:
        rows = [bytes(255 * (1 - module) for module in row) for row in self._code().matrix_iter(border=0)]
        image = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
        return image.resize((self.width, self.rows), Image.Resampling.NEAREST)

    def _code(self) -> segno.QRCode:
        return segno.make(self.data, error="lmqh"[self.level], micro=False, boost_error=False)


Item = Picture | NativeText | NativeQr


@dataclass(slots=True)
class Paper:
    """One ticket: what is on it, from top to bottom; an int is so many white rows."""

    width: int
    content: list[Item | int] = field(default_factory=list)
    _taken: int = 0

    def take_rows(self) -> int:
        """How far the paper has moved since this was asked before."""
        moved, self._taken = self.rows - self._taken, self.rows
        return moved

    @property
    def pictures(self) -> list[Picture]:
        return [item for item in self.content if isinstance(item, Picture)]

    @property
    def numbers(self) -> list[NativeText]:
        return [item for item in self.content if isinstance(item, NativeText)]

    @property
    def codes(self) -> list[NativeQr]:
        return [item for item in self.content if isinstance(item, NativeQr)]

    @property
    def rows(self) -> int:
        return sum(item if isinstance(item, int) else item.rows for item in self.content)

    def image(self) -> Image.Image:
        paper = Image.new("L", (self.width, max(1, self.rows)), 255)
        y = 0
        for item in self.content:
            if not isinstance(item, int):
                x = (self.width - item.width) // 2 if item.align == CENTRE else 0
                paper.paste(item.draw(), (x, y))
            y += item if isinstance(item, int) else item.rows
        return paper
