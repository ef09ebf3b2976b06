"""Who can do what, and the rota of the week: two pages of the administration that a supervisor has too."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.running_hub import RunningHub

pytestmark = pytest.mark.browser
MONDAY, TUESDAY, SATURDAY = 0, 1, 5
DAY = [("07:30", "11:30"), ("13:00", "17:00")]
Times = list[tuple[str, str]]


@dataclass
class Plan:
    """The pages in the hands of a supervisor."""

    hub: RunningHub
    page: Page

    def go(self, noun: str) -> None:
        self.page.goto(f"{self.hub.url}/admin/{noun}")
        expect(self.page.locator(".admin-main [aria-busy=true]")).to_have_count(0)

    def box(self, clerk: str, service: str) -> Locator:
        return self.page.locator(f"[data-key='{clerk}'] [data-service={service}]")

    def tick(self, clerk: str, service: str) -> None:
        """Tick, and wait until the page says that it is saved."""
        self.box(clerk, service).check()
        expect(self.page.locator(".undo-bar")).to_contain_text(clerk.title())

    def count(self, service: str) -> Locator:
        return self.page.locator(".counts td").nth(self.codes().index(service))

    def codes(self) -> list[str]:
        found = self.page.locator("tbody tr").first.locator("[data-service]").all()
        return [str(box.get_attribute("data-service")) for box in found]

    def able(self, clerk: str) -> list[str]:
        known = self.hub.supervisor.ok("GET", "/skills")["skills"]
        return next((entry["services"] for entry in known if entry["clerk"] == clerk), [])

    def cell(self, counter: int, day: int) -> Locator:
        return self.page.locator(f"tr[data-key='{counter}'] td[data-weekday='{day}']")

    def line(self, index: int) -> Locator:
        return self.page.locator(".shift-line").nth(index)

    def gaps(self) -> Locator:
        return self.page.locator("[data-view=gaps] li")

    def fill(self, what: str) -> None:
        self.page.locator(f"[data-fill={what}]").click()

    def take(self) -> None:
        """Put what the sheet says into the rota."""
        self.page.locator(".sheet [type=submit]").click()
        expect(self.page.locator(".sheet")).to_have_count(0)

    def save(self) -> None:
        self.page.locator(".save-bar .button-primary").click()
        expect(self.page.locator(".save-bar")).to_be_hidden()

    def rota(self, counter: int, day: int) -> Times:
        shifts = self.hub.supervisor.ok("GET", "/rota")["shifts"]
        return [(s["start"], s["end"]) for s in shifts if (s["counter"], s["weekday"]) == (counter, day)]

    def has_rota(self, *shifts: tuple[int, int, str, str, str]) -> None:
        """(weekday, counter, clerk, start, end)"""
        names = ("weekday", "counter", "clerk", "start", "end")
        body = {"shifts": [dict(zip(names, shift, strict=True)) for shift in shifts]}
        self.hub.supervisor.ok("PUT", "/rota", json=body)
        self.go("rota")


@pytest.fixture(scope="module")
def centre(module_hub: RunningHub) -> RunningHub:
    module_hub.make_person("lan", "clerk")
    module_hub.make_person("minh", "clerk")
    module_hub.open_counter(2, "lan")
    return module_hub


@pytest.fixture
def plan(centre: RunningHub, page: Page) -> Iterator[Plan]:
    """Nothing is planned, and nothing written down, before and after."""
    centre.sign_in(page, "phu-trach", "supervisor")
    page.on("dialog", lambda dialog: dialog.accept())
    yield Plan(centre, page)
    centre.supervisor.ok("PUT", "/rota", json={"shifts": []})
    for clerk in ("lan", "minh"):
        centre.supervisor.ok("PUT", f"/people/{clerk}/skills", json={"services": []})


def test_a_supervisor_finds_the_plan_and_nothing_else_of_the_administration(plan: Plan) -> None:
    plan.page.goto(f"{plan.hub.url}/admin")
    expect(plan.page).to_have_url(f"{plan.hub.url}/admin/rota")
    links = plan.page.locator(".admin-menu a")
    pages = {link.get_attribute("href") for link in links.all()}
    assert pages == {f"/admin/{noun}" for noun in ("skills", "rota", "slots", "posters", "notices")}
    plan.hub.sign_in(plan.page, "minh")
    for noun in ("", "/rota", "/skills"):
        answer = plan.page.goto(f"{plan.hub.url}/admin{noun}")
        assert answer is not None
        assert answer.status == 403


def test_the_first_tick_keeps_the_work_of_the_own_counter(plan: Plan) -> None:
    """Else a clerk who learns one thing more would lose all others."""
    plan.go("skills")
    lan = plan.page.locator("[data-key=lan]")
    expect(lan).to_contain_text("Quầy 2")
    expect(lan).to_contain_text("chưa ghi: chỉ làm việc của quầy mình")
    expect(lan.locator(".by-counter")).to_have_count(2)
    expect(plan.count("DD")).to_contain_text("không ai")
    plan.tick("lan", "DD")
    expect(lan).not_to_contain_text("chưa ghi")
    expect(plan.count("DD")).to_contain_text("chỉ 1 người")
    expect(plan.page.locator("[data-scarce=one]")).to_contain_text("Đất đai (Lan)")
    plan.tick("minh", "DD")
    expect(plan.count("DD")).to_contain_text("2 người")
    plan.go("skills")
    assert (plan.able("lan"), plan.able("minh")) == (["HT", "CT", "DD"], ["DD"])
    expect(plan.box("lan", "CT")).to_be_checked()


def test_a_tick_can_be_taken_back(plan: Plan) -> None:
    plan.go("skills")
    plan.tick("minh", "HT")
    expect(plan.page.locator(".undo-bar")).to_contain_text("Minh làm được: Hộ tịch")
    plan.page.keyboard.press("Control+z")
    expect(plan.page.locator("[data-key=minh]")).to_contain_text("chưa ghi")
    expect(plan.page.locator(".toast-done")).to_be_visible()
    assert plan.able("minh") == []


def test_a_week_is_filled_in_a_few_presses(plan: Plan) -> None:
    plan.go("rota")
    plan.fill("hours")
    plan.take()
    expect(plan.gaps()).to_have_text(["Thứ Hai – Thứ Sáu 11:30–13:00: không quầy nào làm việc"])
    plan.fill("lunch")
    plan.take()
    expect(plan.gaps().filter(has_text="11:00–11:45")).not_to_contain_text("Hộ tịch")
    expect(plan.gaps().filter(has_text="Cư trú")).to_contain_text("Thứ Hai – Thứ Sáu")
    plan.fill("saturday")
    plan.page.locator("[data-field=counters] input").first.uncheck()
    plan.take()
    plan.save()
    assert {tuple(plan.rota(counter, TUESDAY)) for counter in range(1, 11)} == {
        (("07:30", "11:00"), ("11:45", "17:00")),
        (("07:30", "11:45"), ("12:30", "17:00")),
    }
    assert plan.rota(1, TUESDAY) != plan.rota(2, TUESDAY), "one of the two for civil status stays"
    assert (plan.rota(1, SATURDAY), plan.rota(2, SATURDAY)) == ([], [("07:30", "11:30")])


def test_a_cell_is_filled_with_the_keyboard_alone(plan: Plan) -> None:
    plan.go("rota")
    keys = plan.page.keyboard
    plan.cell(1, MONDAY).locator("button").focus()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        keys.press(key)
    plan.page.locator(".shift-lines + button").focus()
    keys.press("Enter")
    expect(plan.line(0).locator("input").first).to_be_focused()
    keys.type("8h")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("Lan")
    plan.line(0).locator("input").first.press("Enter")
    expect(plan.page.locator(".sheet")).to_have_count(0)
    expect(plan.cell(2, TUESDAY)).to_contain_text("08:00–11:30Lan")
    expect(plan.cell(2, TUESDAY).locator("button")).to_be_focused()
    plan.save()
    assert plan.rota(2, TUESDAY) == [("08:00", "11:30")]


def test_a_time_that_cannot_be_is_told_in_the_sheet(plan: Plan) -> None:
    plan.has_rota((MONDAY, 1, "", "07:30", "11:30"))
    plan.cell(1, MONDAY).locator("button").click()
    problem = plan.page.locator("[data-field=lines] .problem")
    for written, told in (("11h00", "sau giờ bắt đầu"), ("25:00", "07:30")):
        plan.line(0).locator("input").nth(0).fill("11:30" if "h" in written else written)
        plan.line(0).locator("input").nth(1).fill(written)
        plan.page.locator(".sheet [type=submit]").click()
        expect(problem).to_contain_text(told)


def test_the_other_days_become_like_monday_and_a_step_back_is_one_press(plan: Plan) -> None:
    plan.has_rota(*((MONDAY, 3, "lan", *times) for times in DAY), (SATURDAY, 3, "", "07:30", "11:30"))
    plan.fill("monday")
    expect(plan.cell(3, 4)).to_contain_text("13:00–17:00")
    plan.page.keyboard.press("Control+z")
    expect(plan.cell(3, 4)).not_to_contain_text("13:00–17:00")
    plan.fill("monday")
    plan.save()
    assert (plan.rota(3, TUESDAY), plan.rota(3, 4), plan.rota(3, 6)) == (DAY, DAY, [])
    assert plan.rota(3, SATURDAY) == [("07:30", "11:30")]


def test_a_clerk_at_two_counters_at_once_is_told_at_both_cells_and_not_saved(plan: Plan) -> None:
    plan.has_rota((MONDAY, 1, "lan", "07:30", "11:30"), (MONDAY, 2, "", "11:00", "12:00"))
    plan.cell(2, MONDAY).locator("button").click()
    plan.line(0).locator("select").select_option("lan")
    plan.take()
    expect(plan.cell(1, MONDAY).locator(".problem")).to_contain_text("Lan lúc đó ở quầy 2")
    plan.page.locator(".save-bar .button-primary").click()
    expect(plan.page.locator(".toast-error")).to_be_visible()
    expect(plan.cell(1, MONDAY).locator("button")).to_be_focused()
    expect(plan.page.locator("td.wrong")).to_have_count(2)
    assert plan.hub.supervisor.ok("GET", "/rota")["shifts"][1]["clerk"] == ""


def test_what_the_hub_refuses_stands_at_its_cell(plan: Plan) -> None:
    """Somebody else has taken the person away meanwhile."""
    plan.hub.make_person("hoa", "clerk")
    plan.has_rota((TUESDAY, 4, "hoa", "07:30", "11:30"))
    leaves = {"full_name": "Hoa", "role": "clerk", "active": False}
    plan.hub.desk.ok("PUT", "/people/hoa", json=leaves)
    plan.fill("saturday")
    plan.take()
    plan.page.locator(".save-bar .button-primary").click()
    expect(plan.cell(4, TUESDAY).locator(".problem")).to_contain_text("hoa")
    expect(plan.page.locator(".save-bar")).to_be_visible()


def test_a_phone_shows_one_day_and_nothing_runs_over_the_edge(plan: Plan) -> None:
    plan.page.set_viewport_size({"width": 390, "height": 844})
    plan.has_rota(*((MONDAY, 1, "lan", *times) for times in DAY), (SATURDAY, 1, "lan", "07:30", "11:30"))
    plan.page.locator(".days input").nth(SATURDAY).check()
    expect(plan.cell(1, SATURDAY)).to_be_visible()
    expect(plan.cell(1, MONDAY)).to_be_hidden()
    for noun in ("rota", "skills"):
        plan.go(noun)
        assert plan.page.evaluate("document.documentElement.scrollWidth") <= 390, noun
