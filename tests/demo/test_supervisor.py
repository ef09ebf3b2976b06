"""The demo's supervisor answers the hub's advice, when a visitor does not."""

from collections import Counter as Tally
from typing import Any, cast

import pytest

from app.demo.supervisor import LOOK_S, THINKS_MIN, Supervisor
from app.demo.voice import Refused

RATE = 5.0
ADVICE = {"id": "a-1", "kind": "give", "counter": 3, "services": ["KQ"]}


class Time:
    rate = RATE


class Stage:
    time = Time()


class QuietOffice:
    """Times in minutes of the hub."""

    stage = Stage()

    def __init__(self) -> None:
        self.now_min = 0.0
        self.over = False
        self.tally, self.said = Tally[str](), list[str]()

    def minute(self) -> float:
        return self.now_min

    def is_over(self) -> bool:
        return self.over

    def clock(self, _minute: float) -> str:
        return "08:00"

    def counter(self, _number: int) -> dict[str, Any]:
        return {"own": ["CT"], "help": ["HT"]}

    def say(self, what: str) -> None:
        self.said.append(what)


class Hub:
    """Gives one advice; notes what else it is asked."""

    def __init__(self) -> None:
        self.advice = [ADVICE]
        self.refusal: Refused | None = None
        self.asked: list[tuple[str, str, Any]] = []

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        if method == "GET":
            return {"advice": self.advice}
        if self.refusal:
            raise self.refusal
        self.asked.append((method, path, body))
        return None


@pytest.fixture
def office() -> QuietOffice:
    return QuietOffice()


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def supervisor(office: QuietOffice, hub: Hub) -> Supervisor:
    return Supervisor(cast("Any", office), hub, "chị Hương")


def pass_(supervisor: Supervisor, minutes: float) -> None:
    story, office = supervisor.day(), cast("Any", supervisor.office)
    until = office.now_min + minutes
    while office.now_min < until:
        office.now_min += next(story)


def test_an_advice_is_taken_after_two_minutes(supervisor: Supervisor, hub: Hub, office: QuietOffice):
    pass_(supervisor, THINKS_MIN)
    assert hub.asked == []
    pass_(supervisor, 2 * LOOK_S * RATE / 60)
    assert hub.asked[0] == ("POST", "/advice/a-1/accept", None)
    assert "counter 3 serves KQ too" in office.said[0]


def test_an_advice_that_is_withdrawn_in_time_changes_nothing(supervisor: Supervisor, hub: Hub):
    pass_(supervisor, THINKS_MIN / 2)
    hub.advice = []
    pass_(supervisor, 2 * THINKS_MIN)
    assert hub.asked == []


@pytest.mark.parametrize("code", ["unknown_advice", "advice_stale", "advice_answered"])
def test_a_visitor_may_be_quicker(supervisor: Supervisor, hub: Hub, office: QuietOffice, code: str):
    hub.refusal = Refused(409, code, "too late")
    pass_(supervisor, 2 * THINKS_MIN)
    assert office.said == []


def test_in_the_evening_the_counters_are_as_the_centre_has_set_them_up(
    supervisor: Supervisor, hub: Hub, office: QuietOffice
):
    pass_(supervisor, 2 * THINKS_MIN)
    office.over = True
    assert next(supervisor.day(), None) is None
    assert hub.asked[-1] == ("PUT", "/counters/3/services", {"own": ["CT"], "help": ["HT"]})
