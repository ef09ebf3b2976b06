"""Who is able to do what, and who sits where in an ordinary week."""

import pytest
from office import Office

from app.core import commands as cmd
from app.core import errors as err
from app.core.centre import Shift
from app.core.change import Touched
from app.core.coverage import able, due_clerk

MORNING = Shift(0, 1, "lan", "07:30", "11:30")
AFTERNOON = Shift(0, 1, "lan", "13:30", "17:00")
OTHER = Shift(0, 2, "minh", "07:30", "11:30")


def test_a_clerks_skills_are_kept_and_forgotten(office: Office):
    office.do(cmd.SaveSkills("lan", ("HT", "DD", "HT")))
    assert office.hall.skills == {"lan": ("HT", "DD")}
    office.do(cmd.SaveSkills("hoa", ("DD",)))
    office.do(cmd.SaveSkills("lan", ()))
    assert office.hall.skills == {"hoa": ("DD",)}


def test_saving_the_same_again_says_nothing(office: Office):
    office.do(cmd.SaveSkills("lan", ("HT",)))
    assert office.do(cmd.SaveSkills("lan", ("HT",))).events == ()
    assert office.do(cmd.SaveSkills("minh", ())).events == ()
    office.do(cmd.SaveRota((MORNING,)))
    assert office.do(cmd.SaveRota((MORNING,))).events == ()


def test_skills_name_services_and_a_clerk(office: Office):
    office.refuses(cmd.SaveSkills("lan", ("HT", "??")), err.UnknownService, service="??")
    office.refuses(cmd.SaveSkills("", ("HT",)), err.OutOfRange, what="clerk", bounds="not empty")


def test_a_clerk_without_an_entry_is_able_to_do_what_the_counter_has(office: Office):
    assert able(office.hall, office.counter(1)) == ("HT", "DD")
    office.do(cmd.SaveSkills("lan", ("XD", "HT")))
    assert able(office.hall, office.counter(1)) == ("XD", "HT")


def test_an_empty_counter_is_able_to_do_what_it_has(office: Office):
    office.do(cmd.SaveSkills("lan", ("XD",)))
    office.do(cmd.CloseCounter(1))
    assert able(office.hall, office.counter(1)) == ("HT", "DD")


def test_a_service_that_is_removed_is_nobodys_skill(office: Office):
    office.do(cmd.SaveSkills("lan", ("HT", "XD")))
    office.do(cmd.SaveSkills("minh", ("XD",)))
    office.do(cmd.RemoveService("XD"))
    assert office.hall.skills == {"lan": ("HT",)}
    assert office.changes[-1].touched.plan


def test_a_removed_service_that_nobody_knew_leaves_the_skills_alone(office: Office):
    office.do(cmd.SaveSkills("lan", ("HT",)))
    office.do(cmd.RemoveService("XD"))
    assert office.hall.skills == {"lan": ("HT",)}
    assert not office.changes[-1].touched.plan


def test_new_skills_touch_the_counter_where_the_clerk_sits(office: Office):
    office.do(cmd.SaveSkills("lan", ("HT",)))
    assert office.changes[-1].touched == Touched(counters=(1,), plan=True)


def test_the_rota_is_kept_in_the_order_of_the_week(office: Office):
    saturday = Shift(5, 1, "", "07:30", "11:30")
    office.do(cmd.SaveRota((saturday, AFTERNOON, OTHER, MORNING)))
    assert office.hall.rota == (MORNING, AFTERNOON, OTHER, saturday)
    assert office.changes[-1].touched == Touched(counters=(1, 2, 3), plan=True)


def test_a_removed_counter_leaves_the_rota(office: Office):
    office.do(cmd.SaveRota((MORNING, OTHER)))
    office.do(cmd.CloseCounter(2))
    office.do(cmd.RemoveCounter(2))
    assert office.hall.rota == (MORNING,)
    office.do(cmd.CloseCounter(3))
    office.do(cmd.RemoveCounter(3))
    assert not office.changes[-1].touched.plan


@pytest.mark.parametrize(
    ("shift", "error", "facts"),
    [
        (Shift(0, 9, "lan", "07:30", "11:30"), err.UnknownCounter, {"counter": 9}),
        (Shift(7, 1, "lan", "07:30", "11:30"), err.OutOfRange, {"what": "weekday", "bounds": "0-6"}),
        (Shift(0, 1, "lan", "7:30", "11:30"), err.OutOfRange, {"what": "start", "bounds": "HH:MM"}),
        (Shift(0, 1, "lan", "07:30", "24:00"), err.OutOfRange, {"what": "end", "bounds": "HH:MM"}),
        (Shift(0, 1, "lan", "11:30", "11:30"), err.EndsBeforeStart, {"start": "11:30", "end": "11:30"}),
    ],
)
def test_a_shift_that_cannot_be_is_refused(office: Office, shift: Shift, error: type[err.Refused], facts: dict):
    office.refuses(cmd.SaveRota((MORNING, shift)), error, **facts)


def test_two_shifts_of_a_counter_do_not_overlap(office: Office):
    late = Shift(0, 1, "hoa", "11:00", "12:00")
    office.refuses(cmd.SaveRota((late, MORNING)), err.CounterOverlap, counter=1, start="11:00", end="11:30")
    office.do(cmd.SaveRota((MORNING, Shift(0, 1, "hoa", "11:30", "12:00"), Shift(1, 1, "hoa", "11:00", "12:00"))))


def test_a_clerk_is_at_one_counter_at_a_time(office: Office):
    elsewhere = Shift(0, 2, "lan", "11:00", "12:00")
    office.refuses(cmd.SaveRota((MORNING, elsewhere)), err.ClerkOverlap, clerk="lan", first=1, second=2, start="11:00")
    office.do(cmd.SaveRota((MORNING, Shift(0, 2, "", "11:00", "12:00"), Shift(0, 3, "", "11:00", "12:00"))))


@pytest.mark.parametrize(
    ("clock", "due"), [("07:29", None), ("07:30", "lan"), ("11:29", "lan"), ("11:30", None), ("14:00", "hoa")]
)
def test_the_rota_tells_who_is_due_now(office: Office, clock: str, due: str | None):
    office.do(cmd.SaveRota((MORNING, OTHER, Shift(0, 1, "hoa", "13:30", "17:00"), Shift(1, 1, "an", "07:30", "17:00"))))
    office.clock(clock)
    assert due_clerk(office.hall, office.counter(1), office.now) == due


def test_a_shift_of_nobody_names_nobody(office: Office):
    office.do(cmd.SaveRota((Shift(0, 1, "", "07:30", "17:00"),)))
    assert due_clerk(office.hall, office.counter(1), office.now) is None


def test_the_week_goes_on_into_the_next_day(office: Office):
    office.do(cmd.SaveSkills("lan", ("HT",)))
    office.do(cmd.SaveRota((MORNING,)))
    office.wait(24 * 3600)
    office.do(cmd.StartDay())
    assert (office.hall.skills, office.hall.rota) == ({"lan": ("HT",)}, (MORNING,))


def test_skills_and_rota_are_edited_together_with_the_centre_or_not_at_all(office: Office):
    counter = cmd.SaveCounter(4, "Quầy 4", ("XD",), ())
    office.do(
        cmd.Together((counter, cmd.SaveSkills("an", ("XD",)), cmd.SaveRota((Shift(0, 4, "an", "08:00", "09:00"),))))
    )
    assert office.hall.rota[0].counter == 4
    office.refuses(
        cmd.Together((cmd.SaveSkills("an", ()), cmd.SaveRota((Shift(0, 5, "an", "08:00", "09:00"),)))),
        err.UnknownCounter,
        counter=5,
    )
