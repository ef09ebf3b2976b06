"""Advice on moving counters: what stands, and answering it with one tap."""

from collections.abc import Callable
from typing import Any, Literal

from flask import Blueprint, Response
from pydantic import BaseModel, Field

from app.api.counter_shapes import CounterOut
from app.api.routes import actor, answer, answered, idempotency_key, parts, route, told
from app.core import commands as cmd
from app.core.advice import DECLINE_REASONS
from app.core.errors import Conflict
from app.core.permissions import LEADERS
from app.shaping import Strict

advice = Blueprint("advice", __name__)


class DeclineIn(Strict):
    reason: str = Field(json_schema_extra={"enum": list(DECLINE_REASONS)})


class Cost(BaseModel):
    """By how many minutes the mean wait of another service grows."""

    service: str
    minutes: float


class AdviceOut(BaseModel):
    """`own` and `help`: the counter's services after a "give" or "take"; `start` and `end`: a break's new times.

    `saved` people will not wait beyond the target within the horizon, `low` to `high` in four cases of five;
    `sure` is how likely it is to help at all.
    """

    id: str
    kind: Literal["give", "take", "open", "break"]
    counter: int
    services: list[str]
    own: list[str]
    help: list[str]
    start: str | None
    end: str | None
    was_start: str | None
    saved: float
    low: float
    high: float
    sure: float
    costs: list[Cost]
    horizon_min: int
    until: str


class AdviceListOut(BaseModel):
    advice: list[AdviceOut]
    state: Literal["ready", "thinking", "off", "failed"]
    at: str | None


class AnsweredOut(BaseModel):
    id: str
    answer: Literal["accepted", "declined"]
    counter: CounterOut | None


@route(advice, "GET", "/advice", gives=AdviceListOut, roles=LEADERS)
def index() -> Response:
    """What is advised now, the best first."""
    hub = parts().hub
    with hub.lock:
        return answer(parts().feed.live.advice_told(hub.now()))


@route(advice, "POST", "/advice/<id_>/accept", gives=AnsweredOut, roles=LEADERS)
def accept(id_: str) -> Response:
    """Make the move, in one command: counters change at once, and the log keeps what it was expected to bring."""
    return _answer(id_, "accepted", lambda found: cmd.AcceptAdvice(found.id, found.move, found.expected))


@route(advice, "POST", "/advice/<id_>/decline", takes=DeclineIn, gives=AnsweredOut, roles=LEADERS)
def decline(id_: str, body: DeclineIn) -> Response:
    """Not this one, and why."""
    return _answer(id_, "declined", lambda found: cmd.DeclineAdvice(found.id, found.move, found.expected, body.reason))


def _answer(id_: str, how: str, command: Callable[[Any], cmd.Command]) -> Response:
    """Of two who answer at once, the second finds nothing any more."""
    hub, board, views, key = parts().hub, parts().views.board, parts().views, idempotency_key()
    with hub.lock:
        if key and (repeated := answered(key)):
            return repeated
        found = board.find(id_, hub.now())

        def render(hall: Any, _decision: object) -> dict[str, Any]:
            counter = hall.counters.get(found.move.counter)
            return {"id": id_, "answer": how, "counter": counter and views.staff_counter(hall, counter, hub.now())}

        try:
            outcome = hub.handle(command(found), actor(), key=key, render=render)
        except Conflict:
            board.drop(id_)  # it no longer fits, and nobody else need find that out by a tap
            raise
        board.drop(id_)
        return told(outcome)
