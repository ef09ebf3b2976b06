"""What a code is. Pure, and of a citizen card nothing but the age leaves this module, not even in an exception.

Citizen card (căn cước công dân and căn cước), UTF-8, fields parted by `|`: number (12 digits) | former number (9 digits
or empty) | name | birth (ddmmyyyy) | sex | address | issue (ddmmyyyy); newer cards have further fields.
Source: the parsers of several programs that read it; the newer card's further fields were not seen.
A QR code is not signed: what it says is never taken as a proof of anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN_URL: Final = re.compile(
    r"https?://[\w.:\[\]-]{1,255}(?:/[\w.-]+)*/(?P<page>[tb])/(?P<id>[A-Za-z0-9_-]{16})/?(?:\?[\w=&%.-]*)?", re.ASCII
)
"""The page of a ticket, /t/ID, or of a booking, /b/ID."""
_OF_PAGE: Final = {"t": "ticket", "b": "booking"}
CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{2,62}[A-Za-z0-9]")
"""What may be shown as a dossier's code, whatever the setting says."""

IDENTITY_NUMBER: Final = re.compile(r"[0-9]{9}|[0-9]{12}")

FEWEST_CARD_FIELDS: Final = 7
_NUMBER, _FORMER_NUMBER, _BIRTH, _ISSUE = 0, 1, 3, 6
_CARD_NUMBER: Final = re.compile(r"[0-9]{12}")
_FORMER: Final = re.compile(r"(?:[0-9]{9})?")
_DATE: Final = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
OLDEST: Final = 130


@dataclass(frozen=True, slots=True)
class Scan:
    """A code that was understood: `kind` ticket, booking, dossier or citizen_card, and what of it goes to the hub."""

    kind: str
    facts: Mapping[str, Any] = field(repr=False)

    def to_feed(self) -> dict[str, Any]:
        """As docs/feed.md has it."""
        return {"kind": self.kind, **self.facts}


def parse(raw: bytes, today: date, dossier: re.Pattern[str]) -> Scan | None:
    """None for what is none of these. `today` is the centre's."""
    text = raw.decode("utf-8", "replace").strip()
    if "|" in text:
        return _citizen_card(text.split("|"), today)
    if found := OWN_URL.fullmatch(text):
        kind = _OF_PAGE[found["page"]]
        return Scan(kind, {kind: found["id"]})
    return _dossier(text, dossier)


def _citizen_card(fields: list[str], today: date) -> Scan | None:
    if len(fields) < FEWEST_CARD_FIELDS:
        return None
    numbers_fit = _CARD_NUMBER.fullmatch(fields[_NUMBER]) and _FORMER.fullmatch(fields[_FORMER_NUMBER])
    birth, issue = _date(fields[_BIRTH]), _date(fields[_ISSUE])
    if not numbers_fit or birth is None or issue is None or not birth <= issue <= today:
        return None
    age = _age(birth, today)
    return Scan("citizen_card", {"age": age}) if age <= OLDEST else None


def _date(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _age(birth: date, today: date) -> int:
    """Whole years; whoever was born on 29 February has a birthday on 1 March in the years between."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _dossier(text: str, pattern: re.Pattern[str]) -> Scan | None:
    found = pattern.fullmatch(text)
    if found is None:
        return None
    code = found["code"] if "code" in pattern.groupindex else text
    # a pattern that takes anything must not let the number of somebody's card pass
    if not code or not CODE.fullmatch(code) or IDENTITY_NUMBER.fullmatch(code):
        return None
    return Scan("dossier", {"code": code})
