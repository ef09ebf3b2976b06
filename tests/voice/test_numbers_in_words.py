from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voice import numbers
from app.voice.errors import NumberOutOfRange

NORTH = {
    0: "không",
    1: "một",
    4: "bốn",
    5: "năm",
    7: "bảy",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    44: "bốn mươi tư",
    55: "năm mươi lăm",
    91: "chín mươi mốt",
    100: "một trăm",
    101: "một trăm linh một",
    104: "một trăm linh bốn",
    105: "một trăm linh năm",
    110: "một trăm mười",
    111: "một trăm mười một",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    999: "chín trăm chín mươi chín",
    1000: "một nghìn",
    1005: "một nghìn không trăm linh năm",
    1010: "một nghìn không trăm mười",
    1023: "một nghìn không trăm hai mươi ba",
    1100: "một nghìn một trăm",
    10_000: "mười nghìn",
    21_004: "hai mươi mốt nghìn không trăm linh bốn",
    105_015: "một trăm linh năm nghìn không trăm mười lăm",
    999_999: "chín trăm chín mươi chín nghìn chín trăm chín mươi chín",
}


@pytest.mark.parametrize(("number", "words"), NORTH.items())
def test_a_number_is_read_as_in_the_north(number: int, words: str):
    assert numbers.vietnamese(number, "north") == words


@pytest.mark.parametrize("region", ["central", "south"])
@pytest.mark.parametrize(("number", "words"), NORTH.items())
def test_the_centre_and_the_south_say_lẻ_and_ngàn(number: int, words: str, region: numbers.Region):  # noqa: PLC2401
    assert numbers.vietnamese(number, region) == words.replace("linh", "lẻ").replace("nghìn", "ngàn")


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_a_number_that_has_no_words_is_refused_by_its_value(number: int):
    with pytest.raises(NumberOutOfRange, match=str(number)):
        numbers.vietnamese(number)


@pytest.mark.parametrize("region", ["north", "central", "south"])
def test_every_ticket_number_sounds_unlike_every_other_and_is_understood(region: numbers.Region):
    said = [numbers.vietnamese(number, region) for number in range(1000)]
    assert len(set(said)) == 1000
    assert [understood(words) for words in said] == list(range(1000))


@given(st.integers(0, 999_999), st.sampled_from(["north", "central", "south"]))
def test_a_listener_understands_any_number(number: int, region: numbers.Region):
    assert understood(numbers.vietnamese(number, region)) == number


@pytest.mark.parametrize("style", ["hybrid", "digits"])
def test_printed_numbers_of_one_length_never_sound_alike(style: numbers.Style):
    said = [printed(f"{number:03}", style) for number in range(1000)]
    assert len(set(said)) == 1000


@pytest.mark.parametrize(
    ("digits", "hybrid", "whole", "by_digits"),
    [
        ("000", "không không không", "không", "không không không"),
        ("005", "không không năm", "năm", "không không năm"),
        ("010", "không mười", "mười", "không một không"),
        ("023", "không hai mươi ba", "hai mươi ba", "không hai ba"),
        ("024", "không hai mươi tư", "hai mươi tư", "không hai bốn"),
        ("105", "một trăm linh năm", "một trăm linh năm", "một không năm"),
        ("215", "hai trăm mười lăm", "hai trăm mười lăm", "hai một năm"),
        ("1023", "một nghìn không trăm hai mươi ba", "một nghìn không trăm hai mươi ba", "một không hai ba"),
    ],
)
def test_a_printed_number_is_read_in_three_styles(digits: str, hybrid: str, whole: str, by_digits: str):
    assert printed(digits, "hybrid") == hybrid
    assert printed(digits, "whole") == whole
    assert printed(digits, "digits") == by_digits


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (9, "nine"),
        (10, "ten"),
        (13, "thirteen"),
        (20, "twenty"),
        (23, "twenty three"),
        (100, "one hundred"),
        (105, "one hundred five"),
        (1000, "one thousand"),
        (1023, "one thousand twenty three"),
        (9999, "nine thousand nine hundred ninety nine"),
    ],
)
def test_a_number_is_read_in_english(number: int, words: str):
    assert numbers.english(number) == words


def test_english_numbers_are_all_different():
    assert len({numbers.english(number) for number in range(10_000)}) == 10_000


def test_english_stops_where_its_words_stop():
    with pytest.raises(NumberOutOfRange):
        numbers.english(10_000)


def printed(digits: str, style: numbers.Style) -> str:
    return numbers.printed_number(digits, style, numbers.VIETNAMESE_DIGITS, numbers.vietnamese)


# A listener of our own, who knows nothing of how the words were made

ONES = {
    "không": 0,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
}
FIFTEEN = {word: value for word, value in ONES.items() if word != "năm"} | {"lăm": 5}
AFTER_TENS = {word: value for word, value in FIFTEEN.items() if word != "một"} | {"mốt": 1, "tư": 4}


def understood(words: str) -> int:
    heard = words.replace("ngàn", "nghìn").split()
    if "nghìn" not in heard:
        return hundreds(heard)
    at = heard.index("nghìn")
    return 1000 * hundreds(heard[:at]) + hundreds(heard[at + 1 :])


def hundreds(heard: list[str]) -> int:
    if "trăm" not in heard:
        return tens(heard)
    assert heard[1] == "trăm"
    return 100 * ONES[heard[0]] + tens(heard[2:])


def tens(heard: list[str]) -> int:
    match heard:
        case [("linh" | "lẻ"), one]:
            value = ONES[one]
        case ["mười"] | []:
            value = 10 * len(heard)
        case ["mười", one]:
            value = 10 + FIFTEEN[one]
        case [ten, "mươi"]:
            value = 10 * ONES[ten]
        case [ten, "mươi", one]:
            value = 10 * ONES[ten] + AFTER_TENS[one]
        case _:
            (one,) = heard
            value = ONES[one]
    return value
