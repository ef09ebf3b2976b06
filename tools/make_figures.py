"""Make the figures of one width from Be Vietnam Pro, which has none of its own.

Run once by hand when the font changes; needs fonttools and brotli, which the program itself does not:

    python tools/make_figures.py app/static/fonts

For each weight it keeps the ten figures of the latin file, gives all of them the advance of "0" with the outline in
the middle, and writes be-vietnam-pro-figures-WEIGHT.woff2. The licence (OFL 1.1, no reserved name) stays.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

WEIGHTS = (400, 500, 600, 700, 800)
FIGURES = "0123456789"
NAME_RECORDS = (1, 3, 4, 6, 16)  # family, unique id, full name, PostScript name, typographic family


def main(folder: Path) -> None:
    """Write a figures file beside each weight's latin file."""
    for weight in WEIGHTS:
        font = TTFont(folder / f"be-vietnam-pro-latin-{weight}.woff2")
        _keep_figures(font)
        _widen_alike(font)
        _rename(font, weight)
        font.flavor = "woff2"
        font.save(folder / f"be-vietnam-pro-figures-{weight}.woff2")


def _keep_figures(font: TTFont) -> None:
    options = subset.Options(layout_features=[], name_IDs=["*"], notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=FIGURES)
    subsetter.subset(font)


def _widen_alike(font: TTFont) -> None:
    names = font.getBestCmap()
    width, _ = font["hmtx"][names[ord("0")]]
    for figure in FIGURES:
        name = names[ord(figure)]
        glyph = font["glyf"][name]
        bearing = (width - (glyph.xMax - glyph.xMin)) // 2
        glyph.coordinates.translate((bearing - glyph.xMin, 0))
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, bearing)


def _rename(font: TTFont, weight: int) -> None:
    for record in font["name"].names:
        if record.nameID in NAME_RECORDS:
            joint = "" if record.nameID == NAME_RECORDS[3] else " "
            record.string = joint.join(("Be Vietnam Pro Figures", str(weight))).replace(" ", joint or "")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
