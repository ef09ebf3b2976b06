"""The made-up centre: its name, its people and its devices, put in through the API as an administrator would."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.demo import offers, station, week
from app.demo.settings import KIOSK
from app.demo.voice import Asks, Refused
from app.planning.scenario import OPENS_MIN, Scenario
from app.store.database import connect, naming_the_file
from app.store.load import load_hall

MARK = "(bản chạy thử)"
NAME = f"Trung tâm Phục vụ hành chính công phường An Khánh {MARK}"
NAME_EN = "An Khánh Ward Public Service Centre (trial)"
TIMEZONE = "Asia/Ho_Chi_Minh"
LETTERS = "abcdefghkmnpqrstuvwxyz23456789"
"""Without letters that look like figures: the password is there to be typed."""


@dataclass(frozen=True, slots=True)
class Person:
    """`called` is how a colleague speaks of them."""

    name: str
    full_name: str
    called: str
    role: str = "clerk"


ADMIN = Person("quan-tri", "Nguyễn Văn Bình", "anh Bình", "admin")
SUPERVISOR = Person("phu-trach", "Trần Thị Hương", "chị Hương", "supervisor")
CLERKS = (
    Person("lan", "Lê Thị Lan", "chị Lan"),
    Person("minh", "Phạm Quang Minh", "anh Minh"),
    Person("hoa", "Võ Thị Hoa", "chị Hoa"),
    Person("tuan", "Đặng Anh Tuấn", "anh Tuấn"),
    Person("hanh", "Bùi Thị Hạnh", "chị Hạnh"),
    Person("dung", "Hồ Tiến Dũng", "anh Dũng"),
    Person("mai", "Ngô Thị Mai", "chị Mai"),
    Person("phuc", "Dương Hồng Phúc", "anh Phúc"),
    Person("thao", "Lý Thị Thảo", "chị Thảo"),
    Person("son", "Đỗ Thái Sơn", "anh Sơn"),
)


class NotADemo(Exception):
    """The database is a real centre's; the demo would give it people with known passwords."""


@dataclass(frozen=True, slots=True)
class Centre:
    """What is needed to come in: one password for all people, the tokens of the devices."""

    clerks: dict[int, Person]
    password: str
    screen_token: str
    kiosk_token: str
    robot_token: str
    door_token: str


def clerks_of(scenario: Scenario) -> dict[int, Person]:
    """Who sits where. A scenario with more counters than we have names gets people with numbers."""
    more = (Person(f"can-bo-{n}", f"Cán bộ {n}", f"cán bộ {n}") for n in range(len(CLERKS) + 1, 100))
    people = (*CLERKS, *more)
    return dict(zip(sorted(plan.number for plan in scenario.counters), people, strict=False))


def furnish(desk: Asks, scenario: Scenario, speed: float) -> Centre:
    """Name the centre, seat its counters, add people and devices. Raises Refused."""
    settings = desk.ask("GET", "/settings") | {"name": NAME, "name_en": NAME_EN} | offers.SETTINGS | for_hands(speed)
    desk.ask("PUT", "/settings", settings)
    set_counters(desk, scenario)
    clerks = clerks_of(scenario)
    station.furnish(desk, max(clerks) + 1)
    password = hire(desk, ADMIN, SUPERVISOR, *clerks.values())
    plan_the_week(desk, scenario, clerks)
    offers.furnish(desk)
    return Centre(
        clerks,
        password,
        screen_token=new_device(desk, "tv", "display"),
        kiosk_token=new_device(desk, KIOSK, "kiosk"),
        robot_token=new_device(desk, "robot", "robot"),
        door_token=new_device(desk, "may-lay-so", "kiosk"),
    )


def for_hands(speed: float) -> dict[str, int]:
    """A hand is not faster because the centre's clock is: what a clerk has 10 s for, stays 10 real seconds."""
    faster = max(speed, 1)
    return {"undo_s": min(round(10 * faster), 300), "double_press_ms": min(round(1000 * faster), 10_000)}


def set_counters(desk: Asks, scenario: Scenario) -> None:
    """Make the counters serve what the scenario says."""
    for plan in scenario.counters:
        desk.ask("PUT", f"/counters/{plan.number}/services", {"own": plan.own, "help": plan.help})


def plan_the_week(desk: Asks, scenario: Scenario, clerks: Mapping[int, Person], opens_min: int = OPENS_MIN) -> None:
    """What each clerk is able to do, and the rota; `opens_min` in minutes of the clock."""
    for plan in scenario.counters:
        desk.ask("PUT", f"/people/{clerks[plan.number].name}/skills", {"services": plan.able})
    names = {number: person.name for number, person in clerks.items()}
    desk.ask("PUT", "/rota", {"shifts": week.rota(scenario, names, opens_min)})


def hire(desk: Asks, *people: Person) -> str:
    """Add people, or give them a new password; returns it."""
    password = "".join(secrets.choice(LETTERS) for _ in range(10))
    for person in people:
        body = {"full_name": person.full_name, "role": person.role, "password": password}
        desk.ask("PUT", f"/people/{person.name}", body)
    return password


def check_is_a_demo(db: Path) -> str:
    """The last day in a kept demo database, "" where there is none yet. Raises NotADemo or a StoreError."""
    if not db.exists():
        return ""
    with naming_the_file(db):
        hall = load_hall(connect(db))
    if MARK not in hall.settings.name:
        raise NotADemo(f"{db} is not a demo's database but that of '{hall.settings.name}'; name a new file")
    return hall.day


def new_device(desk: Asks, name: str, kind: str) -> str:
    """Its new token; one from an earlier run is worth nothing from now on."""
    try:
        desk.ask("DELETE", f"/devices/{name}")
    except Refused as refusal:
        if refusal.code != "unknown_device":
            raise
    made: dict[str, Any] = desk.ask("POST", "/devices", {"name": name, "kind": kind})
    return str(made["token"])
