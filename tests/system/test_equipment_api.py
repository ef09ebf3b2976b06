"""What an administrator's page may ask of a hardware agent, through the hub."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.agents import AgentRefused
from app.api.equipment import problems_in
from tests.fake_agent import FakeAgent
from tests.running_hub import RunningHub

Data = dict[str, Any]
LINE = {"url": "virtual://hall"}
SETUP = {"file": "toiluot.toml", "config": {"boards": []}, "families": {"modbus": {"presets": ["led-485"]}}}
BESIDE = ("by", "within_s", "job")
FOUND = {"found": [{"address": 3, "reply": "03 03 02 00 00"}]}
TWO_MISTAKES = (
    "/etc/toiluot.toml: hardware.boards[0]: address 300 is no Modbus unit (1 to 247, or 0 for all)\n"
    "/etc/toiluot.toml: unknown key 'ulr' in hardware.buses[0]; did you mean 'url'?"
)


class Agent(FakeAgent):
    """Answers each question as it was told to, and none that it was not."""

    def __init__(self, hub: RunningHub) -> None:
        self.answers: dict[str, Data] = {}
        super().__init__(hub, "hall-pc", lambda asked: self.answers.get(asked["what"]))

    def says(self, what: str, data: Data) -> None:
        self.answers[what] = {"ok": True, "data": data}

    def refuses(self, what: str, code: str, detail: str) -> None:
        self.answers[what] = {"ok": False, "code": code, "detail": detail}

    @property
    def questions(self) -> list[tuple[str, Data]]:
        """Without what stands in each of them beside what is wanted."""
        return [(asked["what"], {k: v for k, v in asked["data"].items() if k not in BESIDE}) for asked in self.asked]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A hub with a settings file of its own, in which nothing is attached yet."""
    folder = tmp_path_factory.mktemp("ward")
    (folder / "toiluot.toml").touch()
    hub = RunningHub(folder, {"config": folder / "toiluot.toml"}).start()
    yield hub
    hub.close()


@pytest.fixture
def agent(office: RunningHub) -> Iterator[Agent]:
    found = Agent(office)
    yield found
    found.go()


ASKS: dict[str, Callable[[RunningHub], Any]] = {
    "setup": lambda hub: hub.admin.ok("GET", "/agents/hall-pc/setup"),
    "ports": lambda hub: hub.admin.ok("GET", "/agents/hall-pc/ports"),
    "scan": lambda hub: hub.admin.ok("POST", "/agents/hall-pc/scan", json={"line": LINE, "first": 1, "last": 4}),
    "send": lambda hub: hub.admin.ok("POST", "/agents/hall-pc/send", json={"line": LINE, "hex": "24 23"}),
    "save": lambda hub: hub.admin.ok("PUT", "/agents/hall-pc/setup", json={"config": {"boards": []}}),
}


@pytest.mark.parametrize(
    ("what", "asked", "said"),
    [
        ("setup", {}, SETUP),
        ("ports", {}, {"ports": [{"device": "/dev/ttyUSB0", "description": "USB Serial", "bus": ""}]}),
        ("scan", {"line": LINE, "driver": "", "preset": "", "first": 1, "last": 4}, FOUND),
        ("send", {"line": LINE, "hex": "24 23"}, {"exchanges": [{"sent": "24 23", "reply": "", "verdict": "sent"}]}),
        ("save", {"config": {"boards": []}}, {"file": "toiluot.toml"}),
    ],
)
def test_a_question_reaches_the_agent_and_its_answer_the_administrator(
    office: RunningHub, agent: Agent, what: str, asked: Data, said: Data
) -> None:
    agent.says(what, said)
    assert ASKS[what](office) == said
    assert agent.questions == [(what, asked)]


def test_a_board_that_is_tried_is_asked_for_with_what_was_given_and_no_more(office: RunningHub, agent: Agent) -> None:
    agent.says("send", {"exchanges": []})
    board = {"line": LINE, "driver": "modbus", "address": 1, "options": {"preset": "led-485"}, "text": "8888"}
    office.admin.ok("POST", "/agents/hall-pc/send", json=board)
    assert agent.questions == [("send", board)]


def test_a_board_is_laid_out_first_only_if_that_is_asked_for(office: RunningHub, agent: Agent) -> None:
    agent.says("send", {"exchanges": []})
    board = {"line": LINE, "driver": "alpha", "address": 1, "text": "8888", "setup": True}
    office.admin.ok("POST", "/agents/hall-pc/send", json=board)
    assert agent.questions == [("send", board)]


def test_the_agent_is_told_who_asks_how_long_the_hub_waits_and_which_request_it_is(
    office: RunningHub, agent: Agent
) -> None:
    agent.says("send", {"exchanges": []})
    agent.says("ports", {"ports": []})
    office.admin.ok("GET", "/agents/hall-pc/ports")
    for setup in (False, True):
        body = {"line": LINE, "driver": "alpha", "text": "8888", "setup": setup}
        for key in ("press-1", "press-1", "press-2"):
            office.admin.ok("POST", "/agents/hall-pc/send", json=body, headers={"Idempotency-Key": key})
    ports, *sends = (asked["data"] for asked in agent.asked)
    assert (ports["by"], ports["within_s"]) == (sends[0]["by"], 7)
    assert ports["by"]
    assert [send["within_s"] for send in sends] == [7] * 3 + [20] * 3
    first, again, other, *_ = (send["job"] for send in sends)
    assert first == again != other


def test_every_mistake_in_a_configuration_is_told_with_its_place(office: RunningHub, agent: Agent) -> None:
    agent.refuses("save", "bad_config", TWO_MISTAKES)
    answer = office.admin.put("/agents/hall-pc/setup", json={"config": {}})
    assert answer.status_code == 422
    assert answer.json()["code"] == "bad_config"
    assert [each["where"] for each in answer.json()["problems"]] == ["boards[0]", "buses[0].ulr"]
    assert answer.json()["problems"][0]["what"].startswith("address 300 is no Modbus unit")


def test_a_sentence_without_a_place_is_a_problem_all_the_same() -> None:
    assert problems_in("x.toml: hardware.boards[1].look.paused: too long") == [
        {"where": "boards[1].look.paused", "what": "too long"}
    ]
    assert problems_in("x.toml: is not valid TOML: line 3\n\n") == [
        {"where": "", "what": "x.toml: is not valid TOML: line 3"}
    ]


def test_what_the_agent_refuses_is_told_in_its_words(office: RunningHub, agent: Agent) -> None:
    agent.refuses("scan", "port_busy", "another program is using it")
    answer = office.admin.post("/agents/hall-pc/scan", json={"line": LINE, "first": 1, "last": 2})
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["reason"]) == (409, AgentRefused.code, "port_busy")
    assert problem["detail"] == "another program is using it"


def test_an_agent_that_does_not_answer_is_named(office: RunningHub, agent: Agent) -> None:
    answer = office.admin.get("/agents/hall-pc/setup")
    assert (answer.status_code, answer.json()["code"]) == (504, "agent_silent")
    assert "hall-pc" in answer.json()["detail"]
    assert agent.questions == [("setup", {})]


def test_an_agent_that_is_not_there_is_told_at_once(office: RunningHub) -> None:
    office.device("agent", "other-pc")
    away = office.admin.get("/agents/other-pc/ports")
    assert (away.status_code, away.json()["code"]) == (503, "agent_away")
    for name in ("nobody", "kiosk-1"):
        unknown = office.admin.get(f"/agents/{name}/ports")
        assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_agent")


@pytest.mark.parametrize("body", [{"first": 1, "last": 5}, {"first": -1, "last": 2}, {"first": 1}])
def test_a_scan_asks_for_a_few_addresses_at_a_time(office: RunningHub, agent: Agent, body: Data) -> None:
    assert office.admin.post("/agents/hall-pc/scan", json={"line": LINE} | body).status_code == 422
    assert agent.questions == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/agents"),
        ("POST", "/agents"),
        ("GET", "/agents/hall-pc/setup"),
        ("PUT", "/agents/hall-pc/setup"),
        ("GET", "/agents/hall-pc/ports"),
        ("POST", "/agents/hall-pc/scan"),
        ("POST", "/agents/hall-pc/send"),
    ],
)
def test_only_an_administrator_touches_the_equipment(office: RunningHub, agent: Agent, method: str, path: str) -> None:
    for who in (office.supervisor, office.clerk("thu-ky"), office.kiosk, office.device("agent", "hall-pc")):
        assert who.request(method, path, json={}).status_code == 403
    assert agent.questions == []


def test_the_agents_are_listed_with_their_equipment(office: RunningHub, agent: Agent) -> None:
    listed = office.admin.ok("GET", "/agents")
    assert listed["own"] == "can_start"
    (found,) = (each for each in listed["agents"] if each["name"] == "hall-pc")
    assert found["online"] is True
    assert found["boards"] == []
    assert {each["kind"] for each in listed["agents"]} == {"agent"}
    assert agent.questions == []


def test_the_hub_starts_an_agent_on_its_own_machine_once(
    hub_factory: Callable[..., RunningHub], tmp_path: Path
) -> None:
    settings = tmp_path / "toiluot.toml"
    settings.touch()
    hub = hub_factory(config=settings)
    assert hub.admin.ok("GET", "/agents") == {"agents": [], "own": "can_start"}
    assert hub.admin.ok("POST", "/agents", json={"name": "agent"})["own"] == "runs"
    again = hub.admin.post("/agents", json={"name": "agent"})
    assert (again.status_code, again.json()["code"]) == (409, "own_agent_runs")
    assert hub.admin.post("/agents", json={"name": "another"}).status_code == 422
