"""What a press at a counter is answered with, and why a ticket was called, in words."""

from typing import Any

from app.core.decision import Decision
from app.core.events import Reason
from app.core.hall import Hall
from app.i18n import gettext
from app.views import Views

REASONS = {
    "oldest": "has waited %(minutes)s minutes, longest in %(service)s",
    "help": "has waited %(minutes)s minutes in %(service)s, which this counter helps with",
    "near": "has waited %(minutes)s minutes; %(service)s is about to pass %(target)s minutes",
    "long": "has waited %(minutes)s minutes: nobody is passed over any more",
    "priority": "priority citizen, waited %(minutes)s minutes",
    "back": "has come back to this counter as asked",
    "kept": "was kept by this counter and nobody else waits",
    "continues": "the next service of the same visit",
    "picked": "picked from the list, waited %(minutes)s minutes",
    "repeated": "called already: the button was pressed twice",
}


def reason_text(reason: Reason, hall: Hall, language: str) -> str:
    """The reason as a sentence that a clerk can repeat to a citizen."""
    service = hall.services.get(reason.service)
    name = reason.service if service is None else _name(service.name, service.name_en, language)
    target = hall.settings.target_s if service is None else service.target_s
    return gettext(language, REASONS[reason.code], minutes=reason.waited_s // 60, service=name, target=target // 60)


def press_answer(
    views: Views, hall: Hall, decision: Decision, number: int, language: str, *, now: int
) -> dict[str, Any]:
    counter = hall.counters[number]
    ticket = hall.tickets.get(decision.ticket) if decision.ticket else None
    reason = decision.reason
    return {
        "ticket": views.at_counter(hall, ticket) if ticket else None,
        "reason": reason
        and {"code": reason.code, "text": reason_text(reason, hall, language), "waited_s": reason.waited_s},
        "counter": views.staff_counter(hall, counter, now),
    }


def _name(vietnamese: str, english: str, language: str) -> str:
    return vietnamese if language == "vi" else english or vietnamese
