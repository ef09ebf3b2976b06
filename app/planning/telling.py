"""The ranges that people are told: calibrated by what came of earlier ones, and steady from round to round."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.change import Change
from app.core.events import DayStarted, TicketCalled, TicketIssued
from app.core.hall import Hall
from app.planning.calibration import Calibration, Foreseen, Range
from app.planning.foresee import Newcomer
from app.planning.steady import Told, aged_words, steady_for_newcomers, steady_for_waiting

Line = tuple[str, str]  # a ticket and the service in whose line it stands: sent on, it begins anew


@dataclass
class Telling:
    """Remembers what newcomers and waiting people were told last, and what was foreseen then."""

    calibration: Calibration = field(default_factory=Calibration)
    newcomers: dict[Newcomer, Told] = field(default_factory=dict)
    waiting: dict[Line, Told] = field(default_factory=dict)
    foreseen: Mapping[Newcomer, Foreseen] = field(default_factory=dict)
    at_issue: dict[str, Foreseen] = field(default_factory=dict)

    def hear(self, change: Change) -> None:
        """A number was taken: its paper says what newcomers are told. Called: see whether that was right."""
        match change.recorded.event:
            case DayStarted():
                self.waiting, self.at_issue = {}, {}
            case TicketIssued(ticket=ticket, service=service, priority=priority):
                self._issued(ticket, Newcomer(service, priority is not None), change.recorded.at)
            case TicketCalled(ticket=ticket):
                self._called(change.hall, ticket, change.recorded.at)

    def tell(
        self, hall: Hall, newcomers: Mapping[Newcomer, Foreseen], tickets: Mapping[str, Foreseen], now: int
    ) -> tuple[dict[Newcomer, Range], dict[str, Range]]:
        """The words for newcomers and for waiting people by ticket, at `now` (ms)."""
        self.foreseen = newcomers
        told = self.calibration.told
        self.newcomers = {
            who: steady_for_newcomers(self.newcomers.get(who), foreseen, told(foreseen), now)
            for who, foreseen in newcomers.items()
        }
        lines = {(ticket, hall.tickets[ticket].service): foreseen for ticket, foreseen in tickets.items()}
        self.waiting = {
            line: steady_for_waiting(self.waiting.get(line), foreseen, told(foreseen), now)
            for line, foreseen in lines.items()
        }
        words = {who: each.range for who, each in self.newcomers.items()}
        return words, {ticket: aged_words(each, now) for (ticket, _), each in self.waiting.items()}

    def _issued(self, ticket: str, who: Newcomer, at: int) -> None:
        told, foreseen = self.newcomers.get(who), self.foreseen.get(who)
        if told is not None and foreseen is not None:
            self.waiting[ticket, who.service] = Told(told.range, at)
            self.at_issue[ticket] = foreseen

    def _called(self, hall: Hall, id_: str, at: int) -> None:
        """Of somebody sent on to another service nothing was foreseen."""
        foreseen, ticket = self.at_issue.pop(id_, None), hall.tickets[id_]
        if foreseen is not None and ticket.service == ticket.origin:
            self.calibration.learn(foreseen, (at - ticket.issued_at) / 60_000)
