"""A citizen with a telephone takes a number before coming, or in the hall by the poster."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.axe import violations
from tests.running_hub import Client, RunningHub

pytestmark = pytest.mark.browser
NewContext = Callable[..., BrowserContext]
PHONE = {"width": 390, "height": 844}
CARD = "079180012345"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A minute of the hub in a second: what a clock brings about comes while one looks."""
    settings = {"clock_start": "2026-11-23T08:00", "clock_rate": 60, "public_url": "https://trungtam.example"}
    hub = RunningHub(tmp_path_factory.mktemp("home"), settings).start()
    decide(hub, home_numbers=True, phone_numbers=True)
    hub.open_counter(1)
    yield hub
    hub.close()


def decide(hub: RunningHub, **settings: object) -> None:
    hub.admin.ok("PUT", "/settings", json={**hub.admin.ok("GET", "/settings"), **settings})


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    return new_context(viewport=PHONE, has_touch=True).new_page()


def test_one_press_gives_a_number_a_code_and_when_to_come(hub: RunningHub, phone: Page) -> None:
    hub.take_number("HT")
    phone.goto(f"{hub.url}/home")
    left = phone.locator("[data-service=HT] [data-left]")
    expect(left).to_have_text("Còn 10 số")
    assert violations(phone) == []
    phone.locator("[data-service=HT]").click()
    phone.wait_for_url("**/b/*")
    expect(phone.locator(".mine-number")).to_have_text("A002")
    expect(phone.locator(".mine-digits")).to_have_text(phone_code(hub, phone))
    expect(phone.locator(".mine-when")).to_contain_text("Đến trong khoảng 08:")
    expect(phone.locator("[data-ahead]")).to_have_text("1")
    expect(phone.locator(".mine-qr svg")).to_be_visible()
    assert violations(phone) == []
    phone.goto(f"{hub.url}/home")
    expect(left).to_have_text("Còn 9 số")
    expect(phone.locator(".home-held")).to_contain_text("A002")
    phone.locator("[data-service=HT]").click()
    expect(phone.locator("[data-refused]")).to_contain_text("A002")
    assert violations(phone) == []
    phone.locator(".home-held a").click()
    phone.locator("[data-do=ask]").click()
    phone.locator("[data-do=cancel]").click()
    expect(phone.locator(".mine")).to_have_attribute("data-state", "cancelled")
    phone.goto(f"{hub.url}/home")
    expect(left).to_be_visible()
    expect(phone.locator(".home-held")).to_have_count(0)


def phone_code(hub: RunningHub, phone: Page) -> str:
    code = str(hub.kiosk.ok("GET", f"/bookings/{phone.url.rpartition('/')[2]}")["code"])
    return f"{code[:3]} {code[3:]}"


def test_whoever_looked_a_procedure_up_takes_the_number_for_it(hub: RunningHub, phone: Page) -> None:
    phone.goto(f"{hub.url}/home?service=DD&procedure=1.013978")
    expect(phone.locator(".home-sought")).to_contain_text("cấp Giấy chứng nhận lần đầu")
    expect(phone.locator(".home-service").first).to_have_attribute("data-service", "DD")
    expect(phone.locator(".home-service", has_text="Lấy số cho việc này")).to_have_attribute("data-service", "DD")
    phone.locator("[data-service=DD]").click()
    phone.wait_for_url("**/b/*")
    booking = hub.kiosk.ok("GET", f"/bookings/{phone.url.rpartition('/')[2]}")
    assert (booking["service"], booking["procedure"]) == ("DD", "1.013978")


def test_a_procedure_of_another_service_or_none_is_not_named(hub: RunningHub, phone: Page) -> None:
    for asked in ("service=HT&procedure=1.013978", "service=HT&procedure=x", "procedure=1.013978"):
        phone.goto(f"{hub.url}/home?{asked}")
        expect(phone.locator(".home-service").first).to_be_visible()
        expect(phone.locator(".home-sought")).to_have_count(0)


def test_whoever_has_checked_in_is_led_to_the_ticket(hub: RunningHub, phone: Page) -> None:
    phone.goto(f"{hub.url}/home?lang=en")
    phone.locator("[data-service=CT]").click()
    phone.wait_for_url("**/b/*")
    own = phone.url
    expect(phone.get_by_text("At the kiosk in the centre")).to_be_visible()
    ticket = hub.kiosk.ok("POST", "/check-in", json={"booking": own.rpartition("/")[2].partition("?")[0]})
    phone.goto(own)
    phone.wait_for_url(f"**/t/{ticket['id']}?lang=en")


def test_a_page_that_is_open_when_a_number_lapses_says_so(hub: RunningHub, phone: Page) -> None:
    decide(hub, home_travel_min=0, home_grace_min=1)
    phone.goto(f"{hub.url}/home")
    phone.locator("[data-service=KQ]").click()
    phone.wait_for_url("**/b/*")
    looking = "() => { setInterval(() => document.dispatchEvent(new Event('visibilitychange')), 300); }"
    phone.evaluate(looking)  # as when the phone is taken out again and again
    expect(phone.locator(".mine")).to_have_attribute("data-state", "lapsed")
    expect(phone.locator(".book-gone")).to_contain_text("không còn giá trị")
    decide(hub, home_travel_min=30, home_grace_min=10)


def test_before_its_time_the_page_counts_down_and_opens_by_itself(hub: RunningHub, phone: Page) -> None:
    decide(hub, home_from="20:00", home_until="21:00")
    phone.clock.install()
    phone.route("**/api/v1/home", lambda route: route.abort())  # nothing tells it but its own clock
    phone.goto(f"{hub.url}/home")
    expect(phone.locator(".home-big")).to_contain_text("20:00")
    expect(phone.locator(".home-count")).to_contain_text("Mở sau 11:")
    decide(hub, home_from="07:00")
    phone.clock.fast_forward(13 * 60_000)  # thirteen hours of this hub
    expect(phone.locator("[data-service=HT]")).to_be_visible()
    decide(hub, home_until="16:00")


def test_the_poster_in_the_hall_gives_a_number_to_each_phone(hub: RunningHub, phone: Page) -> None:
    secret = hub.admin.ok("GET", "/take-address")["url"].partition("at=")[2]
    phone.goto(f"{hub.url}/take?at={secret}")
    assert violations(phone) == []
    phone.locator("[data-service=XD]").click()
    phone.wait_for_url("**/t/*")
    expect(phone.locator(".number")).to_have_text("X001")
    phone.goto(f"{hub.url}/take?at=made-up")
    expect(phone.locator(".book-rule")).to_contain_text("quét lại")


def test_where_each_person_gets_one_the_card_is_asked_for(hub: RunningHub, phone: Page) -> None:
    decide(hub, one_per_person=True)
    phone.goto(f"{hub.url}/home")
    phone.locator("[data-service=CA]").click()
    expect(phone.locator("[data-refused]")).to_contain_text("số căn cước")
    expect(phone.locator("#person")).to_be_focused()
    assert violations(phone) == []
    phone.locator("#person").fill(CARD)
    phone.locator("[data-service=CA]").click()
    phone.wait_for_url("**/b/*")
    assert CARD not in phone.content()
    decide(hub, one_per_person=False)


@pytest.mark.parametrize("page", ["home", "booking", "book", "ticket"])
def test_on_a_poor_line_a_button_waits_for_its_script_and_no_press_is_lost(
    hub: RunningHub, phone: Page, page: str
) -> None:
    decide(hub, appointments=True)
    address, script, button, after = waiting_page(hub, page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    phone.route(f"**/{script}*", hold)
    phone.goto(f"{hub.url}{address}", wait_until="commit")
    found = phone.locator(button)
    expect(found).to_be_visible()
    assert found.evaluate("(node) => node.matches(':disabled') || node.closest('[inert]') !== null")
    while not held:
        phone.wait_for_timeout(20)
    for route in held:
        route.continue_()
    found.click()
    expect(phone.locator(after)).to_be_visible()
    decide(hub, appointments=False)


def waiting_page(hub: RunningHub, page: str) -> tuple[str, str, str, str]:
    """Its address, its script, a button, and what is seen when that was pressed."""
    if page == "home":
        return "/home", "home.js", "[data-service=CT]", ".mine-digits"
    if page == "booking":
        booking = Client(hub.url).ok("POST", "/home", json={"service": "XD"})
        return booking["url"], "booking-page.js", "[data-do=ask]", "[data-do=cancel]"
    if page == "ticket":
        return hub.take_number("XD")["url"], "static/phone/ticket.js", "[data-do=ask]", "[data-do=cancel]"
    tuesday = {"weekday": 1, "service": "DD", "start": "08:00", "end": "09:00", "every_min": 30, "capacity": 9}
    hub.admin.ok("PUT", "/slots", json={"slots": [tuesday]})
    return "/book?service=DD&day=2026-11-24&at=08:30", "book.js", "[data-form] [type=submit]", ".mine-digits"
