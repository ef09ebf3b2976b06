"""What a scanned or typed code is. Of a citizen card nothing but the age leaves this module."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.asking.answers import Action, Answer
from app.asking.words import Words
from app.core.booking_errors import BookingOver
from hardware.scanners.parsing import parse

NO_DOSSIER = re.compile(r"(?!)")
PROCEDURE_URL = re.compile(r"https?://[\w.:\[\]-]{1,255}(?:/[\w.-]+)*/p/([\w.-]{1,60})/?(?:\?[\w=&%.-]*)?", re.ASCII)
HOUR_AND_MINUTE = slice(11, 16)  # of an ISO time
CODE = re.compile(r"\d{3}[ -]?\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Scanned:
    """`view`: what the hub knows of it: the ticket, the booking, the procedure, or the priority class of a card."""

    kind: str
    id: str = field(default="", repr=False)
    age: int | None = None
    view: Mapping[str, Any] = field(default_factory=dict)

    def with_view(self, view: Mapping[str, Any]) -> "Scanned":
        return replace(self, view=view)


def read(text: str, today: date) -> Scanned:
    """`kind`: ticket, booking, procedure, citizen_card, code (six digits of a booking) or unknown. Never the text."""
    text = text.strip()
    if found := parse(text.encode(), today, NO_DOSSIER):
        return Scanned(found.kind, found.facts.get(found.kind, ""), found.facts.get("age"))
    if page := PROCEDURE_URL.fullmatch(text):
        return Scanned("procedure", page[1])
    if CODE.fullmatch(text):
        return Scanned("code", text.replace(" ", "").replace("-", ""))
    return Scanned("unknown")


def tell(scanned: Scanned, words: Words) -> Answer:
    """What it is, in words, and what can be done with it."""
    return TOLD[scanned.kind](scanned, words)


def _ticket(scanned: Scanned, words: Words) -> Answer:
    action: Action = {"kind": "open", "label": words.t("My number"), "url": scanned.view["url"]}
    return Answer(words.ticket(scanned.view), [action])


def _booking(scanned: Scanned, words: Words) -> Answer:
    booking = scanned.view
    name = booking["service_name_en"] if words.language == "en" else booking["service_name"]
    if booking["state"] == "lapsed" and booking["until"]:
        text = words.t(BookingOver.text, number=booking["number"], until=booking["until"][HOUR_AND_MINUTE])
        return Answer(text, [{"kind": "take", "label": name, "service": booking["service"]}, _assistance(words)])
    if booking["state"] != "booked" or booking["kind"] == "visit":
        text = words.t("Your booking for %(name)s cannot be used any more. Please ask the staff.", name=name)
        return Answer(text, [_assistance(words)])
    action: Action = {"kind": "check_in", "label": words.t("I am here: give me my number"), "booking": scanned.id}
    return Answer(words.t("You have booked: %(name)s. Touch the button to get your number.", name=name), [action])


def _card(scanned: Scanned, words: Words) -> Answer:
    right = scanned.view
    if not right:
        return Answer(words.t("Your card was read; nothing of it is kept. What do you come for?"))
    name = words.name(right)
    text = words.t("You may go first: %(name)s. Nothing of your card is kept. What do you come for?", name=name)
    return Answer(text, [{"kind": "priority", "label": name, "priority": right["code"]}])


def _procedure(scanned: Scanned, words: Words) -> Answer:
    found = scanned.view
    take: Action = {
        "kind": "take",
        "label": words.t("Take a number for this"),
        "service": found["service"],
        "procedure": found["code"],
    }
    sheet: Action = {
        "kind": "open",
        "label": words.name(found),
        "url": f"/p/{found['code']}",
        "procedure": found["code"],
    }
    return Answer(f"{words.name(found)}.", [take, sheet])


def _unknown(_scanned: Scanned, words: Words) -> Answer:
    return Answer(words.t("This code is not known here. Please ask the staff."), [_assistance(words)])


def _assistance(words: Words) -> Action:
    return {"kind": "assistance", "label": words.t("Ask a member of staff to come")}


TOLD = {
    "ticket": _ticket,
    "booking": _booking,
    "citizen_card": _card,
    "procedure": _procedure,
    "unknown": _unknown,
}
