"""The shapes that the API takes and gives; the source of its OpenAPI description."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from app.api.counter_shapes import CounterOut
from app.core.centre import Service, Settings
from app.shaping import Strict, model_of


def is_own_page(url: str) -> bool:
    """A path on this server: browsers take a second slash or a backslash for the beginning of another host."""
    return url.startswith("/") and not url.startswith(("//", "/\\")) and url.isprintable()


def _own_page(url: str) -> str:
    if not is_own_page(url):
        kind, text = "own_page", "must be a page of this server, such as /tv"
        raise PydanticCustomError(kind, text)
    return url


OwnPage = Annotated[str, Field(max_length=200), AfterValidator(_own_page)]


class TicketIn(Strict):
    service: str
    procedure: str | None = None
    priority: str | None = None
    language: str = Field(default="vi", max_length=12)
    channel: Literal["kiosk", "staff", "robot", "phone"] = "kiosk"
    then: tuple[str, ...] = Field(default=(), max_length=5)
    dossiers: int = 1
    claimed: bool = False


class Forecast(BaseModel):
    low_min: int
    high_min: int


class TicketOut(BaseModel):
    id: str
    number: str
    service: str
    service_name: str
    service_name_en: str
    priority: bool
    then: list[dict[str, str]]
    dossiers: int
    rated: bool
    state: str
    counter: int | None
    ahead: int
    forecast: Forecast | None
    issued_at: str
    called_at: str | None
    url: str
    now: str


class ServiceOut(BaseModel):
    code: str
    letter: str
    name: str
    waiting: int
    longest_wait_s: int
    forecast: Forecast | None


class CallOut(BaseModel):
    seq: int
    number: str
    counter: int
    at: str


class HallOut(BaseModel):
    seq: int
    day: str
    services: list[ServiceOut]
    counters: list[CounterOut]
    calls: list[CallOut]


class EventsOut(BaseModel):
    events: list[dict[str, Any]]
    last: int


class SignIn(Strict):
    name: str
    password: str


class PersonView(BaseModel):
    name: str
    full_name: str
    role: str


class SessionOut(BaseModel):
    person: PersonView
    counter: int | None


class PasswordIn(Strict):
    old: str
    new: str


class SetupIn(Strict):
    token: str
    name: str
    full_name: str = ""
    password: str


class PersonIn(Strict):
    full_name: str = ""
    role: Literal["clerk", "supervisor", "admin"]
    active: bool = True
    password: str | None = None


class PersonOut(PersonView):
    active: bool


class PeopleOut(BaseModel):
    people: list[PersonOut]


class JoinIn(Strict):
    page: OwnPage = "/tv"


class JoinOut(BaseModel):
    code: str
    secret: str
    expires_s: int


class JoiningOut(BaseModel):
    state: Literal["waiting", "joined", "expired"]
    page: str


class JoinDeviceIn(Strict):
    code: str
    name: str
    page: OwnPage | None = None


class DeviceIn(Strict):
    name: str
    kind: Literal["kiosk", "display", "agent", "robot"]


class DeviceOut(BaseModel):
    name: str
    kind: str
    page: str


class NewDeviceOut(DeviceOut):
    token: str


class DevicesOut(BaseModel):
    devices: list[dict[str, Any]]


ServiceIn = model_of(Service, "ServiceIn", without=("code",))
SettingsIn = model_of(Settings, "SettingsIn")


class ServicesOut(BaseModel):
    services: list[dict[str, Any]]


class DossiersOut(BaseModel):
    """`source`: who told it. `carried`: open as the period began. What clerks tell has no `open` and no `as_of`."""

    source: Literal["system", "clerks", "none"]
    as_of: str | None
    received: int
    online: int
    in_person: int
    carried: int | None
    returned: int
    before: int
    on: int
    after: int
    undated: int
    open: int | None
    open_in_time: int | None
    open_late: int | None
    services: list[dict[str, Any]]


class Period(BaseModel):
    """Times in seconds, shares from 0 to 1, null where nothing is known; docs/reports.md tells each figure."""

    from_: str = Field(alias="from")
    to: str
    days: int
    tickets: dict[str, int]
    waits: dict[str, Any]
    handling: dict[str, Any]
    services: list[dict[str, Any]]
    counters: list[dict[str, Any]]
    clerks: list[dict[str, Any]]
    by_day: list[dict[str, Any]]
    by_hour: list[dict[str, Any]]
    heat: list[dict[str, Any]]
    overruns: dict[str, Any]
    advice: list[dict[str, Any]]
    advice_answers: dict[str, Any]
    dossiers: DossiersOut
    ratings: dict[str, Any]
    by_channel: dict[str, Any]
    bookings: dict[str, Any]


class Report(Period):
    date: str


class BriefingOut(DossiersOut):
    from_: str = Field(alias="from")
    to: str
    centre: str
    waits: dict[str, Any]
    handling: dict[str, Any]
    tickets: dict[str, int]
    sentence_vi: str
    sentence_en: str


class RecentOut(BaseModel):
    services: list[dict[str, Any]]


class ImportedOut(BaseModel):
    """`new`, `changed` and `same` dossiers of the file."""

    new: int
    changed: int
    same: int


class HealthOut(BaseModel):
    ready: bool
    seq: int
    day: str
    why: str = ""


class LogOut(BaseModel):
    events: list[dict[str, Any]]
