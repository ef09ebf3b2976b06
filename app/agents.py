"""Asking a hardware agent for something and waiting for its answer: a ticket printed, a board lit (docs/feed.md)."""

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from app.core.errors import Conflict, Refused
from app.core.permissions import Actor


class AgentAway(Refused):
    code = "agent_away"
    text = "The hardware agent %(agent)s is not connected. See that its PC is on and in the network."


class AgentLost(AgentAway):
    """It went while it was asked: it may have done it or not, and asked again for the same job it says which."""

    code = "agent_lost"
    text = "The hardware agent %(agent)s lost its connection in the middle. Look whether it was done, then try again."


class AgentSilent(Refused):
    code = "agent_silent"
    text = "The hardware agent %(agent)s did not answer within %(seconds)s seconds."


class AgentRefused(Conflict):
    """The agent's own refusal: its `reason` is a stable code of hardware/, its detail a sentence."""

    code = "agent_refused"
    text = "%(detail)s"


class Answer(BaseModel):
    """What an agent sends back to an `ask`."""

    model_config = ConfigDict(extra="ignore")
    id: str
    ok: bool
    data: dict[str, Any] = {}
    code: str = ""
    detail: str = ""


@dataclass
class _Waiting:
    agent: Actor
    line: str
    settled: threading.Event = field(default_factory=threading.Event)
    """Answered, or the line over which it was asked is gone."""
    answer: Answer | None = None


@dataclass
class Agents:
    """`line_of` gives the line (Socket.IO sid) of an agent that is here; `emit` sends (message, payload, line)."""

    line_of: Callable[[Actor], str | None]
    emit: Callable[[str, object, str], None]
    _waiting: dict[str, _Waiting] = field(default_factory=dict)

    def ask(self, agent: Actor, what: str, data: Mapping[str, Any], timeout_s: float) -> dict[str, Any]:
        """The agent's answer to a question of hardware/; waits for it, so never under the hub's lock.

        Raises AgentAway (AgentLost where it went in the middle), AgentSilent or AgentRefused.
        """
        line = self.line_of(agent)
        if line is None:
            raise AgentAway(agent=agent.name)
        id_, waiting = secrets.token_hex(8), _Waiting(agent, line)
        self._waiting[id_] = waiting
        try:
            if self.line_of(agent) != line:  # it went before `gone` could find this question
                raise AgentAway(agent=agent.name)
            self.emit("ask", {"id": id_, "what": what, "data": dict(data)}, line)
            is_settled = waiting.settled.wait(timeout_s)
        finally:
            del self._waiting[id_]
        if waiting.answer is None:
            raise AgentLost(agent=agent.name) if is_settled else AgentSilent(agent=agent.name, seconds=round(timeout_s))
        if not waiting.answer.ok:
            raise AgentRefused(agent=agent.name, reason=waiting.answer.code, detail=waiting.answer.detail)
        return waiting.answer.data

    def heard(self, actor: Actor, payload: object) -> bool:
        """Take an agent's answer; False where nobody waits for it, or it is none."""
        try:
            answer = Answer.model_validate(payload)
        except ValidationError:
            return False
        waiting = self._waiting.get(answer.id)
        if waiting is None or waiting.agent != actor:
            return False
        waiting.answer = answer
        waiting.settled.set()
        return True

    def gone(self, line: str) -> None:
        """Nobody waits any longer for what was asked over a line that is no more."""
        for waiting in list(self._waiting.values()):
            if waiting.line == line:
                waiting.settled.set()
