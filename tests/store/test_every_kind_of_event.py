"""One long day and a morning in which everything happens that can happen, kept and read back."""

from collections.abc import Iterator
from dataclasses import replace

from centre import HandClock, hanoi, plain, running, take

from app.core import commands as cmd
from app.core.advice import Expected, Move
from app.core.centre import ClosedDays, Notice, Service, Shift, SlotRule
from app.core.decide import HANDLERS
from app.core.event_data import EVENT_TYPES
from app.core.hall import CALLS_KEPT, Break, CounterState, TicketState
from app.hub import Hub
from app.store.catalogue import Procedure, put_procedures
from app.store.check import differences

GIVE, EXPECTED = Move("give", 1, ("HT", "XD"), ("DD",), ("DD",)), Expected(5, 2.0, 9.5, 0.8, (("HT", 1.5),))
LUNCH = Break(hanoi("11:30"), hanoi("12:15"))
OTHER = Service("TH", "D", "Thuế")


def a_day_in_which_everything_happens(hub: Hub, clock: HandClock) -> set[type[cmd.Command]]:
    """What a day's people do; returns the kinds of commands that were given."""
    given: set[type[cmd.Command]] = set()

    def give(*commands: cmd.Command) -> None:
        for command in commands:
            clock.go(5)
            hub.handle(command)
            given.add(type(command))

    first, second, third, fourth = (take(hub) for _ in range(4))
    give(cmd.CallNext(1), cmd.Recall(1), cmd.Arrive(1), cmd.Park(1), cmd.ReturnTicket(first))
    give(cmd.CallNext(1), cmd.UndoPress(1), cmd.CallNext(1), cmd.Transfer(1, service="DD"))
    give(cmd.CallNext(1), cmd.Miss(1), cmd.CloseTicket(second))
    give(cmd.CallTicket(1, ticket=fourth))
    clock.go(3600)
    give(cmd.Finish(1), cmd.CancelTicket(third))
    give(cmd.PauseCounter(1, "13:00"), cmd.OpenCounter(1), cmd.SetCounterServices(1, ("HT", "XD"), ()))
    give(cmd.ExplainOverrun(1, fourth, "papers"), cmd.RecordDossiers(1, fourth, 1, 0, 0, 2))
    give(cmd.RecordDossiers(1, fourth, received_in_person=1), cmd.PlanBreaks(1, (LUNCH,)))
    give(cmd.SaveSkills("lan", ("HT", "DD")), cmd.SaveRota((Shift(0, 1, "lan", "07:30", "11:30"),)))
    give(cmd.AcceptAdvice("a", GIVE, EXPECTED), cmd.DeclineAdvice("b", Move("open", 2), EXPECTED, "clerk_busy"))
    give(cmd.SaveSettings(hub.hall.settings), cmd.SaveService(OTHER), cmd.RemoveService("TH"))
    give(cmd.Together((cmd.SaveService(OTHER), cmd.SaveCounter(4, "Quầy 4", ("TH",), ()))), cmd.RemoveCounter(4))
    give(cmd.SaveCounter(5, "Quầy 5", ("TH",), ()), cmd.CloseCounter(1), cmd.Note("person added", "lan"))
    give(*what_citizens_do(hub, clock))
    give(cmd.IssueTicket("left over", "HT"))
    hub.handle(
        cmd.ReplaceCatalogue((("1.1", "HT"),)),
        also=put_procedures([Procedure("1.1", "HT", "Khai sinh", "", "", "", "", "", verified=True)]),
    )
    clock.at = hanoi("08:00", "2026-11-24")
    give(cmd.StartDay())
    return given | {cmd.ReplaceCatalogue}


def what_citizens_do(hub: Hub, clock: HandClock) -> Iterator[cmd.Command]:
    """Claims, several services, bookings, ratings, notices: each command as the hall of that moment allows it."""
    open_to_all = {"home_numbers": True, "home_until": "23:00", "appointments": True, "home_visits": True}
    hub.handle(cmd.SaveSettings(replace(hub.hall.settings, **open_to_all)))
    yield cmd.SaveSlots((SlotRule(1, "HT", "09:00", "10:00", 30, 1),))
    yield cmd.SaveClosedDays(
        (ClosedDays("2026-09-02", "2026-09-02", "Quốc khánh"), ClosedDays("2027-02-05", "2027-02-11"))
    )
    yield cmd.OpenCounter(1, "lan")
    yield cmd.SetCounterServices(1, ("HT", "XD"), ())
    yield cmd.IssueTicket("two", "HT", priority="elderly", claimed=True, then=("XD",), dossiers=2)
    yield cmd.ConfirmPriority("two")
    yield cmd.CallTicket(1, ticket="two")
    yield cmd.Finish(1)
    yield cmd.Finish(1)
    yield cmd.RateService("two", 3, "guidance")
    yield cmd.IssueTicket("claims", "HT", priority="elderly", claimed=True)
    yield cmd.CallTicket(1, ticket="claims")
    yield cmd.RefusePriority(1)
    yield cmd.IssueTicket("behind", "HT")
    yield cmd.LetPass("claims")
    yield cmd.GivePriority("behind", "elderly")
    yield cmd.BookHome("home", "111111", "HT", 0)
    yield cmd.CheckIn("home", "from home")
    yield cmd.BookHome("lapses", "222222", "HT", 0)
    clock.go(3600)
    yield cmd.LapseBookings()
    yield cmd.BookSlot("slot", "333333", "HT", "2026-11-24", hanoi("09:00", "2026-11-24"))
    yield cmd.CancelBooking("slot")
    yield cmd.BookVisit("visit", "444444", "XD", "2026-11-24", hanoi("15:00", "2026-11-24"))
    yield cmd.ChangeVisit("visit", "2026-11-25", hanoi("15:00", "2026-11-25"), "lan")
    yield cmd.FinishVisit("visit")
    yield cmd.BookSlot("missed", "555555", "HT", "2026-11-24", hanoi("09:30", "2026-11-24"))
    yield cmd.AskAssistance("kiosk:a")
    yield cmd.AskAssistance("kiosk:b")
    yield cmd.GiveAssistance("kiosk:a")
    yield cmd.SaveNotice(Notice("n", "text", "Nghỉ lễ"))
    yield cmd.SaveNotice(Notice("m", "message", "11:30 nghỉ trưa"))
    yield cmd.SaveNotice(Notice("gone", "text", "x"))
    yield cmd.RemoveNotice("gone")


def test_every_command_event_and_state_is_reached_kept_and_read_back(hub: Hub, clock: HandClock):
    ticket_states: set[TicketState] = set()
    counter_states: set[CounterState] = set()

    def watch(changes) -> None:  # noqa: ANN001
        for step in changes:
            ticket_states.update(ticket.state for ticket in step.hall.tickets.values())
            counter_states.update(counter.state for counter in step.hall.counters.values())

    hub.listeners.append(watch)
    given = a_day_in_which_everything_happens(hub, clock)
    happened = {type(recorded.event) for recorded in hub.store.events(0, -1)}
    assert given == set(HANDLERS)
    assert happened == set(EVENT_TYPES.values())
    assert ticket_states == set(TicketState)
    assert counter_states == set(CounterState)
    assert differences(hub.store.reads) == []


def test_after_such_a_day_a_restarted_hub_knows_all_that_the_old_one_knew(hub: Hub, clock: HandClock):
    a_day_in_which_everything_happens(hub, clock)
    hub.handle(cmd.OpenCounter(1, "lan"))
    third = take(hub, "HT", "elderly")
    hub.handle(cmd.CallNext(1))
    hub.handle(cmd.RecordDossiers(1, third, received_online=1))
    hub.handle(cmd.DeclineAdvice("c", GIVE, EXPECTED, "too_soon"))
    before = hub.hall
    hub.store.close()
    with running(hub.store.path, clock) as again:
        assert plain(again.hall) == plain(before)
        again.handle(cmd.UndoPress(1))
        assert again.hall.counters[1].ticket is None


def test_the_last_calls_are_the_same_after_a_restart(hub: Hub, clock: HandClock):
    """More calls than are kept, recalls, and a press taken back among them."""
    for _ in range(CALLS_KEPT):
        take(hub)
        hub.handle(cmd.CallNext(1, deliberate=True))
    hub.handle(cmd.Recall(1))
    hub.handle(cmd.UndoPress(1))
    before = hub.hall
    hub.store.close()
    with running(hub.store.path, clock) as again:
        assert again.hall.calls == before.calls
        assert len(again.hall.calls) == CALLS_KEPT - 2
