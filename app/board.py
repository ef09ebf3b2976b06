"""The planning board: what was last worked out about waits and moves, for whoever asks. It works nothing out itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from app.core.errors import Unknown
from app.planning.calibration import Range
from app.planning.moves import Advice

STANDS_MS = 180_000  # of a forecaster that works every few seconds, this is a dozen rounds missed


class UnknownAdvice(Unknown):
    code = "unknown_advice"
    text = "This advice no longer stands: the hall has changed since, or somebody has answered it."


class BoardState(StrEnum):
    """`off`: the centre wants no advice, or its machine gives none; `failed`: what should give it did not work."""

    READY = "ready"
    THINKING = "thinking"
    OFF = "off"
    FAILED = "failed"


class Paper(NamedTuple):
    """What somebody was told who took a number at a time (ms)."""

    range: Range
    at: int


class News(NamedTuple):
    """What is told otherwise than before: codes of services, ids of waiting tickets, whether the advice is."""

    services: frozenset[str] = frozenset()
    tickets: frozenset[str] = frozenset()
    advice: bool = False


@dataclass
class Board:
    """Looked up on a press's way, so every question is one look into a dictionary.

    Who works out waits and moves replaces them here, in the hub's process, and the `listeners` are told of what
    changed, in that thread. `forecasts` has for each service code what somebody who takes a number now would wait,
    `priority` the same for somebody with priority, `tickets` for each waiting ticket's id; `issued` remembers what was
    told to those who are not among them yet. `at` is when the advice was worked out (ms).
    """

    stands_ms: int = STANDS_MS
    listeners: list[Callable[[News], None]] = field(default_factory=list)
    forecasts: Mapping[str, Range] = field(default_factory=dict)
    priority: Mapping[str, Range] = field(default_factory=dict)
    tickets: Mapping[str, Range] = field(default_factory=dict)
    issued: dict[str, Paper] = field(default_factory=dict)
    forecast_at: int = 0
    advice: tuple[Advice, ...] = ()
    state: BoardState = BoardState.THINKING
    at: int = 0

    # For who works it out

    def replace_forecasts(
        self,
        forecasts: Mapping[str, Range],
        tickets: Mapping[str, Range],
        at: int,
        priority: Mapping[str, Range] | None = None,
    ) -> None:
        """All ranges anew, worked out from the hall as it was at `at` (ms); no screen shows those of `priority`.

        To be called each round, also when nothing changed: ranges that nobody confirms for `stands_ms` of the hub's
        time are not told any longer.
        """
        services, people = _differing(self.forecasts, forecasts), _differing(self.tickets, tickets)
        self.forecasts, self.tickets, self.forecast_at = dict(forecasts), dict(tickets), at
        self.priority = dict(priority or {})
        self.issued = {id_: paper for id_, paper in self.issued.items() if paper.at >= at and id_ not in tickets}
        if services or people:
            self._tell(News(services, people))

    def replace_advice(self, advice: tuple[Advice, ...], state: BoardState, at: int) -> None:
        """What to do, the best first; worked out at `at` (ms). An advice that still stands keeps its id."""
        before = self.advice, self.state
        self.advice, self.state, self.at = advice, state, at
        if before != (advice, state):
            self._tell(News(advice=True))

    # For who asks

    def wait(self, service: str, now: int, *, priority: bool = False) -> Range | None:
        """What a newcomer would wait; None where nothing is known, or nothing new enough."""
        newcomers = self.priority if priority else self.forecasts
        return newcomers.get(service) if self._stands(now) else None

    def wait_of(self, ticket: str, waiting_since: int, now: int) -> Range | None:
        """What a waiting ticket would, or was told at its issue if all was worked out before.

        None for one that came to where it waits (ms) after that, and not by taking a number.
        """
        found = self.tickets.get(ticket) if self._stands(now) and waiting_since <= self.forecast_at else None
        return found or self._on_paper(ticket, waiting_since, now)

    def _on_paper(self, ticket: str, waiting_since: int, now: int) -> Range | None:
        paper = self.issued.get(ticket)
        stands = paper is not None and paper.at == waiting_since and now - paper.at <= self.stands_ms
        return paper.range if paper and stands else None

    def standing(self, now: int) -> tuple[Advice, ...]:
        """The advice that is not withdrawn at `now` (ms)."""
        return tuple(advice for advice in self.advice if now < advice.until)

    def find(self, id_: str, now: int) -> Advice:
        """Raises UnknownAdvice."""
        found = next((advice for advice in self.standing(now) if advice.id == id_), None)
        if found is None:
            raise UnknownAdvice(advice=id_)
        return found

    # For the hub

    def note_issue(self, ticket: str, service: str, at: int, *, priority: bool) -> None:
        """A number was taken (ms): what its paper says is told until the ticket's own wait was worked out."""
        told = self.wait(service, at, priority=priority)
        if told:
            self.issued[ticket] = Paper(told, at)

    def drop(self, id_: str) -> None:
        """It was answered."""
        self._keep(tuple(advice for advice in self.advice if advice.id != id_))

    def withdraw(self, now: int) -> None:
        """Drop what is over at `now` (ms)."""
        self._keep(self.standing(now))

    def _keep(self, advice: tuple[Advice, ...]) -> None:
        if advice != self.advice:
            self.advice = advice
            self._tell(News(advice=True))

    def _stands(self, now: int) -> bool:
        return now - self.forecast_at <= self.stands_ms

    def _tell(self, news: News) -> None:
        for listener in self.listeners:
            listener(news)


def _differing(before: Mapping[str, Range], after: Mapping[str, Range]) -> frozenset[str]:
    return frozenset(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
