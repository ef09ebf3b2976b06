"""What a pad's bytes mean, in any pieces and between any noise. Expected chances are those of the shape of a frame."""

from random import Random

import pytest

from hardware.keypads.debounce import Debounce
from hardware.keypads.patterns import BadPattern, Pattern, PatternKeys
from hardware.keypads.qsystem import (
    Code,
    QSystemKeys,
    digits_frame,
    lamp_frame,
    scan_frame,
)
from hardware.protocols.checksums import crc16, sum8

NEXT = bytes.fromhex("01 25 31 07")
STRINGS = 100_000
TOGETHER_S = 0.05


def qsystem() -> QSystemKeys:
    return QSystemKeys(0x25, TOGETHER_S)


def receiver(pattern: str = "EE A4 nn sum8", address: int | None = None) -> PatternKeys:
    return PatternKeys(Pattern.of(pattern), address, TOGETHER_S)


def with_sum8(text: str) -> bytes:
    data = bytes.fromhex(text)
    return data + bytes([sum8(data)])


def noise(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - noise of a line


def test_the_worked_frames_of_the_reference():
    assert qsystem().feed(NEXT, 0) == ["31"]
    assert lamp_frame(0x25, Code.GREEN).hex(" ") == "01 25 32 07"
    assert digits_frame(0x25, "A12", None).hex(" ") == "01 25 21 41 31 32 07"
    assert scan_frame(0x25).hex(" ") == "04 25 07"


def test_the_lamps_codes_run_from_off_to_the_beeping_blinks():
    assert [code.value for code in Code] == list(range(0x30, 0x3E))
    assert Code.GREEN_BEEP == Code.GREEN + 7 == 0x39
    assert Code.RED_BLINK_200_BEEP == Code.RED_BLINK_200 + 7 == 0x3A


@pytest.mark.parametrize(
    ("text", "blinks", "frame"),
    [
        ("A012", 0, "01 25 20 30 31 32 07"),
        ("7", 0, "01 25 20 20 20 37 07"),
        ("", 0, "01 25 20 20 20 20 07"),
        ("A012", 3, "01 25 24 30 31 32 07"),
        ("A012", 1000, "01 25 7f 30 31 32 07"),
        ("Đ1", 0, "01 25 20 20 20 31 07"),
    ],
)
def test_a_pad_with_digits_shows_the_last_three_of_a_number(text: str, blinks: int, frame: str):
    assert digits_frame(0x25, text, blinks).hex(" ") == frame


def test_a_frame_may_come_byte_by_byte():
    keys = qsystem()
    assert [keys.feed(bytes([byte]), n * 0.016) for n, byte in enumerate(NEXT)] == [[], [], [], ["31"]]
    assert keys.noise == 0


def test_bytes_that_are_too_far_apart_are_no_frame():
    keys = qsystem()
    assert keys.feed(NEXT[:2], 0) == []
    assert keys.feed(NEXT[2:], TOGETHER_S * 1.1) == []
    assert keys.noise == 4
    assert keys.feed(NEXT, TOGETHER_S * 1.2) == ["31"]


def test_two_pads_at_once_are_a_collision_that_is_dropped_and_counted():
    keys = qsystem()
    collided = bytes.fromhex("01 25 25 31 32 07")
    assert keys.feed(collided, 0) == []
    assert keys.noise == len(collided)
    assert keys.feed(bytes.fromhex("01 25 07"), 0) == []
    assert keys.noise == len(collided) + 3


def test_after_noise_the_next_frame_is_heard():
    keys = qsystem()
    assert keys.feed(b"\xff\x00\x01\x25" + NEXT + b"\x00" + NEXT, 0) == ["31", "31"]
    assert keys.noise == 5


def test_a_neighbours_key_is_neither_a_key_nor_noise():
    keys = qsystem()
    assert keys.feed(bytes.fromhex("01 26 31 07"), 0) == []
    assert keys.noise == 0


def test_what_the_host_says_to_the_digits_is_no_key():
    assert qsystem().feed(digits_frame(0x25, "A12"), 0) == []


def test_what_a_programmer_says_to_give_a_pad_another_address_is_no_key():
    keys = qsystem()
    assert keys.feed(bytes.fromhex("03 25 26 07"), 0) == []
    assert keys.feed(NEXT, 0) == ["31"]


def test_a_modbus_boards_answer_on_the_same_line_is_no_key():
    answers = bytes.fromhex("01 06 00 88 00 0C 09 E5 01 10 00 70 00 06 41 D0")
    assert qsystem().feed(answers, 0) == []


def test_the_key_of_a_pattern_is_its_key_bytes():
    keys = receiver()
    assert keys.feed(with_sum8("EE A4 07") + with_sum8("EE A4 AB"), 0) == ["07", "AB"]
    assert keys.noise == 0


def test_a_frame_with_a_wrong_sum_is_no_key():
    keys = receiver()
    assert keys.feed(bytes.fromhex("EE A4 07 00"), 0) == []
    assert keys.noise == 4
    assert keys.feed(with_sum8("EE A4 07"), 0) == ["07"]


def test_a_frame_that_begins_within_noise_like_a_frame_is_found():
    keys = receiver()
    noisy = bytes.fromhex("EE EE A4 EE A4 00") + with_sum8("EE A4 05")
    assert keys.feed(noisy, 0) == ["05"]
    assert keys.noise == len(noisy) - 4


def test_pads_of_one_receiver_are_told_apart_by_their_address():
    mine, other = receiver("EE ii ii nn xor8", 0x1234), receiver("EE ii ii nn xor8", 0x1235)
    frame = bytes.fromhex("EE 12 34 01")
    frame += bytes([0xEE ^ 0x12 ^ 0x34 ^ 0x01])
    assert (mine.feed(frame, 0), other.feed(frame, 0)) == (["01"], [])
    assert (mine.noise, other.noise) == (0, 0)


def test_a_modbus_pads_sum_has_its_low_byte_first():
    data = bytes.fromhex("05 10 ?? 01".replace("??", "77"))
    assert receiver("05 10 ?? nn crc16").feed(data + crc16(data).to_bytes(2, "little"), 0) == ["01"]


def test_a_pad_with_no_key_byte_has_one_key():
    assert receiver("AA 55 ??").feed(bytes.fromhex("AA 55 01"), 0) == ["key"]


@pytest.mark.parametrize("pattern", ["", "nn sum8", "EE nn", "EE A4 n", "EE A4 nn sum9", "EE A4 sum8 nn", "EE " * 33])
def test_a_pattern_that_cannot_be_told_from_noise_is_refused(pattern: str):
    with pytest.raises(BadPattern):
        Pattern.of(pattern)


@pytest.mark.parametrize("pieces", range(5))
def test_noise_makes_no_exception_and_no_key_of_a_pad_without_a_sum(pieces: int):
    """A given key is one of 2^32 strings of four bytes; 1.2 million places make one in 0.1 per cent of such runs."""
    chance, keys = noise(pieces), qsystem()
    for n in range(STRINGS // 5):
        assert keys.feed(chance.randbytes(chance.randrange(24)), n * 0.01) == []
    assert keys.noise > STRINGS


def test_of_frames_whose_shape_is_right_noise_hits_an_address_once_in_256():
    chance, keys = noise(1), qsystem()
    heard = [
        key
        for n in range(STRINGS)
        for key in keys.feed(bytes([1, chance.randrange(0x20, 0xFF), chance.randrange(0x20, 0x7F), 7]), n)
    ]
    assert near(len(heard), STRINGS / (0xFF - 0x20))


def test_noise_makes_no_exception_and_no_more_keys_than_a_sum_lets_through():
    """Two fixed bytes and the sum: one of 2^24 places. 1.2 million places make a key in 7 per cent of such runs."""
    chance, keys = noise(2), receiver()
    heard = [key for n in range(STRINGS) for key in keys.feed(chance.randbytes(chance.randrange(24)), n * 0.01)]
    assert len(heard) <= 1


@pytest.mark.parametrize(("kind", "values"), [("sum8", 256), ("xor8", 256), ("sum16", 65_536), ("crc16", 65_536)])
def test_of_frames_whose_head_is_right_a_sum_lets_one_in_its_values_through(kind: str, values: int):
    chance, keys = noise(3), receiver(f"EE A4 nn {kind}")
    size = keys.pattern.size - 2
    heard = sum(len(keys.feed(b"\xee\xa4" + chance.randbytes(size), n)) for n in range(STRINGS // 2))
    assert near(heard, STRINGS / 2 / values)


def near(count: int, expected: float) -> bool:
    """Within five standard deviations of what chance gives."""
    return abs(count - expected) <= 5 * max(1, expected) ** 0.5


def test_a_bouncing_key_and_a_key_held_down_are_one_press():
    debounce = Debounce(0.3)
    pressed_at = [0.0, 0.01, 0.05, 0.30, 0.55, 0.80, 1.11]
    assert [at for at in pressed_at if debounce.is_new("31", at)] == [0.0, 1.11]


def test_two_keys_do_not_wait_for_each_other():
    debounce = Debounce(0.3)
    assert debounce.is_new("31", 0)
    assert debounce.is_new("32", 0.01)
