"""Routing among the services of one counter: who is nearest to a broken promise, and nobody passed over for ever."""

import pytest
from office import Office

from app.core import commands as cmd
from app.core.events import Reason
from app.core.routing import next_line

MINUTE = 60


@pytest.fixture
def helper(office: Office) -> Office:
    """Counter 1 stands for civil status and helps with land; nobody else does either."""
    office.do(cmd.CloseCounter(2))
    office.do(cmd.CloseCounter(3))
    return office


def called(office: Office, counter: int = 1) -> tuple[str, str]:
    decision = office.do(cmd.CallNext(counter, deliberate=True))
    assert decision.reason
    return decision.ticket or "", decision.reason.code


def test_ones_own_service_has_a_start_of_a_third_of_the_target(helper: Office):
    helper.take("DD")
    helper.wait(4 * MINUTE)
    helper.take("HT")
    assert called(helper)[0] == "A001"


def test_a_service_that_one_helps_with_goes_first_when_it_is_further_ahead_than_that(helper: Office):
    helper.take("DD")
    helper.wait(6 * MINUTE)
    helper.take("HT")
    assert called(helper) == ("B001", "help")


def test_whoever_is_about_to_pass_the_target_is_told_so(helper: Office):
    helper.take("DD")
    helper.wait(13 * MINUTE)
    helper.take("HT")
    assert helper.do(cmd.CallNext(1)).reason == Reason("near", 13 * MINUTE + 1, "DD")


def test_a_promise_that_can_still_be_kept_goes_before_one_that_is_broken(helper: Office):
    helper.take("DD")
    helper.wait(8 * MINUTE)
    helper.take("HT")
    helper.wait(9 * MINUTE)  # land has waited 17 minutes, civil status nine
    assert called(helper)[0] == "A001"


def test_past_twice_the_target_nobody_is_passed_over(helper: Office):
    helper.take("DD")
    helper.wait(22 * MINUTE)
    helper.take("HT")
    helper.wait(9 * MINUTE)
    assert called(helper) == ("B001", "long")


def test_of_two_that_have_waited_so_long_the_longer_one_is_next(helper: Office):
    helper.do(cmd.SetCounterServices(1, ("HT", "DD"), ()))
    helper.take("HT")
    helper.wait(2 * MINUTE)
    helper.take("DD")
    helper.wait(32 * MINUTE)
    assert [called(helper)[0] for _ in range(2)] == ["A001", "B001"]


def test_however_many_wait_elsewhere_the_longest_wait_past_twice_the_target_is_next(helper: Office):
    helper.take("HT")
    helper.wait(10 * MINUTE)
    for _ in range(30):
        helper.take("DD")
    helper.wait(31 * MINUTE)
    assert called(helper) == ("A001", "long")


def test_the_target_of_each_service_is_its_own(helper: Office):
    land = helper.hall.services["DD"]
    helper.do(cmd.SaveService(type(land)(land.code, land.letter, land.name, target_s=5 * MINUTE)))
    helper.take("DD")
    helper.take("HT")
    helper.wait(4 * MINUTE)
    assert called(helper) == ("B001", "near")


@pytest.mark.parametrize(("waits", "first"), [(4, "B001"), (9, "B001"), (14, "A001")])
def test_before_a_priority_citizen_whose_turn_it_is_goes_only_who_is_about_to_pass_the_target(
    helper: Office, waits: int, first: str
):
    helper.take("HT")
    helper.wait(waits * MINUTE)
    helper.take("DD", "elderly")
    assert called(helper)[0] == first


def test_within_a_service_the_oldest_is_always_next(helper: Office):
    first = [helper.take("DD") for _ in range(4)]
    helper.wait(12 * MINUTE)
    helper.take("HT")
    order = [called(helper)[0] for _ in range(5)]
    assert [ticket for ticket in order if ticket in first] == first


def test_a_centre_may_choose_the_oldest_first_whatever_the_service(helper: Office):
    helper.set(routing="oldest")
    helper.take("DD")
    helper.wait(60)
    helper.take("HT")
    assert [called(helper) for _ in range(2)] == [("B001", "help"), ("A001", "oldest")]


def test_with_the_oldest_first_priority_classes_are_woven_in_too(helper: Office):
    helper.set(routing="oldest")
    for _ in range(3):
        helper.take("HT")
    helper.take("DD", "elderly")
    assert [called(helper)[0] for _ in range(2)] == ["B001", "A001"]


@pytest.mark.parametrize("routing", ["target", "oldest"])
def test_with_nobody_waiting_nobody_is_called(helper: Office, routing: str):
    helper.set(routing=routing)
    assert next_line(helper.hall, helper.counter(), helper.now) is None


def test_a_priority_citizen_whose_turn_is_not_yet_waits_with_the_rest(helper: Office):
    helper.do(cmd.SetCounterServices(1, ("HT", "DD"), ()))
    helper.take("HT", "elderly")
    helper.take("HT")
    called(helper)
    helper.take("DD", "elderly")  # alone in its line, but this counter has just called a priority citizen
    assert called(helper)[0] == "A002"


def test_a_clock_set_back_makes_no_wait_negative(helper: Office):
    helper.take("DD")
    helper.take("HT")
    helper.wait(-3600)
    line = next_line(helper.hall, helper.counter(), helper.now)
    assert line
    assert line.service == "HT"
