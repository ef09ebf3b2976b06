from dataclasses import replace
from typing import Any

import pytest
from office import CIVIL, LAND, Office

from app.core import commands as cmd
from app.core import errors as err
from app.core.administer import BOUNDS
from app.core.centre import Service
from app.core.hall import CounterState


def test_settings_are_saved_whole(office: Office):
    settings = replace(office.settings, name="Phường An Khánh", timezone="Asia/Tokyo", return_behind=5)
    office.do(cmd.SaveSettings(settings))
    assert office.settings == settings


@pytest.mark.parametrize("name", BOUNDS)
def test_a_setting_has_bounds_and_may_lie_on_them(office: Office, name: str):
    low, high = BOUNDS[name]
    if name == "target_s":
        office.set(amber_s=BOUNDS["amber_s"][0])
    elif name == "amber_s":
        office.set(target_s=BOUNDS["target_s"][1])
    for value in (low, high):
        office.set(**{name: value})
        assert getattr(office.settings, name) == value
    for value in (low - 1, high + 1):
        command = cmd.SaveSettings(replace(office.settings, **{name: value}))
        office.refuses(command, err.OutOfRange, what=name, bounds=f"{low}-{high}")


@pytest.mark.parametrize(
    ("wrong", "what", "bounds"),
    [
        ({"timezone": "Asia/Saigon-ish"}, "timezone", "Asia/Ho_Chi_Minh, ..."),
        ({"name": "  "}, "name", "not empty"),
        ({"voice_region": "west"}, "voice_region", "north | central | south"),
        ({"voice_style": "song"}, "voice_style", "hybrid | whole | digits"),
        ({"accent": "red"}, "accent", "#rrggbb"),
    ],
)
def test_a_setting_that_means_nothing_is_refused(office: Office, wrong: dict[str, Any], what: str, bounds: str):
    office.refuses(cmd.SaveSettings(replace(office.settings, **wrong)), err.OutOfRange, what=what, bounds=bounds)


def test_the_centres_colour_is_its_own_or_the_usual_one(office: Office):
    for accent in ("#a1B2c3", ""):
        office.set(accent=accent)
        assert office.settings.accent == accent


def test_edits_made_together_build_on_each_other(office: Office):
    office.do(
        cmd.Together(
            (
                cmd.SaveService(Service("TH", "D", "Thuế")),
                cmd.SaveCounter(4, "Quầy 4", ("TH",), ()),
                cmd.RemoveService("XD"),
            )
        )
    )
    assert office.counter(4).own == ("TH",)
    assert set(office.hall.services) == {"HT", "DD", "TH"}


def test_of_edits_made_together_all_are_refused_or_none(office: Office):
    edits = cmd.Together((cmd.SaveService(Service("TH", "D", "Thuế")), cmd.RemoveService("DD")))
    office.refuses(edits, err.InUse, what="DD", by="counter 1")


def test_services_change_letters_when_edited_together(office: Office):
    office.do(cmd.Together((cmd.SaveService(replace(CIVIL, letter="B")), cmd.SaveService(replace(LAND, letter="A")))))
    assert [service.letter for service in office.hall.services.values()] == ["B", "A", "C"]


def test_a_new_service_takes_the_letter_of_one_that_goes_with_the_same_edit(office: Office):
    office.do(cmd.Together((cmd.SaveService(Service("TH", "C", "Thuế")), cmd.RemoveService("XD"))))
    assert {code: service.letter for code, service in office.hall.services.items()} == {"HT": "A", "DD": "B", "TH": "C"}


def test_edits_made_together_never_leave_one_letter_to_two_services(office: Office):
    edits = cmd.Together((cmd.SaveService(Service("TH", "A", "Thuế")), cmd.RemoveService("XD")))
    office.refuses(edits, err.LetterTaken, letter="A", service="HT")


def test_services_do_not_change_letters_that_are_on_paper_today(office: Office):
    office.take("HT")
    swap = cmd.Together((cmd.SaveService(replace(CIVIL, letter="B")), cmd.SaveService(replace(LAND, letter="A"))))
    office.refuses(swap, err.LetterTaken, letter="A", service="HT")


def test_a_service_is_added_and_renamed(office: Office):
    tax = Service("TH", "D", "Thuế")
    office.do(cmd.SaveService(tax))
    office.do(cmd.SaveService(replace(tax, name="Thuế và phí")))
    assert office.hall.services["TH"].name == "Thuế và phí"


@pytest.mark.parametrize(
    ("wrong", "what", "bounds"),
    [
        ({"code": "hộ tịch"}, "code", "1-12 A-Z a-z 0-9 _ -"),
        ({"code": "X" * 13}, "code", "1-12 A-Z a-z 0-9 _ -"),
        ({"letter": "AB"}, "letter", "A-Z"),
        ({"letter": "Đ"}, "letter", "A-Z"),
        ({"name": " "}, "name", "not empty"),
        ({"daily_limit": -1}, "daily_limit", "0 or more"),
    ],
)
def test_a_service_that_cannot_be_is_refused(office: Office, wrong: dict[str, Any], what: str, bounds: str):
    service = replace(Service("TH", "D", "Thuế"), **wrong)
    office.refuses(cmd.SaveService(service), err.OutOfRange, what=what, bounds=bounds)


def test_two_services_never_share_a_letter(office: Office):
    office.refuses(cmd.SaveService(replace(LAND, letter="A")), err.LetterTaken, letter="A", service="HT")
    office.refuses(cmd.SaveService(replace(CIVIL, letter="B")), err.LetterTaken, letter="B", service="DD")


def test_a_letter_printed_today_is_not_given_to_another_service(office: Office):
    office.take("HT")
    office.do(cmd.SaveService(replace(CIVIL, letter="H")))
    office.refuses(cmd.SaveService(replace(LAND, letter="A")), err.LetterTaken, letter="A", service="HT")
    office.do(cmd.SaveService(replace(CIVIL, letter="A")))
    assert office.take("HT") == "A002"


def test_a_service_that_nobody_uses_is_removed(office: Office):
    office.do(cmd.RemoveService("XD"))
    assert "XD" not in office.hall.services
    office.refuses(cmd.RemoveService("XD"), err.UnknownService, service="XD")


def test_a_service_in_use_is_not_removed(office: Office):
    office.refuses(cmd.RemoveService("DD"), err.InUse, what="DD", by="counter 1")
    waiting = office.take("XD")
    office.refuses(cmd.RemoveService("XD"), err.InUse, what="XD", by=waiting)
    office.do(cmd.CancelTicket(waiting))
    office.do(cmd.RemoveService("XD"))


def test_a_service_that_comes_back_begins_its_weave_anew(office: Office):
    office.do(cmd.SetCounterServices(3, ("XD",), ()))
    office.take("XD", "elderly")
    office.serve(3)
    office.do(cmd.Finish(3))
    assert office.hall.weave["XD"] == 0
    office.do(cmd.SetCounterServices(3, ("DD",), ()))
    office.do(cmd.RemoveService("XD"))
    assert "XD" not in office.hall.weave


def test_a_new_counter_is_closed_and_an_old_one_keeps_its_state(office: Office):
    office.do(cmd.SaveCounter(4, "Quầy 4", ("XD",), ()))
    assert office.counter(4).state is CounterState.CLOSED
    office.do(cmd.SaveCounter(1, "Hộ tịch", ("HT",), ()))
    assert (office.counter(1).name, office.counter(1).state, office.counter(1).help) == (
        "Hộ tịch",
        CounterState.OPEN,
        (),
    )


@pytest.mark.parametrize("number", [0, -1, 100])
def test_counters_are_numbered_from_1_to_99(office: Office, number: int):
    office.refuses(cmd.SaveCounter(number, "", ("HT",), ()), err.OutOfRange, what="number", bounds="1-99")


def test_a_counter_serves_services_that_are_there(office: Office):
    office.refuses(cmd.SaveCounter(4, "", ("ZZ",), ()), err.UnknownService, service="ZZ")
    office.refuses(cmd.SaveCounter(4, "", (), ()), err.NothingServed)


def test_a_counter_in_use_is_not_removed(office: Office):
    office.refuses(cmd.RemoveCounter(9), err.UnknownCounter, counter=9)
    office.refuses(cmd.RemoveCounter(1), err.InUse, what="1", by="lan")
    office.do(cmd.CloseCounter(2))
    office.do(cmd.OpenCounter(2))
    office.refuses(cmd.RemoveCounter(2), err.InUse, what="2", by=CounterState.OPEN)


def test_a_counter_that_keeps_a_parked_citizen_is_not_removed(office: Office):
    kept = office.take()
    office.serve()
    office.do(cmd.Park(1))
    office.do(cmd.CloseCounter(1))
    office.refuses(cmd.RemoveCounter(1), err.InUse, what="1", by=kept)
    office.do(cmd.CloseTicket(kept))
    office.do(cmd.RemoveCounter(1))
    assert 1 not in office.hall.counters


def test_the_catalogue_names_services_that_are_there(office: Office):
    office.do(cmd.ReplaceCatalogue((("1.001193", "HT"), ("1.000001", "DD"))))
    assert office.hall.procedures == {"1.001193": "HT", "1.000001": "DD"}
    office.refuses(cmd.ReplaceCatalogue((("1.001193", "ZZ"),)), err.UnknownService, service="ZZ")


def test_a_note_changes_nothing_but_the_log(office: Office):
    before = office.hall
    office.do(cmd.Note("person added", "lan", "clerk"))
    assert replace(office.hall, seq=before.seq) == before
    assert office.hall.seq == before.seq + 1


def test_amber_begins_before_red(office: Office):
    office.refuses(
        cmd.SaveSettings(replace(office.hall.settings, amber_s=1200, target_s=900)),
        err.OutOfRange,
        what="amber_s",
        bounds="30-900",
    )


@pytest.mark.parametrize("name", ["target_s", "handle_target_s"])
def test_a_services_targets_have_bounds(office: Office, name: str):
    low, high = BOUNDS["target_s"]
    for value in (low, high):
        office.do(cmd.SaveService(replace(LAND, **{name: value})))
        assert getattr(office.hall.services["DD"], name) == value
    for value in (low - 1, high + 1):
        command = cmd.SaveService(replace(LAND, **{name: value}))
        office.refuses(command, err.OutOfRange, what=name, bounds=f"{low}-{high}")
