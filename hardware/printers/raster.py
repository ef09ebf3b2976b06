"""Text and QR codes as rows of dots. Pure: letters come from the font beside this file.

An image here is black (0) on white (255), as wide as whole bytes, and may be narrower than the paper: what is white on
the right is not sent, which saves a serial line seconds.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import segno
from PIL import Image, ImageDraw, ImageFont, ImageOps

from hardware.printers.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hardware.printers.document import Text

FONT: Final = Path(__file__).parent / "font"
FACES: Final = {False: "BeVietnamPro_500Medium.ttf", True: "BeVietnamPro_700Bold.ttf"}

PIXELS: Final = {"small": 27, "normal": 34, "large": 46}
"""Size of the letters in dots, eight to the millimetre: at arm's length, without glasses, `small` can still be read."""

COMPACT_PIXELS: Final = {"small": 22, "normal": 26, "large": 36}
"""For a line so slow that a citizen would wait for the large ones: half as many dots, all but."""

USUAL: Final = "Hấđỗgjpqyạợ,;()|"
"""What a line is made high enough for, whatever it says; one with capitals such as Ẵ is made higher."""

LEADING: Final = 0.12
"""White between the lowest tail of a line and the highest mark of the next, as a part of the letters' size."""

INK: Final = 132
"""A dot is black where the letter covers this much of it (of 255): thinner, and thermal paper loses hairlines."""

SIDE: Final = 8
"""White on either side: 1 mm, for a head that is not quite where it should be."""

QR_DOTS: Final = 240
QR_MARGIN: Final = 4
"""White modules around a code, as readers ask for (ISO/IEC 18004)."""
QR_MODULE_DOTS: Final = (3, 8)
"""A QR code is about 30 mm wide; a module is not smaller than an old telephone's camera can see."""


def text_lines(text: Text, width: int, *, compact: bool = False) -> Iterator[Image.Image]:
    """The lines of a text, each an image of its own; none is ever cut at its marks or tails."""
    pixels = (COMPACT_PIXELS if compact else PIXELS)[text.size]
    font = _font(pixels, bold=text.bold)
    for line in wrap(text.text, width - 2 * SIDE, font.getlength, balanced=text.align == "center"):
        top, bottom = _extent(line, font, max(4, round(pixels * LEADING)))
        left = (width - round(font.getlength(line))) // 2 if text.align == "center" else SIDE
        image = Image.new("L", (width, bottom - top), 255)
        ImageDraw.Draw(image).text((left, -top), line, font=font, fill=0)
        yield bilevel(image)


def qr_image(data: str, width: int) -> Image.Image:
    """A QR code in the middle of the paper, with the white around it that readers ask for."""
    rows = [bytes(255 * (1 - module) for module in row) for row in _qr(data).matrix_iter(border=QR_MARGIN)]
    side = len(rows) * qr_scale(data, width)
    modules = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
    paper = Image.new("L", (width, side), 255)
    paper.paste(modules.resize((side, side), Image.Resampling.NEAREST), ((width - side) // 2, 0))
    return bilevel(paper)


def qr_modules(data: str) -> int:
    """Modules to a side, without the white around them."""
    return int(_qr(data).symbol_size(border=0)[0])


def qr_scale(data: str, width: int) -> int:
    """Dots to a side of one module, so that a code of `width` dots' paper is neither cut nor too fine to be read."""
    least, most = QR_MODULE_DOTS
    modules = qr_modules(data)
    return max(1, min(max(QR_DOTS // modules, least), most, width // (modules + 2 * QR_MARGIN)))


@lru_cache(maxsize=8)
def _qr(data: str) -> Any:
    return segno.make(data, error="m", micro=False)


def rule_image(width: int) -> Image.Image:
    return Image.new("1", (width, 3), 0)


def _extent(line: str, font: ImageFont.FreeTypeFont, leading: int) -> tuple[int, int]:
    """Highest and lowest row of a line. The font's own ascent is no help: the marks of Ấ and Ỗ stand above it."""
    usual, own = font.getbbox(USUAL), font.getbbox(line)
    top, bottom = min(usual[1], own[1]), max(usual[3], own[3])
    return math.floor(top) - leading // 2, math.ceil(bottom) + (leading + 1) // 2


@cache
def _font(pixels: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    # the basic layout is the same on every machine; the other depends on a library that may not be there
    return ImageFont.truetype(FONT / FACES[bold], pixels, layout_engine=ImageFont.Layout.BASIC)


def bilevel(image: Image.Image) -> Image.Image:
    """Black and white, and no wider than its last black byte."""
    dots = image.point(lambda level: 0 if level < INK else 255, mode="1")
    inked = ImageOps.invert(image).getbbox()
    width = min(-(-inked[2] // 8) * 8, image.width) if inked else 8
    return dots.crop((0, 0, width, image.height))


def white_above_and_below(image: Image.Image) -> tuple[int, int]:
    """Rows without a black dot, but for one on each side that stays part of the picture."""
    inked = ImageOps.invert(image.convert("L")).getbbox()
    if inked is None:
        return image.height - 1, 0
    return max(0, inked[1] - 1), max(0, image.height - inked[3] - 1)
