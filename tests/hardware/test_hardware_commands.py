"""The agent's and the installer's commands, as typed."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fake_hub import TOKEN, FakeHub
from lines import Line
from wall import Wall

from app import control
from hardware import drivers
from hardware.cli import hardware
from hardware.config import BusConfig, load
from hardware.installer.running_hub import find
from hardware.lines.ports import open_port


@pytest.fixture(autouse=True)
def nobody_runs_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No hub of this machine, and no token of somebody's."""
    monkeypatch.chdir(tmp_path)
    for variable in ("TOILUOT_DB", "TOILUOT_CONFIG", "TOILUOT_AGENT_TOKEN"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def config(tmp_path: Path, line: Line) -> Path:
    path = tmp_path / "toiluot.toml"
    path.write_text(
        f"""
        db = "{tmp_path / "centre.db"}"
        [[hardware.buses]]
        name = "hall"
        url = "{line.path}"
        [[hardware.buses]]
        name = "gone"
        url = "{tmp_path / "nothing"}"
        [[hardware.boards]]
        name = "one"
        counter = 1
        bus = "hall"
        driver = "frame"
        options = {{ preset = "led-485" }}
        [[hardware.boards]]
        name = "far"
        counter = 2
        bus = "gone"
        driver = "modbus"
        options = {{ preset = "led-485" }}
        """,
        encoding="utf-8",
    )
    return path


def typed(*words: object) -> Result:
    return CliRunner().invoke(hardware, [str(word) for word in words])


class Hub(HTTPServer):
    """Answers the one request for devices, and lights what it is told to."""

    def __init__(self, devices: list[dict[str, Any]]) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.devices = devices
        self.lit: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answers(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        if self.headers["Authorization"] != "Bearer the-token":
            self._say(403, {"detail": "This token may not see the devices."})
            return
        assert self.path == "/api/v1/devices"
        self._say(200, {"devices": self.server.devices})

    def do_POST(self) -> None:
        self.server.lit.append(self.path)
        self._say(200, {"state": "sent", "text": "8888", "seconds": 10})

    def _say(self, status: int, data: object) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


ONE = {"name": "one", "state": "sent", "shown": "A023", "detail": "", "since": "2026-11-21T09:05:12.000+07:00"}
FAR = {
    "name": "far",
    "state": "down",
    "shown": "",
    "detail": "/dev/ttyUSB1: No such file or directory",
    "since": "2026-11-21T09:01:00.000+07:00",
    "next_attempt": "2026-11-21T09:06:01.500+07:00",
}
PRINTER = {"name": "kiosk printer", "state": "paper_low", "shown": "", "detail": "", "since": ONE["since"]}


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """A hub of this machine, as its own file says; another agent is there too."""
    pieces = {"boards": [ONE | {"next_attempt": None}, FAR], "printers": [PRINTER | {"next_attempt": None}]}
    agents = [
        {"name": "another", "kind": "agent", "online": True, "boards": []},
        {"name": "agent", "kind": "agent", "online": True, **pieces},
        {"name": "tv", "kind": "display", "online": True},
    ]
    made = Hub(agents)
    control.publish(tmp_path / "centre.db", control.Control(made.url, "the-token"))
    thread = threading.Thread(target=made.serve_forever, args=(0.02,))
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.mark.usefixtures("hub")
def test_list_says_what_the_running_agent_says_and_opens_no_port(config: Path, line: Line):
    line.unplug()  # a look at the port would find it gone
    output = " ".join(typed("list", "--config", config).output.split())
    assert "As the running agent 'agent' says" in output
    told = json.loads(typed("list", "--config", config, "--json").stdout)
    assert told["agent"] == "agent"
    assert "reachable" not in told["buses"][0]
    assert [(board["name"], board["state"]) for board in told["boards"]] == [("one", "sent"), ("far", "down")]
    assert told["printers"][0]["state"] == "paper_low"


@pytest.mark.usefixtures("hub")
def test_a_board_that_is_down_says_since_when_why_and_when_it_is_tried_again(
    config: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "250")
    output = typed("list", "--config", config).output
    assert "down since 09:01:00 because /dev/ttyUSB1: No such file or directory; next attempt 09:06:01" in output
    assert "sent 'A023' since 09:05:12" in output
    assert "paper_low since 09:05:12" in output


def test_list_without_an_agent_tells_which_lines_can_be_opened(config: Path):
    told = json.loads(typed("list", "--config", config, "--json").stdout)
    assert [(bus["name"], bus["reachable"]) for bus in told["buses"]] == [("hall", True), ("gone", False)]
    assert "No such file" in told["buses"][1]["detail"]
    assert [board["name"] for board in told["boards"]] == ["one", "far"]
    assert "so the ports are tried here" in typed("list", "--config", config).output


def test_without_an_agent_what_has_a_port_of_its_own_is_tried_too(config: Path, tmp_path: Path):
    (tmp_path / "pad").touch()
    more = f"""
        [[hardware.printers]]
        name = "kiosk printer"
        url = "tcp://127.0.0.1:9"
        [[hardware.keypads]]
        name = "pad"
        counter = 1
        driver = "usb"
        device = "{tmp_path / "pad"}"
        [[hardware.scanners]]
        name = "scanner"
        counter = 1
        url = "{tmp_path / "no scanner"}"
        """
    config.write_text(config.read_text(encoding="utf-8") + more, encoding="utf-8")
    told = json.loads(typed("list", "--config", config, "--json").stdout)
    rows = [told[kind][0] for kind in ("printers", "keypads", "scanners")]
    assert [row["reachable"] for row in rows] == [False, True, False]
    assert "refused" in rows[0]["detail"]
    assert "address" not in rows[0]
    assert "reachable" not in told["boards"][0]


def test_the_hub_is_found_by_the_database_that_it_was_started_with(config: Path, hub: Hub, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere.db"
    control.publish(elsewhere, control.Control(hub.url, "the-token"))
    control.path_for(tmp_path / "centre.db").unlink()
    lost = typed("list", "--config", config).output
    assert f"No running hub has the database {tmp_path / 'centre.db'} (started with --db? give it here too)" in lost
    assert "As the running agent" in typed("list", "--config", config, "--db", elsewhere).output
    assert "one shows 8888" in typed("light", "--config", config, "--db", elsewhere, "one").output


def test_the_hub_of_another_pc_is_asked_with_the_agents_token(
    config: Path, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    control.path_for(tmp_path / "centre.db").unlink()
    words = ("list", "--config", config, "--hub", hub.url)
    assert "--hub needs TOILUOT_AGENT_TOKEN" in typed(*words).output
    monkeypatch.setenv("TOILUOT_AGENT_TOKEN", "the-token")
    assert "As the running agent" in typed(*words).output


def test_a_port_that_is_held_is_said_to_be_busy_and_how_to_ask_its_holder(config: Path, line: Line):
    with closing(open_port(BusConfig(name="x", url=str(line.path)), {})):
        bus = json.loads(typed("list", "--config", config, "--json").stdout)["buses"][0]
        assert bus["detail"] == "another program is using it, perhaps the agent of a running hub"
        assert "'toiluot hardware light BOARD --db FILE'" in typed("light", "--config", config, "one").output


def test_a_hub_that_was_killed_leaves_its_file_and_is_said_not_to_answer(config: Path, hub: Hub, tmp_path: Path):
    control.publish(tmp_path / "centre.db", control.Control("http://127.0.0.1:9", "the-token"))
    assert "the hub at http://127.0.0.1:9 does not answer" in typed("list", "--config", config).output
    control.publish(tmp_path / "centre.db", control.Control(hub.url, "another"))
    assert "This token may not see the devices." in typed("list", "--config", config).output


def test_on_another_pc_the_hub_is_the_one_of_the_configuration(config: Path):
    there = load(config, {"TOILUOT_AGENT_TOKEN": "mine"}).with_hub("http://10.0.0.5:8000", None)
    found = find(config, there, {})
    assert found is not None
    assert (found.url, found.token) == ("http://10.0.0.5:8000", "mine")
    assert find(config, load(config, {}), {}) is None


def test_light_goes_through_the_running_agent(config: Path, hub: Hub):
    assert "one shows 8888 for 10 s (sent)" in typed("light", "--config", config, "one").output
    assert hub.lit == ["/api/v1/agents/agent/boards/one/light"]


def test_light_without_an_agent_uses_the_port(config: Path, line: Line):
    result = typed("light", "--config", config, "one")
    assert result.exit_code == 0
    assert line.hear(b"#") == b"$001,8888#"
    assert "there is no board 'nobody'" in typed("light", "--config", config, "nobody").output
    assert "No such file" in typed("light", "--config", config, "far").output


def test_send_shows_a_text_on_a_board_and_explains_the_frame(config: Path, line: Line):
    result = typed("send", "--config", config, "one", "A012")
    assert result.exit_code == 0
    assert "24 30 30 31 2C 41 30 31 32 23   $001,A012#" in result.output
    assert "text 'A012'" in result.output
    assert "This kind of board does not answer" in result.output
    assert line.hear(b"#") == b"$001,A012#"


def test_send_says_so_when_the_board_is_told_less_than_the_text(config: Path):
    assert "Not all of 'KV0123' fits or can be shown: the board is to show '0123'." in (
        typed("send", "--config", config, "one", "KV0123").output
    )
    assert "Not all" not in typed("send", "--config", config, "one", "A012").output


def test_send_speaks_to_a_board_that_stands_in_no_file(line: Line):
    with Wall(line, it=drivers.build("modbus", 5, {"preset": "led-485"}).simulate()) as wall:
        result = typed("send", "--port", line.path, "--driver", "modbus", "--preset", "led-485", "--address", 5, "A012")
        assert wall.look("it") == "A012"
    assert result.exit_code == 0, result.output
    assert "The board answered that it has it." in result.output


def test_a_board_that_does_not_answer_fails_with_words(line: Line):
    options = '{"timeout_ms": 20}'
    words = ("--port", line.path, "--driver", "modbus", "--preset", "led-485", "--options", options)
    result = typed("send", *words, "A012")
    assert result.exit_code == 1
    assert "should answer and did not: no answer within 20 ms" in result.output


def test_a_signs_memory_is_laid_out_only_when_asked_for(line: Line):
    words = ("send", "--port", line.path, "--driver", "alpha", "--preset", "alpha", "A012")
    result = typed(*words)
    assert "it erases what is stored" in result.output
    sent = line.hear(b"A012\x04")
    assert b"E$" not in sent


def test_send_writes_raw_bytes_to_any_port(line: Line):
    result = typed("send", "--hex", "24 30 31", "--port", line.path, "--listen-ms", 0)
    assert result.exit_code == 0
    assert line.hear(b"1") == b"$01"
    assert "nobody listened" in result.output
    assert "No answer within 20 ms." in typed("send", "--hex", "24", "--port", line.path, "--listen-ms", 20).output


def test_raw_bytes_that_are_answered_are_said_to_be(line: Line):
    board = drivers.build("modbus", 1, {"preset": "led-485"})
    question = board.probe()
    assert question is not None
    with Wall(line, it=board.simulate()):
        result = typed("send", "--port", line.path, "--hex", question.data.hex())
    assert "Answered; what it means is not known." in result.output
    assert "does not answer" not in result.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("one", "A12345"), "cannot show 'A12345': the board has 4 places"),
        (("nobody", "A012"), "there is no board 'nobody'; the boards are: one, far"),
        (("far", "A012"), "No such file"),
        (("--hex", "2", "--port", "x"), "'2' is not pairs of hex digits"),
        (("--hex", "24"), "--port is missing"),
        (("--driver", "frame", "A012"), "--port is missing"),
        (("--port", "x", "--driver", "nix", "A012"), "there is no driver 'nix'"),
        (("--port", "x", "--driver", "frame", "--options", "{", "A012"), "is not JSON"),
        (("--port", "x", "--driver", "frame", "--options", "[]", "A012"), "a JSON object is wanted"),
        (("--port", "x", "--baudrate", "1", "--hex", "24"), "baudrate"),
        (("one",), "name a BOARD and a TEXT"),
    ],
)
def test_send_says_what_is_wrong(config: Path, words: tuple[str, ...], told: str):
    result = typed("send", "--config", config, *words)
    assert result.exit_code != 0
    assert told in result.output


def test_a_mistake_in_the_file_is_told_in_one_line(tmp_path: Path):
    path = tmp_path / "toiluot.toml"
    path.write_text("[hardware]\nhubb = 'x'\n", encoding="utf-8")
    result = typed("run", "--config", path)
    assert result.exit_code == 1
    assert "unknown key 'hubb' in hardware; did you mean 'hub'?" in result.output


def test_an_agent_to_which_nothing_is_attached_waits_to_be_set_up(tmp_path: Path):
    hub = FakeHub()
    command = [sys.executable, "-m", "hardware", "run", "--config", str(tmp_path / "none.toml"), "--hub", hub.url]
    words = [*command, "--token", TOKEN, "--until-stdin-closes"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root) as agent:
        hub.wait(lambda: bool(hub.reports))
        _, said = agent.communicate()
    assert b"has no [hardware] part: nothing is attached to this agent yet" in said
    assert hub.reports[-1] == []
    hub.stop()
