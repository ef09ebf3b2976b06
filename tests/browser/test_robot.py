"""The robot on a screen: asked by voice, by keys and by touch, in two languages; also while its hub is away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser import scanner
from tests.browser.axe import SETTLED, violations
from tests.browser.kiosk_screens import FLAWS
from tests.running_hub import RunningHub

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Locator, Page

    NewContext = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser

PORTRAIT = {"width": 1080, "height": 1920}
LANDSCAPE = {"width": 1920, "height": 1080}
TABLET = {"width": 1280, "height": 800}
CARD = "049150001234|201234567|Nguyễn Thị Kín|01021950|Nữ|12 Đường Mật|15042021"
HEARS = """window.SpeechRecognition = class {
  start() { setTimeout(() => { this.onresult({ results: [[{ transcript: SAID }]] }); this.onend(); }, 50); }
  stop() { this.onend(); }
};"""
OUT_OF_CARD = """(cards) => cards.filter((card) => {
  const [outer, inner] = [card, card.querySelector(".robot-words")].map((part) => part.getBoundingClientRect());
  return inner.top < outer.top + 4 || inner.bottom > outer.bottom - 4;
}).map((card) => card.innerText)"""
WORDS = {
    "vi": {
        "language": "Tiếng Việt", "take": "Lấy số thứ tự", "find": "Tìm thủ tục", "wait": "Tôi phải chờ bao lâu?",
        "scan": "Quét mã", "help": "Nhờ người giúp", "done": "Xong", "bring": "Giấy tờ cần mang theo",
        "this": "Lấy số cho việc này", "ask": "Hỏi", "question": "làm giấy khai sinh cần giấy tờ gì",
        "told": "Thủ tục đăng ký khai sinh", "staff": "Tôi đã báo cán bộ", "people": "người chờ",
    },
    "en": {
        "language": "English", "take": "Take a number", "find": "Look up a procedure",
        "wait": "How long do I have to wait?", "scan": "Scan a code", "help": "Ask a person to help", "done": "Done",
        "bring": "What to bring", "this": "Take a number for this", "ask": "Ask",
        "question": "what documents do I need for birth registration", "told": "Birth registration",
        "staff": "I have told the staff", "people": "people are waiting",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    hub = RunningHub(tmp_path_factory.mktemp("centre"), {"public_url": "http://so.phuong.example"}).start()
    for number in (1, 3):
        hub.open_counter(number)
    yield hub
    hub.close()


def robot(hub: RunningHub, new_context: NewContext, hears: str = "", **options: Any) -> Page:
    context = new_context(**{"viewport": PORTRAIT, "has_touch": True} | options)
    if hears:
        context.add_init_script(HEARS.replace("SAID", repr(hears)))
    page = hub.join(context.new_page(), "/robot")
    expect(page.locator("html[data-line=live]")).to_be_attached()
    return page


def button(page: Page, name: str) -> Locator:
    return page.locator("button:visible").filter(has_text=name).first


def said(page: Page) -> Locator:
    return page.locator(".robot-said")


def on_panel(page: Page, name: str) -> None:
    expect(page.locator(f"body[data-panel={name}]")).to_be_attached()


def assert_good(page: Page) -> None:
    page.evaluate(SETTLED)
    assert page.evaluate(FLAWS) == []
    overlaps = """() => [...document.querySelectorAll(".robot-choice, .robot-who, .robot-panel > *")]
      .filter((part) => part.checkVisibility() && part.scrollHeight > part.clientHeight + 2)
      .map((part) => `${part.className}: ${part.innerText}`)"""
    assert page.evaluate(overlaps) == []


@pytest.mark.parametrize(
    ("language", "viewport"),
    [("vi", PORTRAIT), ("en", LANDSCAPE), ("vi", TABLET)],
    ids=["vi-portrait", "en-landscape", "vi-tablet"],
)
def test_a_citizens_walk(centre: RunningHub, new_context: NewContext, language: str, viewport: dict[str, int]) -> None:
    words = WORDS[language]
    page = robot(centre, new_context, viewport=viewport)
    button(page, words["language"]).click()
    on_panel(page, "home")
    assert_good(page)

    button(page, words["take"]).click()
    on_panel(page, "services")
    assert_good(page)
    page.locator("[data-service=CT]").click()
    expect(page.locator(".ticket-number")).to_contain_text("C0")
    assert_good(page)
    number = page.locator(".ticket-number").inner_text()
    centre.supervisor.ok("POST", "/counters/3/call", json={"ticket": ticket_of(centre, number)})
    expect(said(page)).to_contain_text("3")
    centre.supervisor.ok("POST", "/counters/3/miss", json={})
    button(page, words["done"]).click()
    button(page, words["language"]).click()

    button(page, words["wait"]).click()
    expect(said(page)).to_contain_text(words["people"])
    assert_good(page)
    page.keyboard.press("Escape")

    button(page, words["find"]).click()
    on_panel(page, "type")
    assert_good(page)
    page.locator(".robot-field").fill(words["question"])
    page.locator(".robot-go").click()
    expect(said(page)).to_contain_text(words["told"])
    on_panel(page, "answer")
    assert_good(page)
    page.locator("[data-procedure='1.001193']").click()
    expect(page.locator(".robot-papers")).to_contain_text(words["bring"])
    assert_good(page)
    with page.expect_request("**/api/v1/tickets") as asked:
        button(page, words["this"]).click()
    wish = json.loads(asked.value.post_data or "")
    assert (wish["procedure"], wish["channel"], wish["language"]) == ("1.001193", "robot", language)
    expect(page.locator(".ticket-number")).to_contain_text("A0")
    page.keyboard.press("Escape")

    button(page, words["scan"]).click()
    on_panel(page, "scan")
    assert_good(page)
    page.keyboard.press("Escape")
    button(page, words["help"]).click()
    expect(said(page)).to_contain_text(words["staff"])
    place = centre.supervisor.ok("GET", "/hall")["assistance"][-1]["place"]
    centre.supervisor.ok("DELETE", f"/assistance/{place}")


@pytest.mark.parametrize("viewport", [PORTRAIT, LANDSCAPE, TABLET], ids=["portrait", "landscape", "tablet"])
def test_long_names_with_long_waits_stay_within_their_cards(
    centre: RunningHub, new_context: NewContext, viewport: dict[str, int]
) -> None:
    page = robot(centre, new_context, viewport=viewport)
    button(page, WORDS["vi"]["take"]).click()
    on_panel(page, "services")
    page.locator(".robot-services .robot-words > span").evaluate_all(
        """(spans) => spans.forEach((span) => {
          const people = Object.assign(document.createElement("span"), { className: "robot-people" });
          people.append("12 người đang chờ · ");
          span.replaceChildren(people, "khoảng 110–120 phút");
        })"""
    )
    assert_good(page)
    assert page.locator(".robot-choice").evaluate_all(OUT_OF_CARD) == []


def ticket_of(hub: RunningHub, number: str) -> str:
    found: str = next(each["id"] for each in hub.supervisor.ok("GET", "/hall")["tickets"] if each["number"] == number)
    return found


def test_a_citizen_talks_and_the_robot_answers_aloud(centre: RunningHub, new_context: NewContext) -> None:
    page = robot(centre, new_context, hears="cho tôi lấy số chứng thực")
    with page.expect_response("**/api/v1/speech/*.wav") as sound:
        button(page, "Nói với tôi").click()
    assert sound.value.ok
    expect(page.locator(".robot-heard")).to_contain_text("cho tôi lấy số chứng thực")
    expect(page.locator(".robot-face")).to_have_attribute("data-mood", "speaking")
    page.locator("[data-service=CT]").click()
    expect(page.locator(".ticket-number")).to_contain_text("C0")


def test_keys_on_the_glass_and_keys_alone(centre: RunningHub, new_context: NewContext) -> None:
    page = robot(centre, new_context)
    page.get_by_role("button", name="Gõ chữ").last.click()
    for letter in "kethon":
        page.get_by_role("button", name=letter, exact=True).click()
    expect(page.locator("[data-procedure]").first).to_contain_text("kết hôn")
    page.keyboard.press("Escape")
    page.locator(".robot-chips button").first.focus()
    page.keyboard.press("Enter")
    on_panel(page, "services")


def test_a_scanned_card_gives_its_right_and_leaves_nothing_behind(centre: RunningHub, new_context: NewContext) -> None:
    page = robot(centre, new_context)
    scanner.types(page, CARD)
    expect(said(page)).to_contain_text("75")
    kept = page.content() + page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert not any(secret in kept for secret in ("049150001234", "Thị Kín", "Đường Mật"))
    with page.expect_request("**/api/v1/tickets") as asked:
        page.locator("[data-service=CT]").click()
    wish = json.loads(asked.value.post_data or "")
    assert (wish["priority"], wish["claimed"]) == ("elderly", True)
    expect(page.locator(".ticket-number")).to_contain_text("C0")


def test_a_scanned_ticket_is_told_how_it_stands(centre: RunningHub, new_context: NewContext) -> None:
    ticket = centre.take_number("CT")
    page = robot(centre, new_context)
    scanner.types(page, f"http://so.phuong.example/t/{ticket['id']}")
    expect(page.locator(".ticket-number")).to_have_text(ticket["number"])
    expect(said(page)).to_contain_text(ticket["number"])


def test_whoever_leaves_is_warned_and_the_next_citizen_finds_the_start(
    centre: RunningHub, new_context: NewContext
) -> None:
    context = new_context(viewport=PORTRAIT)
    page = context.new_page()
    page.clock.install()
    centre.join(page, "/robot")
    button(page, "English").click()
    button(page, "Take a number").click()
    on_panel(page, "services")
    page.clock.run_for(45_000)
    expect(page.locator(".robot-timer")).to_contain_text("Back to the start in")
    page.clock.run_for(20_000)
    on_panel(page, "home")
    expect(said(page)).to_contain_text("Xin chào")


def test_less_motion_where_it_is_wished(centre: RunningHub, new_context: NewContext) -> None:
    page = robot(centre, new_context, reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0


def test_while_the_hub_is_away_the_face_stays_and_comes_back_by_itself(
    hub: RunningHub, new_context: NewContext
) -> None:
    page = robot(hub, new_context)
    hub.kill()
    expect(said(page)).to_have_text("Mất kết nối, xin chờ một chút.")
    expect(page.locator(".robot-face")).to_have_attribute("data-mood", "away")
    assert_good(page)
    page.locator(".robot-list button").first.click()  # what was known can still be read
    expect(page.locator(".robot-papers")).to_contain_text("Giấy tờ cần mang theo")
    expect(button(page, "Lấy số cho việc này")).to_be_disabled()
    hub.start()
    expect(button(page, "Lấy số cho việc này")).to_be_enabled()
    button(page, "Lấy số cho việc này").click()
    expect(page.locator(".ticket-number")).to_be_visible()


def test_a_number_asked_for_while_the_hub_is_away_comes_once(hub: RunningHub, new_context: NewContext) -> None:
    page = robot(hub, new_context)
    button(page, "Lấy số thứ tự").click()
    on_panel(page, "services")
    hub.kill()
    page.locator("[data-service=HT]").click()
    on_panel(page, "taking")
    hub.start()
    expect(page.locator(".ticket-number")).to_have_text("A001", timeout=20_000)
    services = hub.supervisor.ok("GET", "/hall")["services"]
    assert next(each["issued"] for each in services if each["code"] == "HT") == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_everybody_can_use_it(centre: RunningHub, new_context: NewContext, language: str) -> None:
    page = robot(centre, new_context)
    button(page, WORDS[language]["language"]).click()
    assert violations(page, enhanced=True) == []
    for name in ("take", "find", "scan"):
        button(page, WORDS[language][name]).click()
        assert violations(page, enhanced=True) == []
        page.keyboard.press("Escape")
    button(page, WORDS[language]["find"]).click()
    page.locator("[data-procedure]").first.click()
    assert violations(page, enhanced=True) == []
