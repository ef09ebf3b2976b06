"""Paper at the kiosk, against a running hub, in a real browser, with an agent that does what the test says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.kiosk_screens import PORTRAIT, assert_flawless, choose_language, number, service
from tests.browser.lobby import LANDSCAPE, Lobby
from tests.fake_agent import paper, printer, silence, trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Locator, Page, Route, ViewportSize

    NewContext = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser


def panel(page: Page) -> Locator:
    return page.locator(".ticket-paper")


def take(page: Page) -> None:
    choose_language(page)
    service(page).click()
    expect(number(page)).to_have_text(re.compile(r"^A\d{3}$"))


def test_the_number_is_there_at_once_and_then_the_paper(lobby: Lobby) -> None:
    page, agent = lobby.page, lobby.agent
    agent.answer = silence
    take(page)
    expect(panel(page)).to_have_text("Đang in phiếu…")
    agent.wait_for(lambda: len(agent.asked) == 1)
    page.emulate_media(reduced_motion="reduce")  # a moving sign is never finished
    assert_flawless(page, "ticket")
    agent.reply(agent.asked[0])
    expect(panel(page)).to_have_text("Mời lấy phiếu")
    assert_flawless(page, "ticket")


@pytest.mark.parametrize("viewport", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_without_paper_the_number_stays_large_and_valid_and_can_be_scanned(
    lobby: Lobby, viewport: ViewportSize
) -> None:
    page, agent = lobby.page, lobby.agent
    agent.answer = trouble("paper_out")
    page.set_viewport_size(viewport)
    take(page)
    for code, words in TROUBLES.items():
        agent.answer = trouble(code)
        again(page).click()
        expect(panel(page)).to_contain_text(words)
        expect(panel(page)).to_contain_text(f"Số {number(page).inner_text()} vẫn có hiệu lực. Hãy nhớ số hoặc quét mã.")
        expect(again(page)).to_be_visible()
        assert_flawless(page, "ticket")
    expect(page.locator(".ticket-qr")).not_to_have_js_property("naturalWidth", 0)
    assert_large(number(page), viewport)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_on_a_small_screen_in_large_type_the_notice_does_not_lie_over_the_citizens_turn(lobby: Lobby) -> None:
    page = lobby.page
    page.set_viewport_size({"width": 768, "height": 1024})
    lobby.agent.answer = trouble("no_answer")
    page.locator(".kiosk-large").click()
    take(page)
    expect(again(page)).to_be_visible()
    assert_flawless(page, "ticket")
    turn, notice = page.locator(".ticket-where").bounding_box(), panel(page).bounding_box()
    assert turn
    assert notice
    assert turn["y"] + turn["height"] <= notice["y"]


TROUBLES = {
    "printer_error": "Máy in báo lỗi",
    "no_answer": "Máy in không phản hồi",
    "cover_open": "Nắp máy in đang mở",
    "port_missing": "Máy in tạm thời không in được",
    "paper_out": "Máy in hết giấy",
}


def assert_large(shown: Locator, viewport: ViewportSize) -> None:
    box = shown.bounding_box()
    assert box is not None
    assert box["height"] >= viewport["height"] * 0.15


def again(page: Page) -> Locator:
    return page.get_by_role("button", name="In lại")


def test_one_tap_prints_again_and_two_taps_no_more(lobby: Lobby) -> None:
    page, agent = lobby.page, lobby.agent
    agent.answer = trouble("paper_out")
    take(page)
    expect(again(page)).to_be_visible()
    agent.answer = paper
    again(page).dblclick()
    expect(panel(page)).to_have_text("Đang in phiếu…")
    expect(panel(page)).to_have_text(re.compile(r"Mời lấy phiếu.*In lúc \d\d:\d\d"))
    first, second = (asked["data"]["job"] for asked in agent.asked)
    assert first != second
    (blocks,) = agent.papers.values()
    (code,) = [block["data"] for block in blocks if block["kind"] == "qr"]
    assert re.fullmatch(r"http://so\.phuong\.example/t/[\w-]+\?lang=vi", code)


def test_a_press_on_print_again_is_seen_to_have_worked_though_nothing_comes(lobby: Lobby) -> None:
    page, agent = lobby.page, lobby.agent
    agent.answer = trouble("no_answer")
    take(page)
    expect(panel(page)).not_to_contain_text("Vẫn chưa in được")
    again(page).click()
    expect(panel(page)).to_have_text("Đang in phiếu…")
    expect(panel(page)).to_contain_text(re.compile(r"Vẫn chưa in được \(\d\d:\d\d\)"))
    expect(panel(page)).to_contain_text("Máy in không phản hồi")
    assert_flawless(page, "ticket")


def test_where_the_agent_kept_silent_the_citizen_looks_first(lobby: Lobby) -> None:
    page = lobby.page
    page.route("**/print", lambda route: route.fulfill(status=504, json={"code": "agent_silent"}))
    take(page)
    expect(panel(page)).to_contain_text("Phiếu đã ra chưa?")
    expect(panel(page)).to_contain_text("Xin nhìn khe ra giấy.")
    assert_flawless(page, "ticket")
    page.unroute("**/print")
    again(page).click()
    expect(panel(page)).to_contain_text("Mời lấy phiếu")
    assert len(lobby.agent.papers) == 1


def test_a_lost_answer_does_not_print_twice(lobby: Lobby) -> None:
    lost: list[object] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch())
            route.abort()

    lobby.page.route("**/print", lose_the_first)
    take(lobby.page)
    expect(panel(lobby.page)).to_have_text("Mời lấy phiếu")
    assert len(lobby.agent.asked) == 2
    assert len(lobby.agent.papers) == 1


def test_a_printer_that_cannot_tell_leaves_a_way_to_print_again(lobby: Lobby) -> None:
    lobby.agent.answer = lambda _asked: {"ok": True, "data": {"result": "sent"}}
    take(lobby.page)
    expect(panel(lobby.page)).to_contain_text("Không thấy phiếu?")
    expect(again(lobby.page)).to_be_visible()
    assert_flawless(lobby.page, "ticket")


def test_a_printer_known_to_be_out_is_told_before_and_no_paper_is_promised_but_tried(lobby: Lobby) -> None:
    page, agent = lobby.page, lobby.agent
    lobby.printer_is("paper_out")
    notice = page.locator(".kiosk-notice")
    expect(notice).to_contain_text("Máy in đang hết giấy: số sẽ hiện trên màn hình")
    expect(notice).to_contain_text("The printer is out of paper")
    assert_flawless(page, "language")
    agent.answer = silence
    choose_language(page)
    expect(notice).to_have_text("Máy in đang hết giấy: số sẽ hiện trên màn hình")
    assert_flawless(page, "services")
    page.set_viewport_size(LANDSCAPE)
    assert_flawless(page, "services")
    service(page).click()
    expect(notice).to_be_hidden()
    expect(panel(page)).to_contain_text("Máy in hết giấy")
    expect(again(page)).to_be_hidden()
    agent.wait_for(lambda: len(agent.asked) == 1)
    agent.reply(agent.asked[0])
    expect(panel(page)).to_have_text("Mời lấy phiếu")


def test_the_start_screen_follows_the_printer(lobby: Lobby) -> None:
    notice = lobby.page.locator(".kiosk-notice")
    expect(notice).to_be_hidden()
    lobby.agent.go()
    expect(notice).to_contain_text("Hiện không in được phiếu")
    lobby.agent.come()
    lobby.agent.report(printers=[printer(lobby.name)])
    expect(notice).to_be_hidden()


NOTICES = {
    "cover_open": "Nắp máy in đang mở: số sẽ hiện trên màn hình",
    "error": "Máy in đang báo lỗi: số sẽ hiện trên màn hình",
    "no_answer": "Máy in không phản hồi: số sẽ hiện trên màn hình",
    "down": "Hiện không in được phiếu: số sẽ hiện trên màn hình",
    "paper_out": "Máy in đang hết giấy: số sẽ hiện trên màn hình",
    "paper_low": "Giấy in sắp hết",
}


def test_the_start_screen_tells_each_trouble_apart_and_paper_that_nears_its_end(lobby: Lobby) -> None:
    page = lobby.page
    notice = page.locator(".kiosk-notice")
    for state, words in NOTICES.items():
        lobby.printer_says(state)
        expect(notice.locator("p").first).to_have_text(words)
    assert_flawless(page, "language")
    lobby.agent.answer = silence
    take(page)
    expect(panel(page)).to_have_text("Đang in phiếu…")


def test_a_printer_that_was_only_not_asked_yet_is_not_said_to_be_broken(lobby: Lobby, health: Locator) -> None:
    notice = lobby.page.locator(".kiosk-notice")
    lobby.printer_says("paper_out")
    expect(notice).to_be_visible()
    lobby.printer_says("down", "not_asked")
    expect(notice).to_be_hidden()
    expect(health.locator("[data-health-line]")).not_to_contain_text(lobby.name)
    row = health.locator(f"[data-kind=printers][data-device='{lobby.agent.name}']")
    expect(row).to_contain_text("chưa hỏi tình trạng")
    take(lobby.page)
    expect(panel(lobby.page)).to_have_text("Mời lấy phiếu")


def test_an_agent_that_is_lost_in_the_middle_is_asked_again_for_the_same_paper(lobby: Lobby) -> None:
    page, agent = lobby.page, lobby.agent
    agent.answer = silence
    take(page)
    agent.wait_for(lambda: len(agent.asked) == 1)
    agent.go()
    agent.answer = paper
    agent.come()
    expect(panel(page)).to_have_text("Mời lấy phiếu")
    assert len({asked["data"]["job"] for asked in agent.asked}) == 1


def test_the_browser_prints_where_no_agents_printer_stands(bare: Lobby) -> None:
    page = bare.page
    take(page)
    expect(panel(page)).to_have_count(0)
    page.goto(f"{bare.hub.url}/kiosk?print=browser")
    take(page)
    expect(page.locator("html")).to_have_attribute("data-printed", "1")
    bare.printer_is("ready")
    take(page)
    expect(panel(page)).to_have_text("Mời lấy phiếu")
    expect(page.locator("html")).not_to_have_attribute("data-printed", "1")
