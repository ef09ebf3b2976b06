"""The screens in the hall, against a running hub and in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import socketio
from playwright.sync_api import expect

from tests.browser.hall_screens import (
    A_WHOLE_ANNOUNCEMENT_MS,
    FRESH,
    FULL_HD,
    OVERFLOWING,
    TOO_SMALL,
    call_somebody,
    hang_up,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page, Route

    from tests.running_hub import RunningHub

pytestmark = pytest.mark.browser

# Notes what is heard and seen, in order, also over a reload; a sound "plays" for a moment and ends.
WITNESS = """
window.heard = JSON.parse(sessionStorage.heard ?? "[]"); window.seen = [];
HTMLMediaElement.prototype.play = function () {
  const sound = this.src.split("/").pop();
  const note = (verb) => {
    document.documentElement.dataset.heard = heard.push(verb + " " + sound);
    sessionStorage.heard = JSON.stringify(heard);
  };
  note("begins");
  setTimeout(() => { note("ends"); this.dispatchEvent(new Event("ended")); }, 300);
  return Promise.resolve();
};
addEventListener("DOMContentLoaded", () => {
  const hero = document.getElementById("hero");
  new MutationObserver(() => {
    const number = document.getElementById("hero-number").textContent;
    if (hero.dataset.state === "fresh" && seen.at(-1) !== number) seen.push(number);
  }).observe(hero, { attributes: true, subtree: true, childList: true, characterData: true });
});
"""

FORBIDDEN_SOUND = """
HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException("touch first", "NotAllowedError"));
"""

# Lets a test cut the line of one page, as a pulled plug does.
PULLED_PLUG = """
const RealWebSocket = window.WebSocket;
window.plugPulled = false;
window.WebSocket = class extends RealWebSocket {
  constructor(url, protocols) {
    super(window.plugPulled ? url.replace("/socket.io/", "/no-line/") : url, protocols);
  }
};
const realOpen = XMLHttpRequest.prototype.open;
XMLHttpRequest.prototype.open = function (method, url, ...rest) {
  return realOpen.call(this, method, window.plugPulled ? "/no-line" : url, ...rest);
};
"""

# The height of the letters themselves, as a share of the screen's height.
CAP_HEIGHT = """(selector) => {
  const element = document.querySelector(selector), style = getComputedStyle(element);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontWeight} ${style.fontSize} "Be Vietnam Pro"`;
  return pen.measureText("H").actualBoundingBoxAscent / innerHeight;
}"""

# Of how many counters does the place of the number change when their strip turns the page?
JUMPS = """() => {
  const strip = document.getElementById("counters"), hero = document.getElementById("hero");
  const cell = strip.firstElementChild.outerHTML;
  const heightsOf = (n) => {
    const pages = Math.ceil(n / 10), from = (page) => Math.floor((page * n) / pages);
    strip.dataset.most = Math.ceil(n / pages);
    return [...Array(pages).keys()].map((page) => {
      strip.innerHTML = cell.repeat(from(page + 1) - from(page));
      return hero.clientHeight;
    });
  };
  return [...Array(30).keys()].map((n) => n + 1).filter((n) => new Set(heightsOf(n)).size > 1);
}"""

CALLS_SEEN_WHOLE = """() => {
  const { bottom } = document.querySelector(".calls").getBoundingClientRect();
  return [...document.querySelectorAll("#calls li")].filter((call) => call.checkVisibility())
    .map((call) => call.getBoundingClientRect().bottom <= bottom + 1);
}"""


@pytest.fixture
def screen(hub: RunningHub, new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """A screen of its own, joined to the hub, with a witness of what it plays and shows."""

    def look(path: str, *, scripts: tuple[str, ...] = (WITNESS,), **options: Any) -> Page:
        return hang_up(new_context, hub, path, scripts, **options)

    return look


@pytest.mark.parametrize(
    ("locale", "says", "advice"),
    [
        ("vi-VN", ["Mời số", "đến quầy"], "Xin quý khách chờ quầy mở cửa"),
        ("en-US", ["Number called", "to counter"], "Please wait for the counters to open"),
    ],
    ids=["vi", "en"],
)
def test_a_call_reaches_every_tv_in_the_hall(
    hub: RunningHub, screen: Callable[..., Page], locale: str, says: list[str], advice: str
):
    tvs = [screen("/tv?sound=off", locale=locale), screen("/tv?sound=off", locale=locale)]
    expect(tvs[0].locator("#hall-advice")).to_have_text(advice)
    number = call_somebody(hub, counter=3)
    for tv in tvs:
        expect(tv.locator(FRESH)).to_have_text(number)
        expect(tv.locator("#hero-counter")).to_have_text("3")
        expect(tv.locator(".hero-label")).to_have_text(says)
        expect(tv.locator("#counters li").nth(2)).to_contain_text(number)


def test_two_calls_close_together_both_stay_up_for_their_whole_announcement_in_order(
    hub: RunningHub, screen: Callable[..., Page]
):
    tv = screen("/tv")
    first, second = call_somebody(hub, counter=1), call_somebody(hub, counter=2)
    expect(tv.locator("#calls")).to_contain_text(second)
    expect(tv.locator(FRESH)).to_have_text(first)
    expect(tv.locator(FRESH)).to_have_text(second, timeout=A_WHOLE_ANNOUNCEMENT_MS)
    expect(tv.locator("html")).to_have_attribute("data-heard", "4")
    assert tv.evaluate("seen") == [first, second]
    sounds = [entry.split() for entry in tv.evaluate("heard")]
    assert [verb for verb, _ in sounds] == ["begins", "ends", "begins", "ends"]
    assert sounds[0][1] == sounds[1][1] != sounds[2][1] == sounds[3][1]


def test_a_voice_that_never_loads_does_not_hold_up_the_picture(hub: RunningHub, screen: Callable[..., Page]):
    tv = screen("/tv", scripts=())
    tv.route(re.compile(r"/calls/\d+\.wav"), never_answer)
    first, second = call_somebody(hub, counter=1), call_somebody(hub, counter=2)
    expect(tv.locator(FRESH)).to_have_text(first)
    expect(tv.locator(FRESH)).to_have_text(second, timeout=A_WHOLE_ANNOUNCEMENT_MS)


def test_a_browser_that_forbids_sound_gets_a_small_sign_and_the_picture_goes_on(
    hub: RunningHub, screen: Callable[..., Page]
):
    tv = screen("/tv", scripts=(FORBIDDEN_SOUND,))
    expect(tv.locator("#sound")).to_be_hidden()
    number = call_somebody(hub, counter=1)
    expect(tv.locator(FRESH)).to_have_text(number)
    expect(tv.locator("#sound")).to_be_visible()
    expect(tv.locator("#hero[data-state=call] #hero-number")).to_have_text(number, timeout=A_WHOLE_ANNOUNCEMENT_MS)
    tv.locator("#sound").click()
    expect(tv.locator("#sound")).to_be_hidden()


def test_a_screen_told_to_be_silent_stays_silent(hub: RunningHub, screen: Callable[..., Page]):
    tv = screen("/tv?sound=off")
    tv.goto(f"{hub.url}/tv")
    expect(tv.locator(FRESH)).to_have_text(call_somebody(hub, counter=1))
    expect(tv.locator("#hero[data-state=call]")).to_be_visible(timeout=A_WHOLE_ANNOUNCEMENT_MS)
    assert tv.evaluate("heard") == []


def test_a_new_day_clears_the_screens_without_a_touch(hub_factory: Callable[..., RunningHub], page: Page):
    hub = hub_factory(clock_start="2026-11-23T23:50", clock_rate=60)
    tv = hub.join(page, "/tv?sound=off")
    number = call_somebody(hub, counter=1)
    expect(tv.locator("#counters")).to_contain_text(number)
    expect(tv.locator("#counters")).not_to_contain_text(number, timeout=20_000)
    expect(tv.locator("#tv[data-others=none] #hero[data-state=idle]")).to_be_visible(timeout=A_WHOLE_ANNOUNCEMENT_MS)


def test_the_emphasis_ends_and_the_number_stays(hub: RunningHub, screen: Callable[..., Page]):
    tv = screen("/tv?sound=off")
    number = call_somebody(hub, counter=1)
    expect(tv.locator(FRESH)).to_have_text(number)
    expect(tv.locator("#hero[data-state=call] #hero-number")).to_have_text(number, timeout=A_WHOLE_ANNOUNCEMENT_MS)


def test_after_the_hub_was_killed_both_tvs_catch_up_without_a_touch_or_a_sound(
    hub: RunningHub, screen: Callable[..., Page]
):
    tvs = [screen("/tv", scripts=(WITNESS, PULLED_PLUG)) for _ in range(2)]
    before = call_somebody(hub, counter=1)
    for tv in tvs:
        expect(tv.locator(FRESH)).to_have_text(before)
        expect(tv.locator("html")).to_have_attribute("data-heard", "2")
        tv.evaluate("plugPulled = true")
    hub.kill()
    for tv in tvs:
        expect(tv.locator(".link-banner")).to_be_visible()
        expect(tv.locator("#hero-number")).to_have_text(before)
    hub.start()
    meanwhile = call_somebody(hub, counter=2)
    for tv in tvs:
        tv.evaluate("plugPulled = false")
    for tv in tvs:
        expect(tv.locator("#hero-number")).to_have_text(meanwhile)
        expect(tv.locator(".link-banner")).to_have_count(0)
        assert len(tv.evaluate("heard")) == 2
    after = call_somebody(hub, counter=3)
    for tv in tvs:
        expect(tv.locator(FRESH)).to_have_text(after)


def test_without_the_hub_the_tv_claims_nothing_of_the_hall_and_cuts_no_call(
    hub: RunningHub, screen: Callable[..., Page]
):
    for counter in range(1, 7):
        call_somebody(hub, counter)
        hub.supervisor.ok("POST", f"/counters/{counter}/finish", json={})
    hub.supervisor.ok("PUT", "/notices/m", json={"kind": "message", "seconds": 10, "text": "Quầy 10 trả kết quả"})
    tv = screen("/tv?sound=off")
    expect(tv.locator("#hall-state")).to_contain_text("quầy đang mở")
    assert tv.evaluate(CALLS_SEEN_WHOLE) == [True] * 5
    hub.kill()
    expect(tv.locator(".link-banner")).to_be_visible()
    expect(tv.locator("#hall-state")).not_to_contain_text("quầy đang mở")
    expect(tv.locator("#hall-advice")).not_to_contain_text("lấy số")
    assert tv.evaluate(CALLS_SEEN_WHOLE) == [True] * 4
    assert tv.evaluate(OVERFLOWING) == []


@pytest.mark.parametrize("viewport", [FULL_HD, {"width": 1080, "height": 1920}], ids=["wide", "upright"])
def test_the_large_number_stays_where_it_is_when_the_counters_turn_their_page(
    screen: Callable[..., Page], viewport: dict[str, int]
):
    assert screen("/tv", java_script_enabled=False, viewport=viewport).evaluate(JUMPS) == []


def test_a_tv_switched_on_later_shows_the_last_call_silently(hub: RunningHub, screen: Callable[..., Page]):
    number = call_somebody(hub, counter=1)
    tv = screen("/tv")
    expect(tv.locator("#hero[data-state=call] #hero-number")).to_have_text(number)
    newer = call_somebody(hub, counter=2)
    expect(tv.locator(FRESH)).to_have_text(newer)
    expect(tv.locator("html")).to_have_attribute("data-heard", "2")
    assert tv.evaluate("seen") == [newer]


def test_a_call_taken_back_is_not_shown_as_the_last_one(hub: RunningHub, screen: Callable[..., Page]):
    tv = screen("/tv?sound=off")
    right = call_somebody(hub, counter=1)
    expect(tv.locator(FRESH)).to_have_text(right)
    wrong = call_somebody(hub, counter=2)
    hub.supervisor.ok("POST", "/counters/2/undo", json={})
    expect(tv.locator("#counters")).not_to_contain_text(wrong)
    expect(tv.locator("#hero[data-state=call] #hero-number")).to_have_text(right, timeout=A_WHOLE_ANNOUNCEMENT_MS)
    expect(tv.locator("#calls")).not_to_contain_text(wrong)


@pytest.mark.parametrize("verb", ["miss", "park", "finish", "transfer"])
def test_nobody_is_invited_whose_call_no_longer_holds(hub: RunningHub, screen: Callable[..., Page], verb: str):
    call_somebody(hub, counter=1)
    wish = {"service": "KQ"} if verb == "transfer" else {}
    hub.supervisor.ok("POST", f"/counters/1/{verb}", json=wish)
    for scripts in (True, False):
        tv = screen("/tv?sound=off", java_script_enabled=scripts)
        expect(tv.locator("#hero[data-state=idle]")).to_be_visible()


def test_after_its_announcement_a_call_gives_way_to_the_last_that_still_holds(
    hub: RunningHub, screen: Callable[..., Page]
):
    first = call_somebody(hub, counter=1)
    tv = screen("/tv?sound=off")
    second = call_somebody(hub, counter=2)
    expect(tv.locator(FRESH)).to_have_text(second)
    hub.supervisor.ok("POST", "/counters/2/miss", json={})
    expect(tv.locator("#hero[data-state=call] #hero-number")).to_have_text(first, timeout=A_WHOLE_ANNOUNCEMENT_MS)


def test_a_call_taken_back_leaves_the_screens_at_once_and_is_never_spoken(hub: RunningHub, screen: Callable[..., Page]):
    tv, over_it = screen("/tv"), screen("/counter-screen/3", scripts=())
    first = call_somebody(hub, counter=1)
    expect(tv.locator(FRESH)).to_have_text(first)
    wrong = call_somebody(hub, counter=3)
    expect(over_it.locator("main[data-fresh] #big")).to_have_text(wrong)
    hub.supervisor.ok("POST", "/counters/3/undo", json={})
    expect(over_it.locator("main[data-fresh]")).to_have_count(0)
    hub.supervisor.ok("POST", "/counters/1/undo", json={})
    expect(tv.locator("#hero[data-state=idle]")).to_be_visible(timeout=2000)
    right = call_somebody(hub, counter=2)
    expect(tv.locator(FRESH)).to_have_text(right)
    assert tv.evaluate("seen") in ([first, right], [right])  # the same one may be called again, at another counter
    assert len({entry.split()[1] for entry in tv.evaluate("heard")}) == 2


def test_the_letters_of_the_banner_are_there_before_the_hub_is_gone(screen: Callable[..., Page]):
    tv = screen("/tv?sound=off")
    tv.wait_for_function(
        """() => document.fonts.check('600 16px "Be Vietnam Pro"', 'Mất kết nối máy chủ từ 0123456789')"""
    )


def test_the_words_keep_clear_of_the_red_fields_edge(hub: RunningHub, screen: Callable[..., Page]):
    call_somebody(hub, counter=2)
    tv = screen("/tv?sound=off", viewport={"width": 1280, "height": 800})
    call_somebody(hub, counter=10)
    expect(tv.locator("#hero[data-state=fresh]")).to_be_visible()
    room = tv.evaluate("""() => document.querySelector(".hero").getBoundingClientRect().right
        - document.querySelector(".hero-part:last-child").getBoundingClientRect().right""")
    assert room >= 16


def test_the_first_picture_is_complete_before_any_script_runs(hub: RunningHub, screen: Callable[..., Page]):
    hub.open_counter(5)
    hub.supervisor.ok("POST", "/counters/5/pause", json={"until": "13:00"})
    hub.take_number()
    call_somebody(hub, counter=1)
    call_somebody(hub, counter=2)
    parts = ("#hero", "#calls", "#counters")
    without, scripted = screen("/tv", java_script_enabled=False), screen("/tv")
    expect(scripted.locator("#counters[data-drawn]")).to_be_visible()
    for part in parts:
        assert words(without, part) == words(scripted, part)
    for path in ("/counter-screen/1", "/counter-screen/5"):
        without, scripted = screen(path, java_script_enabled=False), screen(path)
        expect(scripted.locator("html[data-line=live]")).to_be_attached()
        for part in ("h1", ".field", "#serves"):  # a minute may pass between the two clocks
            assert words(without, part) == words(scripted, part)


@pytest.mark.parametrize("viewport", [FULL_HD, {"width": 1280, "height": 720}], ids=["1080p", "720p"])
def test_the_called_number_is_readable_at_eight_metres(
    hub: RunningHub, screen: Callable[..., Page], viewport: dict[str, int]
):
    tv = screen("/tv?sound=off", viewport=viewport)
    expect(tv.locator(FRESH)).to_have_text(call_somebody(hub, counter=10))
    assert tv.evaluate(CAP_HEIGHT, "#hero-number") >= 0.18
    assert tv.evaluate(CAP_HEIGHT, "#hero-counter") == tv.evaluate(CAP_HEIGHT, "#hero-number")
    assert tv.evaluate(TOO_SMALL) == []
    assert tv.evaluate(OVERFLOWING) == []


def test_an_upright_tv_shows_everything_too(hub: RunningHub, screen: Callable[..., Page]):
    tv = screen("/tv?sound=off", viewport={"width": 1080, "height": 1920})
    expect(tv.locator(FRESH)).to_have_text(call_somebody(hub, counter=10))
    assert tv.evaluate(TOO_SMALL) == []
    assert tv.evaluate(OVERFLOWING) == []


def test_a_counters_screen_shows_its_call_and_its_break(hub: RunningHub, screen: Callable[..., Page]):
    mine = screen("/counter-screen/4", scripts=(), viewport={"width": 1024, "height": 768})
    expect(mine.locator("main")).to_have_attribute("data-kind", "closed")
    other = call_somebody(hub, counter=3)
    number = call_somebody(hub, counter=4, priority=True)
    expect(mine.locator("#big")).to_have_text(number)
    expect(mine.locator("main[data-fresh]")).to_be_visible()
    expect(mine.locator("#note")).not_to_be_empty()
    assert other not in mine.inner_text("main")
    hub.supervisor.ok("POST", "/counters/4/finish", json={})
    hub.supervisor.ok("POST", "/counters/4/pause", json={"until": "13:00"})
    expect(mine.locator("#note")).to_contain_text("13:00")
    expect(mine.locator("main")).to_have_attribute("data-kind", "paused")


def test_a_screen_for_a_counter_that_does_not_exist_says_so(hub: RunningHub, screen: Callable[..., Page]):
    page = screen("/tv")
    assert page.request.get(f"{hub.url}/counter-screen/99").status == 404


def test_the_supervisor_sees_what_each_board_shows(hub: RunningHub, page: Page):
    hub.sign_in(page, "phu-trach", "supervisor")
    page.goto(f"{hub.url}/boards")
    expect(page.locator("#no-boards")).to_be_visible()
    agent = socketio.Client()
    agent.connect(hub.url, auth={"token": hub.device("agent").headers["Authorization"].split()[1]})
    try:
        agent.emit("health", {"boards": [{"name": "b3", "bus": "v", "counter": 3, "state": "shown", "shown": "A012"}]})
        expect(page.locator(".board .led")).to_have_attribute("aria-label", "A012")
    finally:
        agent.disconnect()
    expect(page.locator(".board")).to_have_attribute("data-state", "down")


def test_a_screen_in_the_hall_does_not_see_the_boards_health(hub: RunningHub, screen: Callable[..., Page]):
    assert screen("/tv").request.get(f"{hub.url}/boards").status == 403


def test_a_screen_removed_from_the_devices_shows_its_joining_code_again(hub: RunningHub, page: Page):
    tv = hub.join(page, "/tv?sound=off", name="tv-1")
    hub.desk.ok("DELETE", "/devices/tv-1")
    hub.restart()
    tv.wait_for_url("**/join?page=**")


def test_a_new_version_of_the_pages_is_loaded_quietly(screen: Callable[..., Page]):
    tv = screen("/tv?sound=off")
    tv.route("**/tv?sound=off", with_an_old_version, times=1)
    with tv.expect_navigation():
        tv.reload()
    expect(tv.locator("html")).not_to_have_attribute("data-version", "old")


def words(page: Page, part: str) -> list[str]:
    return page.locator(part).inner_text().split()


def never_answer(_route: Route) -> None:
    """Leave the request open for as long as the page lives."""


def with_an_old_version(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(r'data-version="\w+"', 'data-version="old"', answer.text()))
