"""What the robot says to a code that is held before its scanner."""

from typing import Any

import pytest

from app.asking.scanned import Scanned, tell
from app.asking.words import Words

BOOKED: dict[str, Any] = {
    "kind": "home",
    "state": "booked",
    "service": "HT",
    "service_name": "Hộ tịch",
    "service_name_en": "Civil status",
    "number": "A007",
    "until": "2026-11-23T08:40:00.000+07:00",
}


def said(**facts: Any) -> tuple[str, list[str]]:
    answer = tell(Scanned("booking", "b", view=BOOKED | facts), Words("en"))
    return answer.text, [each["kind"] for each in answer.actions]


def test_whoever_comes_too_late_hears_until_when_the_number_was_kept_and_is_offered_a_new_one() -> None:
    text, kinds = said(state="lapsed")
    assert "A007 was kept until 08:40" in text
    assert kinds == ["take", "assistance"]


@pytest.mark.parametrize("facts", [{"state": "arrived"}, {"state": "lapsed", "kind": "visit", "until": None}])
def test_a_booking_that_is_over_for_another_reason_is_for_the_staff(facts: dict[str, Any]) -> None:
    assert said(**facts)[1] == ["assistance"]


def test_a_booking_that_is_good_becomes_a_number() -> None:
    assert said()[1] == ["check_in"]
