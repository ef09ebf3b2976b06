"""Words, everyday sayings and slips of the finger, one by one."""

import pytest

from app.finding.asking import question
from app.finding.spelling import closeness, taken_apart, without_keys
from app.finding.text import folded, word, words


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa", "hoà"), ("ký", "kí"), ("Đăng", "ĐĂNG"), ("thủy", "thuỷ"), ("e\u0302", "ê")],
)
def test_two_spellings_of_one_word_are_one(one: str, other: str) -> None:
    assert words(one) == words(other)


def test_words_without_marks_keep_what_parts_them() -> None:
    assert folded("Đăng ký khai-sinh!") == "dang ki khai sinh"
    assert folded("tay tai") == "tay tai"
    assert word("tử") != word("từ")
    assert word("tử").folded == word("từ").folded


@pytest.mark.parametrize(
    ("keys", "meant"), [("keets", "ket"), ("hoonn", "hon"), ("ddang", "dang"), ("gia61y", "giay"), ("sinhh", "sinh")]
)
def test_the_keys_of_a_vietnamese_keyboard_are_read(keys: str, meant: str) -> None:
    assert meant in without_keys(keys)


@pytest.mark.parametrize(
    ("nearer", "further"),
    [
        (("xinh", "sinh"), ("binh", "sinh")),  # sounds that regions write alike
        (("snh", "sinh"), ("banh", "bang")),  # no word of the language, and one
        (("kaih", "kai"), ("kaih", "toi")),
    ],
)
def test_a_likely_slip_is_nearer(nearer: tuple[str, str], further: tuple[str, str]) -> None:
    assert closeness(*nearer) > closeness(*further)


def test_two_slips_are_too_many() -> None:
    assert closeness("khsn", "khai") == 0
    assert closeness("o", "a") == 0


def test_joined_words_come_apart_into_the_commoner_ones() -> None:
    known = {"dang": 9, "ky": 9, "ke": 1, "thon": 1, "ket": 5, "hon": 5}
    assert taken_apart("dangkykethon", known) == ("dang", "ky", "ket", "hon")
    assert taken_apart("dangkyx", known) == ()


def test_filling_is_left_out_and_sayings_are_understood() -> None:
    readings = [
        " ".join(each.folded for each in reading.words) for reading in question("tôi muốn làm giấy cưới").readings
    ]
    assert readings[0] == "giay cuoi"
    assert "giay ket hon" in readings


def test_a_question_of_filling_only_is_taken_at_its_word() -> None:
    assert [each.folded for each in question("làm gì").readings[0].words] == ["lam", "gi"]


def test_marks_that_disagree_are_another_saying() -> None:
    grandmother = question("bà").readings
    father = question("ba").readings
    assert len(grandmother) < len(father)
