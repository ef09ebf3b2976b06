"""Looking up a procedure at the kiosk, and taking a number for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.kiosk_screens import PORTRAIT, assert_flawless, choose_language, kiosk, number, of_service

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Locator, Page

    from tests.running_hub import RunningHub

    NewContext = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser

LANDSCAPE = {"width": 1920, "height": 1080}
NARROW = {"width": 1366, "height": 768}
HEARS = """window.SpeechRecognition = class {
  start() { setTimeout(() => { this.onresult({ results: [[{ transcript: "đăng ký kết hôn" }]] }); this.onend(); }); }
  stop() { this.onend(); }
};"""
OVERLAPS = """() => [...document.querySelectorAll(".sheet, .sheet > *, .find > *, .find-result")]
  .filter((part) => part.scrollHeight > part.clientHeight + 1 && part.clientHeight > 0).map((part) => part.className)"""

TITLE_SIZE = "parseFloat(getComputedStyle(document.querySelector('.find-result strong')).fontSize)"
# Titles of which a line is sliced: not a whole number of lines high, or over the service's name, or beyond their card.
CUT_LINES = """() => [...document.querySelectorAll(".find-result")].filter((card) => {
  const title = card.querySelector("strong"), name = card.querySelector("span");
  const box = title.getBoundingClientRect(), lines = box.height / parseFloat(getComputedStyle(title).lineHeight);
  const end = name?.checkVisibility() ? name.getBoundingClientRect() : box;
  return Math.abs(lines - Math.round(lines)) > 0.05 || (end !== box && end.top < box.bottom - 1)
    || end.bottom > card.getBoundingClientRect().bottom;
}).map((card) => card.innerText)"""


@pytest.fixture(scope="module")
def centre(module_hub: RunningHub) -> RunningHub:
    module_hub.open_counter(1)
    return module_hub


@pytest.fixture
def screen(centre: RunningHub, new_context: NewContext) -> Page:
    return looking_up(centre, new_context)


def looking_up(hub: RunningHub, new_context: NewContext, **options: Any) -> Page:
    page = kiosk(hub, new_context, **options)
    choose_language(page)
    page.get_by_role("button", name="Tìm thủ tục").click()
    expect(page.locator("[data-screen=find]:not([inert])")).to_be_visible()
    return page


def touch(page: Page, text: str) -> None:
    for letter in text:
        page.get_by_role("button", name="Dấu cách" if letter == " " else letter, exact=True).click()


def results(page: Page) -> Locator:
    return page.locator("[data-procedure]")


def test_a_citizen_types_on_the_glass_and_takes_a_number_for_it(centre: RunningHub, screen: Page) -> None:
    touch(screen, "ket hon")
    expect(results(screen).first).to_contain_text("kết hôn")
    code = results(screen).first.get_attribute("data-procedure")
    results(screen).first.click()
    expect(screen.get_by_role("heading", name="Giấy tờ cần mang theo")).to_be_visible()
    expect(screen.locator(".sheet-fact p").first).to_have_text(re.compile("^[0-9A-ZĐ]"))
    expect(screen.get_by_text("Chưa có thông tin, hỏi quầy").or_(screen.get_by_text("Lệ phí")).first).to_be_visible()
    with screen.expect_request("**/api/v1/tickets") as asked:
        screen.get_by_role("button", name="Lấy số cho việc này").click()
    expect(number(screen)).to_be_visible()
    wish = asked.value.post_data_json
    assert (wish["procedure"], wish["service"], wish["channel"]) == (code, "HT", "kiosk")
    assert of_service(centre)["waiting"] == 1


def test_before_typing_the_everyday_ones_are_offered(screen: Page) -> None:
    expect(screen.get_by_role("heading", name="Việc thường làm")).to_be_visible()
    expect(results(screen)).to_have_count(5)
    results(screen).nth(1).click()
    expect(screen.get_by_role("button", name="Lấy số cho việc này")).to_be_visible()


def test_a_real_keyboard_writes_wherever_the_citizen_is(screen: Page) -> None:
    screen.keyboard.type("khai sinh")
    expect(screen.get_by_role("searchbox")).to_have_value("khai sinh")
    expect(results(screen).first).to_contain_text("khai sinh")


def test_letters_are_taken_back_one_by_one_or_all(screen: Page) -> None:
    touch(screen, "abc")
    screen.get_by_role("button", name="Xóa một chữ").click()
    expect(screen.get_by_role("searchbox")).to_have_value("ab")
    screen.get_by_role("button", name="Xóa hết").click()
    expect(screen.get_by_role("searchbox")).to_have_value("")
    expect(screen.get_by_role("heading", name="Việc thường làm")).to_be_visible()


def test_a_code_is_typed_in_digits(screen: Page) -> None:
    screen.get_by_role("button", name="Số", exact=True).click()
    touch(screen, "1.001193")
    expect(results(screen)).to_have_count(1)
    expect(results(screen)).to_contain_text("khai sinh")


def test_going_back_from_a_sheet_finds_the_same_results(screen: Page) -> None:
    touch(screen, "chung thuc")
    expect(results(screen).first).to_contain_text("hứng thực")
    screen.get_by_role("button", name="Xem thêm").click()
    first = results(screen).first.text_content() or ""
    results(screen).first.click()
    screen.get_by_role("button", name="Quay lại").click()
    expect(screen.get_by_role("searchbox")).to_have_value("chung thuc")
    expect(results(screen).first).to_have_text(first)


def test_a_citizen_says_it(centre: RunningHub, new_context: NewContext) -> None:
    context = new_context(viewport=PORTRAIT, has_touch=True)
    context.add_init_script(HEARS)
    page = centre.join(context.new_page(), "/kiosk")
    choose_language(page)
    page.get_by_role("button", name="Tìm thủ tục").click()
    page.get_by_role("button", name="Nói thay vì gõ").click()
    expect(page.get_by_role("searchbox")).to_have_value("đăng ký kết hôn")
    expect(results(page).first).to_contain_text("kết hôn")


def test_a_lost_answer_still_gives_one_number(centre: RunningHub, screen: Page) -> None:
    results(screen).nth(1).click()
    asked: list[str] = []

    def lose_the_first(route: Any) -> None:
        asked.append(route.request.headers["idempotency-key"])
        if len(asked) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    issued = sum(service["issued"] for service in centre.supervisor.ok("GET", "/hall")["services"])
    screen.route("**/api/v1/tickets", lose_the_first)
    screen.get_by_role("button", name="Lấy số cho việc này").click()
    expect(number(screen)).to_be_visible()
    assert len(set(asked)) == 1
    assert sum(service["issued"] for service in centre.supervisor.ok("GET", "/hall")["services"]) == issued + 1


@pytest.mark.parametrize(
    ("size", "language"),
    [(PORTRAIT, "Tiếng Việt"), (NARROW, "Tiếng Việt"), (LANDSCAPE, "English")],
)
def test_every_screen_has_room_for_what_it_says(
    centre: RunningHub, new_context: NewContext, size: dict[str, int], language: str
) -> None:
    page = kiosk(centre, new_context, viewport=size)
    choose_language(page, language)
    page.locator(".kiosk-find").click()
    page.keyboard.type("chung thuc")
    expect(results(page).first).to_contain_text("hứng thực" if language == "Tiếng Việt" else "ertif")
    assert_flawless(page, "find")
    assert page.evaluate(OVERLAPS) == []
    assert violations(page) == []
    results(page).first.click()
    assert_flawless(page, "sheet")
    assert page.evaluate(OVERLAPS) == []
    assert violations(page) == []


@pytest.mark.parametrize("size", [PORTRAIT, NARROW])
def test_in_large_type_fewer_results_are_told_in_full_lines(
    centre: RunningHub, new_context: NewContext, size: dict[str, int]
) -> None:
    page = looking_up(centre, new_context, viewport=size)
    usual = page.evaluate(TITLE_SIZE)
    page.locator(".kiosk-large").click()
    page.keyboard.type("chung thuc")
    expect(results(page).first).to_contain_text("hứng thực")
    assert_flawless(page, "find")
    assert page.evaluate(TITLE_SIZE) >= 1.25 * usual
    assert page.evaluate(CUT_LINES) == []
    page.get_by_role("button", name="Xem thêm").click()
    assert page.evaluate(CUT_LINES) == []


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
def test_a_single_result_is_a_card_with_its_whole_title(
    centre: RunningHub, new_context: NewContext, size: dict[str, int]
) -> None:
    page = looking_up(centre, new_context, viewport=size)
    page.keyboard.type("sao y")
    expect(results(page)).to_have_count(1)
    box = results(page).bounding_box()
    assert box
    assert box["height"] <= size["height"] / 4
    assert page.evaluate(
        "(() => { const s = document.querySelector('.find-result strong');"
        " return s.scrollHeight <= s.clientHeight + 1; })()"
    )
