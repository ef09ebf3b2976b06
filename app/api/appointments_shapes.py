"""The shapes of appointments and home visits."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from app.core.centre import CLOCK_TIME, ClosedDays, SlotRule
from app.shaping import Strict, model_of

MOST_RULES = 1000
MOST_CLOSED = 500
# Digits with what people write between them; nothing that could be a name.
PHONE = r"^(\+?[0-9][0-9 .()-]{6,18}[0-9])?$"

At = Annotated[str, Field(pattern=f"^{CLOCK_TIME.pattern}$", description="HH:MM of the centre's clock")]
Name = Annotated[str, Field(max_length=80)]
Phone = Annotated[str, Field(max_length=20, pattern=PHONE)]
Address = Annotated[str, Field(max_length=200)]
Note = Annotated[str, Field(max_length=500)]

SlotRuleIn = model_of(SlotRule, "SlotRuleIn")


class SlotRulesIn(Strict):
    """The whole week."""

    slots: Annotated[list[SlotRuleIn], Field(max_length=MOST_RULES)]  # type: ignore[valid-type]  # made from a dataclass


ClosedDaysIn = model_of(ClosedDays, "ClosedDaysIn")


class AllClosedDaysIn(Strict):
    """All of them."""

    closed: Annotated[list[ClosedDaysIn], Field(max_length=MOST_CLOSED)]  # type: ignore[valid-type]


class ClosedDaysOut(BaseModel):
    """The centre is shut from `first` to `last`, both included; `word` and `word_en` say why, or are empty."""

    first: str
    last: str
    word: str
    word_en: str


class StandingOut(BaseModel):
    """What is still booked on a closed day: appointments, home visits, numbers from home. Somebody has to phone."""

    day: str
    slots: int
    visits: int
    home: int


class ClosedDaysAndStandingOut(ClosedDaysOut):
    standing: list[StandingOut]


class AllClosedDaysOut(BaseModel):
    """In the order of their dates; `standing`: a day on which nothing is booked is left out."""

    closed: list[ClosedDaysAndStandingOut]


class TimeOut(BaseModel):
    """`at`: HH:MM, to book with; `starts`: the same moment, RFC 3339; `free`: how many may still book it."""

    at: str
    starts: str
    free: int


class DayOut(BaseModel):
    day: str
    free: int
    times: list[TimeOut]


class FreeTimesOut(BaseModel):
    """From `first` to `last` can be booked. Only days with a free time are listed, or the one that was asked for.

    `closed`: the closed days among these, on which nothing can be booked.
    """

    service: str
    first: str
    last: str
    days: list[DayOut]
    closed: list[ClosedDaysOut]


class BookingIn(Strict):
    """`name`, `phone`, `address` and `note` are kept sealed. A `visit` is for staff to make; `clerk` goes there."""

    kind: Literal["slot", "visit"]
    service: Annotated[str, Field(max_length=12)]
    day: date
    at: At
    procedure: str | None = None
    language: Annotated[str, Field(max_length=12)] = "vi"
    claimed: bool = False
    name: Name = ""
    phone: Phone = ""
    address: Address = ""
    note: Note = ""
    clerk: str | None = None


class VisitIn(Strict):
    """Where one of the four personal fields is given, they replace all four."""

    day: date
    at: At
    clerk: str | None = None
    name: Name | None = None
    phone: Phone | None = None
    address: Address | None = None
    note: Note | None = None


class MadeOut(BaseModel):
    """What whoever booked is told. `url`: the page of the booking; `code`: to check in with."""

    id: str
    code: str
    kind: Literal["home", "slot", "visit"]
    state: str
    service: str
    service_name: str
    service_name_en: str
    procedure: str | None
    day: str
    at: str
    until: str | None
    number: str | None
    language: str
    ticket: str | None
    url: str
    now: str


class PersonalOut(BaseModel):
    name: str
    phone: str
    address: str
    note: str


class ListedOut(MadeOut):
    """A booking as staff see it. `mine`: the visit is this clerk's.

    `personal_state`: open (it is in `personal`), none (nothing was told), hidden (not for whoever asks), key_missing or
    other_key (it cannot be opened here).
    """

    clerk: str | None
    clerk_name: str
    mine: bool
    ticket_number: str | None
    personal: PersonalOut | None
    personal_state: str


class BookingsOut(BaseModel):
    """`closed`: the centre is shut on this day; whoever is still `booked` does not know it yet."""

    day: str
    now: str
    closed: ClosedDaysOut | None
    bookings: list[ListedOut]


def told_of(body: BookingIn | VisitIn) -> dict[str, Any]:
    """The personal fields as they were given, without blanks around them; None where none was."""
    given = {part: getattr(body, part) for part in ("name", "phone", "address", "note")}
    return {part: (text or "").strip() for part, text in given.items()}


def gives_personal(body: VisitIn) -> bool:
    return any(part is not None for part in (body.name, body.phone, body.address, body.note))
