"""One ticket for several services: one walk where a counter does both, the age kept where it does not."""

import pytest
from office import Office

from app.core import commands as cmd
from app.core import errors as err
from app.core.events import Reason
from app.core.hall import TicketState


def take(office: Office, id_: str, *services: str, **more: object) -> str:
    office.wait(1)
    office.do(cmd.IssueTicket(id_, services[0], then=services[1:], **more))  # type: ignore[arg-type]
    return id_


def test_where_the_counter_does_both_the_citizen_stays(office: Office):
    """Lan does civil status and helps with land."""
    take(office, "x", "HT", "DD")
    waiting = office.take()
    office.serve()
    office.wait(60)
    answer = office.do(cmd.CallNext(1))
    assert (answer.ticket, answer.reason) == ("x", Reason("continues"))
    ticket = office.ticket("x")
    assert (ticket.state, ticket.service, ticket.then, ticket.arrived_at) == ("serving", "DD", (), office.now)
    assert office.next() == waiting
    assert office.state("x") is TicketState.FINISHED
    assert office.counter().served == 2


def test_both_services_are_visits_of_their_own(office: Office):
    take(office, "x", "HT", "DD")
    office.serve()
    office.wait(60)
    office.do(cmd.Finish(1))
    office.wait(90)
    office.do(cmd.Finish(1))
    visits = [change.touched.visit for change in office.changes if change.touched.visit]
    assert [(v.service, v.outcome, v.handle_ms, v.wait_ms is None) for v in visits] == [
        ("HT", "transferred", 60_000, False),
        ("DD", "finished", 90_000, True),
    ]


def test_where_it_does_not_the_citizen_waits_with_the_age_kept(office: Office):
    """Minh does civil status only."""
    take(office, "x", "HT", "DD", "XD")
    office.serve(2)
    office.wait(60)
    land = office.take("DD")
    assert office.next(2) is None
    ticket = office.ticket("x")
    assert (ticket.state, ticket.service, ticket.then) == ("waiting", "DD", ("XD",))
    assert office.line("DD") == ["x", land]


def test_a_second_quick_press_does_not_end_what_has_just_begun(office: Office):
    take(office, "x", "HT", "DD")
    office.serve()
    office.wait(60)
    office.do(cmd.CallNext(1))
    office.wait(0.3)
    assert office.do(cmd.CallNext(1)).events == ()
    assert office.at() == "x"


def test_going_on_can_be_undone(office: Office):
    take(office, "x", "HT", "DD")
    office.serve()
    office.do(cmd.Finish(1))
    office.do(cmd.UndoPress(1))
    assert (office.ticket("x").service, office.ticket("x").then) == ("HT", ("DD",))
    assert office.counter().served == 0


def test_a_clerk_who_sends_on_to_a_later_service_leaves_the_others_to_come(office: Office):
    take(office, "x", "HT", "DD", "XD")
    office.serve()
    office.do(cmd.Transfer(1, service="XD"))
    assert office.ticket("x").then == ("DD",)


def test_picking_somebody_from_the_list_sends_the_present_one_on(office: Office):
    take(office, "x", "HT", "DD")
    other = office.take()
    office.serve()
    office.do(cmd.CallTicket(1, ticket=other))
    assert (office.state("x"), office.ticket("x").service) == (TicketState.WAITING, "DD")


def test_the_same_service_twice_is_refused(office: Office):
    office.refuses(cmd.IssueTicket("x", "HT", then=("DD", "HT")), err.SameServiceTwice, service="HT")
    office.refuses(cmd.IssueTicket("x", "HT", then=("ZZ",)), err.UnknownService, service="ZZ")


def test_a_service_that_somebody_still_wants_stays(office: Office):
    take(office, "x", "HT", "XD")
    office.refuses(cmd.RemoveService("XD"), err.InUse, what="XD", by="A001")


@pytest.mark.parametrize("dossiers", [0, 21])
def test_nobody_brings_so_many_dossiers(office: Office, dossiers: int):
    office.refuses(cmd.IssueTicket("x", "HT", dossiers=dossiers), err.OutOfRange, what="dossiers", bounds="1-20")


def test_three_dossiers_may_take_three_times_as_long(office: Office):
    take(office, "x", "HT", dossiers=3)
    office.serve()
    office.wait(30 * 60)
    office.refuses(cmd.ExplainOverrun(1, "x", "several"), err.NoOverrun, number="A001")
    office.wait(16 * 60)
    office.do(cmd.ExplainOverrun(1, "x", "several"))
