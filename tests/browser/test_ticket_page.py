"""A ticket's page on its holder's phone, and the QR code that leads to it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
import requests
from playwright.sync_api import expect

from app.addresses import Address, is_local, phone_address
from app.nearness import is_near
from app.planning.calibration import Range

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.running_hub import RunningHub

    NewContext = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser

OLD_PHONE = {"width": 360, "height": 640}
NOTES_VIBRATION = "navigator.vibrate = (pattern) => { (window.felt ??= []).push(pattern.length); return true; };"
COUNTS_TAPS = """() => {
  window.tapped = [];
  addEventListener("click", ({ target }) => target.dataset?.do && window.tapped.push(target.dataset.do), true);
}"""
# A push service that takes every subscription and carries nothing.
A_PUSH_SERVICE = """
Notification.requestPermission = async () => "granted";
PushManager.prototype.subscribe = async () => ({ toJSON: () => ({
  endpoint: "https://push.example.net/me",
  keys: {
    p256dh: "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU",
    auth: "c2l4dGVlbiBieXRlcyBvaw",
  },
}) });
"""
FOLLOWS = "Trang này tự cập nhật."


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    return new_context(viewport=OLD_PHONE, has_touch=True).new_page()


def take_numbers(hub: RunningHub, count: int) -> dict[str, Any]:
    """The last one."""
    return [hub.take_number() for _ in range(count)][-1]


KEPT = """async (path) => {
  const end = Date.now() + 10000;
  const pages = await caches.open("toiluot-tickets");
  for (let kept = ""; kept !== path; kept = String((await pages.keys()).map(({ url }) => new URL(url).pathname))) {
    if (Date.now() > end) throw new Error(`kept: ${kept}`);
    await new Promise(requestAnimationFrame);
  }
}"""


def wait_until_kept(phone: Page, ticket: dict[str, Any]) -> None:
    """Until this ticket's page, and no other, is kept for a time without a line."""
    phone.evaluate(KEPT, ticket["url"].partition("?")[0])


def is_live(phone: Page) -> None:
    expect(phone.locator("[data-fill=age]")).to_have_text(FOLLOWS)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "vi",
            [
                FOLLOWS,
                "Ông/bà là người tiếp theo",
                "Vừa gọi A001 đến quầy 1. Đang phục vụ: quầy 1, 3.",
                "Quầy 3: đã tới lượt",
            ],
        ),
        (
            "en",
            [
                "This page follows the queue by itself.",
                "You are next",
                "Called last: A001 to counter 1. Serving at counter 1, 3.",
                "Counter 3: your turn",
            ],
        ),
    ],
    ids=["vi", "en"],
)
def test_the_ticket_on_a_phone_hears_that_it_is_called(
    hub: RunningHub, phone: Page, language: str, says: list[str]
) -> None:
    follows, following, serving, title = says
    hub.open_counter(3)
    hub.open_counter(1)
    before, mine = hub.take_number(), hub.take_number(language=language)
    phone.goto(hub.url + mine["url"])
    expect(phone.locator(".number")).to_have_text("A002")
    expect(phone.locator("[data-fill=ahead]")).to_have_text("1")
    expect(phone.locator("[data-fill=age]")).to_have_text(follows)
    hub.supervisor.ok("POST", "/counters/1/call", json={"ticket": before["id"]})
    expect(phone.get_by_text(following)).to_be_visible()
    expect(phone.locator("[data-fill=serving]")).to_have_text(serving)
    hub.supervisor.ok("POST", "/counters/3/call", json={"ticket": mine["id"]})
    expect(phone.locator(".counter")).to_be_in_viewport(ratio=1)
    expect(phone.locator(".counter")).to_have_text("3")
    expect(phone).to_have_title(title)


def test_the_ticket_is_complete_before_any_script_runs(hub: RunningHub, new_context: NewContext) -> None:
    hub.open_counter(1)
    before = hub.take_number()
    mine = hub.take_number()
    hub.supervisor.ok("POST", "/counters/1/call", json={"ticket": before["id"]})
    phone = new_context(viewport=OLD_PHONE, java_script_enabled=False).new_page()
    phone.goto(hub.url + mine["url"])
    for fact in (".number", ".if-next", "[data-fill=expected]", ".unless-here", "[data-fill=serving]"):
        expect(phone.locator(fact)).to_be_in_viewport(ratio=1)
    assert phone.locator("script:not([src]):not([type='application/json'])").count() == 0


def test_no_letters_come_over_the_line(hub: RunningHub, phone: Page) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(hub.url + hub.take_number()["url"])
    is_live(phone)
    assert not [url for url in asked if re.search(r"woff|png|jpg", url)]


def test_a_refusal_is_told_in_the_language_of_the_page_and_not_of_the_browser(
    hub: RunningHub, new_context: NewContext
) -> None:
    phone = new_context(viewport=OLD_PHONE, locale="en-GB").new_page()
    phone.goto(f"{hub.url}{take_numbers(hub, 1)['url']}")
    told = phone.evaluate(
        "import('/static/api.js').then(({ get }) => get('/tickets/x-1')).catch((error) => error.detail)"
    )
    assert told.startswith("Hôm nay không có phiếu")


def test_the_phone_says_how_old_it_is_and_catches_up(hub: RunningHub, phone: Page) -> None:
    hub.open_counter(1)
    mine = hub.take_number()
    phone.goto(hub.url + mine["url"])
    is_live(phone)
    hub.kill()
    expect(phone.locator("[data-fill=age]")).to_contain_text("Số liệu lúc")
    hub.start()
    hub.supervisor.ok("POST", "/counters/1/next")
    expect(phone.locator(".counter")).to_be_visible()


def test_without_a_line_the_page_opens_with_what_the_phone_last_heard(hub: RunningHub, phone: Page) -> None:
    hub.open_counter(1)
    before, mine = hub.take_number(), hub.take_number()
    phone.goto(hub.url + mine["url"])
    is_live(phone)
    hub.supervisor.ok("POST", "/counters/1/call", json={"ticket": before["id"]})
    expect(phone.locator(".if-next")).to_be_visible()  # heard after the page was kept
    wait_until_kept(phone, mine)
    hub.kill()
    phone.reload()
    expect(phone.get_by_text("Không có mạng. Đây là số liệu cuối cùng")).to_be_in_viewport(ratio=1)
    expect(phone.locator(".number")).to_have_text("A002")
    expect(phone.locator(".if-next")).to_be_visible()
    expect(phone.locator("[data-fill=age]")).to_contain_text("Số liệu lúc")
    hub.start()
    is_live(phone)
    expect(phone.locator(".kept")).to_be_hidden()
    hub.supervisor.ok("POST", f"/tickets/{mine['id']}/cancel")
    expect(phone.get_by_text("Số này đã được trả lại.")).to_be_visible()


def test_a_page_that_was_kept_before_an_update_of_the_hub_is_not_shown_with_the_files_of_after(
    hub: RunningHub, phone: Page
) -> None:
    phone.goto(f"{hub.url}/find")
    phone.evaluate("""async () => {
      const headers = { "X-Toiluot-Version": "before", "X-Kept-At": Date.now() };
      await (await caches.open("toiluot-tickets")).put("/t/kept-before", new Response("", { headers }));
    }""")
    mine = hub.take_number()
    phone.goto(hub.url + mine["url"])
    wait_until_kept(phone, mine)


def test_how_far_one_walks_decides_when_to_come_back(hub: RunningHub, phone: Page) -> None:
    hub.open_counter(1)
    mine = take_numbers(hub, 6)
    low = mine["forecast"]["low_min"]
    assert 5 < low <= 20, "the hall of this test should be a little too full for those who stand before the door"
    phone.goto(hub.url + mine["url"])
    is_live(phone)
    phone.get_by_role("button", name="0", exact=True).click()
    expect(phone.get_by_text("Chưa cần quay lại.")).to_be_in_viewport(ratio=1)
    phone.get_by_role("button", name="15", exact=True).click()
    expect(phone.get_by_text("mời ông/bà quay lại ngay")).to_be_in_viewport(ratio=1)
    expect(phone).to_have_title("Mời quay lại: sắp đến số A006")
    phone.reload()
    expect(phone.get_by_role("button", name="15", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(phone.get_by_text("mời ông/bà quay lại ngay")).to_be_visible()


def test_whoever_is_in_the_hall_already_is_asked_to_stay_and_not_to_hurry(hub: RunningHub, phone: Page) -> None:
    hub.open_counter(1)
    phone.goto(hub.url + take_numbers(hub, 2)["url"])
    is_live(phone)
    phone.get_by_role("button", name="0", exact=True).click()
    expect(phone.locator(".if-here")).to_be_in_viewport(ratio=1)
    expect(phone.locator(".unless-here")).to_be_hidden()
    phone.get_by_role("button", name="2", exact=True).click()
    expect(phone.get_by_text("mời ông/bà quay lại ngay")).to_be_visible()
    expect(phone.locator(".if-here")).to_be_hidden()


def told_walk(hub: RunningHub, ticket: dict[str, Any]) -> list[int]:
    """What the hub goes by for the messages to each phone of a ticket, minutes."""
    with closing(sqlite3.connect(hub.db)) as db:
        return [walk for (walk,) in db.execute("SELECT walk_min FROM push WHERE ticket = ?", (ticket["id"],))]


def choose_walk(phone: Page, minutes: str, ticket: dict[str, Any]) -> None:
    with phone.expect_response(f"**/tickets/{ticket['id']}/push"):
        phone.get_by_role("button", name=minutes, exact=True).click()


def test_whoever_walks_farther_after_asking_for_messages_is_told_earlier(hub: RunningHub, phone: Page) -> None:
    mine = take_numbers(hub, 6)
    phone.add_init_script(A_PUSH_SERVICE)
    phone.goto(hub.url + mine["url"])
    is_live(phone)
    phone.get_by_role("button", name="Báo cho tôi cả khi đã đóng trang này").click()
    expect(phone.get_by_text("sẽ báo tin khi gần đến lượt")).to_be_visible()
    assert told_walk(hub, mine) == [5]
    choose_walk(phone, "15", mine)
    assert told_walk(hub, mine) == [15]
    phone.reload()
    is_live(phone)
    choose_walk(phone, "2", mine)
    assert told_walk(hub, mine) == [2]


def test_sound_and_vibration_come_with_a_tap_and_when_called(hub: RunningHub, phone: Page) -> None:
    hub.open_counter(1)
    phone.add_init_script(NOTES_VIBRATION)
    phone.goto(hub.url + hub.take_number()["url"])
    is_live(phone)
    switch = phone.get_by_role("button", name="Bật chuông và rung")
    switch.click()
    expect(phone.get_by_role("button", name="Chuông và rung: đang bật")).to_have_attribute("aria-pressed", "true")
    assert phone.evaluate("window.felt") == [3]
    hub.supervisor.ok("POST", "/counters/1/next")
    expect(phone.locator(".counter")).to_be_visible()
    assert phone.evaluate("window.felt") == [3, 5]


def test_letting_two_people_pass_tells_first_what_it_costs(hub: RunningHub, phone: Page) -> None:
    hub.open_counter(1)
    mine = hub.take_number()
    take_numbers(hub, 3)
    phone.goto(hub.url + mine["url"])
    is_live(phone)
    phone.get_by_role("button", name="Nhường 2 người đi trước").click()
    expect(phone.get_by_text(re.compile(r"Khi đó trước ông/bà có khoảng 2 người, và phải đợi thêm"))).to_be_visible()
    phone.evaluate(COUNTS_TAPS)
    at = phone.get_by_role("button", name="Đồng ý nhường").bounding_box()
    assert at is not None
    tap = (at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    phone.touchscreen.tap(*tap)
    expect(phone.locator("[data-panel=pass]")).to_be_hidden()
    phone.touchscreen.tap(*tap)  # a double tap: whatever came up under the finger stays as it was
    assert phone.evaluate("window.tapped") == ["passed"]
    expect(phone.get_by_text("Đã nhường: họ được gọi trước ông/bà.")).to_be_visible()
    expect(phone.locator("[data-fill=ahead]")).to_have_text("2")


def test_nobody_can_let_people_pass_who_are_not_there(hub: RunningHub, phone: Page) -> None:
    phone.goto(hub.url + hub.take_number()["url"])
    is_live(phone)
    phone.get_by_role("button", name="Nhường 2 người đi trước").click()
    expect(phone.get_by_text("Sau ông/bà không còn ai đang đợi.")).to_be_visible()
    phone.get_by_role("button", name="Nhường 2 người đi trước").click()
    expect(phone.get_by_role("button", name="Nhường 2 người đi trước")).to_be_enabled()
    expect(phone.locator(".toast")).to_have_count(1)
    expect(phone.get_by_role("button", name="Đồng ý nhường")).to_be_hidden()


def test_a_ticket_is_given_up_on_the_phone(hub: RunningHub, phone: Page) -> None:
    phone.goto(hub.url + hub.take_number()["url"])
    phone.get_by_role("button", name="Tôi không cần số này nữa").click()
    phone.get_by_role("button", name="Trả lại số").click()
    expect(phone.get_by_text("Số này đã được trả lại.")).to_be_visible()
    expect(phone.locator("[data-fill=age]")).to_be_hidden()
    expect(phone.locator("section[data-when=cancelled] a")).to_have_text("Tìm thủ tục")
    expect(phone.locator("section[data-when=cancelled] a")).to_have_attribute("href", "/find")
    assert [s["waiting"] for s in hub.supervisor.ok("GET", "/hall")["services"]] == [0] * 9


def test_the_page_and_the_hub_mean_the_same_by_near(hub: RunningHub, phone: Page) -> None:
    phone.goto(hub.url + hub.take_number()["url"])
    cases = list(product((0, 1, 2, 3, 4, 9), (None, 0, 5, 7, 10, 12, 16, 20, 30), (0, 2, 5, 15)))
    said = phone.evaluate(
        """async (cases) => {
          const { isNear } = await import("/static/phone/near.js");
          return cases.map(([ahead, low, walk]) =>
            isNear({ ahead, forecast: low === null ? null : { low_min: low, high_min: low + 5 } }, walk));
        }""",
        cases,
    )
    assert said == [is_near(ahead, None if low is None else Range(low, low + 5), walk) for ahead, low, walk in cases]


def test_a_link_without_a_language_opens_in_the_tickets_own_unless_its_holder_chose_one(hub: RunningHub) -> None:
    english, vietnamese, hre = (hub.take_number(language=each)["id"] for each in ("en", "vi", "hre"))

    def opened(ticket: str, cookie: str = "", browser: str = "ko-KR,ko;q=0.9") -> str:
        headers = {"Accept-Language": browser, "Cookie": f"toiluot_language={cookie}"}
        return requests.get(f"{hub.url}/t/{ticket}", headers=headers, timeout=10).text

    assert "Your number" in opened(english)
    assert '<html lang="en"' in opened(english)
    assert "Số của ông/bà" in opened(vietnamese, browser="en-US")
    assert "Số của ông/bà" in opened(english, cookie="vi")
    assert "Số của ông/bà" in opened(f"{english}?lang=vi")
    assert "Your number" in opened(hre, browser="en-US"), "no texts in it here: the browser's wish"


def test_an_unknown_ticket_gets_a_plain_answer(hub: RunningHub, page: Page) -> None:
    answer = page.goto(f"{hub.url}/t/nobody-has-this")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name="Số này không còn giá trị")).to_be_visible()
    expect(page.get_by_role("link", name="Lấy số từ nhà")).to_have_count(0)  # this centre gives none
    page.get_by_role("link", name="Tìm thủ tục").click()
    page.wait_for_url("**/find")


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
