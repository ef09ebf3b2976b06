"""The supervisor's requests at a hub in the same process (see insider.py): what is advised, and doing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random
from typing import Any

from app.core import commands as cmd
from app.core import errors
from app.core.permissions import Actor
from app.demo.voice import Refused
from app.hub import Hub
from app.planning.adviser import Adviser
from app.planning.learnt import Learnt
from app.planning.moves import Advice

LOOKS_AGAIN_MS = 30 * 60_000
"""Weighing moves costs the present a moment: in the past it is not done every minute."""


@dataclass
class Leader:
    """Of one day."""

    hub: Hub
    learnt: Learnt
    actor: Actor
    rng: Random
    _given: Sequence[Advice] = ()
    _look_at: int = 0
    _adviser: Adviser = field(init=False)

    def __post_init__(self) -> None:
        self._adviser = Adviser(self.rng)
        self._look_at = self.hub.now() + LOOKS_AGAIN_MS

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """As at the API. Raises Refused."""
        match method, *path.strip("/").split("/"):
            case "GET", "advice":
                return {"advice": [_plain(each) for each in self._advised()]}
            case "POST", "advice", id_, "accept":
                found = next(each for each in self._given if each.id == id_)
                self._given = ()
                self._do(cmd.AcceptAdvice(id_, found.move, found.expected))
            case "PUT", "counters", number, "services":
                self._do(cmd.SetCounterServices(int(number), tuple(body["own"]), tuple(body["help"])))
            case _:
                raise NotImplementedError(f"{method} {path}")
        return None

    def _advised(self) -> Sequence[Advice]:
        now = self.hub.now()
        if now >= self._look_at:
            self._look_at = now + LOOKS_AGAIN_MS
            self._given = self._adviser.consider(self.hub.hall, self.learnt, now)
        return self._given

    def _do(self, command: cmd.Command) -> None:
        try:
            self.hub.handle(command, self.actor)
        except errors.Refused as refused:
            raise Refused(HTTPStatus.CONFLICT, refused.code, str(refused)) from None


def _plain(advice: Advice) -> Mapping[str, Any]:
    move = advice.move
    return {"id": advice.id, "kind": move.kind, "counter": move.counter, "services": move.services}
