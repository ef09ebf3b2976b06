# ruff: noqa: S311 - chance, not secrets
"""Of a hundred ranges told, about eighty hold what comes: learnt from what was told before."""

from collections import deque
from collections.abc import Callable
from random import Random
from statistics import fmean

import pytest

from app.planning.calibration import AT_ONCE, PRIOR, Calibration, Foreseen, Range, holds, told

Came = Callable[[Foreseen, Random], float]


def twice_as_wide(foreseen: Foreseen, rng: Random) -> float:
    return max(0.0, rng.gauss(foreseen.expected, 2 * foreseen.spread))


def too_short(foreseen: Foreseen, rng: Random) -> float:
    """Waits have a long tail, and are a third longer than was expected."""
    return foreseen.expected * rng.lognormvariate(0.3, 0.5)


def sure(foreseen: Foreseen, rng: Random) -> float:
    return max(0.0, rng.gauss(foreseen.expected, 0.4 * foreseen.spread))


@pytest.mark.parametrize("came", [twice_as_wide, too_short, sure])
def test_the_range_told_holds_eighty_of_a_hundred(came: Came) -> None:
    rng, calibration = Random(1), Calibration()
    held = []
    for case in range(1600):
        expected = rng.uniform(1, 50)
        foreseen = Foreseen(expected, 1 + 0.2 * expected)
        wait = came(foreseen, rng)
        if case >= 800:
            held.append(holds(calibration.told(foreseen), wait))
        calibration.learn(foreseen, wait)
    assert 0.75 < fmean(held) < 0.86


def test_a_new_centre_tells_ranges_before_it_has_learnt() -> None:
    calibration = Calibration()
    assert calibration.told(Foreseen(15, 4)) == told(Foreseen(15, 4), PRIOR) == Range(10, 20)
    for _ in range(50):
        calibration.learn(Foreseen(15, 4), 30)
    assert calibration.band == PRIOR


def test_ranges_follow_a_centre_that_changes() -> None:
    calibration = Calibration(deque(maxlen=300))
    for wait in (15.0, 40.0):
        for _ in range(400):
            calibration.learn(Foreseen(15, 5), wait)
        assert holds(calibration.told(Foreseen(15, 5)), wait)


def test_whoever_is_called_at_once_is_told_so_and_teaches_nothing() -> None:
    calibration = Calibration()
    calibration.learn(Foreseen(0.2, 1), 25)
    assert calibration.told(Foreseen(0.2, 1)) == AT_ONCE
    assert not calibration.cases


@pytest.mark.parametrize(
    ("foreseen", "words"),
    [
        (Foreseen(3, 2), Range(1, 6)),
        (Foreseen(14, 4), Range(10, 20)),
        (Foreseen(0.8, 1), Range(0, 2)),
        (Foreseen(61, 20), Range(40, 85)),
    ],
)
def test_ranges_are_told_in_peoples_minutes(foreseen: Foreseen, words: Range) -> None:
    assert told(foreseen, PRIOR) == words


def test_a_range_is_never_below_nothing_nor_upside_down() -> None:
    for expected in (0.5, 1, 9.4, 9.6, 30):
        for spread in (0.1, 1, 40):
            low, high = told(Foreseen(expected, spread), (-3, -0.5))
            assert 0 <= low <= high
            assert high >= 1


def test_the_odd_first_hour_of_a_morning_does_not_carry_the_range_off_for_everybody():
    """One in six was called long before; the others came about as foreseen."""
    rng, calibration = Random(3), Calibration()
    for n in range(100):
        came = 0.5 if n % 6 == 0 else max(0.0, rng.gauss(30, 4))
        calibration.learn(Foreseen(30, 5), came)
    assert calibration.told(Foreseen(30, 5)).low_min >= 20
