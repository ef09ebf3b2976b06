"""The register maps of digit displays: brightness, segments, decimals, lines, and narrow faces."""

import pytest
from boards import board, hex_of, number

from hardware.boards.charset import SEVEN_SEGMENT
from hardware.drivers import build
from hardware.drivers.base import Panel
from hardware.protocols import segments
from hardware.protocols.errors import CannotShow
from hardware.protocols.rtu import with_crc

WORKED = [
    ("led-485-decimal", "4.90", "01 10 00 90 00 02 04 00 02 01 EA DB 1C"),
    ("clone-056-number", "12", "01 06 00 00 00 0C 89 CF"),
    ("dm36b06-number", "12", "01 06 00 07 00 0C 38 0E"),
    ("embeddedart", "A012", "01 10 03 E8 00 02 04 41 30 31 32 68 C7"),
]


@pytest.mark.parametrize(("preset", "text", "frame"), WORKED)
def test_a_number_makes_the_frame_that_was_printed(preset: str, text: str, frame: str):
    assert hex_of(board("modbus", preset).frames(number(text))) == [frame]


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ("led-046-segments", "01 10 00 80 00 03 06 00 00 77 3F 06 5B"),
        ("dm36b06", "01 10 00 00 00 06 0C 00 20 00 20 00 41 00 30 00 31 00 32"),
        ("embeddedart-line-2", "01 10 07 D0 00 02 04 41 30 31 32"),
    ],
)
def test_the_maps_without_a_printed_frame_are_as_described(preset: str, words: str):
    (frame,) = board("modbus", preset).frames(number("A012"))
    assert frame.data == with_crc(bytes.fromhex(words))


def test_the_brightness_is_written_when_the_line_opens():
    assert hex_of(board("modbus", "led-485", panel=Panel(brightness=50)).setup()) == ["01 06 00 24 00 03 89 C0"]
    (full,) = board("modbus", "led-485-number", panel=Panel(brightness=100)).setup()
    assert full.data == with_crc(bytes.fromhex("01 06 00 24 00 07"))
    assert board("modbus", "led-485").setup() == []


def test_a_dimmer_from_the_makers_manual_can_be_added():
    driver = board("modbus", "embeddedart", panel=Panel(brightness=100), dimmer={"at_register": 36, "highest": 15})
    assert driver.setup()[0].data == with_crc(bytes.fromhex("01 06 00 24 00 0F"))


def test_a_board_without_a_dimmer_says_so():
    with pytest.raises(ValueError, match="brightness of a board with these registers cannot be set"):
        board("modbus", "led-046", panel=Panel(brightness=50))


def test_a_face_of_four_digits_takes_the_fixed_registers_all_the_same():
    (frame,) = board("modbus", "led-485", panel=Panel(width=4, align="right")).frames(number("7"))
    assert frame.data[7:-2] == b"   7" + bytes(8)
    with pytest.raises(ValueError, match="more than the 12 characters"):
        board("modbus", "led-485", panel=Panel(width=13))
    with pytest.raises(ValueError, match="say the width"):
        board("modbus", "led-485", panel=Panel(align="right"))


def test_a_narrower_face_takes_fewer_registers_where_these_are_as_many_as_it_has():
    (frame,) = board("modbus", "led-046", panel=Panel(width=4, align="left")).frames(number("7"))
    assert frame.data[7:-2] == b"7   "


def test_a_face_of_three_digits_refuses_a_fourth():
    with pytest.raises(CannotShow, match="3 digits"):
        board("modbus", "led-046-number", panel=Panel(width=3)).frames(number("1000"))
    with pytest.raises(CannotShow, match="4 ASCII places"):
        board("modbus", "dm56a04").frames(number("12345"))


def test_every_character_that_seven_segments_have_can_be_drawn_and_read():
    drawable = "".join(sorted(SEVEN_SEGMENT - {"."}))
    assert segments.decode(segments.encode(drawable)) == drawable.upper()
    assert len(set(segments.SEGMENTS.values())) == len(segments.SEGMENTS)


@pytest.mark.parametrize("letter", "KMVWX")
def test_a_letter_that_cannot_be_drawn_leaves_the_bare_number(letter: str):
    driver = board("modbus", "led-046-segments")
    assert driver.frames(number(f"{letter}012")) == driver.frames(number("012"))
    with pytest.raises(CannotShow, match="cannot draw"):
        segments.encode(letter)


def test_a_point_stands_at_the_digit_before_it():
    assert segments.encode("1.2") == bytes([0x06 | 0x80, 0x5B])
    assert segments.decode(segments.encode("1.2")) == "1.2"


def test_an_address_beyond_the_standards_is_refused():
    with pytest.raises(ValueError, match="no Modbus unit"):
        build("modbus", 248, {"preset": "led-485"})
