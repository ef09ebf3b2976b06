"""What the page of links offers, without a hub."""

from pathlib import Path

import pytest

from app.bootstrap import seed_if_new
from app.clock import WallClock
from app.demo import settings
from app.demo.centre import CLERKS, MARK, Centre, NotADemo, check_is_a_demo, clerks_of
from app.demo.launcher import Launcher
from app.demo.settings import DemoHub
from app.hub import Hub
from app.planning.scenario import load
from app.store.store import Store
from hardware.config import load as load_hardware


@pytest.fixture
def launcher() -> Launcher:
    centre = Centre(clerks_of(load()), "mot-hai-ba", "screen", "kiosk", "robot", "door")
    return Launcher("http://127.0.0.1:8000", centre, lambda _counter: None)


def test_every_counter_has_a_clerk_and_a_console(launcher: Launcher):
    places = [launcher.place(f"console-{number}") for number in range(1, 11)]
    assert [place.visitor for place in places if place] == [person.name for person in CLERKS]


def test_each_visitor_has_a_name_of_its_own_so_that_one_browser_can_be_all_of_them(launcher: Launcher):
    visitors = {(p.visitor, p.host) for group in launcher.groups for p in group.places}
    assert len({host for _, host in visitors}) == len(visitors)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_leads_to_the_tv_in_one_click(launcher: Launcher, language: str):
    assert "http://screen.localhost:8001/open/tv" in launcher.page(language, 8001)


def test_the_page_is_one_of_our_own_calm_pages_without_anything_from_elsewhere(launcher: Launcher):
    page = launcher.page("vi", 8001)
    assert MARK in page
    assert "<script" not in page
    assert "style=" not in page


def test_there_is_a_board_of_either_family_and_one_over_each_counter(tmp_path: Path):
    file = tmp_path / "toiluot.toml"
    settings.write(file, DemoHub(tmp_path / "centre.db", "127.0.0.1", 8000, 10, "2026-11-23T07:30"), range(1, 11))
    hardware = load_hardware(file, {})
    assert [board.counter for board in hardware.boards] == list(range(1, 11))
    assert {board.driver for board in hardware.boards} == {"frame", "modbus"}
    assert all(bus.is_virtual for bus in hardware.buses)


def test_a_new_file_is_fit_for_a_demo(tmp_path: Path):
    assert check_is_a_demo(tmp_path / "new.db") == ""


def test_a_real_centres_database_is_not_given_made_up_people(tmp_path: Path):
    store = Store(tmp_path / "centre.db")
    seed_if_new(Hub(store, WallClock()))
    store.close()
    with pytest.raises(NotADemo, match="not a demo's database"):
        check_is_a_demo(tmp_path / "centre.db")
