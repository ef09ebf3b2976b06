"""The administration's page of procedures, in a real browser against a real hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from app.procedure_file import read, write

if TYPE_CHECKING:
    from tests.running_hub import RunningHub

pytestmark = pytest.mark.browser
BIRTH, SINGLE = "1.001193", "1.004873"


@pytest.fixture
def catalogue(hub: RunningHub, page: Page) -> Page:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.on("dialog", lambda dialog: dialog.accept())
    hub.sign_in(page, "quan-tri", "admin")
    page.goto(f"{hub.url}/admin/procedures")
    expect(row(page, BIRTH)).to_be_visible()
    return page


def row(page: Page, code: str) -> Locator:
    return page.locator(f"[data-view=table] tr[data-key='{code}']")


def rows(page: Page) -> Locator:
    return page.locator("[data-view=table] tbody tr")


def bring(page: Page, text: str | bytes, name: str = "thu-tuc.csv") -> Locator:
    data = text if isinstance(text, bytes) else text.encode()
    page.locator("[data-file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
    preview = page.locator(".procedure-preview")
    expect(preview).to_be_visible()
    return preview


def test_an_everyday_name_that_is_added_finds_the_procedure(hub: RunningHub, catalogue: Page) -> None:
    catalogue.locator("#filter-words").fill("giay doc than")
    expect(rows(catalogue)).to_have_count(1)
    row(catalogue, SINGLE).locator(".row-open").click()
    names = catalogue.locator("[data-field=keywords] textarea")
    names.fill(f"{names.input_value()}\nGiấy phòng không")
    catalogue.locator("[data-field=online] select").select_option("partial")
    catalogue.locator(".sheet [type=submit]").click()
    expect(catalogue.locator(".sheet")).to_have_count(0)
    catalogue.locator("#filter-words").fill("phong khong")
    expect(row(catalogue, SINGLE)).to_be_visible()
    saved = hub.admin.ok("GET", f"/procedures/{SINGLE}")
    assert saved["keywords"].endswith("; Giấy phòng không")
    assert (saved["online"], saved["bring"][0]) == ("partial", "Tờ khai")


def test_a_file_is_looked_at_first_and_taken_then(hub: RunningHub, catalogue: Page) -> None:
    present = read(hub.admin.get("/procedures.csv").content, None)
    file = write([each for each in present if each.code != BIRTH]).replace("chưa xác minh", "7 ngày", 1)
    preview = bring(catalogue, file)
    expect(preview.locator("tbody tr")).to_have_count(2)
    expect(preview.locator(f"tr[data-code='{BIRTH}']")).to_be_visible()
    expect(preview.locator("tbody tr").last).to_contain_text("7 ngày")
    assert hub.admin.get(f"/procedures/{BIRTH}").ok
    preview.locator("[data-import]").click()
    expect(preview.locator(".done")).to_be_visible()
    expect(row(catalogue, BIRTH)).to_have_count(0)
    assert hub.admin.get(f"/procedures/{BIRTH}").status_code == 404
    expect(bring(catalogue, file).locator("[data-import]")).to_have_count(0)


def test_a_file_with_a_mistake_names_its_line_and_changes_nothing(hub: RunningHub, catalogue: Page) -> None:
    before = hub.admin.get("/procedures.csv").content
    problem = bring(catalogue, before.replace(b",HT,", b",HHT,", 1)).locator(".problem")
    expect(problem).to_contain_text("2")
    expect(problem).to_contain_text("HHT")
    expect(bring(catalogue, before.decode().encode("utf-16")).locator(".problem")).to_contain_text("CSV UTF-8")
    assert hub.admin.get("/procedures.csv").content == before


def test_every_mistake_of_a_file_is_listed_and_the_mended_file_is_taken(hub: RunningHub, catalogue: Page) -> None:
    before = hub.admin.get("/procedures.csv").content
    wrong = before.replace(b",HT,", b",HHT,", 2).replace(b",DD,", b",DDD,", 1)
    mistakes = bring(catalogue, wrong).locator(".mistakes li")
    expect(mistakes).to_have_count(3)
    expect(mistakes.filter(has_text="DDD")).to_have_count(1)
    everything = before.replace(b",HT,", b",,").replace(b",yes", b",ja").replace(b",no", b",ja")
    problem = bring(catalogue, everything).locator(".problem")
    expect(problem.locator("li")).to_have_count(50)
    expect(problem.locator("p").last).to_contain_text(str(problem_count(hub, everything) - 50))
    mended = before.replace("chưa xác minh".encode(), "7 ngày".encode(), 1)
    expect(bring(catalogue, mended).locator("[data-import]")).to_be_visible()


def problem_count(hub: RunningHub, file: bytes) -> int:
    problem = hub.admin.post("/procedures/preview", data=file).json()
    return 1 + len(problem["further"]) + int(problem["more"])


def test_what_somebody_else_changed_since_the_preview_is_not_undone(hub: RunningHub, catalogue: Page) -> None:
    file = hub.admin.get("/procedures.csv").content.replace("chưa xác minh".encode(), "7 ngày".encode(), 1)
    preview = bring(catalogue, file)
    assert hub.admin.delete(f"/procedures/{BIRTH}").ok
    preview.locator("[data-import]").click()
    expect(preview.locator(".problem")).to_be_visible()
    assert hub.admin.get(f"/procedures/{BIRTH}").status_code == 404
