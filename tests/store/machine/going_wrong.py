"""Time passes, clocks go wrong, answers are lost and the hub is restarted."""

from centre import plain
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from machine.kept_centre import KeptCentre

from app.core import commands as cmd
from app.store.check import differences


class GoingWrong(KeptCentre):
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
