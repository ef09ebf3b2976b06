"""What citizens do."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule
from machine.draws import a_while, counters, nth, priorities, services, then
from machine.kept_centre import KeptCentre

from app.core import commands as cmd
from app.core.bookings import BookingState
from app.core.centre import Notice
from app.core.hall import TicketState
from app.core.slots import moment


class Citizens(KeptCentre):
    @rule(service=services, priority=priorities, procedure=st.sampled_from((None, None, None, "1.1", "2.2")))
    def a_citizen_takes_a_number(self, service: str, priority: str | None, procedure: str | None) -> None:
        self.clock.go(1)
        self.give(cmd.IssueTicket(f"t{self.given:04d}", service, procedure, priority))

    @rule(n=st.integers(2, 6), service=st.sampled_from(("HT", "DD")))
    def a_bus_arrives(self, n: int, service: str) -> None:
        for i in range(n):
            self.give(cmd.IssueTicket(f"t{self.given:04d}", service, priority="elderly" if i % 2 else None))

    @rule(counter=counters, n=nth, priority=priorities, then=then, dossiers=st.sampled_from((0, 1, 3)))
    def somebody_comes_for_several_things(
        self, counter: int, n: int, priority: str | None, then: tuple[str, ...], dossiers: int
    ) -> None:
        self.give(cmd.OpenCounter(counter))
        id_ = f"t{self.given:04d}"
        service = self.served_at(counter)[0][0]
        several = cmd.IssueTicket(id_, service, None, priority, then=then, dossiers=dossiers, claimed=n % 2 == 0)
        self.give(several)
        if n % 5 == 0:
            self.give(cmd.GivePriority(id_, "elderly"))
        self.give(cmd.CallTicket(counter, ticket=id_))
        if n % 4:
            self.give(cmd.ConfirmPriority(id_))
        if n % 3 == 0:
            self.give(cmd.Arrive(counter))
        self.clock.go(n)
        self.give((cmd.Finish, cmd.CallNext, cmd.RefusePriority, cmd.UndoPress)[n % 4](counter))

    @rule(n=nth)
    def a_citizen_is_back(self, n: int) -> None:
        self.give(cmd.ReturnTicket(self.ticket_at(n, TicketState.MISSED, TicketState.PARKED)))

    @rule(n=nth)
    def a_citizen_goes_home(self, n: int) -> None:
        self.give(cmd.CancelTicket(self.ticket_at(n, TicketState.WAITING)))

    @rule(
        n=nth,
        count=st.integers(0, 6),
        face=st.sampled_from((0, 1, 2, 3, 3, 4)),
        reason=st.sampled_from((None, "wait", "wait", "lunch")),
    )
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
        come, move = cmd.CheckIn(id_, f"t{self.given:04d}"), cmd.ChangeVisit(id_, hall.day, self.hub.now(), "minh")
        self.give((come, come, move)[n % 3] if n % 4 else cmd.CancelBooking(id_))

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
        for command in ((cmd.AskAssistance,), (cmd.GiveAssistance,), (cmd.AskAssistance, cmd.GiveAssistance))[n % 3]:
            self.give(command(place))
        self.give(cmd.SaveNotice(Notice(f"n{n % 3}", ("text", "message", "song")[n % 3], "Nghỉ trưa")))
        self.give(cmd.RemoveNotice(f"n{n % 4}"))
