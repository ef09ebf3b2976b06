"""The advice that stands: weighed anew each minute, given seldom, kept while it pays, not repeated when declined.

Pure but for its own memory; the hub's background process and the simulator use the same one.
"""

from dataclasses import dataclass, field, replace
from random import Random

from app.core.advice import Move
from app.core.hall import Hall
from app.planning.advice import Weighed, Weighing
from app.planning.learnt import Learnt
from app.planning.moves import Advice

MOST_A_DAY = 12
SETTLES_MS = 3 * 60_000  # after a change, the hall is left to show what came of it
STANDS_MS = 10 * 60_000  # then an unanswered advice is withdrawn
RESTS_MS = 60 * 60_000  # a declined move is not advised again so soon, nor one taken back that was just made
SHOWN = 2


@dataclass
class Adviser:
    """Remembers what it has advised; what was answered stands in the hall.

    `numbers`: by day, the last number that was given to an advice.
    """

    rng: Random
    given: tuple[Advice, ...] = ()
    most_a_day: int = MOST_A_DAY
    numbers: dict[str, int] = field(default_factory=dict)
    ignored: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)

    def consider(self, hall: Hall, learnt: Learnt, now: int) -> tuple[Advice, ...]:
        """The advice to show from now on (ms since the epoch), the best first; () is no advice."""
        if not self._may_advise(hall, now):
            self.given = ()
            return ()
        self._note_ignored(hall, now)
        weighing = Weighing(hall, learnt, now, self.rng)
        if standing := self._still_standing(weighing, hall, now):
            self.given = standing
        else:
            best = weighing.best(SHOWN, lambda move: self._rests(hall, move, now))
            self.given = tuple(self._give(hall, each, now) for each in best)
        return self.given

    def _note_ignored(self, hall: Hall, now: int) -> None:
        """What stood and was not answered is let rest: nobody wants to be told the same again and again."""
        for advice in self.given:
            if advice.until <= now and advice.id not in hall.answered:
                self.ignored[advice.move.kind, advice.move.services] = now

    def _may_advise(self, hall: Hall, now: int) -> bool:
        accepted = [answered.at for answered in hall.answered.values() if answered.answer == "accepted"]
        settled = not accepted or now - max(accepted) >= SETTLES_MS
        return hall.settings.advice and settled and len(accepted) < self.most_a_day

    def _still_standing(self, weighing: Weighing, hall: Hall, now: int) -> tuple[Advice, ...]:
        """What was advised before and still pays, with what it is expected to change now."""
        kept: list[tuple[float, Advice]] = []
        for advice in self.given:
            if advice.until > now and advice.id not in hall.answered and still_fits(hall, advice.move):
                weighed = weighing.weigh_again(advice.move)
                if weighed.still_pays:
                    kept.append((weighed.worth, replace(advice, expected=weighed.expected)))
        return tuple(advice for _, advice in sorted(kept, key=lambda each: -each[0]))

    def _rests(self, hall: Hall, move: Move, now: int) -> bool:
        """Declined not long ago, or ignored at whatever counter, or the opposite of what was just accepted."""
        if now - self.ignored.get((move.kind, move.services), now - RESTS_MS) < RESTS_MS:
            return True
        return any(
            now - answered.at < RESTS_MS
            and answered.counter == move.counter
            and answered.services == move.services
            and (answered.kind == move.kind) == (answered.answer == "declined")
            for answered in hall.answered.values()
        )

    def _give(self, hall: Hall, weighed: Weighed, now: int) -> Advice:
        number = self.numbers[hall.day] = self.numbers.get(hall.day, len(hall.answered)) + 1
        return Advice(f"{hall.day}-{number}", weighed.move, weighed.expected, now + STANDS_MS)


def still_fits(hall: Hall, move: Move) -> bool:
    """Is the counter as it was when the move was advised?"""
    counter = hall.counters.get(move.counter)
    if counter is None:
        return False
    if move.kind == "give":
        return set(move.own + move.help) - set(move.services) == {*counter.own, *counter.help}
    if move.kind == "take":
        return {*move.own, *move.help, *move.services} == {*counter.own, *counter.help}
    return True
