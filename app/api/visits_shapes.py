"""The shapes of what goes with a visit: priority, a rating, a helper; a source of the API's OpenAPI description."""

from pydantic import BaseModel, Field

from app.core.hall import RATING_REASONS
from app.shaping import Strict


class PriorityIn(Strict):
    """`priority`: the code of one of the centre's classes."""

    priority: str


class ConfirmIn(Strict):
    ticket: str


class RatingIn(Strict):
    """`face`: 1 not satisfied, 2 satisfied, 3 very satisfied."""

    face: int
    reason: str | None = Field(default=None, json_schema_extra={"enum": [*RATING_REASONS, None]})


class CounterRatingIn(RatingIn):
    """`ticket`: who was asked; a tablet that asks has read it in the news of the finish."""

    ticket: str | None = None


class RatedOut(BaseModel):
    """That it was counted: whose it was, the answer does not say."""

    counted: bool


class AssistanceIn(Strict):
    """`counter`: for a counter or a station; without it, a kiosk or a robot asks for itself."""

    counter: int | None = None


class PlaceOut(BaseModel):
    place: str
    at: str


class AssistanceOut(BaseModel):
    assistance: list[PlaceOut]
