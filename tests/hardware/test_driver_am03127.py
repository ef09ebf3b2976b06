"""AM03127 message signs: what they keep is not written twice, and their ACK is what makes a number shown."""

import pytest
from boards import board, number

from hardware.drivers.am03127_simulated import SimulatedAmplusSign
from hardware.drivers.base import Driver, Frame, Panel, Verdict
from hardware.protocols import am03127
from hardware.protocols.errors import CannotShow


def test_the_printed_page_comes_out():
    (frame,) = board("am03127", "am03127").frames(number("A012"))
    assert frame.data == bytes.fromhex(
        "3C 49 44 30 31 3E 3C 4C 31 3E 3C 50 41 3E 3C 46 41 3E 3C 4D 41 3E 3C 57 43 3E 3C 46 41 3E"
        "41 30 31 32 30 36 3C 45 3E"
    )
    assert frame.data == b"<ID01><L1><PA><FA><MA><WC><FA>A01206<E>"


def test_the_other_printed_packets_come_out():
    assert [frame.data for frame in board("am03127", "am03127").setup()] == [b"<ID01><RPA>41<E>"]
    assert am03127.packet(1, b"<D*>") == b"<ID01><D*>6C<E>"


def tell(driver: Driver, sign: SimulatedAmplusSign, frames: list[Frame]) -> list[Verdict]:
    return [driver.judge(frame, sign.receive(frame.data)).verdict for frame in frames]


def a_sign(driver: Driver) -> SimulatedAmplusSign:
    sign = driver.simulate()
    assert isinstance(sign, SimulatedAmplusSign)
    assert set(tell(driver, sign, driver.setup())) <= {Verdict.SHOWN}
    return sign


def test_a_call_blinks_by_itself_and_then_stands_with_two_writes_in_all():
    driver = board("am03127", "am03127")
    sign = a_sign(driver)
    before = sign.writes
    assert driver.blinks_by_itself
    for state, blinks in ((number("A012", blink_s=4), True), (number("A012"), False)):
        assert tell(driver, sign, driver.frames(state)) == [Verdict.SHOWN]
        assert (sign.shown, sign.blinks) == ("A012", blinks)
    assert sign.writes == before + 2


def test_an_unchanged_page_is_not_written_again_and_the_sign_still_says_that_it_is_there():
    driver = board("am03127", "am03127")
    sign = a_sign(driver)
    tell(driver, sign, driver.frames(number("A012")))
    before = sign.writes
    assert tell(driver, sign, driver.again(number("A012"))) == [Verdict.SHOWN]
    assert (sign.writes, sign.shown) == (before, "A012")


def test_the_question_for_finding_a_sign_changes_nothing_on_it():
    driver = board("am03127", "am03127")
    question, sign = driver.probe(), a_sign(driver)
    assert question is not None
    before = sign.writes
    assert sign.receive(question.data) == b"NACK"
    assert sign.writes == before
    assert driver.judge(question, b"").verdict is Verdict.UNANSWERED


def test_a_nack_to_a_number_is_a_refusal():
    driver = board("am03127", "am03127")
    (frame,) = driver.frames(number("A012"))
    assert driver.judge(frame, b"NACK").verdict is Verdict.REFUSED
    assert driver.judge(frame, b"..ACK").verdict is Verdict.SHOWN
    assert driver.judge(frame, b"AC").verdict is Verdict.GARBLED
    assert a_sign(driver).receive(frame.data.replace(b"A012", b"A013")) == b"NACK"


def test_nobody_answers_what_is_meant_for_all():
    driver = board("am03127", "am03127", 0)
    assert all(frame.reply is None for frame in driver.setup() + driver.frames(number("A012")))
    assert driver.probe() is None
    assert driver.again(number("A012")) == []
    sign = SimulatedAmplusSign(7)
    assert [sign.receive(frame.data) for frame in driver.frames(number("A012"))] == [b""]
    assert sign.shown == "A012"


def test_signs_of_command_in_a_text_are_escaped():
    driver = board("am03127", "am03127")
    (frame,) = driver.frames(number("<A>"))
    assert b"<UBC>A<UBE>" in frame.data
    sign = a_sign(driver)
    sign.receive(frame.data)
    assert sign.shown == "<A>"


@pytest.mark.parametrize(("percent", "letter"), [(100, b"A"), (75, b"B"), (50, b"C"), (1, b"D")])
def test_the_brightness_is_one_of_four(percent: int, letter: bytes):
    driver = board("am03127", "am03127", panel=Panel(brightness=percent))
    assert driver.setup()[0].data.startswith(b"<ID01><B" + letter + b">")
    assert a_sign(driver).brightness == letter


def test_colour_font_and_speed_are_the_configurations():
    driver = board("am03127", "am03127-three-colours", font="D", speed="slow", line=2, page="C")
    assert b"<L2><PC><FA><Ma><WC><FA><AD><CB>A012" in driver.frames(number("A012"))[0].data


def test_a_text_wider_than_the_face_is_refused_and_a_short_one_aligned():
    driver = board("am03127", "am03127", panel=Panel(width=4, align="right"))
    assert b"<FA>  12" in driver.frames(number("12"))[0].data
    with pytest.raises(CannotShow, match="4 places"):
        driver.frames(number("12345"))


def test_an_address_beyond_two_digits_is_refused():
    with pytest.raises(ValueError, match="no address of an AM03127"):
        board("am03127", "am03127", 256)
