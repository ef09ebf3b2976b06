"""What has happened at a counter."""

from dataclasses import dataclass
from typing import TypeAlias

from app.core.advice import Expected, Move
from app.core.hall import Break


@dataclass(frozen=True, slots=True)
class PressUndone:
    """The press whose events are `first` to `last` is taken back."""

    counter: int
    verb: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class CounterOpened:
    counter: int
    clerk: str | None


@dataclass(frozen=True, slots=True)
class CounterPaused:
    counter: int
    until: str | None = None


@dataclass(frozen=True, slots=True)
class CounterClosed:
    counter: int


@dataclass(frozen=True, slots=True)
class CounterServicesSet:
    counter: int
    own: tuple[str, ...]
    help: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BreaksPlanned:
    counter: int
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class AdviceAccepted:
    """The events of the move itself follow in the same command."""

    advice: str
    counter: int
    move: Move
    expected: Expected


@dataclass(frozen=True, slots=True)
class AdviceDeclined:
    advice: str
    counter: int
    move: Move
    expected: Expected
    reason: str


CounterEvent: TypeAlias = (
    PressUndone
    | CounterOpened
    | CounterPaused
    | CounterClosed
    | CounterServicesSet
    | BreaksPlanned
    | AdviceAccepted
    | AdviceDeclined
)
