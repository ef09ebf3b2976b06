"""What is asked to be spoken, and where its sound is."""

from pydantic import BaseModel, Field

from app.shaping import Strict

LONGEST = 600
"""Characters: about a minute of speech at an old citizen's pace."""


class SpeakIn(Strict):
    text: str = Field(min_length=1, max_length=LONGEST)
    language: str = Field(default="vi", max_length=12)


class SpeakOut(BaseModel):
    speech: str
