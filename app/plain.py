"""The parts of docs/feed.md that need nothing but the hall: plain values for messages, answers and first paints."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.core.bookings import Booking
from app.core.centre import Service
from app.core.hall import Break, Hall
from app.planning.calibration import Range

View = dict[str, Any]


def centre(hall: Hall) -> View:
    settings = hall.settings
    return {
        "name": settings.name,
        "name_en": settings.name_en,
        "notice": settings.notice,
        "timezone": settings.timezone,
        "region": settings.voice_region,
        "languages": settings.languages,
        "target_s": settings.target_s,
        "amber_s": settings.amber_s,
        "arrive_after_s": settings.arrive_after_s,
        "priority_every": settings.priority_every,
        "priority_classes": [{"code": c.code, "name": c.name, "name_en": c.name_en} for c in settings.priority_classes],
        "accent": settings.accent,
        "alarm_sound": settings.alarm_sound,
        "phone_numbers": settings.phone_numbers,
        "home_numbers": settings.home_numbers,
        "appointments": settings.appointments,
        "ratings": settings.ratings,
        "one_per_person": settings.one_per_person,
    }


def notices(hall: Hall) -> list[View]:
    """What the TV shows between calls; each screen looks itself which of them are due."""
    shown = sorted(hall.notices.values(), key=lambda notice: (notice.position, notice.id))
    return [asdict(each) | {"until": iso(hall, each.until)} for each in shown if each.active]


def assistance(hall: Hall) -> list[View]:
    """Who asks for a helper, the longest first."""
    return [{"place": place, "at": iso(hall, at)} for place, at in sorted(hall.assistance.items(), key=lambda a: a[1])]


def booking(hall: Hall, each: Booking, now: int) -> View:
    """As whoever booked sees it."""
    return {
        "id": each.id,
        "code": each.code,
        "kind": each.kind,
        "state": each.state,
        "service": each.service,
        "service_name": service_names(hall, each.service)["name"],
        "service_name_en": service_names(hall, each.service)["name_en"],
        "procedure": each.procedure,
        "day": each.day,
        "at": iso(hall, each.at),
        "until": iso(hall, each.until),
        "number": each.number,
        "language": each.language,
        "ticket": each.ticket,
        "url": f"/b/{each.id}",
        "now": iso(hall, now),
    }


def service_names(hall: Hall, code: str) -> View:
    service = hall.services.get(code)
    return {"code": code, "name": service.name if service else code, "name_en": service.name_en if service else code}


def active_services(hall: Hall) -> Iterable[Service]:
    return sorted((s for s in hall.services.values() if s.active), key=lambda s: (s.position, s.code))


def as_forecast(expected: Range | None) -> View | None:
    return expected._asdict() if expected else None


def period(hall: Hall, each: Break) -> View:
    return {"start": iso(hall, each.start), "end": iso(hall, each.end)}


def iso(hall: Hall, at: int | None) -> str | None:
    """A time (ms) as RFC 3339 with the centre's offset."""
    if at is None:
        return None
    return datetime.fromtimestamp(at / 1000, ZoneInfo(hall.settings.timezone)).isoformat(timespec="milliseconds")
