"""How was it? Asked at the counter's tablet in one touch."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.running_hub import RunningHub

pytestmark = pytest.mark.browser
TABLET = {"width": 1024, "height": 768}


@pytest.fixture(scope="module")
def hub(module_hub: RunningHub) -> RunningHub:
    module_hub.open_counter(1)
    return module_hub


@pytest.fixture
def tablet(hub: RunningHub, new_context: Callable[..., BrowserContext], request: pytest.FixtureRequest) -> Page:
    """Its language, if a test wants another one, is parametrized indirectly."""
    locale = getattr(request, "param", "vi-VN")
    page = hub.join(new_context(viewport=TABLET, has_touch=True, locale=locale).new_page(), "/rate/1")
    expect(page.locator("html[data-line=live]")).to_be_attached()
    return page


def serve(hub: RunningHub) -> dict[str, Any]:
    ticket = hub.take_number("HT")
    hub.supervisor.ok("POST", "/counters/1/call", json={"ticket": ticket["id"]})
    hub.supervisor.ok("POST", "/counters/1/finish", json={})
    return ticket


def counted(hub: RunningHub) -> dict[str, Any]:
    told: dict[str, Any] = hub.supervisor.ok("GET", "/reports/day")["ratings"]
    return told


@pytest.mark.parametrize(
    ("tablet", "asks", "face", "thanks"),
    [
        ("vi-VN", "mời ông/bà đánh giá tại đây", "Rất hài lòng", "Xin cảm ơn."),
        ("en-US", "Please tell us here how it was", "Very satisfied", "Thank you."),
    ],
    indirect=["tablet"],
    ids=["vi", "en"],
)
def test_one_touch_after_the_service_and_thank_you(
    hub: RunningHub, tablet: Page, asks: str, face: str, thanks: str
) -> None:
    expect(tablet.locator("#rate-says")).to_contain_text(asks)
    before = counted(hub)["count"]
    ticket = serve(hub)
    expect(tablet.locator(".rating-face")).to_have_count(3)
    tablet.get_by_role("button", name=face).tap()
    expect(tablet.locator("#rate-says")).to_have_text(thanks)
    assert counted(hub)["count"] == before + 1
    assert hub.kiosk.ok("GET", f"/tickets/{ticket['id']}")["rated"] is True


def test_who_was_not_content_may_say_why_and_need_not(hub: RunningHub, tablet: Page) -> None:
    serve(hub)
    tablet.get_by_role("button", name="Không hài lòng").tap()
    tablet.get_by_role("button", name="Thời gian chờ").tap()
    expect(tablet.locator("#rate-says")).to_have_text("Xin cảm ơn.")
    serve(hub)
    tablet.get_by_role("button", name="Không hài lòng").tap()
    tablet.get_by_role("button", name=re.compile("không muốn nói")).tap()
    expect(tablet.locator("#rate-says")).to_have_text("Xin cảm ơn.")
    told = counted(hub)
    assert told["not_satisfied"] == 2
    assert {each["reason"]: each["count"] for each in told["reasons"]}["wait"] == 1


def test_faces_go_when_the_finish_is_taken_back_or_the_centre_does_not_ask(hub: RunningHub, tablet: Page) -> None:
    serve(hub)
    expect(tablet.locator(".rating-face").first).to_be_visible()
    hub.supervisor.ok("POST", "/counters/1/undo", json={})
    expect(tablet.locator(".rating-face").first).to_be_hidden()
    hub.supervisor.ok("POST", "/counters/1/finish", json={})
    expect(tablet.locator(".rating-face").first).to_be_visible()


def test_the_faces_go_when_the_next_one_is_there(hub: RunningHub, tablet: Page) -> None:
    serve(hub)
    expect(tablet.locator(".rating-face").first).to_be_visible()
    following = hub.take_number("HT")
    hub.supervisor.ok("POST", "/counters/1/call", json={"ticket": following["id"]})
    expect(tablet.locator(".rating-face").first).to_be_visible()
    hub.supervisor.ok("POST", "/counters/1/arrive", json={})
    expect(tablet.locator(".rating-face").first).to_be_hidden()
    hub.supervisor.ok("POST", "/counters/1/finish", json={})


def test_the_faces_are_large_and_differ_in_more_than_colour(hub: RunningHub, tablet: Page) -> None:
    serve(hub)
    boxes = [face.bounding_box() for face in tablet.locator(".rating-face").all()]
    assert all(box and box["width"] >= 200 and box["height"] >= 200 for box in boxes)
    mouths = tablet.locator(".rating-drawn path:last-child").evaluate_all(
        "all => all.map((one) => one.getAttribute('d'))"
    )
    assert len(set(mouths)) == 3


def test_the_phone_asks_once_after_the_service(hub: RunningHub, new_context: Callable[..., BrowserContext]) -> None:
    ticket = hub.take_number("HT")
    phone = new_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    phone.goto(f"{hub.url}/t/{ticket['id']}")
    expect(phone.locator("html[data-line=live]")).to_be_attached()
    expect(phone.locator(".rating-face")).to_have_count(0)
    hub.supervisor.ok("POST", "/counters/1/call", json={"ticket": ticket["id"]})
    hub.supervisor.ok("POST", "/counters/1/finish", json={})
    phone.get_by_role("button", name="Không hài lòng").tap()
    phone.get_by_role("button", name="Hướng dẫn").tap()
    expect(phone.locator("[data-rating]")).to_have_text("Xin cảm ơn.")
    phone.reload()
    expect(phone.locator("html[data-line=live]")).to_be_attached()
    expect(phone.locator(".rating-face")).to_have_count(0)
    assert {each["reason"]: each["count"] for each in counted(hub)["reasons"]}["guidance"] == 1


def test_the_report_shows_how_many_said_what_and_no_clerk(hub: RunningHub, page: Page) -> None:
    ticket = serve(hub)
    hub.kiosk.ok("POST", f"/tickets/{ticket['id']}/rating", json={"face": 3})
    hub.sign_in(page, "phu-trach", "supervisor")
    page.goto(f"{hub.url}/report")
    whole = page.locator("[data-table=ratings] tbody tr").first
    expect(whole.locator("td").first).to_have_text(str(counted(hub)["count"]))
    expect(page.locator("[data-table=ratings-counters]")).to_contain_text("Quầy 1")
    expect(page.locator("[data-table=ratings]")).not_to_contain_text("Lan")
