"""What a robot asks and scans, and what it is answered."""

from typing import Literal

from pydantic import BaseModel, Field

from app.api.home_shapes import BookingOut
from app.api.shapes import Forecast, TicketOut
from app.asking.understanding import LONGEST, Intent
from app.shaping import Strict

LONGEST_SCAN = 600
"""Characters: the newest citizen cards hold some 300."""


class AskIn(Strict):
    """`ticket`: the id of the citizen's own ticket, where it is known. `speak`: whether a sound is wanted too."""

    text: str = Field(min_length=1, max_length=LONGEST)
    language: str = Field(default="vi", max_length=12)
    ticket: str | None = Field(default=None, max_length=40)
    speak: bool = True


class ActionOut(BaseModel):
    """What can be done next, for a button with this `label`.

    take: POST /tickets with `service` and `procedure`; open: the page `url`; assistance: POST /assistance; check_in:
    POST /check-in with `code`, or ask for one; priority: send `priority` with the next ticket, as claimed.
    """

    kind: Literal["take", "open", "assistance", "check_in", "priority"]
    label: str
    service: str | None = None
    procedure: str | None = None
    url: str | None = None
    code: str | None = None
    booking: str | None = None
    priority: str | None = None


class ShortProcedureOut(BaseModel):
    code: str
    service: str
    name: str
    name_en: str
    bring: list[str]
    time_limit: str
    online: str
    fee: str
    verified: bool


class ShortServiceOut(BaseModel):
    """`counters`: the open ones that serve it."""

    code: str
    name: str
    name_en: str
    waiting: int
    forecast: Forecast | None
    counters: list[int]


class AskOut(BaseModel):
    """`language`: of the text. `speech`: the address of a sound that says it, or null where no voice is here."""

    intent: Intent
    text: str
    speech: str | None
    language: str
    procedures: list[ShortProcedureOut]
    services: list[ShortServiceOut]
    actions: list[ActionOut]


class ScanIn(Strict):
    """`text`: all that the code holds. It is kept nowhere and told to nobody."""

    text: str = Field(min_length=1, max_length=LONGEST_SCAN)
    language: str = Field(default="vi", max_length=12)
    speak: bool = True


class ScanOut(BaseModel):
    """Of a citizen card nothing but the age is told, and which `priority` class it gives a right to, if any."""

    kind: Literal["ticket", "booking", "citizen_card", "procedure", "unknown"]
    text: str
    speech: str | None
    language: str
    ticket: TicketOut | None
    booking: BookingOut | None
    age: int | None
    priority: str | None
    procedures: list[ShortProcedureOut]
    actions: list[ActionOut]
