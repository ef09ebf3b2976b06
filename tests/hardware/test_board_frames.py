"""The worked frames of makers' documents and of people who drive such boards, byte for byte."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.drivers.frame import FrameOptions
from hardware.protocols.checksums import crc16, sum8, xor8
from hardware.protocols.frames import (
    AddressOutOfRangeError,
    CannotShow,
    Checksum,
    FrameTemplate,
    NotThisFrameError,
    TextField,
)


def template(**parts: Any) -> FrameTemplate:
    return FrameOptions.model_validate({"template": parts}).template


LED_485 = template(start="24", address="dec3", separator="2C", text={"width": 4}, end="23")

WORKED = {
    "LED-485": (LED_485, 1, "A012", "24 30 30 31 2C 41 30 31 32 23"),
    "LED-485, a short number": (LED_485, 1, "12", "24 30 30 31 2C 20 20 31 32 23"),
    "QSystem": (
        template(start="01", address="raw", text={"width": 4}, end="07"),
        5,
        "A012",
        "01 05 41 30 31 32 07",
    ),
    "four-byte numeric board": (
        template(address="raw", text={"encoding": "int-be", "width": 2}, checksum={"kind": "sum8", "rendering": "raw"}),
        5,
        "999",
        "05 03 E7 EF",
    ),
    "SUNPN, green": (
        template(
            start="3A 00",
            text={"encoding": "int-le", "width": 2},
            trailer="01",
            checksum={"kind": "sum8", "rendering": "raw", "covers": "all"},
            end="0A",
        ),
        0,
        "888",
        "3A 00 78 03 01 B6 0A",
    ),
    "EDI ED400": (
        template(start="02", address="dec2", text={"width": 4}, end="03"),
        1,
        "1234",
        "02 30 31 31 32 33 34 03",
    ),
    "ER4S": (template(start="03 02", address="dec2", text={}, end="03"), 48, "2468", "03 02 34 38 32 34 36 38 03"),
    "FDS MLED, brightness 2": (
        template(start="02", address="dec", separator="32", text={}, end="0A"),
        1,
        "A012",
        "02 31 32 41 30 31 32 0A",
    ),
    "Rice Lake": (
        template(start="7C", address="dec2", separator="44 4D 7C", text={"width": 4}, end="21"),
        1,
        "A012",
        "7C 30 31 44 4D 7C 41 30 31 32 21",
    ),
    "LEDmsg": (
        template(start="21 5B", address="dec3", text={}, end="21 5D"),
        0,
        "A012",
        "21 5B 30 30 30 41 30 31 32 21 5D",
    ),
}


@pytest.mark.parametrize(("board", "address", "text", "frame"), WORKED.values(), ids=WORKED.keys())
def test_a_number_makes_the_frame_of_the_makers_document(board: FrameTemplate, address: int, text: str, frame: str):
    assert board.encode(address, text) == bytes.fromhex(frame)
    assert board.decode(address, bytes.fromhex(frame)).strip() == text


def test_checksums_of_published_examples():
    assert crc16(bytes.fromhex("01 06 00 88 00 0C")) == 0xE509
    assert sum8(bytes.fromhex("05 03 E7")) == 0xEF
    assert xor8(b"<L1><PA><FA><MA><WC><FA>A012") == 0x06


def test_a_text_longer_than_the_board_is_refused_not_cut():
    with pytest.raises(CannotShow, match="4 places"):
        LED_485.encode(1, "A0123")


def test_an_address_beyond_the_format_is_refused():
    with pytest.raises(AddressOutOfRangeError, match="0 to 99"):
        template(start="02", address="dec2", end="03").encode(100, "1")


def test_a_text_with_the_end_mark_in_it_is_refused():
    with pytest.raises(CannotShow, match="end mark"):
        template(start="02", end="23").encode(0, "A#1")


def test_vietnamese_letters_never_reach_the_wire():
    with pytest.raises(CannotShow, match="ASCII"):
        LED_485.encode(1, "Quầy")


templates = st.builds(
    FrameTemplate,
    start=st.binary(max_size=3),
    address=st.sampled_from(["none", "raw", "dec", "dec2", "dec3", "hex2"]),
    separator=st.binary(max_size=2),
    style=st.binary(max_size=2),
    text=st.builds(
        TextField,
        width=st.integers(4, 12),
        align=st.sampled_from(["left", "right"]),
        encoding=st.sampled_from(["ascii", "hex"]),
    ),
    trailer=st.binary(max_size=2),
    checksum=st.builds(
        Checksum,
        kind=st.sampled_from(["none", "sum8", "xor8", "sum16", "crc16"]),
        rendering=st.sampled_from(["raw", "raw-le", "hex"]),
        covers=st.sampled_from(["all", "body"]),
    ),
    end=st.binary(max_size=2),
)
numbers = st.from_regex(r"[A-Z][0-9]{1,3}", fullmatch=True)


@given(templates, st.integers(0, 99), numbers)
def test_every_frame_says_back_the_number_that_was_put_in(board: FrameTemplate, address: int, number: str):
    frame = board.encode(address, number)
    assert board.decode(address, frame).strip() == number
    assert frame.startswith(board.prefix(address))
    assert len(frame) == len(board.prefix(address)) + (board.size_after_prefix or 0)
    assert b"".join(part for part, _ in board.parts(address, frame)) == frame


@given(templates, st.integers(0, 99), st.binary(max_size=40))
def test_noise_is_refused_in_one_way_only(board: FrameTemplate, address: int, noise: bytes):
    with suppress(NotThisFrameError):
        board.decode(address, noise)
