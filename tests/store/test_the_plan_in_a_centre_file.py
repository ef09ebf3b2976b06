"""Skills, rota and closed days travel in the centre file; one of version 0.1 has none and leaves them as they are."""

import pytest

from app import centre_file
from app.core import commands as cmd
from app.core.centre import ClosedDays, Shift
from app.core.errors import UnknownService
from app.hub import Hub

MORNING, AFTERNOON = Shift(0, 1, "lan", "07:30", "11:30"), Shift(0, 1, "", "13:30", "17:00")


@pytest.fixture
def planned(hub: Hub) -> Hub:
    hub.handle(cmd.SaveSkills("lan", ("HT", "DD")))
    hub.handle(cmd.SaveRota((MORNING, AFTERNOON)))
    imported(hub, centre_file.dumps(centre_file.from_hall(hub.hall)))  # gives the services their places
    return hub


def imported(hub: Hub, text: str) -> list[str]:
    return centre_file.apply(hub, centre_file.loads(text, "centre.toml"))


def test_it_comes_out_as_it_went_in(planned: Hub):
    text = centre_file.dumps(centre_file.from_hall(planned.hall))
    assert imported(planned, text) == []
    planned.handle(cmd.SaveSkills("lan", ()))
    planned.handle(cmd.SaveSkills("minh", ("HT",)))
    planned.handle(cmd.SaveRota(()))
    assert imported(planned, text) == ["skills of minh", "skills of lan", "rota"]
    assert planned.hall.skills == {"lan": ("HT", "DD")}
    assert planned.hall.rota == (MORNING, AFTERNOON)


def test_closed_days_travel_too_and_a_file_without_them_leaves_them(planned: Hub):
    holiday = ClosedDays("2026-09-01", "2026-09-02", "Quốc khánh", "National Day")
    planned.handle(cmd.SaveClosedDays((holiday,)))
    centre = centre_file.from_hall(planned.hall)
    planned.handle(cmd.SaveClosedDays(()))
    silent = centre_file.dumps(centre.model_copy(update={"closed_days": None}))
    assert imported(planned, silent) == []
    assert imported(planned, centre_file.dumps(centre)) == ["closed days"]
    assert planned.hall.closed == (holiday,)
    assert imported(planned, centre_file.dumps(centre)) == []


def test_a_file_that_says_nothing_of_them_leaves_them_as_they_are(planned: Hub):
    centre = centre_file.from_hall(planned.hall)
    silent = centre_file.dumps(centre.model_copy(update={"skills": None, "rota": None}))
    assert "skills" not in silent
    assert "rota" not in silent
    assert imported(planned, silent) == []
    assert planned.hall.rota == (MORNING, AFTERNOON)


def test_a_file_that_says_none_empties_them(planned: Hub):
    centre = centre_file.from_hall(planned.hall)
    empty = centre_file.dumps(centre.model_copy(update={"skills": (), "rota": ()}))
    assert imported(planned, empty) == ["skills of lan", "rota"]
    assert (planned.hall.skills, planned.hall.rota) == ({}, ())


def test_new_services_and_counters_can_be_planned_at_once(planned: Hub):
    text = centre_file.dumps(centre_file.from_hall(planned.hall))
    text = text.replace('code = "XD"', 'code = "TH"').replace('clerk = ""', 'clerk = "an"')
    text += '\n[[skills]]\nclerk = "an"\nservices = ["TH"]\n'
    assert imported(planned, text)[-2:] == ["skills of an", "rota"]
    assert planned.hall.skills["an"] == ("TH",)


def test_a_skill_of_no_service_is_named_and_nothing_is_changed(planned: Hub):
    text = centre_file.dumps(centre_file.from_hall(planned.hall)) + '\n[[skills]]\nclerk = "an"\nservices = ["??"]\n'
    seq = planned.hall.seq
    with pytest.raises(UnknownService):
        imported(planned, text)
    assert planned.hall.seq == seq
