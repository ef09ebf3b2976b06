"""The shapes of what a ticket's page asks for."""

from pydantic import BaseModel, Field

from app.api.shapes import Forecast
from app.nearness import LONGEST_WALK_MIN, ORDINARY_WALK_MIN
from app.shaping import Strict


class LetPassIn(Strict):
    count: int = Field(ge=1, le=5)


class LetPassOut(BaseModel):
    """What letting `count` people go first would mean; fewer than asked for where fewer wait behind. Minutes."""

    count: int
    ahead: int
    more_min: int | None
    forecast: Forecast | None


class PushKeyOut(BaseModel):
    key: str


class PushKeysIn(Strict):
    p256dh: str = Field(max_length=200)
    auth: str = Field(max_length=100)


class PushIn(Strict):
    endpoint: str = Field(max_length=1000)
    keys: PushKeysIn
    walk_min: int = Field(default=ORDINARY_WALK_MIN, ge=0, le=LONGEST_WALK_MIN)


class PushGoneIn(Strict):
    endpoint: str = Field(max_length=1000)


class NothingOut(BaseModel):
    pass
