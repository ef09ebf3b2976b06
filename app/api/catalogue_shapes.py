"""What the API takes and gives of procedures."""

from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

from app.api.shapes import Forecast
from app.shaping import Strict

Online = Literal["full", "partial", "no", ""]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Needed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class ProcedureOut(BaseModel):
    """`documents` is one text; `bring` the same as a list."""

    code: str
    service: str
    service_name: str
    service_name_en: str
    name: str
    name_en: str
    field: str
    time_limit: str
    documents: str
    bring: list[str]
    online: Online
    fee: str
    keywords: str
    source: str
    verified: bool


class ProceduresOut(BaseModel):
    procedures: list[ProcedureOut]
    query: str


class ServedAt(BaseModel):
    number: int
    name: str
    state: str


class OneProcedureOut(ProcedureOut):
    """With the counters that serve it, open ones first, and what somebody who takes a number now may expect."""

    counters: list[ServedAt]
    waiting: int
    forecast: Forecast | None


class ProcedureIn(Strict):
    service: Needed
    name: Needed
    name_en: Line = ""
    field: Line = ""
    time_limit: Line = ""
    documents: Line = ""
    online: Online = ""
    fee: Line = ""
    keywords: Line = ""
    source: Line = ""
    verified: bool = False


class NamedOut(BaseModel):
    code: str
    name: str
    service: str


class ChangeOut(BaseModel):
    field: str
    before: str | bool
    after: str | bool


class ChangedOut(NamedOut):
    fields: list[ChangeOut]


class CatalogueChangesOut(BaseModel):
    """What a file changes. `digest` stands for this comparison: sent as X-Digest, nothing else is done."""

    added: list[NamedOut]
    changed: list[ChangedOut]
    removed: list[NamedOut]
    unchanged: int
    digest: str
