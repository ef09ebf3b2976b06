"""The shapes of counters: what a press says and is answered with; a source of the API's OpenAPI description."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from app.core.hall import OVERRUN_REASONS, CounterKind
from app.shaping import Strict


class PressIn(Strict):
    """`seen`: the id of the ticket that the presser sees at the counter, "" for nobody."""

    seen: str | None = None


class CallIn(PressIn):
    ticket: str


class TransferIn(PressIn):
    """`back`: afterwards the citizen comes back for the present service."""

    service: str
    back: bool = False


class OpenIn(Strict):
    clerk: str | None = None


class PauseIn(Strict):
    until: str | None = None


class ServedIn(Strict):
    own: list[str]
    help: list[str] = Field(default=[])


ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["11:30"])]


class BreakIn(Strict):
    start: ClockTime
    end: ClockTime


class BreaksIn(Strict):
    breaks: list[BreakIn] = Field(max_length=20)


class OverrunIn(Strict):
    ticket: str
    reason: str = Field(json_schema_extra={"enum": list(OVERRUN_REASONS)})


class DossiersIn(Strict):
    """`returned_*`: results handed back before, on and after their date."""

    ticket: str
    received_online: int = 0
    received_in_person: int = 0
    returned_before: int = 0
    returned_on: int = 0
    returned_after: int = 0


class Reason(BaseModel):
    code: str
    text: str
    waited_s: int


class AtCounter(BaseModel):
    id: str
    number: str
    service: str
    state: str
    since: str
    called_at: str | None
    priority: bool


class CounterOut(BaseModel):
    number: int
    name: str
    kind: CounterKind
    state: Literal["open", "paused", "closed"]
    until: str | None
    own: list[str]
    help: list[str]
    ticket: AtCounter | None


class PressOut(BaseModel):
    ticket: AtCounter | None
    reason: Reason | None
    counter: CounterOut


class CounterIn(Strict):
    name: str = ""
    own: list[str]
    help: list[str] = Field(default=[])
    kind: CounterKind = CounterKind.DESK


class CountersOut(BaseModel):
    counters: list[dict[str, Any]]
