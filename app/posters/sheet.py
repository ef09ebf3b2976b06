"""A PDF page that is drawn on from the top left, in points of an A4; an A5 is the same, smaller by the root of two."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

import segno
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.posters.lines import balance, composed, wrap
from app.posters.values import Size

PAPER: Final = {Size.A4: A4, Size.A5: A5}
WIDTH, HEIGHT = A4
MARGIN: Final = 18 * mm
"""More than any office printer leaves white."""
COLUMN: Final = WIDTH - 2 * MARGIN

WHITE: Final = HexColor("#ffffff")
INK: Final = HexColor("#14264a")
QUIET: Final = HexColor("#4c5a78")
RULE: Final = HexColor("#b9b09e")
ACCENT: Final = "#1f4b99"

LEADING: Final = 1.34
"""Of the letters' size: the least at which no mark of Ấ, Ỗ or Ữ meets the line above."""
RISE: Final = 1.04
"""From the top of a line to its baseline, of the letters' size: Ẵ stands as high as this."""

READABLE: Final = 4.5
"""The least contrast of words on paper (WCAG 2.2, 1.4.3)."""
QUIET_ZONE: Final = 4
"""Modules of white around a code: ISO/IEC 18004, 6.3.8."""

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Type:
    """`size` in points on A4."""

    size: float
    bold: bool = False
    quiet: bool = False

    def measure(self, text: str) -> float:
        return pdfmetrics.stringWidth(text, _face(bold=self.bold), self.size)

    def wrap(self, text: str, width: float) -> list[str]:
        return wrap(text, width, self.measure)

    def balance(self, text: str, width: float) -> list[str]:
        return balance(text, width, self.measure)

    def height(self, lines: Sequence[str]) -> float:
        return len(lines) * self.size * LEADING


class Sheet:
    """The paper. `y` counts down from its top; whoever draws text gets back the y below it."""

    def __init__(self, size: Size, title: str, author: str, accent: str) -> None:
        self.accent: Color = HexColor(accent or ACCENT)
        self.accent_ink = self.accent if _contrast(self.accent, WHITE) >= READABLE else INK
        self._size = PAPER[size]
        self._out = io.BytesIO()
        # invariant: the same poster is the same file, whenever it is made
        self._canvas = Canvas(self._out, pagesize=self._size, lang="vi-VN", invariant=1, pageCompression=1)
        self._canvas.setTitle(composed(title))
        self._canvas.setAuthor(composed(author))
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._begin()

    def _begin(self) -> None:
        self._canvas.scale(self._size[0] / WIDTH, self._size[0] / WIDTH)

    def next_page(self) -> None:
        self._canvas.showPage()
        self._begin()

    def pdf(self) -> bytes:
        self._canvas.save()
        return self._out.getvalue()

    def text(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        face: Type,
        *,
        align: Align = "left",
        colour: Color | None = None,
    ) -> float:
        """`x` is the left end, the middle or the right end, as `align` says."""
        self._canvas.setFont(_face(bold=face.bold), face.size)
        self._canvas.setFillColor(colour or (QUIET if face.quiet else INK))
        draw = self._drawn(align)
        for line in lines:
            draw(x, HEIGHT - y - RISE * face.size, composed(line))
            y += face.size * LEADING
        return y

    def _drawn(self, align: Align) -> Callable[..., Any]:
        ways: dict[Align, Callable[..., Any]] = {
            "left": self._canvas.drawString,
            "center": self._canvas.drawCentredString,
            "right": self._canvas.drawRightString,
        }
        return ways[align]

    def rule(self, y: float, *, colour: Color = RULE, weight: float = 0.8) -> None:
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(weight)
        self._canvas.line(MARGIN, HEIGHT - y, WIDTH - MARGIN, HEIGHT - y)

    def frame(self, y: float, height: float) -> None:
        """A rounded frame in the centre's colour, as wide as the column."""
        self._canvas.setStrokeColor(self.accent)
        self._canvas.setLineWidth(1.6)
        self._canvas.roundRect(MARGIN, HEIGHT - y - height, COLUMN, height, 5 * mm)

    def box(self, x: float, y: float, side: float) -> None:
        """A box to tick."""
        self._canvas.setStrokeColor(self.accent)
        self._canvas.setLineWidth(1.1)
        self._canvas.roundRect(x, HEIGHT - y - side, side, side, side / 6)

    def dot(self, x: float, y: float) -> None:
        self._canvas.setFillColor(self.accent)
        self._canvas.circle(x, HEIGHT - y, 1.7, stroke=0, fill=1)

    def disc(self, x: float, y: float, radius: float, text: str, face: Type) -> None:
        """A step's number in a disc, its middle at x, y."""
        self._canvas.setFillColor(self.accent)
        self._canvas.circle(x, HEIGHT - y, radius, stroke=0, fill=1)
        self.text(x, y - face.size * (RISE - 0.36), [text], face, align="center", colour=_on(self.accent))

    def crest(self, x: float, y: float, side: float) -> None:
        """The centre's sign, as on its pages: two steps forward."""
        canvas, unit = self._canvas, side / 48
        canvas.setFillColor(self.accent)
        canvas.roundRect(x + 2 * unit, HEIGHT - y - 46 * unit, 44 * unit, 44 * unit, 12 * unit, stroke=0, fill=1)
        canvas.saveState()
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        canvas.setLineWidth(5 * unit)
        for left, strength in ((13, 0.55), (25, 1.0)):
            canvas.setStrokeColor(_between(self.accent, _on(self.accent), strength))
            step = canvas.beginPath()
            step.moveTo(x + left * unit, HEIGHT - y - 15 * unit)
            step.lineTo(x + (left + 9) * unit, HEIGHT - y - 24 * unit)
            step.lineTo(x + left * unit, HEIGHT - y - 33 * unit)
            canvas.drawPath(step)
        canvas.restoreState()

    def qr(self, middle: float, y: float, side: float, data: str) -> float:
        """A code whose dark part is `side` wide, with its white around it; answers the height of both.

        One path filled once, so that no viewer shows seams between modules. Error correction M: 15 % may be lost.
        """
        rows = [list(row) for row in segno.make(data, error="m", micro=False).matrix]
        module = side / len(rows)
        white = QUIET_ZONE * module
        path = self._canvas.beginPath()
        for number, row in enumerate(rows):
            for start, length in _runs(row):
                top = y + white + number * module
                path.rect(middle - side / 2 + start * module, HEIGHT - top - module, length * module, module)
        self._canvas.setFillColor(HexColor("#000000"))
        self._canvas.drawPath(path, stroke=0, fill=1)
        return side + 2 * white


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """(start, length) of each run of dark modules."""
    starts = [n for n, dark in enumerate(row) if dark and (n == 0 or not row[n - 1])]
    ends = [n + 1 for n, dark in enumerate(row) if dark and (n + 1 == len(row) or not row[n + 1])]
    return [(start, end - start) for start, end in zip(starts, ends, strict=True)]


def _on(ground: Color) -> Color:
    """What is read best on `ground`: white or ink."""
    return WHITE if _contrast(ground, WHITE) >= _contrast(ground, INK) else INK


def _contrast(one: Color, other: Color) -> float:
    """WCAG 2.2: 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (part**2.2 for part in colour.rgb())  # sRGB's curve, near enough to choose by
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def _between(ground: Color, ink: Color, strength: float) -> Color:
    mixed = (g + (i - g) * strength for g, i in zip(ground.rgb(), ink.rgb(), strict=True))
    return Color(*mixed)


@cache
def _face(*, bold: bool) -> str:
    """The name under which reportlab knows the font; loaded once. The files are those of the ticket printers."""
    name = "BeVietnamPro-Bold" if bold else "BeVietnamPro-Medium"
    file = "BeVietnamPro_700Bold.ttf" if bold else "BeVietnamPro_500Medium.ttf"
    pdfmetrics.registerFont(TTFont(name, io.BytesIO((files("hardware.printers") / "font" / file).read_bytes())))
    return name
