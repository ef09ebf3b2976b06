"""The kiosk while the hub is away or its answers get lost: no number is lost, none is given twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.kiosk_screens import assert_flawless, choose_language, kiosk, number, of_service, service

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page, Route

    from tests.running_hub import RunningHub

    NewContext = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser


def test_while_the_hub_is_away_the_kiosk_says_so_and_comes_back_by_itself(
    hub: RunningHub, new_context: NewContext
) -> None:
    page = kiosk(hub, new_context)
    choose_language(page)
    hub.kill()
    offline = page.locator("[data-screen=offline]")
    expect(offline).to_contain_text("Máy tạm thời chưa lấy số được")
    expect(offline).to_contain_text("This machine cannot give out numbers just now")
    expect(page.locator("button:visible")).to_have_count(0)
    assert_flawless(page, "offline")
    hub.start()
    choose_language(page)
    service(page).click()
    expect(number(page)).to_have_text("A001")


def test_a_press_while_the_hub_is_away_gives_one_number_when_it_returns(
    hub: RunningHub, new_context: NewContext
) -> None:
    page = kiosk(hub, new_context)
    choose_language(page)
    expect(page.locator(".kiosk-screen:not([inert])")).to_be_visible()
    hub.kill()
    service(page).click()
    expect(page.locator(".kiosk-screen")).to_contain_text("Máy chủ chưa trả lời")
    assert_flawless(page, "taking")
    hub.start()
    expect(number(page)).to_have_text("A001")
    assert of_service(hub)["issued"] == 1


@pytest.mark.long
def test_a_lost_answer_does_not_give_a_second_number(hub: RunningHub, new_context: NewContext) -> None:
    page = kiosk(hub, new_context)
    lose_answers(page, times=7)  # more than one command's patience
    choose_language(page)
    service(page).click()
    expect(number(page)).to_have_text("A001", timeout=20_000)
    assert of_service(hub)["issued"] == 1


def test_a_number_that_nobody_waited_for_is_cancelled(hub: RunningHub, new_context: NewContext) -> None:
    page = kiosk(hub, new_context)
    find_the_line = lose_answers(page)
    choose_language(page)
    service(page).click()
    page.get_by_role("button", name="Tôi không chờ nữa").click()
    expect(page.locator("[data-screen=language]")).to_be_visible()
    assert of_service(hub)["waiting"] == 1
    find_the_line()
    with page.expect_response(re.compile("/cancel$")):
        pass
    assert of_service(hub)["waiting"] == 0
    assert page.evaluate("localStorage.getItem('toiluot.kiosk.intents')") == "[]"


def test_a_kiosk_that_lost_power_with_a_press_under_way_leaves_no_ghost(
    hub: RunningHub, new_context: NewContext
) -> None:
    page = kiosk(hub, new_context)
    find_the_line = lose_answers(page)
    choose_language(page)
    service(page).click()
    expect(page.locator(".kiosk-screen")).to_contain_text("Máy chủ chưa trả lời")
    find_the_line()
    with page.expect_response(re.compile("/cancel$")):
        page.reload()
    assert of_service(hub)["waiting"] == 0


def lose_answers(page: Page, times: int = 1_000) -> Callable[[], None]:
    """The hub hears the press and answers, but the answer never arrives. The result ends that."""
    left = list(range(times))

    def lose(route: Route) -> None:
        if not left:
            route.continue_()
            return
        left.pop()
        route.fetch()
        route.abort()

    page.route("**/api/v1/tickets", lose)
    return left.clear
