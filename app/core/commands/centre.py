"""Commands about the centre itself: its settings, its plan, its notices."""

from dataclasses import dataclass

from app.core.centre import ClosedDays, Notice, Service, Settings, Shift, SlotRule
from app.core.hall import CounterKind


@dataclass(frozen=True, slots=True)
class StartDay:
    """Begin the centre's new day if midnight has passed; harmless otherwise."""


@dataclass(frozen=True, slots=True)
class SaveSettings:
    settings: Settings


@dataclass(frozen=True, slots=True)
class SaveService:
    service: Service


@dataclass(frozen=True, slots=True)
class RemoveService:
    service: str


@dataclass(frozen=True, slots=True)
class SaveCounter:
    counter: int
    name: str
    own: tuple[str, ...]
    help: tuple[str, ...]
    kind: CounterKind = CounterKind.DESK


@dataclass(frozen=True, slots=True)
class RemoveCounter:
    counter: int


@dataclass(frozen=True, slots=True)
class ReplaceCatalogue:
    """All procedures, as (code, service) pairs."""

    procedures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SaveSkills:
    """The services that a clerk (sign-in name) is able to do; none: the entry is forgotten."""

    clerk: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaveRota:
    """The whole week at once."""

    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class SaveSlots:
    """The times of the whole week that can be booked, at once."""

    slots: tuple[SlotRule, ...]


@dataclass(frozen=True, slots=True)
class SaveClosedDays:
    """All of them at once. Bookings that stand on such a day stay: somebody has to phone."""

    closed: tuple[ClosedDays, ...]


@dataclass(frozen=True, slots=True)
class SaveNotice:
    notice: Notice


@dataclass(frozen=True, slots=True)
class RemoveNotice:
    notice: str


@dataclass(frozen=True, slots=True)
class Note:
    """Put a change of people, devices or procedures into the log."""

    what: str
    name: str
    detail: str = ""
