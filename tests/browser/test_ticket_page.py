"""A ticket's page on its holder's phone, and the QR code that leads to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests
from playwright.sync_api import expect

from app.addresses import Address, is_local, phone_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.running_hub import RunningHub

    NewContext = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser

OLD_PHONE = {"width": 360, "height": 640}


def test_the_ticket_on_a_phone_hears_that_it_is_called(hub: RunningHub, new_context: NewContext) -> None:
    hub.open_counter(3)
    hub.open_counter(1)
    before, mine = hub.take_number(), hub.take_number()
    phone = new_context(viewport=OLD_PHONE).new_page()
    phone.goto(hub.url + mine["url"])
    expect(phone.locator(".phone-number")).to_have_text("A002")
    expect(phone.locator("[data-fill=ahead]")).to_have_text("1")
    expect(phone.locator("[data-fill=age]")).to_have_text("Trang này tự cập nhật.")
    hub.supervisor.ok("POST", "/counters/1/call", json={"ticket": before["id"]})
    expect(phone.get_by_text("Ông/bà là người tiếp theo")).to_be_visible()
    hub.supervisor.ok("POST", "/counters/3/call", json={"ticket": mine["id"]})
    expect(phone.locator(".phone-counter")).to_be_in_viewport(ratio=1)
    expect(phone.locator(".phone-counter")).to_have_text("3")
    expect(phone).to_have_title("Quầy 3: đã tới lượt")


def test_the_ticket_is_complete_before_any_script_runs(hub: RunningHub, new_context: NewContext) -> None:
    hub.open_counter(1)
    hub.take_number()
    mine = hub.take_number()
    phone = new_context(viewport=OLD_PHONE, java_script_enabled=False).new_page()
    phone.goto(hub.url + mine["url"])
    expect(phone.locator(".phone-number")).to_be_in_viewport(ratio=1)
    expect(phone.locator("[data-fill=ahead]")).to_be_in_viewport(ratio=1)
    expect(phone.locator("[data-fill=expected]")).to_be_in_viewport(ratio=1)
    expect(phone.locator(".phone-advice.if-near")).to_be_in_viewport(ratio=1)


def test_the_phone_says_how_old_it_is_and_catches_up(hub: RunningHub, new_context: NewContext) -> None:
    hub.open_counter(1)
    mine = hub.take_number()
    phone = new_context(viewport=OLD_PHONE).new_page()
    phone.goto(hub.url + mine["url"])
    expect(phone.locator("[data-fill=age]")).to_have_text("Trang này tự cập nhật.")
    hub.kill()
    expect(phone.locator("[data-fill=age]")).to_contain_text("Số liệu lúc")
    hub.start()
    hub.supervisor.ok("POST", "/counters/1/next")
    expect(phone.locator(".phone-counter")).to_be_visible()


def test_a_ticket_is_given_up_on_the_phone(hub: RunningHub, new_context: NewContext) -> None:
    mine = hub.take_number()
    phone = new_context(viewport=OLD_PHONE).new_page()
    phone.goto(hub.url + mine["url"])
    phone.get_by_role("button", name="Tôi không cần số này nữa").click()
    phone.get_by_role("button", name="Trả lại số").click()
    expect(phone.get_by_text("Số này đã được trả lại.")).to_be_visible()
    assert [s["waiting"] for s in hub.supervisor.ok("GET", "/hall")["services"]] == [0] * 9


def test_an_unknown_ticket_gets_a_plain_answer(hub: RunningHub, page: Page) -> None:
    answer = page.goto(f"{hub.url}/t/nobody-has-this")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name="Số này không còn giá trị")).to_be_visible()


def test_the_qr_code_carries_an_address_that_a_phone_can_open(hub: RunningHub) -> None:
    ticket = hub.take_number()
    code = f"{hub.url}{ticket['url']}/qr.svg"
    answer = requests.get(code, headers={"Host": "192.168.1.20:8000"}, timeout=10)
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert answer.text.startswith("<svg")
    assert requests.get(code, timeout=10).status_code == 404  # nobody else can open 127.0.0.1


@pytest.mark.parametrize(
    ("configured", "asked", "expected"),
    [
        ("", "http://192.168.1.20:8000/", Address("http://192.168.1.20:8000", local=True)),
        ("", "http://hub.local/", Address("http://hub.local", local=True)),
        ("https://so.example.vn/", "http://127.0.0.1:8000/", Address("https://so.example.vn", local=False)),
        ("", "http://127.0.0.1:1/", None),
    ],
)
def test_which_address_a_phone_can_open(configured: str, asked: str, expected: Address | None) -> None:
    assert phone_address(configured, asked) == expected


def test_a_public_address_is_not_local() -> None:
    assert not is_local("8.8.8.8")
    assert not is_local("so.example.vn")
    assert is_local("10.0.0.7")
