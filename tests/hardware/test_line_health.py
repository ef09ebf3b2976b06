"""What the hub is told of a board: no more than is known, and when it is tried again."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hardware.drivers.base import Verdict
from hardware.hall import HubClock
from hardware.health import Code, Reason, unknown

NINE = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
CLOCK = HubClock(NINE, read_at=100, rate=1)
NEW = unknown("one", "hall", 1, now=100)


def test_before_anything_was_sent_nothing_is_claimed():
    assert NEW.to_feed(100, CLOCK) == {
        "name": "one",
        "bus": "hall",
        "counter": 1,
        "state": "down",
        "shown": "",
        "detail": "nothing sent yet",
        "code": "nothing_sent",
        "since": "2026-11-21T09:00:00.000+07:00",
        "next_attempt": None,
    }


def test_a_board_that_went_down_is_not_said_to_show_its_last_number_and_its_next_try_is_told_by_the_clock():
    shown = NEW.told(Verdict.SHOWN, "A001", now=101)
    assert (shown.to_feed(101, CLOCK)["state"], shown.to_feed(101, CLOCK)["shown"]) == ("shown", "A001")
    down = shown.down(Reason(Code.PORT_MISSING, "no such port"), now=110, next_attempt=111.5).to_feed(110, CLOCK)
    assert (down["state"], down["shown"], down["code"]) == ("down", "", "port_missing")
    assert down["since"] == "2026-11-21T09:00:10.000+07:00"
    assert down["next_attempt"] == "2026-11-21T09:00:11.500+07:00"
    assert down["detail"] == "no such port; next attempt in 1.5 s"


def test_a_try_that_is_due_is_never_told_as_past():
    down = NEW.down(Reason(Code.STUCK, "it takes no bytes"), now=100, next_attempt=101)
    assert down.to_feed(105, CLOCK)["next_attempt"] == "2026-11-21T09:00:05.000+07:00"


def test_a_new_attempt_alone_is_no_news_and_a_new_reason_is():
    down = NEW.down(Reason(Code.PORT_MISSING, "no such port"), now=101, next_attempt=102)
    assert not down.down(down.reason, now=102, next_attempt=103).differs(down)
    other = down.down(Reason(Code.PORT_BUSY, "in use"), now=102)
    assert other.differs(down)
    assert other.since == down.since


def test_what_is_sent_is_not_claimed_to_be_shown():
    assert NEW.told(Verdict.SENT, "A001", now=101).to_feed(101, CLOCK)["state"] == "sent"
