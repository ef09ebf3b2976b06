"""Priority that is claimed, letting others pass, rating, asking for a helper; and the notices of the staff."""

from dataclasses import replace

import pytest
from office import Office, hanoi

from app.core import commands as cmd
from app.core import errors as err
from app.core.centre import Notice
from app.core.hall import TicketState

NOTICE = Notice("n", "text", "Nghỉ lễ 2/9")


def claim(office: Office, id_: str = "x") -> str:
    office.wait(1)
    office.do(cmd.IssueTicket(id_, "HT", priority="elderly", claimed=True))
    return id_


def test_a_claim_counts_until_a_clerk_looks(office: Office):
    office.take()
    claim(office)
    assert office.next() == "x"
    assert office.ticket("x").claimed


def test_a_claim_without_a_class_is_none(office: Office):
    office.do(cmd.IssueTicket("x", "HT", claimed=True))
    assert not office.ticket("x").claimed


def test_a_clerk_confirms_it_once(office: Office):
    claim(office)
    office.do(cmd.ConfirmPriority("x"))
    assert not office.ticket("x").claimed
    assert office.do(cmd.ConfirmPriority("x")).events == ()


def test_a_confirmed_claim_does_not_stand_in_the_way_of_an_undo(office: Office):
    claim(office)
    office.next()
    office.do(cmd.ConfirmPriority("x"))
    office.do(cmd.UndoPress(1))
    assert office.state("x") is TicketState.WAITING


def test_who_claimed_wrongly_goes_back_to_the_place_among_everybody(office: Office):
    first = office.take()
    claim(office)
    last = office.take()
    office.next()
    office.do(cmd.RefusePriority(1))
    assert office.at() is None
    assert office.ticket("x").priority is None
    assert office.line() == [first, "x", last]


def test_a_refusal_can_be_undone(office: Office):
    claim(office)
    office.next()
    office.do(cmd.RefusePriority(1))
    office.do(cmd.UndoPress(1))
    assert office.at() == "x"
    assert office.ticket("x").priority == "priority"


def test_what_a_clerk_has_confirmed_is_not_asked_again_when_the_press_before_is_taken_back(office: Office):
    claim(office)
    office.serve()
    office.do(cmd.ConfirmPriority("x"))
    office.do(cmd.UndoPress(1))
    assert office.state("x") is TicketState.CALLED
    assert not office.ticket("x").claimed


def test_a_refusal_that_is_taken_back_asks_again(office: Office):
    claim(office)
    office.next()
    office.do(cmd.RefusePriority(1))
    office.do(cmd.UndoPress(1))
    assert office.ticket("x").claimed


def test_a_refusal_that_is_taken_back_has_used_it_up_after_all(office: Office):
    claim(office)
    ordinary = office.take()
    office.take(priority="elderly")
    office.next()
    office.do(cmd.RefusePriority(1))
    office.do(cmd.UndoPress(1))
    assert office.next(2) == ordinary


def test_who_was_called_by_right_meanwhile_has_used_the_turn(office: Office):
    claim(office)
    ordinary, rightful, _later = office.take(), office.take(priority="elderly"), office.take(priority="elderly")
    office.next()
    office.do(cmd.CallTicket(2, ticket=rightful))
    office.do(cmd.RefusePriority(1))
    assert office.next(2) in ("x", ordinary)


def test_there_must_be_something_to_confirm_or_refuse(office: Office):
    ordinary = office.take()
    office.refuses(cmd.ConfirmPriority(ordinary), err.NoPriority, number="A001")
    office.next()
    office.refuses(cmd.RefusePriority(1), err.NoPriority, number="A001")


def test_staff_at_the_door_give_priority_to_somebody_who_waits(office: Office):
    office.take()
    second = office.take()
    office.do(cmd.GivePriority(second, "elderly"))
    assert office.next() == second
    office.refuses(cmd.GivePriority(second, "elderly"), err.WrongState, number="A002", state="called")


def test_staff_who_have_seen_why_confirm_a_claim_by_it(office: Office):
    claim(office)
    office.do(cmd.GivePriority("x", "disabled"))
    assert not office.ticket("x").claimed
    assert office.do(cmd.GivePriority("x", "disabled")).events == ()
    office.refuses(cmd.GivePriority("x", "vip"), err.UnknownPriority, priority="vip")


def test_two_go_before_whoever_lets_them(office: Office):
    polite, second, third, fourth = (office.take() for _ in range(4))
    office.do(cmd.LetPass(polite, 2))
    assert office.line() == [second, third, polite, fourth]


def test_with_fewer_behind_all_of_them_go_first(office: Office):
    polite, second = office.take(), office.take()
    office.do(cmd.LetPass(polite, 5))
    assert office.line() == [second, polite]
    office.refuses(cmd.LetPass(polite, 1), err.NobodyBehind, number="A001")


def test_a_priority_citizen_lets_others_of_the_own_line_pass(office: Office):
    polite = office.take(priority="elderly")
    office.take()
    office.refuses(cmd.LetPass(polite), err.NobodyBehind, number="A001")
    other = office.take(priority="elderly")
    office.do(cmd.LetPass(polite))
    assert [s.ticket for s in office.hall.queue("HT").priority] == [other, polite]


@pytest.mark.parametrize("count", [0, 6])
def test_a_few_may_pass_not_everybody(office: Office, count: int):
    office.refuses(cmd.LetPass(office.take(), count), err.OutOfRange, what="count", bounds="1-5")


def finished(office: Office) -> str:
    office.take()
    id_ = office.serve()
    office.do(cmd.Finish(1))
    assert id_
    return id_


def test_a_service_is_rated_once_and_nobodys_name_is_kept_with_it(office: Office):
    ticket = finished(office)
    office.do(cmd.RateService(ticket, 1, "wait"))
    rating = office.changes[-1].touched.rating
    assert rating
    assert (rating.service, rating.counter, rating.face, rating.reason) == ("HT", 1, 1, "wait")
    assert not {"ticket", "clerk"} & set(type(rating).__dataclass_fields__)
    office.refuses(cmd.RateService(ticket, 3), err.AlreadyRated, number="A001")


def test_a_rating_outlives_the_undoing_of_the_finish(office: Office):
    ticket = finished(office)
    office.do(cmd.RateService(ticket, 3))
    office.do(cmd.UndoPress(1))
    assert office.ticket(ticket).rated


def test_only_a_service_that_is_over_is_rated_and_only_in_words_that_are_known(office: Office):
    waiting = office.take("DD")
    office.refuses(cmd.RateService(waiting, 3), err.WrongState, number="B001", state="waiting")
    ticket = finished(office)
    office.refuses(cmd.RateService(ticket, 4), err.OutOfRange, what="face", bounds="1-3")
    with pytest.raises(err.OutOfRange):
        office.do(cmd.RateService(ticket, 1, "lan"))
    office.set(ratings=False)
    office.refuses(cmd.RateService(ticket, 3), err.RatingsOff)


def test_a_place_asks_for_a_helper_until_one_comes(office: Office):
    office.do(cmd.AskAssistance("counter:5"))
    asked = office.now
    office.wait(30)
    assert office.do(cmd.AskAssistance("counter:5")).events == ()
    assert office.hall.assistance == {"counter:5": asked}
    office.do(cmd.GiveAssistance("counter:5"))
    assert office.do(cmd.GiveAssistance("counter:5")).events == ()
    assert office.hall.assistance == {}


def test_nobody_asks_from_nowhere(office: Office):
    with pytest.raises(err.OutOfRange):
        office.do(cmd.AskAssistance("the moon"))


def test_in_the_morning_nobody_asks_for_a_helper_and_yesterdays_message_is_gone(office: Office):
    office.do(cmd.AskAssistance("kiosk:cua-chinh"))
    office.do(cmd.SaveNotice(NOTICE))
    office.do(cmd.SaveNotice(Notice("m", "message", "11:30 nghỉ trưa quầy 3")))
    office.now = hanoi("07:00", "2026-11-24")
    office.do(cmd.StartDay())
    assert office.hall.assistance == {}
    assert list(office.hall.notices) == ["n"]


def test_a_notice_is_saved_changed_and_taken_away(office: Office):
    office.do(cmd.SaveNotice(NOTICE))
    assert office.do(cmd.SaveNotice(NOTICE)).events == ()
    office.do(cmd.SaveNotice(replace(NOTICE, seconds=20)))
    assert office.hall.notices["n"].seconds == 20
    office.do(cmd.RemoveNotice("n"))
    assert office.do(cmd.RemoveNotice("n")).events == ()
    assert office.hall.notices == {}


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"id": "two words"}, err.OutOfRange),
        ({"kind": "song"}, err.OutOfRange),
        ({"text": "  "}, err.OutOfRange),
        ({"text_en": "x" * 401}, err.OutOfRange),
        ({"kind": "picture"}, err.OutOfRange),
        ({"kind": "video", "media": "../x.mp4"}, err.OutOfRange),
        ({"seconds": 2}, err.OutOfRange),
        ({"weekdays": (7,)}, err.OutOfRange),
        ({"start": "7:00"}, err.OutOfRange),
        ({"start": "10:00", "end": "09:00"}, err.EndsBeforeStart),
        ({"first": "tomorrow"}, err.OutOfRange),
        ({"first": "2026-12-02", "last": "2026-12-01"}, err.EndsBeforeStart),
        ({"until": 1}, err.OutOfRange),
    ],
)
def test_a_notice_that_nobody_could_see_is_refused(office: Office, wrong: dict[str, object], error: type[err.Refused]):
    with pytest.raises(error):
        office.do(cmd.SaveNotice(replace(NOTICE, **wrong)))


def test_a_picture_and_a_video_are_named_by_what_they_are(office: Office):
    for kind, media in (("picture", "a" * 64 + ".png"), ("video", "b" * 64 + ".mp4")):
        office.do(cmd.SaveNotice(Notice(kind, kind, media=media, first="2026-11-01", last="2026-12-01")))
    assert set(office.hall.notices) == {"picture", "video"}


def test_settings_of_home_numbers_that_make_no_sense_are_refused(office: Office):
    for wrong in ({"home_from": "7"}, {"home_per_service": 0}, {"personal_days": -1}):
        with pytest.raises(err.OutOfRange):
            office.set(**wrong)
    office.refuses(
        cmd.SaveSettings(replace(office.settings, home_from="17:00")),
        err.EndsBeforeStart,
        start="17:00",
        end="16:00",
    )
