"""Looking up a procedure on a citizen's phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page, Response

    from tests.running_hub import RunningHub

    NewContext = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser

SMALL = {"width": 360, "height": 640}
USUAL = {"width": 390, "height": 844}
HEARS = """window.SpeechRecognition = class {
  start() {
    const transcript = this.lang === "vi-VN" ? "đăng ký kết hôn" : "marriage";
    setTimeout(() => { this.onresult({ results: [[{ transcript }]] }); this.onend(); });
  }
  stop() { this.onend(); }
};"""


@pytest.fixture(scope="module")
def centre(module_hub: RunningHub) -> RunningHub:
    module_hub.open_counter(1)
    module_hub.take_number()
    return module_hub


def phone(new_context: NewContext, centre: RunningHub, path: str, **options: Any) -> Page:
    page = new_context(**{"viewport": SMALL, "has_touch": True} | options).new_page()
    page.goto(f"{centre.url}{path}")
    return page


def results(page: Page) -> Any:
    return page.locator("[data-results] li")


def test_a_citizen_types_without_marks_and_reads_what_to_bring(centre: RunningHub, new_context: NewContext) -> None:
    page = phone(new_context, centre, "/find")
    expect(page.get_by_role("heading", name="Việc thường làm")).to_be_visible()
    page.get_by_role("searchbox").press_sequentially("khai sinh")
    expect(results(page).first).to_contain_text("đăng ký khai sinh")
    assert page.url.endswith("/find?q=khai+sinh")
    results(page).first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("đăng ký khai sinh")
    papers = page.get_by_role("checkbox")
    papers.first.check()
    assert papers.count() > 2
    expect(page.get_by_text("1 người đang chờ")).to_be_visible()
    expect(page.locator(".find-desks li").first).to_contain_text("Quầy 1")
    expect(page.locator(".find-desks li").first).to_contain_text("đang mở")
    expect(page.get_by_text("Mời lấy số tại máy lấy số")).to_be_visible()


def test_it_works_without_scripts(centre: RunningHub, new_context: NewContext) -> None:
    page = phone(new_context, centre, "/find", java_script_enabled=False)
    page.get_by_role("searchbox").fill("sao y")
    page.get_by_role("button", name="Tìm").click()
    expect(results(page).first).to_be_visible()
    results(page).first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Giấy tờ cần mang theo")).to_be_visible()


def test_a_citizen_says_it(centre: RunningHub, new_context: NewContext) -> None:
    context = new_context(viewport=USUAL)
    context.add_init_script(HEARS)
    page = context.new_page()
    page.goto(f"{centre.url}/find")
    page.get_by_role("button", name="Nói thay vì gõ").click()
    expect(page.get_by_role("searchbox")).to_have_value("đăng ký kết hôn")
    expect(results(page).first).to_contain_text("kết hôn")


def test_where_nothing_is_found_the_page_says_what_to_do(centre: RunningHub, new_context: NewContext) -> None:
    page = phone(new_context, centre, "/find?q=zzzzqqqq")
    expect(page.get_by_role("heading", name="Không tìm thấy")).to_be_visible()
    expect(page.get_by_text("hỏi nhân viên")).to_be_visible()


def test_a_service_shows_all_that_belongs_to_it(centre: RunningHub, new_context: NewContext) -> None:
    page = phone(new_context, centre, "/find?service=CT")
    listed = centre.admin.ok("GET", "/procedures?service=CT")["procedures"]
    expect(results(page)).to_have_count(len(listed))


def test_what_is_not_known_or_not_checked_is_said_to_be_so(centre: RunningHub, new_context: NewContext) -> None:
    every = centre.admin.ok("GET", "/procedures")["procedures"]
    unsure = next(each for each in every if not each["verified"] and not each["fee"])
    page = phone(new_context, centre, f"/p/{unsure['code']}")
    expect(page.get_by_text("cần kiểm tra lại tại quầy")).to_be_visible()
    expect(page.locator(".find-facts div", has_text="Lệ phí")).to_contain_text("Chưa có thông tin, hỏi quầy")


def test_a_visitor_reads_it_in_english_and_stays_where_they_are(centre: RunningHub, new_context: NewContext) -> None:
    page = phone(new_context, centre, "/p/1.001193")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Birth registration")
    expect(page.get_by_role("heading", name="What to bring")).to_be_visible()
    assert page.url.endswith("/p/1.001193")


def test_a_code_that_is_not_there_leads_to_the_search(centre: RunningHub, new_context: NewContext) -> None:
    page = new_context(viewport=SMALL).new_page()
    answer = page.goto(f"{centre.url}/p/9.999999")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("main").get_by_role("link", name="Tìm thủ tục").click()
    expect(page.get_by_role("searchbox")).to_be_visible()


def test_where_numbers_may_be_taken_from_home_the_sheet_leads_there(
    centre: RunningHub, new_context: NewContext
) -> None:
    before = centre.admin.ok("GET", "/settings")
    centre.admin.ok("PUT", "/settings", json=before | {"home_numbers": True, "appointments": True})
    times = {"service": "HT", "weekday": 0, "start": "08:00", "end": "11:00", "every_min": 30, "capacity": 1}
    centre.admin.ok("PUT", "/slots", json={"slots": [times]})
    page = phone(new_context, centre, "/p/1.001193")
    link = page.get_by_role("link", name="Lấy số cho việc này")
    assert link.get_attribute("href") == "/home?service=HT&procedure=1.001193"
    assert page.locator("a[href='/book?service=HT&procedure=1.001193']").is_visible()
    page.goto(f"{centre.url}/p/2.000815")
    expect(page.get_by_role("link", name="Lấy số cho việc này")).to_be_visible()
    assert page.get_by_role("link", name="Đặt lịch hẹn").count() == 0, "its service has no times"
    page.goto(f"{centre.url}/find")
    assert [page.locator(f"a[href='{way}']").is_visible() for way in ("/home", "/book")] == [True, True]
    centre.admin.ok("PUT", "/slots", json={"slots": []})
    centre.admin.ok("PUT", "/settings", json=before)


@pytest.mark.parametrize(
    ("path", "size"),
    [("/find", USUAL), ("/find?q=khai sinh", SMALL), ("/p/2.000815", SMALL), ("/p/1.001193?lang=en", SMALL)],
)
def test_a_small_phone_on_a_poor_line_gets_a_small_page_for_everybody(
    centre: RunningHub, new_context: NewContext, path: str, size: dict[str, int]
) -> None:
    page = new_context(viewport=size, has_touch=True).new_page()
    sent: list[Response] = []

    def note(answer: Response) -> None:
        sent.append(answer)

    page.on("response", note)
    page.goto(f"{centre.url}{path}")
    page.wait_for_load_state("networkidle")
    assert sum(len(answer.body()) for answer in sent) < 50_000
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    assert violations(page, enhanced=True) == []


def test_on_paper_the_sheet_holds_what_to_bring_and_nothing_of_the_moment(
    centre: RunningHub, new_context: NewContext
) -> None:
    page = phone(new_context, centre, "/p/1.001193")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Giấy tờ cần mang theo")).to_be_visible()
    expect(page.get_by_text("người đang chờ")).to_be_hidden()
    expect(page.get_by_role("button", name="In tờ này")).to_be_hidden()


def test_a_language_in_the_address_is_kept_by_the_pages_after_it(centre: RunningHub, new_context: NewContext) -> None:
    page = phone(new_context, centre, "/find?lang=en")
    results(page).first.get_by_role("link").click()
    page.wait_for_url("**/p/*")
    expect(page.locator("html")).to_have_attribute("lang", "en")
