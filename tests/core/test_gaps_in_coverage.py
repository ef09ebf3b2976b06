"""From when to when nobody will serve a service: "after 11:30 land will have nobody"."""

from dataclasses import replace

from office import BUILDING, Office, hanoi

from app.core import commands as cmd
from app.core.centre import Shift
from app.core.coverage import Gap, absences, gaps
from app.core.hall import Break


def warned(office: Office, service: str | None = None) -> list[tuple[str, str, str | None]]:
    """The gaps, told by the centre's clock."""
    return [
        (gap.service, _clock(gap.start), None if gap.end is None else _clock(gap.end))
        for gap in gaps(office.hall, office.now)
        if service in (None, gap.service)
    ]


def _clock(at: int) -> str:
    minutes = (at - hanoi("00:00")) // 60_000
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def away(office: Office, counter: int, start: str, end: str) -> None:
    office.do(cmd.PlanBreaks(counter, (Break(hanoi(start), hanoi(end)),)))


def test_with_everybody_there_nothing_is_missing(office: Office):
    assert gaps(office.hall, office.now) == ()


def test_a_break_of_the_only_one_leaves_a_gap(office: Office):
    away(office, 3, "11:30", "12:15")
    assert warned(office) == []
    office.do(cmd.SetCounterServices(1, ("HT",), ()))
    assert gaps(office.hall, office.now) == (Gap("DD", hanoi("11:30"), hanoi("12:15")),)


def test_two_breaks_leave_a_gap_only_where_they_meet(office: Office):
    away(office, 1, "11:00", "11:45")
    away(office, 3, "11:30", "12:15")
    assert warned(office) == [("DD", "11:30", "11:45")]


def test_in_a_break_that_has_begun_the_gap_is_from_now_on(office: Office):
    office.do(cmd.SetCounterServices(1, ("HT",), ()))
    away(office, 3, "11:30", "12:15")
    office.clock("11:40")
    assert warned(office) == [("DD", "11:40", "12:15")]
    office.clock("12:10")
    assert warned(office) == []


def test_an_absence_of_less_than_ten_minutes_is_no_news(office: Office):
    office.do(cmd.SetCounterServices(1, ("HT",), ()))
    away(office, 3, "09:00", "09:09")
    assert warned(office) == []
    away(office, 3, "09:00", "09:10")
    assert warned(office) == [("DD", "09:00", "09:10")]


def test_what_begins_in_more_than_four_hours_is_told_later(office: Office):
    office.do(cmd.SetCounterServices(1, ("HT",), ()))
    away(office, 3, "12:00", "13:00")
    assert warned(office) == []
    office.wait(60)
    assert warned(office) == [("DD", "12:00", "13:00")]


def test_a_pause_counts_until_its_told_end(office: Office):
    office.do(cmd.SetCounterServices(1, ("HT",), ()))
    office.do(cmd.PauseCounter(3))
    assert warned(office) == []
    office.do(cmd.PauseCounter(3, "08:30"))
    assert warned(office) == [("DD", "08:00", "08:30")]
    office.clock("08:31")
    assert warned(office) == []


def test_the_shift_that_ends_first_leaves_a_gap_until_the_hall_closes(office: Office):
    office.do(cmd.SetCounterServices(1, ("HT",), ()))
    office.do(
        cmd.SaveRota(tuple(Shift(0, n, "", "07:30", end) for n, end in ((1, "17:00"), (2, "17:00"), (3, "16:00"))))
    )
    office.clock("15:00")
    assert warned(office) == [("DD", "16:00", None)]


def test_the_end_of_the_day_is_no_gap(office: Office):
    office.do(cmd.SaveRota(tuple(Shift(0, n, "", "07:30", "17:00") for n in (1, 2, 3))))
    office.clock("16:00")
    assert warned(office) == []


def test_a_counter_that_stays_open_after_its_shift_is_there(office: Office):
    office.do(cmd.SaveRota((Shift(0, 3, "", "07:30", "16:00"),)))
    office.do(cmd.SetCounterServices(1, ("HT",), ()))
    office.clock("16:10")
    office.take("DD")
    assert warned(office) == []


def test_a_closed_counter_is_due_during_its_shifts(office: Office):
    office.do(cmd.SetCounterServices(1, ("HT",), ()))
    office.do(cmd.SaveRota((Shift(0, 3, "hoa", "07:30", "11:30"), Shift(0, 3, "hoa", "13:30", "17:00"))))
    office.do(cmd.CloseCounter(3))
    assert warned(office) == [("DD", "11:30", "13:30")]
    office.clock("12:00")
    assert warned(office) == [("DD", "12:00", "13:30")]


def test_before_the_hall_opens_only_those_who_wait_count(office: Office):
    office.do(cmd.SaveRota(tuple(Shift(0, n, "", "09:00", "17:00") for n in (1, 2, 3))))
    for number in (1, 2, 3):
        office.do(cmd.CloseCounter(number))
    assert warned(office) == []
    office.take("DD")
    assert [(service, end) for service, _, end in warned(office)] == [("DD", "09:00")]


def test_a_service_that_nobody_serves_is_a_gap_once_somebody_waits(office: Office):
    assert warned(office) == []
    office.do(cmd.IssueTicket("waiting", "XD"))
    assert warned(office) == [("XD", "08:00", None)]


def test_a_closed_counter_without_a_shift_is_not_due(office: Office):
    office.do(cmd.SetCounterServices(1, ("HT",), ()))
    office.do(cmd.CloseCounter(3))
    assert warned(office) == []
    office.do(cmd.IssueTicket("waiting", "DD"))
    assert warned(office) == [("DD", "08:00", None)]


def test_with_the_whole_hall_closed_somebody_who_waits_is_seen(office: Office):
    office.do(cmd.IssueTicket("waiting", "HT"))
    for number in (1, 2, 3):
        office.do(cmd.CloseCounter(number))
    assert warned(office) == [("HT", "08:00", None)]


def test_a_service_that_takes_no_numbers_is_left_out(office: Office):
    office.do(cmd.IssueTicket("waiting", "XD"))
    office.do(cmd.SaveService(replace(BUILDING, active=False)))
    assert warned(office) == []


def test_the_earliest_is_told_first(office: Office):
    office.do(cmd.SetCounterServices(1, ("HT",), ()))
    away(office, 3, "11:30", "13:00")
    away(office, 1, "11:00", "12:00")
    away(office, 2, "11:00", "12:00")
    assert warned(office) == [("HT", "11:00", "12:00"), ("DD", "11:30", "13:00")]


def absent(office: Office, counter: int = 3) -> list[tuple[str, str]]:
    there = absences(office.hall, office.counter(counter), office.now)
    return [(_clock(each.start), _clock(each.end)) for each in there]


def test_an_open_counter_is_absent_during_its_breaks_and_goes_on_after_its_last_shift(office: Office):
    office.do(cmd.SaveRota((Shift(0, 3, "", "07:30", "16:30"),)))
    away(office, 3, "11:30", "12:15")
    assert absent(office) == [("11:30", "12:15")]


def test_a_closed_counter_opens_for_its_next_shift(office: Office):
    office.do(cmd.SaveRota((Shift(0, 3, "", "09:00", "11:30"), Shift(0, 3, "", "13:00", "16:30"))))
    office.do(cmd.CloseCounter(3))
    assert absent(office) == [("08:00", "09:00"), ("11:30", "13:00"), ("16:30", "24:00")]


def test_whoever_is_late_is_taken_to_come_within_ten_minutes_or_not_at_all(office: Office):
    office.do(cmd.SaveRota((Shift(0, 3, "", "07:55", "11:30"),)))
    office.do(cmd.CloseCounter(3))
    assert absent(office) == [("08:00", "08:05"), ("11:30", "24:00")]
    office.clock("08:06")
    assert absent(office) == [("08:06", "24:00")]


def test_a_pause_lasts_until_it_was_told_to_end(office: Office):
    office.do(cmd.PauseCounter(3, "08:20"))
    assert absent(office) == [("08:00", "08:20")]


def test_a_pause_without_an_end_is_taken_to_last(office: Office):
    office.do(cmd.PauseCounter(3))
    assert absent(office) == [("08:00", "24:00")]


def test_a_pause_during_a_planned_break_ends_with_it(office: Office):
    away(office, 3, "08:00", "08:30")
    office.do(cmd.PauseCounter(3))
    assert absent(office) == [("08:00", "08:30")]
