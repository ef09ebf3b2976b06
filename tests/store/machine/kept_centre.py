"""A centre that is really kept, to which any command may be given."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from centre import SETTINGS, HandClock, furnish
from hypothesis.stateful import RuleBasedStateMachine, initialize
from machine.edits import OPEN
from machine.fairness import Fairness

from app.core import commands as cmd
from app.core.change import Change
from app.core.decision import Decision
from app.core.errors import Refused
from app.core.hall import Hall, TicketState
from app.hub import Hub, Key, Outcome
from app.store import catalogue
from app.store.check import differences
from app.store.store import Store


class KeptCentre(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "centre.db"
        self.clock = HandClock()
        self.log = Hall()
        self.fairness = Fairness()
        self.numbers: set[tuple[str, str]] = set()
        self.told = list[Change]()
        self.given = 0
        self.last: tuple[cmd.Command, Key, Outcome] | None = None
        self.start()

    def start(self) -> None:
        self.hub = Hub(Store(self.path), self.clock)
        self.hub.listeners.append(self.told.extend)

    @initialize()
    def a_furnished_centre(self) -> None:
        self.hub.keep_time()
        furnish(self.hub)
        self.hub.handle(cmd.SaveSettings(replace(SETTINGS, **OPEN)))
        self.hub.handle(cmd.SaveCounter(4, "Quầy 4", ("XD",), ("HT", "DD")))
        self.hub.handle(cmd.OpenCounter(2, "minh"))
        self.hub.handle(cmd.OpenCounter(4))

    def give(self, command: cmd.Command, procedures: tuple[tuple[str, str], ...] | None = None) -> None:
        """Give a command; where it is refused, nothing at all has changed."""
        self.hub.keep_time()
        self.given += 1
        key = Key(f"k{self.given}", repr(command))
        also = None if procedures is None else catalogue.put_procedures([_procedure(*each) for each in procedures])
        hall, told = self.hub.hall, len(self.told)
        try:
            outcome = self.hub.handle(command, key=key, also=also, render=_answer)
        except Refused:
            assert self.hub.hall is hall
            assert len(self.told) == told
            assert self.hub.store.answer(key.key) is None
        else:
            self.last = command, key, outcome

    def ticket_at(self, n: int, *states: TicketState) -> str:
        """Some ticket of today, of these states where there is one, or one that nobody has."""
        tickets = self.hub.hall.tickets.values()
        ids = sorted(t.id for t in tickets if t.state in states) or sorted(t.id for t in tickets)
        return ids[n % len(ids)] if ids else "nobody"

    def seen_at(self, counter: int, seen: str | None) -> str | None:
        return (self.hub.hall.counters[counter].ticket or "") if seen == "what is there" and self.has(counter) else seen

    def has(self, counter: int) -> bool:
        return counter in self.hub.hall.counters

    def served_at(self, counter: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        there = self.hub.hall.counters.get(counter)
        return (there.own, there.help) if there else (("HT",), ())

    def teardown(self) -> None:
        assert differences(self.hub.store.reads) == []
        self.hub.store.close()
        self.folder.cleanup()


def _answer(after: Hall, decision: Decision) -> dict[str, Any]:
    return {"seq": after.seq, "ticket": decision.ticket}


def _procedure(code: str, service: str) -> catalogue.Procedure:
    return catalogue.Procedure(code, service, code, "", "", "", "", "", verified=False)
