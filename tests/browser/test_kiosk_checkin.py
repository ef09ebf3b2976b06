"""Whoever has booked comes to the kiosk."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import scanner
from tests.browser.kiosk_screens import PORTRAIT, assert_flawless, choose_language, number
from tests.running_hub import Client, RunningHub
from tests.system.following import InOrderClient

pytestmark = pytest.mark.browser
NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    hub = RunningHub(tmp_path_factory.mktemp("booked"), {"clock_start": "2026-11-23T08:00"}).start()
    settings = hub.admin.ok("GET", "/settings")
    hub.admin.ok("PUT", "/settings", json={**settings, "home_numbers": True, "appointments": True})
    tuesdays = {"weekday": 1, "service": "HT", "start": "09:00", "end": "10:00", "every_min": 30, "capacity": 1}
    hub.supervisor.ok("PUT", "/slots", json={"slots": [tuesdays]})
    yield hub
    hub.close()


@pytest.fixture
def booked(hub: RunningHub) -> dict[str, Any]:
    with Client(hub.url) as citizen:
        made: dict[str, Any] = citizen.ok("POST", "/home", json={"service": "HT"})
    return made


@pytest.fixture
def kiosk(hub: RunningHub, new_context: NewContext) -> Page:
    page = new_context(viewport=PORTRAIT, has_touch=True).new_page()
    hub.join(page, "/kiosk")
    page.locator("html[data-line=live]").wait_for()
    return page


def type_code(kiosk: Page, code: str) -> None:
    for digit in code:
        kiosk.locator(".checkin-key", has_text=digit).click()


def test_six_digits_give_the_number_that_was_taken_at_home(kiosk: Page, booked: dict[str, Any]) -> None:
    choose_language(kiosk)
    kiosk.get_by_role("button", name="Tôi đã đặt trước").click()
    assert_flawless(kiosk, "checkin")
    wrong = str((int(booked["code"]) + 1) % 10**6).zfill(6)
    type_code(kiosk, wrong)
    expect(kiosk.locator(".checkin-problem")).to_contain_text("Không có lượt đặt trước")
    expect(kiosk.locator(".checkin-digits")).to_have_text("– – – – – –")
    type_code(kiosk, booked["code"][:3] + "9")
    kiosk.get_by_role("button", name="Xóa chữ số cuối").click()
    type_code(kiosk, booked["code"][3:])
    expect(number(kiosk)).to_have_text(booked["number"])
    expect(kiosk.locator(".kiosk-screen")).to_have_attribute("data-screen", "ticket")


def test_in_english_too_and_back_again(kiosk: Page) -> None:
    choose_language(kiosk, "English")
    kiosk.get_by_role("button", name="I have booked").click()
    expect(kiosk.locator("h1")).to_have_text("Type the six digits of your booking")
    kiosk.locator(".kiosk-back").click()
    expect(kiosk.locator(".kiosk-screen")).to_have_attribute("data-screen", "services")


@pytest.mark.parametrize(
    ("language", "day"), [("Tiếng Việt", "Thứ Ba, 24/11 lúc 09:00"), ("English", "Tuesday 24 November at 09:00")]
)
def test_whoever_comes_on_another_day_is_told_which_it_is(
    hub: RunningHub, kiosk: Page, language: str, day: str
) -> None:
    with Client(hub.url) as citizen:
        wish = {"kind": "slot", "service": "HT", "day": "2026-11-24", "at": "09:00"}
        made = citizen.ok("POST", "/bookings", json=wish)
        choose_language(kiosk, language)
        kiosk.locator(".kiosk-checkin").click()
        type_code(kiosk, made["code"])
        expect(kiosk.locator(".checkin-problem")).to_contain_text(day)
        assert_flawless(kiosk, "checkin")
        citizen.ok("POST", f"/bookings/{made['id']}/cancel")


def test_before_the_line_is_there_the_hubs_time_is_told_and_not_the_machines(kiosk: Page) -> None:
    kiosk.route("**/socket.io/**", lambda route: route.abort())
    kiosk.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    kiosk.clock.set_system_time("2026-01-01T03:33:00")
    kiosk.reload()
    expect(kiosk.locator(".kiosk-time")).to_have_text(re.compile("^08:"))


def test_the_code_of_the_page_before_the_scanner_needs_no_typing(
    hub: RunningHub, kiosk: Page, booked: dict[str, Any]
) -> None:
    scanner.types(kiosk, f"https://trungtam.example/b/{booked['id']}")
    expect(number(kiosk)).to_have_text(booked["number"])
    again = hub.kiosk.ok("POST", "/check-in", json={"code": booked["code"]})
    assert again["number"] == booked["number"], "the same ticket, whoever asks"


def test_an_agent_tells_of_a_scanned_booking(hub: RunningHub, new_context: NewContext, booked: dict[str, Any]) -> None:
    page = new_context(viewport=PORTRAIT).new_page()
    hub.join(page, "/kiosk", "with-agent")
    page.locator("html[data-line=live]").wait_for()
    token = str(hub.device("agent", "scanning").headers["Authorization"]).removeprefix("Bearer ")
    agent = InOrderClient(handle_sigint=False)
    agent.connect(hub.url, auth={"token": token}, transports=["websocket"])
    scan = {"scanner": "door", "counter": None, "kiosk": "with-agent", "kind": "booking", "booking": booked["id"]}
    agent.emit("scan", scan)
    expect(number(page)).to_have_text(booked["number"])
    agent.shutdown()


def test_a_centre_where_nobody_books_asks_nobody(hub: RunningHub, kiosk: Page) -> None:
    settings = hub.admin.ok("GET", "/settings")
    hub.admin.ok("PUT", "/settings", json={**settings, "home_numbers": False, "appointments": False})
    choose_language(kiosk)
    expect(kiosk.locator("[data-service=HT]")).to_be_visible()
    expect(kiosk.locator(".kiosk-checkin")).to_have_count(0)
