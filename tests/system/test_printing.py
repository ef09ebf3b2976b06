"""Paper for a number, from the kiosk's wish to the agent that prints it, and everything that goes wrong on the way."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any, Self

import pytest

from app.agents import AgentAway, AgentLost, Agents, AgentSilent
from app.core.permissions import Actor, Role
from app.health import Equipment, Found
from app.i18n import gettext
from app.printing import Printing, document, trial
from tests.fake_agent import FakeAgent, Listening, Message, agent_of, paper, printer, silence, trouble
from tests.running_hub import Client
from tests.system.crowd import assert_refused
from tests.system.following import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.running_hub import RunningHub

    Lobby = tuple[Client, FakeAgent]

NUMBERS = count(1)


@pytest.fixture
def lobby(office: RunningHub) -> Iterator[Callable[..., Lobby]]:
    """A kiosk and the agent whose printer stands in it, strangers to those of other tests."""
    with ExitStack() as open_things:

        def build(answer: Callable[[Message], Message | None] = paper, **condition: str) -> Lobby:
            number = next(NUMBERS)
            kiosk = office.device("kiosk", f"lobby-{number}")
            agent = open_things.enter_context(agent_of(office, f"agent-{number}", answer))
            agent.report(printers=[printer(f"lobby-{number}", f"printer-{number}", **condition)])
            return kiosk, agent

        yield build


def issued(kiosk: Client, **wishes: Any) -> dict[str, Any]:
    ticket: dict[str, Any] = kiosk.ok("POST", "/tickets", json={"service": "HT", **wishes})
    return ticket


def asked_to_print(kiosk: Client, ticket: Mapping[str, Any], key: str = "", **body: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return kiosk.post(f"/tickets/{ticket['id']}/print", json=body, headers=headers, timeout=40)


def words(blocks: list[Message]) -> list[str]:
    return [block["text"] for block in blocks if block["kind"] == "text"]


# What comes out


def test_a_citizen_gets_the_number_on_paper(lobby: Callable[..., Lobby]) -> None:
    kiosk, agent = lobby()
    ticket = issued(kiosk)
    answer = asked_to_print(kiosk, ticket)
    assert answer.json() == {"result": "printed", "printer": agent.asked[0]["data"]["printer"]}
    (blocks,) = agent.papers.values()
    assert {"kind": "number", "text": ticket["number"]} in blocks
    assert "Số của ông/bà" in words(blocks)
    assert "Hộ tịch" in " ".join(words(blocks))


def test_a_lost_answer_is_asked_for_again_and_the_paper_comes_once(lobby: Callable[..., Lobby]) -> None:
    kiosk, agent = lobby()
    ticket = issued(kiosk)
    for _ in range(2):
        assert asked_to_print(kiosk, ticket, key="one-press").json()["result"] == "printed"
    assert len(agent.asked) == 2
    assert len(agent.papers) == 1
    asked_to_print(kiosk, ticket, key="another-press")
    assert len(agent.papers) == 2


def test_one_key_for_two_tickets_does_not_lose_the_second_paper(lobby: Callable[..., Lobby]) -> None:
    kiosk, agent = lobby()
    for ticket in (issued(kiosk), issued(kiosk)):
        asked_to_print(kiosk, ticket, key="the same")
    assert len(agent.papers) == 2


def test_a_printer_that_cannot_tell_is_not_said_to_have_printed(lobby: Callable[..., Lobby]) -> None:
    kiosk, _ = lobby(lambda _asked: {"ok": True, "data": {"result": "sent"}})
    assert asked_to_print(kiosk, issued(kiosk)).json()["result"] == "sent"


VIEW = {
    "number": "A023",
    "state": "waiting",
    "service_name": "Hộ tịch",
    "service_name_en": "Civil status",
    "then": [],
    "priority": True,
    "ahead": 6,
    "forecast": {"low_min": 10, "high_min": 20},
    "issued_at": "2026-11-21T14:05:09.000+07:00",
}


def test_the_paper_says_what_the_screen_says_in_the_citizens_language() -> None:
    blocks = document(VIEW, "UBND phường", "vi", "Đăng ký khai sinh", "http://hub/t/x?lang=vi")
    assert words(blocks) == [
        "UBND phường",
        "Số của ông/bà",
        "Hộ tịch",
        "Đăng ký khai sinh",
        "Ưu tiên",
        "Trước ông/bà còn 6 người",
        "khoảng 10–20 phút",
        gettext("vi", "When your number is called, go to the counter that the screen shows."),
        "14:05 · 21/11/2026",
    ]
    assert [block["data"] for block in blocks if block["kind"] == "qr"] == ["http://hub/t/x?lang=vi"]
    english = words(document(VIEW, "Ward", "en", "", None))
    assert {"Civil status", "6 people before you", "about 10–20 minutes"} <= set(english)


def test_the_paper_tells_the_way_of_a_visit_with_several_services() -> None:
    then = [{"code": "CT", "name": "Chứng thực", "name_en": "Certification"}]
    assert "Then: Certification" in words(document(VIEW | {"then": then}, "Ward", "en", "", None))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"ahead": 0, "forecast": {"low_min": 0, "high_min": 3}}, ["You are next", "less than 3 minutes"]),
        ({"ahead": 0, "forecast": {"low_min": 0, "high_min": 1}}, ["You are next", "you will be called at once"]),
        ({"ahead": 1, "forecast": {"low_min": 5, "high_min": 5}}, ["One person before you", "about 5 minutes"]),
        ({"ahead": 2, "forecast": None}, ["2 people before you"]),
        ({"state": "called", "ahead": 0, "forecast": None}, []),
    ],
)
def test_the_paper_promises_no_more_than_is_known(changes: Message, told: list[str]) -> None:
    blocks = document(VIEW | {"priority": False} | changes, "Ward", "en", "", None)
    assert words(blocks)[3:-2] == told
    assert not [block for block in blocks if block["kind"] == "qr"]


# Where it comes out


def test_staff_print_on_the_only_printer_or_on_the_one_they_name(hub: RunningHub) -> None:
    ticket = hub.take_number()
    assert_refused(asked_to_print(hub.supervisor, ticket), 404, "no_printer")
    with agent_of(hub) as agent:
        agent.report(printers=[printer(name="desk")])
        assert asked_to_print(hub.supervisor, ticket).json()["printer"] == "desk"
        agent.report(printers=[printer(name="desk"), printer(name="lobby")])
        assert_refused(asked_to_print(hub.supervisor, ticket), 422, "which_printer", "desk", "lobby")
        assert asked_to_print(hub.supervisor, ticket, printer="lobby").json()["printer"] == "lobby"
        assert_refused(asked_to_print(hub.kiosk, ticket), 404, "no_printer")
        listed = hub.clerk("lan").ok("GET", "/printers")["printers"]
        assert [(each["name"], each["state"], each["online"]) for each in listed] == [
            ("desk", "ready", True),
            ("lobby", "ready", True),
        ]


def test_a_citizen_at_home_prints_nothing(office: RunningHub) -> None:
    ticket = office.take_number()
    with Client(office.url) as citizen:
        assert_refused(asked_to_print(citizen, ticket), 401, "not_signed_in")
    assert_refused(asked_to_print(office.device("display", "tv-9"), ticket), 403, "role_forbids")


def test_a_number_that_was_given_back_gets_no_paper(lobby: Callable[..., Lobby]) -> None:
    kiosk, agent = lobby()
    ticket = issued(kiosk)
    kiosk.ok("POST", f"/tickets/{ticket['id']}/cancel")
    assert_refused(asked_to_print(kiosk, ticket), 409, "wrong_state")
    assert agent.asked == []


def test_a_printer_is_tried_without_a_number(lobby: Callable[..., Lobby], office: RunningHub) -> None:
    _, agent = lobby()
    name = agent.name.replace("agent", "printer")
    path = f"/printers/{agent.name}/{name}/test"
    assert office.supervisor.ok("POST", path) == {"result": "printed", "printer": name}
    (blocks,) = agent.papers.values()
    assert "Phiếu thử / Test ticket" in words(blocks)
    assert {"kind": "number", "text": "A000"} in blocks
    agent.answer = trouble("network_refused", "Connection refused")
    assert assert_refused(office.supervisor.post(path), 503, "no_answer", name)["reason"] == "network_refused"
    assert_refused(office.supervisor.post(f"/printers/{agent.name}/other/test"), 404, "unknown_printer", "other")
    assert_refused(office.clerk("lan").post(path), 403, "role_forbids")


def test_the_test_ticket_is_told_from_a_citizens() -> None:
    blocks = trial("Ward", datetime(2026, 11, 21, 14, 5, tzinfo=UTC), "http://hub/")
    assert words(blocks) == ["Ward", "Phiếu thử / Test ticket", "14:05 · 21/11/2026"]
    assert [block["data"] for block in blocks if block["kind"] == "qr"] == ["http://hub/"]


# What goes wrong


@pytest.mark.parametrize(
    ("said", "code", "sentence"),
    [
        ("paper_out", "paper_out", "hết giấy"),
        ("cover_open", "cover_open", "Nắp máy in"),
        ("error", "printer_error", "báo lỗi"),
        ("no_answer", "no_answer", "không trả lời"),
        ("network_refused", "no_answer", "không trả lời"),
        ("port_missing", "port_down", "Không dùng được đường nối"),
        ("something_new", "printer_failed", "không in được"),
    ],
)
def test_each_trouble_of_a_printer_is_told_apart(
    lobby: Callable[..., Lobby], said: str, code: str, sentence: str
) -> None:
    kiosk, agent = lobby(trouble(said, "in the agent's English"))
    problem = assert_refused(asked_to_print(kiosk, issued(kiosk)), 503, code, sentence)
    assert problem["printer"] == agent.asked[0]["data"]["printer"]
    assert (problem["reason"], problem["said"]) == (said, "in the agent's English")
    assert agent.papers == {}


def test_an_agent_that_went_away_is_named(lobby: Callable[..., Lobby]) -> None:
    kiosk, agent = lobby()
    agent.go()
    assert_refused(asked_to_print(kiosk, issued(kiosk)), 503, "agent_away", agent.name)


def test_an_agent_that_dies_in_the_middle_keeps_nobody_waiting_and_prints_once_when_it_is_asked_again(
    lobby: Callable[..., Lobby],
) -> None:
    kiosk, agent = lobby(silence)
    ticket = issued(kiosk)
    with InBackground(lambda: asked_to_print(kiosk, ticket, key="one-press")) as waiting:
        agent.wait_for(lambda: len(agent.asked) == 1)
        agent.go()
        assert_refused(waiting.result(), 503, "agent_lost", agent.name)
    agent.answer = paper
    agent.come()
    assert asked_to_print(kiosk, ticket, key="one-press").json()["result"] == "printed"
    first, second = (asked["data"]["job"] for asked in agent.asked)
    assert first == second


def test_what_was_asked_over_another_line_is_waited_for() -> None:
    agents = Agents(lambda _agent: "a line", lambda _name, _data, _line: agents.gone("another line"))
    with pytest.raises(AgentSilent):
        agents.ask(Actor("agent-1", Role.AGENT), "print", {}, 0.01)
    agents.emit = lambda _name, _data, line: agents.gone(line)
    with pytest.raises(AgentLost):
        agents.ask(Actor("agent-1", Role.AGENT), "print", {}, PATIENCE_S)


def test_an_agent_that_goes_just_before_it_is_asked_is_away_at_once() -> None:
    lines = iter(["a line", None])
    agents = Agents(lambda _agent: next(lines), lambda *_message: pytest.fail("nobody is there to hear it"))
    with pytest.raises(AgentAway):
        agents.ask(Actor("agent-1", Role.AGENT), "print", {}, PATIENCE_S)


def test_of_an_agent_that_says_nothing_it_is_not_claimed_that_it_printed() -> None:
    nobody_answers = Agents(lambda _agent: "a line", lambda _name, _data, _line: None)
    found = Found("agent-1", online=True, equipment=Equipment(name="desk", state="ready"))
    with pytest.raises(AgentSilent):
        Printing(nobody_answers.ask, wait_s=0.01).print(found, "job", [])


def test_numbers_are_given_out_while_a_printer_keeps_the_hub_waiting(
    lobby: Callable[..., Lobby], office: RunningHub
) -> None:
    kiosk, agent = lobby(silence)
    first = issued(kiosk)
    same_kiosk = Client(office.url, str(kiosk.headers["Authorization"]).removeprefix("Bearer "))
    with same_kiosk, InBackground(lambda: asked_to_print(same_kiosk, first)) as waiting:
        agent.wait_for(lambda: len(agent.asked) == 1)
        numbers = [issued(kiosk)["number"] for _ in range(3)]
        assert len(set(numbers)) == 3
        assert not waiting.is_over()
        agent.reply(agent.asked[0])
        assert waiting.result().ok
    assert len(agent.asked) == 1, "issuing asks no printer"


# What a kiosk hears of its printer


def test_a_kiosk_is_told_how_its_printer_is(lobby: Callable[..., Lobby]) -> None:
    kiosk, agent = lobby(state="paper_out", code="paper_out")
    name = agent.name.replace("agent", "printer")
    room = agent.name.replace("agent", "lobby")
    with Listening(kiosk) as screen:
        assert screen.next()["state"] == "paper_out"
        agent.report(printers=[printer(room, name), printer("another kiosk", "other", state="cover_open")])
        assert screen.next()["state"] == "ready"
        agent.report(printers=[printer(room, name) | {"since": "2026-11-21T09:05:00.121+07:00"}])  # no news
        agent.go()
        gone = screen.next()
        assert (gone["state"], gone["code"]) == ("down", "agent_away")
        agent.come()
        agent.report(printers=[])
        assert screen.until("none")["code"] == ""


def test_a_kiosk_without_a_printer_hears_nothing_of_printers(office: RunningHub, lobby: Callable[..., Lobby]) -> None:
    _, agent = lobby()
    with Listening(office.device("kiosk", "bare-kiosk")) as screen:
        agent.report(printers=[])
        agent.report(printers=[printer("bare-kiosk")])
        assert screen.next()["state"] == "ready"


# A light on the wall


def test_a_board_is_lit_to_be_found(office: RunningHub, lobby: Callable[..., Lobby]) -> None:
    _, agent = lobby(lambda _asked: {"ok": True, "data": {"state": "shown", "text": "888"}})
    agent.report(boards=[{"name": "counter/1", "counter": 1, "state": "shown", "shown": "A001"}])
    lit = office.supervisor.ok("POST", f"/agents/{agent.name}/boards/counter/1/light")
    assert lit == {"sent": True, "state": "shown", "text": "888", "code": "", "detail": "", "seconds": 10}
    assert agent.asked[0]["data"] == {"board": "counter/1", "seconds": 10}
    down = {"sent": False, "state": "down", "text": "888", "code": "port_missing", "detail": "/dev/ttyUSB0: gone"}
    agent.answer = lambda _asked: {"ok": True, "data": down}
    assert office.supervisor.ok("POST", f"/agents/{agent.name}/boards/counter/1/light") == down | {"seconds": 10}
    agent.answer = trouble("port_missing", "/dev/ttyUSB0: No such file or directory")
    problem = assert_refused(
        office.supervisor.post(f"/agents/{agent.name}/boards/counter/1/light"), 409, "agent_refused"
    )
    assert problem["reason"] == "port_missing"
    assert_refused(office.supervisor.post(f"/agents/{agent.name}/boards/other/light"), 404, "unknown_board")
    assert_refused(office.clerk("lan").post(f"/agents/{agent.name}/boards/counter/1/light"), 403, "role_forbids")


class InBackground:
    """A request in a thread of its own, as a browser sends it."""

    def __init__(self, request: Callable[[], Any]) -> None:
        self._answers: list[Any] = []
        self._thread = threading.Thread(target=lambda: self._answers.append(request()))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join(60)

    def is_over(self) -> bool:
        return bool(self._answers)

    def result(self) -> Any:
        self._thread.join(PATIENCE_S)
        return self._answers[0]
