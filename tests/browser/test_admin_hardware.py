"""The equipment page in the hands of whoever installs the boards, with the real agent behind it."""

import json
import os
import select
import threading
import tomllib
import tty
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from hardware import drivers
from hardware.drivers.base import SimulatedBoard
from tests.running_hub import RunningHub

pytestmark = pytest.mark.browser
HubFactory = Callable[..., RunningHub]
SLOW_MS = 20_000  # an agent that starts, or goes through several kinds
AT_WORK = """
# the electrician's notes
log_level = "warning"
[hardware]
[[hardware.buses]]
name = "hall"
url = "virtual://hall"
[[hardware.boards]]
name = "over counter 1"
counter = 1
bus = "hall"
driver = "modbus"
options = { preset = "led-485" }
"""


@dataclass
class Board:
    """A board on a pseudo-terminal: it hears what the agent writes there, and answers."""

    board: SimulatedBoard
    shown: set[str] = field(default_factory=set)
    heard: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self._far, self._near = os.openpty()
        tty.setraw(self._near)
        self.port = os.ttyname(self._near)
        self._done, self._tell_done = os.pipe()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def take_down(self) -> None:
        os.write(self._tell_done, b".")
        self._thread.join()
        for end in (self._far, self._near, self._done, self._tell_done):
            os.close(end)

    def wait_until_it_has_shown(self, text: str, most_s: float = 20) -> None:
        with self.heard:
            assert self.heard.wait_for(lambda: text in self.shown, most_s), self.shown

    def _run(self) -> None:
        while self._done not in select.select([self._far, self._done], [], [])[0]:
            answer = self.board.receive(os.read(self._far, 4096))
            if answer:
                os.write(self._far, answer)
            with self.heard:
                self.shown.add(self.board.shown)
                self.heard.notify_all()


@dataclass
class Installer:
    hub: RunningHub
    settings: Path
    page: Page

    def go(self) -> None:
        self.page.goto(f"{self.hub.url}/admin/hardware")
        expect(self.page.locator(".admin-main [aria-busy=true]")).to_have_count(0)

    def section(self, kind: str) -> Locator:
        return self.page.locator(f"[data-kind={kind}]")

    def add(self, kind: str) -> None:
        self.section(kind).locator("[data-add]").click(timeout=SLOW_MS)

    def open(self, kind: str, name: str) -> None:
        self.section(kind).locator(f"tr[data-key='{name}'] .row-open").click(timeout=SLOW_MS)

    def state(self, kind: str, name: str) -> Locator:
        return self.section(kind).locator(f"tr[data-key='{name}'] .state, tr[data-key='{name}'] .mark").first

    def field(self, name: str) -> Locator:
        return self.page.locator(f".sheet [data-field='{name}']")

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.field(name).locator(f"[name='{name}']").fill(value)

    def save(self) -> None:
        self.page.locator(".sheet [type=submit]").click()
        expect(self.page.locator(".sheet")).to_have_count(0)

    def next_step(self) -> None:
        self.page.locator("[data-next]").click()

    def written(self) -> dict[str, Any]:
        part: dict[str, Any] = tomllib.loads(self.settings.read_text("utf-8"))["hardware"]
        return part


@pytest.fixture
def installer(hub_factory: HubFactory, tmp_path: Path, page: Page) -> Callable[[str], Installer]:
    """An administrator before the page of a hub with these settings."""

    def sit_down(settings: str) -> Installer:
        path = tmp_path / "toiluot.toml"
        path.write_text(settings, "utf-8")
        hub = hub_factory(config=path)
        hub.sign_in(page, "quan-tri", "admin")
        page.on("dialog", lambda dialog: dialog.accept())
        found = Installer(hub, path, page)
        found.go()
        return found

    return sit_down


@pytest.fixture
def board() -> Iterator[Board]:
    """Six digits at address 3, a register each."""
    found = Board(drivers.build("modbus", 3, {"preset": "dm36b06"}).simulate())
    yield found
    found.take_down()


@pytest.fixture
def sign() -> Iterator[Board]:
    """An Alpha sign as it comes from its maker: no text is laid out in its memory."""
    driver = drivers.build("alpha", 1, {"preset": "alpha"})
    simulated = driver.simulate()
    simulated.receive(driver.setup()[0].data)
    found = Board(simulated)
    yield found
    found.take_down()


@pytest.mark.long
def test_a_board_nobody_knows_is_found_tried_and_put_over_its_counter(
    installer: Callable[[str], Installer], board: Board
) -> None:
    desk = installer("")
    page = desk.page
    page.locator("[data-own]").click()
    desk.add("boards")
    page.locator("#other-port").fill(board.port)
    desk.next_step()

    page.locator("[data-way=scan]").click()
    page.locator("#scan-last").fill("4")
    page.locator("[data-scan]").click()
    page.locator(".found [data-address='3'] button").click(timeout=SLOW_MS)
    expect(page.locator("#try-address")).to_have_value("3")
    page.locator("[data-try]").click()
    for _ in range(len(drivers.families()["modbus"].presets)):
        expect(page.locator("[data-answer=yes]")).to_be_visible()
        if "8888" in board.shown:
            break
        page.locator("[data-answer=no]").click()
        expect(page.locator("[data-answer=yes]")).to_have_count(0)
    page.locator("[data-answer=yes]").click()
    expect(page.locator(".chosen")).to_contain_text("Modbus")
    desk.next_step()

    desk.field("counter").locator("select").select_option("2")
    expect(desk.field("name").locator("input")).to_have_value("Quầy 2")
    desk.fill(name="trên quầy 2", paused="-P-")
    desk.next_step()
    expect(page.locator(".done-state .mark-done")).to_be_visible(timeout=SLOW_MS)
    board.shown.clear()
    page.locator(".done [data-light]").click()
    board.wait_until_it_has_shown("8888")
    desk.next_step()
    expect(desk.state("boards", "trên quầy 2")).to_be_visible()

    (written,) = desk.written()["boards"]
    assert (written["counter"], written["driver"], written["address"]) == (2, "modbus", 3)
    assert written["look"]["paused"] == "-P-"
    assert desk.written()["buses"][0]["url"] == board.port
    number = desk.hub.take_number("HT")["number"]
    desk.hub.open_counter(2)
    desk.hub.supervisor.ok("PUT", "/counters/2/services", json={"own": ["HT"], "help": []})
    desk.hub.supervisor.ok("POST", "/counters/2/next")
    board.wait_until_it_has_shown(number)
    page.goto(f"{desk.hub.url}/boards")
    expect(page.locator("#boards .board")).to_contain_text("trên quầy 2")


@pytest.mark.long
def test_a_sign_with_a_memory_is_set_up_before_it_is_tried(installer: Callable[[str], Installer], sign: Board) -> None:
    desk = installer("")
    page = desk.page
    page.locator("[data-own]").click()
    desk.add("boards")
    page.locator("#other-port").fill(sign.port)
    desk.next_step()
    # one who has answered, but so that it may be of two kinds
    found = {"address": 1, "reply": "06", "driver": "alpha", "presets": ["alpha", "alpha-ack"], "detail": ""}
    page.route("**/agents/agent/scan", lambda route: route.fulfill(json={"found": [found], "garbled": ""}))
    page.locator("[data-way=scan]").click()
    page.locator("#scan-last").fill("1")
    page.locator("[data-scan]").click()
    page.locator(".found [data-address='1'] button").click(timeout=SLOW_MS)
    page.locator("[data-try]").click()
    expect(page.locator(".warning")).to_contain_text("sẽ bị xóa")
    page.locator(".try-stage .button-danger").click()
    expect(page.locator("[data-answer=yes]")).to_be_visible(timeout=SLOW_MS)
    assert "8888" in sign.shown, "a sign shows nothing before its memory is laid out"
    page.locator("[data-answer=no]").click()
    expect(page.locator(".try-kind")).to_contain_text("7E1")
    # a serial port; a pseudo-terminal has no seven bits
    sent = {"sent": "00", "pieces": [], "reply": "", "verdict": "sent", "detail": ""}
    page.route("**/agents/agent/send", lambda route: route.fulfill(json={"exchanges": [sent]}))
    page.locator(".try-stage .button-danger").click()
    page.locator("[data-answer=yes]").click(timeout=SLOW_MS)
    expect(page.locator(".chosen")).to_contain_text("9600 7E1")
    desk.next_step()
    expect(desk.page.locator(".sheet .warning:visible")).to_contain_text("bộ nhớ")
    desk.next_step()
    expect(page.locator(".done-state .state")).to_be_visible(timeout=SLOW_MS)
    (line,) = desk.written()["buses"]
    assert (line["bytesize"], line["parity"]) == (7, "E")


def test_a_board_that_listens_at_another_speed_is_found_there(installer: Callable[[str], Installer]) -> None:
    desk = installer(AT_WORK)
    page = desk.page
    found = {"address": 1, "reply": "01", "driver": "modbus", "presets": ["led-485"], "detail": ""}

    def line_answers(route: Route) -> None:
        is_its_speed = json.loads(route.request.post_data or "{}")["line"].get("baudrate") == 19_200
        route.fulfill(json={"found": [found] if is_its_speed else [], "garbled": ""})

    page.route("**/agents/agent/scan", line_answers)
    desk.add("boards")
    page.locator("#other-port").fill("virtual://other")
    desk.next_step()
    page.locator("[data-way=scan]").click()
    page.locator("#scan-last").fill("1")
    page.locator("[data-scan]").click()
    expect(page.locator(".found")).to_contain_text("Không bảng nào trả lời")
    page.locator("#scan-speeds").select_option("all")
    page.locator("[data-scan]").click()
    page.locator(".found [data-address='1'] button").click()
    expect(page.locator(".chosen")).to_contain_text("19200 8N1")
    desk.next_step()
    desk.next_step()
    expect(page.locator(".done-state .state")).to_be_visible(timeout=SLOW_MS)
    assert {line["url"]: line.get("baudrate") for line in desk.written()["buses"]}["virtual://other"] == 19_200


def test_a_line_is_set_as_its_maker_says(installer: Callable[[str], Installer]) -> None:
    desk = installer(AT_WORK.replace("virtual://hall", "/dev/no-such-port"))
    desk.open("lines", "hall")
    for name, choice in {"bytesize": "7", "parity": "E", "stopbits": "2"}.items():
        desk.field(name).locator("select").select_option(choice)
    desk.field("echo").locator("input").check()
    desk.fill(gap_ms="50")
    desk.save()
    (line,) = desk.written()["buses"]
    assert line == {"name": "hall", "url": "/dev/no-such-port", "bytesize": 7, "parity": "E", "stopbits": 2} | {
        "echo": True,
        "gap_ms": 50,
    }, "what is usual is not written down"
    expect(desk.section("lines").locator("tbody")).to_contain_text("9600 7E2")
    desk.open("lines", "hall")
    expect(desk.field("echo").locator("input")).to_be_checked()
    expect(desk.field("bytesize").locator("select")).to_have_value("7")


def test_a_board_of_nobodys_kind_gets_a_frame_of_its_own(installer: Callable[[str], Installer]) -> None:
    desk = installer(AT_WORK)
    submit = desk.page.locator(".sheet [type=submit]")
    desk.open("boards", "over counter 1")
    expect(desk.field("options")).to_be_hidden()
    desk.field("kind").locator("select").select_option("frame/")
    desk.fill(options='{"template": ')
    submit.click()
    expect(desk.field("options").locator(".problem")).to_contain_text("Không đúng dạng JSON")
    desk.fill(options='{"template": {"strat": "02", "end": "03"}}')
    submit.click()
    expect(desk.field("options").locator(".problem")).to_contain_text("strat")
    expect(desk.field("options").locator("textarea")).to_be_focused()
    desk.fill(options='{"template": {"start": "02", "end": "03"}}', offline="OFF", substitute="A = 1")
    desk.save()
    (board,) = desk.written()["boards"]
    assert (board["driver"], board["options"]) == ("frame", {"template": {"start": "02", "end": "03"}})
    assert (board["look"]["offline"], board["look"]["substitute"]) == ("OFF", {"A": "1"})
    desk.open("boards", "over counter 1")
    expect(desk.field("options").locator("textarea")).to_have_value(
        '{\n  "template": {\n    "start": "02",\n    "end": "03"\n  }\n}'
    )
    expect(desk.field("substitute").locator("textarea")).to_have_value("A = 1")


def test_a_board_that_cannot_answer_is_not_said_to_be_lit(installer: Callable[[str], Installer]) -> None:
    desk = installer(AT_WORK.replace('"modbus"', '"cd5220"').replace('{ preset = "led-485" }', '{ preset = "cd5220" }'))
    desk.section("boards").locator("[data-light]").click(timeout=SLOW_MS)
    expect(desk.page.locator(".toast")).to_contain_text("xin nhìn xem có sáng không", timeout=SLOW_MS)
    expect(desk.page.locator(".toast-done")).to_have_count(0)


def test_a_wrong_address_is_told_beside_it_and_nothing_typed_is_lost(installer: Callable[[str], Installer]) -> None:
    desk = installer(AT_WORK)
    expect(desk.state("boards", "over counter 1")).to_have_attribute("data-state", "shown", timeout=SLOW_MS)
    desk.open("boards", "over counter 1")
    desk.fill(name="cạnh cửa sổ", address="300")
    desk.page.locator(".sheet [type=submit]").click()
    expect(desk.field("address").locator(".problem")).to_have_text("Bảng Modbus có địa chỉ từ 1 đến 247.")
    expect(desk.field("address").locator("input")).to_be_focused()
    expect(desk.field("name").locator("input")).to_have_value("cạnh cửa sổ")
    assert desk.written()["boards"][0]["name"] == "over counter 1"

    desk.fill(address="7")
    desk.save()
    expect(desk.state("boards", "cạnh cửa sổ")).to_have_attribute("data-state", "shown", timeout=SLOW_MS)
    assert desk.written()["boards"][0]["address"] == 7
    assert desk.written()["boards"][0]["options"] == {"preset": "led-485"}
    assert "# the electrician's notes" in desk.settings.read_text("utf-8")

    desk.open("boards", "cạnh cửa sổ")
    desk.page.locator(".sheet .button-danger").click()
    expect(desk.section("boards").locator("tbody tr")).to_have_count(0)
    assert desk.written().get("boards", []) == []
    assert desk.written().get("buses", []) == [], "nothing is left on the line"


def test_a_second_board_at_a_taken_address_is_saved_only_when_it_is_said_again(
    installer: Callable[[str], Installer],
) -> None:
    desk = installer(AT_WORK)
    page = desk.page
    desk.add("boards")
    first = page.locator(".port-choice").first
    expect(first).to_contain_text("Đường dây hall, 1 bảng")
    first.click()
    desk.next_step()
    page.locator("[data-way=try]").click()
    page.locator("#try-address").fill("1")
    page.locator("[data-way=know]").click()
    expect(desk.field("address").locator("input")).to_have_value("1")
    desk.field("kind").locator("select").select_option("modbus/led-485")
    desk.next_step()
    expect(desk.field("counter").locator("select")).to_have_value("2")
    desk.next_step()
    expect(page.locator(".sheet .warning:visible")).to_contain_text("over counter 1 đã dùng địa chỉ 1")
    assert len(desk.written()["boards"]) == 1
    expect(page.locator("[data-next]")).to_have_text("Lưu dù vậy")
    desk.next_step()
    expect(page.locator(".done-state .state")).to_be_visible(timeout=SLOW_MS)
    assert [board.get("address", 1) for board in desk.written()["boards"]] == [1, 1]


def test_nothing_is_asked_at_the_wall_while_nothing_could_be_sent(installer: Callable[[str], Installer]) -> None:
    desk = installer(AT_WORK)
    page = desk.page
    desk.add("boards")
    page.locator("#other-port").fill("/dev/no-such-port")
    desk.next_step()
    page.locator("[data-way=try]").click()
    page.locator("#try-address").fill("7")
    page.locator("[data-try]").click()
    expect(page.locator(".try-stage .problem")).to_contain_text("Chưa gửi được gì", timeout=SLOW_MS)
    expect(page.locator("[data-answer]")).to_have_count(0)
    expect(page.locator("[data-again]")).to_be_visible()
    page.locator("[data-way=know]").click()
    expect(desk.field("address").locator("input")).to_have_value("7")


def test_what_somebody_else_saved_meanwhile_stays(installer: Callable[[str], Installer]) -> None:
    desk = installer(AT_WORK)
    desk.open("boards", "over counter 1")
    setup = desk.hub.admin.ok("GET", "/agents/agent/setup")["config"]
    other = setup["boards"][0] | {"name": "over counter 2", "counter": 2, "address": 2}
    desk.hub.admin.ok("PUT", "/agents/agent/setup", json={"config": setup | {"boards": [*setup["boards"], other]}})
    desk.fill(free="-")
    desk.save()
    assert {board["name"] for board in desk.written()["boards"]} == {"over counter 1", "over counter 2"}


def test_bytes_by_hand_are_explained(installer: Callable[[str], Installer]) -> None:
    desk = installer(AT_WORK)
    page = desk.page
    page.locator(".console summary").click(timeout=SLOW_MS)
    expect(page.locator("#console-how")).to_have_value("modbus/led-485")
    page.locator("#console-how").select_option("frame/led-485")
    page.locator("#console-text").fill("A012")
    page.locator(".console [type=submit]").click()
    exchange = page.locator(".exchanges > li").first
    expect(exchange).to_contain_text("24 30 30 31 2c 41 30 31 32 23")
    expect(exchange.locator(".pieces")).to_contain_text("A012")
    page.locator("#console-how").select_option("")
    page.locator(".console [type=submit]").click()
    expect(page.locator(".console .problem")).to_contain_text("Để gửi chữ A012")
    expect(page.locator(".exchanges > li")).to_have_count(1)
    page.locator("#console-text").fill("2")
    page.locator(".console [type=submit]").click()
    expect(page.locator(".console .problem")).to_be_visible()
    expect(page.locator("#console-text")).to_have_value("2")


def test_a_printer_a_keypad_and_a_scanner_are_added(installer: Callable[[str], Installer]) -> None:
    desk = installer(AT_WORK)
    desk.hub.device("kiosk", "may-lay-so")
    desk.add("printers")
    desk.fill(name="máy in sảnh", url="virtual://paper")
    desk.field("kiosk").locator("select").select_option("may-lay-so")
    desk.field("paper_mm").locator("select").select_option("58")
    desk.fill(url="192.168.1.50")
    desk.page.locator(".sheet [type=submit]").click()
    expect(desk.field("url").locator(".problem")).to_contain_text("tcp://192.168.1.50:9100")
    desk.fill(url="virtual://paper")
    desk.save()
    expect(desk.state("printers", "máy in sảnh")).to_have_attribute("data-state", "ready", timeout=SLOW_MS)

    desk.add("keypads")
    desk.fill(name="phím quầy 1", keys="KP_7 = nxt")
    desk.field("driver").locator("select").select_option("usb")
    expect(desk.field("device").locator("input")).to_have_attribute("list", "known-device")
    desk.page.locator(".sheet [type=submit]").click()
    expect(desk.field("device").locator(".problem")).to_be_visible()
    desk.fill(device="/dev/input/by-path/no-such-pad")
    desk.page.locator(".sheet [type=submit]").click()
    expect(desk.field("keys").locator(".problem")).to_contain_text("nxt")
    desk.fill(keys="KP_7 = next")
    helper = desk.page.locator(".key-helper")
    helper.locator("input").first.fill("KP_8")
    helper.locator("select").select_option("transfer:")
    helper.locator(".key-code").fill("DD")
    helper.locator("button").click()
    desk.save()
    expect(desk.state("keypads", "phím quầy 1")).to_have_attribute("data-state", "down", timeout=SLOW_MS)

    desk.add("scanners")
    desk.fill(name="quét sảnh", url="socket://127.0.0.1:1")
    desk.field("counter").locator("select").select_option("1")
    desk.field("kiosk").locator("select").select_option("may-lay-so")
    desk.page.locator(".sheet [type=submit]").click()
    expect(desk.field("counter").locator(".problem")).to_be_visible()
    desk.field("counter").locator("select").select_option("")
    desk.save()

    written = desk.written()
    assert written["printers"] == [
        {"name": "máy in sảnh", "url": "virtual://paper", "kiosk": "may-lay-so", "paper_mm": 58}
        | {"qr": "native", "baudrate": 115_200}
    ]
    assert written["keypads"][0]["keys"] == {"KP_7": "next", "KP_8": "transfer:DD"}
    assert written["scanners"][0]["kiosk"] == "may-lay-so"
    assert "counter" not in written["scanners"][0]
    desk.open("keypads", "phím quầy 1")
    expect(desk.field("keys").locator("textarea")).to_have_value("KP_7 = next\nKP_8 = transfer:DD")


def test_a_printer_is_tried_from_the_page(installer: Callable[[str], Installer]) -> None:
    desk = installer(AT_WORK + '[[hardware.printers]]\nname = "máy in sảnh"\nurl = "virtual://paper"\n')
    expect(desk.state("printers", "máy in sảnh")).to_have_attribute("data-state", "ready", timeout=SLOW_MS)
    desk.page.locator("[data-print-test]").click()
    expect(desk.page.locator(".toast-done")).to_contain_text("máy in sảnh báo đã in xong", timeout=SLOW_MS)
    desk.open("printers", "máy in sảnh")
    expect(desk.field("baudrate").locator("select")).to_have_value("9600")
    desk.field("mute").locator("input").check()
    desk.save()
    assert desk.written()["printers"][0]["status"] is False


def test_nothing_runs_over_the_edge(installer: Callable[[str], Installer]) -> None:
    desk = installer(AT_WORK)
    expect(desk.state("boards", "over counter 1")).to_be_visible(timeout=SLOW_MS)
    for width in (1366, 390):
        desk.page.set_viewport_size({"width": width, "height": 800})
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
        desk.add("boards")
        assert desk.page.locator(".sheet").evaluate("sheet => sheet.scrollWidth - sheet.clientWidth") <= 0
        desk.page.keyboard.press("Escape")
