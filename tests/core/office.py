"""An office without a wall, a disk or a clock: the pure core, driven by hand."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.core import commands as cmd
from app.core.centre import PriorityClass, Service, Settings
from app.core.change import Change, change
from app.core.decide import decide
from app.core.decision import Decision
from app.core.errors import Refused
from app.core.events import DayStarted, Event, Recorded
from app.core.hall import Counter, Hall, Ticket, TicketState, day_of
from app.core.permissions import SYSTEM

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
CIVIL = Service("HT", "A", "Hộ tịch")
LAND = Service("DD", "B", "Đất đai")
BUILDING = Service("XD", "C", "Xây dựng")
PRIORITY = (PriorityClass("elderly", "Người cao tuổi", "Elderly"), PriorityClass("disabled", "Khuyết tật", "Disabled"))


def hanoi(clock: str, day: str = "2026-11-23") -> int:
    """Milliseconds since the epoch at a time of day in the centre."""
    return int(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=HANOI).timestamp() * 1000)


class Office:
    """Three services; Lan at counter 1 (civil, helping with land), Minh at 2 (civil), Hoa at 3 (land)."""

    def __init__(self) -> None:
        self.hall = Hall()
        self.now = hanoi("08:00")
        self.changes: list[Change] = []
        self.do(cmd.StartDay())
        self.set(priority_classes=PRIORITY)
        for service in (CIVIL, LAND, BUILDING):
            self.do(cmd.SaveService(service))
        self.do(cmd.SaveCounter(1, "Quầy 1", ("HT",), ("DD",)))
        self.do(cmd.SaveCounter(2, "Quầy 2", ("HT",), ()))
        self.do(cmd.SaveCounter(3, "Quầy 3", ("DD",), ()))
        for number, clerk in ((1, "lan"), (2, "minh"), (3, "hoa")):
            self.do(cmd.OpenCounter(number, clerk))

    def do(self, command: cmd.Command) -> Decision:
        decision = decide(self.hall, command, self.now)
        first = self.hall.seq + 1
        for event in decision.events:
            self._fold(event, first)
        return decision

    def _fold(self, event: Event, command: int) -> None:
        day = day_of(self.now, self.hall.settings.timezone) if isinstance(event, DayStarted) else self.hall.day
        step = change(self.hall, Recorded(self.hall.seq + 1, self.now, day, SYSTEM.label, command, event))
        self.changes.append(step)
        self.hall = step.hall

    def refuses(self, command: cmd.Command, error: type[Refused], **facts: object) -> None:
        """The command is refused for this reason, and nothing has changed."""
        before = self.hall
        with pytest.raises(error) as refused:
            self.do(command)
        assert refused.value.facts == facts
        assert self.hall is before

    def wait(self, seconds: float) -> None:
        self.now += int(timedelta(seconds=seconds).total_seconds() * 1000)

    def clock(self, clock: str) -> None:
        """It is now this time of the office's day."""
        self.now = hanoi(clock, self.hall.day)

    def set(self, **settings: Any) -> None:
        self.do(cmd.SaveSettings(replace(self.hall.settings, **settings)))

    def take(self, service: str = "HT", priority: str | None = None) -> str:
        """A citizen takes a number, a second after the one before; the id is the number itself."""
        self.wait(1)
        letter = self.hall.services[service].letter
        id_ = f"{letter}{self.hall.series.get(service, 0) + 1:03d}"
        self.do(cmd.IssueTicket(id_, service, priority=priority))
        assert self.hall.tickets[id_].number == id_
        return id_

    def next(self, counter: int = 1) -> str | None:
        """A clerk calls the next one, five seconds after whatever happened before."""
        self.wait(5)
        self.do(cmd.CallNext(counter))
        return self.at(counter)

    def serve(self, counter: int = 1) -> str | None:
        """Call the next one and see them arrive."""
        called = self.next(counter)
        self.wait(5)
        self.do(cmd.Arrive(counter))
        return called

    def counter(self, number: int = 1) -> Counter:
        return self.hall.counters[number]

    def at(self, counter: int = 1) -> str | None:
        return self.hall.counters[counter].ticket

    def ticket(self, id_: str) -> Ticket:
        return self.hall.tickets[id_]

    def state(self, id_: str) -> TicketState:
        return self.hall.tickets[id_].state

    def line(self, service: str = "HT") -> list[str]:
        """Who waits for a service, in the order of their places."""
        queue = self.hall.queue(service)
        return [standing.ticket for standing in sorted(queue.ordinary + queue.priority)]

    @property
    def settings(self) -> Settings:
        return self.hall.settings
