"""What a scanner has read, handed on to the kiosk or the clerk it belongs to; never kept, never logged (docs/feed.md).

A message with anything else in it than docs/feed.md has is dropped: so nothing more of a citizen's card comes through
than an age, whatever an agent sends.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from app.core.hall import Hall
from app.core.permissions import PEOPLE, Actor, Role

Name = Annotated[str, Field(max_length=60)]


class _Scan(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)
    scanner: Name
    counter: int | None = None
    kiosk: Name = ""


class TicketScan(_Scan):
    kind: Literal["ticket"]
    ticket: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16}$")]


class BookingScan(_Scan):
    kind: Literal["booking"]
    booking: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16}$")]


class DossierScan(_Scan):
    kind: Literal["dossier"]
    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9./_-]{2,62}[A-Za-z0-9]$")]


class CardScan(_Scan):
    kind: Literal["citizen_card"]
    age: Annotated[int, Field(ge=0, le=130)]


_SCAN: TypeAdapter[TicketScan | BookingScan | DossierScan | CardScan] = TypeAdapter(
    Annotated[TicketScan | BookingScan | DossierScan | CardScan, Field(discriminator="kind")]
)


@dataclass
class Scans:
    """`emit` sends (message, payload, line); a line is a Socket.IO sid."""

    emit: Callable[[str, object, str], None]

    def heard(self, payload: object, hall: Hall, lines: Mapping[str, Actor | None]) -> bool:
        """Take an agent's `scan`; False where it is none. `lines` says who is at the other end of each."""
        try:
            scan = _SCAN.validate_python(payload)
        except ValidationError:
            return False
        for line, actor in list(lines.items()):
            if actor and _concerns(scan, actor, hall):
                self.emit("scan", scan.model_dump(), line)
        return True


def _concerns(scan: _Scan, actor: Actor, hall: Hall) -> bool:
    if actor.role is Role.KIOSK:
        return bool(scan.kiosk) and actor.name == scan.kiosk
    counter = hall.counters.get(scan.counter) if scan.counter is not None else None
    return actor.role in PEOPLE and counter is not None and counter.clerk == actor.name
