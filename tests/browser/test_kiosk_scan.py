"""A citizen holds something before the kiosk's scanner."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import scanner
from tests.running_hub import RunningHub
from tests.system.following import InOrderClient

pytestmark = pytest.mark.browser
Scan = Callable[..., None]


@pytest.fixture
def kiosk(hub: RunningHub, page: Page) -> Page:
    hub.join(page, "/kiosk", "door")
    page.locator("html[data-line=live]").wait_for()
    return page


@pytest.fixture
def scan(hub: RunningHub, kiosk: Page) -> Iterator[Scan]:  # noqa: ARG001 - the page listens before anything is scanned
    """As the agent tells of what the scanner in this kiosk has read."""
    token = str(hub.device("agent", "scanning").headers["Authorization"]).removeprefix("Bearer ")
    client = InOrderClient(handle_sigint=False)
    client.connect(hub.url, auth={"token": token}, transports=["websocket"])

    def tell(**what: Any) -> None:
        client.emit("scan", {"scanner": "door", "counter": None, "kiosk": "door"} | what)

    yield tell
    client.shutdown()


def is_on(kiosk: Page, screen: str) -> None:
    expect(kiosk.locator(".kiosk-screen")).to_have_attribute("data-screen", screen)


def test_a_paper_ticket_shows_how_it_stands_and_when_it_is_called(hub: RunningHub, kiosk: Page, scan: Scan) -> None:
    hub.take_number("HT")
    ticket = hub.take_number("HT")
    scan(kind="ticket", ticket=ticket["id"])
    is_on(kiosk, "standing")
    expect(kiosk.locator(".ticket-number")).to_have_text(ticket["number"])
    expect(kiosk.locator(".ticket-ahead")).to_have_text("Trước ông/bà còn 1 người")
    hub.open_counter(1)
    hub.supervisor.ok("POST", "/counters/1/call", json={"ticket": ticket["id"]})
    expect(kiosk.locator(".ticket-called")).to_contain_text("quầy 1")
    scan(kind="ticket", ticket="Zk3-xY_0aBcD9eFg")
    is_on(kiosk, "unknown-ticket")


def test_an_old_citizens_card_gives_the_priority_of_age_and_a_young_one_none(
    hub: RunningHub, kiosk: Page, scan: Scan
) -> None:
    scan(kind="citizen_card", age=74)
    is_on(kiosk, "services")
    expect(kiosk.locator("[aria-pressed=true]")).to_have_count(0)
    scan(kind="citizen_card", age=75)
    expect(kiosk.locator("[aria-pressed=true]")).to_contain_text("Người từ đủ 75 tuổi")
    kiosk.locator("[data-service=HT]").click()
    is_on(kiosk, "ticket")
    tickets = hub.supervisor.ok("GET", "/hall")["services"]
    assert next(service for service in tickets if service["code"] == "HT")["priority_waiting"] == 1
    scan(kind="citizen_card", age=80)
    scan(kind="dossier", code="H12.34-250701-0001")
    expect(kiosk.locator(".ticket-number")).to_have_text("A001")
    is_on(kiosk, "ticket")


def test_a_dossiers_code_leads_to_where_results_are_given_out(kiosk: Page, scan: Scan) -> None:
    scan(kind="dossier", code="H12.34-250701-0001")
    is_on(kiosk, "result")
    expect(kiosk.locator(".kiosk-screen")).not_to_contain_text("250701")
    kiosk.get_by_role("button", name="Trả kết quả").click()
    is_on(kiosk, "ticket")


def test_a_scanner_that_types_into_the_page_needs_no_agent(hub: RunningHub, kiosk: Page) -> None:
    ticket = hub.take_number("HT")
    scanner.types(kiosk, f"{hub.url}/t/{ticket['id']}?lang=vi")
    is_on(kiosk, "standing")
    expect(kiosk.locator(".ticket-number")).to_have_text(ticket["number"])
