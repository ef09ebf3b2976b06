"""Who is able to do what, and who sits where on which weekday."""

from dataclasses import asdict
from typing import Annotated

from flask import Blueprint, Response
from pydantic import BaseModel, Field

from app.api.routes import actor, answer, idempotency_key, parts, route
from app.core import commands as cmd
from app.core.centre import Shift
from app.core.permissions import LEADERS
from app.shaping import Strict, model_of, values_of

rota = Blueprint("rota", __name__)
MOST_SHIFTS = 1000


class SkillsIn(Strict):
    services: Annotated[list[str], Field(max_length=200)]


class SkillsOut(BaseModel):
    clerk: str
    full_name: str
    services: list[str]


class AllSkillsOut(BaseModel):
    skills: list[SkillsOut]


ShiftIn = model_of(Shift, "ShiftIn")


class RotaIn(Strict):
    """The whole week."""

    shifts: Annotated[list[ShiftIn], Field(max_length=MOST_SHIFTS)]  # type: ignore[valid-type]  # made from a dataclass


@route(rota, "GET", "/skills", gives=AllSkillsOut, roles=LEADERS)
def skills() -> Response:
    """The services that each clerk is able to do; one who is not listed does what the counter has."""
    with parts().hub.lock:
        known = parts().hub.hall.skills
    return answer({"skills": [_skills(clerk, services) for clerk, services in sorted(known.items())]})


@route(rota, "PUT", "/people/<name>/skills", takes=SkillsIn, gives=SkillsOut, roles=LEADERS)
def save_skills(name: str, body: SkillsIn) -> Response:
    """Say what a clerk is able to do; nothing at all forgets what was said."""
    if body.services:
        parts().accounts.check_person(name)
    parts().hub.handle(cmd.SaveSkills(name, tuple(body.services)), actor(), key=idempotency_key())
    return answer(_skills(name, parts().hub.hall.skills.get(name, ())))


@route(rota, "GET", "/rota", gives=RotaIn, roles=LEADERS)
def show() -> Response:
    """The weekly rota. Between two shifts of a counter on one day lies its break."""
    return answer(_rota())


@route(rota, "PUT", "/rota", takes=RotaIn, gives=RotaIn, roles=LEADERS)
def save(body: RotaIn) -> Response:
    """The whole week anew. A shift may name no clerk (""), but nobody who does not work here."""
    shifts = tuple(Shift(**values_of(each)) for each in body.shifts)
    for clerk in sorted({shift.clerk for shift in shifts if shift.clerk}):
        parts().accounts.check_person(clerk)
    parts().hub.handle(cmd.SaveRota(shifts), actor(), key=idempotency_key())
    return answer(_rota())


def _rota() -> dict[str, object]:
    return {"shifts": [asdict(shift) for shift in parts().hub.hall.rota]}


def _skills(clerk: str, services: tuple[str, ...]) -> dict[str, object]:
    return {"clerk": clerk, "full_name": parts().accounts.full_name(clerk), "services": list(services)}
