"""Sent to fill in a form at a station, and back with the age and what was still to come kept."""

from office import Office

from app.core import commands as cmd
from app.core.event_data import from_data, to_data
from app.core.events import TicketTransferred
from app.core.hall import TicketState


def test_who_is_sent_to_fill_in_a_form_comes_back_for_the_same_service_with_its_age(office: Office) -> None:
    sent, later = office.take("HT"), office.take("HT")
    office.serve()
    office.do(cmd.Transfer(1, service="XD", back=True))
    assert (office.ticket(sent).service, office.ticket(sent).then) == ("XD", ("HT",))
    office.do(cmd.SaveCounter(3, "Máy 3", ("XD",), ()))
    assert office.serve(3) == sent
    office.do(cmd.Finish(3))
    assert (office.state(sent), office.ticket(sent).then) == (TicketState.WAITING, ())
    assert office.line("HT") == [sent, later]


def test_what_was_still_to_come_comes_after_the_way_back(office: Office) -> None:
    office.do(cmd.IssueTicket("A1", "HT", then=("DD",)))
    office.serve(2)
    office.do(cmd.Transfer(2, service="XD", back=True))
    assert office.ticket("A1").then == ("HT", "DD")


def test_a_way_there_and_back_can_be_taken_back(office: Office) -> None:
    office.take("HT")
    office.serve(2)
    before = office.ticket(office.at(2) or "")
    office.do(cmd.Transfer(2, service="XD", back=True))
    office.do(cmd.UndoPress(2))
    assert (office.at(2), office.ticket(before.id).then) == (before.id, ())


def test_a_log_of_before_knows_no_way_back() -> None:
    assert from_data("TicketTransferred", "A1", 2, {"service": "DD"}) == TicketTransferred("A1", 2, "DD")
    assert to_data(TicketTransferred("A1", 2, "DD", back=True)) == {"service": "DD", "back": True}
