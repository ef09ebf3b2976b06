from dataclasses import replace

import pytest
from office import CIVIL, Office, hanoi

from app.core import commands as cmd
from app.core import errors as err
from app.core.hall import TicketState, day_of


def test_each_service_counts_its_own_numbers(office: Office):
    assert [office.take("HT"), office.take("DD"), office.take("HT"), office.take("DD")] == [
        "A001",
        "B001",
        "A002",
        "B002",
    ]


def test_after_number_999_the_numbers_grow_longer(office: Office):
    for _ in range(999):
        office.take()
    assert office.take() == "A1000"


def test_of_which_class_a_citizen_is_never_comes_into_the_log(office: Office):
    office.take("HT", "elderly")
    assert "elderly" not in repr([change.recorded.event for change in office.changes[-1:]])


def test_a_new_ticket_waits_and_remembers_what_the_citizen_said(office: Office):
    office.do(cmd.ReplaceCatalogue((("1.001193", "HT"),)))
    office.do(cmd.IssueTicket("x", "HT", "1.001193", "elderly", "en", "phone"))
    ticket = office.ticket("x")
    assert ticket.state is TicketState.WAITING
    assert (ticket.procedure, ticket.priority, ticket.language, ticket.channel) == (
        "1.001193",
        "priority",
        "en",
        "phone",
    )
    assert ticket.issued_at == ticket.queued_at == office.now
    assert office.line() == ["x"]


def test_the_answer_to_a_kiosk_names_the_ticket(office: Office):
    assert office.do(cmd.IssueTicket("x", "HT")).ticket == "x"


def test_the_daily_limit_is_the_last_number_of_the_day(office: Office):
    office.do(cmd.SaveService(replace(CIVIL, daily_limit=2)))
    office.take()
    office.take()
    office.refuses(cmd.IssueTicket("x", "HT"), err.DailyLimitReached, service="HT", limit=2)
    assert office.take("DD") == "B001"


def test_a_cancelled_number_is_not_given_out_again(office: Office):
    office.do(cmd.CancelTicket(office.take()))
    assert office.take() == "A002"


def test_a_service_that_is_switched_off_gives_no_numbers(office: Office):
    office.do(cmd.SaveService(replace(CIVIL, active=False)))
    office.refuses(cmd.IssueTicket("x", "HT"), err.ServiceInactive, service="HT")


def test_nobody_gets_a_number_for_a_service_that_is_not_there(office: Office):
    office.refuses(cmd.IssueTicket("x", "ZZ"), err.UnknownService, service="ZZ")


@pytest.mark.parametrize("procedure", ["9.999999", "1.000001"])
def test_a_procedure_must_belong_to_the_service(office: Office, procedure: str):
    office.do(cmd.ReplaceCatalogue((("1.001193", "HT"), ("1.000001", "DD"))))
    office.refuses(
        cmd.IssueTicket("x", "HT", procedure=procedure), err.UnknownProcedure, procedure=procedure, service="HT"
    )


def test_a_priority_class_must_be_one_of_the_centre(office: Office):
    office.refuses(cmd.IssueTicket("x", "HT", priority="vip"), err.UnknownPriority, priority="vip")


def test_a_ticket_id_is_used_once(office: Office):
    office.take()
    office.refuses(cmd.IssueTicket("A001", "DD"), err.TicketIdTaken, ticket="A001")


def test_numbers_start_anew_at_midnight_in_the_centre_and_not_elsewhere(office: Office):
    office.take()
    office.now = hanoi("23:59:59")
    office.do(cmd.StartDay())
    assert office.take() == "A002"
    office.now = hanoi("00:00", "2026-11-24")
    office.do(cmd.StartDay())
    assert office.hall.day == "2026-11-24"
    office.do(cmd.IssueTicket("x", "HT"))
    assert office.ticket("x").number == "A001"


def test_the_date_is_the_one_of_the_centres_time_zone():
    late = hanoi("00:30", "2026-11-24")
    assert day_of(late, "Asia/Ho_Chi_Minh") == "2026-11-24"
    assert day_of(late, "UTC") == "2026-11-23"
