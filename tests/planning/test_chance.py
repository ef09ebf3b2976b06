# ruff: noqa: S311 - chance, not secrets
"""Arrivals and handling follow the scenario's figures, in the mean."""

from collections import Counter
from math import sqrt
from pathlib import Path
from random import Random
from statistics import fmean, pstdev

import pytest

from app.planning.chance import Arrival, arrivals, early_arrivals, handling_min, shares_of_the_day
from app.planning.scenario import BadScenario, Scenario, load

DAYS = 200


@pytest.fixture(scope="module")
def ward() -> Scenario:
    return load()


@pytest.fixture(scope="module")
def days(ward: Scenario) -> list[list[Arrival]]:
    return [arrivals(ward, Random(seed)) for seed in range(DAYS)]


def test_as_many_citizens_come_as_the_scenario_says(ward: Scenario, days: list[list[Arrival]]):
    expected = ward.arrivals.per_day
    assert fmean(map(len, days)) == pytest.approx(expected, abs=4 * sqrt(expected / DAYS))


def test_the_number_of_citizens_varies_as_a_poisson_process_does(ward: Scenario, days: list[list[Arrival]]):
    assert pstdev(map(len, days)) == pytest.approx(sqrt(ward.arrivals.per_day), rel=0.25)


def test_they_come_in_order_and_while_the_doors_are_open(ward: Scenario, days: list[list[Arrival]]):
    for day in days:
        minutes = [arrival.minute for arrival in day]
        assert minutes == sorted(minutes)
        assert minutes[0] >= 0
        assert minutes[-1] < ward.open_min


def test_the_morning_rush_and_the_quiet_noon_are_there(days: list[list[Arrival]]):
    minutes = [arrival.minute for day in days for arrival in day]
    rush = sum(60 <= minute < 120 for minute in minutes)
    noon = sum(220 <= minute < 280 for minute in minutes)
    # the profile's heights there: about 1.95 and 0.60
    assert rush / noon == pytest.approx(1.95 / 0.60, rel=0.15)


def test_services_have_their_shares_over_many_days(ward: Scenario, days: list[list[Arrival]]):
    counted = Counter(arrival.service for day in days for arrival in day)
    for service in ward.services:
        assert counted[service.code] / counted.total() == pytest.approx(service.share, rel=0.1)


def test_one_day_is_not_like_the_other(ward: Scenario):
    one, other = (shares_of_the_day(ward, Random(seed)) for seed in (1, 2))
    assert one != other
    assert sum(one.values()) == pytest.approx(1)


def test_every_eighth_citizen_or_so_has_priority(ward: Scenario, days: list[list[Arrival]]):
    share = fmean(arrival.priority for day in days for arrival in day)
    assert share == pytest.approx(ward.priority_share, rel=0.05)


def test_handling_has_the_mean_and_the_variation_of_its_service(ward: Scenario):
    for service in ward.services:
        rng = Random(7)
        times = [handling_min(service, rng) for _ in range(20_000)]
        assert fmean(times) == pytest.approx(service.handle_min, rel=0.04)
        assert pstdev(times) / fmean(times) == pytest.approx(service.handle_cv, rel=0.12)


def test_helping_with_a_colleagues_work_takes_longer(ward: Scenario):
    service = ward.services[0]
    assert handling_min(service, Random(1), 1.2) == pytest.approx(1.2 * handling_min(service, Random(1)))


def test_a_scenario_that_cannot_be_played_is_named_with_its_fault(tmp_path: Path):
    file = tmp_path / "day.json"
    file.write_text('{"name": "x", "open_min": 0}', encoding="utf-8")
    with pytest.raises(BadScenario, match=r"day\.json: open_min: .*greater than 0"):
        load(file)
    with pytest.raises(BadScenario, match="cannot be read"):
        load(tmp_path / "none.json")


def test_who_came_early_came_at_the_rate_of_the_first_minute(ward: Scenario):
    codes = Counter(arrival.service for arrival in early_arrivals(ward, 40))
    assert min(codes["HT"], codes["CT"], codes["KQ"]) >= 3
    assert sum(codes.values()) == pytest.approx(26, abs=3)
    assert early_arrivals(ward, 0) == []


def test_what_a_profile_says_of_the_evening_costs_nothing(ward: Scenario):
    class Counting(Random):
        drawn = 0

        def random(self) -> float:
            self.drawn += 1
            return super().random()

    open_min = ward.open_min
    profile = ((0, 1), (open_min, 1), (open_min + 1, 100_000))
    late = ward.model_copy(update={"arrivals": ward.arrivals.model_copy(update={"profile": profile})})
    chance = Counting(1)
    came = arrivals(late, chance)
    assert len(came) == pytest.approx(ward.arrivals.per_day, rel=0.3)
    assert chance.drawn < 20 * ward.arrivals.per_day
