"""What a key does: from a word of the configuration to a request of the hub. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hardware.hall import Ticket

NO_ACTION = "none"
"""Takes a key out of the family's standard table."""


class Verb(StrEnum):
    NEXT = "next"
    RECALL = "recall"
    ARRIVE = "arrive"
    FINISH = "finish"
    MISS = "miss"
    PARK = "park"
    UNDO = "undo"
    PAUSE = "pause"
    TRANSFER = "transfer"
    MISS_OR_FINISH = "miss/finish"
    """One key for two ends: missed before the citizen has arrived, finished after."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is posted to /api/v1/counters/N/`verb`."""

    verb: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Action:
    verb: Verb
    service: str = ""

    @classmethod
    def of(cls, text: str) -> Action:
        """`next`, `transfer:HT`; ValueError, in a sentence, for anything else."""
        word, colon, service = text.partition(":")
        if word not in set(Verb) or bool(service) != (word == Verb.TRANSFER) or (colon and not service):
            known = ", ".join(verb for verb in Verb if verb is not Verb.TRANSFER)
            raise ValueError(f"no action {text!r}; the actions are {known}, transfer:SERVICE and {NO_ACTION}")
        return cls(Verb(word), service)

    def request(self, ticket: Ticket | None) -> Request:
        """`ticket` is the one that the presser saw at the counter.

        The hub refuses what was meant for a ticket that is not there any more. A call of the next citizen says nothing
        about the present one: two presses of which the second saw the first's ticket would call two citizens, while
        without it the hub takes them for one.
        """
        seen = {"seen": ticket.id if ticket else ""}
        if self.verb in (Verb.NEXT, Verb.PAUSE):
            return Request(self.verb, {})
        if self.verb is Verb.TRANSFER:
            return Request(self.verb, seen | {"service": self.service})
        if self.verb is Verb.MISS_OR_FINISH:
            return Request(Verb.FINISH if ticket and ticket.state == "serving" else Verb.MISS, seen)
        return Request(self.verb, seen)
