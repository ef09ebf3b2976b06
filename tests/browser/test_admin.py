"""The administration's pages, in a real browser against a real hub."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from playwright.sync_api import BrowserContext, Dialog, Locator, Page, expect

from app.admin.comparing import Difference, differences
from app.admin.pages import NOUNS
from tests.running_hub import PASSWORD, Client, RunningHub

pytestmark = pytest.mark.browser
ADMIN = "quan-tri"


@dataclass
class Office:
    """The administration in the hands of an administrator."""

    hub: RunningHub
    page: Page

    def go(self, noun: str) -> None:
        self.page.goto(f"{self.hub.url}/admin/{noun}")
        expect(self.page.locator(".admin-main [aria-busy=true]")).to_have_count(0)

    def row(self, key: str | int) -> Locator:
        return self.page.locator(f"tr[data-key='{key}']")

    def open(self, key: str | int) -> None:
        self.row(key).locator(".row-open").first.click()

    def add(self) -> None:
        self.page.locator("[data-add]").click()

    def field(self, name: str) -> Locator:
        return self.page.locator(f"[data-field='{name}']")

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.field(name).locator("input, textarea").first.fill(value)

    def serve(self, code: str, way: str) -> None:
        self.page.locator(f"[data-code={code}] [value={way}]").check()

    def save(self) -> None:
        """Save, and wait until the sheet has closed: it was taken."""
        self.page.locator(".sheet [type=submit]").click()
        expect(self.page.locator(".sheet")).to_have_count(0)

    def save_in_vain(self, field: str) -> Locator:
        """Save; the problem that is then told beside the field."""
        self.page.locator(".sheet [type=submit]").click()
        problem = self.field(field).locator(".problem")
        expect(problem).to_be_visible()
        expect(self.page.locator(".sheet")).to_be_visible()
        return problem

    def change(self, words: str) -> Locator:
        """The newest line of the log that says this."""
        self.go("log")
        return self.page.locator("tbody tr", has_text=words).first


@pytest.fixture
def office(hub: RunningHub, page: Page) -> Office:
    hub.sign_in(page, ADMIN, "admin")
    page.on("dialog", lambda dialog: dialog.accept())
    return Office(hub, page)


def test_a_new_service_gives_out_numbers_with_its_letter(office: Office) -> None:
    office.go("services")
    office.add()
    office.fill(code="TN", name="Thanh niên", letter="T", target_s="20", handle_target_s="25", daily_limit="1")
    office.save()
    expect(office.row("TN")).to_contain_text("Thanh niên")
    assert office.hub.take_number("TN")["number"] == "T001"
    assert (service(office.hub, "TN")["target_s"], service(office.hub, "TN")["handle_target_s"]) == (1200, 1500)
    assert office.hub.kiosk.post("/tickets", json={"service": "TN"}).json()["code"] == "daily_limit_reached"
    expect(office.change("Thanh niên")).to_contain_text("Quan-Tri")


def test_a_letter_that_is_taken_is_told_beside_the_letter(office: Office) -> None:
    office.go("services")
    office.add()
    office.fill(code="TN", name="Thanh niên", letter="A")
    expect(office.save_in_vain("letter")).to_contain_text("HT")
    office.fill(letter="T")
    office.save()
    assert service(office.hub, "TN")["letter"] == "T"


def test_what_is_missing_or_out_of_bounds_is_told_before_anything_is_sent(office: Office) -> None:
    office.go("services")
    office.open("HT")
    office.fill(name="", target_s="0.5")
    office.save_in_vain("name")
    expect(office.field("target_s").locator(".problem")).to_contain_text("240")
    assert service(office.hub, "HT")["name"]


def test_services_change_places_and_every_screen_has_the_new_order(office: Office) -> None:
    before = [s["code"] for s in office.hub.supervisor.ok("GET", "/hall")["services"]]
    office.go("services")
    office.row(before[0]).locator(".order button").last.click()
    expect(office.page.locator("tbody tr").first).to_have_attribute("data-key", before[1])
    after = [s["code"] for s in office.hub.supervisor.ok("GET", "/hall")["services"]]
    assert after == [before[1], before[0], *before[2:]]


def test_a_service_in_use_is_not_removed_and_the_form_says_why(office: Office) -> None:
    office.go("services")
    office.open("HT")
    office.page.locator(".sheet .button-danger").click()
    expect(office.page.locator(".form-problem")).to_contain_text("HT")
    assert service(office.hub, "HT")


def test_a_new_counter_can_be_opened_by_its_clerk(office: Office) -> None:
    office.go("counters")
    office.add()
    expect(office.field("number").locator("input")).to_have_value("11")
    office.save_in_vain("own")
    office.serve("CT", "own")
    office.serve("HT", "help")
    office.save()
    expect(office.row(11)).to_be_visible()
    lan = office.hub.clerk("lan")
    opened = lan.ok("POST", "/counters/11/open", json={})["counter"]
    assert (opened["own"], opened["help"]) == (["CT"], ["HT"])
    number = office.hub.take_number("CT")["number"]
    assert lan.ok("POST", "/counters/11/next", json={})["ticket"]["number"] == number
    expect(office.change("quầy 11")).to_contain_text("Quan-Tri")


def test_looking_at_a_counter_and_saving_changes_nothing(office: Office) -> None:
    before = office.hub.admin.ok("GET", "/counters")["counters"]
    office.go("counters")
    office.open(8)
    office.save()
    assert office.hub.admin.ok("GET", "/counters")["counters"] == before


def test_a_new_clerk_signs_in_and_no_longer_after_leaving(office: Office) -> None:
    office.go("people")
    office.add()
    office.fill(name="hoa", full_name="Trần Thị Hoa", password="ngan")
    office.save_in_vain("password")
    office.fill(password="mat-khau-moi")
    office.save()
    expect(office.row("hoa")).to_contain_text("Trần Thị Hoa")
    assert signs_in(office.hub, "hoa", "mat-khau-moi")
    office.open("hoa")
    office.field("active").locator("input").uncheck()
    office.save()
    expect(office.row("hoa").locator(".mark")).to_be_visible()
    assert not signs_in(office.hub, "hoa", "mat-khau-moi")
    expect(office.change("hoa")).to_contain_text("Quan-Tri")
    expect(office.page.locator("body")).not_to_contain_text("mat-khau-moi")


def test_a_clerk_who_forgot_the_password_gets_a_new_one(office: Office) -> None:
    office.hub.clerk("lan")
    office.go("people")
    office.open("lan")
    office.fill(password="mot-mat-khau-khac")
    office.save()
    assert signs_in(office.hub, "lan", "mot-mat-khau-khac")
    assert not signs_in(office.hub, "lan", PASSWORD)


def test_the_last_administrator_stays_one(office: Office) -> None:
    office.go("people")
    office.open(ADMIN)
    office.field("role").locator("select").select_option("clerk")
    expect(office.save_in_vain("role")).to_contain_text(ADMIN)
    assert office.hub.admin.ok("GET", "/session")["person"]["role"] == "admin"


def test_a_screen_joins_by_the_six_digits_that_it_shows(
    office: Office, new_context: Callable[..., BrowserContext]
) -> None:
    screen = new_context().new_page()
    shown = screen.request.post(f"{office.hub.url}/api/v1/join", data={"page": "/tv"}).json()
    office.go("devices")
    office.page.locator("[data-join]").click()
    office.fill(code="12", name="tv-sanh")
    office.save_in_vain("code")
    office.fill(code="000000" if shown["code"] != "000000" else "000001")
    office.save_in_vain("code")
    office.fill(code=f"{shown['code'][:3]} {shown['code'][3:]}")
    office.save()
    expect(office.row("tv-sanh")).to_be_visible()
    assert screen.request.get(f"{office.hub.url}/api/v1/join/{shown['secret']}").json()["state"] == "joined"
    screen.goto(f"{office.hub.url}/tv")
    expect(office.row("tv-sanh").locator(".mark-done")).to_be_visible()
    office.row("tv-sanh").locator("button").click()
    expect(office.row("tv-sanh")).to_have_count(0)
    assert "/join" in (screen.goto(f"{office.hub.url}/tv") or pytest.fail("no answer")).url


def test_a_program_gets_a_token_that_is_shown_once_and_works(office: Office) -> None:
    office.go("devices")
    office.add()
    office.fill(name="robot-1")
    office.field("kind").locator("select").select_option("robot")
    office.save()
    token = office.page.locator(".token").text_content() or ""
    office.page.keyboard.press("Escape")
    expect(office.page.locator(".token")).to_be_visible()
    with_token = Client(office.hub.url, token)
    assert with_token.ok("POST", "/tickets", json={"service": "HT", "channel": "robot"})["number"]
    with_token.close()
    office.page.locator("dialog .button-primary").click()
    expect(office.page.locator(".token")).to_have_count(0)
    expect(office.row("robot-1")).to_be_visible()
    assert token not in office.page.content()


def test_settings_are_told_in_minutes_and_kept_in_seconds(office: Office) -> None:
    office.go("settings")
    expect(office.page.locator(".save-bar")).to_be_hidden()
    office.fill(target_s="20", notice="Chiều nay nghỉ từ 16:00", return_behind="5")
    office.page.locator(".save-bar [type=submit]").click()
    expect(office.page.locator(".save-bar")).to_be_hidden()
    kept = office.hub.admin.ok("GET", "/settings")
    assert (kept["target_s"], kept["notice"], kept["return_behind"]) == (1200, "Chiều nay nghỉ từ 16:00", 5)
    change = office.change("15 phút")
    expect(change).to_contain_text("20 phút")
    expect(change).to_contain_text("Quan-Tri")


def test_every_setting_of_the_centre_can_be_edited(office: Office) -> None:
    office.go("settings")
    for name in office.hub.admin.ok("GET", "/settings"):
        expect(office.field(name)).to_have_count(1)


def test_opening_and_saving_the_settings_keeps_every_one(office: Office) -> None:
    before = office.hub.admin.ok("GET", "/settings")
    office.go("settings")
    office.fill(notice="Xin chào")
    office.page.locator(".save-bar [type=submit]").click()
    expect(office.page.locator(".save-bar")).to_be_hidden()
    assert office.hub.admin.ok("GET", "/settings") == {**before, "notice": "Xin chào"}


def test_a_priority_class_is_added_and_can_be_taken_at_the_kiosk(office: Office) -> None:
    office.go("settings")
    office.field("priority_classes").locator("button").last.click()
    line = office.page.locator(".class-line").last
    line.locator("[data-key=code]").fill("child")
    line.locator("[data-key=name]").fill("Trẻ em đi một mình")
    office.page.locator(".save-bar [type=submit]").click()
    expect(office.page.locator(".save-bar")).to_be_hidden()
    assert office.hub.take_number("HT", priority="child")["number"]


def test_what_the_hub_refuses_stands_beside_its_setting(office: Office) -> None:
    office.go("settings")
    office.fill(timezone="Asia/Saigon-on-Sea")
    office.page.locator(".save-bar [type=submit]").click()
    expect(office.field("timezone").locator(".problem")).to_be_visible()
    expect(office.page.locator(".save-bar")).to_be_visible()


def test_what_is_not_saved_is_not_lost_by_a_slip(hub: RunningHub, page: Page) -> None:
    hub.sign_in(page, ADMIN, "admin")
    office = Office(hub, page)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    office.go("services")
    office.open("HT")
    office.fill(name="Hộ tịch mới")
    page.keyboard.press("Escape")
    expect(office.field("name").locator("input")).to_have_value("Hộ tịch mới")
    page.evaluate("location.assign('/report')")
    expect(office.field("name").locator("input")).to_have_value("Hộ tịch mới")
    assert asked == ["confirm", "beforeunload"]


def test_an_exported_centre_imported_again_changes_nothing(office: Office, tmp_path: Path) -> None:
    file = export(office, tmp_path)
    seq = office.hub.supervisor.ok("GET", "/hall")["seq"]
    office.page.locator("[data-file]").set_input_files(file)
    expect(office.page.locator("[data-view=preview]")).to_contain_text("centre.toml")
    expect(office.page.locator("[data-import]")).to_have_count(0)
    assert office.hub.supervisor.ok("GET", "/hall")["seq"] == seq


def test_an_import_shows_what_would_change_and_then_does_just_that(office: Office, tmp_path: Path) -> None:
    file = export(office, tmp_path)
    centre = tomllib.loads(file.read_text("utf-8"))
    centre["centre"]["name"] = "Trung tâm phường An Khánh"
    centre["services"][0]["daily_limit"] = 40
    centre["counters"].pop()
    centre["skills"] = [{"clerk": "lan", "services": ["HT"]}]
    centre["rota"] = [{"weekday": 5, "counter": 1, "clerk": "", "start": "07:30", "end": "11:30"}]
    file.write_text(tomlkit.dumps(centre), "utf-8")
    office.page.locator("[data-file]").set_input_files(file)
    rows = office.page.locator("[data-where]")
    expect(rows).to_have_count(5)
    expect(office.page.locator("[data-where='skills.lan']")).to_contain_text("HT")
    expect(office.page.locator("[data-where='rota']")).to_contain_text("1 ca")
    expect(office.page.locator("[data-where='centre.name']")).to_contain_text("An Khánh")
    expect(office.page.locator("[data-where='services.HT.daily_limit']")).to_contain_text("40")
    expect(office.page.locator("[data-where='counters.10']")).to_be_visible()
    assert office.hub.admin.ok("GET", "/settings")["name"] != "Trung tâm phường An Khánh"
    office.page.locator("[data-import]").click()
    expect(office.page.locator("[data-view=preview] .done")).to_be_visible()
    assert office.hub.admin.ok("GET", "/settings")["name"] == "Trung tâm phường An Khánh"
    assert service(office.hub, "HT")["daily_limit"] == 40
    assert len(office.hub.admin.ok("GET", "/counters")["counters"]) == 9
    assert tomllib.loads(export(office, tmp_path).read_text("utf-8")) == centre


def test_a_file_that_cannot_be_taken_names_its_fault(office: Office, tmp_path: Path) -> None:
    office.go("file")
    file = tmp_path / "broken.toml"
    faults = {'[centre]\nname = "X\n': "name =", '[centre]\nname = "X"\ncolour = "red"\n': "colour", "": "centre"}
    for text, named in faults.items():
        file.write_text(text, "utf-8")
        office.page.locator("[data-file]").set_input_files(file)
        expect(office.page.locator("[data-view=preview] .problem")).to_contain_text(named)
        expect(office.page.locator("[data-import]")).to_have_count(0)


def test_the_log_shows_changes_first_and_everything_when_asked(office: Office) -> None:
    number = office.hub.take_number("HT")["number"]
    office.hub.supervisor.ok("PUT", "/counters/1/services", json={"own": ["HT"], "help": ["DD"]})
    office.go("log")
    expect(office.page.locator("tbody tr").first).to_contain_text("Đất đai")
    expect(office.page.locator("tbody tr").first).to_contain_text("Phu-Trach")
    expect(office.page.locator("tbody")).not_to_contain_text(number)
    office.page.locator("[data-filter]").select_option("all")
    expect(office.page.locator("tbody")).to_contain_text(number)


def test_a_supervisor_does_not_get_the_administration(hub: RunningHub, page: Page) -> None:
    hub.sign_in(page, "phu-trach", "supervisor")
    for noun in ("services", "people", "log"):
        answer = page.goto(f"{hub.url}/admin/{noun}")
        assert answer is not None
        assert answer.status == 403


def test_nothing_runs_over_the_edge(office: Office) -> None:
    for width in (1280, 390):
        office.page.set_viewport_size({"width": width, "height": 800})
        for noun in NOUNS:
            office.go(noun)
            assert office.page.evaluate("document.documentElement.scrollWidth") <= width, noun


def test_the_differences_of_two_centres_are_told_fact_by_fact() -> None:
    ht, dd = {"code": "HT", "letter": "A"}, {"code": "DD", "letter": "G"}
    before = {"centre": {"name": "A", "target_s": 900}, "services": [ht, dd]}
    after = {"centre": {"name": "B", "target_s": 900}, "services": [dd, {**ht, "letter": "T"}]}
    assert list(differences(before, after)) == [
        Difference(("centre", "name"), "A", "B"),
        Difference(("services", "order"), ["HT", "DD"], ["DD", "HT"]),
        Difference(("services", "HT", "letter"), "A", "T"),
    ]
    assert list(differences(before, before)) == []
    assert list(differences(before, {**before, "services": [ht]})) == [Difference(("services", "DD"), dd, None)]


def export(office: Office, folder: Path) -> Path:
    """Download the centre file as an administrator does."""
    office.go("file")
    with office.page.expect_download() as download:
        office.page.locator("a[download]").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def service(hub: RunningHub, code: str) -> dict[str, Any]:
    return next(s for s in hub.admin.ok("GET", "/services")["services"] if s["code"] == code)


def signs_in(hub: RunningHub, name: str, password: str) -> bool:
    with Client(hub.url) as client:
        return client.post("/session", json={"name": name, "password": password}).ok
