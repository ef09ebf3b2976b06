"""Booking on a phone; the day on a desk, on the road and on paper; the times to book. Monday, 23 November 2026."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.axe import violations
from tests.running_hub import RunningHub

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Locator, Page

    NewContext = Callable[..., BrowserContext]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESK = {"viewport": {"width": 1366, "height": 768}}
MONDAY, TUESDAY, WEDNESDAY = "2026-11-23", "2026-11-24", "2026-11-25"
CLOSED = "2026-12-04"
EVERY_DAY = [
    {"weekday": day, "service": "HT", "start": "09:00", "end": "11:00", "every_min": 30, "capacity": 1}
    for day in range(5)
]


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    hub = RunningHub(tmp_path_factory.mktemp("centre"), {"clock_start": f"{MONDAY}T08:50"}).start()
    settings = hub.admin.ok("GET", "/settings") | {"appointments": True, "home_visits": True}
    hub.admin.ok("PUT", "/settings", json=settings)
    hub.supervisor.ok("PUT", "/slots", json={"slots": EVERY_DAY})
    yield hub
    hub.close()


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    return new_context(**PHONE).new_page()


@pytest.fixture
def desk(centre: RunningHub, new_context: NewContext) -> Page:
    """A supervisor's."""
    page = new_context(**DESK).new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    centre.sign_in(page, "phu-trach", "supervisor")
    return page


def booked(centre: RunningHub, day: str, at: str, **more: Any) -> dict[str, Any]:
    wish = {"kind": "slot", "service": "HT", "day": day, "at": at, **more}
    made: dict[str, Any] = centre.supervisor.ok("POST", "/bookings", json=wish)
    return made


def row(page: Page, booking: dict[str, Any]) -> Locator:
    return page.locator(f"tr[data-key='{booking['id']}']")


def go(page: Page, centre: RunningHub, path: str) -> None:
    page.goto(f"{centre.url}{path}")
    page.wait_for_selector("[data-line=live]")


# On a phone


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", ["Hộ tịch", "Thứ Ba", "Đặt giờ này"]), ("en", ["Civil status", "Tuesday", "Book this time"])],
)
def test_a_citizen_books_in_four_touches(centre: RunningHub, phone: Page, language: str, words: list[str]) -> None:
    service, day, book = words
    phone.goto(f"{centre.url}/language/{language}?next=/book")
    phone.get_by_role("link", name=service).tap()
    phone.wait_for_url("**service=HT")
    assert violations(phone, enhanced=True) == []
    phone.get_by_role("link", name=day).first.tap()
    phone.locator(".book-times a").first.tap()
    phone.wait_for_url("**at=*")
    time = phone.locator(".book-chosen b").inner_text()
    assert violations(phone, enhanced=True) == []
    phone.locator("[name=name]").fill("Nguyễn Thị Hoa")
    phone.locator("[name=phone]").fill("không có")
    phone.get_by_role("button", name=book).tap()
    assert "0912345678" in phone.locator("#phone-problem").inner_text()
    phone.locator("[name=phone]").fill("0912 345 678")
    phone.get_by_role("button", name=book).tap()
    phone.wait_for_url("**/b/*")
    assert time in phone.locator("main").inner_text()
    assert "Hoa" not in phone.content()
    id_ = phone.url.split("/b/")[1]
    [own] = [each for each in centre.supervisor.ok("GET", f"/bookings?day={TUESDAY}")["bookings"] if each["id"] == id_]
    assert own["personal"]["name"] == "Nguyễn Thị Hoa"


def test_whoever_is_second_is_told_what_is_still_free(centre: RunningHub, phone: Page) -> None:
    phone.goto(f"{centre.url}/book?service=HT&day={WEDNESDAY}&at=09:00")
    booked(centre, WEDNESDAY, "09:00")
    phone.locator("[type=submit]").tap()
    others = phone.locator("[data-refused] a")
    others.first.wait_for()
    assert others.all_inner_texts() == ["09:30", "10:00", "10:30"]
    others.first.tap()
    phone.wait_for_url("**at=09%3A30")
    phone.goto(f"{centre.url}/book?service=HT&day={WEDNESDAY}&at=09:00")  # a link from before
    assert phone.locator(".book-gone").is_visible()
    assert "09:00" not in phone.locator(".book-times").inner_text()


def test_whoever_leaves_the_telephone_empty_where_it_is_needed_is_told_why(centre: RunningHub, phone: Page) -> None:
    settings = centre.admin.ok("GET", "/settings")
    centre.admin.ok("PUT", "/settings", json=settings | {"one_per_person": True})
    try:
        phone.goto(f"{centre.url}/book?service=HT&day={WEDNESDAY}&at=10:30")
        phone.locator("[type=submit]").tap()
        phone.locator("#phone-problem").get_by_text("mỗi người một lịch hẹn").wait_for()
    finally:
        centre.admin.ok("PUT", "/settings", json=settings)


def test_a_day_without_times_leads_to_the_days_that_have_some(centre: RunningHub, phone: Page) -> None:
    phone.goto(f"{centre.url}/book?service=HT&day=2026-11-28")
    assert phone.locator(".book-gone").is_visible()
    assert phone.locator(".book-list a").count() >= 5
    phone.goto(f"{centre.url}/book?service=XD")
    assert phone.locator(".book-list a").count() == 1


# On a desk


def test_whoever_has_an_appointment_is_checked_in_from_the_list(centre: RunningHub, desk: Page) -> None:
    here = booked(centre, MONDAY, "09:00", name="Trần Văn Bình", phone="0903 111 222")
    gone = booked(centre, MONDAY, "10:00")
    go(desk, centre, "/bookings")
    assert "Trần Văn Bình" in row(desk, here).inner_text()
    assert row(desk, here).get_by_role("link").get_attribute("href") == "tel:0903111222"
    assert violations(desk) == []
    row(desk, here).get_by_role("button").first.click()
    row(desk, here).locator(".mark-done").wait_for()
    assert "A001" in row(desk, here).inner_text()
    row(desk, gone).get_by_role("button").last.click()
    row(desk, gone).locator(".mark").wait_for()
    assert centre.kiosk.ok("GET", f"/bookings/{gone['id']}")["state"] == "cancelled"


def test_an_appointment_is_made_at_the_counter_and_others_see_it_come(centre: RunningHub, desk: Page) -> None:
    go(desk, centre, f"/bookings?day={TUESDAY}")
    desk.locator("[data-new=slot]").click()
    desk.locator("#slot-at option").first.wait_for(state="attached")
    desk.locator("#slot-day").select_option("2026-11-26")
    desk.locator("#slot-at").select_option("10:30")
    desk.locator("#slot-name").fill("Lê Văn Cường")
    assert violations(desk) == []
    desk.locator("#slot-dialog [type=submit]").click()
    desk.locator("#told-dialog[open]").wait_for()
    [made] = centre.supervisor.ok("GET", "/bookings?day=2026-11-26")["bookings"]
    assert desk.locator("[data-told=code]").inner_text().replace(" ", "") == made["code"]
    desk.locator("#told-dialog [data-close]").click()
    other = booked(centre, TUESDAY, "10:30")  # by somebody else, meanwhile
    row(desk, other).wait_for()


def test_a_home_visit_is_planned_changed_and_made(centre: RunningHub, desk: Page, new_context: NewContext) -> None:
    centre.clerk("lan")
    go(desk, centre, f"/bookings?day={WEDNESDAY}")
    desk.locator("[data-new=visit]").click()
    desk.locator("#visit-at").fill("14:30")
    desk.locator("#visit-dialog [type=submit]").click()
    assert desk.locator("[data-problem=address]:visible").count() == 1
    assert desk.evaluate("document.activeElement.id") == "visit-address"
    desk.locator("#visit-address").fill("12 Lê Lợi, tổ 3")
    desk.locator("#visit-name").fill("Bà Năm")
    desk.locator("#visit-clerk").select_option("lan")
    assert violations(desk) == []
    desk.locator("#visit-dialog [type=submit]").click()
    line = desk.locator("[data-view=visit] tbody tr")
    line.wait_for()
    line.get_by_role("button", name="Sửa").click()
    assert desk.locator("#visit-address").input_value() == "12 Lê Lợi, tổ 3"
    desk.locator("#visit-at").fill("15:00")
    desk.locator("#visit-dialog [type=submit]").click()
    line.get_by_text("15:00").wait_for()
    # Lan on the road
    phone = new_context(**PHONE).new_page()
    centre.sign_in(phone, "lan")
    go(phone, centre, f"/bookings?day={WEDNESDAY}")
    card = phone.locator("[data-view=visit] tbody tr")
    assert "12 Lê Lợi, tổ 3" in card.inner_text()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(phone) == []
    card.get_by_role("button").first.tap()
    card.locator(".mark-done").wait_for()


def test_the_lists_are_one_press_from_the_start_page_and_the_board(centre: RunningHub, desk: Page) -> None:
    for page in ("/", "/supervisor"):
        desk.goto(f"{centre.url}{page}")
        desk.locator("a[href='/bookings']").click()
        desk.wait_for_url("**/bookings")


def test_a_day_gone_by_says_so(centre: RunningHub, desk: Page) -> None:
    go(desk, centre, "/bookings?day=2026-11-20")
    desk.locator("[data-past]").wait_for()
    assert desk.locator("[data-new=slot]").is_disabled()
    desk.locator("[data-today]").click()
    assert desk.locator("[data-past]").is_hidden()
    assert desk.locator("[data-new=slot]").is_enabled()


def test_the_day_is_printed_without_its_buttons(centre: RunningHub, desk: Page) -> None:
    day = "2026-11-27"
    wish = {"kind": "visit", "service": "XH", "day": day, "at": "09:00", "address": "5 Hùng Vương"}
    centre.supervisor.ok("POST", "/bookings", json=wish)
    go(desk, centre, f"/bookings?day={day}")
    desk.locator("[data-view=visit] tbody tr").wait_for()
    desk.emulate_media(media="print")
    assert desk.locator("button:visible").count() == 0
    assert desk.locator("[data-part=slot]:visible").count() == 0  # nobody comes: no room on the paper
    assert "5 Hùng Vương" in desk.locator("main").inner_text()


# The times


def test_the_times_are_set_for_several_days_at_once(centre: RunningHub, desk: Page) -> None:
    desk.goto(f"{centre.url}/admin/slots")
    cell = desk.locator("tr[data-key=DD] td[data-weekday='0'] button")
    cell.focus()
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name="Thêm giờ", exact=True).click()
    sheet = desk.locator("dialog.sheet")
    sheet.locator("[type=number]").first.fill("2")
    sheet.locator("[type=submit]").click()
    assert "5" in sheet.locator("[data-field=lines] .problem").inner_text()
    sheet.locator("[type=number]").first.fill("20")
    sheet.get_by_label("Thứ Ba").check()
    assert violations(desk) == []
    sheet.locator("[type=submit]").click()
    assert "08:00–11:00" in cell.inner_text()
    desk.locator("[data-view=save] .button-primary").click()
    desk.locator("[data-view=save]").wait_for(state="hidden")
    rules = [each for each in centre.supervisor.ok("GET", "/slots/rules")["slots"] if each["service"] == "DD"]
    assert [(each["weekday"], each["every_min"]) for each in rules] == [(0, 20), (1, 20)]
    assert violations(desk) == []


def test_what_only_a_station_does_is_neither_booked_nor_done_at_home(centre: RunningHub, desk: Page) -> None:
    centre.admin.ok("PUT", "/services/TK", json={"letter": "V", "name": "Điền tờ khai"})
    centre.admin.ok("PUT", "/counters/20", json={"name": "Máy 20", "own": ["TK"], "kind": "station"})
    desk.goto(f"{centre.url}/admin/slots")
    desk.locator("tr[data-key=HT]").wait_for()
    assert desk.locator("tr[data-key=TK]").count() == 0
    desk.goto(f"{centre.url}/bookings")
    for part in ("slot", "visit"):
        offered = desk.locator(f"#{part}-dialog [name=service] option")
        assert "TK" not in [each.get_attribute("value") for each in offered.all()]


# Closed days


@pytest.fixture
def closing(centre: RunningHub) -> Iterator[None]:
    """The days are open again for the tests that follow."""
    yield
    centre.supervisor.ok("PUT", "/closed-days", json={"closed": []})


@pytest.mark.usefixtures("closing")
def test_a_day_is_closed_and_citizens_read_why_it_cannot_be_booked(centre: RunningHub, desk: Page, phone: Page) -> None:
    stands = booked(centre, CLOSED, "09:00", name="Võ Thị Sáu", phone="0905 123 456")
    desk.goto(f"{centre.url}/admin/slots")
    desk.locator("[data-new-closed]").click()
    sheet = desk.locator("dialog.sheet")
    sheet.locator("[name=first]").fill(CLOSED)
    sheet.locator("[name=last]").fill(MONDAY)
    sheet.locator("[name=word]").fill("Quốc khánh")
    sheet.locator("[name=word_en]").fill("National Day")
    sheet.locator("[type=submit]").click()
    assert sheet.locator("[data-field=last] .problem").is_visible()
    sheet.locator("[name=last]").fill("")
    assert violations(desk) == []
    sheet.locator("[type=submit]").click()
    told = desk.locator(".toast-error")
    told.wait_for()
    assert "1 lịch hẹn" in told.inner_text()
    assert "04/12: 1 lịch hẹn" in desk.locator(f"[data-view=closed] tr[data-key='{CLOSED}']").inner_text()
    assert violations(desk) == []
    for language, line, day in (
        ("vi", "04/12: Trung tâm nghỉ – Quốc khánh", "Thứ Sáu, 4/12/2026"),
        ("en", "4 December: The centre is closed – National Day", "Friday, 4 December 2026"),
    ):
        phone.goto(f"{centre.url}/language/{language}?next=/book%3Fservice=HT")
        assert phone.locator(".book-closed").all_inner_texts() == [line]
        assert day not in phone.locator(".book-list").inner_text()
        assert violations(phone, enhanced=True) == []
        phone.goto(f"{centre.url}/book?service=HT&day={CLOSED}&at=10:00")  # a link from before
        assert phone.locator(".book-gone").inner_text() == line
    phone.goto(f"{centre.url}{stands['url']}")
    assert "4 December: The centre is closed" in phone.locator(".book-gone").inner_text()


@pytest.mark.usefixtures("closing")
def test_who_is_still_booked_on_a_closed_day_is_marked_in_the_list_until_told(centre: RunningHub, desk: Page) -> None:
    stands = booked(centre, CLOSED, "10:00", name="Võ Thị Sáu", phone="0905 123 456")
    go(desk, centre, f"/bookings?day={CLOSED}")
    row(desk, stands).wait_for()
    assert desk.locator("[data-view=closed]").is_hidden()
    closed = {"first": CLOSED, "last": CLOSED, "word": "Quốc khánh"}
    centre.supervisor.ok("PUT", "/closed-days", json={"closed": [closed]})
    row(desk, stands).locator(".mark-amber").wait_for()  # while the list stands open
    note = desk.locator("[data-view=closed]")
    assert "Quốc khánh" in note.inner_text()
    assert violations(desk) == []
    row(desk, stands).get_by_role("button").last.click()
    row(desk, stands).locator(".mark-amber").wait_for(state="detached")


@pytest.mark.usefixtures("closing")
def test_on_a_closed_day_the_phone_gives_no_number_and_says_why(centre: RunningHub, phone: Page) -> None:
    settings = centre.admin.ok("GET", "/settings")
    centre.admin.ok("PUT", "/settings", json=settings | {"home_numbers": True})
    centre.supervisor.ok(
        "PUT", "/closed-days", json={"closed": [{"first": MONDAY, "last": TUESDAY, "word": "Bão số 9"}]}
    )
    phone.goto(f"{centre.url}/language/vi?next=/home")
    assert phone.locator(".book-gone").inner_text() == "23/11–24/11: Trung tâm nghỉ – Bão số 9"
    assert phone.locator("[data-service]").count() == 0
    assert violations(phone, enhanced=True) == []
    centre.admin.ok("PUT", "/settings", json=settings)
