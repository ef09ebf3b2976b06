"""The report of a whole day on paper: two sheets that a chairman reads, with every fact and no letter too small."""

from __future__ import annotations

import io
import threading
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from app.demo.past import live_through
from app.planning.scenario import load
from tests.running_hub import PASSWORD, RunningHub

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Route

pytestmark = pytest.mark.browser
DAY = date(2026, 11, 20)
NAMES = ("Nguyễn Thị Hồng Hạnh", "Bùi Thị Phương Thảo", "Trần Quang Minh")
SMALLEST_PT = 9
WAYS = {
    name: {"issued": count, "cancelled": 2}
    for name, count in {"kiosk": 400, "phone": 20, "home": 20, "booking": 13, "robot": 7, "staff": 3}.items()
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A Friday of 463 citizens is over; everybody who worked has a name as people have."""
    folder = tmp_path_factory.mktemp("office")
    live_through(folder / "centre.db", load(), [DAY], Random(1), threading.Event())  # noqa: S311 - the same every time
    hub = RunningHub(folder, {"clock_start": f"{DAY}T18:00"}).start()
    for number, clerk in enumerate(figures(hub)["clerks"]):
        body = {"full_name": NAMES[number % len(NAMES)], "role": "clerk", "password": PASSWORD}
        hub.desk.ok("PUT", f"/people/{clerk['clerk']}", json=body)
    yield hub
    hub.close()


@pytest.fixture
def printed(office: RunningHub, page: Page) -> PdfReader:
    """With more than the kiosk gave: from home, by telephone, some given back and some never used."""

    def more(route: Route) -> None:
        got = route.fetch()
        said: dict[str, Any] = got.json()
        said |= {"by_channel": WAYS, "bookings": {"home": {"lapsed": 3}}}
        said["tickets"] |= {"cancelled": 12, "closed": 3, "left_late": 2}
        route.fulfill(response=got, json=said)

    office.sign_in(page, "phu-trach", "supervisor")
    page.route("**/reports/range?*", more)
    page.goto(f"{office.url}/report?date={DAY}")
    expect(page.locator("[data-view=report]")).to_have_attribute("aria-busy", "false")
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def test_a_full_day_is_two_sheets_with_every_part_of_it(office: RunningHub, printed: PdfReader) -> None:
    assert len(printed.pages) <= 2
    text = letters("".join(page.extract_text() for page in printed.pages))
    said = figures(office)
    assert said["overruns"]["count"]
    assert said["ratings"]["count"]
    assert said["advice"]
    for part in ("Theo giờ", "Các lĩnh vực", "Các quầy", "Cán bộ", "Nơi lấy số", "Giải quyết quá mục tiêu"):
        assert letters(part) in text
    for part in ("Người dân đánh giá việc phục vụ", "Hồ sơ", "Gợi ý và kết quả", "Quầy 10", "Lập lúc"):
        assert letters(part) in text
    assert all(letters(name) in text for name in NAMES)


def test_no_letter_of_it_is_smaller_than_nine_points(printed: PdfReader) -> None:
    sizes: set[float] = set()

    def see(text: str, matrix: list[float], text_matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            sizes.add(round(abs(size * text_matrix[3] * matrix[3]), 1))

    for page in printed.pages:
        page.extract_text(visitor_text=see)
    assert min(sizes) >= SMALLEST_PT, sizes


def letters(text: str) -> str:
    """What of it is ink: a PDF knows places, not blanks."""
    return "".join(text.split())


def figures(hub: RunningHub) -> dict[str, Any]:
    found: dict[str, Any] = hub.supervisor.ok("GET", "/reports/day", params={"date": str(DAY)})
    return found
