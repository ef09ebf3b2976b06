"""Breaks announced for today, and those that follow from the rota."""

import pytest
from office import Office, hanoi

from app.core import commands as cmd
from app.core import errors as err
from app.core.centre import Shift
from app.core.change import Touched
from app.core.coverage import closes_at, planned_breaks
from app.core.hall import Break

LUNCH = Break(hanoi("11:30"), hanoi("12:15"))
TEA = Break(hanoi("15:00"), hanoi("15:15"))
ROTA = (
    Shift(0, 1, "lan", "07:30", "11:30"),
    Shift(0, 1, "lan", "13:30", "17:00"),
    Shift(0, 2, "minh", "07:30", "12:00"),
    Shift(0, 2, "hoa", "12:00", "17:00"),
    Shift(5, 1, "lan", "07:30", "11:00"),
)


def planned(office: Office, counter: int = 1) -> tuple[Break, ...]:
    return planned_breaks(office.hall, office.counter(counter), office.now)


def test_breaks_are_announced_and_replaced(office: Office):
    office.do(cmd.PlanBreaks(1, (TEA, LUNCH)))
    assert office.counter().breaks == (LUNCH, TEA)
    assert office.changes[-1].touched == Touched(counters=(1,))
    office.do(cmd.PlanBreaks(1, (TEA,)))
    assert office.counter().breaks == (TEA,)
    assert office.do(cmd.PlanBreaks(1, (TEA,))).events == ()


@pytest.mark.parametrize(
    ("breaks", "error", "facts"),
    [
        ((Break(LUNCH.end, LUNCH.start),), err.EndsBeforeStart, {"start": "12:15", "end": "11:30"}),
        ((Break(LUNCH.start, LUNCH.start),), err.EndsBeforeStart, {"start": "11:30", "end": "11:30"}),
        ((Break(hanoi("07:00"), hanoi("07:30")),), err.BreakOver, {"start": "07:00", "end": "07:30"}),
        (
            (Break(hanoi("11:30", "2026-11-24"), hanoi("12:15", "2026-11-24")),),
            err.NotToday,
            {"start": "11:30", "end": "12:15"},
        ),
        ((Break(LUNCH.start, hanoi("01:00", "2026-11-24")),), err.NotToday, {"start": "11:30", "end": "01:00"}),
        (
            (LUNCH, Break(hanoi("12:00"), hanoi("13:00"))),
            err.CounterOverlap,
            {"counter": 1, "start": "12:00", "end": "12:15"},
        ),
    ],
)
def test_a_break_that_cannot_be_is_refused(
    office: Office, breaks: tuple[Break, ...], error: type[err.Refused], facts: dict
):
    office.refuses(cmd.PlanBreaks(1, breaks), error, **facts)


def test_a_break_may_last_until_midnight(office: Office):
    office.do(cmd.PlanBreaks(1, (Break(hanoi("17:00"), hanoi("00:00", "2026-11-24")),)))


def test_a_break_of_no_counter_is_refused(office: Office):
    office.refuses(cmd.PlanBreaks(9, (LUNCH,)), err.UnknownCounter, counter=9)


def test_a_break_that_is_over_may_stay_while_another_is_announced(office: Office):
    office.do(cmd.PlanBreaks(1, (LUNCH,)))
    office.clock("14:00")
    office.do(cmd.PlanBreaks(1, (LUNCH, TEA)))
    assert office.counter().breaks == (LUNCH, TEA)


def test_the_gap_between_two_shifts_is_a_break(office: Office):
    office.do(cmd.SaveRota(ROTA))
    assert planned(office) == (Break(hanoi("11:30"), hanoi("13:30")),)
    assert planned(office, 2) == ()
    assert planned(office, 3) == ()


def test_what_is_announced_takes_the_place_of_the_rotas(office: Office):
    office.do(cmd.SaveRota(ROTA))
    office.do(cmd.PlanBreaks(1, (LUNCH,)))
    assert planned(office) == (LUNCH,)
    office.do(cmd.PlanBreaks(1, ()))
    assert planned(office) == (Break(hanoi("11:30"), hanoi("13:30")),)


def test_a_counter_closes_with_its_last_shift(office: Office):
    office.do(cmd.SaveRota(ROTA))
    assert closes_at(office.hall, office.counter(1), office.now) == hanoi("17:00")
    assert closes_at(office.hall, office.counter(3), office.now) is None
    saturday = hanoi("08:00", "2026-11-28")
    assert closes_at(office.hall, office.counter(1), saturday) == hanoi("11:00", "2026-11-28")
    assert closes_at(office.hall, office.counter(2), saturday) is None
    assert closes_at(office.hall, office.counter(1), hanoi("08:00", "2026-11-29")) is None


def test_the_rotas_clock_is_the_centres(office: Office):
    office.do(cmd.SaveRota(ROTA))
    office.set(timezone="Asia/Tokyo")
    assert closes_at(office.hall, office.counter(1), office.now) == hanoi("15:00")


def test_a_new_day_forgets_what_was_announced(office: Office):
    office.do(cmd.PlanBreaks(1, (LUNCH,)))
    office.wait(24 * 3600)
    office.do(cmd.StartDay())
    assert office.counter().breaks == ()
