"""What the hub tells of its boards, and of whom."""

import pytest

from app.core.hall import Hall
from app.core.permissions import Actor, Role
from app.health import OWN_AGENT, Health
from app.store.accounts import Device

BOARDS = {"boards": [{"name": "counter 1", "state": "shown"}]}
NOW = 1_795_572_300_000
HALL = Hall(day="2026-11-23")


class Centre:
    """A centre's devices and what they report."""

    def __init__(self) -> None:
        self.devices: list[str] = []
        self.health = Health(lambda: [Device(name, "agent", "", "", NOW) for name in self.devices])

    def hears_from(self, name: str, report: object = BOARDS) -> None:
        assert self.health.heard(Actor(name, Role.AGENT), report, NOW)

    def printer_in(self, kiosk: str) -> object:
        return self.health.printer_in(kiosk, HALL)

    def boards(self) -> dict[str, list[str]]:
        return {each["name"]: [b["name"] for b in each["boards"]] for each in self.health.devices(HALL)}


@pytest.fixture
def centre() -> Centre:
    return Centre()


def test_the_hubs_own_agent_is_listed_once_it_has_boards(centre: Centre) -> None:
    assert centre.boards() == {}
    centre.hears_from(OWN_AGENT)
    assert centre.boards() == {OWN_AGENT: ["counter 1"]}


def test_an_agent_that_was_removed_is_not_listed_for_ever(centre: Centre) -> None:
    centre.devices = ["hall-agent"]
    centre.hears_from("hall-agent")
    centre.devices = []
    assert centre.boards() == {}


def test_a_new_agent_of_an_old_name_does_not_inherit_its_boards(centre: Centre) -> None:
    centre.devices = ["hall-agent"]
    centre.hears_from("hall-agent")
    centre.devices = []
    centre.boards()
    centre.devices = ["hall-agent"]
    assert centre.boards() == {"hall-agent": []}


def printer(kiosk: str, state: str) -> dict[str, object]:
    return {
        "printers": [{"name": f"printer in {kiosk}", "kiosk": kiosk, "state": state, "code": state, "since": "at 9"}]
    }


def test_a_kiosk_is_told_of_its_own_printer_only(centre: Centre) -> None:
    centre.devices = ["agent-1", "agent-2"]
    centre.hears_from("agent-1", printer("kiosk-1", "paper_out"))
    centre.hears_from("agent-2", printer("kiosk-2", "ready"))
    assert centre.printer_in("kiosk-1") == {"state": "paper_out", "code": "paper_out", "since": "at 9"}
    assert centre.printer_in("kiosk-3") is None


def test_of_an_agent_that_went_away_no_printer_is_said_to_be_ready(centre: Centre) -> None:
    centre.devices = ["agent-1"]
    centre.hears_from("agent-1", printer("kiosk-1", "ready"))
    centre.health.gone(Actor("agent-1", Role.AGENT), NOW)
    told = centre.health.printer_in("kiosk-1", HALL)
    assert told is not None
    assert (told["state"], told["code"]) == ("down", "agent_away")


def test_a_printer_that_moved_to_another_agent_is_asked_there(centre: Centre) -> None:
    centre.devices = ["old-pc", "new-pc"]
    centre.hears_from("old-pc", printer("kiosk-1", "no_answer"))
    centre.health.gone(Actor("old-pc", Role.AGENT), NOW)
    centre.hears_from("new-pc", printer("kiosk-1", "ready"))
    assert [found.agent for found in centre.health.all_of("printers")] == ["new-pc", "old-pc"]
    assert centre.printer_in("kiosk-1") == {"state": "ready", "code": "ready", "since": "at 9"}


def test_the_printer_of_an_agent_that_was_removed_is_forgotten(centre: Centre) -> None:
    centre.devices = ["agent-1"]
    centre.hears_from("agent-1", printer("kiosk-1", "ready"))
    centre.devices = []
    assert centre.printer_in("kiosk-1") is None


def test_a_telling_asks_the_database_once_however_many_kiosks_listen(centre: Centre) -> None:
    """Feed._tell_health hands one answer to each of these."""
    centre.devices = ["agent-1"]
    centre.hears_from("agent-1", printer("kiosk-1", "ready"))
    known = centre.health.known()
    centre.health.known = lambda: pytest.fail("asked again")
    centre.health.devices(HALL, known)
    printers = centre.health.all_of("printers", known)
    assert centre.health.printer_in("kiosk-1", HALL, printers) is not None
    assert centre.health.printer_in("kiosk-2", HALL, printers) is None
