"""What leaders do: advice answered, the week planned, the centre edited."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from machine.draws import counters, services
from machine.edits import closures, edits, rotas, skills, slots
from machine.kept_centre import KeptCentre

from app.core import commands as cmd
from app.core.advice import DECLINE_REASONS, Expected, Move
from app.core.centre import Service, Shift
from app.core.coverage import planned_breaks
from app.core.hall import Break

EXPECTED = Expected(5, 2.0, 9.5, 0.8, (("HT", 1.5),))


class Leaders(KeptCentre):
    @rule(counter=counters, given=services, kind=st.sampled_from(("give", "take", "open")), again=st.booleans())
    def an_advice_is_accepted(self, counter: int, given: str, kind: str, again: bool) -> None:
        """Give, take or open; what does not fit the counter is refused, and what fits is done for another service."""
        own, help_ = self.served_at(counter)
        self._accept(counter, given, kind, again)
        fitting = {"take": help_, "give": [code for code in self.hub.hall.services if code not in own + help_]}
        for code in fitting.get(kind, ())[:1]:
            self._accept(counter, code, kind, again)

    def _accept(self, counter: int, given: str, kind: str, again: bool) -> None:
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

    @rule(plans=st.lists(st.one_of(skills, rotas, slots, closures), min_size=1, max_size=3))
    def the_week_is_planned(self, plans: list[cmd.Command]) -> None:
        for plan in plans:
            self.give(plan)

    @rule(counter=counters, code=st.sampled_from(("XD", "TH")))
    def a_counter_and_a_service_go(self, counter: int, code: str) -> None:
        """With whatever was planned for them."""
        self.give(cmd.SaveService(Service(code, "C" if code == "XD" else "D", "Mới")))
        self.give(cmd.SaveSkills("an", (code, "HT")))
        self.give(cmd.SaveRota((Shift(0, counter, "an", "07:30", "17:00"), Shift(1, 1, "", "07:30", "17:00"))))
        self.give(cmd.ReplaceCatalogue((("1.1", "HT"),)), (("1.1", "HT"),))
        self.give(cmd.CloseCounter(counter))
        self.give(cmd.RemoveCounter(counter))
        self.give(cmd.RemoveService(code))

    @rule(edit=edits)
    def the_centre_is_edited(self, edit: cmd.Command) -> None:
        self.give(edit, edit.procedures if isinstance(edit, cmd.ReplaceCatalogue) else None)
