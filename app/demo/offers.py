"""What the demo's centre offers beside its queue: numbers from home, appointments, notices on its TV."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from app.demo.office import hub_time
from app.demo.voice import Asks

SETTINGS = {
    "home_numbers": True,
    "home_from": "06:00",
    "phone_numbers": True,
    "appointments": True,
    "appointment_days": 14,
    "home_visits": True,
}
WEEKDAYS = range(5)
HALVES = (("08:00", "11:00"), ("13:30", "16:30"))
BY_APPOINTMENT = ("DD", "HT", "KD")
EVERY_MIN, EACH = 30, 2
CITIZENS = (
    ("Nguyễn Thị Hồng", "0900 000 001"),
    ("Trần Văn Khoa", "0900 000 002"),
    ("Lê Minh Châu", "0900 000 003"),
    ("Phạm Thị Tuyết", "0900 000 004"),
)
ADDRESS = "12 đường Hoa Sữa, phường An Khánh"
WHY = "Đi lại khó khăn, đề nghị làm tại nhà"
NOTICES = {
    "giay-to": {
        "kind": "text",
        "text": "Ông/bà nhớ mang theo căn cước công dân. Bản sao cần có bản chính để đối chiếu.",
        "text_en": "Please have your identity card ready. Copies are checked against the original.",
        "seconds": 12,
    },
    "truc-tuyen": {
        "kind": "text",
        "text": "Nhiều thủ tục nộp được qua mạng, không cần xếp hàng. Hỏi cán bộ hướng dẫn ở bàn tiếp đón.",
        "text_en": "Many procedures can be filed online. Ask at the help desk.",
        "seconds": 12,
        "position": 1,
    },
    "loi-nhan": {"kind": "message", "text": "Quầy 10 trả kết quả cả buổi trưa", "until": "13:30"},
}


def furnish(desk: Asks) -> None:
    """Times to book, some that are booked, notices and a message."""
    services = {each["code"] for each in desk.ask("GET", "/hall")["services"]}
    desk.ask("PUT", "/slots", {"slots": list(_times(services))})
    for id_, notice in NOTICES.items():
        desk.ask("PUT", f"/notices/{id_}", notice)
    for place, service in enumerate(sorted(services.intersection(BY_APPOINTMENT))):
        _book(desk, service, place)
    _visit(desk, "HT" if "HT" in services else min(services))


def _times(services: set[str]) -> Iterator[dict[str, Any]]:
    for weekday in WEEKDAYS:
        for service in sorted(services.intersection(BY_APPOINTMENT)):
            for start, end in HALVES:
                facts = {"every_min": EVERY_MIN, "capacity": EACH}
                yield {"weekday": weekday, "service": service, "start": start, "end": end} | facts


def _book(desk: Asks, service: str, place: int) -> None:
    """A time on each of the first days that have one left; each service at another time and for other people first."""
    citizens = CITIZENS[place:] + CITIZENS[:place]
    for free, (name, phone) in zip(desk.ask("GET", f"/slots?service={service}")["days"], citizens, strict=False):
        at = free["times"][(place + 1) * len(free["times"]) // (len(BY_APPOINTMENT) + 2)]["at"]
        facts = {"kind": "slot", "service": service, "day": free["day"], "at": at}
        desk.ask("POST", "/bookings", facts | {"name": name, "phone": phone})


def _visit(desk: Asks, service: str) -> None:
    """Somebody who cannot come is called on tomorrow."""
    clock = hub_time(desk)
    day = clock.local(clock.now_ms()).date() + timedelta(days=1)
    name, phone = CITIZENS[0]
    facts = {"kind": "visit", "service": service, "day": day.isoformat(), "at": "09:00"}
    desk.ask("POST", "/bookings", facts | {"name": name, "phone": phone, "address": ADDRESS, "note": WHY})
