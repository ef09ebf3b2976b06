"""What the hub tells of its boards, and of whom."""

import pytest

from app.core.hall import Hall
from app.core.permissions import Actor, Role
from app.health import OWN_AGENT, Health
from app.store.accounts import Device

BOARDS = {"boards": [{"name": "counter 1", "state": "shown"}]}
NOW = 1_795_572_300_000


class Centre:
    """A centre's devices and what they report."""

    def __init__(self) -> None:
        self.devices: list[str] = []
        self.health = Health(lambda: [Device(name, "agent", "", "", NOW) for name in self.devices])

    def hears_from(self, name: str) -> None:
        assert self.health.heard(Actor(name, Role.AGENT), BOARDS, NOW)

    def boards(self) -> dict[str, list[str]]:
        hall = Hall(day="2026-11-23")
        return {each["name"]: [b["name"] for b in each["boards"]] for each in self.health.devices(hall)}


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
