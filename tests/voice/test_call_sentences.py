from __future__ import annotations

import pytest

from app.voice.errors import NumberOutOfRange, UnknownLanguage, UnspeakableNumber
from app.voice.sentences import Pause, Phrase, Utterance, sentence


def test_a_citizen_is_asked_to_a_counter():
    assert sentence("A023", 3).text == "xin mời số, a, không hai mươi ba, đến quầy số, ba"


def test_there_are_pauses_around_the_number_and_the_counter():
    assert sentence("A023", 3) == Utterance(
        "vi",
        "north",
        (
            Phrase("xin mời số"),
            Pause(250),
            Phrase("a"),
            Pause(180),
            Phrase("không hai mươi ba"),
            Pause(350),
            Phrase("đến quầy số"),
            Pause(150),
            Phrase("ba"),
        ),
    )


def test_a_second_call_says_that_it_is_one():
    said = sentence("A023", 3, again=True).text
    assert said == "xin nhắc lại, mời số, a, không hai mươi ba, đến quầy số, ba"


@pytest.mark.parametrize("printed", ["A025", "A-025", "A 025", " a025 "])
def test_a_number_is_the_same_however_it_is_printed(printed: str):
    assert sentence(printed, 1).text == "xin mời số, a, không hai mươi lăm, đến quầy số, một"


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("001", "không không một"),
        ("1001", "một nghìn không trăm linh một"),
        ("D007", "đê, không không bảy"),
        ("Đ007", "đê gạch, không không bảy"),
        ("AB12", "a, bê, mười hai"),
        ("1234567", "một hai ba bốn năm sáu bảy"),
    ],
)
def test_every_kind_of_ticket_number_can_be_said(printed: str, said: str):
    assert sentence(printed, 1).text == f"xin mời số, {said}, đến quầy số, một"


def test_the_region_chooses_the_words():
    assert "lẻ" in sentence("A105", 3, region="south").text
    assert "linh" in sentence("A105", 3, region="north").text


def test_a_counter_with_a_name_is_called_by_its_name():
    said = sentence("A023", 3, "Phòng 12 - Hộ tịch [[x]]").text
    assert said == "xin mời số, a, không hai mươi ba, đến, Phòng mười hai Hộ tịch x"


def test_a_counter_whose_name_has_no_words_is_called_by_its_number():
    assert sentence("A023", 3, "---").text.endswith("đến quầy số, ba")


def test_a_foreigner_is_called_in_english():
    said = sentence("A023", 3, language="en").text
    assert said == "number, A, zero twenty three, please go to counter, three"


def test_english_says_long_numbers_digit_by_digit():
    assert "one two three four five" in sentence("A12345", 3, language="en").text


@pytest.mark.parametrize("number", ["", "A", "A02B", "12A", "A०२३", "A0_3", "A023; x"])
def test_what_is_not_a_ticket_number_is_refused(number: str):
    with pytest.raises(UnspeakableNumber, match="letters followed by digits"):
        sentence(number, 1)


def test_a_letter_without_a_name_in_the_language_is_refused_by_name():
    with pytest.raises(UnspeakableNumber, match="'Ư'"):
        sentence("Ư012", 1, language="en")


def test_a_language_that_nobody_taught_us_is_refused_by_name():
    with pytest.raises(UnknownLanguage, match="hre"):
        sentence("A023", 3, language="hre")


def test_a_counter_below_nought_is_refused():
    with pytest.raises(NumberOutOfRange, match="-1"):
        sentence("A023", -1)
