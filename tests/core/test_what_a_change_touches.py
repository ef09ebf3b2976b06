"""Each event says which rows and which parts of a screen it changed, and which visit has ended."""

from office import Office

from app.core import commands as cmd
from app.core.change import Touched
from app.core.for_reports import Visit


def touched(office: Office) -> Touched:
    return office.changes[-1].touched


def test_a_new_number_touches_its_ticket_and_service(office: Office):
    first = office.take("HT")
    assert touched(office) == Touched(tickets=(first,), services=("HT",))


def test_a_call_touches_the_counter_too(office: Office):
    first = office.take("HT")
    office.next()
    assert touched(office) == Touched(tickets=(first,), counters=(1,), services=("HT",))


def test_a_transfer_touches_both_services(office: Office):
    office.take("HT")
    office.next()
    office.do(cmd.Transfer(1, service="DD"))
    assert touched(office).services == ("HT", "DD")


def test_calling_a_ticket_away_touches_the_counter_that_kept_it(office: Office):
    first = office.take("HT")
    office.serve(2)
    office.do(cmd.Park(2))
    office.do(cmd.CloseCounter(2))
    office.do(cmd.CallTicket(1, ticket=first))
    assert touched(office).counters == (1, 2)
    office.do(cmd.UndoPress(1))
    assert touched(office).counters == (1, 2)


def test_a_parked_citizen_who_is_back_touches_the_counter_that_waits_for_them(office: Office):
    first = office.take("HT")
    office.serve(2)
    office.do(cmd.Park(2))
    office.do(cmd.ReturnTicket(first))
    assert touched(office).counters == (2,)


def test_a_counter_that_was_removed_is_not_touched(office: Office):
    first = office.take("HT")
    office.next(2)
    office.do(cmd.Miss(2))
    office.do(cmd.CloseCounter(2))
    office.do(cmd.RemoveCounter(2))
    office.do(cmd.ReturnTicket(first))
    assert touched(office).counters == ()


def test_a_counters_new_services_touch_the_old_ones_too(office: Office):
    office.do(cmd.SetCounterServices(1, ("XD",), ()))
    assert touched(office) == Touched(counters=(1,), services=("HT", "DD", "XD"))


def test_an_edit_of_the_centre_touches_everything_and_a_note_nothing(office: Office):
    office.set(name="An Khánh")
    assert touched(office) == Touched(counters=(1, 2, 3), services=("HT", "DD", "XD"), centre=True)
    office.do(cmd.Note("device added", "tv"))
    assert touched(office) == Touched()


def test_an_undo_touches_what_the_press_had_and_names_its_events(office: Office):
    first, second = office.take("HT"), office.take("HT")
    office.serve()
    office.next()
    press = office.counter().press
    assert press
    office.do(cmd.UndoPress(1))
    assert touched(office) == Touched(
        tickets=(first, second), counters=(1,), services=("HT",), undone=(press.command, press.last)
    )
    assert press.last == press.command + 1


def test_a_visit_tells_wait_and_handling_in_milliseconds(office: Office):
    first = office.take("HT")
    office.wait(600)
    office.do(cmd.CallNext(1))
    called_at = office.now
    office.wait(20)
    office.do(cmd.Arrive(1))
    office.wait(300)
    office.do(cmd.Finish(1))
    assert touched(office).visit == Visit(
        seq=office.hall.seq,
        ticket=first,
        day="2026-11-23",
        service="HT",
        counter=1,
        clerk="lan",
        called_at=called_at,
        ended_at=office.now,
        wait_ms=600_000,
        handle_ms=300_000,
        outcome="finished",
    )


def test_a_citizen_who_never_came_has_no_handling_time(office: Office):
    office.take("HT")
    office.next()
    office.wait(60)
    office.do(cmd.Miss(1))
    visit = touched(office).visit
    assert visit
    assert (visit.outcome, visit.wait_ms, visit.handle_ms) == ("missed", 5000, None)


def test_a_citizen_called_back_from_being_parked_was_not_waiting(office: Office):
    office.take("HT")
    office.serve()
    office.do(cmd.Park(1))
    parked = touched(office).visit
    office.wait(300)
    office.do(cmd.CallNext(1))
    office.wait(90)
    office.do(cmd.Transfer(1, service="DD"))
    transferred = touched(office).visit
    assert parked
    assert transferred
    assert (parked.outcome, parked.wait_ms) == ("parked", 5000)
    assert (transferred.outcome, transferred.wait_ms, transferred.handle_ms) == ("transferred", None, 60_000)


def test_after_a_transfer_the_wait_begins_again_but_the_age_does_not(office: Office):
    first = office.take("HT")
    office.wait(600)
    office.serve()
    office.do(cmd.Transfer(1, service="DD"))
    office.wait(100)
    called = office.do(cmd.CallNext(3))
    office.do(cmd.Finish(3))
    visit = touched(office).visit
    assert visit
    assert visit.wait_ms == 100_000
    assert called.ticket == first
    assert called.reason
    assert called.reason.waited_s == 710
