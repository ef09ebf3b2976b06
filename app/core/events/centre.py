"""What has happened to the centre itself."""

from dataclasses import dataclass
from typing import TypeAlias

from app.core.centre import ClosedDays, Notice, Service, Settings, Shift, SlotRule
from app.core.hall import CounterKind


@dataclass(frozen=True, slots=True)
class DayStarted:
    pass


@dataclass(frozen=True, slots=True)
class SettingsSaved:
    settings: Settings


@dataclass(frozen=True, slots=True)
class ServiceSaved:
    service: Service


@dataclass(frozen=True, slots=True)
class ServiceRemoved:
    service: str


@dataclass(frozen=True, slots=True)
class CounterSaved:
    counter: int
    name: str
    own: tuple[str, ...]
    help: tuple[str, ...]
    kind: CounterKind = CounterKind.DESK


@dataclass(frozen=True, slots=True)
class CounterRemoved:
    counter: int


@dataclass(frozen=True, slots=True)
class CatalogueReplaced:
    """The procedures that people come for, as (code, service) pairs; their texts are the store's."""

    procedures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SkillsSaved:
    clerk: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RotaSaved:
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class SlotsSaved:
    slots: tuple[SlotRule, ...]


@dataclass(frozen=True, slots=True)
class ClosedDaysSaved:
    closed: tuple[ClosedDays, ...]


@dataclass(frozen=True, slots=True)
class AssistanceAsked:
    place: str


@dataclass(frozen=True, slots=True)
class AssistanceGiven:
    place: str


@dataclass(frozen=True, slots=True)
class NoticeSaved:
    notice: Notice


@dataclass(frozen=True, slots=True)
class NoticeRemoved:
    notice: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Something outside the hall that must stand in the log: people, devices, procedures. No secrets."""

    what: str
    name: str
    detail: str = ""


CentreEvent: TypeAlias = (
    DayStarted
    | SettingsSaved
    | ServiceSaved
    | ServiceRemoved
    | CounterSaved
    | CounterRemoved
    | CatalogueReplaced
    | SkillsSaved
    | RotaSaved
    | SlotsSaved
    | ClosedDaysSaved
    | AssistanceAsked
    | AssistanceGiven
    | NoticeSaved
    | NoticeRemoved
    | Noted
)
