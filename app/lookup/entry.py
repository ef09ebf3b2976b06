"""A procedure as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.procedures import capital, papers


@dataclass(frozen=True, slots=True)
class Entry:
    """`online` is "full", "partial", "no" or "" for not known; `fee` "" for not known."""

    code: str
    name: str
    name_en: str
    service: str
    service_name: str
    service_name_en: str
    bring: tuple[str, ...]
    time_limit: str
    online: str
    fee: str
    verified: bool


def entry_of(found: Mapping[str, Any], services: Mapping[str, Mapping[str, str]]) -> Entry:
    """`services`: the active ones by code; a procedure whose service is closed down is shown without one."""
    service = services.get(found["service"], {})
    return Entry(
        code=found["code"],
        name=found["name"],
        name_en=found["name_en"],
        service=found["service"],
        service_name=service.get("name", ""),
        service_name_en=service.get("name_en", ""),
        bring=papers(found),
        time_limit=capital(found["time_limit"]),
        online=found["online"],
        fee=capital(found["fee"]),
        verified=found["verified"],
    )
