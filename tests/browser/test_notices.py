"""Notices and messages, as the people of a centre use them: written at a desk, seen in the hall."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
import requests
from playwright.sync_api import expect

from displays import notice_turns
from tests.browser.hall_screens import (
    A_WHOLE_ANNOUNCEMENT_MS,
    FRESH,
    FULL_HD,
    OVERFLOWING,
    TOO_SMALL,
    call_somebody,
    hang_up,
)
from tests.running_hub import RunningHub
from tests.test_media import picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page

    NewContext = Callable[..., BrowserContext]

pytestmark = pytest.mark.browser

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
ON_AIR = "#hero[data-state=notice] #hero-notice"
A_TURN_MS = 12_000  # the hall's own, and some for a slow machine
LONG_S = 600

# A second of moving colour with a tone, as a phone would film it.
FILM = """() => new Promise((resolve) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
  const pen = canvas.getContext("2d");
  const paint = setInterval(() => {
    pen.fillStyle = `hsl(${performance.now() % 360} 80% 50%)`;
    pen.fillRect(0, 0, 320, 180);
  }, 40);
  const context = new AudioContext(), tone = new OscillatorNode(context), out = context.createMediaStreamDestination();
  tone.connect(out); tone.start();
  const stream = new MediaStream([...canvas.captureStream(25).getTracks(), ...out.stream.getTracks()]);
  const recorder = new MediaRecorder(stream, { mimeType: "video/webm" });
  recorder.ondataavailable = async ({ data }) => {
    clearInterval(paint);
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",").pop());
    reader.readAsDataURL(data);
  };
  recorder.start();
  setTimeout(() => recorder.stop(), 1000);
})"""

# What the video did while it was on the page, in order.
WATCH_VIDEO = """
window.told = [];
const realPlay = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  if (this instanceof HTMLVideoElement) window.video = this;
  else told.push(["voice", window.video?.muted, window.video?.paused]);
  return realPlay.call(this);
};
"""

WHOSE_TURN = """async ([notices, times]) => {
  const [{ setHubClock }, due, { Turns }] = await Promise.all([
    import("/static/clock.js"), import("/static/notice-due.js"), import("/static/displays/notice-turns.js")]);
  return times.map(([now, rate]) => {
    setHubClock(now, rate);
    const shown = due.dueNotices(notices, Date.parse(now));
    const messages = due.dueMessages(notices, Date.parse(now));
    return [shown.map(({ id }) => id), messages.map(({ id }) => id), new Turns().now(shown).id];
  });
}"""


def in_turn(seconds: int) -> datetime:
    """A time on Monday morning when the first of one notice's turns has just begun."""
    whole = notice_turns.HALL_S + seconds
    return MONDAY + timedelta(seconds=whole - MONDAY.timestamp() % whole + notice_turns.HALL_S + 1)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    start = in_turn(LONG_S).replace(tzinfo=None).isoformat(timespec="seconds")
    hub = RunningHub(tmp_path_factory.mktemp("centre"), {"clock_start": start}).start()
    yield hub
    hub.close()


@pytest.fixture
def hall(centre: RunningHub) -> Iterator[RunningHub]:
    """Nobody is called, and nothing is shown."""
    yield centre
    for notice in centre.supervisor.ok("GET", "/notices")["notices"]:
        centre.supervisor.ok("DELETE", f"/notices/{notice['id']}")
    for counter in centre.supervisor.ok("GET", "/hall")["counters"]:
        if counter["ticket"]:
            centre.supervisor.ok("POST", f"/counters/{counter['number']}/miss", json={})


@pytest.fixture
def tv(hall: RunningHub, new_context: NewContext) -> Callable[..., Page]:
    def look(
        path: str = "/tv?sound=off", *, scripts: tuple[str, ...] = (), hub: RunningHub = hall, **options: Any
    ) -> Page:
        return hang_up(new_context, hub, path, scripts, **options)

    return look


@pytest.fixture(scope="module")
def film(browser: Any) -> bytes:
    page = browser.new_page()
    data = base64.b64decode(page.evaluate(FILM))
    page.close()
    return data


def shown(hub: RunningHub, id_: str, **facts: Any) -> dict[str, Any]:
    saved: dict[str, Any] = hub.supervisor.ok(
        "PUT", f"/notices/{id_}", json={"seconds": LONG_S, "kind": "text", **facts}
    )
    return saved


def uploaded(hub: RunningHub, data: bytes, mimetype: str) -> str:
    sent = hub.supervisor.ok("POST", "/notices/media", data=data, headers={"Content-Type": mimetype})
    return str(sent["media"])


def desk(hub: RunningHub, new_context: NewContext, path: str, name: str, role: str, *, locale: str = "vi-VN") -> Page:
    page = new_context(viewport={"width": 1366, "height": 768}, locale=locale).new_page()
    hub.sign_in(page, name, role)
    page.goto(f"{hub.url}{path}")
    return page


def test_a_supervisor_writes_a_message_and_the_hall_reads_it_under_the_calls_until_it_is_taken_back(
    hall: RunningHub, tv: Callable[..., Page], new_context: NewContext
):
    screen, board = tv(), desk(hall, new_context, "/supervisor", "phu-trach", "supervisor")
    number = call_somebody(hall, counter=1)
    expect(screen.locator(FRESH)).to_have_text(number)
    board.get_by_role("button", name="Nhắn lên màn hình").click()
    board.get_by_label("Lời nhắn", exact=True).fill("11:30 nghỉ trưa quầy 3")
    board.get_by_label("Đến mấy giờ").fill("08:00")
    board.get_by_role("button", name="Hiện ngay").click()
    expect(board.get_by_role("alert")).to_have_text("Giờ này đã qua rồi.")
    board.get_by_label("Đến mấy giờ").fill("11:30")
    board.get_by_role("button", name="Hiện ngay").click()
    expect(screen.locator("#messages li")).to_have_text("11:30 nghỉ trưa quầy 3")
    expect(screen.locator("#hero-number")).to_have_text(number)
    assert screen.evaluate(OVERFLOWING) == []
    expect(board.locator(".message-list")).to_contain_text("đến 11:30")
    board.get_by_role("button", name="Gỡ xuống").click()
    expect(screen.locator(".tv-messages")).to_be_hidden()


@pytest.mark.parametrize(
    ("locale", "says"),
    [
        ("vi-VN", ["Thêm", "Nhắn lên màn hình", "Lời nhắn", "Hiện ngay"]),
        ("en-US", ["More", "Message on the screens", "Message", "Show it now"]),
    ],
    ids=["vi", "en"],
)
def test_a_clerk_writes_a_message_at_the_counter(
    hall: RunningHub,
    tv: Callable[..., Page],
    new_context: NewContext,
    locale: str,
    says: list[str],
):
    more, message, words, show = says
    screen = tv()
    hall.person("lan", "clerk")
    hall.open_counter(3, "lan")
    console = desk(hall, new_context, "/console", "lan", "clerk", locale=locale)
    console.get_by_role("button", name=more, exact=True).click()
    console.get_by_role("button", name=message).click()
    console.get_by_label(words, exact=True).fill("Quầy 3 tạm nghỉ 10 phút")
    console.get_by_role("button", name=show).click()
    expect(screen.locator("#messages")).to_have_text("Quầy 3 tạm nghỉ 10 phút")
    hall.supervisor.ok("POST", "/counters/3/close", json={})
    assert hall.supervisor.ok("GET", "/hall")["counters"][2]["ticket"] is None  # the letters typed were no presses


def test_a_call_takes_the_screen_from_a_video_which_is_silent_meanwhile_and_goes_on_afterwards(
    hall: RunningHub, tv: Callable[..., Page], film: bytes
):
    shown(hall, "phim", kind="video", media=uploaded(hall, film, "video/webm"))
    screen = tv("/tv?sound=on", scripts=(WATCH_VIDEO,))
    expect(screen.locator(f"{ON_AIR} video")).to_be_visible(timeout=A_TURN_MS)
    screen.wait_for_function("() => window.video && !video.paused && !video.muted")
    number = call_somebody(hall, counter=2)
    expect(screen.locator(FRESH)).to_have_text(number)
    assert screen.evaluate("[video.muted, video.paused, video.checkVisibility()]") == [True, True, False]
    hall.supervisor.ok("POST", "/counters/2/finish", json={})
    expect(screen.locator(f"{ON_AIR} video")).to_be_visible(timeout=2 * A_WHOLE_ANNOUNCEMENT_MS)
    screen.wait_for_function("() => !video.paused && !video.muted")
    voices = [told for told in screen.evaluate("told") if told[0] == "voice"]
    assert voices == [["voice", True, True]]


def test_a_browser_that_wants_a_touch_before_any_sound_shows_the_video_without(
    hall: RunningHub, tv: Callable[..., Page], film: bytes
):
    shown(hall, "phim", kind="video", media=uploaded(hall, film, "video/webm"))
    wants_a_touch = """const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
      return this.muted ? play.call(this) : Promise.reject(new DOMException("touch first", "NotAllowedError"));
    };"""
    screen = tv("/tv?sound=on", scripts=(wants_a_touch,))
    expect(screen.locator(f"{ON_AIR} video")).to_be_visible(timeout=A_TURN_MS)
    screen.wait_for_function(
        "() => (({ paused, muted }) => !paused && muted)(document.querySelector('#hero-notice video'))"
    )


def test_after_a_minute_a_call_stands_among_the_others_and_notices_go_on(
    hub_factory: Callable[..., RunningHub], tv: Callable[..., Page]
):
    hub = hub_factory(clock_start="2026-11-23T09:00", clock_rate=20)
    shown(hub, "gio", text="Thứ Bảy làm việc buổi sáng")
    number = call_somebody(hub, counter=1)
    screen = tv(hub=hub)
    expect(screen.locator("#calls")).to_contain_text(number, timeout=A_WHOLE_ANNOUNCEMENT_MS)
    expect(screen.locator(ON_AIR)).to_contain_text("Thứ Bảy", timeout=A_TURN_MS)
    newer = call_somebody(hub, counter=2)
    expect(screen.locator(FRESH)).to_have_text(newer)


def test_the_first_picture_shows_the_same_notice_and_message_as_the_script(hall: RunningHub, tv: Callable[..., Page]):
    shown(hall, "gio", text="Thứ Bảy làm việc buổi sáng", text_en="Open on Saturday mornings")
    shown(hall, "m", kind="message", text="Quầy 3 nghỉ", text_en="Counter 3 is closed")
    without, scripted = tv(java_script_enabled=False), tv()
    expect(scripted.locator("#messages[data-drawn]")).to_be_visible()
    for part in ("#hero-notice", "#messages"):
        assert without.locator(part).inner_text().split() == scripted.locator(part).inner_text().split()
    expect(without.locator(f"{ON_AIR} .notice-text")).to_have_text("Thứ Bảy làm việc buổi sáng")


def test_the_scripts_and_the_server_agree_on_what_is_due_and_whose_turn_it_is(tv: Callable[..., Page]):
    daily = {
        "kind": "text",
        "text": "a",
        "text_en": "",
        "media": "",
        "seconds": 10,
        "weekdays": list(range(7)),
        "start": "00:00",
    }
    daily |= {"end": "23:59", "first": "", "last": "", "position": 0, "active": True, "until": None}
    notices = [
        daily | {"id": "always", "seconds": 7},
        daily | {"id": "weekdays", "weekdays": [0, 1, 2, 3, 4], "start": "07:30", "end": "11:30"},
        daily | {"id": "sunday", "weekdays": [6]},
        daily | {"id": "week", "first": "2026-11-24", "last": "2026-11-27"},
        daily | {"id": "ends", "until": "2026-11-25T10:00:00.000+07:00"},
        daily | {"id": "off", "active": False},
        daily | {"id": "message", "kind": "message", "until": "2026-11-23T11:30:00.000+07:00", "weekdays": []},
        daily | {"id": "another", "kind": "message"},
    ]
    moments = [MONDAY + timedelta(minutes=step * 47, seconds=step % 60) for step in range(200)]
    moments += [
        MONDAY.replace(hour=hour, minute=minute) for hour, minute in ((7, 29), (7, 30), (11, 29), (11, 30), (23, 59))
    ]
    times = [(moment.isoformat(), 1 + step % 3 * 9.5) for step, moment in enumerate(moments)]
    found = tv().evaluate(WHOSE_TURN, [notices, times])
    for moment, (_, rate), told in zip(moments, times, found, strict=True):
        due = notice_turns.due(notices, moment)
        turn = notice_turns.present(due, moment, rate)
        said = [[each["id"] for each in due], [each["id"] for each in notice_turns.messages(notices, moment)]]
        assert told == [*said, turn["id"] if turn else ""], moment
    assert {tuple(due) for due, _, _ in found} >= {("always", "weekdays", "ends"), ("always", "sunday")}
    assert {turn for _, _, turn in found} >= {"", "always", "weekdays"}


def test_a_picture_whose_file_vanished_is_never_a_broken_one_on_the_tv(hall: RunningHub, tv: Callable[..., Page]):
    name = uploaded(hall, picture(colour="orange"), "image/png")
    shown(hall, "anh", kind="picture", media=name)
    (hall.folder / "media" / name).unlink()
    assert requests.get(f"{hall.url}/media/{name}", timeout=10).status_code == 404
    screen = tv()
    with screen.expect_response(f"**/media/{name}"):
        screen.reload()
    expect(screen.locator("#hero[data-state=idle] #hall-state")).to_be_visible()
    shown(hall, "gio", text="Nghỉ lễ ngày 2/9", position=1)
    expect(screen.locator(ON_AIR)).to_have_text("Nghỉ lễ ngày 2/9", timeout=A_TURN_MS)
    expect(screen.locator("#hero-notice img")).to_have_count(0)


def test_without_the_hub_the_notices_that_are_here_go_on(
    hub_factory: Callable[..., RunningHub], tv: Callable[..., Page]
):
    hub = hub_factory(clock_start="2026-11-23T09:00")
    shown(hub, "anh", kind="picture", media=uploaded(hub, picture(), "image/png"), text="Sơ đồ", seconds=3)
    shown(hub, "gio", text="Giờ làm việc 7:30", seconds=3, position=1)
    screen = tv(hub=hub)
    screen.wait_for_function(
        "() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/media/'))"
    )
    hub.kill()
    expect(screen.locator(".link-banner")).to_be_visible()
    expect(screen.locator(f"{ON_AIR} img")).to_be_visible(timeout=2 * A_TURN_MS)
    expect(screen.locator(ON_AIR)).to_contain_text("Giờ làm việc", timeout=2 * A_TURN_MS)


@pytest.mark.parametrize("viewport", [FULL_HD, {"width": 1080, "height": 1920}, {"width": 1024, "height": 768}])
def test_the_longest_notice_and_messages_are_readable_from_eight_metres_and_nothing_is_cut_off(
    hall: RunningHub, tv: Callable[..., Page], viewport: dict[str, int]
):
    words = "Người dân mang theo căn cước công dân và giấy hẹn khi đến nhận kết quả. " * 4
    shown(hall, "dai", text=words[:200], text_en="Please bring your identity card and the receipt. " * 2)
    for id_ in ("m1", "m2"):
        shown(
            hall,
            id_,
            kind="message",
            text=("Quầy 3 nghỉ trưa từ 11:30 đến 13:00; xin mời bà con sang quầy 4. " * 3)[:80],
        )
    screen = tv(viewport=viewport)
    expect(screen.locator(f"{ON_AIR} .notice-text")).to_be_visible(timeout=A_TURN_MS)
    assert screen.evaluate(TOO_SMALL) == []
    assert screen.evaluate(OVERFLOWING) == []
    screen.wait_for_function("""() => {
      const card = document.querySelector(".notice-card");
      return card.scrollHeight <= card.clientHeight + 1;
    }""")


def test_the_screens_over_the_counters_show_no_notices(hall: RunningHub, tv: Callable[..., Page]):
    shown(hall, "gio", text="Thứ Bảy làm việc buổi sáng")
    shown(hall, "m", kind="message", text="Quầy 3 nghỉ")
    over_it = tv("/counter-screen/4", viewport={"width": 1024, "height": 768})
    assert "Thứ Bảy" not in over_it.inner_text("body")
    assert "Quầy 3 nghỉ" not in over_it.inner_text("body")


def test_a_supervisor_puts_a_picture_on_the_tv_for_the_working_mornings(
    hall: RunningHub, tv: Callable[..., Page], new_context: NewContext
):
    screen, page = tv(), desk(hall, new_context, "/admin/notices", "phu-trach", "supervisor")
    page.get_by_role("button", name="Thêm thông báo").click()
    page.get_by_label("Loại").select_option("picture")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("[data-field=media] .problem")).to_have_text("Hãy chọn tệp và đợi tải lên xong.")
    page.get_by_label("Tệp").set_input_files({"name": "so-do.png", "mimeType": "image/png", "buffer": b"not a picture"})
    expect(page.locator(".upload [role=status]")).to_contain_text("ảnh bị hỏng")
    page.get_by_label("Tệp").set_input_files({"name": "so-do.png", "mimeType": "image/png", "buffer": picture()})
    expect(page.locator("[data-preview] img")).to_be_visible()
    page.get_by_label("Nội dung tiếng Việt").fill("Sơ đồ các quầy")
    for day in ("T7", "CN"):
        page.get_by_label(day, exact=True).uncheck()
    page.locator("[data-field=start] input").first.fill("7h30")
    page.locator("[data-field=start] input").last.fill("7h00")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("[data-field=start] .problem")).to_be_visible()
    page.locator("[data-field=start] input").last.fill("11h30")
    page.get_by_label("Mỗi lần chiếu").fill(str(LONG_S))
    page.get_by_role("button", name="Lưu").click()
    row = page.locator("tbody tr")
    expect(row).to_contain_text("Thứ Hai–Thứ Sáu, 7:30–11:30")
    expect(row).to_contain_text("đang chiếu")
    expect(screen.locator(f"{ON_AIR} img")).to_be_visible(timeout=A_TURN_MS)
    expect(screen.locator(ON_AIR)).to_have_text("Sơ đồ các quầy")
    row.get_by_role("button", name="Sơ đồ các quầy").first.click()
    page.get_by_label("Chiếu vào những giờ này").uncheck()
    page.get_by_label("Nội dung tiếng Việt").fill("")
    page.get_by_role("button", name="Lưu").click()
    expect(row).to_contain_text("đang tắt")
    expect(row.locator(".notice-cell")).to_have_text("Ảnh")
    expect(screen.locator("#hero[data-state=idle]")).to_be_visible()


def test_the_order_on_the_page_is_the_order_on_the_tv(hall: RunningHub, new_context: NewContext):
    for position, id_ in enumerate(("mot", "hai", "ba")):
        shown(hall, id_, text=f"Thông báo {id_}", position=position)
    page = desk(hall, new_context, "/admin/notices", "phu-trach", "supervisor")
    page.locator("tr[data-key=ba] .order button").first.click()
    expect(page.locator("tbody tr").nth(1)).to_have_attribute("data-key", "ba")
    assert [each["id"] for each in hall.supervisor.ok("GET", "/hall")["notices"]] == ["mot", "ba", "hai"]
