"""The named presets of delimited frames, against the frames that were printed by their makers and users."""

import pytest
from boards import board, hex_of, number
from pydantic import ValidationError

from hardware.drivers import build
from hardware.drivers.base import Panel, Piece, Verdict
from hardware.drivers.frame import FrameDriver
from hardware.protocols.errors import AddressOutOfRangeError, CannotShow

FOUR = Panel(width=4)

WORKED = [
    ("led-485", 1, None, {}, "A012", "24 30 30 31 2C 41 30 31 32 23"),
    ("led-485", 1, Panel(width=3), {}, "12", "24 30 30 31 2C 20 31 32 23"),
    ("qsystem", 5, None, {}, "A012", "01 05 41 30 31 32 07"),
    ("qsystem", 5, Panel(width=7), {}, "", "01 05 20 20 20 20 20 20 20 07"),
    ("numeric-4byte", 5, None, {}, "999", "05 03 E7 EF"),
    ("sunpn", 1, None, {"colour": "green"}, "888", "3A 00 78 03 01 B6 0A"),
    ("edi-ed400", 1, None, {}, "1234", "02 30 31 31 32 33 34 03"),
    ("london-er4s", 48, None, {}, "2468", "03 02 34 38 32 34 36 38 03"),
    ("london-er4s", 4, None, {}, "A01F", "03 02 34 3A 30 31 3F 03"),
    ("mled", 1, Panel(brightness=66), {}, "A012", "02 31 32 41 30 31 32 0A"),
    ("mled", 10, None, {}, "A012", "02 41 33 41 30 31 32 0A"),
    ("ledmsg", 0, None, {}, "A012", "21 5B 30 30 30 41 30 31 32 21 5D"),
    ("ledmsg", 0, None, {"colour": "7"}, "123", "21 5B 30 30 30 2F 43 37 31 32 33 21 5D"),
    ("strasil", 1, None, {}, "A012", "02 01 41 30 31 32 03"),
    ("student-q", 1, None, {}, "025", "51 31 2D 30 32 35 0A"),
]


@pytest.mark.parametrize(("preset", "address", "panel", "options", "text", "frame"), WORKED)
def test_a_number_makes_the_frame_that_was_printed(
    *, preset: str, address: int, panel: Panel | None, options: dict[str, object], text: str, frame: str
):
    assert hex_of(board("frame", preset, address, panel=panel, **options).frames(number(text))) == [frame]


def test_led_485_is_dimmed_and_asked_as_its_maker_does():
    driver = board("frame", "led-485", panel=Panel(brightness=50))
    assert [frame.data for frame in driver.setup()] == [b"$001,3%"]
    assert board("frame", "led-485").setup() == []
    question = driver.probe()
    assert question is not None
    assert question.data == b"$001,01&"
    assert driver.judge(question, b"OK").verdict is Verdict.SHOWN


def test_sunpn_says_its_frame_again_with_its_own_start():
    driver = board("frame", "sunpn", colour="green")
    (frame,) = driver.frames(number("888"))
    assert driver.judge(frame, bytes.fromhex("2A 00 78 03 01 A6 0A")).verdict is Verdict.SHOWN
    assert driver.judge(frame, bytes.fromhex("2A 00 79 03 01 A7 0A")).verdict is Verdict.GARBLED
    assert driver.judge(frame, b"").verdict is Verdict.UNANSWERED


def test_rice_lake_is_shown_only_when_it_says_back_the_number():
    driver = board("frame", "rice-lake", panel=FOUR)
    written, asked = driver.frames(number("A012"))
    assert hex_of([written, asked]) == ["7C 30 31 44 4D 7C 41 30 31 32 21", "7C 30 31 51 44 21"]
    assert driver.judge(written, b"").verdict is Verdict.SENT
    assert driver.judge(asked, b"A012,000\r").verdict is Verdict.SHOWN
    other = driver.judge(asked, b"A011,000\r")
    assert (other.verdict, other.detail) == (Verdict.REFUSED, "it displays 'A011'")
    assert driver.judge(asked, b"A012").verdict is Verdict.GARBLED


def test_rice_lake_has_six_places_padded_with_spaces():
    assert board("frame", "rice-lake").frames(number("A012"))[0].data == b"|01DM|  A012!"


def test_rice_lake_is_found_by_the_same_question():
    driver = board("frame", "rice-lake")
    question = driver.probe()
    assert question is not None
    assert driver.judge(question, b"anything,000\r").verdict is Verdict.SHOWN


def test_the_gap_of_qsystems_own_software_is_kept():
    (frame,) = board("frame", "qsystem").frames(number("A012"))
    assert frame.deaf_ms == 300


@pytest.mark.parametrize(
    ("preset", "text", "shown"), [("edi-ed400", "A012", b" 012"), ("london-er4s", "K012", b" 012")]
)
def test_a_letter_that_the_board_does_not_have_leaves_the_bare_number(preset: str, text: str, shown: bytes):
    assert shown in board("frame", preset).frames(number(text))[0].data


def test_a_character_with_a_meaning_of_its_own_never_reaches_the_board():
    assert board("frame", "ledmsg").frames(number("7/1"))[0].data == b"![00171!]"
    driver = board("frame", "ledmsg", template={"text": {"characters": "A/"}})
    assert driver.frames(number("A/"))[0].data == b"![001!]"


@pytest.mark.parametrize(("preset", "address"), [("rice-lake", 32), ("strasil", 0), ("mled", 21), ("london-er4s", 100)])
def test_an_address_that_the_maker_does_not_have_is_refused_at_the_start(preset: str, address: int):
    with pytest.raises(AddressOutOfRangeError):
        board("frame", preset, address)


def test_a_three_digit_number_board_refuses_a_fourth_digit():
    driver = board("frame", "sunpn", panel=Panel(width=3))
    assert driver.frames(number("A099"))
    with pytest.raises(CannotShow, match="3 digits"):
        driver.frames(number("1000"))


def test_a_number_board_is_never_told_to_be_dark_between_two_blinks():
    assert board("frame", "sunpn").blinks_by_itself
    assert board("frame", "student-q").blinks_by_itself
    assert not board("frame", "led-485").blinks_by_itself


def test_the_alignment_of_the_panel_goes_before_that_of_the_preset():
    assert board("frame", "led-485", panel=Panel(align="left")).frames(number("7"))[0].data == b"$001,7   #"


def test_an_unknown_colour_is_told_with_the_known_ones():
    with pytest.raises(ValidationError, match="no colour 'pink'; there are green, yellow, red"):
        board("frame", "sunpn", colour="pink")


def test_a_reply_is_either_fixed_or_the_frame_again():
    with pytest.raises(ValidationError, match="either expect or start"):
        board("frame", "led-485", reply={"timeout_ms": 100})


def test_a_board_that_cannot_be_dimmed_says_so():
    with pytest.raises(ValueError, match="brightness of a board with these frames cannot be set"):
        board("frame", "edi-ed400", panel=Panel(brightness=50))


def test_a_frame_is_explained_piece_by_piece():
    driver = board("frame", "sunpn", colour="green")
    assert driver.explain(driver.frames(number("888"))[0]) == [
        Piece(b"\x3a", "start"),
        Piece(b"\x00", "colour or brightness"),
        Piece(b"\x78\x03", "number '888'"),
        Piece(b"\x01", "fixed bytes"),
        Piece(b"\xb6", "checksum (sum8)"),
        Piece(b"\x0a", "end"),
    ]


def test_what_the_makers_box_also_takes_fits_the_same_template():
    def command(text: str, end: str) -> bytes:
        template = {"text": {"width": 0}, "end": end}
        driver = build("frame", 1, {"preset": "led-485", "template": template})
        assert isinstance(driver, FrameDriver)
        return driver.options.template.encode(1, text)

    assert command("3", "25") == b"$001,3%"
    assert command("005", "40") == bytes.fromhex("24 30 30 31 2C 30 30 35 40")
    assert [command(f"{n:02}", "26") for n in (1, 2, 3, 4, 80, 81)] == [
        f"$001,{n:02}&".encode() for n in (1, 2, 3, 4, 80, 81)
    ]
