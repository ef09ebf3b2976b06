"""The kiosk and the ticket's page, against a running hub and in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.kiosk_screens import PORTRAIT, assert_flawless, choose_language, kiosk, number, of_service, service

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.running_hub import RunningHub

    NewContext = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser

LANDSCAPE = {"width": 1920, "height": 1080}
CLASSES = [
    {"code": "75", "name": "Từ đủ 75 tuổi", "name_en": "Aged 75 or over"},
    {"code": "kt", "name": "Người khuyết tật nặng", "name_en": "Severe disability"},
]


def set_centre(hub: RunningHub, **changes: Any) -> None:
    hub.admin.ok("PUT", "/settings", json=hub.admin.ok("GET", "/settings") | changes)


def limit(hub: RunningHub, code: str, daily_limit: int) -> None:
    found = next(s for s in hub.admin.ok("GET", "/services")["services"] if s["code"] == code)
    body = {key: value for key, value in found.items() if key != "code"} | {"daily_limit": daily_limit}
    hub.admin.ok("PUT", f"/services/{code}", json=body)


# Taking a number


def test_a_citizen_takes_a_number_in_vietnamese(hub: RunningHub, new_context: NewContext) -> None:
    hub.take_number()
    page = kiosk(hub, new_context)
    choose_language(page)
    expect(service(page)).to_contain_text("Hộ tịch")
    expect(service(page)).to_contain_text("1 người đang chờ")
    service(page).click()
    expect(number(page)).to_have_text("A002")
    expect(page.locator(".ticket")).to_contain_text("Trước ông/bà còn 1 người")
    assert of_service(hub)["issued"] == 2


def test_a_visitor_takes_a_number_in_english(hub: RunningHub, new_context: NewContext) -> None:
    page = kiosk(hub, new_context)
    choose_language(page, "English")
    expect(page.get_by_role("heading", name="What do you come for?")).to_be_visible()
    expect(service(page)).to_contain_text("Civil status")
    service(page).click()
    expect(number(page)).to_have_text("A001")
    expect(page.locator(".ticket")).to_contain_text("You are next")
    hub.open_counter(1)
    hub.supervisor.ok("POST", "/counters/1/next")
    assert hub.supervisor.ok("GET", "/hall")["calls"][0]["language"] == "en"
    expect(page.locator(".ticket-called")).to_have_text("It is your turn: please go to counter 1")


def test_a_double_tap_gives_one_number(hub: RunningHub, new_context: NewContext) -> None:
    page = kiosk(hub, new_context)
    choose_language(page)
    service(page).dblclick()
    expect(number(page)).to_have_text("A001")
    page.wait_for_load_state("networkidle")
    assert of_service(hub)["issued"] == 1


def test_the_second_tap_on_a_language_chooses_no_service(hub: RunningHub, new_context: NewContext) -> None:
    page = kiosk(hub, new_context)
    expect(page.locator("[data-screen=language]:not([inert])")).to_be_visible()
    tap_twice_at_once(page, page.get_by_role("button", name="English").bounding_box())
    expect(page.get_by_role("heading", name="What do you come for?")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert [s["issued"] for s in hub.supervisor.ok("GET", "/hall")["services"]] == [0] * 9


def tap_twice_at_once(page: Page, box: Any) -> None:
    """Two taps on the same spot, quicker than any screen could be read."""
    tap = "({x, y}) => { for (let n = 0; n < 2; n++) document.elementFromPoint(x, y)?.closest('button')?.click(); }"
    page.evaluate(tap, {"x": box["x"] + 150, "y": box["y"] + 150})


def test_a_citizen_with_a_right_to_priority_says_so_first(hub: RunningHub, new_context: NewContext) -> None:
    set_centre(hub, priority_classes=CLASSES)
    page = kiosk(hub, new_context)
    choose_language(page)
    page.get_by_role("button", name="Tôi thuộc diện ưu tiên").click()
    page.get_by_role("button", name="Từ đủ 75 tuổi").click()
    expect(page.get_by_role("button", name="Ưu tiên: Từ đủ 75 tuổi")).to_be_visible()
    service(page).click()
    expect(number(page)).to_have_text("A001")
    assert of_service(hub)["priority_waiting"] == 1


def test_without_priority_classes_nobody_is_asked(hub: RunningHub, new_context: NewContext) -> None:
    set_centre(hub, priority_classes=[])
    page = kiosk(hub, new_context)
    choose_language(page)
    expect(service(page)).to_be_visible()
    expect(page.get_by_role("button", name="ưu tiên")).to_have_count(0)


def test_a_service_that_has_given_out_its_numbers_cannot_be_chosen(hub: RunningHub, new_context: NewContext) -> None:
    limit(hub, "HT", 1)
    page = kiosk(hub, new_context)
    choose_language(page)
    expect(service(page)).to_be_enabled()
    hub.take_number()
    expect(service(page)).to_be_disabled()
    expect(service(page)).to_contain_text("Hôm nay đã hết số")


def test_a_service_without_an_open_counter_says_so_and_gives_the_number(
    hub: RunningHub, new_context: NewContext
) -> None:
    page = kiosk(hub, new_context)
    choose_language(page)
    expect(service(page)).to_contain_text("chưa có quầy nào mở")
    service(page).click()
    expect(number(page)).to_have_text("A001")
    expect(page.locator(".ticket")).to_contain_text("Số vẫn có giá trị")


def test_a_wrong_press_is_given_back_and_waits_no_more(hub: RunningHub, new_context: NewContext) -> None:
    page = kiosk(hub, new_context)
    choose_language(page)
    service(page).click()
    page.get_by_role("button", name="Bấm nhầm? Trả lại số này").click()
    page.get_by_role("button", name="Giữ số của tôi").click()
    assert of_service(hub)["waiting"] == 1
    page.get_by_role("button", name="Bấm nhầm? Trả lại số này").click()
    page.get_by_role("button", name="Trả lại số", exact=True).click()
    expect(page.get_by_role("heading", name="Ông/bà cần làm việc gì?")).to_be_visible()
    assert of_service(hub)["waiting"] == 0


def test_help_calls_somebody_and_leads_back(hub: RunningHub, new_context: NewContext) -> None:
    page = kiosk(hub, new_context)
    choose_language(page)
    page.get_by_role("button", name="Nhờ giúp").click()
    page.get_by_role("button", name="Gọi nhân viên đến đây").click()
    expect(page.locator(".kiosk-screen")).to_contain_text("Đã báo nhân viên")
    (asked,) = hub.supervisor.ok("GET", "/hall")["assistance"]
    assert asked["place"].startswith("kiosk:")
    page.get_by_role("button", name="Quay lại").click()
    expect(service(page)).to_be_visible()


# Back to the start


# The page's steady clock can be set ahead; its timers, and with them the line to the hub, run as ever.
CLOCK_AHEAD = """
window.ahead = 0;
const steady = performance.now.bind(performance);
performance.now = () => steady() + ahead;
"""


def test_the_kiosk_returns_to_the_start_by_itself_after_a_warning(hub: RunningHub, new_context: NewContext) -> None:
    context = new_context(viewport=PORTRAIT)
    context.add_init_script(CLOCK_AHEAD)
    page = hub.join(context.new_page(), "/kiosk")
    choose_language(page, "English")
    expect(service(page)).to_be_visible()
    warning = page.get_by_role("timer")
    expect(warning).to_be_hidden()
    page.evaluate("ahead += 22_000")
    expect(warning).to_contain_text(re.compile(r"Back to the start in \d seconds"))
    page.get_by_role("heading", name="What do you come for?").click()
    expect(warning).to_be_hidden()
    page.evaluate("ahead += 22_000")
    expect(warning).to_be_visible()
    expect(service(page)).to_be_visible()
    page.evaluate("ahead += 9_000")
    expect(page.locator("[data-screen=language]")).to_be_visible()
    expect(warning).to_be_hidden()


def test_the_next_citizen_does_not_inherit_a_priority(hub: RunningHub, new_context: NewContext) -> None:
    set_centre(hub, priority_classes=CLASSES)
    page = kiosk(hub, new_context)
    choose_language(page)
    page.get_by_role("button", name="Tôi thuộc diện ưu tiên").click()
    page.get_by_role("button", name="Người khuyết tật nặng").click()
    service(page).click()
    page.get_by_role("button", name="Xong").click()
    choose_language(page)
    expect(page.get_by_role("button", name="Tôi thuộc diện ưu tiên")).to_be_visible()


# What an outstretched finger and old eyes need


@pytest.mark.parametrize("viewport", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_nothing_is_small_pale_or_cut_off(hub: RunningHub, new_context: NewContext, viewport: dict[str, int]) -> None:
    set_centre(hub, priority_classes=CLASSES)
    limit(hub, "XD", 0)
    hub.open_counter(1)
    for _ in range(12):
        hub.take_number()
    page = kiosk(hub, new_context, viewport=viewport)
    assert_flawless(page, "language")
    page.get_by_role("button", name="Nhờ giúp").click()
    assert_flawless(page, "help")
    page.get_by_role("button", name="Quay lại").click()
    choose_language(page)
    assert_flawless(page, "services")
    page.get_by_role("button", name="Xem thêm").click()
    assert_flawless(page, "services")
    page.get_by_role("button", name="Tôi thuộc diện ưu tiên").click()
    assert_flawless(page, "priority")
    page.get_by_role("button", name="Quay lại").click()
    service(page).click()
    assert_flawless(page, "ticket")
    page.get_by_role("button", name="Bấm nhầm? Trả lại số này").click()
    assert_flawless(page, "ticket")


@pytest.mark.parametrize("viewport", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_eight_services_fit_on_one_screen(hub: RunningHub, new_context: NewContext, viewport: dict[str, int]) -> None:
    last = hub.admin.ok("GET", "/services")["services"][-1]
    body = {key: value for key, value in last.items() if key != "code"} | {"active": False}
    hub.admin.ok("PUT", f"/services/{last['code']}", json=body)
    page = kiosk(hub, new_context, viewport=viewport)
    choose_language(page)
    expect(page.locator("[data-service]")).to_have_count(8)
    assert_flawless(page, "services")


def test_go_back_is_always_at_the_same_place_and_choices_low(hub: RunningHub, new_context: NewContext) -> None:
    set_centre(hub, priority_classes=CLASSES)
    page = kiosk(hub, new_context)
    choose_language(page)
    back = page.get_by_role("button", name="Quay lại")
    expect(back).to_be_visible()
    there = back.bounding_box()
    for choice in page.locator("[data-service]").all():
        box = choice.bounding_box()
        assert box is not None
        assert box["y"] >= PORTRAIT["height"] / 4  # the question takes no more than the top
    page.get_by_role("button", name="Tôi thuộc diện ưu tiên").click()
    expect(page.locator("[data-screen=priority]")).to_be_visible()
    assert back.bounding_box() == there
    page.get_by_role("button", name="Nhờ giúp").click()
    expect(page.locator("[data-screen=help]")).to_be_visible()
    assert back.bounding_box() == there


# Paper


def test_a_kiosk_that_prints_by_its_browser_prints_each_ticket_once(hub: RunningHub, new_context: NewContext) -> None:
    context = new_context(viewport=PORTRAIT)
    context.add_init_script(
        "window.slips = []; window.print = () => slips.push(document.querySelector('.slip').textContent)"
    )
    page = hub.join(context.new_page(), "/kiosk?print=browser")
    page.goto(f"{hub.url}/kiosk")  # remembered
    choose_language(page)
    service(page).click()
    expect(page.locator(".ticket")).to_contain_text("Phiếu giấy đang được in")
    page.wait_for_function("slips.length > 0")
    (slip,) = page.evaluate("slips")
    assert "A001" in slip
    assert "Hộ tịch" in slip
    page.emulate_media(media="print")
    expect(page.locator(".slip-number")).to_be_visible()
    expect(page.locator(".kiosk-foot")).to_be_hidden()
    paper = page.locator(".slip").bounding_box()
    assert paper is not None
    assert paper["width"] <= 80 / 25.4 * 96
