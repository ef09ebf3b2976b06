"""What is taken and given for numbers from home, in the hall by phone, and for checking in."""

from typing import Literal

from pydantic import BaseModel, Field

from app.api.appointments_shapes import ClosedDaysOut, MadeOut
from app.api.shapes import Forecast
from app.shaping import Strict


class _Wish(Strict):
    """`person`: the number of a citizen card or a telephone, where the centre gives one number to each person."""

    service: str
    procedure: str | None = None
    language: str = Field(default="vi", max_length=12)
    claimed: bool = False
    person: str | None = Field(default=None, max_length=40)


class HomeIn(_Wish):
    pass


class TakeIn(_Wish):
    """`secret`: of the hall's poster."""

    secret: str = Field(max_length=100)


class CheckInIn(Strict):
    """One of the two: the six digits, or the id that the QR code holds."""

    code: str = Field(default="", max_length=20)
    booking: str = Field(default="", max_length=100)


class HomeServiceOut(BaseModel):
    """`served`: by the rota a counter is there when the turn would come; nothing is `left` where none is."""

    code: str
    name: str
    name_en: str
    left: int
    served: bool
    waiting: int
    forecast: Forecast | None
    ready_at: str


class HomeOut(BaseModel):
    """`closed`: why nothing is given, where the state is that."""

    state: Literal["off", "closed", "early", "open", "late"]
    closed: ClosedDaysOut | None
    start: str = Field(alias="from")
    until: str
    opens_at: str
    travel_min: int
    grace_min: int
    one_per_person: bool
    services: list[HomeServiceOut]
    now: str


class BookingOut(MadeOut):
    """`come_from`: since when it makes sense to be there; `ahead`: how many stand before, in the hall or on the way."""

    come_from: str
    ahead: int


class TakeAddressOut(BaseModel):
    url: str | None
