"""The made-up centre's week."""

from datetime import date

from app.demo import week
from app.demo.run import first_day
from app.planning.scenario import load

CLERKS = {number: f"clerk-{number}" for number in range(1, 11)}
FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)


def test_lunch_is_taken_in_shifts_so_that_the_hall_is_never_empty():
    monday = [shift for shift in week.rota(load(), CLERKS) if shift["weekday"] == 0]
    lunches = {shift["end"] for shift in monday if shift["start"] == "07:30"}
    assert lunches == {"11:20", "12:05"}
    assert {shift["end"] for shift in monday if shift["start"] in ("12:05", "12:50")} == {"15:30"}


def test_on_saturday_morning_fewer_people_serve_everything():
    scenario = load()
    saturday = [shift for shift in week.rota(scenario, CLERKS) if shift["weekday"] == 5]
    assert {(shift["start"], shift["end"]) for shift in saturday} == {("07:30", "11:20"), ("07:30", "11:30")}
    there = [plan for plan in scenario.counters if plan.number in {shift["counter"] for shift in saturday}]
    assert len(there) < len(scenario.counters)
    assert {code for plan in there for code in plan.own} == {service.code for service in scenario.services}


def test_nobody_comes_after_noon_on_a_saturday():
    morning, friday = week.plan_of(load(), SATURDAY), week.plan_of(load(), FRIDAY)
    assert (morning.open_min, friday.open_min) == (240, 480)
    assert morning.arrivals.per_day < friday.arrivals.per_day


def test_the_demo_never_opens_on_a_sunday_and_is_first_seen_on_a_whole_day():
    assert week.next_office_day(SATURDAY) == SATURDAY
    assert week.next_office_day(date(2026, 11, 22)) == MONDAY
    assert week.next_office_day(SATURDAY, whole=True) == MONDAY


def test_the_days_before_a_monday_end_with_a_saturday():
    assert week.office_days_before(MONDAY, 2) == [FRIDAY, SATURDAY]


def test_a_kept_demo_that_ended_on_a_friday_goes_on_on_monday():
    assert first_day("2999-01-04") == "2999-01-07"
