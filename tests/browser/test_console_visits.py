"""At the console: a claim of priority, several services and dossiers on one number, priority at the door, a helper."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.running_hub import RunningHub

pytestmark = pytest.mark.browser
SIDE_STRIP = {"width": 360, "height": 640}


class Hub(RunningHub):
    """Remembers which numbers were taken, so that nobody is left to the next test."""

    given: ClassVar[list[dict[str, Any]]] = []

    def take_number(self, service: str = "HT", **wishes: Any) -> dict[str, Any]:
        self.given.append(super().take_number(service, **wishes))
        return self.given[-1]


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    hub = Hub(tmp_path_factory.mktemp("consoles"))
    hub.start()
    settings = hub.admin.ok("GET", "/settings")
    hub.admin.ok("PUT", "/settings", json=settings | {"double_press_ms": 0, "priority_every": 1})
    hub.admin.ok("PUT", "/services/TK", json={"letter": "V", "name": "Điền tờ khai"})
    hub.admin.ok("PUT", "/counters/20", json={"name": "Máy 20", "own": ["TK"], "kind": "station"})
    hub.supervisor.ok("PUT", "/counters/2/services", json={"own": ["HT"], "help": ["CT"]})
    hub.supervisor.ok("PUT", "/counters/3/services", json={"own": ["DD"]})
    hub.open_counter(3)
    hub.clerk("lan").ok("POST", "/counters/2/open", json={"clerk": "lan"})
    yield hub
    hub.close()


@pytest.fixture
def desk(hub: Hub, new_context: Callable[..., BrowserContext], request: pytest.FixtureRequest) -> Iterator[Page]:
    """Lan's console at counter 2 in a narrow window; afterwards nobody is there and nobody waits.

    Another language is parametrized indirectly.
    """
    page = new_context(viewport=SIDE_STRIP, locale=getattr(request, "param", "vi-VN")).new_page()
    hub.sign_in(page, "lan")
    page.goto(f"{hub.url}/console")
    expect(page.locator("html[data-line=live]")).to_be_attached()
    yield page
    while hub.kiosk.ok("GET", "/counters")["counters"][1]["ticket"]:
        hub.supervisor.ok("POST", "/counters/2/finish")
    for ticket in hub.given:
        hub.kiosk.post(f"/tickets/{ticket['id']}/cancel")


def call_next(page: Page, number: str) -> None:
    page.keyboard.press("Space")
    expect(page.locator("#number")).to_have_text(number)
    expect(page.locator("#next")).to_have_attribute("aria-disabled", "false")


def of_class(hub: Hub) -> dict[str, Any]:
    first: dict[str, Any] = hub.supervisor.ok("GET", "/settings")["priority_classes"][0]
    return first


def test_a_claim_of_priority_is_confirmed_with_a_key(hub: Hub, desk: Page) -> None:
    ticket = hub.take_number("HT", priority=of_class(hub)["code"], claimed=True)
    call_next(desk, ticket["number"])
    expect(desk.locator("#claim")).to_contain_text(f"Người dân tự nhận: {of_class(hub)['name']}")
    desk.keyboard.press("d")
    expect(desk.locator("#claim")).to_be_hidden()
    expect(desk.locator("#belongs")).to_contain_text(of_class(hub)["name"])


def test_a_claim_that_is_not_right_sends_back_among_everybody_and_can_be_taken_back(hub: Hub, desk: Page) -> None:
    ordinary = hub.take_number("HT")
    ticket = hub.take_number("HT", priority=of_class(hub)["code"], claimed=True)
    call_next(desk, ticket["number"])
    desk.get_by_role("button", name="Không đúng").click()
    expect(desk.locator("#number")).to_have_text("–")
    expect(desk.locator("#echo")).to_contain_text("trở lại hàng chờ thường")
    desk.keyboard.press("z")
    expect(desk.locator("#number")).to_have_text(ticket["number"])
    desk.keyboard.press("k")
    expect(desk.locator("#number")).to_have_text("–")
    call_next(desk, ordinary["number"])
    call_next(desk, ticket["number"])


@pytest.mark.parametrize(
    ("desk", "says"),
    [
        ("vi-VN", ["3 hồ sơ", "tiếp theo", "tại quầy này", "làm tiếp tại đây", "quầy 3", "Chứng thực", "Đất đai"]),
        ("en-US", ["3 dossiers", "next", "at this counter", "goes on here", "counter 3", "Certification", "Land"]),
    ],
    indirect=["desk"],
    ids=["vi", "en"],
)
def test_what_comes_next_on_the_visit_and_how_many_dossiers_is_told_before_and_goes_on_here(
    hub: Hub, desk: Page, says: list[str]
) -> None:
    dossiers, following, at_this, goes_on, at_three, second, third = says
    ticket = hub.take_number("HT", then=["CT", "DD"], dossiers=3)
    call_next(desk, ticket["number"])
    expect(desk.locator("#onward")).to_have_text(f"{dossiers} · {following}: {second} ({at_this})")
    expect(desk.locator("#next-note")).to_have_text(f"{ticket['number']} {goes_on}: {second}")
    desk.keyboard.press("h")
    expect(desk.locator("#dossiers-line")).to_have_value("3")
    desk.keyboard.press("Escape")
    desk.keyboard.press("Space")
    expect(desk.locator("#onward")).to_contain_text(f"{following}: {third} ({at_three})")
    expect(desk.locator("#belongs")).to_contain_text(second)
    expect(desk.locator("#next")).to_have_attribute("aria-disabled", "false")
    desk.keyboard.press("f")
    expect(desk.locator("#echo")).to_contain_text(third)
    expect(desk.locator("#number")).to_have_text("–")
    now = hub.kiosk.ok("GET", f"/tickets/{ticket['id']}")
    assert (now["state"], now["service"]) == ("waiting", "DD")


def test_somebody_at_the_door_is_given_priority_by_number_and_class(hub: Hub, desk: Page) -> None:
    hub.take_number("HT")
    ticket = hub.take_number("HT")
    expect(desk.locator(f'[data-row="{ticket["id"]}"]')).to_be_visible()
    desk.keyboard.press("u")
    desk.locator("#priority-number").fill(ticket["number"][-2:])
    desk.locator("#priority-choices button").filter(has_text=ticket["number"]).click()
    desk.locator("#priority-choices").get_by_role("button", name=of_class(hub)["name"]).click()
    expect(desk.locator("#echo")).to_contain_text("đã được ưu tiên")
    call_next(desk, ticket["number"])
    expect(desk.locator("#claim")).to_be_hidden()


def test_whoever_fills_in_a_form_at_a_station_comes_back_to_this_service(hub: Hub, desk: Page) -> None:
    ticket = hub.take_number("HT")
    call_next(desk, ticket["number"])
    desk.keyboard.press("t")
    desk.get_by_role("button", name="Điền tờ khai, rồi quay lại đây").click()
    expect(desk.locator("#number")).to_have_text("–")
    now = hub.kiosk.ok("GET", f"/tickets/{ticket['id']}")
    assert (now["service"], [each["code"] for each in now["then"]]) == ("TK", ["HT"])


def test_a_call_for_help_is_on_every_console_until_somebody_goes(hub: Hub, desk: Page) -> None:
    hub.kiosk.ok("POST", "/assistance", json={"counter": 20})
    expect(desk.locator("#help")).to_contain_text("Máy 20 cần người giúp")
    desk.reload()
    expect(desk.locator("#help")).to_contain_text("Máy 20 cần người giúp")
    desk.get_by_role("button", name="Tôi đến").click()
    expect(desk.locator("#help")).to_be_hidden()
    assert hub.kiosk.ok("GET", "/counters")["counters"][-1]["assistance"] is None


def test_a_clerk_finds_the_home_visits_from_the_console_where_there_are_any(hub: Hub, desk: Page) -> None:
    link = desk.locator("#more-dialog").get_by_role("link", name="Lịch hẹn và phục vụ tại nhà")
    desk.locator("#more").click()
    expect(link).to_have_count(0)
    settings = hub.admin.ok("GET", "/settings")
    hub.admin.ok("PUT", "/settings", json=settings | {"home_visits": True})
    desk.reload()
    expect(desk.locator("html[data-line=live]")).to_be_attached()
    desk.locator("#more").click()
    link.click()
    expect(desk).to_have_url(f"{hub.url}/bookings")
    hub.admin.ok("PUT", "/settings", json=settings)


def test_beside_an_open_claim_a_call_for_help_is_seen_whole_in_a_low_window(hub: Hub, desk: Page) -> None:
    ticket = hub.take_number("HT", priority=of_class(hub)["code"], claimed=True)
    call_next(desk, ticket["number"])
    hub.kiosk.ok("POST", "/assistance", json={"counter": 20})
    for name in ("Không đúng", "Tôi đến"):
        expect(desk.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    desk.keyboard.press("g")
    expect(desk.locator("#help")).to_be_hidden()


def test_the_tv_says_in_one_line_why_somebody_goes_first_and_no_more_afterwards(hub: Hub, page: Page) -> None:
    settings = hub.admin.ok("GET", "/settings")
    hub.admin.ok("PUT", "/settings", json=settings | {"priority_every": 3})
    hub.join(page, "/tv")
    expect(page.locator("html[data-line=live]")).to_be_attached()
    line = page.locator("#priority-line")
    expect(line).to_be_hidden()
    ticket = hub.take_number("DD", priority=of_class(hub)["code"])
    hub.supervisor.ok("POST", "/counters/3/call", json={"ticket": ticket["id"]})
    expect(line).to_contain_text("Cứ 3 lượt gọi có 1 lượt ưu tiên: người khuyết tật")
    hub.supervisor.ok("POST", "/counters/3/finish", json={})
    expect(line).to_be_hidden()
