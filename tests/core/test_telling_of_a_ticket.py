"""What a clerk tells of a ticket served: why it took long, and its dossiers."""

import pytest
from office import Office

from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.change import Touched
from app.core.for_reports import DossierCount
from app.core.hall import OVERRUN_REASONS, Dossiers, TicketState

TOO_LONG_S = 901
TELLING = [cmd.ExplainOverrun(1, "A001", "papers"), cmd.RecordDossiers(1, "A001", received_online=1)]


def served(office: Office, handling_s: int = TOO_LONG_S) -> str:
    first = office.take()
    office.serve()
    office.wait(handling_s)
    office.do(cmd.Finish(1))
    return first


@pytest.mark.parametrize("reason", OVERRUN_REASONS)
def test_a_reason_of_the_list_is_kept_with_the_ticket(office: Office, reason: str):
    first = served(office)
    assert office.do(cmd.ExplainOverrun(1, first, reason)).events == (ev.OverrunExplained(first, 1, reason),)
    assert office.ticket(first).overrun == reason
    assert office.changes[-1].touched == Touched(tickets=(first,), counters=(1,))


def test_another_reason_is_refused(office: Office):
    first = served(office)
    office.refuses(
        cmd.ExplainOverrun(1, first, "lunch"), err.OutOfRange, what="reason", bounds=" | ".join(OVERRUN_REASONS)
    )


def test_there_is_no_reason_for_what_did_not_take_too_long(office: Office):
    office.refuses(cmd.ExplainOverrun(1, served(office, 900), "papers"), err.NoOverrun, number="A001")


def test_a_reason_can_be_told_once_the_target_has_passed_and_the_citizen_is_there_still(office: Office):
    first = office.take()
    office.serve()
    office.wait(900)
    office.refuses(cmd.ExplainOverrun(1, first, "papers"), err.NoOverrun, number="A001")
    office.wait(1)
    office.do(cmd.ExplainOverrun(1, first, "papers"))
    assert office.ticket(first).overrun == "papers"


def test_who_was_called_and_went_home_was_not_handled_too_long(office: Office):
    first = office.take()
    office.next()
    office.do(cmd.Miss(1))
    office.wait(3600)
    office.do(cmd.CloseTicket(first))
    office.refuses(cmd.ExplainOverrun(1, first, "papers"), err.NoOverrun, number="A001")


def test_a_second_thought_replaces_the_reason_and_the_same_says_nothing(office: Office):
    first = served(office)
    office.do(cmd.ExplainOverrun(1, first, "papers"))
    office.do(cmd.ExplainOverrun(1, first, "system"))
    assert office.ticket(first).overrun == "system"
    assert office.do(cmd.ExplainOverrun(1, first, "system")).events == ()


def test_dossiers_are_counted_by_channel_and_by_their_date(office: Office):
    first = served(office)
    office.do(cmd.RecordDossiers(1, first, 1, 2, 3, 4, 5))
    assert office.hall.dossiers == {first: Dossiers(1, 2, 3, 4, 5)}
    assert office.changes[-1].touched == Touched(
        counters=(1,), dossiers=DossierCount("2026-11-23", first, 1, "HT", 1, 2, 3, 4, 5)
    )


def test_a_correction_replaces_what_was_told_even_by_nothing(office: Office):
    first = served(office)
    office.do(cmd.RecordDossiers(1, first, received_in_person=2))
    office.do(cmd.RecordDossiers(1, first, received_online=1))
    assert office.hall.dossiers[first] == Dossiers(received_online=1)
    assert office.do(cmd.RecordDossiers(1, first, received_online=1)).events == ()
    office.do(cmd.RecordDossiers(1, first))
    assert office.hall.dossiers[first] == Dossiers()


def test_nothing_is_no_dossier(office: Office):
    office.refuses(cmd.RecordDossiers(1, served(office)), err.NoDossiers)


@pytest.mark.parametrize("name", Dossiers._fields)
@pytest.mark.parametrize("count", [-1, 100])
def test_a_ticket_carries_up_to_99_of_a_kind(office: Office, name: str, count: int):
    first = served(office)
    office.refuses(cmd.RecordDossiers(1, first, **{name: count}), err.OutOfRange, what=name, bounds="0-99")
    office.do(cmd.RecordDossiers(1, first, **{name: 99}))


@pytest.mark.parametrize("telling", TELLING, ids=lambda command: type(command).__name__)
def test_it_is_told_while_the_citizen_is_there_or_after(office: Office, telling: cmd.Command):
    office.take()
    office.refuses(telling, err.NotServedHere, number="A001", counter=1)
    office.next()
    office.wait(3600)
    office.do(telling)


@pytest.mark.parametrize("telling", TELLING, ids=lambda command: type(command).__name__)
@pytest.mark.parametrize("press", [cmd.Transfer(1, service="DD"), cmd.Park(1)])
def test_who_goes_on_elsewhere_is_not_told_of_here(office: Office, telling: cmd.Command, press: cmd.Press):
    office.take()
    office.serve()
    office.do(press)
    office.refuses(telling, err.NotServedHere, number="A001", counter=1)


@pytest.mark.parametrize("telling", TELLING, ids=lambda command: type(command).__name__)
def test_it_is_told_at_the_counter_that_served(office: Office, telling: cmd.Command):
    office.take()
    office.serve(2)
    office.do(cmd.Finish(2))
    office.refuses(telling, err.NotServedHere, number="A001", counter=1)


@pytest.mark.parametrize(
    ("command", "error", "facts"),
    [
        (cmd.ExplainOverrun(9, "A001", "papers"), err.UnknownCounter, {"counter": 9}),
        (cmd.RecordDossiers(1, "A009", 1), err.UnknownTicket, {"ticket": "A009"}),
    ],
)
def test_what_is_not_there_is_named(office: Office, command: cmd.Command, error: type[err.Refused], facts: dict):
    served(office)
    office.refuses(command, error, **facts)


def test_a_press_can_be_undone_after_its_reason_was_told_and_the_reason_stays(office: Office):
    first = served(office)
    office.do(cmd.ExplainOverrun(1, first, "papers"))
    office.do(cmd.RecordDossiers(1, first, received_online=1))
    office.do(cmd.UndoPress(1))
    assert office.state(first) is TicketState.SERVING
    assert office.ticket(first).overrun == "papers"
    assert office.hall.dossiers == {first: Dossiers(received_online=1)}


def test_a_new_day_begins_without_dossiers(office: Office):
    office.do(cmd.RecordDossiers(1, served(office), received_online=1))
    office.wait(24 * 3600)
    office.do(cmd.StartDay())
    assert office.hall.dossiers == {}
