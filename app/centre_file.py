"""The centre file: settings, services, counters, rota and skills as TOML.

It seeds a new database, and is written out again.
"""

import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import Field, ValidationError

from app.core import commands as cmd
from app.core.centre import ClosedDays, PriorityClass, Service, Settings, Shift, SlotRule
from app.core.errors import Invalid
from app.core.hall import CounterKind, Hall
from app.core.permissions import SYSTEM, Actor
from app.hub import Hub
from app.shaping import Strict, model_of, values_of

STARTING_CENTRE = Path(__file__).parent / "data" / "starting-centre.toml"


class BadCentreFile(Invalid):
    code = "bad_centre_file"
    text = "%(file)s: %(where)s: %(why)s."


CentrePart = model_of(Settings, "CentrePart", without=("priority_classes",))
ServicePart = model_of(Service, "ServicePart", without=("position",))
ClassPart = model_of(PriorityClass, "ClassPart")
ShiftPart = model_of(Shift, "ShiftPart")
SlotPart = model_of(SlotRule, "SlotPart")
ClosedPart = model_of(ClosedDays, "ClosedPart")


class CounterPart(Strict):
    number: int
    name: str = ""
    own: tuple[str, ...]
    help: tuple[str, ...] = ()
    kind: CounterKind = CounterKind.DESK


class SkillPart(Strict):
    clerk: str = Field(min_length=1)
    services: tuple[str, ...] = Field(min_length=1)


class Centre(Strict):
    """A whole centre file. The order of the services is their order on every screen.

    A file that says nothing of the rota, of skills, of times to book or of closed days, as those of version 0.1, leaves
    them as they are.
    """

    centre: CentrePart  # type: ignore[valid-type]  # a model made of a dataclass
    services: tuple[ServicePart, ...] = Field(min_length=1)  # type: ignore[valid-type]
    counters: tuple[CounterPart, ...] = Field(min_length=1)
    priority_classes: tuple[ClassPart, ...] = ()  # type: ignore[valid-type]
    skills: tuple[SkillPart, ...] | None = None
    rota: tuple[ShiftPart, ...] | None = None  # type: ignore[valid-type]
    slots: tuple[SlotPart, ...] | None = None  # type: ignore[valid-type]
    closed_days: tuple[ClosedPart, ...] | None = None  # type: ignore[valid-type]


def loads(text: str, name: str) -> Centre:
    """Read a centre file's text. Raises BadCentreFile with the place of the fault."""
    try:
        return Centre.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadCentreFile(file=name, where="TOML", why=error) from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadCentreFile(file=name, where=where, why=first["msg"]) from None


def dumps(centre: Centre) -> str:
    """The file's text; `loads` gives the same centre again."""
    return tomlkit.dumps(centre.model_dump(mode="json", exclude_none=True))


def from_hall(hall: Hall) -> Centre:
    settings = asdict(hall.settings)
    classes = settings.pop("priority_classes")
    services = sorted(hall.services.values(), key=lambda service: (service.position, service.code))
    return Centre(
        centre=CentrePart(**settings),
        services=tuple(
            ServicePart(**{k: v for k, v in asdict(service).items() if k != "position"}) for service in services
        ),
        counters=tuple(
            CounterPart(number=c.number, name=c.name, own=c.own, help=c.help, kind=c.kind)
            for c in hall.counters.values()
        ),
        priority_classes=tuple(ClassPart(**each) for each in classes),
        skills=tuple(SkillPart(clerk=clerk, services=able) for clerk, able in sorted(hall.skills.items())),
        rota=tuple(ShiftPart(**asdict(shift)) for shift in hall.rota),
        slots=tuple(SlotPart(**asdict(rule)) for rule in hall.slots),
        closed_days=tuple(ClosedPart(**asdict(closed)) for closed in hall.closed),
    )


def apply(hub: Hub, centre: Centre, actor: Actor = SYSTEM) -> list[str]:
    """Make the hall what the file says, all of it or nothing. Returns what was changed, one line each."""
    with hub.lock:
        wanted = changes(hub.hall, centre)
        if wanted:
            hub.handle(cmd.Together(tuple(wanted)), actor)
        return [describe(command) for command in wanted]


def changes(hall: Hall, centre: Centre) -> list[cmd.CentreCommand]:
    """The commands that lead from the hall to the file: only what differs."""
    classes = tuple(PriorityClass(**values_of(each)) for each in centre.priority_classes)
    settings = Settings(**values_of(centre.centre), priority_classes=classes)
    services = [Service(**values_of(part), position=i) for i, part in enumerate(centre.services)]
    found: list[cmd.CentreCommand] = []
    if settings != hall.settings:
        found.append(cmd.SaveSettings(settings))
    found += [cmd.SaveService(service) for service in services if hall.services.get(service.code) != service]
    found += [
        cmd.SaveCounter(part.number, part.name, part.own, part.help, part.kind)
        for part in centre.counters
        if not _is_so(hall, part)
    ]
    kept_counters = {part.number for part in centre.counters}
    found += [cmd.RemoveCounter(number) for number in hall.counters if number not in kept_counters]
    kept_services = {service.code for service in services}
    found += [cmd.RemoveService(code) for code in hall.services if code not in kept_services]
    return found + _changes_of_plan(hall, centre)


def _changes_of_plan(hall: Hall, centre: Centre) -> list[cmd.CentreCommand]:
    """After services and counters: what they name may be new."""
    found: list[cmd.CentreCommand] = []
    if centre.skills is not None:
        able = {part.clerk: part.services for part in centre.skills}
        found += [cmd.SaveSkills(clerk, ()) for clerk in hall.skills if clerk not in able]
        found += [
            cmd.SaveSkills(clerk, services) for clerk, services in able.items() if hall.skills.get(clerk) != services
        ]
    if centre.rota is not None:
        shifts = tuple(Shift(**values_of(part)) for part in centre.rota)
        if set(shifts) != set(hall.rota):
            found.append(cmd.SaveRota(shifts))
    if centre.slots is not None:
        slots = tuple(SlotRule(**values_of(part)) for part in centre.slots)
        if set(slots) != set(hall.slots):
            found.append(cmd.SaveSlots(slots))
    if centre.closed_days is not None:
        closed = tuple(ClosedDays(**values_of(part)) for part in centre.closed_days)
        if set(closed) != set(hall.closed):
            found.append(cmd.SaveClosedDays(closed))
    return found


def describe(command: cmd.Command) -> str:
    """A command of an import in a few words."""
    match command:
        case cmd.SaveService(service=service):
            words = f"service {service.code}"
        case cmd.SaveCounter(counter=number):
            words = f"counter {number}"
        case cmd.RemoveService(service=code):
            words = f"- service {code}"
        case cmd.RemoveCounter(counter=number):
            words = f"- counter {number}"
        case cmd.SaveSkills(clerk=clerk):
            words = f"skills of {clerk}"
        case cmd.SaveRota():
            words = "rota"
        case cmd.SaveSlots():
            words = "times to book"
        case cmd.SaveClosedDays():
            words = "closed days"
        case _:
            words = "settings"
    return words


def _is_so(hall: Hall, part: CounterPart) -> bool:
    counter: Any = hall.counters.get(part.number)
    told = ("name", "own", "help", "kind")
    return counter is not None and all(getattr(counter, name) == getattr(part, name) for name in told)
