"""What the supervisor sees of the equipment and does to it, in a real browser, with an agent that a test speaks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.lobby import LANDSCAPE, Lobby
from tests.fake_agent import AN_HOUR_AGO, printer, trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser

NEEDS = [
    ("paper_low", "", f"sắp hết giấy từ {AN_HOUR_AGO:%H:%M}: chuẩn bị cuộn mới"),
    ("paper_out", "paper_out", f"hết giấy từ {AN_HOUR_AGO:%H:%M}: thay cuộn mới"),
    ("cover_open", "cover_open", "nắp đang mở"),
    ("error", "printer_error", "báo lỗi"),
    ("no_answer", "no_answer", "không trả lời"),
    ("down", "port_missing", "không thấy cổng; dây USB đã cắm chưa?"),
    ("down", "port_denied", "bộ điều khiển không có quyền mở cổng"),
    ("down", "port_busy", "chương trình khác đang dùng cổng"),
    ("down", "crashed", "trình điều khiển bị lỗi; xem nhật ký"),
]


def test_the_supervisor_is_told_what_the_printer_needs(bare: Lobby, health: Locator) -> None:
    for state, code, words in NEEDS:
        bare.agent.report(printers=[printer(bare.name, state=state, code=code)])
        expect(health.locator("[data-health-line]")).to_contain_text(f"Máy in ở {bare.name} – {words}")
        expect(health).to_have_attribute("data-health", "down")
    bare.agent.report(printers=[printer(bare.name)])
    expect(health.locator("[data-kind=printers]").last).to_contain_text("sẵn sàng")
    expect(health.locator("[data-health-line]")).not_to_contain_text(bare.name)


def test_keypads_scanners_and_boards_say_how_they_are(bare: Lobby, health: Locator) -> None:
    again_at = {"next_attempt": "2026-11-21T10:42:00.000+07:00", "since": "2026-11-21T10:40:00.000+07:00"}
    bare.agent.report(
        boards=[{"name": "b", "counter": 3, "state": "down", "code": "port_missing", "detail": "English", **again_at}],
        keypads=[{"name": "k", "counter": 4, "state": "silent"}],
        scanners=[{"name": "s", "counter": 5, "state": "heard"}],
    )
    of_agent = f"[data-device='{bare.agent.name}']"
    board = health.locator(f"[data-kind=boards]{of_agent}")
    expect(board).to_contain_text("Bảng số quầy 3")
    expect(board).to_contain_text("thử lại lúc 10:42")
    expect(board).not_to_contain_text("English")
    expect(health.locator(f"[data-kind=keypads]{of_agent}")).to_have_text(re.compile("quầy 4.*chưa có tín hiệu"))
    expect(health.locator(f"[data-kind=scanners]{of_agent}")).to_have_text(re.compile("quầy 5.*có tín hiệu"))
    expect(health.locator("[data-health-list] > li").first).to_have_attribute("data-health", "down")


def test_a_board_that_cannot_answer_is_not_counted_among_those_that_do(health: Locator) -> None:
    line = health.page.evaluate(
        """async (devices) => {
          const { healthView } = await import("/static/supervisor/health.js");
          const node = document.querySelector("[data-view=health]");
          healthView(node)(devices);
          return node.querySelector("[data-health-line]").textContent;
        }""",
        [{"name": "a", "online": True, "boards": [{"name": n, "state": n} for n in ("shown", "sent")]}],
    )
    assert "1 bảng có phản hồi, 1 bảng không có khả năng phản hồi" in line


def test_all_that_is_well_is_counted_and_a_board_without_a_number_said_to_be_blank(health: Locator) -> None:
    boards = [{"name": "1", "counter": 1, "state": "shown", "shown": ""}]
    parts = {kind: [{"name": "x", "state": "ready"}] for kind in ("printers", "keypads", "scanners")}
    said = health.page.evaluate(
        """async (devices) => {
          const { healthView } = await import("/static/supervisor/health.js");
          const node = document.querySelector("[data-view=health]");
          healthView(node)(devices);
          return ["line", "list"].map((part) => node.querySelector(`[data-health-${part}]`).textContent);
        }""",
        [{"name": "a", "online": True, "boards": boards, **parts}],
    )
    assert said[0].endswith("1 thiết bị, 1 bảng số, 1 máy in, 1 bàn phím, 1 máy quét.")
    assert "đang để trống" in said[1]


def test_a_board_is_lit_and_the_supervisor_told_what_came_of_it(bare: Lobby, health: Locator) -> None:
    page = health.page
    bare.agent.report(boards=[{"name": "bus 1/3", "counter": 3, "state": "shown", "shown": "A021"}])
    button = health.get_by_role("button", name="Làm sáng: Bảng số quầy 3")
    for answer, words in [
        (lit("shown"), "đang hiện 8888"),
        (lit("sent"), "không trả lời được: xin nhìn xem có sáng không"),
        (trouble("port_missing", "in English"), "Bảng số quầy 3: không thấy cổng"),
    ]:
        bare.agent.answer = answer
        button.click()
        expect(page.locator(".toast").last).to_contain_text(words)
        expect(button).to_be_enabled()
    assert [asked["what"] for asked in bare.agent.asked] == ["light"] * 3
    assert page.evaluate("document.documentElement.scrollWidth") <= LANDSCAPE["width"]


def lit(state: str) -> Callable[[object], dict[str, object]]:
    return lambda _asked: {"ok": True, "data": {"state": state, "text": "8888"}}
