"""What is said of a procedure and its counters, as a voice can say it."""

import pytest

from app.asking.answers import Known, answer
from app.asking.understanding import Asked, Intent
from app.asking.words import Words

SERVICE = {"code": "HT", "name": "Hộ tịch", "name_en": "Civil status", "daily_limit": None, "issued": 0}
LIMIT, FEE = "3 ngày làm việc", "8.000 đồng một bản"
BIRTH = {
    "code": "1.001193",
    "name": "Đăng ký khai sinh",
    "name_en": "Birth registration",
    "bring": ["Tờ khai"],
    "time_limit": LIMIT,
    "fee": FEE,
    "online": "",
}


def said(language: str, aspect: str = "", *, counters: tuple[int, ...] = (1,), state: str = "open") -> str:
    serving = [{"number": number, "state": state, "own": ["HT"]} for number in counters]
    asked = Asked(Intent.PROCEDURE, aspect=aspect, service="HT", procedures=("1.001193",))
    return answer(asked, Known({"HT": SERVICE}, serving, (), (BIRTH,)), Words(language)).text


def test_on_a_closed_day_nobody_is_told_the_hours_of_the_plan() -> None:
    shut = "Hôm nay (24/11): Trung tâm nghỉ – Quốc khánh"
    for hours in (None, (), ("07:30", "16:30")):
        known = Known({}, (), (), hours=hours, closed=shut)
        assert answer(Asked(Intent.HOURS), known, Words("vi")).text == shut


@pytest.mark.parametrize("aspect", ["", "time", "fee"])
def test_an_english_voice_is_given_nothing_vietnamese_to_say(aspect: str) -> None:
    assert said("en", aspect).isascii()
    assert "on the screen, in Vietnamese" in said("en", aspect)


def test_in_vietnamese_the_time_and_the_fee_are_said() -> None:
    assert LIMIT in said("vi", "time")
    assert FEE in said("vi", "fee")


@pytest.mark.parametrize(
    ("counters", "state", "words"),
    [
        ((1,), "open", "Counter 1."),
        ((1, 2), "open", "Counters 1 and 2."),
        ((1, 2, 5), "open", "Counters 1, 2 and 5."),
        ((1,), "closed", "Counter 1, which is not open now."),
        ((1, 2), "closed", "Counters 1 and 2, which are not open now."),
    ],
)
def test_the_counters_are_listed_as_one_says_them(counters: tuple[int, ...], state: str, words: str) -> None:
    assert said("en", counters=counters, state=state).endswith(words)
