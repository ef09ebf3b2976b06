"""How long one will wait, told to citizens as a range in people's words, the same everywhere and kept up to date."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.core.permissions import Role
from app.planning.calibration import Range
from app.wait_words import wait_words
from tests.browser.kiosk_screens import PORTRAIT, assert_flawless, choose_language, service
from tests.browser.supervisor_board import Desk, supervisors_desk
from tests.running_hub import PASSWORD
from tests.system.within import Office

pytestmark = pytest.mark.browser

OLD_PHONE = {"width": 360, "height": 640}
FULL_HD = {"width": 1920, "height": 1080}
LONGEST = Range(105, 120)
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
ALL_PAGES_MS = 24_000  # a TV shows three services at a time, eight seconds each
CUT_OFF = """() => [...document.querySelectorAll("#services li, .service-wait")]
  .filter((e) => e.scrollWidth > e.clientWidth).map((e) => [e.innerText, e.scrollWidth, e.clientWidth])"""
WIDE = """() => [...document.querySelectorAll("main *")]
  .filter((e) => e.checkVisibility() && !e.closest(".visually-hidden, svg"))
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML)"""


@dataclass
class Centre:
    """The hub behind the pages, and ways to their first sight."""

    desk: Desk
    new_context: Callable[..., BrowserContext]

    @property
    def office(self) -> Office:
        return self.desk.office

    def look(self, path: str, viewport: dict[str, int], **options: Any) -> Page:
        page = self.sign_in(self.new_context(viewport=viewport, **options).new_page())
        page.goto(self.desk.url + path)
        if options.get("java_script_enabled", True):
            expect(page.locator("html[data-line=live]")).to_be_attached()
        return page

    def sign_in(self, page: Page) -> Page:
        person = {"name": "phu-trach", "password": PASSWORD}
        assert page.request.post(f"{self.desk.url}/api/v1/session", data=person).ok
        return page

    def look_at_tv(self, viewport: dict[str, int], **options: Any) -> Page:
        """When the first three services begin to be up."""
        self.office.clock.at += -self.office.clock.at % ALL_PAGES_MS
        return self.look("/tv?sound=off", viewport, **options)

    def tell(self, services: dict[str, Range], tickets: dict[str, Range] | None = None) -> None:
        """Waits that are other ones than before; with no event, and after the pause that the hub keeps between two."""
        self.office.pass_s(30)
        self.office.tell_waits(services, tickets)
        self.office.parts.feed.phones.step(lambda _seconds: None)  # what is gathered for the phones


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with supervisors_desk(tmp_path_factory.mktemp("ward")) as desk:
        yield desk


@pytest.fixture
def centre(desk: Desk, new_context: Callable[..., BrowserContext]) -> Iterator[Centre]:
    """One counter is open, for civil status; nobody waits."""
    desk.office.pass_s(60)
    desk.office.ok("PUT", "/counters/1/services", {"own": ["HT"], "help": []})
    desk.office.ok("POST", "/counters/1/open", {"clerk": "hoa"})
    yield Centre(desk, new_context)
    desk.tidy_up()


def expect_told(tv: Page, letter: str, words: str) -> None:
    cell = tv.locator("#services li", has=tv.locator(".service-name b", has_text=letter))
    expect(cell.locator(".service-wait")).to_have_text(words, timeout=2 * ALL_PAGES_MS)


# The words


@pytest.mark.parametrize(
    ("low", "high", "vietnamese", "english"),
    [
        (0, 1, "được gọi ngay", "you will be called at once"),
        (1, 1, "được gọi ngay", "you will be called at once"),
        (0, 4, "dưới 4 phút", "less than 4 minutes"),
        (3, 8, "khoảng 3–8 phút", "about 3–8 minutes"),
        (10, 20, "khoảng 10–20 phút", "about 10–20 minutes"),
        (15, 15, "khoảng 15 phút", "about 15 minutes"),
    ],
)
def test_a_range_is_told_as_people_say_it(low: int, high: int, vietnamese: str, english: str) -> None:
    told = {"low_min": low, "high_min": high}
    assert [wait_words(language, told) for language in ("vi", "en")] == [vietnamese, english]


def test_with_somebody_before_them_nobody_is_told_to_be_called_at_once() -> None:
    told = {"low_min": 0, "high_min": 1}
    assert [wait_words(language, told, 1) for language in ("vi", "en")] == ["sắp được gọi", "you will be called soon"]


def test_the_pages_have_the_words_of_the_paper(centre: Centre) -> None:
    every = [None, *({"low_min": low, "high_min": high} for low in range(4) for high in range(low, 6))]
    page = centre.look("/tv?sound=off", FULL_HD)
    said = page.evaluate(
        """async (every) => {
            const { waitWords } = await import("/static/wait-words.js");
            const { t } = await import("/static/i18n.js");
            return every.map((forecast) => [waitWords(t, forecast), waitWords(t, forecast, 2)]);
        }""",
        every,
    )
    assert said == [[wait_words("vi", forecast), wait_words("vi", forecast, 2)] for forecast in every]


# Where they are told, and how they follow


def test_a_kiosk_tells_the_wait_before_a_service_is_chosen_and_with_the_number(centre: Centre) -> None:
    centre.tell({"HT": Range(0, 1)})
    page = centre.look("/kiosk", PORTRAIT)
    choose_language(page)
    expect(service(page)).to_contain_text("được gọi ngay")
    expect(service(page, "DD")).to_contain_text("chưa có quầy nào mở")
    centre.tell({"HT": Range(10, 20)})
    expect(service(page)).to_contain_text("khoảng 10–20 phút")
    service(page).click()
    expect(page.locator(".ticket-where")).to_contain_text("khoảng 10–20 phút")


def test_a_range_is_replaced_while_a_finger_is_on_its_way(centre: Centre) -> None:
    """Neither the button nor its words are made anew: nothing flashes, and no press is lost."""
    centre.tell({"HT": Range(3, 8)})
    page = centre.look("/kiosk", PORTRAIT)
    choose_language(page)
    expect(service(page)).to_contain_text("khoảng 3–8 phút")
    page.evaluate("document.querySelectorAll('[data-service=HT], [data-service=HT] *').forEach((e) => (e.seen = true))")
    page.evaluate("() => Promise.all(document.getAnimations().map((animation) => animation.finished))")
    before = service(page).bounding_box()
    centre.tell({"HT": Range(10, 20)})
    expect(service(page)).to_contain_text("khoảng 10–20 phút")
    assert service(page).evaluate("(button) => [button, ...button.querySelectorAll('*')].every((e) => e.seen)")
    assert service(page).bounding_box() == before


def test_a_phone_tells_the_range_above_the_fold_and_follows_it(centre: Centre) -> None:
    for _ in range(6):
        ticket = centre.office.take_number("HT")
    centre.tell({"HT": Range(20, 35)}, {ticket["id"]: Range(20, 35)})
    plain = centre.look(ticket["url"], OLD_PHONE, java_script_enabled=False)
    expect(plain.locator("[data-fill=expected]")).to_have_text("khoảng 20–35 phút")
    phone = centre.look(ticket["url"], OLD_PHONE)
    for part in ("[data-fill=ahead]", "[data-fill=expected]", ".advice.unless-near"):
        expect(phone.locator(part)).to_be_in_viewport(ratio=1)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    centre.tell({"HT": Range(20, 35)}, {ticket["id"]: Range(5, 9)})
    expect(phone.locator("[data-fill=expected]")).to_have_text("khoảng 5–9 phút")
    expect(phone.locator(".advice.if-near")).to_be_in_viewport(ratio=1)


def test_a_phone_promises_no_turn_while_no_counter_is_open(centre: Centre) -> None:
    ticket = centre.office.take_number("CA")
    for options in ({"java_script_enabled": False}, {}):
        phone = centre.look(ticket["url"], OLD_PHONE, **options)
        expect(phone.locator("[data-fill=expected]")).to_have_text("chưa có quầy nào mở")
        expect(phone.locator(".advice.if-unserved")).to_be_in_viewport(ratio=1)
        for promise in (".advice.unless-near", ".advice.if-near"):
            expect(phone.locator(promise)).to_be_hidden()


def test_the_lobby_tv_tells_the_range_of_each_service_and_follows_it(centre: Centre) -> None:
    for code in ("HT", "DD"):
        centre.office.take_number(code)
    centre.tell({"HT": Range(10, 20)})
    plain = centre.look_at_tv(FULL_HD, java_script_enabled=False)
    tv = centre.look_at_tv(FULL_HD)
    for page in (plain, tv):
        expect_told(page, "A", "1 · khoảng 10–20 phút")
        expect_told(page, "G", "1 · chưa có quầy nào mở")
    centre.tell({"HT": Range(5, 9)})
    expect_told(tv, "A", "1 · khoảng 5–9 phút")


# The longest words


@pytest.mark.parametrize("viewport", [FULL_HD, {"width": 1280, "height": 800}, {"width": 1024, "height": 768}])
def test_the_longest_ranges_fit_a_tv(centre: Centre, viewport: dict[str, int]) -> None:
    for code in ("HT",) * 10 + ("CT",) * 10 + ("DD",):
        centre.office.take_number(code)
    centre.tell({"HT": LONGEST, "CT": LONGEST})
    tv = centre.look_at_tv(viewport)
    expect_told(tv, "C", "10 · khoảng 105–120 phút")
    expect_told(tv, "G", "1 · chưa có quầy nào mở")
    tv.evaluate("document.fonts.ready")
    assert tv.evaluate(WIDE) == []
    assert tv.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("viewport", [PORTRAIT, FULL_HD], ids=["portrait", "landscape"])
def test_the_longest_ranges_fit_a_kiosks_buttons(centre: Centre, viewport: dict[str, int]) -> None:
    codes = [each["code"] for each in centre.office.ok("GET", "/hall")["services"]]
    centre.tell(dict.fromkeys(codes, LONGEST))
    page = centre.look("/kiosk", viewport, has_touch=True)
    choose_language(page)
    expect(service(page)).to_contain_text("khoảng 105–120 phút")
    assert_flawless(page, "services")


@pytest.fixture
def some_go_first(centre: Centre) -> Iterator[None]:
    """The kiosk asks for a right to priority, too."""
    settings = centre.office.ok("GET", "/settings")
    centre.office.token("quan-tri", Role.ADMIN)
    aged = {"code": "75", "name": "Từ đủ 75 tuổi", "name_en": "Aged 75 or over"}
    centre.office.ok("PUT", "/settings", settings | {"priority_classes": [aged]}, by="quan-tri")
    yield
    centre.office.ok("PUT", "/settings", settings, by="quan-tri")


KIOSK_SIZES = [(1080, 1920), (1080, 1440), (768, 1024), (1280, 1024), (1366, 768), (1920, 1080)]
# Buttons, headings and bars that cover one another, and words outside of their button or over other words in it.
COLLISIONS = """() => {
  const seen = (node) => node.checkVisibility() && node.getBoundingClientRect().width > 0;
  const find = (within, what) => [...within.querySelectorAll(what)].filter(seen);
  const box = (node) => node.getBoundingClientRect();
  const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1
    || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
  const within = (a, b) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
  const collide = (nodes) => nodes.flatMap((one, n) => nodes.slice(n + 1)
    .filter((other) => !apart(box(one), box(other))).map((other) => `${one.innerText} × ${other.innerText}`));
  const cards = find(document, ".kiosk-service");
  return [
    ...collide(find(document, ".kiosk-head, .kiosk-foot, .kiosk-screen h1, .kiosk-screen button, .kiosk-pager p")),
    ...cards.flatMap((card) => collide(find(card, ".sign, strong, .kiosk-hint, .kiosk-service-wait"))),
    ...cards.flatMap((card) => find(card, "*").filter((part) => !within(box(part), box(card))))
      .map((part) => part.innerText),
  ];
}"""


@pytest.mark.usefixtures("some_go_first")
def test_no_words_of_the_services_collide_on_any_kiosk(centre: Centre) -> None:
    for _ in range(12):
        centre.office.take_number("CT")
    codes = [each["code"] for each in centre.office.ok("GET", "/hall")["services"]]
    in_order = sorted(codes, key=lambda code: code != "KQ")  # collecting a result is asked for first
    centre.tell(dict.fromkeys(codes, LONGEST))
    page = centre.look("/kiosk", PORTRAIT, has_touch=True)
    choose_language(page)
    expect(service(page)).to_contain_text("khoảng 105–120 phút")
    for width, height in KIOSK_SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(TWO_FRAMES)
        told = []
        while True:
            assert_flawless(page, "services")
            assert page.evaluate(COLLISIONS) == [], (width, height)
            told += page.locator("[data-service]").evaluate_all("(cards) => cards.map((card) => card.dataset.service)")
            if not (more := page.get_by_role("button", name="Xem thêm")).is_visible():
                break
            more.click()
        assert told == in_order, (width, height)
        while (back := page.get_by_role("button", name="Trang trước")).is_visible():
            back.click()


# One measure


def test_board_and_console_turn_amber_at_the_same_moment(centre: Centre) -> None:
    targets = [60, 300, 540, 899, 900, 1800, 7200]
    page = centre.look("/tv?sound=off", FULL_HD)
    by_board, by_console = page.evaluate(
        """async (targets) => {
            const { limitsOf, handlingLimitsOf } = await import("/static/supervisor/waits.js");
            const { waitGoal, handleGoal } = await import("/static/counters/model.js");
            const centre = { target_s: 900, amber_s: 600 };
            const services = targets.map((s) => ({ target_s: s, handle_target_s: s }));
            const ms = ({ target_s, amber_s }) => ({ amberMs: amber_s * 1000, targetMs: target_s * 1000 });
            return [
              services.map((one) => [limitsOf(one, centre), handlingLimitsOf(one, centre)]),
              services.map((one) => [ms(waitGoal(one, centre)), ms(handleGoal(one, centre))]),
            ];
        }""",
        targets,
    )
    assert by_board == by_console
    ambers = [waiting["amberMs"] / 1000 for waiting, _ in by_board]
    assert ambers == [40, 200, 360, 599, 600, 600, 600]


# The way to the rota


def test_a_supervisor_finds_the_rota(centre: Centre) -> None:
    supervisor = centre.sign_in(centre.new_context().new_page()).request
    for path in ("/", "/supervisor", "/report", "/boards"):
        page = supervisor.get(centre.desk.url + path).text()
        assert 'href="/admin/rota"' in page, path
        assert 'href="/admin"' not in page, path
    assert supervisor.get(f"{centre.desk.url}/admin/rota").ok
