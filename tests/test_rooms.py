"""Who is told what, and how they know that they missed nothing."""

from typing import Any

from app.rooms import Rooms


class Heard:
    """Notes what goes out: (event name, payload, Socket.IO room)."""

    def __init__(self) -> None:
        self.all: list[tuple[str, Any, str]] = []
        self.rooms = Rooms(lambda name, payload, room: self.all.append((name, payload, room)))


def test_a_screen_gets_one_message_for_a_press_and_an_outside_program_one_for_each_change() -> None:
    heard = Heard()
    screen = heard.rooms.join("hall", "tv", 7, together=True)
    program = heard.rooms.join("hall", "robot", 7, together=False)
    heard.rooms.tell("hall", [{"seq": 8}, {"seq": 9}])
    assert heard.all == [
        ("events", {"events": [{"seq": 8, "prev": 7}, {"seq": 9, "prev": 8}]}, screen),
        ("event", {"seq": 8, "prev": 7}, program),
        ("event", {"seq": 9, "prev": 8}, program),
    ]


def test_what_does_not_concern_a_room_leaves_no_gap_in_it() -> None:
    heard = Heard()
    heard.rooms.join("counter:3", "tablet", 10, together=False)
    heard.rooms.tell("counter:3", [{"seq": 14}])
    heard.rooms.tell("counter:3", [])
    heard.rooms.tell("counter:3", [{"seq": 20}])
    assert [payload for _, payload, _ in heard.all] == [{"seq": 14, "prev": 10}, {"seq": 20, "prev": 14}]


def test_joining_again_never_doubles_the_messages() -> None:
    heard = Heard()
    heard.rooms.join("hall", "tv", 1, together=False)
    heard.rooms.join("hall", "tv", 2, together=True)
    heard.rooms.tell("hall", [{"seq": 3}])
    assert [name for name, _, _ in heard.all] == ["events"]


def test_an_empty_room_leaves_nothing_behind() -> None:
    heard = Heard()
    heard.rooms.join("ticket:x", "phone", 1, together=True)
    heard.rooms.leave_all("phone")
    heard.rooms.tell("ticket:x", [{"seq": 2}])
    assert heard.rooms.rooms == {}
    assert heard.all == []
    assert heard.rooms.leave("ticket:x", "phone") == []
