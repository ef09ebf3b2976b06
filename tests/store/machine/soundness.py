"""What must hold after every step."""

from collections import defaultdict
from itertools import pairwise
from typing import ClassVar

from centre import plain
from hypothesis.stateful import invariant
from machine.kept_centre import KeptCentre

from app.core import events as ev
from app.core.coverage import SHORTEST_MS, gaps
from app.core.evolve import evolve
from app.core.hall import AT_COUNTER, CounterState, Queue, Standing, TicketState


class Soundness(KeptCentre):
    ticket_states: ClassVar[set[TicketState]] = set()
    counter_states: ClassVar[set[CounterState]] = set()
    happened: ClassVar[set[type[ev.Event]]] = set()

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

    @invariant()
    def whoever_is_back_waits_for_a_counter_that_calls(self) -> None:
        back = [ticket for ticket in self.log.tickets.values() if ticket.state is TicketState.PARKED and ticket.back]
        for ticket in back:
            assert self.log.counters[ticket.counter or 0].state is CounterState.OPEN, ticket

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
