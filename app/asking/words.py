"""The few sentences that several answers share, in the citizen's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.i18n import gettext
from app.wait_words import wait_words

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Words:
    """`language`: what texts are told in; one without a catalogue tells them in Vietnamese."""

    language: str

    def t(self, message: str, **facts: object) -> str:
        return gettext(self.language, message, **facts)

    def name(self, thing: Mapping[str, Any]) -> str:
        """Of a service, a procedure or a priority class."""
        return str((self.language == "en" and thing["name_en"]) or thing["name"])

    def standing(self, service: Mapping[str, Any]) -> str:
        """How many wait for a service, and how long somebody who comes now will."""
        waiting = service["waiting"]
        people = self.t("%(n)s waiting", n=waiting) if waiting else self.t("Nobody is waiting")
        return f"{people}, {wait_words(self.language, service['forecast'], waiting)}."

    def ticket(self, ticket: Mapping[str, Any]) -> str:
        """How it stands with a number."""
        number, state = ticket["number"], ticket["state"]
        if state in ("called", "serving"):
            return self.t(
                "Number %(number)s is called to counter %(counter)s.", number=number, counter=ticket["counter"]
            )
        if state == "missed":
            return self.t(
                "Number %(number)s was called already. Please tell the staff that you are here.", number=number
            )
        if state == "parked":
            return self.t(
                "Counter %(counter)s keeps number %(number)s. Please go there when you are back.",
                number=number,
                counter=ticket["counter"],
            )
        if state != "waiting":
            return self.t("Number %(number)s is done with. For something else please take a new one.", number=number)
        return self.t("Number %(number)s: %(standing)s.", number=number, standing=self._ahead(ticket))

    def weekday(self, day: int | None) -> str:
        """0 is Monday; None today."""
        return self.t("Today") if day is None else self.t(WEEKDAYS[day])

    def _ahead(self, ticket: Mapping[str, Any]) -> str:
        ahead = ticket["ahead"]
        people = self.t("%(n)s people before you", n=ahead) if ahead > 1 else self.t("One person before you")
        place = people if ahead else self.t("You are next")
        return f"{place}, {wait_words(self.language, ticket['forecast'], ahead)}"
