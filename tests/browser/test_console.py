"""The clerk's console, in a real browser against a real hub."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.running_hub import RunningHub

pytestmark = pytest.mark.browser
NEXT = "**/api/v1/counters/*/next"


@dataclass
class Desk:
    """Lan's console at counter `number`, and what the hub says of it."""

    hub: RunningHub
    page: Page
    number: int
    service: str

    def people_wait(self, count: int) -> list[str]:
        """So many people take a number; their numbers."""
        return [self.hub.take_number(self.service)["number"] for _ in range(count)]

    def counter(self) -> dict[str, Any]:
        return next(c for c in self.hub.supervisor.ok("GET", "/hall")["counters"] if c["number"] == self.number)

    def waiting(self, service: str | None = None) -> int:
        services = self.hub.supervisor.ok("GET", "/hall")["services"]
        return int(next(s["waiting"] for s in services if s["code"] == (service or self.service)))

    def shows(self, number: str) -> None:
        """The desk shows this number ("–" for nobody) and can be pressed again."""
        expect(self.page.locator("#number")).to_have_text(number)
        expect(self.page.locator("#next")).to_have_attribute("aria-disabled", "false")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def call(self, number: str) -> None:
        """Press the space bar; `number` comes."""
        self.press("Space")
        self.shows(number)


def sit_down(hub: RunningHub, page: Page, name: str = "lan") -> Desk:
    hub.sign_in(page, name)
    page.goto(f"{hub.url}/console")
    page.locator(".choice:not([disabled])").first.click()
    expect(page.locator("#desk")).to_be_visible()
    expect(page.locator("#next")).to_have_attribute("aria-disabled", "false")
    sits = next(c for c in hub.supervisor.ok("GET", "/counters")["counters"] if (c["clerk"] or {}).get("name") == name)
    return Desk(hub, page, sits["number"], sits["own"][0])


def hold_back(page: Page) -> list[Route]:
    """Presses on "next" do not reach the hub until the test lets them go."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(NEXT, hold)
    return held


def requests_of(page: Page, ending: str) -> list[Request]:
    """What the page sends from now on to such addresses."""
    sent: list[Request] = []

    def note(request: Request) -> None:
        if request.url.endswith(ending):
            sent.append(request)

    page.on("request", note)
    return sent


@pytest.fixture
def desk(hub: RunningHub, page: Page) -> Desk:
    return sit_down(hub, page)


def test_the_space_bar_calls_the_next_one_and_the_desk_says_why(desk: Desk) -> None:
    first, _ = desk.people_wait(2)
    desk.call(first)
    expect(desk.page.locator("#reason")).not_to_be_empty()
    expect(desk.page.locator("#echo")).to_contain_text(first)
    assert desk.counter()["ticket"]["number"] == first


def test_why_somebody_was_called_is_still_told_after_a_reload(desk: Desk) -> None:
    (first,) = desk.people_wait(1)
    desk.call(first)
    why = desk.page.locator("#reason").text_content() or "it says nothing"
    desk.page.reload()
    desk.shows(first)
    expect(desk.page.locator("#reason")).to_have_text(why)


@pytest.mark.parametrize("key", ["F9", "NumpadEnter"])
def test_the_other_keys_for_next_do_the_same(desk: Desk, key: str) -> None:
    (first,) = desk.people_wait(1)
    desk.press(key)
    desk.shows(first)


def test_a_double_press_calls_one_citizen(desk: Desk) -> None:
    first, second, _ = desk.people_wait(3)
    desk.page.locator("#next").dblclick()
    desk.shows(first)
    assert desk.waiting() == 2
    desk.press("Space")
    desk.press("Space")
    desk.shows(second)
    assert desk.waiting() == 1


def test_a_key_held_down_is_one_press(desk: Desk) -> None:
    first, *_ = desk.people_wait(3)
    for _ in range(5):
        desk.page.keyboard.down("Space")
    desk.page.keyboard.up("Space")
    desk.shows(first)
    presses = requests_of(desk.page, "/recall")
    for _ in range(3):
        desk.page.keyboard.down("r")
        expect(desk.page.locator("#echo")).to_have_attribute("data-kind", "done")
        expect(desk.page.locator("[data-verb=recall]")).to_have_attribute("aria-disabled", "false")
    desk.press("f")
    desk.shows("–")
    assert len(presses) == 1
    assert desk.waiting() == 2


def test_a_press_under_way_is_seen_at_once(desk: Desk) -> None:
    (first,) = desk.people_wait(1)
    held = hold_back(desk.page)
    with desk.page.expect_request(NEXT):
        desk.press("Space")
    expect(desk.page.locator("#next")).to_have_attribute("data-mode", "busy")
    expect(desk.page.locator("#next")).to_have_attribute("aria-disabled", "true")
    held[0].continue_()
    desk.shows(first)


def test_every_verb_has_its_key(desk: Desk) -> None:
    def press(key: str) -> None:
        """Each press is let finish first: one that comes while another is under way does not count."""
        expect(desk.page.locator("#next[aria-busy=true]")).to_have_count(0)
        desk.press(key)

    first, second, third, fourth = desk.people_wait(4)
    desk.call(first)
    press("a")
    expect(desk.page.locator("[data-verb=arrive]")).to_have_attribute("aria-disabled", "true")
    assert desk.counter()["ticket"]["state"] == "serving"
    with desk.page.expect_response("**/recall") as recalled:
        press("r")
    assert recalled.value.ok
    desk.shows(first)
    press("f")
    desk.shows("–")
    desk.call(second)
    press("m")
    desk.shows("–")
    desk.call(third)
    press("p")
    desk.shows("–")
    desk.call(fourth)
    press("t")
    expect(desk.page.locator("#transfer-dialog")).to_be_visible()
    press("1")
    desk.shows("–")
    states = {t["number"]: t["state"] for t in staff_tickets(desk)}
    assert states == {second: "missed", third: "parked", fourth: "waiting"}
    assert desk.waiting() == 0


def test_undo_puts_the_citizen_back(desk: Desk) -> None:
    first, second = desk.people_wait(2)
    desk.call(first)
    desk.call(second)
    desk.press("z")
    desk.shows(first)
    assert desk.waiting() == 1
    expect(desk.page.locator("#undo")).to_be_hidden()
    desk.press("z")
    expect(desk.page.locator("#echo")).to_have_attribute("data-kind", "warn")
    assert desk.counter()["ticket"]["number"] == first


def test_a_press_while_the_hub_is_down_is_carried_out_once_when_it_is_back(desk: Desk) -> None:
    first, *_ = desk.people_wait(3)
    presses = requests_of(desk.page, "/next")
    desk.hub.kill()
    expect(desk.page.locator(".link-banner")).to_be_visible()
    expect(desk.page.locator("#next-note")).not_to_be_empty()
    desk.press("Space")
    desk.press("Space")
    expect(desk.page.locator("#next")).to_have_attribute("data-mode", "held")
    desk.hub.start()
    desk.shows(first)
    expect(desk.page.locator("#echo")).to_contain_text(first)
    expect(desk.page.locator("#echo")).to_have_attribute("data-kind", "done")
    expect(desk.page.locator(".link-banner")).to_have_count(0)
    assert desk.waiting() == 2
    assert len({press.headers["idempotency-key"] for press in presses}) == 1


def test_a_press_whose_answer_was_lost_is_not_made_twice(desk: Desk) -> None:
    first, *_ = desk.people_wait(3)
    tries: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        tries.append(route.request.headers["idempotency-key"])
        route.fetch()
        if len(tries) == 1:
            route.abort()
        else:
            route.continue_()

    desk.page.route(NEXT, lose_the_first_answer)
    desk.press("Space")
    expect(desk.page.locator("#echo")).to_contain_text(first)
    desk.shows(first)
    assert len(tries) == 2
    assert len(set(tries)) == 1
    assert desk.waiting() == 2


def test_a_press_under_way_survives_a_reload(desk: Desk) -> None:
    first, *_ = desk.people_wait(2)
    desk.page.route(NEXT, lambda route: route.abort())
    with desk.page.expect_request(NEXT):
        desk.press("Space")
    desk.page.reload()  # the line is still down: no retry of the old page may get through
    desk.page.unroute(NEXT)
    expect(desk.page.locator("#echo")).to_contain_text(first, timeout=15_000)
    desk.shows(first)
    assert desk.waiting() == 1


def test_somebody_elses_press_first_is_told_and_the_truth_is_shown(desk: Desk) -> None:
    first, second, _ = desk.people_wait(3)
    desk.call(first)
    held = hold_back(desk.page)
    with desk.page.expect_request(NEXT):
        desk.press("Space")
    desk.hub.supervisor.ok("POST", f"/counters/{desk.number}/next")
    held[0].continue_()
    expect(desk.page.locator("#echo")).to_have_attribute("data-kind", "error")
    expect(desk.page.locator("#echo")).to_contain_text(second)
    desk.shows(second)
    assert desk.waiting() == 1


def test_a_call_from_elsewhere_is_noticed(desk: Desk) -> None:
    (first,) = desk.people_wait(1)
    desk.hub.supervisor.ok("POST", f"/counters/{desk.number}/next")
    desk.shows(first)
    expect(desk.page.locator("#echo")).to_have_attribute("data-kind", "warn")
    expect(desk.page.locator("#echo")).to_contain_text(first)


def test_ten_and_fifteen_minutes_are_told_by_colour_and_in_words(
    hub_factory: Callable[..., RunningHub], page: Page
) -> None:
    desk = sit_down(hub_factory(clock_rate=120), page)
    (first,) = desk.people_wait(1)
    desk.press("Space")
    stage, pace = page.locator("#stage"), page.locator("#pace")
    expect(page.locator("#number")).to_have_text(first)
    expect(stage).to_have_attribute("data-level", "calm")
    expect(stage).to_have_attribute("data-level", "amber", timeout=10_000)
    expect(pace).to_contain_text("10")
    expect(stage).to_have_attribute("data-level", "late", timeout=10_000)
    expect(pace).to_contain_text("15")


def test_a_whole_turn_with_the_keyboard_alone(hub: RunningHub, page: Page) -> None:
    hub.sign_in(page, "lan")
    page.goto(f"{hub.url}/console")
    expect(page.locator(".choice:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#desk")).to_be_visible()
    sits = next(c for c in hub.supervisor.ok("GET", "/counters")["counters"] if c["clerk"])
    desk = Desk(hub, page, sits["number"], sits["own"][0])
    first, second = desk.people_wait(2)
    desk.call(first)
    page.locator("#more").focus()
    desk.call(second)
    expect(page.locator("#more-dialog")).to_be_hidden()
    expect(page.locator("#more")).to_be_focused()


def test_the_space_bar_in_a_field_calls_nobody(desk: Desk) -> None:
    desk.people_wait(1)
    desk.page.locator("#pause").click()
    desk.page.locator("#pause-until").focus()
    desk.page.keyboard.type(" f1")
    desk.page.locator("#pause-dialog [data-close]").click()
    expect(desk.page.locator("#pause-dialog")).to_be_hidden()
    assert desk.counter()["state"] == "open"
    assert desk.counter()["ticket"] is None


def test_kept_and_missed_citizens_come_back_from_the_list(desk: Desk) -> None:
    first, second, third = desk.people_wait(3)
    desk.call(first)
    desk.press("p")
    desk.shows("–")
    desk.call(second)
    desk.press("m")
    desk.shows("–")
    desk.page.locator(".line", has_text=second).get_by_role("button").click()
    expect(desk.page.locator(".chip", has_text=second)).to_be_visible()
    desk.page.locator(".line", has_text=first).get_by_role("button").first.click()
    expect(desk.page.locator(".line", has_text=first).locator(".mark")).to_be_visible()
    desk.call(first)
    desk.page.locator(".chip", has_text=second).click()
    desk.shows(second)
    assert [t["number"] for t in staff_tickets(desk)] == [third]


def test_a_paused_counter_tells_until_when_and_the_same_button_ends_it(desk: Desk) -> None:
    desk.people_wait(1)
    desk.page.locator("#pause").click()
    desk.press("1")
    expect(desk.page.locator("#desk-state")).to_contain_text(":")
    assert desk.counter()["state"] == "paused"
    desk.press("Space")
    expect(desk.page.locator("#pause")).to_be_visible()
    assert desk.counter()["state"] == "open"
    assert desk.counter()["ticket"] is None


def test_after_closing_the_clerk_chooses_again_and_the_last_counter_comes_first(desk: Desk) -> None:
    desk.page.locator("#more").click()
    desk.page.locator("#close-counter").click()
    expect(desk.page.locator("#choose")).to_be_visible()
    expect(desk.page.locator(".choice").first).to_have_attribute("data-counter", str(desk.number))
    assert desk.counter()["state"] == "closed"


def test_a_refusal_is_told_in_words(desk: Desk) -> None:
    (first,) = desk.people_wait(1)
    desk.call(first)
    desk.page.locator("#more").click()
    desk.page.locator("#close-counter").click()
    expect(desk.page.locator("#echo")).to_have_attribute("data-kind", "error")
    expect(desk.page.locator("#echo")).to_contain_text(first)
    desk.shows(first)


def test_a_supervisor_helps_at_any_counter(desk: Desk, new_context: Callable[..., BrowserContext]) -> None:
    (first,) = desk.people_wait(1)
    page = new_context().new_page()
    desk.hub.sign_in(page, "phu-trach", "supervisor")
    page.goto(f"{desk.hub.url}/console?counter={desk.number}")
    page.keyboard.press("Space")
    expect(page.locator("#number")).to_have_text(first)
    desk.shows(first)


@pytest.mark.parametrize(("width", "height"), [(360, 740), (420, 800), (1280, 800), (1920, 1080)])
def test_the_button_never_moves_and_nothing_is_cut_off(desk: Desk, width: int, height: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": height})
    desk.hub.admin.ok("PUT", "/services/TK", json={"letter": "V", "name": "Điền tờ khai tại máy"})  # the tenth
    first, *_ = desk.people_wait(10)
    expect(desk.page.locator(".chip")).to_have_count(10 if width >= 1280 else 8)  # as many as fit, yet never fewer
    before = desk.page.locator("#next").bounding_box()
    desk.call(first)
    desk.press("a")
    expect(desk.page.locator("[data-verb=arrive]")).to_have_attribute("aria-disabled", "true")
    assert desk.page.locator("#next").bounding_box() == before
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert desk.page.evaluate("[...document.querySelectorAll('.verb')].every(v => v.scrollWidth <= v.clientWidth)")
    expect(desk.page.locator("#next[aria-busy=true]")).to_have_count(0)
    desk.press("t")
    services = desk.page.locator("#transfer-choices")
    expect(services.locator(".option")).to_have_count(9)
    assert width < 420 or services.evaluate("list => list.scrollHeight <= list.clientHeight")


def test_the_pace_turns_amber_at_ten_minutes_and_late_at_fifteen(desk: Desk) -> None:
    levels = desk.page.evaluate(
        """async () => {
            const { paceOf } = await import("/static/counters/model.js");
            const centre = { amber_s: 600, target_s: 900 };
            return [0, 599_999, 600_000, 899_999, 900_000].map((ms) => paceOf(ms, centre).level);
        }"""
    )
    assert levels == ["calm", "calm", "amber", "amber", "late"]


def test_a_priority_citizen_is_marked_by_a_sign_that_is_never_cut_off(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 1280, "height": 800})
    priority = desk.hub.desk.ok("GET", "/settings")["priority_classes"][0]["code"]
    number = desk.hub.take_number(desk.service, priority=priority)["number"]
    flag = desk.page.locator(".chip", has_text=number).locator(".chip-flag")
    expect(flag).to_have_attribute("aria-label", re.compile("."))
    box = flag.bounding_box()
    assert box is not None
    assert box["width"] >= 12
    assert (flag.get_attribute("aria-label") or "?") in (
        desk.page.locator(".chip", has_text=number).get_attribute("aria-label") or ""
    )


def test_a_number_stands_in_the_font_of_the_words(desk: Desk) -> None:
    (number,) = desk.people_wait(1)
    desk.call(number)
    fonts = desk.page.evaluate(
        "['#number', '#clock'].map((each) => getComputedStyle(document.querySelector(each)).fontFamily)"
    )
    assert ["Figures" in font for font in fonts] == [False, True]


def test_the_longest_wait_told_is_the_longest_that_is_listed(desk: Desk) -> None:
    told = desk.page.evaluate(
        """async () => {
            const { queueOf } = await import("/static/counters/model.js");
            const now = 1_800_000_000_000, at = (min) => new Date(now - min * 60_000).toISOString();
            const ticket = (id, order, issued) =>
              ({ id, service: "X", state: "waiting", order: [now - order * 60_000, 1], issued_at: at(issued) });
            const tickets = [ticket("booked", 12, 3), ticket("a", 7, 7), ticket("passed on", 5, 9)];
            const state = { services: new Map([["X", { code: "X", waiting: 3, oldest_at: at(7) }]]), centre: {},
                            tickets: new Map(tickets.map((each) => [each.id, each])) };
            const queue = queueOf(state, { own: ["X"], help: [] }, now);
            return [queue.longestMs, ...queue.groups[0].tickets.map(({ sinceMs }) => sinceMs)].map((ms) => ms / 60_000);
        }"""
    )
    assert told == [7, 3, 7, 5]  # a number from home keeps its place, but counts from when its holder came


def test_the_time_for_taking_back_is_told_in_the_clerks_own_seconds(desk: Desk) -> None:
    seconds = desk.page.evaluate(
        """async () => {
            const { undoOf } = await import("/static/counters/model.js");
            return undoOf({ undo: { verb: "next", until: new Date(50_000).toISOString() } }, 0, 5).seconds;
        }"""
    )
    assert seconds == 10


def staff_tickets(desk: Desk) -> list[dict[str, Any]]:
    """Waiting, parked and missed tickets, as the desk's own page was told of them."""
    tickets: list[dict[str, Any]] = desk.page.evaluate(
        """async () => {
            const page = new DOMParser().parseFromString(await (await fetch("/console")).text(), "text/html");
            return JSON.parse(page.getElementById("page-data").textContent).tickets;
        }"""
    )
    return tickets
