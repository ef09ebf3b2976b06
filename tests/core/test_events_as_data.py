"""What is written to the log is read back as the same event."""

import json

import pytest
from office import LAND, PRIORITY

from app.core import events as ev
from app.core.advice import Expected, Move
from app.core.bookings import BookingKind, BookingState
from app.core.centre import ClosedDays, Notice, Settings, Shift, SlotRule
from app.core.event_data import EVENT_TYPES, from_data, settings_from, to_data
from app.core.hall import Break, CounterKind

GIVE = Move("give", 1, ("HT",), ("DD", "XD"), ("XD",))
BREAK = Move("break", 1, start=1_700_000_000_000, end=1_700_000_600_000, was_start=1_699_999_000_000)
EXPECTED = Expected(7.5, 3.0, 12.0, 0.9, (("HT", 1.5), ("DD", 0.25)), 3600)

EVENTS: list[ev.Event] = [
    ev.DayStarted(),
    ev.TicketIssued("x", "HT", 1, "A001", "1.001193", "priority", "en", "phone", ("DD",), 2, True, 5, "b"),
    ev.TicketCalled("x", 1, ev.Reason("oldest", 60, "HT")),
    ev.TicketRecalled("x", 1),
    ev.CitizenArrived("x", 1),
    ev.TicketFinished("x", 1),
    ev.TicketMissed("x", 1),
    ev.TicketParked("x", 1),
    ev.TicketTransferred("x", 1, "DD"),
    ev.ServiceContinued("x", 1, "DD"),
    ev.PriorityGiven("x"),
    ev.PriorityConfirmed("x"),
    ev.PriorityRefused("x", 1),
    ev.TicketLetPass("x", 1_700_000_000_000),
    ev.ServiceRated("x", 1, "HT", 2, "wait"),
    ev.BookingMade("b", "123456", BookingKind.HOME, "HT", "2026-11-23", 5, 6, None, "en", True, 1, "A001", "lan"),
    ev.BookingMoved("b", "2026-11-24", 5, None),
    ev.BookingArrived("b", "x"),
    ev.BookingEnded("b", BookingState.LAPSED),
    ev.AssistanceAsked("counter:5"),
    ev.AssistanceGiven("counter:5"),
    ev.NoticeSaved(Notice("n", "text", "Nghỉ lễ", weekdays=(0, 1))),
    ev.NoticeRemoved("n"),
    ev.SlotsSaved((SlotRule(0, "HT", "08:00", "11:00", 15, 2),)),
    ev.ClosedDaysSaved((ClosedDays("2026-09-01", "2026-09-02", "Quốc khánh"), ClosedDays("2027-02-05", "2027-02-11"))),
    ev.TicketReturned("x", 1_700_000_000_000),
    ev.TicketCancelled("x"),
    ev.TicketClosed("x"),
    ev.PressUndone(1, "next", 4, 5),
    ev.CounterOpened(1, None),
    ev.CounterPaused(1, "13:00"),
    ev.CounterClosed(1),
    ev.CounterServicesSet(1, ("HT",), ("DD", "XD")),
    ev.BreaksPlanned(1, (Break(1, 2), Break(3, 4))),
    ev.OverrunExplained("x", 1, "papers"),
    ev.DossiersRecorded("x", 1, 1, 2, 3, 4, 5),
    ev.AdviceAccepted("a", 1, GIVE, EXPECTED),
    ev.AdviceDeclined("a", 1, BREAK, EXPECTED, "too_soon"),
    ev.SkillsSaved("lan", ("HT", "DD")),
    ev.RotaSaved((Shift(0, 1, "lan", "07:30", "11:30"), Shift(5, 2, "", "07:30", "11:00"))),
    ev.SettingsSaved(Settings(priority_classes=PRIORITY)),
    ev.ServiceSaved(LAND),
    ev.ServiceRemoved("DD"),
    ev.CounterSaved(1, "Quầy 1", ("HT",), (), CounterKind.STATION),
    ev.CounterRemoved(1),
    ev.CatalogueReplaced((("1.001193", "HT"), ("1.000001", "DD"))),
    ev.Noted("person added", "lan", "clerk"),
]


def test_every_kind_of_event_is_in_this_list():
    assert {type(event) for event in EVENTS} == set(EVENT_TYPES.values())


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_comes_back_from_the_log_as_it_was(event: ev.Event):
    data = json.loads(json.dumps(to_data(event)))
    assert not {"ticket", "counter"} & data.keys()
    ticket, counter = getattr(event, "ticket", None), getattr(event, "counter", None)
    assert from_data(type(event).__name__, ticket, counter, data) == event


def test_an_event_of_an_unknown_kind_is_named():
    with pytest.raises(KeyError, match="TicketEaten"):
        from_data("TicketEaten", None, None, {})


def test_the_records_in_an_event_come_back_as_records():
    data = json.loads(json.dumps(to_data(ev.BreaksPlanned(1, (Break(1, 2),)))))
    assert data == {"breaks": [{"start": 1, "end": 2}]}
    (back,) = from_data("BreaksPlanned", None, 1, data).breaks
    assert isinstance(back, Break)


def test_a_service_written_by_an_older_version_gets_a_target_for_handling():
    old = {"service": {"code": "HT", "letter": "A", "name": "Hộ tịch", "target_s": 600}}
    assert from_data("ServiceSaved", None, None, old).service.handle_target_s == 900


def test_settings_written_by_an_older_version_get_the_new_ones_defaults():
    assert settings_from({"name": "An Khánh"}) == Settings(name="An Khánh")
