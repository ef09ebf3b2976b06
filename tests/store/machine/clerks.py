"""What clerks do at their counters."""

from dataclasses import replace

from centre import plain
from hypothesis import strategies as st
from hypothesis.stateful import rule
from machine.draws import ENDS, PRESSES, a_while, clerks, counters, dossiers, nth, priorities, seen, served, services
from machine.kept_centre import KeptCentre

from app.core import commands as cmd
from app.core.hall import AT_COUNTER, OVERRUN_REASONS, Break, Hall, TicketState


class Clerks(KeptCentre):
    @rule(counter=counters, press=st.sampled_from(PRESSES), seen=seen, seconds=a_while)
    def a_clerk_presses(self, counter: int, press: type[cmd.AtCounter], seen: str | None, seconds: float) -> None:
        self.clock.go(seconds)
        self.give(press(counter, self.seen_at(counter, seen)))

    @rule(counter=counters, service=services, end=st.sampled_from(ENDS), seconds=a_while)
    def a_citizen_comes_and_is_seen(self, counter: int, service: str, end: type[cmd.AtCounter], seconds: float) -> None:
        self.give(cmd.OpenCounter(counter))
        self.give(cmd.IssueTicket(f"t{self.given:04d}", service))
        self.give(cmd.CallNext(counter, deliberate=True))
        self.clock.go(seconds)
        called = self.seen_at(counter, "what is there")
        self.give(end(counter))
        if end in (cmd.Miss, cmd.Park):
            self.give(cmd.ReturnTicket(called or "nobody"))
        else:
            self.give(cmd.RateService(called or "nobody", 3))

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
    def a_ticket_is_closed(self, n: int) -> None:
        self.give(cmd.CloseTicket(self.ticket_at(n, TicketState.MISSED, TicketState.PARKED)))

    @rule(counter=counters, n=nth, priority=priorities)
    def priority_is_looked_into(self, counter: int, n: int, priority: str | None) -> None:
        id_ = self.ticket_at(n, TicketState.WAITING)
        self.give(cmd.GivePriority(id_, priority or "elderly"))
        self.give(cmd.ConfirmPriority(self.ticket_at(n + 1, *AT_COUNTER)))
        self.give(cmd.CallTicket(counter, ticket=id_))
        if n % 2:
            self.give(cmd.ConfirmPriority(id_))
        self.give(cmd.RefusePriority(counter))

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


def _as_seen(hall: Hall) -> object:
    """All that people see, without what only tells how often the log grew."""
    tickets = {id_: replace(ticket, changed=0) for id_, ticket in hall.tickets.items()}
    shown = plain(hall)
    counters = {number: replace(counter, press=None) for number, counter in hall.counters.items()}
    return tickets, counters, shown.queues, shown.series, hall.services
