"""The process beside the hub, in the test's own process: it follows the log, learns, foresees and advises."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest

from app.core import commands as cmd
from app.core.advice import Expected, Move
from app.core.centre import PriorityClass, Service, Settings
from app.core.hall import LONG_AGO, Hall
from app.core.permissions import SYSTEM
from app.hub import Hub
from app.planning import wire
from app.planning.beside import Beside
from app.planning.calibration import Range
from app.planning.foresee import Newcomer
from app.planning.learning import handling_from
from app.planning.learnt import SLOT_MS, Learnt
from app.planning.moves import Advice
from app.planning.remembered import file_beside
from app.planning.telling import Telling
from app.store import history
from app.store.database import snapshot
from app.store.store import Store

MORNING = 1_795_395_600_000  # Monday, 23 November 2026, 08:00 in Hà Nội
EIGHT = 8 * 3_600_000 // SLOT_MS
MINUTE = 60_000
DAY = 24 * 3_600_000


@dataclass
class Hand:
    at: int = MORNING
    rate: float = 1.0

    def now(self) -> int:
        return self.at


class Office:
    """A hub on a database; two services, and three counters of which the third can be asked for help."""

    def __init__(self, path: Path) -> None:
        self.path, self.clock, self.taken = path, Hand(), 0
        self.hub = Hub(Store(path), self.clock)
        self.do(
            cmd.SaveService(Service("HT", "A", "Hộ tịch")),
            cmd.SaveService(Service("CT", "B", "Chứng thực")),
            cmd.SaveCounter(1, "", ("HT",), ()),
            cmd.SaveCounter(2, "", ("CT",), ()),
            cmd.SaveSkills("minh", ("HT", "CT")),
        )

    def do(self, *commands: cmd.Command) -> None:
        for command in commands:
            self.hub.handle(command, SYSTEM)

    def open(self) -> None:
        self.do(cmd.OpenCounter(1, "lan"), cmd.OpenCounter(2, "minh"))

    def take_number(self, service: str = "HT", priority: str | None = None) -> str:
        self.taken += 1
        self.do(cmd.IssueTicket(f"t{self.taken}", service, priority=priority))
        return f"t{self.taken}"

    def serve(self, counter: int = 1, minutes: float = 4) -> None:
        self.do(cmd.CallNext(counter, deliberate=True))
        self.pass_min(0.5 + minutes)
        self.do(cmd.Finish(counter))

    def pass_min(self, minutes: float) -> None:
        self.clock.at += round(minutes * MINUTE)

    def beside(self) -> Beside:
        return Beside.of(self.path, Random(1))  # noqa: S311

    def ask(self, beside: Beside) -> wire.Answer:
        return beside.answer(wire.Question(self.hub.now(), self.hub.hall.seq))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "centre.db")
    yield office
    office.hub.store.close()


def plain(hall: Hall) -> Hall:
    """A hall that was loaded says of each service that it had no priority call yet; one that was folded, nothing."""
    return replace(hall, weave={service: hall.weave.get(service, LONG_AGO) for service in hall.services})


def overloaded(office: Office) -> None:
    office.open()
    for _ in range(14):
        office.take_number()
        office.pass_min(0.2)


def test_it_follows_the_log_to_the_very_hall_of_the_hub(office: Office) -> None:
    beside = office.beside()
    overloaded(office)
    office.serve()
    office.ask(beside)
    assert plain(beside.hall) == plain(office.hub.hall)
    office.clock.at += DAY
    office.do(cmd.OpenCounter(1, "lan"))
    office.ask(beside)
    assert plain(beside.hall) == plain(office.hub.hall)


def test_it_knows_no_more_of_the_log_than_it_is_asked_about(office: Office) -> None:
    beside = office.beside()
    before = office.hub.hall
    overloaded(office)
    beside.answer(wire.Question(office.hub.now(), before.seq))
    assert plain(beside.hall) == plain(before)


def test_newcomers_and_all_who_wait_are_told_a_range(office: Office) -> None:
    beside = office.beside()
    overloaded(office)
    answer = office.ask(beside)
    assert answer.tickets.keys() == office.hub.hall.tickets.keys()
    assert answer.tickets["t1"].high_min < answer.tickets["t14"].high_min <= answer.services["HT"].high_min
    assert answer.services["CT"].high_min < 10
    assert answer.priority["HT"].high_min < answer.services["HT"].low_min
    assert answer.at == office.hub.now()


def test_a_service_that_nobody_serves_has_no_range(office: Office) -> None:
    office.do(cmd.OpenCounter(2, "minh"))
    office.take_number("HT")
    answer = office.ask(office.beside())
    assert answer.services.keys() == {"CT"}
    assert answer.tickets == {}


def test_the_range_on_the_paper_is_where_a_ticket_begins(office: Office) -> None:
    beside = office.beside()
    overloaded(office)
    office.do(cmd.SaveSettings(Settings(priority_classes=(PriorityClass("elderly", "Người cao tuổi"),))))
    told = office.ask(beside)
    paper = told.services["HT"]
    ticket, first = office.take_number(), office.take_number(priority="elderly")
    answer = office.ask(beside)
    assert (answer.tickets[ticket], answer.tickets[first]) == (paper, told.priority["HT"])
    assert beside.telling.at_issue[first].expected < beside.telling.at_issue[ticket].expected / 2
    office.pass_min(1)
    older = office.ask(beside).tickets[ticket]
    assert older.low_min <= paper.low_min
    assert older.high_min <= paper.high_min


def test_what_was_foreseen_is_compared_with_what_came(office: Office) -> None:
    beside = office.beside()
    overloaded(office)
    office.ask(beside)
    last = office.take_number()
    office.pass_min(7)
    office.do(cmd.CallTicket(1, ticket=last))
    foreseen = beside.telling.foreseen[Newcomer("HT", priority=False)]
    office.ask(beside)
    assert list(beside.telling.calibration.cases) == [(foreseen, 7)]
    assert foreseen.expected > 7


def test_the_next_process_goes_on_with_what_was_told_and_what_came_of_it(office: Office) -> None:
    beside = office.beside()
    overloaded(office)
    office.ask(beside)
    called, waits = office.take_number(), office.take_number()
    office.pass_min(7)
    office.do(cmd.CallTicket(1, ticket=called))
    beside.telling.calibration.band = (-2.0, 2.0)
    office.ask(beside)
    again = office.beside().telling
    assert again.newcomers == beside.telling.newcomers
    assert again.waiting == beside.telling.waiting
    assert again.at_issue.keys() == beside.telling.at_issue.keys() >= {waits}
    assert again.calibration.band == (-2.0, 2.0)
    [(foreseen, came)] = again.calibration.cases
    assert foreseen == pytest.approx(beside.telling.calibration.cases[0].foreseen, abs=0.01)
    assert came == 7


def test_a_file_of_what_was_told_that_is_lost_or_spoilt_does_no_harm(office: Office) -> None:
    overloaded(office)
    office.ask(office.beside())
    for spoilt in ("", "[]", '{"calibration":{}}'):
        file_beside(office.path).write_text(spoilt)
        assert office.beside().telling == Telling()
    file_beside(office.path).unlink()
    assert office.ask(office.beside()).tickets


def test_where_nothing_can_be_kept_people_are_told_all_the_same(office: Office) -> None:
    file_beside(office.path).mkdir()
    overloaded(office)
    assert office.ask(office.beside()).tickets


def test_advice_is_weighed_once_a_minute_and_at_once_after_an_answer(office: Office) -> None:
    beside = office.beside()
    overloaded(office)
    first = office.ask(beside).advice
    assert first
    assert (first[0].move.kind, first[0].move.counter, first[0].move.services) == ("give", 2, ("HT",))
    office.pass_min(0.5)
    assert office.ask(beside).advice is None
    office.do(cmd.AcceptAdvice(first[0].id, first[0].move, first[0].expected))
    assert office.ask(beside).advice == ()
    office.pass_min(1)
    assert office.ask(beside).advice is not None


def test_a_centre_that_wants_no_advice_gets_none(office: Office) -> None:
    beside = office.beside()
    overloaded(office)
    assert office.ask(beside).advice
    office.do(cmd.SaveSettings(Settings(advice=False)))
    assert office.ask(beside).advice == ()


def test_a_new_process_gives_no_advice_a_number_that_may_be_on_a_screen(office: Office) -> None:
    overloaded(office)
    shown = office.ask(office.beside()).advice
    assert shown
    office.do(cmd.SaveCounter(3, "", ("HT",), ()))
    again = office.ask(office.beside()).advice
    assert again
    assert again[0].move == shown[0].move
    assert {each.id for each in again}.isdisjoint(each.id for each in shown)


def test_an_answer_comes_over_the_line_as_it_was_sent() -> None:
    expected = Expected(4.5, 2.0, 7.0, 0.97, (("CT", 1.5),))
    give = Advice("d-1", Move("give", 2, ("CT",), ("HT",), ("HT",)), expected, MORNING)
    shift = Advice("d-2", Move("break", 1, start=MORNING, end=MORNING + 1, was_start=MORNING - 1), expected, 5)
    for advice in ((give, shift), (), None):
        answer = wire.Answer(MORNING, {"HT": Range(10, 20)}, {"HT": Range(3, 8)}, {"t1": Range(0, 5)}, advice)
        assert wire.answer_from(wire.line(answer)) == answer
    question = wire.Question(MORNING, 7)
    assert wire.question_from(wire.line(question)) == question


# What earlier days taught


def three_days(office: Office) -> None:
    """Monday to Wednesday, each with two citizens at eight: four minutes at lan's counter, twelve at minh's."""
    for day in range(3):
        office.clock.at = MORNING + day * DAY
        office.open()
        office.take_number()
        office.serve(1, 4)
        office.take_number("CT")
        office.serve(2, 12)


def test_the_past_teaches_how_long_it_takes_who_comes_when_and_who_does_not(office: Office) -> None:
    three_days(office)
    office.take_number()
    office.do(cmd.CallNext(1, deliberate=True))
    office.pass_min(2)
    office.do(cmd.Miss(1))
    learnt = office.beside().learnt
    fresh = Learnt()
    assert learnt.handling.mean_s("HT", 0) < fresh.handling.mean_s("HT", 0) < learnt.handling.mean_s("CT", 0)
    assert learnt.handling.services["HT"].weight == pytest.approx(5 + 3)
    assert learnt.handling.clerks["HT", "lan"].weight == pytest.approx(15 + 3)
    assert learnt.misses.share.mean > fresh.misses.share.mean
    assert learnt.misses.wait_ms.mean > fresh.misses.wait_ms.mean
    assert learnt.arrivals.days == {0: 1, 1: 1}, "today is not over"
    assert learnt.arrivals.came["HT", 0, EIGHT] == 1


def test_what_is_learnt_as_it_happens_is_what_the_past_would_have_taught(office: Office) -> None:
    beside = office.beside()
    three_days(office)
    office.clock.at += DAY
    office.open()
    office.ask(beside)
    read = office.beside().learnt
    assert beside.learnt.arrivals.days == read.arrivals.days
    assert beside.learnt.arrivals.came == read.arrivals.came
    for service in ("HT", "CT"):
        live, past = beside.learnt.handling.services[service], read.handling.services[service]
        assert (live.weight, live.mean) == pytest.approx((past.weight, past.mean))


def test_a_visit_of_half_a_day_is_a_press_that_was_forgotten(office: Office) -> None:
    beside = office.beside()
    office.open()
    office.take_number()
    office.serve(1, 5 * 60)
    office.ask(beside)
    assert beside.learnt.handling.services == {}
    assert office.beside().learnt.handling.services == {}


def test_what_is_long_past_teaches_nothing(office: Office) -> None:
    three_days(office)
    office.clock.at += (history.LOOKS_BACK_DAYS + 3) * DAY
    office.open()
    assert office.beside().learnt == Learnt()


def test_the_hub_reads_the_same_handling_times(office: Office) -> None:
    three_days(office)
    with snapshot(office.path) as db:
        assert handling_from(history.handled(db, office.hub.hall.day)) == office.beside().learnt.handling
