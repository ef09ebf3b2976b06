"""A simulated clerk: one counter, one day, every press through the API with what the clerk sees."""

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

from app.demo.citizens import coming_back, rating
from app.demo.office import Office
from app.demo.stage import Story
from app.demo.telling import papers_of, why_so_long
from app.demo.voice import Asks, Refused
from app.planning.chance import handling_min
from app.planning.scenario import CounterPlan

CALLS_TWICE = 0.1
PARKS = 0.03
TRANSFERS = 0.02
SLIPS = 0.015
"""Shares of citizens with whom the clerk does so; a slip is a wrong press, undone at once."""

NOT_RIGHT = 0.06
"""Of the claims of priority."""

FINISHES_FIRST = 0.2
"""Some press "finish" and take a breath, most go straight to "next"."""

A_MOMENT_MIN = 2 / 60
SECOND_CALL_MIN = 0.4
TOO_LATE_TO_UNDO = ("nothing_to_undo", "undo_too_late")


class LeftAlone(Exception):
    """Somebody else works at this counter now."""


@dataclass
class Clerk:
    """`seen` is the id of the ticket at the counter as the clerk knows it, "" for nobody.

    `asked` is that of the last citizen about whom the clerk was asked why it took so long.
    """

    office: Office
    plan: CounterPlan
    voice: Asks
    seen: str = ""
    asked: str = ""
    served: tuple[str, ...] = ()
    half_done: dict[str, float] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return self.plan.number

    def day(self) -> Story:
        """From opening the counter to closing it, or until somebody else takes it over."""
        self.office.at_work.add(self.number)
        try:
            yield from self._day()
        except LeftAlone:
            return
        except Refused as refusal:
            self.office.leave_alone(self.number, str(refusal))
        finally:
            self.office.at_work.discard(self.number)

    def _day(self) -> Story:
        yield self.office.rng.uniform(0, 1)
        self._sit_down()
        self._look_who_is_there()
        while not self._may_go_home():
            if until := self.office.away_until(self.number):
                yield from self._break(until)
            elif self._somebody_waits():
                yield from self._serve_next()
            else:
                self._finish()
                yield self.office.idle_min()
        self._finish()
        self._at_counter("close")

    def _sit_down(self) -> None:
        try:
            self._at_counter("open")
        except Refused as refusal:
            if refusal.code != "counter_already":
                raise

    def _look_who_is_there(self) -> None:
        """Somebody else may have called the citizen who is at the counter."""
        present = (self.office.counter(self.number) or {}).get("ticket")
        self.seen = present["id"] if present else ""

    def _may_go_home(self) -> bool:
        if not self.office.is_over():
            return False
        self.office.look()
        return not self._somebody_waits()

    def _somebody_waits(self) -> bool:
        counter = self.office.counter(self.number)
        if counter is None:
            raise LeftAlone
        self.served = (*counter["own"], *counter["help"])
        return self.office.back[self.number] > 0 or self.office.waiting(self.served) > 0

    def _break(self, until: float) -> Story:
        """The citizen at the counter was finished before; `until` is a minute of the day."""
        self._finish()
        self._at_counter("pause", {"until": self.office.clock(until)})
        yield max(0, until - self.office.minute())
        self._sit_down()

    def _serve_next(self) -> Story:
        called = yield from self._call_next()
        if called is None:
            yield self.office.idle_min()
            return
        ticket, reason = called["ticket"], called["reason"]
        self.office.tally["called"] += 1
        if reason["code"] == "back":
            self.office.back[self.number] -= 1
        if reason["code"] == "kept":
            yield from self._away_still()
            return
        came = reason["code"] == "continues" or (yield from self._comes(ticket))
        if came and self._has_priority_as_said(answer=called):
            yield from self._handle(ticket)

    def _call_next(self) -> Generator[float, None, Any]:
        """The answer to "next", or None with nobody there. A counter that a leader paused stays so until opened."""
        try:
            answer = self._press("next")
        except Refused as refusal:
            if refusal.code != "counter_not_open":
                raise
            yield from self._wait_until_open()
            return None
        return answer if answer["ticket"] else None

    def _wait_until_open(self) -> Story:
        began = self.office.sight.day()
        while (self.office.counter(self.number) or {}).get("state") != "open":
            if self.office.sight.day() != began or self.office.is_over():
                raise LeftAlone
            yield max(0.5, self.office.idle_min())
            self._stay()

    def _away_still(self) -> Story:
        """Called though not back yet, for nobody else waits: keep the ticket on."""
        yield A_MOMENT_MIN
        self._press("park")
        yield self.office.idle_min()

    def _comes(self, ticket: dict[str, Any]) -> Generator[float, None, bool]:
        chance, scenario = self.office.rng, self.office.scenario
        if chance.random() < scenario.miss_share:
            yield scenario.miss_cost_min / 2
            self._press("recall")
            yield scenario.miss_cost_min / 2
            self._press("miss")
            self.office.tally["missed"] += 1
            self.office.begin(coming_back(self.office, ticket["id"]))
            return False
        if chance.random() < CALLS_TWICE:
            yield SECOND_CALL_MIN
            self._press("recall")
        yield scenario.walk_min
        self._press("arrive")
        return True

    def _has_priority_as_said(self, answer: dict[str, Any]) -> bool:
        """A claim is looked at: most are right; who has none waits on among everybody."""
        ticket = answer["counter"]["ticket"]
        if not ticket["claimed"]:
            return True
        if self.office.rng.random() < NOT_RIGHT:
            self._press("priority/refuse")
            self.office.tally["claims refused"] += 1
            return False
        self._at_counter("priority/confirm", {"ticket": ticket["id"]})
        return True

    def _handle(self, ticket: dict[str, Any]) -> Story:
        left_min, chance = self._handling_min(ticket), self.office.rng.random()
        if chance < PARKS:
            yield left_min / 3
            self.half_done[ticket["id"]] = left_min * 2 / 3
            self._press("park")
            self.office.tally["parked"] += 1
            self.office.begin(coming_back(self.office, ticket["id"], parked_at=self.number))
            return
        if chance < PARKS + TRANSFERS and self._elsewhere(ticket) and not self.office.is_over():
            yield left_min / 3
            self._press("transfer", {"service": self.office.rng.choice(self._elsewhere(ticket))})
            self.office.tally["transferred"] += 1
            return
        if chance < PARKS + TRANSFERS + SLIPS:
            yield left_min / 2
            left_min /= 2
            yield from self._slip()
        yield left_min
        self._tell_dossiers(ticket)
        self.office.begin(rating(self.office, ticket["id"]))
        if self.office.rng.random() < FINISHES_FIRST:
            self._press("finish")
            yield A_MOMENT_MIN

    def _handling_min(self, ticket: dict[str, Any]) -> float:
        if ticket["id"] in self.half_done:
            return self.half_done.pop(ticket["id"])
        factor = 1 if ticket["service"] in self.plan.own else self.office.scenario.help_factor
        return handling_min(self.office.scenario.service(ticket["service"]), self.office.rng, factor)

    def _elsewhere(self, ticket: dict[str, Any]) -> list[str]:
        """Services of other counters that are open."""
        return sorted({*self.office.sight.open_elsewhere(self.number)} - {ticket["service"]})

    def _slip(self) -> Story:
        """The wrong key, and "undo" in the same breath."""
        self._finish()
        yield A_MOMENT_MIN
        try:
            self._press("undo")
            self.office.tally["undone"] += 1
        except Refused as refusal:
            if refusal.code not in TOO_LATE_TO_UNDO:
                raise

    def _tell_dossiers(self, ticket: dict[str, Any]) -> None:
        """In one line, before the citizen leaves."""
        told = papers_of(ticket["service"], self.office.rng)
        if told:
            self._at_counter("dossiers", {"ticket": ticket["id"], **told})

    def _tell_why(self, overrun: dict[str, Any] | None) -> None:
        """Asked once why it took so long, some clerks say so."""
        if overrun and overrun["ticket"] != self.asked:
            self.asked = overrun["ticket"]
            if reason := why_so_long(self.office.rng):
                self._at_counter("overrun", {"ticket": self.asked, "reason": reason})

    def _finish(self) -> None:
        """Every service of the visit that is served here."""
        while self.seen:
            self._press("finish")

    def _press(self, verb: str, body: dict[str, Any] | None = None) -> Any:
        """A press with what the clerk sees; the answer says what is seen from now on. Raises LeftAlone or Refused."""
        answer = self._at_counter(verb, {"seen": self.seen, **(body or {})})
        present = answer["counter"]["ticket"]
        self.seen = present["id"] if present else ""
        self._tell_why(answer["counter"]["overrun"])
        return answer

    def _at_counter(self, verb: str, body: dict[str, Any] | None = None) -> Any:
        self._stay()
        return self.voice.ask("POST", f"/counters/{self.number}/{verb}", body or {})

    def _stay(self) -> None:
        if self.number in self.office.left_alone:
            raise LeftAlone
