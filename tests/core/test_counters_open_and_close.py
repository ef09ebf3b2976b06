import pytest
from office import Office

from app.core import commands as cmd
from app.core import errors as err
from app.core.hall import CounterState


def test_a_clerk_opens_a_counter_and_sits_there(office: Office):
    office.do(cmd.CloseCounter(1))
    assert (office.counter().state, office.counter().clerk) == (CounterState.CLOSED, None)
    office.do(cmd.OpenCounter(1, "lan"))
    assert (office.counter().state, office.counter().clerk) == (CounterState.OPEN, "lan")


def test_a_counter_with_somebody_is_taken(office: Office):
    office.refuses(cmd.OpenCounter(1, "an"), err.CounterTaken, counter=1, clerk="lan")
    office.do(cmd.PauseCounter(1))
    office.refuses(cmd.OpenCounter(1, "an"), err.CounterTaken, counter=1, clerk="lan")


def test_a_counter_cannot_be_opened_twice(office: Office):
    office.refuses(cmd.OpenCounter(1, "lan"), err.CounterAlready, counter=1, state=CounterState.OPEN)
    office.refuses(cmd.OpenCounter(1), err.CounterAlready, counter=1, state=CounterState.OPEN)


def test_a_counter_may_be_open_with_nobody_until_a_clerk_sits_down(office: Office):
    office.do(cmd.CloseCounter(1))
    office.do(cmd.OpenCounter(1))
    assert (office.counter().state, office.counter().clerk) == (CounterState.OPEN, None)
    office.do(cmd.OpenCounter(1, "lan"))
    assert office.counter().clerk == "lan"


def test_a_supervisor_reopens_a_paused_counter_for_its_clerk(office: Office):
    office.do(cmd.PauseCounter(1, "13:00"))
    office.do(cmd.OpenCounter(1))
    assert (office.counter().state, office.counter().clerk, office.counter().until) == (CounterState.OPEN, "lan", None)


def test_a_clerk_who_moves_leaves_the_counter_before(office: Office):
    office.do(cmd.CloseCounter(2))
    office.do(cmd.OpenCounter(2, "lan"))
    assert (office.counter(1).state, office.counter(1).clerk) == (CounterState.CLOSED, None)
    assert (office.counter(2).state, office.counter(2).clerk) == (CounterState.OPEN, "lan")


def test_a_clerk_does_not_move_away_from_a_citizen(office: Office):
    office.do(cmd.CloseCounter(2))
    first = office.take()
    office.next(1)
    office.refuses(cmd.OpenCounter(2, "lan"), err.ClerkElsewhere, number=first, counter=1)


def test_a_pause_tells_until_when(office: Office):
    office.do(cmd.PauseCounter(1, "13:00"))
    assert (office.counter().state, office.counter().until, office.counter().clerk) == (
        CounterState.PAUSED,
        "13:00",
        "lan",
    )
    office.do(cmd.PauseCounter(1, "13:30"))
    assert office.counter().until == "13:30"
    office.refuses(cmd.PauseCounter(1, "13:30"), err.CounterAlready, counter=1, state=CounterState.PAUSED)


@pytest.mark.parametrize("until", ["24:00", "9:00", "13:60", "soon", ""])
def test_a_pause_until_no_time_of_day_is_refused(office: Office, until: str):
    office.refuses(cmd.PauseCounter(1, until), err.OutOfRange, what="until", bounds="HH:MM")


def test_a_closed_counter_cannot_pause_or_close(office: Office):
    office.do(cmd.CloseCounter(1))
    office.refuses(cmd.PauseCounter(1), err.CounterNotOpen, counter=1)
    office.refuses(cmd.CloseCounter(1), err.CounterAlready, counter=1, state=CounterState.CLOSED)


def test_a_counter_does_not_close_on_a_citizen(office: Office):
    first = office.take()
    office.next()
    office.refuses(cmd.CloseCounter(1), err.CounterBusy, counter=1, number=first)


def test_a_counters_services_are_changed_at_once(office: Office):
    office.take("XD")
    office.do(cmd.SetCounterServices(1, ("XD", "HT"), ("DD",)))
    assert (office.counter().own, office.counter().help) == (("XD", "HT"), ("DD",))
    assert office.next() == "C001"


def test_setting_the_same_services_again_changes_nothing(office: Office):
    assert office.do(cmd.SetCounterServices(1, ("HT",), ("DD",))).events == ()


def test_a_counter_serves_something_and_each_service_one_way(office: Office):
    office.refuses(cmd.SetCounterServices(1, (), ("DD",)), err.NothingServed)
    office.refuses(cmd.SetCounterServices(1, ("HT",), ("HT",)), err.ServiceBothWays, service="HT")
    office.refuses(cmd.SetCounterServices(1, ("HT", "HT"), ()), err.ServiceBothWays, service="HT")
    office.refuses(cmd.SetCounterServices(1, ("HT",), ("DD", "DD")), err.ServiceBothWays, service="DD")
    office.refuses(cmd.SetCounterServices(1, ("HT",), ("ZZ",)), err.UnknownService, service="ZZ")


def test_only_open_counters_count_as_serving(office: Office):
    assert [counter.number for counter in office.hall.counters_serving("DD")] == [1, 3]
    office.do(cmd.PauseCounter(3))
    assert [counter.number for counter in office.hall.counters_serving("DD")] == [1]


@pytest.mark.parametrize(
    "command", [cmd.OpenCounter(9), cmd.PauseCounter(9), cmd.CloseCounter(9), cmd.SetCounterServices(9, ("HT",), ())]
)
def test_a_counter_that_is_not_there_is_named(office: Office, command: cmd.Command):
    office.refuses(command, err.UnknownCounter, counter=9)
