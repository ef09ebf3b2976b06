"""Everything that people can do, in any order, with the clock going wrong and the hub restarted: what must always hold.

The run is the same every time, so that it also shows that each state is reached; test_every_kind_of_event.py walks
through every command and event.
"""

import tempfile
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import pytest
from centre import SETTINGS, HandClock, furnish, plain
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.core import commands as cmd
from app.core import events as ev
from app.core.advice import DECLINE_REASONS, Expected, Move
from app.core.bookings import BookingState
from app.core.centre import Notice, Service, Shift, SlotRule
from app.core.change import Change
from app.core.coverage import SHORTEST_MS, gaps, planned_breaks
from app.core.decision import Decision
from app.core.errors import Refused
from app.core.event_data import EVENT_TYPES
from app.core.evolve import evolve
from app.core.hall import AT_COUNTER, OVERRUN_REASONS, Break, CounterState, Hall, Queue, Standing, TicketState
from app.core.slots import moment
from app.hub import Hub, Key, Outcome
from app.store import catalogue
from app.store.check import differences
from app.store.store import Store

CODES = ("HT", "DD", "XD", "TH")
services = st.sampled_from((*CODES, "HT", "HT", "DD"))
counters = st.sampled_from((1, 1, 1, 2, 2, 3, 4))
nth = st.integers(0, 40)
clerks = st.sampled_from((None, "lan", "minh", "hoa"))
seen = st.sampled_from((None, None, None, "what is there", "", "somebody else"))
priorities = st.sampled_from((None, None, "elderly", "elderly", "vip"))
own = st.lists(services, max_size=2).map(tuple)
then = st.lists(st.sampled_from(("HT", "DD", "DD", "ZZ")), max_size=2).map(tuple)
served = st.tuples(own, own)
a_while = st.sampled_from((0, 0.2, 1, 1, 5, 5, 5, 60, 900))
OPEN = {"home_numbers": True, "home_from": "00:00", "home_until": "23:59", "appointments": True, "home_visits": True}
new_settings = st.builds(
    partial(replace, SETTINGS, **OPEN),
    priority_every=st.integers(0, 4),
    return_behind=st.integers(0, 3),
    ratings=st.sampled_from((True, True, True, False)),
    timezone=st.sampled_from(("Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh", "Pacific/Auckland", "Mars/Phobos")),
)
new_services = st.builds(
    Service,
    st.sampled_from(CODES),
    st.sampled_from("ABCDE"),
    st.just("Mới"),
    daily_limit=st.sampled_from((None, None, 5, -1)),
    active=st.sampled_from((True, True, True, False)),
)
shifts = st.builds(
    Shift,
    st.sampled_from((0, 0, 1, 5, 7)),
    counters,
    st.sampled_from(("", "", "lan", "minh", "hoa")),
    st.sampled_from(("07:30", "11:00", "13:00", "25:00")),
    st.sampled_from(("11:00", "13:00", "17:00", "17:00")),
)
rotas = st.builds(cmd.SaveRota, st.lists(shifts, max_size=3).map(tuple))
rules = st.builds(
    SlotRule,
    st.integers(0, 6),
    services,
    st.just("09:00"),
    st.sampled_from(("11:00", "11:00", "11:00", "08:00")),
    st.just(60),
    st.sampled_from((1, 2)),
)
slots = st.builds(cmd.SaveSlots, st.lists(rules, min_size=1, max_size=3).map(tuple))
skills = st.builds(cmd.SaveSkills, st.sampled_from(("lan", "minh", "hoa", "")), own)
catalogues = st.sampled_from(((), (("1.1", "HT"),), (("1.1", "HT"), ("2.2", "TH"))))
single_edits = st.one_of(
    st.builds(cmd.SaveSettings, new_settings),
    st.builds(cmd.SaveService, new_services),
    st.builds(cmd.RemoveService, st.sampled_from(("TH", "XD", "XD", "DD"))),
    st.builds(cmd.SaveCounter, st.sampled_from((3, 4, 5, 100)), st.just("Quầy"), own, own),
    st.builds(cmd.RemoveCounter, st.sampled_from((2, 3, 4, 5))),
    skills,
    rotas,
    st.just(cmd.Note("person added", "lan", "clerk")),
)
edits = st.one_of(
    single_edits,
    st.builds(cmd.ReplaceCatalogue, catalogues),
    st.builds(cmd.Together, st.lists(single_edits, min_size=2, max_size=3).map(tuple)),
    st.sampled_from(("TH", "XD")).flatmap(lambda code: st.just(_gives_way(code))),
)
dossiers = st.tuples(*[st.sampled_from((0, 0, 1, 3, 100))] * 5)
EXPECTED = Expected(5, 2.0, 9.5, 0.8, (("HT", 1.5),))
PRESSES = (cmd.CallNext, cmd.CallNext, cmd.CallNext, cmd.Recall, cmd.Arrive, cmd.Finish, cmd.Miss, cmd.Park)


ENDS = (cmd.Arrive, cmd.Finish, cmd.Miss, cmd.Miss, cmd.Park, cmd.Park, cmd.Recall)


@dataclass
class Fairness:
    """Which calls count for the weave, told from the events alone: an undone call was never made."""

    calls: list[tuple[int, str, int, bool]] = field(default_factory=list)

    def follow(self, before: Hall, recorded: ev.Recorded) -> None:
        match recorded.event:
            case ev.DayStarted():
                self.calls.clear()
            case ev.ServiceRemoved(service=code):
                self.calls = [call for call in self.calls if call[1] != code]
            case ev.CounterRemoved(counter=number):
                self.calls = [(s, c, -1 if n == number else n, p) for s, c, n, p in self.calls]
            case ev.PressUndone(first=first, last=last):
                self.calls = [call for call in self.calls if not first <= call[0] <= last]
            case ev.TicketCalled() as called:
                self._judge(before, called)
                ticket = before.tickets[called.ticket]
                self.calls.append((recorded.seq, ticket.service, called.counter, bool(ticket.priority)))

    def _judge(self, before: Hall, called: ev.TicketCalled) -> None:
        """A priority citizen is called by the rule only after N - 1 ordinary ones, while such wait."""
        if called.reason.code != "priority":
            return
        apart = before.settings.priority_every - 1
        service = before.tickets[called.ticket].service
        counter = before.counters[called.counter]
        group = counter.own if service in counter.own else counter.help
        if before.queue(service).ordinary:
            self._had_ordinary([call for call in self.calls if call[1] == service], apart)
        if any(before.queue(code).ordinary for code in group):
            self._had_ordinary([call for call in self.calls if call[2] == called.counter], apart)

    @staticmethod
    def _had_ordinary(calls: list[tuple[int, str, int, bool]], apart: int) -> None:
        lately = calls[len(calls) - apart :] if apart < len(calls) else calls
        assert not any(priority for *_, priority in lately), "ordinary people were passed over"


class Centre(RuleBasedStateMachine):
    ticket_states: ClassVar[set[TicketState]] = set()
    counter_states: ClassVar[set[CounterState]] = set()
    happened: ClassVar[set[type[ev.Event]]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "centre.db"
        self.clock = HandClock()
        self.log = Hall()
        self.fairness = Fairness()
        self.numbers: set[tuple[str, str]] = set()
        self.told = list[Change]()
        self.given = 0
        self.last: tuple[cmd.Command, Key, Outcome] | None = None
        self.start()

    def start(self) -> None:
        self.hub = Hub(Store(self.path), self.clock)
        self.hub.listeners.append(self.told.extend)

    @initialize()
    def a_furnished_centre(self) -> None:
        self.hub.keep_time()
        furnish(self.hub)
        self.hub.handle(cmd.SaveSettings(replace(SETTINGS, **OPEN)))
        self.hub.handle(cmd.SaveCounter(4, "Quầy 4", ("XD",), ("HT", "DD")))
        self.hub.handle(cmd.OpenCounter(2, "minh"))
        self.hub.handle(cmd.OpenCounter(4))

    def give(self, command: cmd.Command, procedures: tuple[tuple[str, str], ...] | None = None) -> None:
        """Give a command; where it is refused, nothing at all has changed."""
        self.hub.keep_time()
        self.given += 1
        key = Key(f"k{self.given}", repr(command))
        also = None if procedures is None else catalogue.put_procedures([_procedure(*each) for each in procedures])
        hall, told = self.hub.hall, len(self.told)
        try:
            outcome = self.hub.handle(command, key=key, also=also, render=_answer)
        except Refused:
            assert self.hub.hall is hall
            assert len(self.told) == told
            assert self.hub.store.answer(key.key) is None
        else:
            self.last = command, key, outcome

    def ticket_at(self, n: int, *states: TicketState) -> str:
        """Some ticket of today, of these states where there is one, or one that nobody has."""
        tickets = self.hub.hall.tickets.values()
        ids = sorted(t.id for t in tickets if t.state in states) or sorted(t.id for t in tickets)
        return ids[n % len(ids)] if ids else "nobody"

    def seen_at(self, counter: int, seen: str | None) -> str | None:
        return (self.hub.hall.counters[counter].ticket or "") if seen == "what is there" and self.has(counter) else seen

    def has(self, counter: int) -> bool:
        return counter in self.hub.hall.counters

    @rule(service=services, priority=priorities, procedure=st.sampled_from((None, None, None, "1.1", "2.2")))
    def a_citizen_takes_a_number(self, service: str, priority: str | None, procedure: str | None) -> None:
        self.clock.go(1)
        self.give(cmd.IssueTicket(f"t{self.given:04d}", service, procedure, priority))

    @rule(n=st.integers(2, 6), service=st.sampled_from(("HT", "DD")))
    def a_bus_arrives(self, n: int, service: str) -> None:
        for i in range(n):
            self.give(cmd.IssueTicket(f"t{self.given:04d}", service, priority="elderly" if i % 2 else None))

    @rule(counter=counters, press=st.sampled_from(PRESSES), seen=seen, seconds=a_while)
    def a_clerk_presses(self, counter: int, press: type[cmd.AtCounter], seen: str | None, seconds: float) -> None:
        self.clock.go(seconds)
        self.give(press(counter, self.seen_at(counter, seen)))

    @rule(counter=counters, service=services, end=st.sampled_from(ENDS), seconds=a_while)
    def a_citizen_comes_and_is_seen(self, counter: int, service: str, end: type[cmd.AtCounter], seconds: float) -> None:
        self.give(cmd.IssueTicket(f"t{self.given:04d}", service))
        self.give(cmd.CallNext(counter, deliberate=True))
        self.clock.go(seconds)
        self.give(end(counter))

    @rule(counter=counters)
    def a_clerk_presses_twice_with_a_key(self, counter: int) -> None:
        for _ in range(2):
            self.give(cmd.CallNext(counter, deliberate=True))

    @rule(counter=counters)
    def a_clerk_hits_the_button_twice(self, counter: int) -> None:
        """With somebody called, the second hit changes nothing."""
        self.clock.go(5)
        self.give(cmd.CallNext(counter))
        hall = self.hub.hall
        self.clock.go(0.1)
        self.give(cmd.CallNext(counter))
        before = hall.counters.get(counter)
        if before and before.ticket and hall.tickets[before.ticket].called_at == hall.at:
            assert self.hub.hall is hall

    @rule(counter=counters, seen=seen, seconds=st.sampled_from((0, 0, 2, 9, 30)))
    def a_clerk_takes_a_press_back(self, counter: int, seen: str | None, seconds: float) -> None:
        self.clock.go(seconds)
        self.give(cmd.UndoPress(counter, self.seen_at(counter, seen)))

    @rule(counter=counters, other=counters, service=services)
    def a_press_is_taken_back_after_somebody_moved_on(self, counter: int, other: int, service: str) -> None:
        id_ = f"t{self.given:04d}"
        self.give(cmd.IssueTicket(id_, "HT"))
        self.give(cmd.CallTicket(counter, ticket=id_))
        self.give(cmd.Transfer(counter, service=service))
        self.give(cmd.CallTicket(other, ticket=id_))
        self.give(cmd.UndoPress(counter))

    @rule(counter=counters, press=st.sampled_from(PRESSES))
    def a_clerk_presses_and_takes_it_back(self, counter: int, press: type[cmd.AtCounter]) -> None:
        """What people see is as before, whichever press it was."""
        self.hub.keep_time()
        self.clock.go(3)
        before, told = self.hub.hall, len(self.told)
        self.give(press(counter))
        if len(self.told) > told and press is not cmd.Recall:
            self.give(cmd.UndoPress(counter))
            assert _as_seen(self.hub.hall) == _as_seen(before)

    @rule(counter=counters, n=nth, states=st.sampled_from(((TicketState.WAITING,), tuple(TicketState))), seen=seen)
    def a_clerk_picks_somebody(self, counter: int, n: int, states: tuple[TicketState, ...], seen: str | None) -> None:
        self.give(cmd.CallTicket(counter, self.seen_at(counter, seen), self.ticket_at(n, *states)))

    @rule(n=nth)
    def a_clerk_picks_a_parked_one(self, n: int) -> None:
        self.give(cmd.CallTicket(1 + n % 4, ticket=self.ticket_at(n, TicketState.PARKED)))

    @rule(counter=counters, service=services)
    def a_clerk_sends_somebody_on(self, counter: int, service: str) -> None:
        self.give(cmd.Transfer(counter, service=service))

    @rule(n=nth)
    def a_citizen_is_back(self, n: int) -> None:
        self.give(cmd.ReturnTicket(self.ticket_at(n, TicketState.MISSED, TicketState.PARKED)))

    @rule(n=nth)
    def a_citizen_goes_home(self, n: int) -> None:
        self.give(cmd.CancelTicket(self.ticket_at(n, TicketState.WAITING)))

    @rule(n=nth)
    def a_ticket_is_closed(self, n: int) -> None:
        self.give(cmd.CloseTicket(self.ticket_at(n, TicketState.MISSED, TicketState.PARKED)))

    @rule(counter=counters, n=nth, priority=priorities, then=then, dossiers=st.sampled_from((0, 1, 3)))
    def somebody_comes_for_several_things(
        self, counter: int, n: int, priority: str | None, then: tuple[str, ...], dossiers: int
    ) -> None:
        self.give(cmd.OpenCounter(counter))
        id_ = f"t{self.given:04d}"
        service = self.served_at(counter)[0][0]
        several = cmd.IssueTicket(id_, service, None, priority, then=then, dossiers=dossiers, claimed=n % 2 == 0)
        self.give(several)
        self.give(cmd.CallTicket(counter, ticket=id_))
        if n % 4:
            self.give(cmd.ConfirmPriority(id_))
        self.clock.go(n)
        self.give((cmd.Finish, cmd.CallNext, cmd.RefusePriority, cmd.UndoPress)[n % 4](counter))

    @rule(counter=counters, n=nth, priority=priorities)
    def priority_is_looked_into(self, counter: int, n: int, priority: str | None) -> None:
        self.give(cmd.GivePriority(self.ticket_at(n, TicketState.WAITING), priority or "elderly"))
        self.give(cmd.ConfirmPriority(self.ticket_at(n + 1, *AT_COUNTER)))
        self.give(cmd.RefusePriority(counter))

    @rule(n=nth, count=st.integers(0, 6), face=st.integers(0, 4), reason=st.sampled_from((None, "wait", "lunch")))
    def a_citizen_is_polite_and_has_an_opinion(self, n: int, count: int, face: int, reason: str | None) -> None:
        self.give(cmd.LetPass(self.ticket_at(n, TicketState.WAITING), count))
        self.give(cmd.RateService(self.ticket_at(n, TicketState.FINISHED), face, reason))

    @rule(
        service=st.sampled_from(("HT", "DD")),
        n=nth,
        days=st.sampled_from((0, 0, 1, 3, 20)),
        hour=st.sampled_from((0, 9, 9, 10, 25)),
    )
    def somebody_books(self, service: str, n: int, days: int, hour: int) -> None:
        hall = self.hub.hall
        day = (date.fromisoformat(hall.day) + timedelta(days=days)).isoformat()
        at = moment(hall, day, "00:00") + hour * 3_600_000
        make = (
            cmd.BookHome(f"b{self.given}", str(n), service, self.hub.now() + n * 60_000, claimed=n % 3 == 0),
            cmd.BookSlot(f"b{self.given}", str(n), service, day, at),
            cmd.BookVisit(f"b{self.given}", str(n), service, day, at, clerk="lan"),
        )
        id_ = f"b{self.given}"
        self.give(make[n % 3])
        if n % 2:
            self.give(cmd.CheckIn(id_, f"t{self.given:04d}"))

    @rule(n=nth, seconds=a_while)
    def a_booking_becomes_something(self, n: int, seconds: float) -> None:
        self.clock.go(seconds)
        bookings = self.hub.hall.bookings
        booked = [id_ for id_, each in bookings.items() if each.state is BookingState.BOOKED]
        ids = [id_ for id_ in booked if bookings[id_].number] or booked or ["nothing"]
        id_ = ids[n % len(ids)]
        self.give(cmd.CheckIn(id_, f"t{self.given:04d}"))
        self.give(cmd.ChangeVisit(id_, self.hub.hall.day, self.hub.now(), "minh"))
        if n % 2:
            self.give((cmd.CancelBooking, cmd.FinishVisit)[n % 3 % 2](id_))

    @rule(place=st.sampled_from(("counter:1", "kiosk:a", "nowhere")), n=nth)
    def a_helper_is_asked_for_and_the_hall_is_told(self, place: str, n: int) -> None:
        self.give((cmd.AskAssistance, cmd.GiveAssistance)[n % 2](place))
        self.give(cmd.SaveNotice(Notice(f"n{n % 3}", ("text", "message", "song")[n % 3], "Nghỉ trưa")))
        self.give(cmd.RemoveNotice(f"n{n % 4}"))

    @rule(counter=counters, clerk=clerks)
    def a_counter_opens(self, counter: int, clerk: str | None) -> None:
        self.give(cmd.OpenCounter(counter, clerk))

    @rule(counter=counters, until=st.sampled_from((None, "13:00", "25:00")))
    def a_counter_pauses(self, counter: int, until: str | None) -> None:
        self.give(cmd.PauseCounter(counter, until))

    @rule(counter=counters)
    def a_counter_closes(self, counter: int) -> None:
        self.give(cmd.CloseCounter(counter))

    @rule(counter=counters, served=served)
    def a_counter_serves_something_else(self, counter: int, served: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        self.give(cmd.SetCounterServices(counter, *served))

    @rule(counter=counters, minutes=st.lists(st.tuples(st.integers(-60, 300), st.integers(-5, 90)), max_size=3))
    def breaks_are_announced(self, counter: int, minutes: list[tuple[int, int]]) -> None:
        now = self.hub.now()
        begins = [(now + start * 60_000, length * 60_000) for start, length in minutes]
        self.give(cmd.PlanBreaks(counter, tuple(Break(start, start + length) for start, length in begins)))

    @rule(
        n=nth,
        counter=counters,
        reason=st.sampled_from((*OVERRUN_REASONS, "lunch")),
        counts=dossiers,
        minutes=st.sampled_from((0, 0, 20)),
    )
    def a_clerk_tells_of_a_ticket(
        self, n: int, counter: int, reason: str, counts: tuple[int, ...], minutes: int
    ) -> None:
        self.clock.go(60 * minutes)
        ticket = self.ticket_at(n, *AT_COUNTER, TicketState.FINISHED, TicketState.CLOSED)
        at = self.hub.hall.tickets[ticket].counter if ticket in self.hub.hall.tickets else None
        self.give(cmd.ExplainOverrun(at or counter, ticket, reason))
        self.give(cmd.RecordDossiers(at or counter, ticket, *counts))

    @rule(counter=counters, given=services, kind=st.sampled_from(("give", "take", "open")), again=st.booleans())
    def an_advice_is_accepted(self, counter: int, given: str, kind: str, again: bool) -> None:
        """Give, take or open; what does not fit the counter is refused."""
        own, help_ = self.served_at(counter)
        left = tuple(code for code in help_ if code != given)
        move = Move(kind, counter, own, (*left, given) if kind == "give" else left, (given,))
        self.give(cmd.AcceptAdvice(f"a{self.given - again}", move, EXPECTED))

    @rule(counter=counters, n=st.integers(0, 2), minutes=st.sampled_from((-30, 0, 15, 60)))
    def a_break_is_moved_by_advice(self, counter: int, n: int, minutes: int) -> None:
        there = self.hub.hall.counters.get(counter)
        standing = planned_breaks(self.hub.hall, there, self.hub.now()) if there else ()
        old = standing[n % len(standing)] if standing else Break(0, 0)
        start, end = (moment + minutes * 60_000 for moment in old)
        move = Move("break", counter, start=start, end=end, was_start=old.start)
        self.give(cmd.AcceptAdvice(f"a{self.given}", move, EXPECTED))

    @rule(counter=counters, again=st.booleans(), reason=st.sampled_from((*DECLINE_REASONS, "no")))
    def an_advice_is_declined(self, counter: int, again: bool, reason: str) -> None:
        self.give(cmd.DeclineAdvice(f"a{self.given - again}", Move("open", counter), EXPECTED, reason))

    def served_at(self, counter: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        there = self.hub.hall.counters.get(counter)
        return (there.own, there.help) if there else (("HT",), ())

    @rule(plan=st.one_of(skills, rotas, slots))
    def the_week_is_planned(self, plan: cmd.Command) -> None:
        self.give(plan)

    @rule(counter=counters, code=st.sampled_from(("XD", "TH")))
    def a_counter_and_a_service_go(self, counter: int, code: str) -> None:
        """With whatever was planned for them."""
        self.give(cmd.SaveSkills("an", (code, "HT")))
        self.give(cmd.SaveRota((Shift(0, counter, "an", "07:30", "17:00"), Shift(1, 1, "", "07:30", "17:00"))))
        self.give(cmd.CloseCounter(counter))
        self.give(cmd.RemoveCounter(counter))
        self.give(cmd.RemoveService(code))

    @rule(edit=edits)
    def the_centre_is_edited(self, edit: cmd.Command) -> None:
        self.give(edit, edit.procedures if isinstance(edit, cmd.ReplaceCatalogue) else None)

    @rule(seconds=st.sampled_from((-60, -3600, -2 * 86_400, 600)))
    def the_clock_is_set(self, seconds: float) -> None:
        self.clock.go(seconds)

    @rule(hours=st.sampled_from((1, 2, 4, 4, 24, 72)))
    def hours_pass(self, hours: int) -> None:
        """Over midnight now and then; in the morning the counters open again."""
        self.clock.at = self.hub.now() + hours * 3_600_000
        day = self.hub.hall.day
        self.give(cmd.StartDay())
        if self.hub.hall.day != day:
            for counter, clerk in ((1, "lan"), (2, "minh"), (3, "hoa"), (4, None)):
                self.give(cmd.OpenCounter(counter, clerk))

    @precondition(lambda self: self.last is not None)
    @rule()
    def an_answer_is_lost_and_asked_for_again(self) -> None:
        assert self.last
        command, key, outcome = self.last
        hall = self.hub.hall
        again = self.hub.handle(command, key=key)
        assert (again.body, again.status, again.repeated) == (outcome.body, outcome.status, True)
        assert self.hub.hall is hall

    @rule()
    def the_hub_is_restarted(self) -> None:
        before = self.hub.hall
        self.hub.store.close()
        self.start()
        assert plain(self.hub.hall) == plain(before)

    @rule()
    def rows_are_checked_against_the_log(self) -> None:
        assert differences(self.hub.store.reads) == []

    @invariant()
    def the_log_folds_to_the_hall(self) -> None:
        for recorded in self.hub.store.events(self.log.seq, -1):
            assert recorded.seq == self.log.seq + 1
            assert recorded.at >= self.log.at
            self.fairness.follow(self.log, recorded)
            self._number_is_new(recorded)
            self.log = evolve(self.log, recorded)
            self.happened.add(type(recorded.event))
            self._forget_old_answers(recorded)
            self._note_states()
        assert plain(self.log) == plain(self.hub.hall)

    @invariant()
    def what_listeners_heard_is_the_log(self) -> None:
        assert [step.recorded for step in self.told] == self.hub.store.events(self.log.seq - len(self.told), -1)
        self.told.clear()

    def _number_is_new(self, recorded: ev.Recorded) -> None:
        made = isinstance(recorded.event, ev.BookingMade) and recorded.event.number
        if isinstance(recorded.event, ev.TicketIssued) and recorded.event.booking in self.log.bookings:
            reserved = self.log.bookings[recorded.event.booking].number
            if reserved:
                assert recorded.event.number == reserved
                return
        if isinstance(recorded.event, ev.TicketIssued) or made:
            number = recorded.day, recorded.event.number
            assert number not in self.numbers
            self.numbers.add(number)

    def _forget_old_answers(self, recorded: ev.Recorded) -> None:
        """An answer is kept for two days: nobody asks for it again after a week-end."""
        if isinstance(recorded.event, ev.DayStarted):
            self.last = None

    def _note_states(self) -> None:
        self.ticket_states.update(ticket.state for ticket in self.log.tickets.values())
        self.counter_states.update(counter.state for counter in self.log.counters.values())

    @invariant()
    def a_ticket_is_at_one_counter_and_a_counter_has_one_ticket(self) -> None:
        hall = self.hub.hall
        at_counters = {counter.number: counter.ticket for counter in hall.counters.values() if counter.ticket}
        assert len(set(at_counters.values())) == len(at_counters)
        assert at_counters == {t.counter: t.id for t in hall.tickets.values() if t.state in AT_COUNTER}

    @invariant()
    def the_queues_hold_those_who_wait_in_the_order_of_their_places(self) -> None:
        lines: dict[str, dict[bool, list[Standing]]] = defaultdict(lambda: {False: [], True: []})
        for ticket in self.hub.hall.tickets.values():
            if ticket.state is TicketState.WAITING:
                lines[ticket.service][bool(ticket.priority)].append(Standing(ticket.place, ticket.id))
        expected = {code: Queue(tuple(sorted(each[False])), tuple(sorted(each[True]))) for code, each in lines.items()}
        assert {code: queue for code, queue in self.hub.hall.queues.items() if queue} == expected

    @invariant()
    def a_counter_keeps_those_who_are_parked_there(self) -> None:
        hall = self.hub.hall
        kept = {ticket.id: number for number in hall.counters for ticket in hall.kept_by(number)}
        assert kept == {t.id: t.counter for t in hall.tickets.values() if t.state is TicketState.PARKED}

    @invariant()
    def everybody_who_waits_or_is_kept_can_still_be_called(self) -> None:
        hall = self.hub.hall
        for ticket in hall.tickets.values():
            if ticket.state is TicketState.WAITING:
                assert ticket.service in hall.services
            if ticket.state is TicketState.PARKED:
                assert ticket.counter in hall.counters

    @invariant()
    def plans_name_what_is_there_and_breaks_do_not_overlap(self) -> None:
        hall = self.hub.hall
        assert {code for able in hall.skills.values() for code in able} <= hall.services.keys()
        assert all(hall.skills.values())
        assert {shift.counter for shift in hall.rota} <= hall.counters.keys()
        for counter in hall.counters.values():
            assert all(one.end <= after.start for one, after in pairwise(counter.breaks))

    @invariant()
    def the_gaps_told_are_still_to_come(self) -> None:
        now = self.hub.now()
        for gap in gaps(self.hub.hall, now):
            assert now <= gap.start
            assert gap.end is None or gap.end - gap.start >= SHORTEST_MS

    @invariant()
    def the_hub_never_goes_back_in_time(self) -> None:
        assert self.hub.now() >= self.hub.hall.at

    def teardown(self) -> None:
        assert differences(self.hub.store.reads) == []
        self.hub.store.close()
        self.folder.cleanup()


def _gives_way(code: str) -> cmd.Together:
    """A service is removed and another takes its letter and its counter, at once."""
    new = "TH" if code == "XD" else "XD"
    taken = cmd.SaveService(Service(new, "C", "Mới")), cmd.SaveCounter(4, "Quầy 4", (new,), ())
    return cmd.Together((cmd.SaveCounter(4, "Quầy 4", ("HT",), ()), cmd.RemoveService(code), *taken))


def _answer(after: Hall, decision: Decision) -> dict[str, Any]:
    return {"seq": after.seq, "ticket": decision.ticket}


def _as_seen(hall: Hall) -> object:
    """All that people see, without what only tells how often the log grew."""
    tickets = {id_: replace(ticket, changed=0) for id_, ticket in hall.tickets.items()}
    shown = plain(hall)
    counters = {number: replace(counter, press=None) for number, counter in hall.counters.items()}
    return tickets, counters, shown.queues, shown.series, hall.services


def _procedure(code: str, service: str) -> catalogue.Procedure:
    return catalogue.Procedure(code, service, code, "", "", "", "", "", verified=False)


@pytest.mark.long
def test_whatever_people_do_the_centre_stays_sound():
    run_state_machine_as_test(
        Centre,
        settings=settings(
            max_examples=120,
            stateful_step_count=80,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Centre.ticket_states == set(TicketState)
    assert Centre.counter_states == set(CounterState)
    assert Centre.happened == set(EVENT_TYPES.values())
