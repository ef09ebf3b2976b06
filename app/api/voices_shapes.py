"""The shapes of languages, clip packs and recordings."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, model_validator

from app.shaping import Strict

Text = Annotated[str, Field(min_length=1, max_length=120)]
Letter = Annotated[str, Field(min_length=1, max_length=1)]
Figures = Annotated[str, Field(pattern=r"^(0|[1-9][0-9]{0,3})$")]


class LanguageOut(BaseModel):
    code: str
    name: str
    texts: bool
    offered: bool


class LanguagesOut(BaseModel):
    languages: list[LanguageOut]


class VoiceIn(Strict):
    """A language to be recorded. What is left out is called by its Vietnamese words: they only name the recordings."""

    name: Text
    region: Literal["north", "central", "south"] = "north"
    opening: Text | None = None
    opening_again: Text | None = None
    to_counter: Text | None = None
    letters: dict[Letter, Text] = Field(default_factory=dict, max_length=60)
    digits: list[Text] | None = Field(default=None, min_length=10, max_length=10)
    numbers: dict[Figures, Text] = Field(default_factory=dict, max_length=200)
    espeak: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")] | None = None

    @model_validator(mode="after")
    def _no_two_alike(self) -> "VoiceIn":
        """Two phrases with one name would be one recording."""
        texts = [text.lower() for text in (*(self.digits or ()), *self.numbers.values()) if text]
        if len(set(texts)) != len(texts):
            message = "two digits or numbers have the same text"
            raise ValueError(message)
        return self


class PhraseOut(BaseModel):
    phrase: str
    kind: Literal["opening", "again", "counter", "digit", "number", "letter"]
    meaning: str
    recorded: bool


class PackOut(BaseModel):
    place: str
    own: bool
    clips: int
    missing: int


class VoiceOut(LanguageOut):
    by: Literal["clips", "piper", "espeak", "shipped", ""]
    why: str
    reads: bool
    packs: list[PackOut]
    own: bool
    recorded: int
    needed: int


class VoicesOut(BaseModel):
    languages: list[VoiceOut]
    problems: list[str]


class RecordingOut(VoiceOut):
    description: dict[str, Any]
    phrases: list[PhraseOut]


class ClipOut(BaseModel):
    phrase: str
    ms: int
