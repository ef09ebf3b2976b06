"""The supervisor accepts a move or declines it; one that no longer fits changes nothing."""

from dataclasses import replace

import pytest
from office import Office, hanoi

from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.advice import DECLINE_REASONS, Answered, Expected, Move
from app.core.centre import Shift
from app.core.change import Touched
from app.core.for_reports import AdviceAnswer
from app.core.hall import Break, CounterState

EXPECTED = Expected(7.5, 3.0, 12.0, 0.9, (("HT", 1.5),), 3600)
GIVE = Move("give", 2, ("HT",), ("DD",), ("DD",))
TAKE = Move("take", 1, ("HT",), (), ("DD",))
OPEN = Move("open", 2)
LUNCH = Break(hanoi("11:30"), hanoi("12:15"))
LATER = Move("break", 3, start=hanoi("12:00"), end=hanoi("12:45"), was_start=LUNCH.start)


def accept(move: Move, advice: str = "a") -> cmd.AcceptAdvice:
    return cmd.AcceptAdvice(advice, move, EXPECTED)


def is_stale(office: Office, move: Move) -> None:
    office.refuses(accept(move), err.AdviceStale, counter=move.counter)


@pytest.fixture
def able(office: Office) -> Office:
    """Minh at counter 2 is able to do land too."""
    office.do(cmd.SaveSkills("minh", ("HT", "DD")))
    return office


def test_an_accepted_gift_is_the_answer_and_the_move_in_one(able: Office):
    decision = able.do(accept(GIVE))
    assert decision.events == (
        ev.AdviceAccepted("a", 2, GIVE, EXPECTED),
        ev.CounterServicesSet(2, ("HT",), ("DD",)),
    )
    assert able.counter(2).help == ("DD",)
    assert able.hall.answered == {"a": Answered(able.now, "accepted", 2, "give", ("DD",))}


def test_an_answer_touches_its_row_and_nothing_else(able: Office):
    able.do(accept(GIVE))
    answer, moved = able.changes[-2:]
    assert answer.touched == Touched(
        advice=AdviceAnswer(
            day="2026-11-23",
            id="a",
            seq=able.hall.seq - 1,
            at=able.now,
            counter=2,
            kind="give",
            services=("DD",),
            saved=7.5,
            low=3.0,
            high=12.0,
            sure=0.9,
            costs=(("HT", 1.5),),
            horizon_s=3600,
            answer="accepted",
            reason=None,
            by="system:hub",
        )
    )
    assert moved.touched == Touched(counters=(2,), services=("HT", "DD"))


@pytest.mark.parametrize("reason", DECLINE_REASONS)
def test_a_declined_move_is_not_made_and_its_reason_is_kept(able: Office, reason: str):
    decision = able.do(cmd.DeclineAdvice("a", GIVE, EXPECTED, reason))
    assert decision.events == (ev.AdviceDeclined("a", 2, GIVE, EXPECTED, reason),)
    assert able.counter(2).help == ()
    assert able.hall.answered == {"a": Answered(able.now, "declined", 2, "give", ("DD",), reason)}


def test_an_advice_for_a_counter_that_is_gone_can_still_be_declined(office: Office):
    office.do(cmd.CloseCounter(2))
    office.do(cmd.RemoveCounter(2))
    office.do(cmd.DeclineAdvice("a", GIVE, EXPECTED, "other"))
    assert office.changes[-1].touched.counters == ()


def test_a_decline_needs_a_reason_of_the_list(office: Office):
    command = cmd.DeclineAdvice("a", GIVE, EXPECTED, "no")
    office.refuses(command, err.OutOfRange, what="reason", bounds=" | ".join(DECLINE_REASONS))


def test_a_move_of_no_kind_is_refused(office: Office):
    office.refuses(accept(Move("juggle", 1)), err.OutOfRange, what="kind", bounds="give | take | open | break")


def test_an_advice_is_answered_once(able: Office):
    able.do(cmd.DeclineAdvice("a", GIVE, EXPECTED, "too_soon"))
    able.refuses(accept(GIVE), err.AdviceAnswered, counter=2)
    able.do(accept(GIVE, "b"))
    able.refuses(cmd.DeclineAdvice("b", GIVE, EXPECTED, "other"), err.AdviceAnswered, counter=2)


def test_a_new_day_has_no_answers_yet(able: Office):
    able.do(accept(GIVE))
    able.wait(24 * 3600)
    able.do(cmd.StartDay())
    assert able.hall.answered == {}


def test_an_advice_for_a_counter_that_is_gone_is_stale(office: Office):
    office.do(cmd.CloseCounter(2))
    office.do(cmd.RemoveCounter(2))
    is_stale(office, GIVE)


def test_a_gift_that_was_made_already_is_stale(able: Office):
    able.do(cmd.SetCounterServices(2, ("HT",), ("DD",)))
    is_stale(able, GIVE)


def test_a_gift_does_not_take_back_what_was_given_meanwhile(able: Office):
    able.do(cmd.SetCounterServices(2, ("HT", "XD"), ()))
    is_stale(able, GIVE)


def test_a_gift_adds_only_what_it_names(able: Office):
    is_stale(able, replace(GIVE, help=("DD", "XD")))


def test_a_gift_of_a_service_that_is_gone_is_stale(office: Office):
    gift = Move("give", 2, ("HT",), ("XD",), ("XD",))
    office.do(cmd.SaveSkills("minh", ("HT", "XD")))
    office.do(cmd.RemoveService("XD"))
    is_stale(office, gift)


def test_a_clerk_is_given_only_what_they_are_able_to_do(office: Office):
    office.refuses(accept(GIVE), err.NotAble, clerk="minh", service="DD")
    office.do(cmd.SaveSkills("minh", ("HT",)))
    office.refuses(accept(GIVE), err.NotAble, clerk="minh", service="DD")


def test_a_gift_to_a_counter_that_the_clerk_has_left_is_stale(able: Office):
    able.do(cmd.CloseCounter(2))
    is_stale(able, GIVE)


def test_a_service_that_a_counter_helps_with_may_become_its_own(able: Office):
    able.do(cmd.SetCounterServices(2, ("HT",), ("DD",)))
    able.do(accept(Move("give", 2, ("HT", "DD"), (), ("DD",))))
    assert (able.counter(2).own, able.counter(2).help) == (("HT", "DD"), ())


def test_a_service_is_taken_back(office: Office):
    office.do(accept(TAKE))
    assert office.counter(1).help == ()
    is_stale_again = replace(TAKE)
    office.refuses(accept(is_stale_again, "b"), err.AdviceStale, counter=1)


def test_taking_does_not_add_nor_take_more_than_it_names(office: Office):
    is_stale(office, replace(TAKE, own=("HT", "XD")))
    office.do(cmd.SetCounterServices(1, ("HT", "XD"), ("DD",)))
    is_stale(office, TAKE)


def test_a_counter_keeps_a_service_of_its_own(office: Office):
    office.refuses(accept(Move("take", 3, (), (), ("DD",))), err.NothingServed)
    office.refuses(accept(Move("take", 1, ("HT",), ("HT",), ("DD",))), err.ServiceBothWays, service="HT")


def test_a_counter_opens_with_the_clerk_who_is_due(office: Office):
    office.do(cmd.CloseCounter(2))
    office.do(cmd.SaveRota((Shift(0, 2, "an", "07:30", "11:30"),)))
    office.do(accept(OPEN))
    assert (office.counter(2).state, office.counter(2).clerk) == (CounterState.OPEN, "an")


def test_no_counter_opens_without_a_clerk(office: Office):
    """Where the rota knows nobody, or whoever is due sits elsewhere."""
    office.do(cmd.CloseCounter(2))
    is_stale(office, OPEN)
    office.do(cmd.SaveRota((Shift(0, 2, "lan", "07:30", "11:30"),)))
    is_stale(office, OPEN)


def test_nobody_is_called_back_from_a_planned_break(office: Office):
    office.do(cmd.PlanBreaks(2, (Break(hanoi("08:00"), hanoi("08:30")),)))
    office.do(cmd.PauseCounter(2))
    is_stale(office, OPEN)


def test_a_paused_counter_opens_for_its_clerk(office: Office):
    office.do(cmd.PauseCounter(2, "09:00"))
    office.do(accept(OPEN))
    assert (office.counter(2).state, office.counter(2).clerk, office.counter(2).until) == ("open", "minh", None)


def test_an_open_counter_is_not_opened_again(office: Office):
    is_stale(office, OPEN)


def test_a_break_is_moved_and_the_others_stand(office: Office):
    tea = Break(hanoi("15:00"), hanoi("15:15"))
    office.do(cmd.PlanBreaks(3, (LUNCH, tea)))
    decision = office.do(accept(LATER))
    assert decision.events[1] == ev.BreaksPlanned(3, (Break(hanoi("12:00"), hanoi("12:45")), tea))


def test_a_break_of_the_rota_is_moved_for_today(office: Office):
    office.do(cmd.SaveRota((Shift(0, 3, "", "07:30", "11:30"), Shift(0, 3, "", "12:15", "17:00"))))
    office.do(accept(LATER))
    assert office.counter(3).breaks == (Break(hanoi("12:00"), hanoi("12:45")),)


def test_a_break_that_no_longer_stands_is_not_moved(office: Office):
    is_stale(office, LATER)
    office.do(cmd.PlanBreaks(3, (Break(LUNCH.start + 60_000, LUNCH.end),)))
    is_stale(office, LATER)


def test_a_break_that_has_begun_is_not_moved(office: Office):
    office.do(cmd.PlanBreaks(3, (LUNCH,)))
    office.clock("11:30")
    is_stale(office, LATER)


@pytest.mark.parametrize("times", [{"start": None}, {"end": None}, {"start": LUNCH.start, "end": LUNCH.end}])
def test_a_break_is_moved_to_another_time(office: Office, times: dict):
    office.do(cmd.PlanBreaks(3, (LUNCH,)))
    is_stale(office, replace(LATER, **times))


def test_a_break_is_not_moved_onto_another(office: Office):
    office.do(cmd.PlanBreaks(3, (LUNCH, Break(hanoi("12:30"), hanoi("12:40")))))
    is_stale(office, LATER)


def test_an_answer_is_no_press_and_leaves_the_last_one_to_be_undone(able: Office):
    first = able.take("HT")
    able.next(2)
    able.do(accept(GIVE))
    able.do(cmd.UndoPress(2))
    assert able.at(2) is None
    assert able.line() == [first]
    assert able.counter(2).help == ("DD",)
