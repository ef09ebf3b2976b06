"""The reports, the one-page briefing and the import of dossiers, in a real browser on two weeks of an office's past."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.past import write_past
from tests.running_hub import RunningHub

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Route

pytestmark = pytest.mark.browser
EXAMPLE = Path(__file__).parents[2] / "app/supervisor/static/dossiers-example.csv"
WEEK = {"from": "2026-11-09", "to": "2026-11-15"}
ALL_OF_IT_SHOWS = "sheet => sheet.scrollHeight <= sheet.clientHeight"
A_PAGE = re.compile(rb"/Type\s*/Page\b")
HEADINGS = "Mã hồ sơ;Hình thức;Ngày tiếp nhận;Ngày hẹn trả;Ngày trả;Lĩnh vực\n"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """Two weeks have passed, it is Monday morning, and the dossiers of the second week are known."""
    folder = tmp_path_factory.mktemp("office")
    write_past(folder / "centre.db", date(2026, 11, 2), 12, 60)
    hub = RunningHub(folder, {"clock_start": "2026-11-16T09:00"}).start()
    send(hub, HEADINGS + "".join(dossier(n) for n in range(1, 138)))
    yield hub
    hub.close()


@pytest.fixture
def supervisor(office: RunningHub, page: Page) -> Page:
    office.sign_in(page, "phu-trach", "supervisor")
    return page


def test_a_week_says_what_the_hub_says(office: RunningHub, supervisor: Page) -> None:
    report = open_report(office, supervisor, "?week=2026-11-11")
    said = figures(office, WEEK)
    assert said["tickets"]["issued"] > 200
    expect(shown(report, "tickets.issued")).to_have_text(str(said["tickets"]["issued"]))
    expect(shown(report, "waits.within_target").first).to_have_text(percent(said["waits"]["within_target"]))
    for table, key in (("services", "code"), ("counters", "number"), ("clerks", "clerk")):
        rows = [row for row in said[table] if row.get("issued", 1)]
        expect(report.locator(f"[data-table={table}] tbody tr")).to_have_count(len(rows))
        for row in rows:
            expect_row(report.locator(f"[data-table={table}] [data-key='{row[key]}']"), row)
    expect(shown(report, "tickets.missed_calls")).to_have_text(str(said["tickets"]["missed_calls"]))
    untold = said["overruns"]["count"] - sum(each["count"] for each in said["overruns"]["explained"])
    assert untold > 0
    expect(report.locator("[data-table=reasons] tr").last.locator("td").first).to_have_text(str(untold))


def test_one_tap_leads_from_a_day_to_its_week_and_month_and_back(office: RunningHub, supervisor: Page) -> None:
    open_report(office, supervisor, "?date=2026-11-11")
    days = supervisor.locator("[data-view=date]")
    expect(days).to_have_text("Thứ Tư, 11/11/2026")
    kind(supervisor, "week").click()
    expect(days).to_contain_text("9/11/2026")
    expect(days).to_contain_text("15/11/2026")
    supervisor.locator("[data-step='-1']").click()
    expect(days).to_contain_text("8/11/2026")
    assert "week=2026-11-02" in supervisor.url
    supervisor.go_back()
    expect(days).to_contain_text("15/11/2026")
    kind(supervisor, "month").click()
    expect(days).to_have_text(re.compile("tháng 11 năm 2026", re.IGNORECASE))
    expect(supervisor.locator("[data-step='1']")).to_be_disabled()


def test_free_dates_are_chosen_in_either_order(office: RunningHub, supervisor: Page) -> None:
    open_report(office, supervisor, "?date=2026-11-11")
    kind(supervisor, "span").click()
    supervisor.locator("[name=to]").fill("2026-11-05")
    report = settled(supervisor)
    assert "from=2026-11-05&to=2026-11-11" in supervisor.url
    said = figures(office, {"from": "2026-11-05", "to": "2026-11-11"})
    expect(shown(report, "tickets.issued")).to_have_text(str(said["tickets"]["issued"]))
    supervisor.goto(f"{office.url}/report?from=2026-11-05&to=gestern")
    expect(supervisor.get_by_role("alert")).to_contain_text("gestern")


def test_every_shaded_hour_has_its_figure(office: RunningHub, supervisor: Page) -> None:
    report = open_report(office, supervisor, "?week=2026-11-11")
    said = figures(office, WEEK)["heat"]
    told = [text for text in report.locator("[data-table=heat-came] td").all_text_contents() if text]
    assert sum(int(text) for text in told) == sum(cell["issued"] for cell in said)
    assert len(told) == len(said)
    late = [cell for cell in said if (cell["wait_mean_s"] or 0) > 900]
    expect(report.locator("[data-table=heat-wait] [data-grade=late]")).to_have_count(len(late))


def test_a_chart_can_be_heard_and_read_as_a_table(office: RunningHub, supervisor: Page) -> None:
    report = open_report(office, supervisor, "?week=2026-11-11")
    busiest = max(figures(office, WEEK)["by_day"], key=lambda day: int(day["issued"]))
    chart = report.get_by_role("img", name="Theo ngày")
    expect(chart.locator("desc")).to_contain_text(f"{busiest['issued']} lượt")
    expect(chart.locator("rect.chart-bar")).to_have_count(5)
    report.locator(".chart-table summary").first.click()
    expect(report.locator(".chart-table").first.locator("tbody td").first).to_be_visible()


def test_a_few_calls_are_no_figure_and_an_hour_that_goes_on_is_none(office: RunningHub, supervisor: Page) -> None:
    """Answered an hour and a half ago, an hour ago with few called after, and half an hour ago."""
    many, few = {"called": 8, "late": 2}, {"called": 4, "late": 0}
    answered = [
        advice("2026-11-16T07:20:00+07:00", many, many),
        advice("2026-11-16T07:50:00+07:00", many, few),
        advice("2026-11-16T08:40:00+07:00", few, many),
    ]

    def answer(route: Route) -> None:
        report = route.fetch()
        route.fulfill(response=report, json={**report.json(), "advice": answered})

    supervisor.route("**/reports/range?*", answer)
    report = open_report(office, supervisor, "?week=2026-11-11")
    rows = report.locator("[data-table=advice] tbody tr")
    told = [[text.startswith("2/8") for text in row.locator("td").all_text_contents()[-2:]] for row in rows.all()]
    assert told == [[True, True], [True, False], [False, False]]


@pytest.mark.parametrize(("kind_of", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_the_figures_are_taken_away_as_a_sheet(
    office: RunningHub, supervisor: Page, kind_of: str, begins: bytes
) -> None:
    open_report(office, supervisor, "?week=2026-11-11")
    address = supervisor.locator(f"[data-export={kind_of}]").get_attribute("href")
    answer = supervisor.request.get(f"{office.url}{address}")
    assert answer.ok
    assert answer.body().startswith(begins)


def test_figures_are_written_as_the_reader_writes_them(office: RunningHub, supervisor: Page) -> None:
    share = figures(office, WEEK)["waits"]["within_target"]
    for language, text in (("vi", percent(share)), ("en", percent(share).replace(",", ".").replace("\u00a0", ""))):
        report = open_report(office, supervisor, f"?week=2026-11-11&lang={language}")
        expect(shown(report, "waits.within_target").first).to_have_text(text)


@pytest.mark.parametrize(
    ("days", "width"), [("?date=2026-11-11", 1366), ("?week=2026-11-11", 390), ("?from=2026-11-02&to=2026-11-15", 1366)]
)
def test_a_briefing_is_one_sheet(office: RunningHub, supervisor: Page, days: str, width: int) -> None:
    supervisor.set_viewport_size({"width": width, "height": 800})
    sheet = open_briefing(office, supervisor, days)
    expect(sheet.locator("[data-table=services] tbody tr")).to_have_count(9)
    assert len(A_PAGE.findall(supervisor.pdf(prefer_css_page_size=True))) == 1
    supervisor.emulate_media(media="print")
    expect(supervisor.locator(".report-tools")).to_be_hidden()
    expect(supervisor.locator(".letterhead-form")).to_be_hidden()
    assert sheet.evaluate(ALL_OF_IT_SHOWS)


def test_a_briefing_says_the_sentence_of_such_reports(office: RunningHub, supervisor: Page) -> None:
    sheet = open_briefing(office, supervisor, "?week=2026-11-11")
    said = office.supervisor.ok("GET", "/reports/briefing", params=WEEK)["sentence_vi"]
    assert "137 hồ sơ, 136 trực tuyến (99,3 %)" in said
    expect(sheet.locator("[data-view=sentence]")).to_have_text(
        f"{said[0].upper()}{said[1:]} (theo dữ liệu nhập ngày 16/11/2026)."
    )
    expect(supervisor.get_by_role("alert")).to_have_count(0)
    expect(shown(sheet.locator("[data-view=figures]"), "received")).to_have_text("137")
    expect(shown(sheet.locator("[data-view=figures]"), "online")).to_have_text("99,3\u00a0%")
    expect(sheet.locator("[data-view=dateline]")).to_contain_text("ngày 16 tháng 11 năm 2026")


def test_a_file_older_than_the_days_is_warned_of_and_who_left_is_told(office: RunningHub, supervisor: Page) -> None:
    def answer(route: Route) -> None:
        got = route.fetch()
        said = got.json()
        said["tickets"]["left_late"] = 12
        for told in (said, said.get("dossiers")):
            if told and "as_of" in told:
                told["as_of"] = "2026-11-13T23:00:00+07:00"
        route.fulfill(response=got, json=said)

    supervisor.route(re.compile(r"/reports/(range|briefing)\?"), answer)
    report = open_report(office, supervisor, "?week=2026-11-11")
    expect(shown(report, "dossiers.source")).to_contain_text("theo dữ liệu nhập ngày 13/11/2026")
    expect(shown(report, "dossiers.behind")).to_contain_text("15/11/2026")
    expect(shown(report, "tickets.left_late")).to_have_text("12 người bỏ về sau khi chờ quá hạn")
    open_briefing(office, supervisor, "?week=2026-11-11")
    expect(supervisor.get_by_role("alert")).to_contain_text("13/11/2026")


def test_a_briefing_has_the_dossiers_of_each_service(office: RunningHub, supervisor: Page) -> None:
    sheet = open_briefing(office, supervisor, "?week=2026-11-11")
    row = sheet.locator("[data-table=services] [data-key=HT]")
    for figure, text in (
        ("received", "137"),
        ("online", "99,3\u00a0%"),
        ("returned", "113"),
        ("in_time", "100\u00a0%"),
    ):
        expect(shown(row, figure)).to_have_text(text)
    sheet = open_briefing(office, supervisor, "?week=2026-11-04")
    expect(shown(sheet.locator("[data-table=services]"), "received")).to_have_count(0)


def test_the_letterhead_leaves_out_what_stands_in_brackets(office: RunningHub, supervisor: Page) -> None:
    centre = "Trung tâm Phục vụ hành chính công phường An Khánh (bản chạy thử)"

    def answer(route: Route) -> None:
        page = route.fetch()
        route.fulfill(response=page, body=renamed(page.text(), centre))

    supervisor.route(re.compile(r"/briefing\?week"), answer)
    sheet = open_briefing(office, supervisor, "?week=2026-11-11")
    expect(sheet.locator("[data-view=superior]")).to_have_text("ỦY BAN NHÂN DÂN PHƯỜNG AN KHÁNH")
    expect(sheet.locator("[data-view=dateline]")).to_contain_text("An Khánh, ngày 16")
    expect(sheet.locator("[data-view=number]")).to_contain_text("BC-TTPVHCC")


def test_the_letterhead_is_kept(office: RunningHub, supervisor: Page) -> None:
    sheet = open_briefing(office, supervisor, "?week=2026-11-11")
    supervisor.locator(".letterhead-form summary").click()
    supervisor.locator("[name=superior]").fill("Ủy ban nhân dân phường Bến Thành")
    supervisor.locator("[name=signer]").fill("Nguyễn Thị Hạnh")
    sheet = open_briefing(office, supervisor, "?week=2026-11-11")
    expect(sheet.locator("[data-view=superior]")).to_have_text("ỦY BAN NHÂN DÂN PHƯỜNG BẾN THÀNH")
    expect(sheet.locator("[data-view=signer]")).to_have_text("Nguyễn Thị Hạnh")


def test_a_longer_text_is_set_smaller_and_none_of_it_is_cut_off(office: RunningHub, supervisor: Page) -> None:
    sheet = open_briefing(office, supervisor, "?week=2026-11-11")
    sheet.locator("[data-view=waiting]").evaluate("line => { line.textContent = line.textContent.repeat(7); }")
    supervisor.locator(".letterhead-form summary").click()
    supervisor.locator("[name=signer]").fill("Nguyễn Thị Hạnh")
    supervisor.emulate_media(media="print")
    assert sheet.evaluate(ALL_OF_IT_SHOWS)
    assert len(A_PAGE.findall(supervisor.pdf(prefer_css_page_size=True))) == 1


def test_a_file_is_looked_at_before_it_is_taken(office: RunningHub, supervisor: Page) -> None:
    supervisor.goto(f"{office.url}/dossiers")
    fresh = (
        HEADINGS + dossier(1) + "MOI-1;trực tiếp;02/06/2025;;;\n" + dossier(2).replace("10/11/2026;", "11/11/2026;", 1)
    )
    choose(supervisor, "moi.csv", fresh)
    expect_counts(supervisor, new="1", changed="1", same="1")
    expect(supervisor.locator(".first-lines tbody tr")).to_have_count(3)
    june = {"from": "2025-06-01", "to": "2025-06-30"}
    assert figures(office, june)["dossiers"]["received"] == 0
    supervisor.locator("[data-import]").click()
    expect(supervisor.locator(".imported")).to_contain_text("moi.csv")
    assert figures(office, june)["dossiers"]["received"] == 1
    send(office, HEADINGS + dossier(2))  # as it was


def test_a_file_with_a_mistake_is_refused_with_its_line_and_column(office: RunningHub, supervisor: Page) -> None:
    supervisor.goto(f"{office.url}/dossiers")
    choose(supervisor, "sai.csv", HEADINGS + dossier(1) + "MOI-2;trực tiếp;31/02/2025;;;\n" * 2)
    alert = supervisor.get_by_role("alert")
    expect(alert).to_contain_text("Dòng 3")
    expect(alert).to_contain_text("ngày tiếp nhận")
    expect(alert.get_by_role("listitem")).to_have_count(2)
    expect(alert.locator("pre")).to_contain_text("MOI-2;trực tiếp;31/02/2025")
    expect(supervisor.locator("[data-import]")).to_have_count(0)


def test_the_example_is_a_file_that_is_taken(office: RunningHub, supervisor: Page) -> None:
    supervisor.goto(f"{office.url}/dossiers")
    address = supervisor.locator("a[download]").get_attribute("href")
    assert supervisor.request.get(f"{office.url}{address}").body() == EXAMPLE.read_bytes()
    supervisor.locator("[data-file]").set_input_files(EXAMPLE)
    expect_counts(supervisor, new="4", changed="0", same="0")


def test_no_page_of_the_reports_runs_over_the_edge(office: RunningHub, supervisor: Page) -> None:
    for path in ("/report?week=2026-11-11", "/briefing?week=2026-11-11", "/dossiers"):
        supervisor.goto(f"{office.url}{path}")
        expect(supervisor.locator("[aria-busy=true]")).to_have_count(0)
        for width, height in [(1920, 1080), (1366, 768), (390, 844)]:
            supervisor.set_viewport_size({"width": width, "height": height})
            assert supervisor.evaluate("document.documentElement.scrollWidth") <= width


def test_reports_are_for_those_who_lead(office: RunningHub, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context().new_page()
    office.sign_in(page, "hoa")
    for path in ("/report", "/briefing", "/dossiers"):
        assert page.request.get(f"{office.url}{path}").status == 403


def dossier(n: int) -> str:
    """All but the first came online; 113 were returned a day before their date."""
    channel = "trực tuyến" if n > 1 else "trực tiếp"
    return f"HS-{n:03d};{channel};10/11/2026;20/11/2026;{'13/11/2026' if n <= 113 else ''};Hộ tịch\n"


def send(hub: RunningHub, text: str) -> None:
    hub.supervisor.ok("POST", "/dossiers", data=text.encode(), headers={"Content-Type": "text/csv"})


def figures(hub: RunningHub, days: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = hub.supervisor.ok("GET", "/reports/range", params=days)
    return found


def open_report(hub: RunningHub, page: Page, days: str) -> Locator:
    page.goto(f"{hub.url}/report{days}")
    return settled(page)


def settled(page: Page) -> Locator:
    report = page.locator("[data-view=report]")
    expect(report).to_have_attribute("aria-busy", "false")
    return report


def open_briefing(hub: RunningHub, page: Page, days: str) -> Locator:
    page.goto(f"{hub.url}/briefing{days}")
    sheet = page.locator("[data-view=sheet]")
    expect(sheet).to_have_attribute("aria-busy", "false")
    return sheet


def kind(page: Page, name: str) -> Locator:
    return page.locator(".kinds label", has=page.locator(f"[value={name}]"))


def shown(place: Locator, figure: str) -> Locator:
    return place.locator(f"[data-figure='{figure}']")


def expect_row(row: Locator, said: dict[str, Any]) -> None:
    for figure in ("waits", "handling"):
        expect(shown(row, f"{figure}.within_target")).to_have_text(percent(said[figure]["within_target"]))
    missed = "missed_calls" if "missed_calls" in said else "missed"
    expect(shown(row, missed)).to_have_text(str(said[missed] or "–"))
    if "walk_s" in said:
        expect(shown(row, "walk_s")).to_have_text(str(int(said["walk_s"] + 0.5)))
        expect(shown(row, "busy_share")).to_have_text(percent(said["busy_share"]))


def advice(at: str, before: dict[str, int], after: dict[str, int]) -> dict[str, Any]:
    """That counter 1 opens, and how many were called, and how many of them late."""
    expected = {"saved": 4.0, "low": 2.0, "high": 6.0}
    move = {"at": at, "kind": "open", "counter": 1, "services": [], "answer": "accepted", "reason": None}
    return {**move, **expected, "before": before, "after": after}


def renamed(page: str, centre: str) -> str:
    """The page of a centre of this name."""
    name = f'"centre": {json.dumps(centre)}'
    made, count = re.subn(r'"centre": ?"[^"]*"', lambda _: name, page)
    assert count == 1
    return made


def choose(page: Page, name: str, text: str) -> None:
    file: Any = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("[data-file]").set_input_files(file)


def expect_counts(page: Page, **counts: str) -> None:
    for name, count in counts.items():
        expect(page.locator(f"[data-count={name}]")).to_have_text(count)


def percent(share: float) -> str:
    """99,3 %: none after the comma where it is a nought; never all for less than all."""
    tenths = int(share * 1000 + 0.5)
    tenths = min(999, max(1, tenths)) if 0 < share < 1 else tenths
    text = f"{tenths / 10:.1f}".removesuffix(".0").replace(".", ",")
    return f"{text}\u00a0%"
