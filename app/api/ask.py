"""For robots and other machines in the hall: a sentence asked and answered, a code scanned and told what it is."""

import logging
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response

from app import i18n
from app.api.ask_shapes import AskIn, AskOut, ScanIn, ScanOut
from app.api.limits import limited
from app.api.routes import actor, answer, parts, route
from app.asking.answers import Answer, Known
from app.asking.answers import answer as answer_of
from app.asking.phrases import load
from app.asking.scanned import Scanned, read, tell
from app.asking.understanding import Asked, Find, Found, Intent, Served, understand
from app.asking.words import Words
from app.at_home import booking_of_code, own_booking
from app.booking_words import closed_words
from app.core.centre import Shift
from app.core.closed_days import closed_on
from app.core.errors import UnknownTicket
from app.core.hall import Hall, Ticket
from app.core.permissions import PEOPLE, Role
from app.plain import active_services
from app.procedures import papers
from app.speaker import NotReadAloud, language_folders
from app.voice.errors import VoiceError

log = logging.getLogger(__name__)
ask = Blueprint("ask", __name__)
ASKERS = frozenset({Role.ROBOT, Role.KIOSK}) | PEOPLE
ANSWERS = 3
SHOWS_ALL = frozenset({Intent.TAKE, Intent.WAIT, Intent.HELP})
USUAL_AGE = 75


@ask.after_request
def never_from_a_cache(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-store")
    return response


# Not commands: they change nothing. What follows from an answer is a command of its own.
@route(ask, "POST", "/ask", takes=AskIn, gives=AskOut, roles=ASKERS)
@limited("60/minute", who=lambda: actor().label)
def question(body: AskIn) -> Response:
    """Ask in a sentence, as it was said or typed; at most 60 a minute for each token.

    The answer is a text, its sound, and what can be done next. Raises TooMany or UnknownTicket.
    """
    words = Words(body.language if body.language in i18n.languages() else i18n.HOME_LANGUAGE)
    asked = understand(body.text, words.language, load(language_folders(parts().config)), _served(), _find)
    known = _known(asked, body.ticket, words)
    answered = answer_of(asked, known, words)
    return answer(
        {
            "intent": asked.intent,
            **_said(answered, words, body.speak),
            "procedures": known.procedures,
            "services": _shown(asked, known),
            "actions": answered.actions,
        }
    )


@route(ask, "POST", "/scan", takes=ScanIn, gives=ScanOut, roles=ASKERS)
@limited("60/minute;600/hour", who=lambda: actor().label)
def scan(body: ScanIn) -> Response:
    """What a scanned or typed code is: a ticket, a booking (also its six digits), a citizen card, a procedure's page.

    At most 60 a minute and 600 an hour for each token. Raises TooMany.
    """
    words = Words(body.language if body.language in i18n.languages() else i18n.HOME_LANGUAGE)
    scanned = _of_today(read(body.text, _today()))
    told = tell(scanned, words)
    return answer({"kind": scanned.kind, **_said(told, words, body.speak), **_facts(scanned), "actions": told.actions})


def _said(told: Answer, words: Words, speak: bool) -> dict[str, Any]:
    return {
        "text": told.text,
        "speech": _speech(told.text, words.language) if speak else None,
        "language": words.language,
    }


def _speech(text: str, language: str) -> str | None:
    try:
        return f"/api/v1/speech/{parts().speaker.speech(parts().hub.hall, text, language).name}"
    except NotReadAloud:
        return None  # nobody here speaks this language: the text is shown
    except VoiceError as error:
        log.warning("an answer is shown and not spoken: %s", error)
        return None


# What the hall and the catalogue know


def _served() -> list[Served]:
    hub = parts().hub
    with hub.lock:
        return [Served(each.code, each.letter, (each.name, each.name_en)) for each in active_services(hub.hall)]


def _find(text: str, service: str | None) -> Sequence[Found]:
    return [Found(each["code"], each["service"]) for each in parts().store.procedures(text, service, ANSWERS)]


_: Find = _find


def _known(asked: Asked, own: str | None, words: Words) -> Known:
    procedures = [_short(found) for code in asked.procedures if (found := parts().store.procedure(code))]
    hub, views = parts().hub, parts().views
    with hub.lock:
        hall, now = hub.hall, hub.now()
        classes = [{"code": c.code, "name": c.name, "name_en": c.name_en} for c in hall.settings.priority_classes]
        ticket = _ticket_meant(hall, asked, own)
        return Known(
            services={each.code: views.service(hall, each, now) for each in active_services(hall)},
            counters=[views.counter(hall, each) for each in hall.counters.values()],
            classes=classes,
            procedures=procedures,
            ticket=views.own_ticket(hall, ticket, now) if ticket else None,
            hours=_hours(hall, asked.weekday, now),
            breaks=_breaks(_shifts(hall, asked.weekday, now)),
            closed=_closed(hall, asked.weekday, words),
            right=_right(asked, classes),
        )


def _ticket_meant(hall: Hall, asked: Asked, own: str | None) -> Ticket | None:
    """Its number is on the screen for all; its id is the holder's. Raises UnknownTicket."""
    if asked.number:
        return next((each for each in hall.tickets.values() if each.number == asked.number), None)
    if own and own not in hall.tickets:
        raise UnknownTicket(ticket=own)
    return hall.tickets[own] if own and asked.service is None else None


def _hours(hall: Hall, weekday: int | None, now: int) -> tuple[str, ...] | None:
    shifts = _shifts(hall, weekday, now)
    if not hall.rota:
        return None
    return (shifts[0].start, max(each.end for each in shifts)) if shifts else ()


def _closed(hall: Hall, weekday: int | None, words: Words) -> str:
    """Of a weekday the next one is meant, which may be today."""
    today = _today()
    day = today if weekday is None else today + timedelta(days=(weekday - today.weekday()) % 7)
    closed = closed_on(hall, day.isoformat())
    return closed_words(words.language, closed, words.weekday(weekday)) if closed else ""


def _breaks(shifts: Sequence[Shift]) -> list[tuple[str, str]]:
    """When none of these counters is there, of the shifts of a day in their order."""
    ends = list(accumulate((each.end for each in shifts), max))
    return [(end, after.start) for end, after in zip(ends, shifts[1:], strict=False) if end < after.start]


def _shifts(hall: Hall, weekday: int | None, now: int) -> list[Shift]:
    """The earliest first."""
    day = datetime.fromtimestamp(now / 1000, ZoneInfo(hall.settings.timezone)).weekday() if weekday is None else weekday
    return sorted((each for each in hall.rota if each.weekday == day), key=lambda each: each.start)


def _right(asked: Asked, classes: Sequence[Mapping[str, str]]) -> Mapping[str, str] | None:
    by_code = {each["code"]: each for each in classes}
    named = next((by_code[each] for each in asked.classes if each in by_code and each != "elderly"), None)
    return named or (class_for_age(classes, asked.age) if asked.age is not None else None)


def class_for_age(classes: Sequence[Mapping[str, str]], age: int) -> Mapping[str, str] | None:
    """The class whose name says from what age, as app/static/priority.js has it on the pages."""
    elderly = next((each for each in classes if each["code"] == "elderly"), None)
    found = re.search(r"\d+", elderly["name"]) if elderly else None
    return elderly if age >= (int(found[0]) if found else USUAL_AGE) else None


def _short(found: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("code", "service", "name", "name_en", "time_limit", "online", "fee", "verified")
    return {name: found[name] for name in kept} | {"bring": list(papers(found))}


def _shown(asked: Asked, known: Known) -> list[dict[str, Any]]:
    """The service that was meant, or all of them where one is to be chosen."""
    meant = known.services.get(asked.service or "")
    shown = [meant] if meant else list(known.services.values()) if asked.intent in SHOWS_ALL else []
    names = ("code", "name", "name_en", "waiting", "forecast")
    return [{name: each[name] for name in names} | {"counters": _open(each["code"], known)} for each in shown]


def _open(service: str, known: Known) -> list[int]:
    return [each["number"] for each in known.counters if service in each["own"] and each["state"] == "open"]


# What was scanned


def _today() -> date:
    hall = parts().hub.hall
    return datetime.fromtimestamp(parts().hub.now() / 1000, ZoneInfo(hall.settings.timezone)).date()


def _of_today(scanned: Scanned) -> Scanned:
    """With what the hall knows of it; unknown where it knows nothing."""
    hub, views = parts().hub, parts().views
    with hub.lock:
        hall, now = hub.hall, hub.now()
        ticket, booking = hall.tickets.get(scanned.id), hall.bookings.get(scanned.id)
        if scanned.kind == "ticket" and ticket:
            return scanned.with_view(views.own_ticket(hall, ticket, now))
        if scanned.kind == "code":
            booking = booking_of_code(hall, scanned.id)
        if scanned.kind in ("booking", "code") and booking:
            return Scanned("booking", booking.id, view=own_booking(hall, booking, now))
        if scanned.kind == "citizen_card" and scanned.age is not None:
            classes = [{"code": c.code, "name": c.name, "name_en": c.name_en} for c in hall.settings.priority_classes]
            return scanned.with_view(class_for_age(classes, scanned.age) or {})
    found = parts().store.procedure(scanned.id) if scanned.kind == "procedure" else None
    return scanned.with_view(_short(found)) if found else Scanned("unknown")


def _facts(scanned: Scanned) -> dict[str, Any]:
    view, kind = scanned.view, scanned.kind
    return {
        "ticket": view if kind == "ticket" else None,
        "booking": view if kind == "booking" else None,
        "age": scanned.age,
        "priority": view.get("code") if kind == "citizen_card" else None,
        "procedures": [view] if kind == "procedure" else [],
    }
