"""What is to be printed, as the hub says it (docs/feed.md, `ask` with `what: "print"`). Knows no printer."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

USUAL_WITHIN_S: Final = 20


class _Block(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Block):
    """Words in any language: drawn, not sent as letters, for a printer's own letters know no Vietnamese."""

    kind: Literal["text"]
    text: Annotated[str, Field(max_length=300)]
    size: Literal["small", "normal", "large"] = "normal"
    bold: bool = False
    align: Literal["left", "center"] = "left"


class Number(_Block):
    """The ticket's number, in the printer's own letters, as large as the paper allows."""

    kind: Literal["number"]
    text: Annotated[str, Field(pattern=r"^[!-~]([ -~]{0,14}[!-~])?$")]


class Qr(_Block):
    kind: Literal["qr"]
    data: Annotated[str, Field(min_length=1, max_length=300)]


class Rule(_Block):
    kind: Literal["rule"]


class Space(_Block):
    kind: Literal["space"]


Block = Annotated[Text | Number | Qr | Rule | Space, Field(discriminator="kind")]


class Document(_Block):
    blocks: Annotated[list[Block], Field(min_length=1, max_length=40)]


class PrintRequest(_Block):
    """`job` names this one piece of paper: it is printed once at most, however often it is asked for.

    `within_s` is how long the hub waits: what cannot be out by then is not printed, for the citizen is told otherwise.
    """

    printer: str
    job: Annotated[str, Field(min_length=1, max_length=100)]
    document: Document
    within_s: Annotated[float, Field(gt=0, le=600)] = USUAL_WITHIN_S
