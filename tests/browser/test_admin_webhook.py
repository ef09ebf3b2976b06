"""The administration's page of the SMS and Zalo gateway, in a real browser against a real hub."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.running_hub import RunningHub
from tests.system.gateway import Gateway

pytestmark = pytest.mark.browser


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with Gateway() as gateway:
        yield gateway


def test_an_administrator_tries_the_gateway_and_reads_what_came_back(
    gateway: Gateway, hub_factory: Callable[..., RunningHub], page: Page
) -> None:
    hub = hub_factory(webhook_url=f"{gateway.url}/bi-mat", webhook_secret="bi-mat-cua-trung-tam")
    gateway.answers.extend([404, 200])
    hub.sign_in(page, "quan-tri", "admin")
    page.goto(f"{hub.url}/admin/webhook")
    expect(page.locator("[data-view=where]")).to_contain_text(gateway.url)
    page.locator("[data-test]").click()
    expect(page.locator("[data-state=failed]")).to_contain_text("404")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("[data-test]").click()
    expect(page.locator("[data-state=done]")).to_contain_text("200")
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("tbody tr").first).to_contain_text("test")
    expect(page.locator("body")).not_to_contain_text("bi-mat")


def test_where_no_gateway_is_set_the_page_says_how_to(hub: RunningHub, page: Page) -> None:
    hub.sign_in(page, "quan-tri", "admin")
    page.goto(f"{hub.url}/admin/webhook")
    expect(page.locator("[data-view=where]")).to_contain_text("webhook_secret")
    expect(page.locator("[data-test]")).to_be_hidden()
