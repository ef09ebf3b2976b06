"""The letters of a ticket are the published ones, and they are all there."""

import hashlib
import re
import unicodedata

import pytest
from PIL import ImageFont

from hardware.printers.raster import FACES, FONT

CHECKSUMS = dict(re.findall(r"^([0-9a-f]{64})  (\S+)$", (FONT / "README.md").read_text(), re.MULTILINE))
MARKED = "".join(f"{vowel}{tone}" for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in "\u0300\u0309\u0303\u0301\u0323")


def test_what_is_vendored_is_what_was_published():
    present = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONT.iterdir()}
    assert {digest: name for name, digest in present.items() if name != "README.md"} == CHECKSUMS


@pytest.mark.parametrize("face", FACES.values())
def test_every_vietnamese_letter_has_its_shape(face: str):
    font = ImageFont.truetype(FONT / face, 40)
    missing = font.getmask("\ufffe").getbbox(), bytes(font.getmask("\ufffe"))
    for letter in {*unicodedata.normalize("NFC", MARKED), *"đĐ0123456789–…·“”"}:
        assert (font.getmask(letter).getbbox(), bytes(font.getmask(letter))) != missing, letter
