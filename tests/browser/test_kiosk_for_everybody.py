"""The kiosk for who sees little, hears it only, has no touch, needs time, or sits in a wheelchair."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.kiosk_screens import PORTRAIT, assert_flawless, kiosk, number, of_service, service
from tests.running_hub import RunningHub

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Locator, Page, Request, Route

    NewContext = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser

LANDSCAPE = {"width": 1920, "height": 1080}
SMALL = {"width": 768, "height": 1024}
SMALL_LANDSCAPE = {"width": 1024, "height": 768}
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
CLASSES = [
    {"code": f"c{n}", "name": name, "name_en": name_en}
    for n, (name, name_en) in enumerate(
        (
            ("Từ đủ 75 tuổi", "Aged 75 or over"),
            ("Khuyết tật nặng", "Severe disability"),
            ("Mang thai", "Pregnancy"),
            ("Thương binh, bệnh binh, người có công", "War invalids and people of merit"),
        )
    )
]

# Words and pictures that lie over one another, or outside what the screen has for them.
OVERRUN = """() => {
  const screen = document.querySelector(".kiosk-screen").getBoundingClientRect();
  const parts = [...document.querySelectorAll(".kiosk-screen :is(h1, p, li, button, img)")]
    .filter((part) => part.checkVisibility() && part.getBoundingClientRect().width > 0);
  const box = (part) => part.getBoundingClientRect();
  const out = parts.filter((part) => box(part).top < screen.top - 1 || box(part).bottom > screen.bottom + 1
    || box(part).left < -1 || box(part).right > innerWidth + 1).map((part) => `outside: ${part.innerText}`);
  const over = (one, other) => Math.min(box(one).bottom, box(other).bottom) - Math.max(box(one).top, box(other).top) > 2
    && Math.min(box(one).right, box(other).right) - Math.max(box(one).left, box(other).left) > 2;
  const apart = (one, other) => !one.contains(other) && !other.contains(one);
  const pairs = parts.flatMap((one, n) => parts.slice(n + 1)
    .filter((other) => apart(one, other) && over(one, other))
    .map((other) => `${one.innerText} over ${other.innerText}`));
  return [...out, ...pairs];
}"""

# The page's steady clock can be set ahead; its timers, and with them the line to the hub, run as ever.
CLOCK_AHEAD = """
window.ahead = 0;
const steady = performance.now.bind(performance);
performance.now = () => steady() + ahead;
"""

SOUNDS_END_AT_ONCE = """
HTMLMediaElement.prototype.play = function () {
  setTimeout(() => this.dispatchEvent(new Event("ended")));
  return Promise.resolve();
};
"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    hub = RunningHub(tmp_path_factory.mktemp("hall"), {"public_url": "http://so.phuong.example"}).start()
    hub.admin.ok("PUT", "/settings", json=hub.admin.ok("GET", "/settings") | {"priority_classes": CLASSES})
    hub.open_counter(1)
    for _ in range(3):
        hub.take_number("CT")
    yield hub
    hub.close()


def looked_at(page: Page, screen: str) -> None:
    assert_flawless(page, screen)
    assert violations(page, enhanced=True) == []
    assert page.evaluate(OVERRUN) == []


def turn_on(page: Page, mode: str) -> Locator:
    button = page.locator(f".kiosk-{mode}")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    return button


def choose(page: Page, language: str) -> None:
    page.get_by_role("button", name=LANGUAGES[language]).click()
    expect(page.locator("[data-screen=services]:not([inert])")).to_be_visible()


@pytest.mark.parametrize(
    ("viewport", "language", "large"),
    [(PORTRAIT, "vi", False), (PORTRAIT, "en", True), (LANDSCAPE, "vi", True)],
    ids=["portrait", "portrait, English, large", "landscape, large"],
)
def test_every_screen_is_for_everybody(
    hall: RunningHub, new_context: NewContext, viewport: dict[str, int], language: str, large: bool
) -> None:
    page = kiosk(hall, new_context, viewport=viewport)
    looked_at(page, "language")
    if large:
        turn_on(page, "large")
        looked_at(page, "language")
    page.locator(".kiosk-help").click()
    looked_at(page, "help")
    page.locator(".kiosk-screen .kiosk-single").click()
    choose(page, language)
    looked_at(page, "services")
    page.locator(".kiosk-quiet[aria-pressed]").click()
    looked_at(page, "priority")
    expect(page.locator(".kiosk-class")).to_have_count(len(CLASSES) + 1)  # and "none": all on one page
    page.locator(".kiosk-choice").first.click()
    service(page, "CT").click()
    looked_at(page, "ticket")
    page.locator(".ticket-actions .kiosk-quiet").click()
    looked_at(page, "ticket")


@pytest.mark.parametrize("viewport", [SMALL, SMALL_LANDSCAPE], ids=["portrait", "landscape"])
def test_on_a_small_screen_nothing_lies_over_anything(
    hall: RunningHub, new_context: NewContext, viewport: dict[str, int]
) -> None:
    """In ordinary and in large type, with more priority classes than such a screen has room for."""
    settings = hall.admin.ok("GET", "/settings")
    many = [each | {"code": f"{each['code']}{n}"} for n in range(2) for each in CLASSES]
    hall.admin.ok("PUT", "/settings", json=settings | {"priority_classes": many})
    page = kiosk(hall, new_context, viewport=viewport)
    looked_at_in_both_types(page, "language")
    choose(page, "vi")
    looked_at_in_both_types(page, "services")
    page.locator(".kiosk-quiet[aria-pressed]").click()
    looked_at_in_both_types(page, "priority")
    page.locator(".kiosk-choice").first.click()
    if viewport == SMALL:
        looked_up_in_both_types(page)
    page.locator("[data-service]").first.click()
    looked_at_in_both_types(page, "ticket")
    hall.admin.ok("PUT", "/settings", json=settings)


def looked_up_in_both_types(page: Page) -> None:
    """Before anything is typed, and with titles longer than their cards."""
    page.locator(".kiosk-find").click()
    looked_at_in_both_types(page, "find")
    page.keyboard.type("chung thuc")
    expect(page.locator(".find-result").first).to_contain_text("hứng thực")
    looked_at_in_both_types(page, "find")
    page.locator(".kiosk-back").click()


def looked_at_in_both_types(page: Page, screen: str) -> None:
    for pressed in ("true", "false"):
        page.locator(".kiosk-large").click()
        expect(page.locator(".kiosk-large")).to_have_attribute("aria-pressed", pressed)
        assert_flawless(page, screen)
        assert page.evaluate(OVERRUN) == []


def test_large_type_is_larger_with_fewer_choices_and_for_one_citizen_only(
    hall: RunningHub, new_context: NewContext
) -> None:
    page = kiosk(hall, new_context)
    choose(page, "en")
    usual, choices = type_size(page), page.locator("[data-service]").count()
    turn_on(page, "large")
    assert type_size(page) >= 1.25 * usual
    assert page.locator("[data-service]").count() <= min(4, choices - 1)
    page.get_by_role("button", name="Go back").click()
    choose(page, "en")
    expect(page.locator(".kiosk-large")).to_have_attribute("aria-pressed", "true")
    service(page, "CT").click()
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".kiosk-large")).to_have_attribute("aria-pressed", "false")
    choose(page, "en")
    assert type_size(page) == usual


def type_size(page: Page) -> float:
    size: float = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.kiosk-service strong')).fontSize)"
    )
    return size


# By ear


def reader(hall: RunningHub, new_context: NewContext) -> tuple[Page, list[dict[str, Any]]]:
    """A kiosk, and what it asks the hub to say."""
    context = new_context(viewport=PORTRAIT)
    context.add_init_script(SOUNDS_END_AT_ONCE)
    said: list[dict[str, Any]] = []

    def say(route: Route) -> None:
        said.append(words_of(route.request))
        route.fulfill(json={"speech": "/api/v1/speech/said.wav"})

    page = context.new_page()
    page.route("**/api/v1/speak", say)
    return hall.join(page, "/kiosk"), said


def words_of(asked: Request) -> dict[str, Any]:
    words: dict[str, Any] = asked.post_data_json or {}
    return words


def asked_to_say(page: Page, words: str) -> Any:
    return page.expect_request(lambda request: request.url.endswith("/speak") and words in words_of(request)["text"])


def test_the_first_touch_is_read_and_the_second_chooses(hall: RunningHub, new_context: NewContext) -> None:
    before = of_service(hall)["issued"]
    page, said = reader(hall, new_context)
    choose(page, "vi")
    with asked_to_say(page, "Ông/bà cần làm việc gì?"):
        turn_on(page, "aloud")
    with asked_to_say(page, "Hộ tịch"):
        service(page).click()
    expect(service(page)).to_have_attribute("data-armed", "")
    assert of_service(hall)["issued"] == before
    with asked_to_say(page, number_of(before + 1)):
        service(page).click()
    assert {each["language"] for each in said} == {"vi"}


def test_a_touched_button_stays_touched_while_the_hall_goes_on(hall: RunningHub, new_context: NewContext) -> None:
    page, said = reader(hall, new_context)
    choose(page, "vi")
    page.locator(".kiosk-find").click()
    page.locator("[data-procedure^='1.001193']").click()
    expect(page.locator("[data-screen=sheet]:not([inert])")).to_be_visible()
    with asked_to_say(page, "khai sinh"):
        turn_on(page, "aloud")
    button = page.locator(".sheet-take")
    with asked_to_say(page, "Chạm lần nữa"):
        button.click()
    expect(button).to_have_attribute("data-armed", "")
    read = len(said)
    before = page.locator(".sheet-there b").inner_text()
    issued = of_service(hall)["issued"] + 1
    hall.take_number("HT")
    expect(page.locator(".sheet-there b")).not_to_have_text(before)
    expect(button).to_have_attribute("data-armed", "")
    page.wait_for_function("() => new Promise((done) => setTimeout(() => done(true), 400))")  # news is read after 0.3 s
    assert len(said) == read, "what has been read is not read again"
    with asked_to_say(page, number_of(issued + 1)):
        button.click()


def number_of(n: int) -> str:
    return f"A{n:03}"


def test_what_is_read_is_said_in_the_language_it_is_in(hall: RunningHub, new_context: NewContext) -> None:
    page, said = reader(hall, new_context)
    expect(page.locator("[data-screen=language]:not([inert])")).to_be_visible()
    with asked_to_say(page, "English"):
        turn_on(page, "aloud")
    assert {"text": "Take a number", "language": "en"} in said
    assert {"text": "Lấy số thứ tự", "language": "vi"} in said


def test_a_machine_without_a_voice_says_so(hall: RunningHub, new_context: NewContext) -> None:
    page = kiosk(hall, new_context)
    page.route("**/api/v1/speak", lambda route: route.fulfill(status=500, json={"code": "no_engine", "title": "none"}))
    choose(page, "en")
    page.locator(".kiosk-aloud").click()
    expect(page.locator(".kiosk-aloud")).to_have_text("No voice now")
    expect(page.locator(".kiosk-aloud")).to_have_attribute("aria-pressed", "false")


# By keys


def test_a_number_is_taken_by_keys_alone(hall: RunningHub, new_context: NewContext) -> None:
    before = of_service(hall)["issued"]
    page = kiosk(hall, new_context)
    expect(page.locator("[data-screen=language]:not([inert])")).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Tiếng Việt"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "English"
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 3
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What do you come for?")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-screen=language]:not([inert]) h1")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page) == "English"
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="What do you come for?")).to_be_focused()
    while focused(page) != "Civil status":
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert focused(page) not in {"Civil status", ""}
    page.keyboard.press("ArrowUp")
    assert focused(page) == "Civil status"
    page.keyboard.press("Enter")
    expect(number(page)).to_have_text(number_of(before + 1))


def focused(page: Page) -> str:
    words: str = page.evaluate("(document.activeElement.querySelector?.('strong') ?? document.activeElement).innerText")
    return words


# In one's own time


def test_nobody_is_sent_away_without_a_warning_and_time_to_answer(hall: RunningHub, new_context: NewContext) -> None:
    context = new_context(viewport=PORTRAIT)
    context.add_init_script(CLOCK_AHEAD)
    page = hall.join(context.new_page(), "/kiosk")
    choose(page, "en")
    warning, more = page.get_by_role("timer"), page.get_by_role("button", name="I need more time")
    page.evaluate("ahead += 11_000")  # of 30 s: WCAG 2.2.1 wants 20 s to answer
    expect(warning).to_have_text(re.compile(r"Back to the start in 1\d seconds"))
    expect(page.locator(".kiosk-said")).to_contain_text("Touch the screen to stay")
    more.click()
    expect(warning).to_be_hidden()
    page.evaluate("ahead += 32_000")
    expect(page.locator("[data-screen=services]")).to_be_visible()
    expect(warning).to_be_hidden()
    page.evaluate("ahead += 10_000")
    expect(warning).to_be_visible()
    turn_on_by_key(page)
    page.evaluate("ahead += 90_000")
    expect(warning).to_be_hidden()
    page.evaluate("ahead += 31_000")
    expect(page.locator("[data-screen=language]")).to_be_visible()


def turn_on_by_key(page: Page) -> None:
    """Large type: twice as long again."""
    page.locator(".kiosk-large").focus()
    page.keyboard.press("Enter")


# Wherever one stands or sits, and however one's machine is set


def test_all_choices_can_be_reached_from_a_wheelchair(hall: RunningHub, new_context: NewContext) -> None:
    page = kiosk(hall, new_context)
    for large in (False, True):
        if large:
            turn_on(page, "large")
        assert highest(page, ".kiosk-choice") >= PORTRAIT["height"] / 3
        choose(page, "vi")
        assert highest(page, ".kiosk-choice, .kiosk-page, .kiosk-foot button") >= PORTRAIT["height"] / 3
        page.locator(".kiosk-quiet[aria-pressed]").click()
        expect(page.locator("[data-screen=priority]:not([inert])")).to_be_visible()
        assert highest(page, ".kiosk-choice") >= PORTRAIT["height"] / 3
        page.locator(".kiosk-back").click()
        page.locator(".kiosk-back").click()
        expect(page.locator("[data-screen=language]:not([inert])")).to_be_visible()


def highest(page: Page, selector: str) -> float:
    boxes = [each.bounding_box() for each in page.locator(selector).locator("visible=true").all()]
    return min(box["y"] for box in boxes if box)


def test_high_contrast_and_reduced_motion_are_respected(hall: RunningHub, new_context: NewContext) -> None:
    page = kiosk(hall, new_context, forced_colors="active", reduced_motion="reduce")
    choose(page, "vi")
    sign = "getComputedStyle(document.querySelector('.kiosk-service .sign')).backgroundColor"
    ground = "getComputedStyle(document.querySelector('.kiosk-service')).backgroundColor"
    assert page.evaluate(sign) != page.evaluate(ground), "an icon in the colour of its ground is not there"
    assert page.evaluate("document.getAnimations().length") == 0
