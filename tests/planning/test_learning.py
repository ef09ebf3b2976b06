"""What earlier days teach, and how slowly a few cases are believed."""

import pytest

from app.planning.learnt import OTHERS_WORK, PRIOR_S, SLOTS, Learnt, Visited, slot_of

MONDAY, TUESDAY = 0, 1
NINE = 9 * 3_600_000


def seen(times: int, handle_s: float | None, *, clerk: str | None = None, weekday: int = MONDAY) -> Learnt:
    """A centre where HT took 300 seconds 200 times, and then so many visits more."""
    learnt = Learnt()
    for _ in range(200):
        learnt.learn(Visited("HT", TUESDAY, None, 300.0))
    for _ in range(times):
        learnt.learn(Visited("HT", weekday, clerk, handle_s))
    return learnt


def test_a_new_centre_starts_with_six_minutes() -> None:
    handling = Learnt().handling
    assert handling.mean_s("HT", MONDAY) == PRIOR_S == 360
    assert handling.pace("HT", "lan", own=True) == 1
    assert handling.pace("HT", "lan", own=False) == OTHERS_WORK


def test_a_service_is_known_after_a_few_days() -> None:
    learnt = seen(0, None)
    assert learnt.handling.mean_s("HT", TUESDAY) == pytest.approx(300, rel=0.03)
    assert learnt.handling.mean_s("DD", TUESDAY) == PRIOR_S


def test_what_changes_is_learnt_anew() -> None:
    learnt = seen(1200, 600.0)
    assert learnt.handling.mean_s("HT", TUESDAY) == pytest.approx(600, rel=0.05)


def test_a_clerk_seen_twice_is_hardly_told_from_the_others_and_one_seen_often_is() -> None:
    twice, often = (seen(times, 600.0, clerk="lan").handling.pace("HT", "lan", own=True) for times in (2, 200))
    assert 1 < twice < 1.15
    assert 1.3 < often < 2


def test_a_clerks_pace_is_told_by_service() -> None:
    assert seen(200, 600.0, clerk="lan").handling.pace("DD", "lan", own=True) == 1


def test_a_weekday_of_its_own_is_learnt_more_slowly_than_a_clerk() -> None:
    few, many = (seen(times, 600.0, weekday=MONDAY).handling for times in (5, 120))
    assert few.mean_s("HT", MONDAY) < 1.12 * few.mean_s("HT", TUESDAY)
    assert many.mean_s("HT", MONDAY) > 1.2 * many.mean_s("HT", TUESDAY)


def test_how_much_handling_varies_is_learnt() -> None:
    learnt = Learnt()
    for n in range(300):
        learnt.learn(Visited("HT", MONDAY, None, 100.0 if n % 2 else 500.0))
    assert learnt.handling.cv("HT") == pytest.approx(2 / 3, rel=0.05)
    assert learnt.handling.cv("DD") == pytest.approx(0.8)


def test_whoever_does_not_come_teaches_nothing_about_handling() -> None:
    learnt = seen(100, None, clerk="lan")
    assert learnt.handling.mean_s("HT", TUESDAY) == seen(0, None).handling.mean_s("HT", TUESDAY)
    assert 0.2 < learnt.misses.share.mean < 0.4


def test_a_few_misses_do_not_make_a_habit() -> None:
    learnt = Learnt()
    learnt.learn(Visited("HT", MONDAY, None, None, away_s=120))
    assert learnt.misses.share.mean < 0.1
    assert 60_000 < learnt.misses.wait_ms.mean < 70_000


def test_a_busy_monday_is_expected_on_mondays() -> None:
    learnt = Learnt()
    for _ in range(12):
        learnt.arrivals.learn_day(MONDAY, [("HT", NINE)] * 20)
        learnt.arrivals.learn_day(TUESDAY, [("HT", NINE)] * 4)
    monday, tuesday, wednesday = (learnt.arrivals.expected("HT", day)[slot_of(NINE)] for day in range(3))
    assert 17 < monday <= 20
    assert 4 <= tuesday < 7
    assert wednesday == pytest.approx(12)


def test_one_busy_monday_is_not_believed_yet() -> None:
    learnt = Learnt()
    for _ in range(12):
        learnt.arrivals.learn_day(TUESDAY, [("HT", NINE)] * 4)
    learnt.arrivals.learn_day(MONDAY, [("HT", NINE)] * 20)
    assert learnt.arrivals.expected("HT", MONDAY)[slot_of(NINE)] < 10


def test_a_day_without_citizens_counts_as_one() -> None:
    learnt = Learnt()
    learnt.arrivals.learn_day(MONDAY, [("HT", NINE)] * 4)
    learnt.arrivals.learn_day(MONDAY, [])
    assert learnt.arrivals.expected("HT", MONDAY)[slot_of(NINE)] == pytest.approx(2)


def test_a_centre_without_a_past_expects_nobody_in_particular() -> None:
    assert Learnt().arrivals.expected("HT", MONDAY) == [0.0] * SLOTS


def test_half_hours_stay_within_the_day() -> None:
    assert [slot_of(ms) for ms in (-1, 0, NINE, 24 * 3_600_000)] == [0, 0, 18, SLOTS - 1]
