"""Whether those who came before a citizen of priority were passed over."""

from dataclasses import dataclass, field

from app.core import events as ev
from app.core.hall import Hall


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
