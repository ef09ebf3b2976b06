"""By which a telephone is known for a day, without a name: a random cookie that nobody but this hub can make."""

import secrets
from typing import Final

from app.day_key import DayKey

PHONE_COOKIE: Final = "toiluot_phone"
ID_BYTES: Final = 12
MAC_DIGITS: Final = 32
DAY_S: Final = 24 * 3600


def new_mark(key: DayKey) -> str:
    """The cookie's value."""
    phone = secrets.token_urlsafe(ID_BYTES)
    return f"{phone}.{_mac(key, phone)}"


def phone_of(key: DayKey, mark: str) -> str | None:
    """The phone's id; None for a mark of another day, or of somebody's own making."""
    phone, _, mac = mark.partition(".")
    return phone if secrets.compare_digest(mac.encode(), _mac(key, phone).encode()) else None


def _mac(key: DayKey, phone: str) -> str:
    return key.digest("mark", phone)[:MAC_DIGITS]
