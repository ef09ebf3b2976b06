"""The shapes of notices and their files."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from app.shaping import Strict

MOST_LETTERS = {"text": 300, "picture": 160, "video": 160, "message": 80}
"""In both languages together: what can be read from 8 m, alone on the screen, under a picture, or under the calls."""

Kind = Literal["text", "picture", "video", "message"]


class NoticeIn(Strict):
    """What the TV shows between calls; `until`: "11:30" of today, or a time of RFC 3339."""

    kind: Kind
    text: str = ""
    text_en: str = ""
    media: str = ""
    seconds: int = 10
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    start: str = "00:00"
    end: str = "23:59"
    first: str = ""
    last: str = ""
    position: int = 0
    active: bool = True
    until: Annotated[str, Field(max_length=40)] | None = None


class NoticeOut(NoticeIn):
    """`missing`: its file is no longer there, so that the TV passes it over."""

    id: str
    missing: bool


class NoticesOut(BaseModel):
    notices: list[NoticeOut]


class MediaOut(BaseModel):
    media: str
    kind: Literal["picture", "video"]
    size: int
