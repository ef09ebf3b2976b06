"""What the hub knows of its devices: who is on the line, how their equipment is. In memory: it is about now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.core.hall import Hall
from app.core.permissions import Actor
from app.plain import iso
from app.store.accounts import Device

MOST_OF_A_KIND = 200
OWN_AGENT = "agent"  # the one that the hub starts itself, by the name in its token: no device of the centre


class Equipment(BaseModel):
    """One board, printer, keypad or scanner as its agent reports it; `shown` is only claimed where a board answers.

    `code` names what is wrong, for a page to say in its reader's language; `detail` is the agent's own English.
    """

    model_config = ConfigDict(extra="ignore")
    name: str
    bus: str = ""
    counter: int | None = None
    kiosk: str = ""
    state: str
    shown: str = ""
    code: str = ""
    detail: str = ""
    since: str = ""
    next_attempt: str | None = None


class HealthReport(BaseModel):
    """By kind, so that a page can say what it is that is down."""

    boards: list[Equipment] = Field(default=[], max_length=MOST_OF_A_KIND)
    printers: list[Equipment] = Field(default=[], max_length=MOST_OF_A_KIND)
    keypads: list[Equipment] = Field(default=[], max_length=MOST_OF_A_KIND)
    scanners: list[Equipment] = Field(default=[], max_length=MOST_OF_A_KIND)


Kind = Literal["boards", "printers", "keypads", "scanners"]
NOTHING = HealthReport()


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of equipment, the agent that reported it, and whether that agent is on the line."""

    agent: str
    online: bool
    equipment: Equipment


@dataclass
class Health:
    """`known` reads the centre's devices from the database: who asks for several things at once hands its answer on."""

    known: Callable[[], list[Device]]
    seen: dict[str, int] = field(default_factory=dict)
    reports: dict[str, HealthReport] = field(default_factory=dict)
    online: set[str] = field(default_factory=set)

    def heard(self, actor: Actor, payload: object, now: int) -> bool:
        """Take an agent's report; False where it is not one."""
        try:
            report = HealthReport.model_validate(payload)
        except ValidationError:
            return False
        self.here(actor, now)
        self.reports[actor.name] = report
        return True

    def here(self, actor: Actor, now: int) -> None:
        self.seen[actor.name] = now
        self.online.add(actor.name)

    def gone(self, actor: Actor, now: int) -> None:
        self.seen[actor.name] = now
        self.online.discard(actor.name)

    def devices(self, hall: Hall, known: Sequence[Device] | None = None) -> list[dict[str, Any]]:
        """Every device with what is known of it; the hub's own agent has no row, but boards."""
        rows = [(device.name, device.kind, device.page) for device in (self.known() if known is None else known)]
        names = {name for name, _, _ in rows}
        self._forget_all_but(names)
        own = [(OWN_AGENT, "agent", "")] if OWN_AGENT in self.reports.keys() - names else []
        return [
            {
                "name": name,
                "kind": kind,
                "page": page,
                "online": name in self.online,
                "last_seen": iso(hall, self.seen.get(name)),
                **self.reports.get(name, NOTHING).model_dump(),
            }
            for name, kind, page in (*rows, *own)
        ]

    def all_of(self, kind: Kind, known: Sequence[Device] | None = None) -> list[Found]:
        """Every piece of a kind, those of agents that are here first."""
        self._forget_all_but({device.name for device in (self.known() if known is None else known)})
        every = [
            Found(agent, agent in self.online, equipment)
            for agent, report in self.reports.items()
            for equipment in getattr(report, kind)
        ]
        return sorted(every, key=lambda found: not found.online)

    def printer_in(self, kiosk: str, hall: Hall, printers: Sequence[Found] | None = None) -> dict[str, Any] | None:
        """What a kiosk is told of the printer in it (docs/feed.md); None where there is none."""
        every = self.all_of("printers") if printers is None else printers
        found = next((each for each in every if each.equipment.kiosk == kiosk), None)
        if found is None:
            return None
        if not found.online:
            return {"state": "down", "code": "agent_away", "since": iso(hall, self.seen.get(found.agent))}
        return found.equipment.model_dump(include={"state", "code", "since"})

    def _forget_all_but(self, names: set[str]) -> None:
        """A device that was removed leaves no report behind, nor does another of its name find them."""
        for name in list(self.reports):
            if name not in names | {OWN_AGENT}:
                self.reports.pop(name, None)
