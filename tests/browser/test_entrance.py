"""The way in: the start page, signing in, the first administrator, joining a screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.api.shapes import is_own_page
from tests.running_hub import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page, Route

    from tests.running_hub import RunningHub

    NewContext = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser


def sign_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def shown_code(page: Page) -> str:
    expect(page.locator("#code")).to_have_text(re.compile(r"\d{3} \d{3}"))
    return page.locator("#code").inner_text().replace(" ", "")


# The start page


def test_the_start_page_offers_what_a_new_screen_can_become(hub: RunningHub, page: Page) -> None:
    page.goto(hub.url)
    for name in ("Máy lấy số", "Màn hình sảnh", "Màn hình quầy", "Đăng nhập"):
        expect(page.get_by_text(name, exact=True)).to_be_visible()
    expect(page.get_by_text("Quản trị", exact=True)).to_have_count(0)
    page.get_by_text("Màn hình quầy", exact=True).click()
    page.get_by_role("link", name="Quầy 3").click()
    expect(page).to_have_url(re.compile(r"/join\?page=%2Fcounter-screen%2F3"))


@pytest.mark.parametrize(
    ("role", "offered", "withheld"),
    [
        ("clerk", ["Bàn làm việc tại quầy"], ["Bảng điều hành", "Quản trị"]),
        ("supervisor", ["Bàn làm việc tại quầy", "Bảng điều hành"], ["Quản trị"]),
        ("admin", ["Bàn làm việc tại quầy", "Bảng điều hành", "Quản trị"], []),
    ],
)
def test_each_role_is_shown_what_fits_it(
    hub: RunningHub, page: Page, role: str, offered: list[str], withheld: list[str]
) -> None:
    hub.sign_in(page, "lan", role)
    page.goto(hub.url)
    for name in offered:
        expect(page.get_by_text(name, exact=True)).to_be_visible()
    for name in withheld:
        expect(page.get_by_text(name, exact=True)).to_have_count(0)


def test_signing_out_ends_the_session(hub: RunningHub, page: Page) -> None:
    hub.sign_in(page, "lan")
    page.goto(hub.url)
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Tôi làm việc tại đây")).to_be_visible()
    assert page.request.get(f"{hub.url}/api/v1/session").status == 401


def test_a_person_reads_the_entrance_in_english_and_it_stays_so(hub: RunningHub, page: Page) -> None:
    page.goto(hub.url)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="What shall this screen be?")).to_be_visible()
    page.goto(f"{hub.url}/sign-in")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


# Signing in


def test_a_wrong_password_is_told_plainly_and_the_right_one_leads_on(hub: RunningHub, page: Page) -> None:
    hub.person("lan", "clerk")
    page.goto(f"{hub.url}/console")
    expect(page).to_have_url(re.compile("/sign-in"))
    sign_in(page, "lan", "sai-mat-khau")
    expect(page.get_by_role("alert")).to_have_text("Tên đăng nhập hoặc mật khẩu không đúng.")
    sign_in(page, "lan", PASSWORD)
    expect(page).to_have_url(f"{hub.url}/console")


def test_an_empty_field_is_named(hub: RunningHub, page: Page) -> None:
    page.goto(f"{hub.url}/sign-in")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_have_text("Xin điền: Tên đăng nhập")


def test_too_many_wrong_passwords_have_to_wait(hub: RunningHub, page: Page) -> None:
    for _ in range(10):
        page.request.post(f"{hub.url}/api/v1/session", data={"name": "lan", "password": "sai"})
    page.goto(f"{hub.url}/sign-in")
    sign_in(page, "lan", "sai-mat-khau")
    expect(page.get_by_role("alert")).to_have_text("Thử quá nhiều lần. Xin chờ một phút rồi thử lại.")


def test_signing_in_never_leads_to_a_foreign_site(hub: RunningHub, page: Page) -> None:
    hub.person("lan", "supervisor")
    page.goto(f"{hub.url}/sign-in?next=//example.com/")
    sign_in(page, "lan", PASSWORD)
    expect(page).to_have_url(f"{hub.url}/supervisor")


@pytest.mark.parametrize("url", ["//example.com", "/\\example.com", "https://example.com", "", "/\n/example.com"])
def test_only_paths_of_this_server_are_followed(url: str) -> None:
    assert not is_own_page(url)
    assert is_own_page("/counter-screen/3?theme=dark")


# The first administrator


def test_the_set_up_link_works_once(hub: RunningHub, new_context: NewContext) -> None:
    link = set_up_link(hub)
    page = new_context().new_page()
    page.goto(link)
    expect(page).to_have_url(f"{hub.url}/setup")  # the secret is out of the address bar
    page.get_by_label("Tên đăng nhập").fill("lan.nguyen")
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Lan")
    enter_password(page, "ngan", "ngan")
    expect(page.get_by_role("alert")).to_have_text("Mật khẩu cần ít nhất 8 ký tự.")
    enter_password(page, "mot-mat-khau-dai", "mot-mat-khau-khac")
    expect(page.get_by_role("alert")).to_have_text("Hai lần nhập mật khẩu không giống nhau.")
    enter_password(page, "mot-mat-khau-dai", "mot-mat-khau-dai")
    expect(page.get_by_role("heading", name="Đã đăng nhập với vai trò quản trị viên")).to_be_visible()
    page.get_by_role("link", name="Đến trang quản trị").click()
    expect(page).to_have_url(re.compile("/admin"))

    second = new_context().new_page()
    second.goto(link)
    second.get_by_label("Tên đăng nhập").fill("ke-gian")
    second.get_by_label("Họ và tên").fill("Kẻ Gian")
    enter_password(second, "mot-mat-khau-dai", "mot-mat-khau-dai")
    expect(second.get_by_role("alert")).to_contain_text("Đường dẫn không đúng hoặc đã được dùng")


def set_up_link(hub: RunningHub) -> str:
    assert hub.process is not None
    assert hub.process.stdout is not None
    found = re.search(r"http\S+/setup\?token=\S+", hub.process.stdout.readline())
    assert found is not None
    return found[0]


def enter_password(page: Page, password: str, again: str) -> None:
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_label("Nhập lại mật khẩu").fill(again)
    page.get_by_role("button", name="Thiết lập trung tâm").click()


# Joining a screen


@pytest.mark.parametrize("path", ["/tv", "/counter-screen/3", "/kiosk?print=browser"])
def test_a_screen_joins_by_the_code_that_an_administrator_types(hub: RunningHub, page: Page, path: str) -> None:
    page.goto(f"{hub.url}{path}")
    expect(page).to_have_url(re.compile(r"/join\?page="))
    hub.admin.ok("POST", "/devices/join", json={"code": shown_code(page), "name": "sanh-1"})
    expect(page).to_have_url(hub.url + path)
    page.reload()
    expect(page).to_have_url(hub.url + path)
    page.goto(hub.url)
    expect(page.get_by_role("heading", name="Màn hình này đã kết nối với tên sanh-1")).to_be_visible()


def test_an_expired_code_is_replaced_by_a_new_one(hub: RunningHub, page: Page) -> None:
    expired = iter(["expired"])

    def answer(route: Route) -> None:
        state = next(expired, None)
        if state:
            route.fulfill(json={"state": state, "page": ""})
        else:
            route.continue_()

    with page.expect_response("**/api/v1/join") as first:
        page.goto(f"{hub.url}/join?page=/tv")
    page.route("**/api/v1/join/*", answer)
    old = first.value.json()["code"]
    expect(page.locator("#code")).not_to_have_text(f"{old[:3]} {old[3:]}")
    hub.admin.ok("POST", "/devices/join", json={"code": shown_code(page), "name": "sanh-1"})
    expect(page).to_have_url(f"{hub.url}/tv")


def test_a_screen_that_waits_to_join_outlives_the_hubs_restart(hub: RunningHub, page: Page) -> None:
    page.goto(f"{hub.url}/join?page=/tv")
    old = shown_code(page)
    hub.restart()
    expect(page.locator("#code")).not_to_have_text(f"{old[:3]} {old[3:]}", timeout=20_000)
    hub.admin.ok("POST", "/devices/join", json={"code": shown_code(page), "name": "sanh-1"})
    expect(page).to_have_url(f"{hub.url}/tv")
