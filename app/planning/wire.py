"""What the hub and the process beside it say to each other: a line of JSON each way."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from app.core.advice import Expected, Move
from app.planning.calibration import Range
from app.planning.moves import Advice


class Question(NamedTuple):
    """Look ahead from the hub's `now` (ms since the epoch), knowing the log up to `seq`."""

    now: int
    seq: int


class Answer(NamedTuple):
    """What to tell newcomers by service, those with priority too, and waiting people by ticket.

    `advice` None: no other than before.

    `at` is the `now` of the question.
    """

    at: int
    services: Mapping[str, Range]
    priority: Mapping[str, Range]
    tickets: Mapping[str, Range]
    advice: tuple[Advice, ...] | None


def line(said: Question | Answer) -> str:
    """With its end."""
    plain = said._asdict()
    if isinstance(said, Answer) and said.advice is not None:
        plain["advice"] = [asdict(each) for each in said.advice]
    return json.dumps(plain, separators=(",", ":")) + "\n"


def question_from(text: str) -> Question:
    return Question(**json.loads(text))


def answer_from(text: str | bytes) -> Answer:
    """Raises ValueError, KeyError or TypeError for what is no answer."""
    plain: dict[str, Any] = json.loads(text)
    advice = plain["advice"]
    return Answer(
        plain["at"],
        _ranges_from(plain["services"]),
        _ranges_from(plain["priority"]),
        _ranges_from(plain["tickets"]),
        None if advice is None else tuple(map(_advice_from, advice)),
    )


def _ranges_from(plain: dict[str, Any]) -> dict[str, Range]:
    return {key: Range(*told) for key, told in plain.items()}


def _advice_from(plain: dict[str, Any]) -> Advice:
    costs = tuple((service, minutes) for service, minutes in plain["expected"]["costs"])
    move: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in plain["move"].items()
    }
    return Advice(plain["id"], Move(**move), Expected(**plain["expected"] | {"costs": costs}), plain["until"])
