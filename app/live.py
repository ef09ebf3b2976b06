"""What the rooms of the feed are told beside events: waits, advice and gaps, as they change (docs/feed.md)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.board import Board, BoardState, News
from app.core import events as ev
from app.core.change import Change
from app.core.coverage import Gap, gaps
from app.core.hall import Hall
from app.hub import Hub
from app.phones import Phones
from app.plain import View, iso
from app.planning.calibration import Range
from app.planning.moves import Advice
from app.rooms import Rooms
from app.views import Views

MINUTE_MS = 60_000
WAITS_EVERY_MS = 20_000
MOVE_COVERAGE = (
    ev.CounterOpened,
    ev.CounterPaused,
    ev.CounterClosed,
    ev.CounterServicesSet,
    ev.BreaksPlanned,
    ev.RotaSaved,
)


@dataclass
class Live:
    """Listens to the planning board, and looks whether every service has somebody. All of it under the hub's lock."""

    hub: Hub
    views: Views
    rooms: Rooms
    phones: Phones
    gaps: tuple[Gap, ...] = ()
    _looked_at: int | None = field(default=None, init=False)
    _unsaid: News = field(default=News(), init=False)
    _waits_told_at: int | None = field(default=None, init=False)

    @property
    def board(self) -> Board:
        return self.views.board

    def wire(self) -> None:
        self.board.listeners.append(self.hear_news)

    # What happens

    def hear(self, changes: Sequence[Change]) -> None:
        """Events move the gaps only where they touch who serves what, and until when."""
        if any(c.touched.centre or isinstance(c.recorded.event, MOVE_COVERAGE) for c in changes):
            self.look_for_gaps(self.hub.now())

    def tick(self, now: int) -> None:
        """For a timer (`now` in ms): tell of waits held back, and once a minute of what time alone changes."""
        with self.hub.lock:
            self._tell_waits_if_due(now)
            if self._looked_at is None or abs(now - self._looked_at) >= MINUTE_MS:
                self._looked_at = now
                self.board.withdraw(now)
                self.look_for_gaps(now)

    def look_for_gaps(self, now: int) -> None:
        """Tell of them where they are others than were told."""
        found = tuple(self._as_told(gap, now) for gap in gaps(self.hub.hall, now))
        if found != self.gaps:
            self.gaps = found
            self.rooms.say("supervisor", "gaps", {"gaps": self._gaps_told()})

    def _as_told(self, gap: Gap, now: int) -> Gap:
        """One that has begun is found to begin now, every time; it is the same as before, and began when it did."""
        began = (told for told in self.gaps if (told.service, told.end) == (gap.service, gap.end) and told.start <= now)
        return next(began, gap) if gap.start <= now else gap

    def hear_news(self, news: News) -> None:
        """A listener of the planning board."""
        with self.hub.lock:
            now = self.hub.now()
            if news.advice:
                self.rooms.say("supervisor", "advice", self.advice_told(now))
            self._unsaid = News(self._unsaid.services | news.services, self._unsaid.tickets | news.tickets)
            self._tell_waits_if_due(now)

    # What is told

    def told(self, now: int) -> View:
        """The supervisor's part of a snapshot. Those who are in the room already are told of a gap found only now."""
        self.look_for_gaps(now)
        return {"advice": self.advice_told(now), "gaps": self._gaps_told()}

    def advice_told(self, now: int) -> View:
        hall, board = self.hub.hall, self.board
        worked_out_at = iso(hall, board.at or None)
        if not hall.settings.advice:
            return {"state": BoardState.OFF, "at": worked_out_at, "advice": []}
        advice = [advice_view(hall, each) for each in board.standing(now)]
        return {"state": board.state, "at": worked_out_at, "advice": advice}

    def _gaps_told(self) -> list[View]:
        hall = self.hub.hall
        return [{"service": g.service, "start": iso(hall, g.start), "end": iso(hall, g.end)} for g in self.gaps]

    def _tell_waits_if_due(self, now: int) -> None:
        """Screens need not count the seconds: what changes sooner again is told once, as it then is."""
        held = self._waits_told_at is not None and abs(now - self._waits_told_at) < WAITS_EVERY_MS
        if held or not (self._unsaid.services or self._unsaid.tickets):
            return
        news, self._unsaid, self._waits_told_at = self._unsaid, News(), now
        self._tell_waits(news, now)

    def _tell_waits(self, news: News, now: int) -> None:
        hall = self.hub.hall
        waits = {code: self.views.wait(hall, code, now) for code in sorted(news.services) if code in hall.services}
        self.phones.note(news.services, news.tickets)
        for name in list(self.rooms.rooms):
            told = _waits_for(name, hall, waits)
            if told:
                self.rooms.say(name, "forecast", {"services": told, "tickets": []})


def _waits_for(name: str, hall: Hall, waits: Mapping[str, Range | None]) -> list[View]:
    kind, _, key = name.partition(":")
    served: Collection[str] = waits
    if kind == "counter":
        counter = hall.counters.get(int(key))
        served = counter.own + counter.help if counter else ()
    return [_wait(code, wait) for code, wait in waits.items() if code in served]


def advice_view(hall: Hall, advice: Advice) -> View:
    """Facts only; who shows them makes the words."""
    move, expected = advice.move, advice.expected
    return {
        "id": advice.id,
        "kind": move.kind,
        "counter": move.counter,
        "services": move.services,
        "own": move.own,
        "help": move.help,
        "start": iso(hall, move.start),
        "end": iso(hall, move.end),
        "was_start": iso(hall, move.was_start),
        "saved": expected.saved,
        "low": expected.low,
        "high": expected.high,
        "sure": expected.sure,
        "costs": [{"service": service, "minutes": minutes} for service, minutes in expected.costs],
        "horizon_min": round(expected.horizon_s / 60),
        "until": iso(hall, advice.until),
    }


def _wait(code: str, wait: Range | None) -> View:
    low, high = wait or (None, None)
    return {"code": code, "low_min": low, "high_min": high}
