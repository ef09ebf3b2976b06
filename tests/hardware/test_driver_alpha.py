"""Alpha and BetaBrite signs: memory once, then one STRING write a call, and never a blank face."""

import pytest
from boards import board, hex_of, number

from hardware.boards.state import BoardState
from hardware.drivers.alpha import AlphaDriver
from hardware.drivers.alpha_simulated import SimulatedAlphaSign
from hardware.drivers.base import Driver, Frame, Panel, Verdict
from hardware.protocols import alpha
from hardware.protocols.alpha import Packet
from hardware.protocols.errors import CannotShow

WORKED = [
    (
        alpha.write_text("A", b"\x20", alpha.HOLD, b"A012"),
        True,
        "00 00 00 00 00 01 5A 30 31 02 41 41 1B 20 62 41 30 31 32 03 30 31 46 38 04",
    ),
    (
        alpha.write_text("0", b"\x20", b"c", b"A012"),
        False,
        "00 00 00 00 00 01 5A 30 31 02 41 30 1B 20 63 41 30 31 32 04",
    ),
    (b"A0", False, "00 00 00 00 00 01 5A 30 31 02 41 30 04"),
]


@pytest.mark.parametrize(("payload", "with_sum", "frame"), WORKED)
def test_a_packet_is_that_of_the_document(*, payload: bytes, with_sum: bool, frame: str):
    packet = Packet("Z", "01", payload, with_sum)
    assert packet.encode() == bytes.fromhex(frame)
    assert alpha.find(b"noise" + packet.encode()) == (packet, len(packet.encode()) + 5, True)


def test_a_call_is_one_string_write():
    frames = board("alpha", "alpha", string_label="1").frames(number("A012"))
    assert hex_of(frames) == ["00 00 00 00 00 01 5A 30 31 02 47 31 41 30 31 32 04"]


def test_the_memory_is_configured_as_the_document_prints_it():
    memory = alpha.text_entry("A", 256) + alpha.string_entry("1", 8)
    assert memory == b"AAL0100FF001BL00080000"
    clear, configure, text = board("alpha", "alpha", string_label="1", string_size=8).setup()
    assert b"\x02E$\x04" in clear.data
    assert b"\x02E$" + memory + b"\x04" in configure.data
    assert b"\x02AA\x1b\x20b\x101\x04" in text.data


def test_the_sign_is_left_alone_while_it_restarts():
    assert [frame.deaf_ms for frame in board("alpha", "alpha").setup()] == [2000, 10_000, 250]


def test_what_erases_the_sign_is_not_needed_when_only_the_port_was_lost():
    assert [frame.once for frame in board("alpha", "alpha-ack").setup()] == [True, True, True, False]


def a_sign(driver: Driver) -> SimulatedAlphaSign:
    """Out of its box: nothing in its memory but what the setup puts there."""
    sign = driver.simulate()
    assert isinstance(sign, SimulatedAlphaSign)
    for frame in driver.setup():
        sign.receive(frame.data)
    return sign


def tell(driver: Driver, sign: SimulatedAlphaSign, state: BoardState) -> list[tuple[Frame, bytes]]:
    return [(frame, sign.receive(frame.data)) for frame in driver.frames(state)]


@pytest.mark.parametrize("preset", ["alpha", "betabrite", "alpha-ack"])
def test_no_call_blanks_the_sign(preset: str):
    driver = board("alpha", preset)
    sign = a_sign(driver)
    blanked = sign.blanked
    for text in ("A012", "B7", "", "--"):
        for state in (number(text, blink_s=4), number(text).dark, number(text)):
            assert len(tell(driver, sign, state)) == 1
            assert sign.shown == state.text
    assert sign.blanked == blanked
    assert not driver.blinks_by_itself


def test_a_sign_with_acknowledgements_is_shown_and_one_without_is_sent():
    for preset, verdict in (("alpha-ack", Verdict.SHOWN), ("alpha", Verdict.SENT)):
        driver = board("alpha", preset)
        ((frame, answer),) = tell(driver, a_sign(driver), number("A012"))
        assert driver.judge(frame, answer).verdict is verdict


def test_a_packet_that_came_wrong_is_refused_by_name():
    driver = board("alpha", "alpha-ack")
    (frame,) = driver.frames(number("A012"))
    answer = a_sign(driver).receive(frame.data.replace(b"A012", b"A013"))
    result = driver.judge(frame, answer)
    assert (result.verdict, result.detail) == (Verdict.REFUSED, "NAK: 15 30")


def test_a_colour_goes_with_the_number():
    driver = board("alpha", "alpha", colour="amber")
    assert b"\x1c3A012" in driver.frames(number("A012"))[0].data
    sign = a_sign(driver)
    tell(driver, sign, number("A012"))
    assert sign.shown == "A012"


def test_a_text_that_would_empty_the_string_is_refused():
    driver = board("alpha", "alpha", string_size=8)
    with pytest.raises(CannotShow, match="8 bytes"):
        driver.frames(number("COUNTER 12"))


def test_the_width_and_alignment_of_the_face_are_kept():
    driver = board("alpha", "alpha", panel=Panel(width=6, align="right"))
    assert b"\x02Ga  A012\x04" in driver.frames(number("A012"))[0].data
    with pytest.raises(CannotShow, match="6 places"):
        driver.frames(number("1234567"))


def test_a_sign_set_up_by_somebody_else_is_left_as_it_is():
    assert board("alpha", "alpha", set_up_memory=False).setup() == []


@pytest.mark.parametrize(("meant", "address"), [("01", 1), ("0?", 1), ("?1", 1), ("00", 1), ("02", 2)])
def test_a_sign_hears_its_own_address_and_those_for_all(meant: str, address: int):
    driver = board("alpha", "alpha", address)
    assert isinstance(driver, AlphaDriver)
    sign = a_sign(driver)
    sign.receive(Packet("Z", meant, alpha.write_string("a", b"A012")).encode())
    sign.receive(Packet("Z", "03", alpha.write_string("a", b"B013")).encode())
    assert sign.shown == "A012"


def test_a_sign_is_found_by_what_it_says_of_itself():
    driver = board("alpha", "alpha")
    question, sign = driver.probe(), a_sign(driver)
    assert question is not None
    assert b'\x02F"\x04' in question.data
    assert driver.judge(question, sign.receive(question.data)).verdict is Verdict.SHOWN


def test_what_an_alpha_sign_cannot_be_is_told_in_a_sentence():
    with pytest.raises(ValueError, match="brightness of an Alpha sign cannot be set"):
        board("alpha", "alpha", panel=Panel(brightness=50))
    with pytest.raises(ValueError, match="give each file its own"):
        board("alpha", "alpha", string_label="A")
    with pytest.raises(ValueError, match="no address of an Alpha sign"):
        board("alpha", "alpha", 256)
