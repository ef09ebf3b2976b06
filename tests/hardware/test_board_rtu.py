"""Modbus RTU frames as printed by makers and checked against two masters and a slave written by others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.boards.state import BoardState, Kind
from hardware.drivers import build
from hardware.drivers.base import Driver, Verdict
from hardware.protocols import rtu
from hardware.protocols.frames import CannotShow

WORKED = [
    ("led-485", "A012", "01 10 00 70 00 06 0C 41 30 31 32 00 00 00 00 00 00 00 00 30 94"),
    ("led-485", "P2.3", "01 10 00 70 00 06 0C 50 32 2E 33 00 00 00 00 00 00 00 00 3B 25"),
    ("led-485-number", "12", "01 06 00 88 00 0C 09 E5"),
    ("led-046", "A012", "01 10 00 70 00 03 06 20 20 41 30 31 32 E2 7A"),
    ("led-046-number", "A012", "01 06 00 00 00 0C 89 CF"),
    ("dm56a04", "A012", "01 10 00 00 00 04 08 00 41 00 30 00 31 00 32 77 60"),
    ("dm56a04-number", "12", "01 06 00 07 00 0C 38 0E"),
]


def number(text: str) -> BoardState:
    return BoardState(Kind.NUMBER, text)


def modbus(preset: str, unit: int = 1) -> Driver:
    return build("modbus", unit, {"preset": preset})


@pytest.mark.parametrize(("preset", "text", "frame"), WORKED)
def test_a_number_makes_the_frame_of_the_makers_document(preset: str, text: str, frame: str):
    assert [f.data for f in modbus(preset).frames(number(text))] == [bytes.fromhex(frame)]


def test_the_makers_printed_frames_come_out_of_the_codec():
    assert rtu.write_registers(1, 0x90, [0x0002, 0x01EA]) == bytes.fromhex("01 10 00 90 00 02 04 00 02 01 EA DB 1C")
    assert rtu.write_register(1, 0x24, 3) == bytes.fromhex("01 06 00 24 00 03 89 C0")
    assert rtu.write_register(1, 0x23, 5) == bytes.fromhex("01 06 00 23 00 05 B8 03")


def test_the_makers_printed_reply_means_shown():
    (frame,) = modbus("led-485").frames(number("P2.3"))
    assert modbus("led-485").judge(frame, bytes.fromhex("01 10 00 70 00 06 41 D0")).verdict is Verdict.SHOWN


def test_an_exception_reply_is_told_by_its_name():
    (frame,) = modbus("led-485").frames(number("A012"))
    result = modbus("led-485").judge(frame, rtu.with_crc(bytes([1, 0x90, 2])))
    assert result.verdict is Verdict.REFUSED
    assert "illegal data address" in result.detail


def test_silence_is_unanswered_and_another_boards_answer_is_garbled():
    (frame,) = modbus("led-046-number").frames(number("12"))
    assert modbus("led-046-number").judge(frame, b"").verdict is Verdict.UNANSWERED
    assert modbus("led-046-number").judge(frame, rtu.write_register(2, 0, 12)).verdict is Verdict.GARBLED


def test_a_wrong_crc_is_not_an_answer():
    (frame,) = modbus("led-046-number").frames(number("12"))
    assert modbus("led-046-number").judge(frame, bytes.fromhex("01 86 04 00 00")).verdict is Verdict.GARBLED


def test_an_answer_with_noise_around_it_is_found():
    (frame,) = modbus("led-046-number").frames(number("12"))
    assert modbus("led-046-number").judge(frame, b"\0\xff" + frame.data + b"\0").verdict is Verdict.SHOWN


def test_nobody_answers_a_broadcast():
    (frame,) = modbus("led-046-number", unit=0).frames(number("12"))
    assert frame.reply is None
    assert modbus("led-046-number", unit=0).judge(frame, b"").verdict is Verdict.SENT


def test_a_number_board_refuses_what_it_could_only_show_wrong():
    with pytest.raises(CannotShow):
        modbus("led-046-number").frames(number("40000"))


@given(st.sampled_from(["led-485", "led-485-number", "dm56a04"]), st.binary(max_size=300))
def test_no_noise_on_the_line_upsets_the_driver(preset: str, noise: bytes):
    driver = modbus(preset)
    (frame,) = driver.frames(number("12"))
    verdict = driver.judge(frame, noise).verdict
    assert verdict is (Verdict.GARBLED if noise else Verdict.UNANSWERED)


@given(st.binary(max_size=300))
def test_no_noise_on_the_line_upsets_an_answering_frame_board(noise: bytes):
    driver = build("frame", 1, {"preset": "led-485", "reply": {"expect": "06"}})
    (frame,) = driver.frames(number("12"))
    expected = Verdict.UNANSWERED if not noise else Verdict.SHOWN if b"\x06" in noise else Verdict.GARBLED
    assert driver.judge(frame, noise).verdict is expected
