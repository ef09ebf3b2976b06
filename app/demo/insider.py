"""The stories of the demo on a hub in the same process, whose time is theirs: a day of the past takes a moment.

`Insider` answers the requests of the public API that simulated people make, as far as they look at the answers.
"""

import json
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from app.core import commands as cmd
from app.core import errors
from app.core.coverage import planned_breaks
from app.core.decision import Decision
from app.core.hall import Break, Counter, CounterState, Hall
from app.core.permissions import Actor
from app.demo.sight import LOOK_AGAIN_S
from app.demo.voice import Refused
from app.hub import Hub
from app.overruns import Overruns

IDLE_S = 30.0
"""How long a clerk with nothing to do waits in the past before looking up: each look costs a moment of the present."""

Press = cmd.Recall | cmd.Arrive | cmd.Finish | cmd.Miss | cmd.Park | cmd.RefusePriority | cmd.UndoPress
PRESSES: dict[str, type[Press]] = {
    "recall": cmd.Recall,
    "arrive": cmd.Arrive,
    "finish": cmd.Finish,
    "miss": cmd.Miss,
    "park": cmd.Park,
    "undo": cmd.UndoPress,
    "priority/refuse": cmd.RefusePriority,
}
OF_TICKETS: dict[str, type[cmd.ReturnTicket | cmd.CancelTicket | cmd.RateService]] = {
    "return": cmd.ReturnTicket,
    "cancel": cmd.CancelTicket,
    "rating": cmd.RateService,
}


@dataclass
class PastTime:
    """The stage's time and the hub's clock (ms since the epoch); it jumps to whatever happens next."""

    at: float
    timezone: ZoneInfo
    rate: float = IDLE_S / LOOK_AGAIN_S

    def now(self) -> int:
        return int(self.at)

    def now_ms(self) -> float:
        return self.at

    def local(self, at_ms: float) -> datetime:
        return datetime.fromtimestamp(at_ms / 1000, self.timezone)

    def wait(self, due_ms: float, _stopping: threading.Event) -> bool:
        self.at = max(self.at, due_ms)
        return True


@dataclass
class PastSight:
    """A Sight (app/demo/sight.py) of the hub's own hall, for one day."""

    hub: Hub
    _breaks: dict[tuple[int, Sequence[Break]], Sequence[Break]] = field(default_factory=dict)
    """By counter and what is announced there: read off the rota for every look, they would be most of the work."""

    def look(self) -> None:
        """It is always seen as it is."""

    def day(self) -> str:
        return self.hub.hall.day

    def counter(self, number: int) -> Mapping[str, Any] | None:
        counter = self.hub.hall.counters.get(number)
        if counter is None:
            return None
        ticket = {"id": counter.ticket} if counter.ticket else None
        return {"state": counter.state.value, "own": counter.own, "help": counter.help, "ticket": ticket}

    def waiting(self, services: Collection[str]) -> int:
        return sum(len(self.hub.hall.queue(service)) for service in services)

    def open_elsewhere(self, number: int) -> Collection[str]:
        others = (each for each in self.hub.hall.counters.values() if each.number != number)
        return {code for each in others if each.state is CounterState.OPEN for code in each.own}

    def priority_classes(self) -> Sequence[str]:
        return [each.code for each in self.hub.hall.settings.priority_classes]

    def away_until(self, number: int, now_ms: float) -> float | None:
        counter = self.hub.hall.counters[number]
        key = number, counter.breaks
        if key not in self._breaks:
            self._breaks[key] = planned_breaks(self.hub.hall, counter, int(now_ms))
        return next((each.end for each in self._breaks[key] if each.start <= now_ms < each.end), None)


@dataclass(frozen=True, slots=True)
class Insider:
    """Somebody at that hub."""

    hub: Hub
    actor: Actor
    overruns: Overruns
    rng: Random

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """As at the API. Raises Refused."""
        words = path.strip("/").split("/")
        try:
            match method, *words:
                case "GET", "procedures":
                    return self._procedures()
                case "POST", "counters", number, *verb:
                    return self._at_counter(int(number), "/".join(verb), body or {})
                case "POST", "tickets":
                    return self._do(cmd.IssueTicket(f"{self.rng.getrandbits(64):016x}", **body), _ticket)
                case "POST", "tickets", ticket, verb:
                    return self._do(OF_TICKETS[verb](ticket, **(body or {})), _ticket)
        except errors.Refused as refused:
            raise Refused(HTTPStatus.CONFLICT, refused.code, str(refused)) from None
        raise NotImplementedError(f"{method} {path}")

    def _procedures(self) -> Mapping[str, Any]:
        known = self.hub.hall.procedures.items()
        return {"procedures": [{"code": code, "service": service} for code, service in known]}

    def _at_counter(self, number: int, verb: str, body: Mapping[str, Any]) -> Any:
        command: cmd.Command
        match verb:
            case "open":
                command = cmd.OpenCounter(number, self.actor.name)
            case "pause":
                command = cmd.PauseCounter(number, **body)
            case "close":
                command = cmd.CloseCounter(number)
            case "next":
                command = cmd.CallNext(number, **body, deliberate=True)
            case "dossiers":
                command = cmd.RecordDossiers(number, **body)
            case "overrun":
                command = cmd.ExplainOverrun(number, **body)
            case "priority/confirm":
                command = cmd.ConfirmPriority(**body)
            case "transfer":
                command = cmd.Transfer(number, **body)
            case _:
                command = PRESSES[verb](number, **body)
        return self._do(command, lambda hall, decision: self._pressed(hall, decision, number))

    def _pressed(self, hall: Hall, decision: Decision, number: int) -> Mapping[str, Any]:
        counter = hall.counters[number]
        ticket, reason = hall.tickets.get(decision.ticket or ""), decision.reason
        overrun = self.overruns.at(hall, counter, hall.at)
        return {
            "ticket": ticket and {"id": ticket.id, "service": ticket.service},
            "reason": reason and {"code": reason.code},
            "counter": {
                "ticket": _here(hall, counter),
                "overrun": overrun and {"ticket": overrun.id},
            },
        }

    def _do(self, command: cmd.Command, render: Callable[[Hall, Decision], Mapping[str, Any]]) -> Any:
        return json.loads(self.hub.handle(command, self.actor, render=render).body)


def _here(hall: Hall, counter: Counter) -> Mapping[str, Any] | None:
    return {"id": counter.ticket, "claimed": hall.tickets[counter.ticket].claimed} if counter.ticket else None


def _ticket(_hall: Hall, decision: Decision) -> Mapping[str, Any]:
    return {"id": decision.ticket}
