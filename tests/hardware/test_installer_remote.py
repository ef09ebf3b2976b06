"""The administrator's page, on another machine, looks at this one's ports and gives it a new configuration."""

import logging
import threading
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from agents import at_work
from fake_hub import TOKEN, FakeHub
from lines import PATIENCE_S, Line, a_board, a_bus, configured
from wall import Wall

from hardware import drivers
from hardware.agent import Agent
from hardware.config import BusConfig
from hardware.drivers import alpha
from hardware.drivers.base import Frame
from hardware.installer import ports, remote
from hardware.installer.settings_file import read_part
from hardware.installer.wire import HeldLine
from hardware.installer.worker import SPARE_S


class AskingHub(FakeHub):
    """Also asks, and waits for the answer."""

    def start(self) -> None:
        super().start()
        self.answers: dict[str, dict[str, Any]] = {}
        self._sio.on("answer", self._answer)

    def ask(self, what: str, **data: Any) -> dict[str, Any]:
        id_ = f"question {len(self.answers)}"
        self.emit("ask", {"id": id_, "what": what, "data": data})
        self.wait(lambda: id_ in self.answers)
        return self.answers[id_]

    def told(self, what: str, **data: Any) -> dict[str, Any]:
        answer = self.ask(what, **data)
        assert answer["ok"], answer
        told: dict[str, Any] = answer["data"]
        return told

    def refused(self, what: str, **data: Any) -> tuple[str, str]:
        answer = self.ask(what, **data)
        assert not answer["ok"], answer
        return answer["code"], answer["detail"]

    def _answer(self, _sid: str, data: dict[str, Any]) -> None:
        with self._news:
            self.answers[data["id"]] = data
            self._news.notify_all()


Work = Callable[..., Agent]


@pytest.fixture
def hub() -> Iterator[AskingHub]:
    made = AskingHub()
    yield made
    made.stop()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "toiluot.toml"


@pytest.fixture
def work(hub: AskingHub, file: Path) -> Iterator[Work]:
    """Start an agent with the configuration in `file`, which is written first."""
    with ExitStack() as agents:

        def start(*, named: Path | None = file, **settings: Any) -> Agent:
            config = configured(settings.pop("buses", []), settings.pop("boards", []), **settings)
            agent = agents.enter_context(at_work(Agent(config.with_hub(hub.url, TOKEN), named)))
            hub.wait(lambda: bool(hub.reports))
            return agent

        yield start


def test_what_is_configured_and_what_could_be_is_told_without_the_token(hub: AskingHub, work: Work, file: Path):
    part = '[[hardware.buses]]\nname = "hall"\nurl = "virtual://x"\n'
    file.write_text(f'[hardware]\ntoken = "secret"\n{part}', encoding="utf-8")
    work()
    told = hub.told("setup")
    assert told["file"] == str(file)
    assert told["config"] == {"buses": [{"name": "hall", "url": "virtual://x"}]}
    assert "led-485" in told["families"]["modbus"]["presets"]
    assert (told["families"]["alpha"]["erases"], told["families"]["frame"]["erases"]) == (True, False)
    assert "offline_after_s" in told["schema"]["properties"]
    assert told["problems"] == []
    assert "secret" not in str(told)


def test_a_file_that_somebody_spoilt_is_told_with_what_is_wrong(hub: AskingHub, work: Work, file: Path):
    file.write_text('[hardware]\nhubb = "x"\n', encoding="utf-8")
    work()
    assert "did you mean 'hub'?" in hub.told("setup")["problems"][0]
    file.write_text("x = ", encoding="utf-8")
    code, detail = hub.refused("setup")
    assert code == "bad_config"
    assert "not valid TOML" in detail
    assert hub.refused("save", config={})[0] == "bad_config"
    assert file.read_text(encoding="utf-8") == "x = "


def test_the_ports_are_told_with_the_bus_that_holds_them(
    hub: AskingHub, work: Work, line: Line, monkeypatch: pytest.MonkeyPatch
):
    device = str(line.path.resolve())
    listed = [
        SimpleNamespace(device=device, serial_number=None, description="USB Serial", vid=None, pid=None),
        SimpleNamespace(device="/dev/ttyX9", serial_number=None, description="n/a", vid=None, pid=None),
    ]
    monkeypatch.setattr(ports.list_ports, "comports", lambda: listed)
    work(buses=[a_bus("hall", line.path)])
    assert hub.told("ports")["ports"] == [
        {"device": device, "description": "USB Serial", "bus": "hall"},
        {"device": "/dev/ttyX9", "description": "serial port", "bus": ""},
    ]


def test_a_free_port_is_scanned_for_the_moment(hub: AskingHub, work: Work, line: Line):
    work()
    board = drivers.build("modbus", 3, {"preset": "dm56a04"}).simulate()
    with Wall(line, it=board):
        told = hub.told("scan", line={"url": str(line.path)}, driver="modbus", preset="dm56a04", first=2, last=4)
    (found,) = told["found"]
    assert (found["address"], found["driver"], found["presets"]) == (3, "modbus", ["dm56a04"])
    assert found["reply"].startswith("03 03 02")


def test_a_port_that_a_bus_holds_is_scanned_through_it_while_calls_go_on(hub: AskingHub, work: Work, line: Line):
    board = drivers.build("frame", 1, {"preset": "led-485"}).simulate()
    hub.put(1, "A001")
    with Wall(line, it=board) as wall:
        work(buses=[a_bus("hall", line.path)], boards=[a_board("one", "hall")])
        hub.wait_for_shown(one="A001")
        told = hub.told("scan", line={"url": str(line.path)}, driver="frame", preset="led-485", first=1, last=2)
        assert [found["address"] for found in told["found"]] == [1]
        hub.call(1, "A002")
        hub.wait_for_shown(one="A002")
        assert wall.look("it") in ("A002", "")  # it blinks


def test_a_text_that_was_sent_by_hand_is_explained_and_the_hall_comes_back(
    hub: AskingHub, work: Work, line: Line, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(remote, "LOOKED_AT_S", 0.05)
    hub.put(1, "A001")
    work(buses=[a_bus("hall", line.path)], boards=[a_board("one", "hall")])
    line.hear(b"A001#")
    wanted = {"driver": "frame", "address": 1, "options": {"preset": "led-485"}, "text": "8888"}
    (exchange,) = hub.told("send", line={"url": str(line.path)}, **wanted)["exchanges"]
    assert exchange["sent"] == "24 30 30 31 2c 38 38 38 38 23"
    assert [piece["hex"] for piece in exchange["pieces"]] == ["24", "30 30 31", "2c", "38 38 38 38", "23"]
    assert (exchange["reply"], exchange["verdict"]) == ("", "sent")
    line.hear_until(lambda: line.heard.endswith(b"$001,8888#$001,A001#"))


def test_a_look_at_one_line_does_not_leave_the_other_one_as_it_was_tried(
    hub: AskingHub, work: Work, line: Line, other_line: Line, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(remote, "LOOKED_AT_S", 0.5)
    hub.put(1, "A001")
    work(
        buses=[a_bus("a", line.path), a_bus("b", other_line.path)],
        boards=[a_board("one", "a"), a_board("two", "b")],
    )
    tried = {"driver": "frame", "address": 1, "options": {"preset": "led-485"}, "text": "8888"}
    for each in (line, other_line):
        each.hear(b"A001#")
        hub.told("send", line={"url": str(each.path)}, **tried)
    for each in (line, other_line):
        each.hear_until(lambda each=each: each.heard.endswith(b"$001,8888#$001,A001#"))


ALPHA = {"driver": "alpha", "address": 1, "options": {"preset": "alpha"}, "text": "8888"}


@pytest.mark.parametrize("held", [False, True])
def test_a_sign_is_laid_out_before_it_is_tried_only_if_that_is_wanted(
    hub: AskingHub, work: Work, line: Line, monkeypatch: pytest.MonkeyPatch, held: bool
):
    for wait in ("AFTER_CLEAR_MS", "AFTER_SETUP_MS", "AFTER_WRITE_MS"):
        monkeypatch.setattr(alpha, wait, 5)
    work(buses=[a_bus("hall", line.path)] if held else [])
    driver = drivers.build("alpha", 1, {"preset": "alpha"})
    setup = [frame.data.hex(" ") for frame in driver.setup()]
    (shown,) = hub.told("send", line={"url": str(line.path)}, **ALPHA)["exchanges"]
    laid_out = hub.told("send", line={"url": str(line.path)}, setup=True, **ALPHA)["exchanges"]
    assert [exchange["sent"] for exchange in laid_out] == [*setup, shown["sent"]]
    line.hear_until(lambda: line.heard.hex(" ") == " ".join([shown["sent"], *setup, shown["sent"]]))


def test_a_board_that_is_deaf_is_given_its_time_on_a_line_that_runs():
    waits: list[float | None] = []

    class Stopping(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout)
            return False

    port = SimpleNamespace(write=lambda _data: None, take_input=lambda: b"")
    config = BusConfig(name="hall", url="/dev/x")
    talk = HeldLine(SimpleNamespace(run=lambda job, _timeout_s: job(port, config)), Stopping())
    talk.exchange(Frame(b"erase", deaf_ms=10_000))
    talk.exchange(Frame(b"text"))
    assert waits[0] == 0
    assert 9 < waits[1] <= 11


def test_a_request_that_is_tried_again_is_not_sent_again(hub: AskingHub, work: Work, line: Line):
    work()
    first, again = (hub.told("send", line={"url": str(line.path)}, hex="24", listen_ms=0, job="x") for _ in range(2))
    hub.told("send", line={"url": str(line.path)}, hex="25", listen_ms=0, job="y")
    assert again == first
    assert line.hear(b"%") == b"$%"


def test_what_was_asked_too_late_is_not_done(hub: AskingHub, work: Work, file: Path):
    work()
    code, detail = hub.refused("save", config={}, within_s=SPARE_S)
    assert code == "late"
    assert "it is left undone" in detail
    assert not file.exists()
    assert hub.told("save", config={}, within_s=60) == {"file": str(file)}


def test_a_scan_holds_up_neither_the_setup_nor_the_ports(
    hub: AskingHub, work: Work, line: Line, monkeypatch: pytest.MonkeyPatch
):
    others_answered = threading.Event()

    def slow(*_: object) -> list[Any]:
        assert others_answered.wait(PATIENCE_S)
        return []

    monkeypatch.setattr(remote.Scan, "run", slow)
    work()
    hub.emit("ask", {"id": "scan", "what": "scan", "data": {"line": {"url": str(line.path)}}})
    hub.told("ports")
    hub.told("setup")
    assert "scan" not in hub.answers
    others_answered.set()
    hub.wait(lambda: "scan" in hub.answers)


def test_what_was_sent_from_afar_stands_in_the_log_with_who_asked(
    hub: AskingHub, work: Work, line: Line, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO, logger=remote.__name__)
    work()
    hub.told("send", line={"url": str(line.path)}, hex="24 30", listen_ms=0, by="an-ninh")
    hub.told("scan", line={"url": str(line.path)}, driver="frame", preset="led-485", first=2, last=3, by="an-ninh")
    assert f"an-ninh sends 2 bytes to {line.path}" in caplog.text
    assert f"an-ninh asks addresses 2 to 3 on {line.path}" in caplog.text


def test_bytes_are_sent_as_they_are(hub: AskingHub, work: Work, line: Line):
    work()
    told = hub.told("send", line={"url": str(line.path)}, hex="24 30", listen_ms=0)
    assert told["exchanges"][0]["pieces"] == [{"hex": "24 30", "meaning": "bytes as given"}]
    assert line.hear(b"0") == b"$0"


@pytest.mark.parametrize(
    ("what", "data", "refusal"),
    [
        ("scan", {"line": {}}, ("bad_question", "url: Field required")),
        ("scan", {"line": {"url": "x"}, "first": 1, "last": 5}, ("bad_question", "1 to 4 addresses")),
        ("scan", {"line": {"url": "x"}, "driver": "x"}, ("unknown_driver", "there is no driver 'x'")),
        ("scan", {"line": {"url": "x"}, "driver": "cd5220"}, ("no_question", "answer no question")),
        ("scan", {"line": {"url": "/nowhere"}}, ("port_missing", "No such file")),
        ("send", {"line": {"url": "x"}}, ("bad_question", "either hex, or a driver and a text")),
        ("send", {"line": {"url": "x"}, "hex": "2"}, ("bad_question", "hex")),
        ("send", {"line": {"url": "x"}, "driver": "x", "text": "1"}, ("bad_config", "there is no driver 'x'")),
        (
            "send",
            {"line": {"url": "x"}, "driver": "frame", "options": {"preset": "led-485"}, "text": "A12345"},
            ("cannot_show", "the board has 4 places"),
        ),
        ("send", {"line": {"url": "spy://x?file=/tmp/y"}, "hex": "24"}, ("bad_config", "spy:// is no way to a line")),
        ("save", {}, ("bad_question", "config")),
        ("save", {"config": {"boards": [{"name": "x"}]}}, ("bad_config", "the key 'counter' is missing")),
        ("dance", {}, ("unknown_question", "dance")),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_reason(
    hub: AskingHub, work: Work, what: str, data: dict[str, Any], refusal: tuple[str, str]
):
    work()
    code, detail = hub.refused(what, **data)
    assert code == refusal[0]
    assert refusal[1] in detail


def test_a_port_in_use_is_not_spoken_to_at_another_speed(hub: AskingHub, work: Work, line: Line):
    work(buses=[a_bus("hall", line.path)])
    code, detail = hub.refused("send", line={"url": str(line.path), "baudrate": 19200}, hex="24")
    assert code == "other_speed"
    assert "bus 'hall' uses this port at 9600 8N1" in detail


def test_an_agent_without_a_file_says_so(hub: AskingHub, work: Work):
    work(named=None)
    assert hub.refused("setup")[0] == "no_file"


def test_a_saved_configuration_is_in_force_at_once_and_the_line_to_the_hub_stays(
    hub: AskingHub, work: Work, line: Line, other_line: Line, file: Path
):
    file.write_text('db = "x.db"  # ours\n[hardware]\ntoken = "secret"  # given\n', encoding="utf-8")
    hub.put(1, "A001")
    hub.put(2, "B001")
    work(buses=[a_bus("hall", line.path)], boards=[a_board("one", "hall")])
    hub.wait_for_shown(one="A001")
    buses = [a_bus("wire", other_line.path), a_bus("hall", line.path)]
    boards = [a_board("two", "wire", counter=2), a_board("one", "hall", look={"free": "-", "offline": None})]
    assert hub.told("save", config={"buses": buses, "boards": boards}) == {"file": str(file)}
    assert other_line.hear(b"#") == b"$001,B001#"
    hub.wait_for_shown(one="A001", two="B001")
    hub.call(2, "B002")
    other_line.hear(b"B002#")
    assert hub.joins == [{"room": "devices"}]
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    assert written["hardware"]["token"] == "secret"
    assert written["hardware"]["boards"][1]["look"] == {"free": "-"}
    assert file.read_text(encoding="utf-8").startswith('db = "x.db"  # ours\n')
    assert hub.told("setup")["config"] == read_part(file)


def test_a_bad_configuration_changes_nothing(hub: AskingHub, work: Work, line: Line, file: Path):
    file.write_text("[hardware]\n", encoding="utf-8")
    work(buses=[a_bus("hall", line.path)], boards=[a_board("one", "hall")])
    hub.wait_for_shown(one="")
    boards = [a_board("one", "nowhere", counter=0), a_board("one", "hall", addres=1)]
    code, detail = hub.refused("save", config={"buses": [a_bus("hall", line.path)], "boards": boards})
    assert code == "bad_config"
    assert f"{file}: hardware.boards[0].counter: " in detail
    assert "unknown key 'addres' in hardware.boards[1]; did you mean 'address'?" in detail
    assert file.read_text(encoding="utf-8") == "[hardware]\n"
    hub.call(1, "A002")
    hub.wait_for_shown(one="A002")


def test_a_folder_that_cannot_be_written_to_is_said(hub: AskingHub, work: Work, tmp_path: Path):
    work(named=tmp_path / "gone" / "toiluot.toml")
    code, detail = hub.refused("save", config={})
    assert code == "not_written"
    assert "No such file" in detail


def test_a_configuration_that_is_saved_while_the_hub_is_away_shows_that_it_is(
    hub: AskingHub, work: Work, line: Line, other_line: Line
):
    agent = work(buses=[a_bus("hall", line.path)], boards=[a_board("one", "hall")], offline_after_s=0.1)
    hub.wait_for_shown(one="")
    hub.stop()
    line.hear(b"$001,  --#")
    agent.reconfigure(configured([a_bus("new", other_line.path)], [a_board("one", "new")]))
    assert other_line.hear(b"--#").endswith(b"$001,  --#")
    hub.start()
    hub.wait(lambda: len(hub.joins) == 2)


def test_a_driver_that_breaks_does_not_end_the_installers_tools(
    hub: AskingHub, work: Work, monkeypatch: pytest.MonkeyPatch
):
    def broken() -> list[Any]:
        raise RuntimeError("somebody else's")

    monkeypatch.setattr(remote, "found_ports", broken)
    work()
    assert hub.refused("ports") == ("crashed", 'RuntimeError("somebody else\'s")')
    monkeypatch.undo()
    assert "ports" in hub.told("ports")
