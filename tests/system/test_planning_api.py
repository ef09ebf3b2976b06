"""Waits, advice, gaps, breaks, overruns, skills and the rota, as pages ask for them and hear of them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.board import BoardState
from app.bootstrap import learn_the_past
from app.core.advice import Expected, Move
from app.overruns import Overruns
from app.planning.calibration import Range
from app.planning.learnt import PRIOR_WEIGHT
from app.planning.moves import Advice
from tests.system.within import Office, hub_within

MONDAY = "2026-11-23"
EXPECTED = Expected(saved=8.0, low=5.0, high=11.0, sure=0.9, costs=(("CT", 2.5),), horizon_s=3600)


def at(clock_time: str) -> int:
    local = datetime.fromisoformat(f"{MONDAY}T{clock_time}").replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    return int(local.timestamp() * 1000)


EVENING = at("17:00")


@pytest.fixture(scope="module")
def the_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with hub_within(tmp_path_factory.mktemp("ward"), f"{MONDAY}T08:00", ("lan", "minh")) as office:
        yield office


@pytest.fixture
def office(the_hub: Office) -> Iterator[Office]:
    """Afterwards nobody waits, every counter is closed, nothing is on the board and nothing planned."""
    yield the_hub
    the_hub.pass_s(60)
    for ticket in [ticket for ticket in the_hub.parts.hub.hall.tickets.values() if ticket.state == "waiting"]:
        the_hub.ok("POST", f"/tickets/{ticket.id}/cancel")
    the_hub.ok("PUT", "/rota", {"shifts": []})
    for counter in the_hub.ok("GET", "/counters")["counters"]:
        if counter["ticket"]:
            the_hub.ok("POST", f"/counters/{counter['number']}/finish")
        if counter["state"] != "closed":
            the_hub.ok("POST", f"/counters/{counter['number']}/close")
    board = the_hub.parts.views.board
    board.replace_forecasts({}, {}, 0)
    board.replace_advice((), BoardState.THINKING, 0)
    the_hub.pass_s(60)


@pytest.fixture
def open_counter(office: Office) -> Callable[..., None]:
    def open_(number: int, own: list[str], clerk: str | None = None) -> None:
        office.ok("PUT", f"/counters/{number}/services", {"own": own, "help": []})
        office.ok("POST", f"/counters/{number}/open", {"clerk": clerk})

    return open_


def give(id_: str, counter: int, until: int = EVENING) -> Advice:
    return Advice(id_, Move("give", counter, own=("HT",), help=("CT",), services=("CT",)), EXPECTED, until)


# Waits


def test_the_board_is_believed_where_it_knows_something(office: Office, open_counter: Callable[..., None]) -> None:
    open_counter(1, ["HT", "CT"])
    assert office.service("HT")["forecast"] == {"low_min": 0, "high_min": 5}
    office.tell_waits({"HT": Range(20, 30)})
    assert office.service("HT")["forecast"] == {"low_min": 20, "high_min": 30}
    assert office.service("CT")["forecast"] == {"low_min": 0, "high_min": 5}
    first = office.take_number("HT")
    office.pass_s(1)
    office.tell_waits({"HT": Range(20, 30)}, {first["id"]: Range(3, 6)})
    assert office.ok("GET", f"/tickets/{first['id']}")["forecast"] == {"low_min": 3, "high_min": 6}


def test_whoever_took_a_number_is_told_what_the_paper_says_until_more_is_known(
    office: Office, open_counter: Callable[..., None]
) -> None:
    open_counter(1, ["HT"])
    office.parts.views.board.replace_forecasts({"HT": Range(40, 60)}, {}, office.clock.at, {"HT": Range(10, 15)})
    office.pass_s(1)
    ordinary = {"low_min": 40, "high_min": 60}
    first, _, elder = (
        office.ok("POST", "/tickets", {"service": "HT", "priority": priority}, by="kiosk-1")
        for priority in (None, None, "elderly")
    )
    assert first["forecast"] == office.service("HT")["forecast"] == ordinary
    assert elder["forecast"] == {"low_min": 10, "high_min": 15}
    assert office.ok("GET", f"/tickets/{first['id']}")["forecast"] == ordinary
    office.parts.views.board.replace_forecasts({"HT": Range(45, 65)}, {}, office.clock.at - 500)
    assert office.ok("GET", f"/tickets/{first['id']}")["forecast"] == ordinary, "the answer is of before"
    office.pass_s(2)
    office.tell_waits({"HT": Range(45, 65)}, {first["id"]: Range(35, 55)})
    assert office.parts.views.board.issued == {}


def test_waits_that_nobody_confirms_are_not_told_for_long(office: Office, open_counter: Callable[..., None]) -> None:
    open_counter(1, ["HT"])
    office.tell_waits({"HT": Range(40, 55)})
    office.pass_s(179)
    assert office.service("HT")["forecast"] == {"low_min": 40, "high_min": 55}
    office.pass_s(2)
    assert office.service("HT")["forecast"] != {"low_min": 40, "high_min": 55}


def test_whoever_is_sent_on_is_not_told_the_wait_of_the_queue_before(
    office: Office, open_counter: Callable[..., None]
) -> None:
    open_counter(1, ["HT"])
    open_counter(2, ["CT"])
    ticket = office.take_number("HT")
    office.tell_waits({}, {ticket["id"]: Range(55, 65)})
    office.press(1, "next")
    office.pass_s(5)
    office.ok("POST", "/counters/1/transfer", {"service": "CT"})
    assert office.ok("GET", f"/tickets/{ticket['id']}")["forecast"] == {"low_min": 0, "high_min": 5}


def test_a_wait_that_changes_is_told_to_the_rooms_that_it_concerns(
    office: Office, open_counter: Callable[..., None]
) -> None:
    open_counter(1, ["HT"])
    ticket, other = office.take_number("HT"), office.take_number("CT")
    rooms = {
        name: office.follow(name) for name in ("hall", "staff", "counter:1", "counter:2", f"ticket:{ticket['id']}")
    }
    stranger = office.follow(f"ticket:{other['id']}")
    office.ok("PUT", "/counters/2/services", {"own": ["CT"], "help": []})
    office.tell_waits({"HT": Range(10, 20)}, {ticket["id"]: Range(5, 10)})
    services = [{"code": "HT", "low_min": 10, "high_min": 20}]
    serving = {"last": None, "counters": [1]}
    mine = {"id": ticket["id"], "ahead": 0, "forecast": {"low_min": 5, "high_min": 10}, "serving": serving}
    office.parts.feed.phones.step(lambda _seconds: None)
    for name in ("hall", "staff", "counter:1"):
        assert rooms[name].heard("forecast") == [{"services": services, "tickets": []}]
    assert rooms[f"ticket:{ticket['id']}"].heard("forecast") == [{"services": [], "tickets": [mine]}]
    assert rooms["counter:2"].heard("forecast") == stranger.heard("forecast") == []
    office.tell_waits({"HT": Range(10, 20)}, {ticket["id"]: Range(5, 10)})
    assert rooms["hall"].heard("forecast") == []


def test_waits_that_change_all_the_time_are_told_every_twenty_seconds(
    office: Office, open_counter: Callable[..., None]
) -> None:
    open_counter(1, ["HT"])
    hall = office.follow("hall")
    told = []
    for minutes in range(25):
        office.tell_waits({"HT": Range(minutes, minutes + 10)})
        office.parts.feed.live.tick(office.parts.hub.now())
        told += hall.heard("forecast")
        office.pass_s(2)
    assert [message["services"][0]["low_min"] for message in told] == [0, 10, 20]
    office.pass_s(20)
    office.parts.feed.live.tick(office.parts.hub.now())
    assert hall.heard("forecast")[0]["services"] == [{"code": "HT", "low_min": 24, "high_min": 34}]


def test_visits_that_end_while_the_past_is_read_are_learnt_once(
    office: Office, open_counter: Callable[..., None]
) -> None:
    def serve() -> None:
        office.take_number("DD")
        office.press(4, "next")
        office.pass_s(120)
        office.press(4, "finish")

    def read_among_visits(read: Callable[[], Any]) -> Any:
        serve()
        found = read()
        serve()
        return found

    open_counter(4, ["DD"])
    learn_the_past(office.parts, read_among_visits)
    meant = office.parts.views.learnt.handling.services["DD"]
    learn_the_past(office.parts, lambda read: read())
    again = office.parts.views.learnt.handling.services["DD"]
    assert (meant.weight, meant.mean) == pytest.approx((again.weight, again.mean))
    assert meant.weight == PRIOR_WEIGHT + 2


# Advice


def test_advice_accepted_is_carried_out_once_and_gone(office: Office, open_counter: Callable[..., None]) -> None:
    office.ok("PUT", "/people/lan/skills", {"services": ["HT", "CT"]})
    open_counter(3, ["HT"], "lan")
    board = office.follow("supervisor")
    assert board.snapshot["advice"]["state"] == "thinking"
    office.advise(give("a1", 3), give("a2", 4))
    told = board.heard("advice")[-1]
    assert told["state"] == "ready"
    assert told == office.ok("GET", "/advice")
    assert told["advice"][0] == {
        "id": "a1", "kind": "give", "counter": 3, "services": ["CT"], "own": ["HT"], "help": ["CT"],
        "start": None, "end": None, "was_start": None, "saved": 8.0, "low": 5.0, "high": 11.0, "sure": 0.9,
        "costs": [{"service": "CT", "minutes": 2.5}], "horizon_min": 60, "until": told["advice"][0]["until"],
    }  # fmt: skip
    accepted = office.ok("POST", "/advice/a1/accept", key="tap")
    assert (accepted["answer"], accepted["counter"]["help"]) == ("accepted", ["CT"])
    assert [each["id"] for each in board.heard("advice")[-1]["advice"]] == ["a2"]
    assert office.ok("POST", "/advice/a1/accept", key="tap") == accepted
    assert office.refused("POST", "/advice/a1/accept") == (404, "unknown_advice")
    office.ok("PUT", "/people/lan/skills", {"services": []})


def test_advice_that_no_longer_fits_is_refused_and_gone(office: Office) -> None:
    office.advise(Advice("s1", Move("open", 99), EXPECTED, EVENING))
    assert office.refused("POST", "/advice/s1/accept") == (409, "advice_stale")
    assert office.ok("GET", "/advice")["advice"] == []


def test_advice_is_declined_with_a_reason_of_the_list(office: Office) -> None:
    office.advise(give("b1", 3))
    assert office.refused("POST", "/advice/b1/decline", {"reason": "bad mood"})[0] == 422
    office.ok("POST", "/advice/b1/decline", {"reason": "not_able"})
    assert office.refused("POST", "/advice/b1/decline", {"reason": "not_able"}) == (404, "unknown_advice")
    assert office.refused("GET", "/advice", by="lan") == (403, "role_forbids")


def test_advice_that_is_over_is_withdrawn(office: Office) -> None:
    now = office.parts.hub.now()
    office.parts.feed.live.tick(now)
    office.advise(give("c1", 3, until=now + 60_000))
    board = office.follow("supervisor")
    assert len(board.snapshot["advice"]["advice"]) == 1
    office.pass_s(60)
    assert office.refused("POST", "/advice/c1/accept") == (404, "unknown_advice")
    office.parts.feed.live.tick(office.parts.hub.now())
    assert [told["advice"] for told in board.heard("advice")] == [[]]


# Gaps, and the breaks that make them


def test_the_board_is_warned_once_of_a_service_that_nobody_will_serve(
    office: Office, open_counter: Callable[..., None]
) -> None:
    open_counter(4, ["CT"])
    open_counter(5, ["DD"])
    board = office.follow("supervisor")
    before = board.snapshot["gaps"]
    assert "DD" not in [gap["service"] for gap in before]
    now = office.parts.hub.now()
    start, end = (datetime.fromtimestamp(now / 1000 + s, ZoneInfo("Asia/Ho_Chi_Minh")) for s in (1800, 3600))
    breaks = [{"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}]
    office.ok("PUT", "/counters/5/breaks", {"breaks": breaks})
    gaps = board.heard("gaps")
    assert [gap["start"][11:16] for gap in gaps[-1]["gaps"] if gap["service"] == "DD"] == [breaks[0]["start"]]
    office.parts.feed.live.look_for_gaps(office.parts.hub.now())
    assert [each["start"][11:16] for each in office.counter(5)["breaks"]] == [breaks[0]["start"]]
    office.pass_s(40 * 60)
    office.parts.feed.live.tick(office.parts.hub.now())
    assert board.heard("gaps") == []
    office.ok("PUT", "/counters/5/breaks", {"breaks": []})
    assert office.counter(5)["breaks"] == []


def test_a_clerk_announces_breaks_of_that_counter_only(office: Office, open_counter: Callable[..., None]) -> None:
    open_counter(5, ["DD"], "lan")
    noon = {"breaks": [{"start": "11:30", "end": "12:15"}]}
    office.ok("PUT", "/counters/5/breaks", noon, by="lan")
    assert office.counter(5)["breaks"] == [
        {"start": f"{MONDAY}T11:30:00.000+07:00", "end": f"{MONDAY}T12:15:00.000+07:00"}
    ]
    assert office.refused("PUT", "/counters/5/breaks", noon, by="minh") == (403, "not_your_counter")
    late = {"breaks": [{"start": "25:00", "end": "26:00"}]}
    assert office.refused("PUT", "/counters/5/breaks", late, by="lan") == (422, "invalid_field")
    office.ok("PUT", "/counters/5/breaks", {"breaks": []})


# Overruns and dossiers


def test_a_clerk_is_asked_why_it_took_so_long(office: Office, open_counter: Callable[..., None]) -> None:
    open_counter(6, ["HT"])
    long, following = office.take_number("HT"), office.take_number("HT")
    office.press(6, "next")
    office.pass_s(16 * 60)
    called = office.press(6, "next")
    assert called["ticket"]["id"] == following["id"]
    assert called["counter"]["overrun"]["number"] == long["number"]
    office.pass_s(20)
    office.press(6, "arrive")
    assert office.counter(6)["overrun"]["ticket"] == long["id"]
    later = Overruns()
    later.start_from(office.parts.hub.hall)
    asked = later.at(office.parts.hub.hall, office.parts.hub.hall.counters[6], office.parts.hub.now())
    assert asked is not None
    assert asked.id == long["id"]
    assert office.refused("POST", "/counters/6/overrun", {"ticket": long["id"], "reason": "weather"})[0] == 422
    office.ok("POST", "/counters/6/overrun", {"ticket": long["id"], "reason": "papers"})
    assert office.counter(6)["overrun"] is None


def test_nobody_is_asked_for_longer_than_ten_minutes(office: Office, open_counter: Callable[..., None]) -> None:
    open_counter(6, ["HT"])
    office.take_number("HT")
    office.press(6, "next")
    office.pass_s(16 * 60)
    board = office.follow("staff")
    office.press(6, "finish")
    counter = board.heard("events")[-1]["events"][-1]["counters"][0]
    assert counter["overrun"]["until"] > board.snapshot["now"]
    office.pass_s(10 * 60)
    assert office.counter(6)["overrun"] is None


def test_dossiers_are_told_in_one_line_and_can_be_corrected(office: Office, open_counter: Callable[..., None]) -> None:
    open_counter(6, ["HT"])
    ticket = office.take_number("HT")
    office.press(6, "next")
    office.press(6, "finish")
    office.ok("POST", "/counters/6/dossiers", {"ticket": ticket["id"], "received_online": 2})
    office.ok("POST", "/counters/6/dossiers", {"ticket": ticket["id"], "received_in_person": 1, "returned_on": 1})
    kept = office.parts.hub.hall.dossiers[ticket["id"]]
    assert (kept.received_online, kept.received_in_person, kept.returned_on) == (0, 1, 1)
    too_many = {"ticket": ticket["id"], "received_online": 100}
    assert office.refused("POST", "/counters/6/dossiers", too_many)[0] == 422


# Skills and the rota


def test_what_a_clerk_is_able_to_do_is_seen_at_the_counter(office: Office, open_counter: Callable[..., None]) -> None:
    office.ok("PUT", "/people/lan/skills", {"services": ["HT", "DD"]})
    assert office.ok("GET", "/skills") == {"skills": [{"clerk": "lan", "full_name": "Lan", "services": ["HT", "DD"]}]}
    open_counter(7, ["HT"], "lan")
    assert office.counter(7)["skills"] == ["HT", "DD"]
    assert office.refused("PUT", "/people/nobody/skills", {"services": ["HT"]}) == (404, "unknown_person")
    assert office.refused("PUT", "/people/lan/skills", {"services": ["XX"]}) == (404, "unknown_service")
    assert office.refused("PUT", "/people/lan/skills", {"services": ["HT"]}, by="lan") == (403, "role_forbids")
    office.ok("PUT", "/people/lan/skills", {"services": []})
    assert office.ok("GET", "/skills") == {"skills": []}


def test_lunch_in_shifts_shows_as_a_break_at_the_counter(office: Office) -> None:
    morning = {"weekday": 0, "counter": 8, "clerk": "lan", "start": "07:30", "end": "11:30"}
    afternoon = morning | {"start": "13:00", "end": "17:00", "clerk": ""}
    assert office.ok("PUT", "/rota", {"shifts": [morning, afternoon]}) == {"shifts": [morning, afternoon]}
    assert office.ok("GET", "/rota") == {"shifts": [morning, afternoon]}
    assert [(each["start"][11:16], each["end"][11:16]) for each in office.counter(8)["breaks"]] == [("11:30", "13:00")]
    assert office.refused("PUT", "/rota", {"shifts": [morning | {"clerk": "nobody"}]}) == (404, "unknown_person")
    assert office.refused("PUT", "/rota", {"shifts": [morning | {"end": "07:00"}]})[0] == 422
