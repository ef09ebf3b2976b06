"""A counter that a visitor of the demo took and left is worked at again."""

from typing import Any, cast

import pytest

from app.demo.relief import LOOK_S, QUIET_S, relief

RATE = 5.0


class Time:
    rate = RATE


class Stage:
    time = Time()


class QuietOffice:
    """One counter, left to a person; nothing happens by itself. Times in minutes of the hub."""

    def __init__(self) -> None:
        self.stage = Stage()
        self.left_alone, self.at_work = {1}, set[int]()
        self.now_min, self.people = 0.0, 3
        self.present: dict[str, Any] = {"state": "open", "ticket": None, "own": ["HT"], "help": []}
        self.seated: list[int] = []
        self.story = relief(cast("Any", self), self.stays(), self.seated.append)

    def stays(self) -> set[int]:
        return set()

    def minute(self) -> float:
        return self.now_min

    def is_over(self) -> bool:
        return self.now_min >= 480

    def counter(self, _number: int) -> dict[str, Any]:
        return self.present

    def waiting(self, _services: object) -> int:
        return self.people

    def give_back(self, number: int) -> None:
        self.left_alone.discard(number)

    def pass_(self, real_s: float) -> None:
        for _ in range(int(real_s / LOOK_S)):
            self.now_min += next(self.story)


@pytest.fixture
def office() -> QuietOffice:
    return QuietOffice()


def test_a_counter_where_nobody_presses_while_people_wait_goes_back_to_its_clerk(office: QuietOffice):
    office.pass_(QUIET_S - LOOK_S)
    assert office.seated == []
    office.pass_(3 * LOOK_S)
    assert office.seated == [1]
    assert office.left_alone == set()


def test_a_press_shows_that_somebody_is_there(office: QuietOffice):
    office.pass_(QUIET_S - LOOK_S)
    office.present = office.present | {"ticket": {"id": "t1", "state": "called"}}
    office.pass_(QUIET_S - LOOK_S)
    assert office.seated == []


def test_a_counter_at_which_nobody_waits_or_that_is_paused_is_left_in_peace(office: QuietOffice):
    office.people = 0
    office.pass_(2 * QUIET_S)
    office.people = 3
    office.present = office.present | {"state": "paused"}
    office.pass_(2 * QUIET_S)
    assert office.seated == []


def test_a_clerk_who_has_not_gone_yet_is_not_seated_twice(office: QuietOffice):
    office.at_work = {1}
    office.pass_(2 * QUIET_S)
    assert office.seated == []


def test_a_counter_taken_for_good_is_never_given_back():
    class TheirsForGood(QuietOffice):
        def stays(self) -> set[int]:
            return {1}

    office = TheirsForGood()
    office.pass_(2 * QUIET_S)
    assert office.seated == []
