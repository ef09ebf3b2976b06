"""Customer displays as counter boards: the number above, a fixed text below."""

import pytest
from boards import board, number

from hardware.drivers.base import Driver, Panel, Verdict
from hardware.drivers.pole_simulated import SimulatedPole
from hardware.protocols.errors import CannotShow


def sent(driver: Driver, text: str, blink_s: float = 0) -> bytes:
    return b"".join(frame.data for frame in driver.setup() + driver.frames(number(text, blink_s)))


def heard(driver: Driver, data: bytes) -> SimulatedPole:
    display = driver.simulate()
    assert isinstance(display, SimulatedPole)
    display.receive(data)
    return display


def test_a_dm_d_takes_the_printed_bytes():
    driver = board("dm-d", "dm-d", second_line="Quay 1")
    data = sent(driver, "A012")
    assert data.startswith(bytes.fromhex("1B 40 0C 41 30 31 32"))
    assert bytes.fromhex("1F 24 01 02 51 75 61 79 20 31") in data
    display = heard(driver, data)
    assert (display.shown, display.second_line, display.blinks) == ("A012", "Quay 1", False)


def test_a_cd5220_takes_the_printed_bytes():
    driver = board("cd5220", "cd5220")
    (frame,) = driver.frames(number("A012"))
    assert frame.data == bytes.fromhex("1B 51 41 41 30 31 32") + b" " * 16 + b"\r"
    display = heard(driver, sent(board("cd5220", "cd5220", second_line="Quầy 1"), "A012"))
    assert (display.shown, display.second_line) == ("A012", "Quay 1")


def test_a_dm_d_blinks_by_itself_until_told_otherwise():
    driver = board("dm-d", "dm-d")
    assert driver.blinks_by_itself
    data = sent(driver, "A012", blink_s=4)
    assert data.endswith(b"\x1fE\x0a")
    assert heard(driver, data).blinks
    assert not heard(driver, data + driver.frames(number("A012"))[0].data).blinks


def test_a_cd5220_takes_no_command_in_string_mode_so_that_the_line_blinks_it():
    driver = board("cd5220", "cd5220", panel=Panel(brightness=40))
    assert not driver.blinks_by_itself
    display = heard(driver, sent(driver, "A012") + b"\x1b*\x04")
    assert display.brightness == 2
    display.receive(driver.setup()[0].data)
    assert display.shown == ""


@pytest.mark.parametrize(("family", "code"), [("dm-d", b"\x1fX"), ("cd5220", b"\x1b*")])
@pytest.mark.parametrize(("percent", "step"), [(100, 4), (60, 3), (25, 1), (1, 1)])
def test_the_brightness_is_one_of_four(family: str, code: bytes, percent: int, step: int):
    driver = board(family, family, panel=Panel(brightness=percent))
    assert code + bytes([step]) in driver.setup()[0].data
    assert heard(driver, sent(driver, "1")).brightness == step


def test_a_display_behind_a_printer_gives_the_printer_back():
    driver = board("dm-d", "dm-d-behind-printer")
    data = sent(driver, "A012") + b"a ticket"
    assert data.startswith(b"\x1b=\x02")
    display = heard(driver, data)
    assert (display.shown, display.printed) == ("A012", b"a ticket")


def test_bytes_in_any_pieces_are_understood():
    for family in ("dm-d", "cd5220"):
        driver = board(family, family, second_line="Quay 1")
        display = heard(driver, b"")
        for byte in sent(driver, "A012"):
            display.receive(bytes([byte]))
        assert (display.shown, display.second_line) == ("A012", "Quay 1")


def test_a_number_can_stand_to_the_right_and_a_short_face_is_kept():
    driver = board("cd5220", "cd5220", panel=Panel(width=8, align="right"))
    assert driver.frames(number("A012"))[0].data == b"\x1bQA" + b"    A012" + b" " * 12 + b"\r"
    with pytest.raises(CannotShow, match="8 places"):
        driver.frames(number("123456789"))
    with pytest.raises(ValueError, match="more than the 20 characters"):
        board("dm-d", "dm-d", panel=Panel(width=21))


def test_a_display_answers_nothing_and_so_it_is_only_sent():
    for family in ("dm-d", "cd5220"):
        driver = board(family, family)
        (frame,) = driver.frames(number("A012"))
        assert driver.judge(frame, b"anything").verdict is Verdict.SENT
        assert driver.probe() is None
